"""Equations are typeset in place, and nothing else changes; what cannot be typeset is named."""

import base64
import html
import io
import os
import re
import subprocess
import sys

import pytest
from fontTools.ttLib import TTFont
from lxml import html as lxml_html

from pipeline import fonts, typeset
from pipeline.errors import BuildError

LOSS = r"L = \frac{1}{2} \sum_n (y_n - \hat y_n)^2"
MATRIX = (
    r"\begin{pmatrix} 0 & 1 \\ 1 & 0 \end{pmatrix} \odot \mathbb{1}[h = k] \quad\text{if } a < b"
)
NAME = "one-neuron/derivation.md"


def write(folder, markdown, name=NAME):
    """A page as Markdown and as the generator makes it: code escaped, equations in arithmatex."""
    source, page = folder / "docs" / name, (folder / "site" / name).with_suffix(".html")
    for path in (source, page):
        path.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(markdown, encoding="utf-8")
    body = html.escape(re.sub("^> ", "", markdown, flags=re.MULTILINE), quote=False)
    body = re.sub(r"`([^`]*)`", r"<code>\1</code>", body)
    body = re.sub(
        r"\$\$(.*?)\$\$", r'<div class="arithmatex">\\[\1\\]</div>', body, flags=re.DOTALL
    )
    body = re.sub(r"\$([^$\n]*)\$", r'<span class="arithmatex">\\(\1\\)</span>', body)
    page.write_bytes(f"<html><head>\r\n</head><body>{body}</body></html>".encode())
    return page


def run(folder, marks=None):
    return typeset.typeset(folder / "site", folder / "docs", marks)


def refuse(folder):
    with pytest.raises(BuildError) as refused:
        run(folder)
    return str(refused.value).splitlines()


def stylesheet(folder):
    return (folder / "site" / typeset.STYLESHEET).read_text(encoding="utf-8")


def embedded(css):
    """Each font of a stylesheet by its family."""
    found = re.findall(r"font-family:(MJX-[\w-]+);src:url\(data:font/woff2;base64,([^)]*)\)", css)
    return {family: TTFont(io.BytesIO(base64.b64decode(data))) for family, data in found}


@pytest.mark.parametrize("left", ["W", r"\underbrace{W^{(1)}}_{(D, H)}"])
def test_a_plus_has_space_after_a_brace_too(left, tmp_path):
    page = write(tmp_path, f"$$\n{left} + b\n$$\n")
    run(tmp_path)
    (plus,) = lxml_html.fromstring(page.read_text()).xpath("//mjx-mo[mjx-c='+']")
    assert plus.get("space") == "3"


def test_an_equation_becomes_glyphs_for_the_eye_and_mathml_for_the_ear(tmp_path):
    page = write(tmp_path, f"Text $x_n$ text.\n\n$$\n{MATRIX}\n$$\n")
    run(tmp_path)
    tree = lxml_html.fromstring(page.read_text())
    containers = tree.findall(".//mjx-container")
    assert len(containers) == 2
    for container in containers:
        glyphs, speech = container
        assert glyphs.get("aria-hidden") == "true"
        # Shown by the stylesheet alone: without it the browser's own MathML stands there.
        assert glyphs.get("hidden") is not None
        assert speech.tag == "mjx-assistive-mml"
        assert speech[0].tag == "math"
    assert "arithmatex" not in page.read_text()


def test_nothing_but_the_equations_and_the_link_changes(tmp_path):
    around = 'é “q” &amp; <b>$5</b>\r\n\t<pre>\\(x\\) $a$</pre><script>"\\[y\\]"</script>'
    page = write(tmp_path, "")
    kept = f"<html><head></head><body>{around}@{around}</body></html>"
    page.write_bytes(kept.replace("@", r'<span class="arithmatex">\(x\)</span>').encode())
    run(tmp_path)
    changed = page.read_bytes().decode()
    link = '<link rel="stylesheet" href="../assets/stylesheets/math.css">'
    assert link in changed
    math = re.compile(r"<mjx-container.*</mjx-container>")
    assert math.sub("@", changed.replace(link, "")) == kept


def test_a_page_without_equations_keeps_its_bytes(tmp_path):
    write(tmp_path, "$x$")
    plain = write(tmp_path, r"No equation, `\(x\)` is code.", "index.md")
    before = plain.read_bytes()
    run(tmp_path)
    assert plain.read_bytes() == before


def test_no_script_and_no_tab_stop_is_added(tmp_path):
    page = write(tmp_path, f"$x$ and\n\n$$\n{LOSS}\n$$\n")
    run(tmp_path)
    text = page.read_text()
    assert "<script" not in text
    assert "tabindex" not in text
    assert "data-latex" not in text
    assert "http" not in text + stylesheet(tmp_path)


