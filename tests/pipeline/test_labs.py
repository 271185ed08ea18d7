"""A lab runs when the site is generated; its page becomes one of the site, or the build stops."""

import contextlib
import json
import re
import shutil

import pytest
from planted import refusal, write

from pipeline import build, labs, notebooks

CONFIGURATION = """
    site_name: Planted
    use_directory_urls: false
    theme: { name: material, font: false }
    markdown_extensions: [toc]
    plugins:
      - search
      - mkdocs-jupyter:
          { include: [docs/labs/*.md], execute: true, allow_errors: false, cache: false }
    nav: [index.md, labs/x.md]
"""
SNIPPET = """
    # --8<-- [start:add]
    def add(a, b):
        \"\"\"Sum of a and b.\"\"\"
        return a + b
        # --8<-- [end:add]
"""
LAB = """
    ---
    description: A planted lab
    ---

    # X < Y

    [Download this notebook](x.ipynb)

    Words with $z < 3$, `code $x$` and [home](../index.md#home).

    $$
    a_1 = b & c
    $$

    ``` { .python #add }
    --8<-- "chapter/add.py:add"
    ```

    ``` { .python #draw }
    import time
    import matplotlib.pyplot as plt
    print("<a> 1 &", add(1, 2.25))
    time.sleep(0.3)
    print("two")
    plt.plot([1, 2])
    plt.show()
    ```

    <figure markdown id="figure-line">
    ![A line that rises from "1" to 2.](../figures/labs/line.svg)
    <figcaption>It rises to 2.00.</figcaption>
    </figure>

    ## The end

    <div class="answer">

    It is 3.25.

    </div>

    ``` { .python }
    answer = 2  # your answer
    ```
"""


@contextlib.contextmanager
def project(folder):
    """The planted project as the working folder, its notebooks written."""
    write(folder, "mkdocs.yml", CONFIGURATION)
    write(folder, "docs/index.md", "---\ntitle: Home\ndescription: x\n---\n\n# Home\n")
    write(folder, "snippets/chapter/add.py", SNIPPET)
    with contextlib.chdir(folder):
        notebooks.write_notebooks("labs", "snippets", "docs")
        yield


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """The folder of the project, its site generated and not yet finished."""
    folder = tmp_path_factory.mktemp("generated")
    write(folder, "labs/x.md", LAB)
    with project(folder):
        build.generate(folder / "site")
    return folder


@pytest.fixture
def copied(generated, tmp_path):
    """A copy of the project, as the folder to finish; change(old, new) alters its page."""
    shutil.copytree(generated, tmp_path / "p")
    page = tmp_path / "p/site/labs/x.html"

    def change(old, new, file=page):
        text = file.read_text(encoding="utf-8")
        assert re.search(old, text, re.DOTALL)
        file.write_text(re.sub(old, new, text, count=1, flags=re.DOTALL), encoding="utf-8")

    with contextlib.chdir(tmp_path / "p"):
        yield page, change


def finish():
    return labs.finish_labs("site", "labs", "snippets")


def article(page):
    text = page.read_text(encoding="utf-8")
    return re.search("<article[^>]*>(.*)</article>", text, re.DOTALL)[1]


def test_page_has_the_markup_of_the_site(copied):
    page, _ = copied
    before = page.stat().st_size
    assert finish() == 1
    text = article(page)
    assert page.stat().st_size < 40_000 < 500_000 < before
    assert not re.search("<style|<script|jp-|clipboard|http|In&nbsp;|¶", text)
    assert '<span class="arithmatex">\\(z &lt; 3\\)</span>' in text
    assert "<code>code $x$</code>" in text
    assert '<div class="arithmatex">\\[\na_1 = b &amp; c\n\\]</div>' in text
    assert '<a href="../index.html#home">home</a>' in text
    assert '<a class="md-button" download href="x.ipynb">' in text
    assert '<h2 id="the-end">The end<a class="headerlink" href="#the-end"' in text
    assert ('<div id="add" class="language-python highlight"><pre><code>') in text
    assert re.search('<details class="question"><summary>[^/]*</summary><p>It is 3.25.</p>', text)
    assert text.count("It is 3.25") == 1
    assert (page.parent / "x.ipynb").is_file()


def test_answers_in_words_above_one_cell_are_all_shown(copied):
    page, change = copied
    change('<div class="answer">.*?</div>', r"\g<0><p>Between.</p>\g<0>")
    finish()
    words = "<p>It is 3.25.</p>"
    assert f"</summary>{words}{words}<div" in article(page)
    assert article(page).count("3.25.") == 2


def test_answer_in_words_may_hold_a_displayed_equation(copied):
    page, change = copied
    change("<p>It is 3.25.</p>", "<p>It is</p>\n<p>$$3.25$$</p>\n<p>here.</p>")
    finish()
    shown = '<p>It is</p>\n<div class="arithmatex">\\[3.25\\]</div>\n<p>here.</p>'
    assert f"</summary>{shown}<div" in article(page)
    assert article(page).count("here.") == 1


def test_answer_in_words_above_a_cell_that_asks_nothing_is_refused(copied, tmp_path):
    _, change = copied
    change("  # your answer", "", tmp_path / "p/labs/x.md")
    assert "labs/x.md:43: an answer in words stands above this cell" in refusal(finish)


