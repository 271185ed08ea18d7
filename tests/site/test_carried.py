"""What is carried away from a page: its Markdown, its data, and the lines below it."""

import copy
import difflib
import json
import re

import lxml.html
import markdown
import pytest

from pipeline import navigation
from pipeline.links import pages, parse
from pipeline.metadata import LONGEST, SHORTEST

# Nothing of these stands in Markdown outside of its code.
LEFT = re.compile(
    r"--8<--|\{ ?[.#:][\w -]+\}|<(?!/?(?:details|summary)>)/?\w+|mjx-|\\[(\[]eq|class="
)
CODE = re.compile(
    r"^(?P<indent>[> ]*)(?P<ticks>`{3,})\w*\n(?P<code>.*?)\n(?P=indent)(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)
SPAN = re.compile(r"(`+).*?\1|\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
DISPLAY = re.compile(r"\$\$.*?\$\$|(?<![\\`])\$[^$\n]+\$", re.DOTALL)
# What a page has and its Markdown has not, or has in another form.
OWN = """.//pre | .//script | .//noscript | .//footer | .//mjx-container
    | .//*[@class='filename' or @class='handout']
    | .//a[@class='figure-code'] | .//p[@class='symbol-hint'] | .//a[contains(@class, 'headerlink')]
    | .//a[contains(@class, 'block-link')] | .//*[contains(concat(' ', @class, ' '), ' widget ')]"""
EQUATIONS = "//article//*[contains(concat(' ', @class, ' '), ' equation ')]"
PREVIOUS, NEXT = "md-footer__link--prev", "md-footer__link--next"


def markdown_of(site, page):
    return (site / page).with_suffix(".md").read_text(encoding="utf-8")


def blocks_of(tree):
    """The code blocks of an article as a reader sees them, those of interactive parts left out."""
    inside = "not(ancestor::*[contains(concat(' ', @class, ' '), ' widget ')])"
    return [pre.text_content().strip("\n") for pre in tree.xpath(f"//article//pre[{inside}]")]


def code_of(found):
    """The code of a block of Markdown, which may stand in a list or a quotation."""
    indent = found["indent"]
    lines = found["code"].split("\n")
    return "\n".join(line.removeprefix(indent if line.strip("> ") else line) for line in lines)


def markdown_faults(page, tree, text):
    """One line for each code block that is missing, and each thing that is no Markdown."""
    written = [code_of(found) for found in CODE.finditer(text)]
    shown = blocks_of(tree)
    faults = [f"{page}: not in the Markdown: {b[:40]!r}" for b in shown if b not in written]
    if len(written) != len(shown):
        faults.append(f"{page}: {len(shown)} blocks, {len(written)} in the Markdown")
    words = SPAN.sub("", CODE.sub("", text))
    return faults + [f"{page}: {left[0]!r} is left" for left in LEFT.finditer(words)]


def dead_links(site, page, text):
    """The links of the Markdown of a page that lead to no file of the site."""
    words = SPAN.sub("", CODE.sub("", text))
    links = [re.split("[?#]", target)[0] for target in LINK.findall(words) if "://" not in target]
    return [link for link in links if link and not ((site / page).parent / link).is_file()]


def words_of(tree):
    """The words of an article but for code, displays, signs and what only the page itself has."""
    tree = copy.deepcopy(tree.xpath("//article")[0])
    for element in tree.xpath(f"{OWN} | .{EQUATIONS.removeprefix('//article')}"):
        element.drop_tree()
    return re.findall(r"[\w']+", " ".join(tree.itertext()))


def words_in(text):
    """The same words of Markdown, as a reader of it sees them."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^(?:`[^`\n]+`:|\*\((?:An interactive|false|not).*\)\*)$", "", text, flags=re.M)
    text = re.sub(r"<summary>(.*)</summary>", r"<p>\1</p>", DISPLAY.sub("", CODE.sub("", text)))
    text = re.sub(r"</?details>", "", text).replace("*Figure:*", "")
    html = markdown.markdown(text, extensions=["tables", "sane_lists"])
    return re.findall(r"[\w']+", " ".join(lxml.html.fromstring(f"<div>{html}</div>").itertext()))


def data_of(tree):
    """What the structured data of a page says."""
    return json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])["@graph"]


def test_page_is_whole_in_its_markdown(address, site):
    text = markdown_of(site, address)
    tree = parse(site / address)
    assert not (faults := markdown_faults(address, tree, text)), "\n".join(faults)
    assert not dead_links(site, address, text)
    assert len(re.findall(r"^[> ]*\$\$$", text, re.MULTILINE)) == 2 * len(tree.xpath(EQUATIONS))
    images = tree.xpath("//article//figure//img/@alt")
    plain = text.replace("\\", "")
    assert all(f"![{alt}](".replace("\\", "") in plain for alt in images)


def test_every_word_of_the_page_is_in_its_markdown(address, site):
    shown, written = words_of(parse(site / address)), words_in(markdown_of(site, address))
    assert len(shown) > 50
    assert "\n".join(difflib.unified_diff(shown, written, n=2, lineterm="")) == ""


def test_page_says_what_it_is(address, site):
    tree = parse(site / address)
    (description,) = tree.xpath("//meta[@name='description']/@content")
    about, *trail = data_of(tree)
    assert about["description"] == description and SHORTEST <= len(description) <= LONGEST
    assert about.get("teaches") or address.startswith(("index", "reference"))
    for step in trail:
        places = [part["position"] for part in step["itemListElement"]]
        assert places == [1, 2, 3]
    assert tree.get("lang") == about["inLanguage"]
    assert tree.xpath("//meta[@property='og:description']/@content") == [description]


def test_descriptions_are_told_apart(site):
    found = [parse(site / p).xpath("//meta[@name='description']/@content")[0] for p in pages(site)]
    assert len(set(found)) == len(found)


def test_page_says_what_made_it(address, site):
    (facts,) = parse(site / address).xpath("//article/footer[@class='page-facts']")
    words = facts.text_content()
    blocks = parse(site / address).xpath("//article//*[contains(@class, 'language-py')]")
    if blocks:
        assert re.search(r"Python 3\.\d+\.\d+", words)
    code = "\n".join(block.text_content() for block in blocks)
    for module, title in (("numpy", "NumPy"), ("torch", "PyTorch"), ("matplotlib", "Matplotlib")):
        if re.search(rf"^(?:>>> )?(?:import|from) {module}\b", code, re.MULTILINE):
            assert re.search(rf"{title} \d", words), f"{module} is not named: {words}"
    assert "This page as Markdown" in words


def test_previous_and_next_are_the_neighbours(site):
    order = [page.html for page in navigation.read()[2]]
    names = {page.html: page.title for page in navigation.read()[2]}
    for place, page in enumerate(order):
        tree = parse(site / page)
        for style, neighbours in ((PREVIOUS, order[:place][-1:]), (NEXT, order[place + 1 :][:1])):
            links = tree.xpath(f"//a[contains(@class, '{style}')]")
            assert [((site / page).parent / a.get("href")).resolve() for a in links] == [
                (site / neighbour).resolve() for neighbour in neighbours
            ]
            for link, neighbour in zip(links, neighbours):
                assert names[neighbour] in " ".join(link.text_content().split())


def test_list_for_programs_names_every_page_in_order(site):
    text = (site / "llms.txt").read_text(encoding="utf-8")
    named = [target for target in LINK.findall(text) if target.endswith(".md")]
    expected = [page.markdown for page in navigation.read()[2]]
    assert len(named) == len(expected)
    assert all(map(str.endswith, named, expected))
    whole = (site / "llms-full.txt").read_text(encoding="utf-8")
    assert whole.count("\n\n---\n\n# ") == len(expected)


def test_cards_are_there_and_light(site):
    cards = sorted((site / "assets/cards").glob("*.png"))
    assert len(cards) == len(pages(site))
    assert max(card.stat().st_size for card in cards) <= 60 * 1024


HTML = "<article><pre>a = 1</pre><pre>b = 2</pre></article>"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("```python\na = 1\n```\n\n```\nb = 2\n```", None),
        ("```python\na = 1\n```\n\n```\nb = 3\n```", "not in the Markdown: 'b = 2'"),
        ("```python\na = 1\n```\n\n", "2 blocks, 1 in the Markdown"),
        ('```\na = 1\n```\n\n```\nb = 2\n```\n--8<-- "x.py:y"', "'--8<--' is left"),
        ("```\na = 1\n```\n\n```\nb = 2\n```\n[x](y){ .cited }", "'{ .cited }' is left"),
        ("```\na = 1\n```\n\n```\nb = 2\n```\n<div>x", "'<div' is left"),
        ("- x\n\n  ```\n  a = 1\n  ```\n\n```\nb = 2\n```", None),
        ("```\na = 1\n```\n\n```\nb = 2\n```\n`<div>` $a<b$ <details>", None),
    ],
)
def test_planted_faults_are_found(text, fault):
    faults = markdown_faults("x.html", lxml.html.fromstring(HTML), text)
    assert any(fault in line for line in faults) if fault else not faults


def test_planted_word_is_found():
    tree = lxml.html.fromstring("<article><p>one <em>two</em></p><pre>code</pre>three</article>")
    assert words_of(tree) == ["one", "two", "three"]
    assert words_in("---\ntitle: T\n---\none *two*\n\n```\ncode\n```\nthree $x$") == words_of(tree)
    assert words_in("one \\*two\\*\n\nthree four") != words_of(tree)


def test_planted_dead_link_is_found(tmp_path):
    (tmp_path / "x.md").write_text("")
    text = "[a](x.md#y) [b](gone.md) [c](https://x.org) `[d](no.md)`"
    assert dead_links(tmp_path, "x.html", text) == ["gone.md"]