def test_displays_are_numbered_and_linked(tmp_path):
    page = write(
        tmp_path, f"$$\nx\n$$\n\nBy $\\eqref{{loss}}$:\n\n$$\n{LOSS} \\label{{loss}}\n$$\n\n$$ x $$"
    )
    displays = run(tmp_path)[NAME]
    assert [(d.number, d.id, d.tex) for d in displays] == [
        (1, "eq-1", "x"),
        (2, "eq-loss", LOSS),
        (3, "eq-3", "x"),
    ]
    tree = lxml_html.fromstring(page.read_text())
    for display in displays:
        box = tree.get_element_by_id(display.id)
        number = box.find('.//a[@class="equation-number"]')
        assert number.get("href") == f"#{display.id}"
        assert number.get("aria-label") == f"Equation {display.number}"
        assert number.text == f"({display.number})"
    assert '<a href="#eq-loss">(2)</a>' in page.read_text()


def test_name_has_no_tick_but_says_what_it_is(tmp_path):
    page = write(tmp_path, "$$ x $$")
    run(tmp_path, {NAME: ["names a quantity; there is nothing to compare it with"]})
    tree = lxml_html.fromstring(page.read_text())
    assert "names a quantity" in tree.find_class("equation-number")[0].get("title")
    assert not tree.find_class("equation-tick")


def test_false_equation_is_shown_as_false_and_has_no_tick(tmp_path):
    page = write(tmp_path, "$$ x $$")
    run(tmp_path, {NAME: ["false on purpose: a sign is lost"]})
    tree = lxml_html.fromstring(page.read_text())
    assert "equation-unchecked" in tree.get_element_by_id("eq-1-check").get("class")
    assert not tree.find_class("equation-tick")


def test_marks_say_how_each_display_was_checked(tmp_path):
    page = write(tmp_path, "$$ x $$\n\n$$ y $$\n\n$$ z $$")
    notes = ["against autograd <float64>", "not machine-checked: a definition", ""]
    run(tmp_path, {NAME: notes})
    tree = lxml_html.fromstring(page.read_text())
    checked, unchecked = (tree.get_element_by_id(f"eq-{n}-check") for n in (1, 2))
    assert checked.text == notes[0]
    assert unchecked.text == notes[1]
    assert "equation-unchecked" in unchecked.get("class")
    assert "equation-unchecked" not in checked.get("class")
    links = tree.findall('.//a[@class="equation-number"]')
    assert [link.get("title") for link in links] == [notes[0], notes[1], None]
    assert [link.text_content() for link in links] == ["✓(1)", "(2)", "(3)"]


def test_marks_must_be_as_many_as_the_displays(tmp_path):
    write(tmp_path, "$$ x $$")
    with pytest.raises(BuildError, match=r"derivation\.md: 2 marks for 1 display"):
        run(tmp_path, {NAME: ["a", "b"]})


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\nosuchmacro x", r"Undefined control sequence \nosuchmacro"),
        (r"\frac{1", "Missing close brace"),
        (r"\begin{cases} x", "Missing \\end{cases}"),
        (r"x^2^3", "Double exponent"),
        (r"\newcommand{\a}{x} \a", r"\newcommand in an equation"),
        (r"x \tag{7}", r"\tag in an equation"),
        (r"x = \eqref{loss} + 1", r"\eqref in an equation"),
        (r"\label{a} x \label{b}", "a display has one label"),
        (r"\label{A b} x", "label A b: use small letters"),
    ],
)
def test_what_cannot_be_shown_is_named_with_file_and_line(tmp_path, tex, reason):
    write(tmp_path, f"# Title\n\nGood: $x$\n\n!!! note\n\n    $$\n    {tex}\n    $$\n")
    fault, *more = refuse(tmp_path)
    assert f"docs/{NAME}:8: " in fault
    assert reason in fault
    assert all(f"{NAME}:8: " in line for line in more)


def test_every_bad_equation_gets_its_own_line(tmp_path):
    write(tmp_path, "$\\foo$\n\n$x$\n\n$\\foo$ and $\\bar$\n")
    write(tmp_path, "> $$\n> \\begin{x}\n> $$\n", "limits.md")
    places = [re.search(r"docs/\S+?(?=: )", fault)[0] for fault in refuse(tmp_path)]
    assert places == ["docs/limits.md:2", f"docs/{NAME}:1", f"docs/{NAME}:5", f"docs/{NAME}:5"]


def test_an_included_equation_is_named_by_its_page(tmp_path):
    write(tmp_path, "$$ \\foo $$")
    (tmp_path / "docs" / NAME).write_text('--8<-- "fragment.md"')
    assert f"docs/{NAME}: equation cannot" in refuse(tmp_path)[0]


def test_a_refused_site_is_left_as_it_was(tmp_path):
    good = write(tmp_path, "$x$", "a.md")
    write(tmp_path, "$\\foo$", "b.md")
    before = good.read_bytes()
    refuse(tmp_path)
    assert good.read_bytes() == before
    assert not (tmp_path / "site" / typeset.STYLESHEET).exists()


def test_a_site_is_typeset_once(tmp_path):
    write(tmp_path, "$x$")
    run(tmp_path)
    write(tmp_path, "$y$", "index.md")
    assert "derivation.html: typeset already; generate the site again" in refuse(tmp_path)[0]