def test_what_a_cell_prints_is_one_block_however_it_arrives(copied):
    page, _ = copied
    finish()
    blocks = re.findall('<div class="language-text.*?</div>', article(page), re.DOTALL)
    assert len(blocks) == 1
    assert "<code>&lt;a&gt; 1 &amp; 3.25\ntwo\n</code>" in blocks[0]


def test_figure_is_a_file_with_words(copied):
    page, _ = copied
    finish()
    image = '<img alt="A line that rises from &quot;1&quot; to 2." src="../figures/labs/line.svg">'
    caption = "<figcaption>It rises to 2.00.</figcaption></figure>"
    assert f'<figure id="figure-line">{image}{caption}' in article(page)
    svg = (page.parents[1] / "figures/labs/line.svg").read_text()
    assert svg.startswith("<?xml") and "1970-01-01" in svg and "fill: #ffffff" not in svg


def test_search_finds_words_and_no_code(copied):
    page, _ = copied
    finish()
    index = json.loads((page.parents[1] / "search/search_index.json").read_text())
    entries = {entry["location"]: entry for entry in index["docs"]}
    assert list(entries) == ["index.html", "labs/x.html", "labs/x.html#the-end"]
    first = entries["labs/x.html"]
    assert first["title"] == "X &lt; Y"
    assert "\\(z &lt; 3\\)" in first["text"]
    assert not re.search("In.?\\[|Copied|---|¶|def add|answer", str(entries))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            '<figure id="figure-line">.*?</figure>',
            "",
            "labs/x.md:20: cell 2 draws a figure that nothing describes",
        ),
        (
            '<img alt="No description[^>]*>',
            "<pre></pre>",
            "labs/x.md:20: this cell shows image/svg+xml",
        ),
        (
            '<div class="jp-RenderedSVG.*?</div>',
            "",
            "labs/x.md: no cell above draws figure-line",
        ),
        (
            'data-mime-type="text/plain"',
            'data-mime-type="application/vnd.jupyter.stderr"',
            "labs/x.md:20: this cell warns; a lab prints its outputs and draws in SVG: <a> 1",
        ),
        (
            'jp-RenderedText jp-OutputArea-output"',
            'jp-RenderedText jp-OutputArea-output jp-OutputArea-executeResult"',
            "labs/x.md:20: this cell shows text/plain",
        ),
        (
            "It is 3.25",
            'It is 3.25 <script src="x.js"></script>',
            "labs/x.md: <script> in the text",
        ),
        ("It is 3.25", "It is 3.25 $", "labs/x.md: a $ without its partner: It is 3.25 $"),
        (
            "</head>",
            '<script src="https://cdn.test/mathjax/2.7.7/latest.js"></script></head>',
            'labs/x.html: "https://cdn.test/mathjax is left of mkdocs-jupyter',
        ),
        ("</head>", "<style>.x{}</style></head>", "labs/x.html: <style is left"),
        (
            '<div class="jp-Render[^>]*Markdown[^>]*>',
            r"\g<0><p>Early.</p>",
            "labs/x.md: begin the lab with its title; above it stands: Early.",
        ),
        (
            "</div>(?= <!-- jupyter-wrapper -->)",
            '<div id="cell-id=9"><div class="jp-RenderedMarkdown"><div class="answer">x</div>'
            "</div></div></div>",
            "labs/x.md: an answer in words stands below the last cell",
        ),
        ('<div class="jp-Cell jp-CodeCell[^>]*id="cell-id=', '<div id="', "2 of 3 cells are on"),
    ],
)
def test_fault_of_a_page_is_named(copied, old, new, words):
    _, change = copied
    change(old, new)
    assert words in refusal(finish)


@pytest.mark.parametrize(
    ("old", "new", "line", "number"),
    [
        ("It is 3.25", "It is 3.26", 38, "3.26"),
        ("to 2.00", "to 2.03", 31, "2.03"),
        ('"1" to 2', '"1" to 17', 30, "17"),
        ("time.sleep", "# waits 44 s\ntime.sleep", 20, "44"),
    ],
)
def test_number_that_no_cell_has_printed_is_refused(copied, old, new, line, number, tmp_path):
    _, change = copied
    change(re.escape(old), new, tmp_path / "p/labs/x.md")
    assert refusal(finish).startswith(
        f"labs/x.md:{line}: nothing executed on this page contains {number};"
    )


def test_lab_that_the_search_leaves_out_is_named(copied, tmp_path):
    write(tmp_path, "p/site/search/search_index.json", '{"config": {}, "docs": []}')
    assert refusal(finish).startswith("labs/x.md: the search has no entry for the lab")


def test_page_of_a_generator_without_the_plugin_is_left(copied):
    page, _ = copied
    page.write_text("<article><p>static</p></article>")
    assert finish() == 0
    assert page.read_text() == "<article><p>static</p></article>"


def test_cell_that_fails_stops_the_build(tmp_path):
    write(tmp_path, "labs/x.md", LAB.replace("time.sleep(0.3)", "time.sleep(unknown)"))
    with project(tmp_path):
        assert refusal(build.generate, tmp_path / "site") == (
            "labs/x.md:20: cell 2 raises NameError: name 'unknown' is not defined in "
            "'time.sleep(unknown)'; mend it, nothing on a page may raise"
        )
