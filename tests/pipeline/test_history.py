"""Commits and days of the last change are those of git, and what git does not know is said."""

import subprocess
from pathlib import Path

import pytest
from planted import write

from pipeline import history


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository of two commits on two days, as the working folder."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    for name, day in (("docs/a.md", "2026-03-04"), ("snippets/a.py", "2026-05-06")):
        write(tmp_path, name, "first\n")
        commit(day, monkeypatch)
    return tmp_path


def git(*arguments):
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *identity, *arguments], check=True)


def commit(day, monkeypatch):
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T12:00:00+00:00")
    git("add", ".")
    git("commit", "--quiet", "-m", "x")


def files(*names):
    return [Path(name) for name in names]


def test_last_change_is_that_of_the_youngest_file(repository, monkeypatch):
    past = history.read()
    assert len(past.commit) == 10 and not past.changed and not past.unknown
    assert past.last_change(files("docs/a.md")) == "2026-03-04"
    assert past.last_change(files("docs/a.md", "snippets/a.py")) == "2026-05-06"
    write(repository, "docs/a.md", "second\n")
    commit("2026-07-08", monkeypatch)
    assert history.read().last_change(files("docs/a.md")) == "2026-07-08"


def test_what_is_not_committed_has_no_day(repository):
    write(repository, "docs/a.md", "changed\n")
    write(repository, "docs/new.md", "new\n")
    write(repository, "notes.txt", "no part of a page\n")
    past = history.read()
    assert past.changed == {"docs/a.md", "docs/new.md"}
    for name in past.changed:
        assert past.last_change(files(name)) == "" and past.altered(files(name))
    assert past.last_change(files("snippets/a.py")) == "2026-05-06"


@pytest.mark.parametrize("name", ["tests/equations/check.py", "package-lock.json"])
def test_what_makes_the_pages_counts_as_changed(repository, name):
    write(repository, name, "new\n")
    assert history.read().changed == {name}


def test_shallow_clone_has_a_commit_and_no_days(repository, monkeypatch):
    clone = repository / "clone"
    git("clone", "--quiet", "--depth=1", repository.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    past = history.read()
    assert past.commit and past.last_change(files("docs/a.md")) == ""
    assert past.unknown.startswith("last changes: this clone has no history")


def test_outside_git_that_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    past = history.read()
    assert past.unknown == "commit and last changes: this is no git checkout"
    assert past.last_change(files("docs/a.md")) == "" and not past.altered(files("docs/a.md"))
