"""One stylesheet with the rules in use, smaller figures, scripts that wait; the rest stays."""

import pytest
from planted import refusal, write

from pipeline.lighten import lighten

PAGE = """
<html><head>
  <link rel="stylesheet" href="{up}assets/stylesheets/main.0a1b2c3d.min.css">
  <script src="{up}assets/javascripts/shim.js"></script>
  <link rel="stylesheet" href="{up}assets/stylesheets/site.css">
{own}</head><body>
<p class="used" dir="ltr" data-md-state="x" data-md-color-scheme="slate">words</p>
<a class="headerlink" href="#a" title="Link to this section">#</a><b title="stays">b</b>
<script>box.className = "inline-made"</script>
<script src="{up}assets/javascripts/page.js" defer></script>
<script src="{up}assets/javascripts/marks.js" defer></script>
<script src="{up}assets/javascripts/bundle.js"></script>
</body></html>
"""
OWN = '<link rel="stylesheet" href="{up}assets/stylesheets/math.css">\n'
MAIN = """
@charset "UTF-8";
/* a remark */
:root { --kept: red; --asked: blue; --idle: url("x;}y") }
.used, .unused { color: var(--kept) }
.unused { color: green }
[dir=rtl] .used { float: right }
details.warning, .warning>summary { color: orange }
[data-md-color-scheme=slate] .used { color: white }
[data-md-state] .used::after { content: "a  b" }
.scripted, .inline-made { color: red }
@media print { .used { display: none } .unused { display: block } }
@keyframes idle { from { opacity: 0 } }
"""
OURS = """
.used { color: blue; }
.used > :is(p, dl), .used[data-more~="right"] { color: red }
@media screen { [data-md-color-scheme="slate"] { --edge: black; } .used { margin: 0 } }
"""
FIGURE = """
<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" viewBox="0 0 72 36">
 <metadata>made today</metadata><title>A curve</title>
 <g id="line_1"><path d="M 1.000000 2.000000 L 30.000000 20.000000" style="stroke: #000000"/></g>
</svg>
"""


@pytest.fixture
def site(tmp_path):
    for name, up, own in (("index.html", "", ""), ("a/b.html", "../", OWN), ("404.html", "/", "")):
        write(tmp_path, name, PAGE.format(up=up, own=own.format(up=up)))
    write(tmp_path, "assets/stylesheets/main.0a1b2c3d.min.css", MAIN)
    write(tmp_path, "assets/stylesheets/main.0a1b2c3d.min.css.map", "{}")
    write(tmp_path, "assets/stylesheets/site.css", OURS)
    write(tmp_path, "assets/stylesheets/math.css", ".own{}")
    write(tmp_path, "assets/javascripts/page.js", "{ let a }\n")
    write(tmp_path, "assets/javascripts/marks.js", "(() => marks)()\n")
    write(
        tmp_path,
        "assets/javascripts/bundle.js",
        'node.className = "scripted"; style("--asked"); say("warning: details rtl, summary")',
    )
    write(tmp_path, "figures/a/curve.svg", FIGURE)
    return tmp_path


def styles(site):
    """Name and text of the one stylesheet."""
    (path,) = (site / "assets/stylesheets").glob("all.*.css")
    return path.name, path.read_text()


def test_styles_of_every_page_become_one(site):
    lighten(site)
    name, _ = styles(site)
    for page, up in (("index.html", ""), ("a/b.html", "../"), ("404.html", "/")):
        text = (site / page).read_text()
        assert text.count("/all.") == 2
        assert f'href="{up}assets/stylesheets/{name}"' in text
    assert "math.css" in (site / "a/b.html").read_text()
    left = {path.name for path in (site / "assets/stylesheets").iterdir()}
    assert {name.split(".")[0] for name in left} == {"all", "dark", "math"}


