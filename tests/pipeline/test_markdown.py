"""A generated page becomes plain Markdown, with its code, equations and figures."""

import pytest
import yaml
from planted import write

from pipeline.markdown import page_as_markdown, placed, write_pages

KNOWN = frozenset({"index.html", "a/b.html", "a/c.html"})
CODE = '<div class="language-pycon highlight"><pre><span></span><code>{}</code></pre></div>'
DISPLAY = r'<div class="arithmatex">\[{}\]</div>'


def converted(html, notes=()):
    page = page_as_markdown(f"<article>{html}</article>", "a/b.html", KNOWN, tuple(notes))
    return placed(page, "a/b.md").rstrip("\n")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<h2 id="x">T <em>e</em><a class="headerlink" href="#x">#</a></h2>', "## T *e*"),
        ("<p>one\n two<br>three <strong>b </strong>x</p>", "one two  \nthree **b** x"),
        (
            "<p>2 * 3, `x`, _y_, a_b and &lt;b&gt; at $5</p>",
            r"2 \* 3, \`x\`, \_y\_, a_b and \<b> at \$5",
        ),
        ("<p># no heading</p><p>1. no list</p>", "\\# no heading\n\n\\1. no list"),
        ("<p><code>a`b</code> <code>{ .x }</code></p>", "``a`b`` `{ .x }`"),
        ("<p>text { .cited } [x](y)</p>", r"text \{ .cited } [x\](y)"),
        (r'<p>so <span class="arithmatex">\(a_1 &lt; b\)</span></p>', "so $a_1 < b$"),
        ('<p><a href="c.html#z">c</a> <a href="#y">y</a></p>', "[c](c.md#z) [y](#y)"),
        (
            '<p><a href="../index.html">h</a> <a href="x.zip">z</a></p>',
            "[h](../index.md) [z](x.zip)",
        ),
        (
            '<p><a href="?eta=5#x">a</a> <a href="c.html?w=1">b</a></p>',
            "[a](b.html?eta=5#x) [b](c.html?w=1)",
        ),
        ('<p><a href="https://x.org/a.html">x</a></p>', "[x](https://x.org/a.html)"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ('<ol start="9"><li><p>a</p><p>b</p></li></ol>', "9. a\n\n   b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<dl><dt>t</dt><dd>means</dd></dl>", "- **t**: means"),
        (
            '<div class="admonition note"><p class="admonition-title">N</p><p>x</p></div>',
            "> **N**\n>\n> x",
        ),
        (
            "<details><summary>Q &lt; 1?</summary><p>A.</p></details>",
            "<details>\n<summary>Q &lt; 1?</summary>\n\nA.\n\n</details>",
        ),
        (
            '<figure id="f"><img src="../f.svg" alt="A [b]"><figcaption>C.</figcaption></figure>',
            "![A \\[b\\]](../f.svg)\n\n*Figure:* C.",
        ),
        (
            '<table><tr><th>a</th><th style="text-align: right;">b</th></tr>'
            r'<tr><td><span class="arithmatex">\(|x|\)</span></td>'
            "<td><code>|</code></td></tr></table>",
            "| a | b |\n| --- | ---: |\n| $\\vert x\\vert $ | `\\|` |",
        ),
        (
            '<div class="tabbed-set"><input><div class="tabbed-labels"><label>A</label></div>'
            '<div class="tabbed-content"><div class="tabbed-block"><p>x</p></div></div></div>',
            "**A**\n\nx",
        ),
        ("<script>x()</script><style>p {}</style><p class='read-count'></p>", ""),
        ('<div class="pair"><p>x</p></div>', "x"),
        ('<p>a <span class="widget-forward">value</span> b</p>', "a value b"),
    ],
)
def test_html_becomes_markdown(html, markdown):
    assert converted(html) == markdown


def test_code_keeps_every_character():
    code = ">>> f'{a &lt; b}'\n\n<span>```</span>\n    x  "
    assert converted(CODE.format(code)) == "````pycon\n>>> f'{a < b}'\n\n```\n    x  \n````"
    titled = CODE.format("1").replace("<pre>", '<span class="filename">x.py</span><pre>')
    assert converted(titled) == "`x.py`:\n\n```pycon\n1\n```"