def test_a_label_is_used_once_and_a_reference_has_one(tmp_path):
    write(tmp_path, "$$\nx \\label{a}\n$$\n\n$$\ny \\label{a}\n$$\n\n$\\eqref{b}$")
    faults = refuse(tmp_path)
    assert [re.search(r":(\d+): (.*?);", fault).groups() for fault in faults] == [
        ("2", "label a is used twice on this page"),
        ("6", "label a is used twice on this page"),
        ("9", "no equation is labelled b"),
    ]


def test_tex_left_in_a_contents_list_is_refused(tmp_path):
    page = write(tmp_path, "$x$")
    page.write_text(page.read_text().replace("<body>", r"<body><nav>The loss \(L\)</nav>"))
    assert "data-toc-label" in refuse(tmp_path)[0]


def used_glyphs(page):
    """Each font's code points on a page, read from its classes alone."""
    used = {}

    def visit(element, family):
        own = re.search(r"NCM-[\w-]+", element.get("class", ""))
        family = f"MJX-{own[0]}" if own else family
        if element.tag in ("mjx-assistive-mml", "mjx-utext"):
            return
        used.setdefault(family, set()).update(re.sub(r"[\n\u2061-\u2064]", "", element.text or ""))
        for child in element:
            visit(child, family)

    for math in lxml_html.fromstring(page.read_text()).iter("mjx-math"):
        visit(math, None)
    return {family: set(map(ord, signs)) for family, signs in used.items() if signs}


def test_the_fonts_hold_the_glyphs_in_use_and_no_others(tmp_path):
    sizes = r"\left( \begin{matrix} 1\\2\\3\\4\\5 \end{matrix} \right) \sqrt{\frac{\sum x}{2}}"
    page = write(tmp_path, f"$x$\n\n$$\n{MATRIX}\n$$\n\n$$\n{sizes} \\underbrace{{x}}_{{a}}\n$$\n")
    run(tmp_path)
    held = {
        family: set(font.getBestCmap()) for family, font in embedded(stylesheet(tmp_path)).items()
    }
    assert held.pop("MJX-NCM-ZERO") == {32}
    assert held == used_glyphs(page)
    assert len(held) > 4
    named = set(re.findall(r"\.(NCM-[\w-]+)\{font-family", stylesheet(tmp_path)))
    assert {f"MJX-{family}" for family in named} == held.keys()


def test_a_sign_that_no_font_has_is_refused():
    with pytest.raises(BuildError, match=r"mjx-ncm-n\.woff2: no glyph for 汉 \(U\+6C49\)"):
        fonts.cut(fonts.FONTS / "mjx-ncm-n.woff2", frozenset([ord("x"), ord("汉")]))


def test_every_glyph_hangs_by_its_own_depth(tmp_path):
    write(tmp_path, "$y + g$")
    run(tmp_path)
    rules = re.findall(r"mjx-c\.mjx-c\w+\{padding:\S+ \S+ (\S+) 0([^}]*)\}", stylesheet(tmp_path))
    assert len(rules) == 3
    for depth, rest in rules:
        assert rest == ("" if depth == "0" else f";vertical-align:-{depth}")


def test_a_long_equation_in_a_sentence_may_break_and_a_short_one_may_not(tmp_path):
    page = write(tmp_path, "$a + b$")
    run(tmp_path)
    assert "<mjx-break" in page.read_text() and "<wbr>" not in page.read_text()
    page = write(tmp_path, f"${' + '.join('abcdefghijk')}$")
    run(tmp_path)
    assert page.read_text().count("<wbr>") == 10


def test_two_builds_are_the_same_to_the_byte(tmp_path):
    contents = []
    for seed in ("1", "2"):
        write(tmp_path / seed, f"$$ {LOSS} $$ $x$", "a.md")
        write(tmp_path / seed, f"$x$ $$ {MATRIX} $$", "b/c.md")
        site = tmp_path / seed / "site"
        made = subprocess.run(
            [sys.executable, "-m", "pipeline.typeset", site],
            env={**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed},
            capture_output=True,
            text=True,
        )
        assert made.stdout == "2 displays on 2 pages with equations\n", made.stderr
        contents.append(
            {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}
        )
    assert contents[0] == contents[1]
    assert len(contents[0]) == 3


def test_an_answer_is_kept_while_no_equation_changes(tmp_path):
    write(tmp_path, f"Text $x$ $$ {LOSS} $$")
    run(tmp_path)
    css = stylesheet(tmp_path)
    misses = typeset.render.cache_info().misses
    page = write(tmp_path, f"Other text $x$ $$ {LOSS} $$")
    run(tmp_path)
    assert typeset.render.cache_info().misses == misses
    assert stylesheet(tmp_path) == css
    assert "mjx-container" in page.read_text()


def test_missing_mathjax_says_what_to_run(tmp_path, monkeypatch):
    typeset.render.cache_clear()
    monkeypatch.setattr(typeset, "FONTS", tmp_path / "none")
    write(tmp_path, "$x$")
    assert refuse(tmp_path) == [
        "MathJax is missing from node_modules; run nox -s docs, or npm install"
    ]