def test_scripts_of_every_page_become_one(site):
    widget = '<script src="{up}assets/javascripts/page.js" defer></script>\n'
    own = PAGE.replace(widget, f"{widget}{widget.replace('page', 'own')}")
    write(site, "a/b.html", own.format(up="../", own=""))
    write(site, "assets/javascripts/own.js", "own()")
    lighten(site)
    (path,) = (site / "assets/javascripts").glob("all.*.js")
    assert path.read_text() == "{ let a }\n;\n(() => marks)()\n"
    for page, up in (("index.html", ""), ("a/b.html", "../"), ("404.html", "/")):
        text = (site / page).read_text()
        assert f'<script src="{up}assets/javascripts/{path.name}" defer></script>' in text
        assert "page.js" not in text and "marks.js" not in text
    assert (
        '<script src="../assets/javascripts/own.js" defer></script>'
        in (site / "a/b.html").read_text()
    )
    left = {path.name for path in (site / "assets/javascripts").iterdir()}
    assert left == {path.name, "own.js", "bundle.js"}


def test_rules_of_the_theme_that_nothing_can_use_go(site):
    lighten(site)
    _, css = styles(site)
    assert css == (
        '@charset "UTF-8";:root{--kept:red;--asked:blue}.used{color:var(--kept)}'
        "[data-md-color-scheme=slate] .used{color:white}"
        '[data-md-state] .used::after{content:"a  b"}.scripted,.inline-made{color:red}'
        "@media print{.used{display:none}}"
        '.used{color:blue}.used > :is(p, dl),.used[data-more~="right"]{color:red}'
        '@media screen{[data-md-color-scheme="slate"]{--edge:black}.used{margin:0}}\n'
    )


def test_dark_scheme_is_kept_for_who_runs_no_script(site):
    lighten(site)
    (path,) = (site / "assets/stylesheets").glob("dark.*.css")
    assert path.read_text() == (
        "[data-md-color-scheme] .used{color:white}"
        "@media screen{[data-md-color-scheme]{--edge:black}}\n"
    )
    for page, up in (("index.html", ""), ("a/b.html", "../"), ("404.html", "/")):
        assert (
            f'<noscript><link rel="stylesheet" href="{up}assets/stylesheets/{path.name}" '
            'media="(prefers-color-scheme: dark)"></noscript>'
        ) in (site / page).read_text()


def test_figures_keep_size_title_and_picture(site):
    before = (site / "figures/a/curve.svg").stat().st_size
    lighten(site)
    figure = (site / "figures/a/curve.svg").read_text()
    assert len(figure) < before
    assert "made today" not in figure
    # 72 points are 96 pixels.
    for kept in ('width="96" height="48"', 'viewBox="0 0 72 36"', "<title>A curve</title>"):
        assert kept in figure
    assert "<path" in figure


def test_no_script_keeps_the_page_from_being_shown(site):
    lighten(site)
    head, _, body = (site / "a/b.html").read_text().partition("</head>")
    assert "<script src" not in head
    assert body.index("shim.js") < body.index("bundle.js")


def test_a_sign_has_a_name_in_the_place_of_a_tooltip(site):
    lighten(site)
    text = (site / "index.html").read_text()
    assert '<a class="headerlink" href="#a" aria-label="Link to this section">#</a>' in text
    assert '<b title="stays">' in text


def test_it_comes_out_the_same_each_time(site):
    pages = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    lighten(site)
    first = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for path in first:
        path.unlink()
    for path, body in pages.items():
        path.write_bytes(body)
    lighten(site)
    assert first == {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_other_order_of_styles_is_named(site):
    text = PAGE.format(up="", own="")
    main = "main.0a1b2c3d.min.css"
    swapped = text.replace(main, "x").replace("site.css", main).replace("x", "site.css", 1)
    page = write(site, "c.html", swapped)
    said = refusal(lighten, site)
    assert "different order" in said
    assert str(page) in said


def test_head_script_without_another_is_named(site):
    script = '<script src="assets/javascripts/bundle.js"></script>'
    write(site, "index.html", PAGE.format(up="", own="").replace(script, ""))
    assert "stands in the head" in refusal(lighten, site)