def test_blocks_that_are_equal_are_all_kept():
    output = CODE.format("0.5").replace("pycon", "text")
    assert converted(output * 2) == "```text\n0.5\n```\n\n```text\n0.5\n```"
    assert converted("<p>x</p><hr><hr>") == "x\n\n---\n\n---"


def test_file_of_code_is_named_where_it_changes():
    titled = CODE.format("1").replace("<pre>", '<span class="filename">x.py</span><pre>')
    text = converted(titled + titled + CODE.format("2") + titled + titled.replace("x.py", "y.py"))
    assert "Output" not in converted(titled.replace("x.py", "Output"))
    assert text.count("`x.py`:") == text.count("`y.py`:") == 1


def test_displays_are_numbered_and_references_are_those_numbers():
    html = DISPLAY.format(r"a \label{one}") + DISPLAY.format(r"b \label{two}")
    html = rf'<p>see <span class="arithmatex">\(\eqref{{two}}\)</span></p>{html}'
    assert converted(html) == "see (2)\n\n$$\na\n\\tag{1}\n$$\n\n$$\nb\n\\tag{2}\n$$"


def test_false_equation_says_that_it_is_false():
    notes = ["checked against autograd", "false on purpose: a sign"]
    text = converted(DISPLAY.format("a = b") * 2, notes)
    assert "autograd" not in text
    assert text.endswith("$$\n\n*(false on purpose: a sign)*")


@pytest.mark.parametrize(
    "html", ['<div class="widget"><p>x</p></div>', "<svg></svg><canvas></canvas>"]
)
def test_interactive_part_is_named_once_with_the_way_to_it(html):
    assert converted(html) == "*(An interactive part: see [the page itself](b.html).)*"


@pytest.mark.parametrize("title", ['The "A": b', "ends:", "123", "true", "C:\\new", "σ → 0 #1"])
def test_front_matter_is_read_back_as_it_was(tmp_path, monkeypatch, title):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "mkdocs.yml", "site_name: Planted\nnav: [index.md]\n")
    front = {"title": title, "description": f"{title} and more"}
    write(tmp_path, "docs/index.md", f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n")
    write(tmp_path, "site/index.html", "<article></article>")
    write_pages("site", "docs", "labs", {}, "")
    written = yaml.safe_load((tmp_path / "site/index.md").read_text().split("---\n")[1])
    assert written.items() >= front.items()


def test_pages_are_written_beside_their_html_and_all_into_one_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "mkdocs.yml", "site_name: Planted\nnav: [index.md, {A: [{B: a/b.md}]}]\n")
    words = '<article><h1>T</h1><p><a href="{}">x</a><a href="#y">y</a></p></article>'
    for name, target in (("index", "a/b.html"), ("a/b", "../index.html")):
        write(
            tmp_path, f"docs/{name}.md", '---\ntitle: "A: b"\ndescription: Words.\nhide: x\n---\n'
        )
        write(tmp_path, f"site/{name}.html", words.format(target))
    assert write_pages("site", "docs", "labs", {}, "https://x.org/y/") == 2
    assert (tmp_path / "site/a/b.md").read_text() == (
        '---\ntitle: "A: b"\ndescription: "Words."\nlicense: text and figures CC BY 4.0, code '
        "BSD-3-Clause\nurl: https://x.org/y/a/b.html\n---\n\n# T\n\n[x](../index.md)[y](#y)\n"
    )
    assert "\nurl: https://x.org/y/\n" in (tmp_path / "site/index.md").read_text()
    write_pages("site", "docs", "labs", {}, "")
    assert "url:" not in (tmp_path / "site/index.md").read_text()
    assert (tmp_path / "site/llms-full.txt").read_text() == (
        "# Planted: all pages\n\n---\n\n# T\n\n[x](a/b.md)[y](index.md#y)\n\n---\n\n"
        "# T\n\n[x](index.md)[y](a/b.md#y)\n"
    )
