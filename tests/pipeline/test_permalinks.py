"""Every code block and every figure of a built page has a link to itself."""

import pytest
from planted import write

from pipeline.permalinks import add_permalinks


def linked(folder, html):
    page = write(folder, "chapter/page.html", html)
    add_permalinks(folder)
    return page.read_text()


def test_code_block_links_to_itself(tmp_path):
    html = '<div id="predict" class="language-python highlight"><pre>x</pre></div>'
    link = '<a class="block-link" href="#predict" title="Link to this code">#</a>'
    assert linked(tmp_path, html) == html.replace("<pre>", link + "<pre>")


def test_figure_links_to_itself_from_its_caption(tmp_path):
    html = '<figure id="figure-loss"><img><figcaption>It falls.\n</figcaption></figure>'
    link = '<a class="headerlink" href="#figure-loss" title="Link to this figure">#</a>'
    assert linked(tmp_path, html) == html.replace("falls.", f"falls.{link}")


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
