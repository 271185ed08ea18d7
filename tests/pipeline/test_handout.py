"""A printed page says where it comes from."""

import pytest
from planted import write

from pipeline.handout import name_prints

PAGE = '<main><article class="md-content__inner md-typeset">\n<h1>A</h1></article></main>'


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A folder whose configuration names the site, as the working folder."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "mkdocs.yml", "site_name: Up & down\nnav: [index.md]\n")


def test_article_begins_with_site_and_address(tmp_path):
    page = write(tmp_path, "chapter/page.html", PAGE)
    name_prints(tmp_path, "https://example.org/")
    assert (
        '<p class="handout" aria-hidden="true">Up &amp; down · '
        "https://example.org/chapter/page.html</p>\n<h1>" in page.read_text()
    )


def test_without_an_address_the_file_is_named(tmp_path):
    page = write(tmp_path, "page.html", PAGE)
    name_prints(tmp_path, "")
    assert "Up &amp; down · page.html</p>" in page.read_text()


def test_page_without_an_article_is_left_alone(tmp_path):
    page = write(tmp_path, "page.html", "<main></main>")
    name_prints(tmp_path, "")
    assert page.read_text() == "<main></main>"
