"""Code blocks and figures link to themselves, and figures to the code that drew them."""

import pytest
from planted import refusal, write

from pipeline.permalinks import add_permalinks

DRAWING = (
    '<figure id="figure-loss"><img src="../figures/chapter/loss.svg"><figcaption>It falls.'
    "</figcaption></figure>"
)
CODE = (
    '<div id="draw" class="language-pycon highlight"><pre><span>&gt;&gt;&gt; </span>'
    "<span>draw()</span>.savefig(<span>&quot;{0}.svg&quot;</span>)</pre></div>"
)
CELL = '<div{} class="language-python highlight"><pre>draw()</pre></div>'


def linked(folder, html):
    page = write(folder, "chapter/page.html", html)
    add_permalinks(folder)
    return page.read_text()


def link(style, name, thing):
    title = f"Link to this {thing}: {name.removeprefix('figure-')}"
    return f'<a class="{style}" href="#{name}" title="{title}">#</a>'


def test_code_block_links_to_itself(tmp_path):
    html = '<div id="predict" class="language-python highlight"><pre>x</pre></div>'
    assert linked(tmp_path, html) == html.replace(
        "<pre>", link("block-link", "predict", "code") + "<pre>"
    )


def test_figure_links_to_itself_from_its_caption(tmp_path):
    html = '<figure id="figure-loss"><img><figcaption>It falls.\n</figcaption></figure>'
    assert linked(tmp_path, html) == html.replace(
        "falls.", "falls." + link("headerlink", "figure-loss", "figure")
    )


def test_link_to_a_heading_bears_its_words(tmp_path):
    plain = '<a class="headerlink" href="#{0}" title="Link to this section">#</a>'
    html = f'<h2 id="a">A <code>"b"</code>{plain}</h2><h2>No link</h2><h3 id="c">C{plain}</h3>'
    assert linked(tmp_path, html) == html.replace(
        'section">', 'section: A &quot;b&quot;">', 1
    ).replace('section">', 'section: C">', 1)


@pytest.mark.parametrize(
    "html",
    [
        '<div class="language-python highlight"><pre>x</pre></div>',
        '<div id="x" class="admonition"></div>',
        "<figure><img><figcaption>It falls.</figcaption></figure>",
    ],
)
def test_what_has_no_name_gets_no_link(tmp_path, html):
    assert linked(tmp_path, html) == html


def test_two_figures_keep_their_own_links(tmp_path):
    figure = '<figure id="{0}"><figcaption>{0}</figcaption></figure>'
    html = linked(tmp_path, figure.format("a") + figure.format("b"))
    assert html.count("headerlink") == 2
    assert html.index('href="#a"') < html.index('<figure id="b"') < html.index('href="#b"')


def test_figure_links_to_the_code_that_drew_it(tmp_path):
    html = linked(tmp_path, DRAWING + CODE.format("loss"))
    assert 'It falls. <a class="figure-code" href="#draw">Its code</a><a class="headerlink"' in html


@pytest.mark.parametrize(
    ("above", "name"),
    [
        (CELL.format(' id="plot"'), "plot"),
        (CELL.format(' id="axes"') + "\n" + CELL.format(' id="plot"'), "axes"),
        (CODE.format("other").replace("draw", "first"), "draw"),
        (CELL.format(' id="plot"') + "<p>Words.</p>", "draw"),
    ],
)
def test_figure_links_to_where_its_code_begins(tmp_path, above, name):
    html = linked(tmp_path, DRAWING + above + "\n" + CODE.format("loss"))
    assert f'class="figure-code" href="#{name}"' in html


def test_figure_of_a_lab_links_to_the_cell_above(tmp_path):
    printed = '<div class="language-text highlight no-copy lab-output"><pre>1</pre></div>'
    figure = DRAWING.replace("chapter", "labs")
    named = [f' id="{name}"' for name in "abc"]
    html = linked(
        tmp_path, "".join([*map(CELL.format, named[:2]), printed, figure, CELL.format(named[2])])
    )
    assert 'class="figure-code" href="#b"' in html


@pytest.mark.parametrize("cells", ["", CELL.format(' id="a"') + CELL.format("")])
def test_figure_of_a_lab_whose_cell_has_no_name_is_refused(tmp_path, cells):
    assert refusal(linked, tmp_path, cells + DRAWING.replace("chapter", "labs")) == (
        f"{tmp_path}/chapter/page.html: no block of the page shows how loss.svg is drawn; "
        "draw it in a cell above and give the cell a name, as in ``` { .python #draw }"
    )


def test_figure_without_its_code_is_named(tmp_path):
    assert refusal(linked, tmp_path, DRAWING + CODE.format("other")) == (
        f"{tmp_path}/chapter/page.html: no block of the page shows how loss.svg is drawn; "
        'show the section that ends in savefig("loss.svg"), and give its block a name'
    )
