"""The navigation gives the pages in reading order, with their chapters, sources and sentences."""

import lxml.html
import pytest
from planted import refusal, write

from pipeline import navigation

CONFIGURATION = """
    site_name: Planted
    site_url: !ENV [SITE_URL, ""]
    nav:
      - Home: index.md
      - One neuron:
          - The problem: one-neuron/problem.md
          - Limits: one-neuron/limits.md
      - Labs: [Play: labs/play.md]
"""


def pages(tmp_path):
    return navigation.read(write(tmp_path, "mkdocs.yml", CONFIGURATION))[2]


def test_pages_come_in_reading_order_with_their_chapters(tmp_path):
    found = [(page.name, page.title, page.chapter, page.position) for page in pages(tmp_path)]
    assert found == [
        ("index", "Home", "", 1),
        ("one-neuron/problem", "The problem", "One neuron", 1),
        ("one-neuron/limits", "Limits", "One neuron", 2),
        ("labs/play", "Play", "Labs", 1),
    ]
    assert list(navigation.chapters(pages(tmp_path))) == ["One neuron", "Labs"]


def test_with_a_folder_only_what_is_built_is_named(tmp_path):
    path = write(tmp_path, "mkdocs.yml", CONFIGURATION)
    write(tmp_path, "site/index.html", "")
    assert [page.name for page in navigation.read(path, tmp_path / "site")[2]] == ["index"]


def test_page_is_made_of_its_source_and_the_snippets_that_it_shows(tmp_path):
    write(tmp_path, "docs/one-neuron/limits.md", '--8<-- "limits.py:prove"\n--8<-- "made.md"\n')
    write(tmp_path, "labs/play.md", '--8<-- "limits.py:prove"\n')
    write(tmp_path, "snippets/limits.py", "")
    folders = [tmp_path / name for name in ("docs", "labs", "snippets")]
    *_, limits, play = pages(tmp_path)
    snippet = tmp_path / "snippets/limits.py"
    assert limits.files(*folders) == [tmp_path / "docs/one-neuron/limits.md", snippet]
    assert play.files(*folders) == [tmp_path / "labs/play.md", snippet]


def test_title_and_description_are_found_on_their_lines(tmp_path):
    page = write(tmp_path, "x.md", '---\ntitle: "A: b"\nhide: [toc]\ndescription: Words.\n---\n')
    assert navigation.front_matter(page) == {"title": ("A: b", 2), "description": ("Words.", 4)}
    assert navigation.described(page) == ("A: b", "Words.")


def test_page_without_description_is_refused(tmp_path):
    page = write(tmp_path, "x.md", "---\ntitle: A\n---\n")
    assert refusal(navigation.described, page).endswith("add it to the front matter")
    assert navigation.front_matter(write(tmp_path, "y.md", "# Bare\n")) == {}


@pytest.mark.parametrize(
    ("front", "line"), [("hide: []\ntitle: A: b", 3), ("title: [A", 3), ("title: 'A", 3)]
)
def test_front_matter_that_is_not_yaml_is_named_with_its_line(tmp_path, front, line):
    page = write(tmp_path, "x.md", f"---\n{front}\ndescription: Words.\n---\n")
    said = refusal(navigation.described, page)
    assert said.startswith(f"{page}:{line}: the front matter is not YAML: ")
    assert said.endswith("; put a text that holds a colon in quotes")


def test_promise_is_the_first_sentence_of_a_page_that_makes_one():
    promise = "<h1>T</h1><p><em>After this page you can add\n and <b>carry</b>.</em></p><p>x</p>"
    for html, words in ((promise, "add and carry."), ("<p><em>Not now.</em></p>", "")):
        assert navigation.promise(lxml.html.fragment_fromstring(html, "article")) == words
    assert "without an <article>" in refusal(navigation.article_of, "<p>x</p>")
