"""Every page has a title and a description of its own, and data that a program reads back."""

import json

import lxml.html
import pytest
from planted import refusal, write

from pipeline import metadata
from pipeline.history import History
from pipeline.navigation import article_of

SENTENCE = "What is on this page, in as many words as a search engine shows: {}."
CONFIGURATION = """
    site_name: Planted
    site_description: A site with <few> pages.
    nav: [Home: index.md, {One neuron: [{By hand: a/by-hand.md}]}, {Labs: [{Play: labs/play.md}]}]
"""
PROMISE = '<p><em>After this page you can tell &lt;/script&gt; from "it\'s".</em></p>'
HTML = """<!doctype html><head><title>By hand - Planted</title>
<link rel="canonical" href="https://x.org/old.html"></head>
<body><article><h1>T</h1>{}</article></body>"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A site of three pages, as the working folder."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "mkdocs.yml", CONFIGURATION)
    for name, source in (
        ("index", "docs/index"),
        ("a/by-hand", "docs/a/by-hand"),
        ("labs/play", "labs/play"),
    ):
        title, sentence = f'Title "{name}"', SENTENCE.format(name)
        front = f"---\ntitle: '{title}'\ndescription: '{sentence}'\n---\n"
        write(tmp_path, f"{source}.md", front)
        words = PROMISE + '<div class="widget"></div>' * (name == "labs/play")
        write(tmp_path, f"site/{name}.html", HTML.format(words))
    return tmp_path


def about(address=""):
    return metadata.Site("docs", "labs", "snippets", History(), address)


def head_of(project, name, address=""):
    metadata.add_metadata("site", about(address))
    tree = lxml.html.fromstring((project / f"site/{name}.html").read_text(encoding="utf-8"))
    data = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])
    return tree, data["@graph"]


def content(tree, name):
    return tree.xpath(f"//meta[@property='{name}' or @name='{name}']/@content")


def test_pages_with_descriptions_pass(project):
    assert metadata.check_descriptions("docs", "labs") == 3


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("title: T", "docs/a/by-hand.md:1: the page has no description; say in one what is on it"),
        ("title: T\ndescription: Short.", "docs/a/by-hand.md:3: the description has 6 characters"),
        (f"title: T\ndescription: {'x' * 161}", ":3: the description has 161 characters"),
        (
            f"title: T\nhide: [toc]\ndescription: '{SENTENCE.format('labs/play')}'",
            "labs/play.md:3: docs/a/by-hand.md:4 has the same description; tell them apart",
        ),
        (f"description: '{SENTENCE.format(1)}'", "docs/a/by-hand.md:1: the page has no title"),
    ],
)
def test_page_that_is_not_described_is_named(project, front, words):
    write(project, "docs/a/by-hand.md", f"---\n{front}\n---\n")
    assert words in refusal(metadata.check_descriptions, "docs", "labs")


def test_title_says_the_chapter(project):
    tree, _ = head_of(project, "a/by-hand")
    assert tree.findtext(".//title") == "By hand · One neuron · Planted"
    assert content(tree, "og:title") == ["By hand · One neuron · Planted"]


def test_without_an_address_none_is_made_up(project):
    tree, graph = head_of(project, "a/by-hand")
    assert not tree.xpath("//link[@rel='canonical']") and "http" not in str(graph[1])
    for name in ("og:url", "og:image", "twitter:card"):
        assert content(tree, name) == []
    assert "url" not in graph[0] and "image" not in graph[0]
    assert metadata.skipped("")[0].endswith("SITE_URL is not set")
    assert metadata.skipped("https://x.org/") == []


def test_with_an_address_page_and_card_have_theirs(project):
    tree, graph = head_of(project, "a/by-hand", "https://x.org/y/")
    address = "https://x.org/y/a/by-hand.html"
    assert tree.xpath("//link[@rel='canonical']/@href") == [address]
    assert content(tree, "og:url") == [address] and graph[0]["url"] == address
    assert content(tree, "og:image") == ["https://x.org/y/assets/cards/a-by-hand.png"]
    assert [step["item"] for step in graph[1]["itemListElement"]] == [
        "https://x.org/y/",
        address,
        address,
    ]
    tree = lxml.html.fromstring((project / "site/index.html").read_text(encoding="utf-8"))
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://x.org/y/"]


def test_markdown_form_is_named(project):
    tree, _ = head_of(project, "a/by-hand")
    (link,) = tree.xpath("//link[@type='text/markdown']")
    assert link.get("href") == "by-hand.md" and link.get("rel").split() == ["alternate"]


def test_structured_data_of_a_page_is_read_back(project):
    _, (about, trail) = head_of(project, "a/by-hand")
    assert about["@type"] == "LearningResource" and about["name"] == 'Title "a/by-hand"'
    assert about["teaches"] == 'tell </script> from "it\'s".'
    assert about["description"] == SENTENCE.format("a/by-hand")
    assert about["position"] == 1 and about["isPartOf"]["name"] == "One neuron"
    assert about["isPartOf"]["isPartOf"]["description"] == "A site with <few> pages."
    assert about["learningResourceType"] == ["Tutorial"] and about["inLanguage"] == "en"
    assert "dateModified" not in about  # outside git nobody knows it
    names = [step["name"] for step in trail["itemListElement"]]
    assert names == ["Planted", "One neuron", "By hand"]


def test_structured_data_of_the_home_page_lists_the_chapters(project):
    _, (about,) = head_of(project, "index")
    assert [part["name"] for part in about["hasPart"]] == ["One neuron", "Labs"]
    assert about["hasPart"][0]["hasPart"][0]["name"] == 'Title "a/by-hand"'


def test_what_can_be_touched_is_a_simulation(project):
    _, graph = head_of(project, "labs/play")
    assert graph[0]["learningResourceType"] == ["Lab", "Simulation"]


@pytest.mark.parametrize(
    ("html", "features"),
    [
        ("<h2>A</h2><p>words</p>", ["structuralNavigation"]),
        ('<p><img alt="A line."></p>', ["alternativeText"]),
        ('<p><img alt=""><math><mi>x</mi></math></p>', ["MathML"]),
        ("<p>words</p>", None),
    ],
)
def test_help_for_readers_is_named_where_it_is(project, html, features):
    write(project, "site/a/by-hand.html", HTML.format(html))
    _, graph = head_of(project, "a/by-hand")
    assert graph[0].get("accessibilityFeature") == features


def test_day_of_the_last_change_is_that_of_git(project, monkeypatch):
    site = about()
    site.past.days["docs/a/by-hand.md"] = "2026-03-04"
    page = site.pages[1]
    data = metadata.structured(site, page, article_of(HTML.format(PROMISE)))
    assert data["@graph"][0]["dateModified"] == "2026-03-04"
