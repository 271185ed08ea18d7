"""Who knows one name knows all three files: snippet, page and test."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from planted import write

from pipeline.notebooks import labs
from pipeline.pages import includes, read_sections, sources

SNIPPETS = sorted(Path("snippets").rglob("*.py"))
# The lines of a module below its examples, drawing left out, and those of a section.
LONGEST_CODE, LONGEST_SECTION = 150, 35
# Longer than that: how long at most, and why.
LONG = {
    "snippets/trust/it_trains_and_it_is_wrong.py": (310, "eight programs, each with its mistake"),
}
ALLOWED = {"functools", "json", "math", "pathlib", "statistics", "time"}
ALLOWED |= {"numpy", "torch", "matplotlib"}


def name(path):
    return path.as_posix()


def page_of(snippet):
    """The page of a snippet, or its lab; that of home.py is the home page."""
    stem = snippet.relative_to("snippets").with_suffix("").as_posix().replace("_", "-")
    if stem.startswith("labs/"):
        return Path(f"{stem}.md")
    return Path("docs") / f"{'index' if stem == 'home' else stem}.md"


@pytest.mark.parametrize("snippet", SNIPPETS, ids=name)
def test_every_snippet_has_its_page_and_its_test(snippet):
    test = Path("tests") / snippet.relative_to("snippets").with_name(f"test_{snippet.name}")
    missing = [str(path) for path in (page_of(snippet), test) if not path.is_file()]
    assert not missing


@pytest.mark.parametrize("snippet", SNIPPETS, ids=name)
def test_page_shows_the_code_of_its_own_snippet(snippet):
    files = {file for _, file, section in includes(page_of(snippet)) if section}
    assert files == {snippet.relative_to("snippets").as_posix()}


def test_every_test_of_a_chapter_has_its_snippet():
    chapters = {snippet.parent.name for snippet in SNIPPETS if snippet.parent.name != "snippets"}
    tests = [test for chapter in chapters for test in Path("tests", chapter).glob("test_*.py")]
    lost = [
        str(test)
        for test in tests
        if not Path("snippets", test.parent.name, test.name.removeprefix("test_")).is_file()
    ]
    assert tests and not lost


class _Anything(yaml.SafeLoader):
    """Reads tags such as !ENV as nothing."""


_Anything.add_multi_constructor("", lambda loader, suffix, node: None)


def entries(navigation):
    """Yield every page of a part of the navigation."""
    if isinstance(navigation, str):
        yield navigation
    else:
        parts = navigation.values() if isinstance(navigation, dict) else navigation
        for part in parts:
            yield from entries(part)


def test_every_page_is_in_the_navigation_once():
    configuration = yaml.load(Path("mkdocs.yml").read_text(encoding="utf-8"), _Anything)
    pages = [path.relative_to("docs").as_posix() for path in sources("docs")]
    pages += [path.as_posix() for path in labs("labs")]
    assert sorted(entries(configuration["nav"])) == sorted(pages)


@pytest.mark.parametrize("lab", labs("labs"), ids=name)
def test_every_lab_is_among_the_downloads(lab):
    page = Path("docs/reference/downloads.md").read_text(encoding="utf-8")
    assert f'href="../{lab.with_suffix(".ipynb").as_posix()}"' in page


def lengths(snippet):
    """The lines of a snippet's code, and those of its longest section, drawing left out."""
    source = snippet.read_text(encoding="utf-8")
    body = ast.parse(source).body
    drawing = sum(node.end_lineno - node.lineno + 1 for node in body if draws(node))
    read = [text for _, text in read_sections(snippet).values() if not re.search(r"\bax\.", text)]
    longest = max(text.count("\n") + 1 for text in read)
    return source.count("\n") - body[0].end_lineno - drawing, longest


@pytest.mark.parametrize("snippet", SNIPPETS, ids=name)
def test_snippets_are_short(snippet):
    limit, _ = LONG.get(name(snippet), (LONGEST_CODE, ""))
    code, section = lengths(snippet)
    assert code <= limit and section <= LONGEST_SECTION


def test_only_what_is_longer_is_excused():
    assert [path for path in LONG if lengths(Path(path))[0] <= LONGEST_CODE] == []


PLANTED = """
    # --8<-- [start:long]
    largest = max.x
    largest = max.y
    # --8<-- [end:long]
    # --8<-- [start:plot]
    def draw_line(ax):
        ax.plot(1)
        ax.plot(2)
        # --8<-- [end:plot]
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", (6, 2)),
        ("max.y", "max.y\n    largest = max.z", (7, 3)),
        ("(2)", "(2)\n        ax.plot(3)", (6, 2)),
        ("draw_line", "line", (9, 2)),
        ("ax.", "box.", (6, 3)),
    ],
)
def test_every_line_counts_but_those_that_draw(tmp_path, old, new, expected):
    assert old in PLANTED
    text = f'    """X."""\n{PLANTED.removeprefix(chr(10)).replace(old, new)}'
    assert lengths(write(tmp_path, "x.py", text)) == expected


def draws(node):
    """Whether a statement is a function that draws; a page folds its code away."""
    return isinstance(node, ast.FunctionDef) and re.match("draw_|plot_", node.name)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=name)
def test_snippets_need_nothing_of_ours(snippet):
    tree = ast.parse(snippet.read_text(encoding="utf-8"))
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported <= ALLOWED


@pytest.mark.parametrize("snippet", SNIPPETS, ids=name)
def test_snippets_hide_no_library(snippet):
    assert snippet.stem not in {"numpy", "torch", "matplotlib", "math", "random", "time"}


def test_top_level_is_that_of_the_design():
    names = """
        README.md LICENSE CONTRIBUTING.md CHANGELOG.md CITATION.cff mkdocs.yml noxfile.py
        pyproject.toml package.json package-lock.json docs/ labs/ snippets/ tests/ pipeline/
    """
    missing = [name for name in names.split() if not Path(name).exists()]
    assert not missing


def test_noxfile_is_short():
    assert len(Path("noxfile.py").read_text().splitlines()) <= 80
