"""A printed page says where it comes from."""

from planted import write

from pipeline.handout import name_prints

PAGE = '<main><article class="md-content__inner md-typeset">\n<h1>A</h1></article></main>'


def test_article_begins_with_site_and_address(tmp_path):
    page = write(tmp_path, "chapter/page.html", PAGE)
    name_prints(tmp_path, "https://example.org/")
    assert (
        '<p class="handout" aria-hidden="true">Backprop by Hand · '
        "https://example.org/chapter/page.html</p>\n<h1>" in page.read_text()
    )


def test_without_an_address_the_file_is_named(tmp_path):
    page = write(tmp_path, "page.html", PAGE)
    name_prints(tmp_path, "")
    assert "Backprop by Hand · page.html</p>" in page.read_text()


def test_page_without_an_article_is_left_alone(tmp_path):
    page = write(tmp_path, "page.html", "<main></main>")
    name_prints(tmp_path, "")
    assert page.read_text() == "<main></main>"
