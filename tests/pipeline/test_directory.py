"""Sitemap, robots.txt and llms.txt name every page, and only where its address is known."""

import lxml.etree
import pytest
from planted import refusal, write

from pipeline.directory import write_directory
from pipeline.history import History
from pipeline.metadata import Site

CONFIGURATION = """
    site_name: Planted
    site_description: A site of two pages.
    nav: [Home: index.md, {One neuron: [{By hand: a/by-hand.md}]}, {Labs: [Play: labs/play.md]}]
"""
ERROR = """<body dir="ltr"><article class="x"><h1>404</h1></article>
<script>{"base": "/y"}</script>"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A built site of two pages."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "mkdocs.yml", CONFIGURATION)
    for name in ("docs/index", "docs/a/by-hand", "labs/play"):
        title = name.removeprefix("docs/")
        write(tmp_path, f"{name}.md", f"---\ntitle: T {title}\ndescription: Words.\n---\n")
    write(tmp_path, "site/sitemap.xml", "<urlset/>")
    write(tmp_path, "site/sitemap.xml.gz", "")
    write(tmp_path, "site/404.html", ERROR)
    return tmp_path / "site"


def made(site, address=""):
    write_directory(site, Site("docs", "labs", "snippets", History(), address))
    return site


def test_sitemap_names_every_page(site):
    tree = lxml.etree.parse(made(site, "https://x.org/y?a&b/") / "sitemap.xml")
    assert tree.xpath("//*[local-name() = 'loc']/text()") == [
        "https://x.org/y?a&b/",
        "https://x.org/y?a&b/a/by-hand.html",
        "https://x.org/y?a&b/labs/play.html",
    ]
    assert "Sitemap: https://x.org/y?a&b/sitemap.xml\n" in (site / "robots.txt").read_text()


def test_without_an_address_there_is_no_sitemap(site):
    assert sorted(path.name for path in made(site).iterdir()) == [
        "404.html",
        "llms.txt",
        "robots.txt",
    ]
    assert (site / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"


@pytest.mark.parametrize("address", ["", "https://x.org/y/"])
def test_llms_lists_the_pages_with_their_sentences(site, address):
    lines = (made(site, address) / "llms.txt").read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["# Planted", "", "> A site of two pages."]
    chapter = lines.index("## One neuron")
    assert lines[chapter + 2] == f"- [T a/by-hand]({address}a/by-hand.md): Words."
    assert f"- [T index]({address}index.md): Words." in lines[:chapter]
    assert "code: BSD-3-Clause" in lines[4]
    for line, file in zip(
        lines[-3:], ("llms-full.txt", "labs/play.ipynb", "downloads/all-programs.zip"), strict=True
    ):
        assert f"({address}{file}):" in line


def test_error_page_leads_on_from_wherever_it_is_shown(site):
    page = (made(site) / "404.html").read_text()
    assert (
        '<a href="/y/index.html">' in page and '<a href="/y/a/by-hand.html">One neuron</a>' in page
    )
    assert "<h1>404</h1>" not in page


def test_error_page_begins_with_a_link_past_the_navigation(site):
    page = (made(site) / "404.html").read_text()
    assert page.index('<a href="#lost" class="md-skip">') < page.index("<article")
    assert '<h1 id="lost">' in page


def test_error_page_without_a_beginning_is_refused(site):
    write(site, "404.html", "<article></article>")
    assert "no longer says where the site begins" in refusal(made, site)
