"""The lines below a page say what ran it, when it changed and where to mend it, or do not."""

from pathlib import Path

import matplotlib
import numpy as np
import pytest
import torch
from planted import refusal, write

from pipeline import provenance
from pipeline.history import History
from pipeline.navigation import Page

PAGE = Page("labs/play", "Play", "Labs")
FILES = [Path("labs/play.md"), Path("snippets/play.py")]
PAST = History(
    "abc1234567", set(), {"labs/play.md": "2026-03-04", "snippets/play.py": "2026-11-05"}
)


def test_versions_are_those_of_what_ran_here(monkeypatch):
    found = provenance.versions()
    assert list(found) == ["Python", "NumPy", "PyTorch", "Matplotlib"]
    assert list(found.values())[1:] == [np.__version__, torch.__version__, matplotlib.__version__]
    monkeypatch.setitem(provenance.LIBRARIES, "PyTorch", "no-torch")
    assert "no-torch is not installed" in refusal(provenance.versions)


def test_lines_say_everything_that_is_known():
    ran = {"Python": "3.11.9", "NumPy": "2.4", "PyTorch": "2.13+cpu"}
    assert provenance.lines(PAGE, FILES, PAST, ran, "https://example.org/edit/main") == (
        '<footer class="page-facts"><p>Executed with Python 3.11.9, NumPy 2.4 and PyTorch 2.13+cpu '
        "at commit <code>abc1234567</code>. "
        'Last change: <time datetime="2026-11-05">5 November 2026</time>.</p>'
        '<p><a href="https://example.org/edit/main/labs/play.md">Edit this page</a> · '
        '<a href="play.md">This page as Markdown</a></p></footer>'
    )


def test_only_what_a_page_imports_is_named(tmp_path):
    ran = {"Python": "3", "NumPy": "2", "PyTorch": "2.13", "Matplotlib": "3.10"}
    page = write(tmp_path, "x.md", "import torch\n")
    bare = write(tmp_path, "bare.py", "import math\n")
    told = write(
        tmp_path,
        "x.py",
        '"""X.\n\n>>> import numpy as np\n"""\n\n\ndef f():\n'
        "    import matplotlib.pyplot as plt\n    # a word from torch\n",
    )
    assert provenance.ran_for([page], ran) == {}
    assert list(provenance.ran_for([page, bare], ran)) == ["Python"]
    assert list(provenance.ran_for([page, bare, told], ran)) == ["Python", "NumPy", "Matplotlib"]
    assert "Executed with Python 3 at" in provenance.lines(PAGE, FILES, PAST, {"Python": "3"})


def test_words_alone_are_built_and_not_executed():
    html = provenance.lines(PAGE, FILES, PAST, {})
    assert "<p>Built at commit <code>abc1234567</code>." in html
    assert "Edit" not in html


@pytest.mark.parametrize("changed", ["labs/play.md", "snippets/play.py"])
def test_change_that_is_not_committed_is_said(changed):
    html = provenance.lines(
        PAGE, FILES, History("abc", {changed}, PAST.days), {"Python": "3", "NumPy": "2"}
    )
    assert "</code> with changes not committed. Last change: not committed yet." in html


def test_without_git_nothing_is_claimed():
    html = provenance.lines(PAGE, FILES, History(unknown="no git"), {})
    assert html == (
        '<footer class="page-facts"><p><a href="play.md">This page as Markdown</a></p></footer>'
    )


def test_build_says_what_it_left_out():
    past = History(unknown="last changes: shallow")
    assert provenance.skipped(past, {}) == [
        "edit links: EDIT_URL is not set",
        "last changes: shallow",
    ]
    assert provenance.skipped(past, {"EDIT_URL": "https://x.org"}) == ["last changes: shallow"]


def test_pages_that_teach_get_the_place_of_a_mark_and_the_home_page_their_names(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path, "mkdocs.yml", "site_name: x\nnav: [index.md, {A: [{B: a/b.md}, {C: a/c.md}]}]\n"
    )
    article = "<body><article>{}</article></body>"
    promise = "<p><em>After this page you can add.</em></p>"
    write(tmp_path, "snippets/b.py", "import math\n")
    for name, words in (("index", provenance.COUNT), ("a/b", promise), ("a/c", "<p>words</p>")):
        shown = '--8<-- "b.py:add"\n' if name == "a/b" else ""
        write(tmp_path, f"docs/{name}.md", f"# T\n{shown}")
        write(tmp_path, f"site/{name}.html", article.format(words))
    provenance.add_lines("site", "docs", "labs", "snippets", History(), {})
    home, taught, plain = (Path("site", f"{n}.html").read_text() for n in ("index", "a/b", "a/c"))
    assert '<p class="read-count" data-pages="a/b.html"></p>' in home
    assert f"</footer></article>{provenance.PLACE}</body>" in taught
    assert "Executed with Python" in taught and "Executed" not in plain
    assert provenance.PLACE not in home + plain
