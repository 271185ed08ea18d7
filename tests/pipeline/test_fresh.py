"""The site is built again when anything that it is made of has changed, and only then."""

import subprocess

import pytest
from planted import write

from pipeline import build


@pytest.fixture
def builds(tmp_path, monkeypatch):
    """The working folder is a repository with a built site; what was built since."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, ".gitignore", "/build/\n/site/\n/docs/figures/\n")
    write(tmp_path, "docs/index.md", "# Home\n")
    git("init", "--quiet")
    commit()
    made = []

    def make():
        made.append("site")
        write(tmp_path, "site/index.html", "<h1>Home</h1>")
        write(tmp_path, "build/counts.md", "")
        return {}, []

    monkeypatch.setattr(build, "build", make)
    build.main()
    assert made.pop() and not made
    return made


def build_unless_built():
    build.main([build.UNLESS_BUILT])


def git(*arguments):
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *identity, *arguments], check=True)


def commit():
    git("add", ".")
    git("commit", "--quiet", "--allow-empty", "-m", "x")


def test_site_of_these_sources_is_left_as_it_is(builds, tmp_path, capsys):
    write(tmp_path, "README.md", "no part of a page\n")
    write(tmp_path, "docs/figures/drawn.svg", "made by the build")
    build_unless_built()
    assert not builds
    assert "site/ is built from these very sources already" in capsys.readouterr().out
    build.main()
    assert builds


@pytest.mark.parametrize(
    "name", ["docs/index.md", "docs/new.md", "pipeline/build.py", "site/index.html", "site/new.txt"]
)
def test_changed_file_is_noticed(name, builds, tmp_path):
    write(tmp_path, name, "changed\n")
    build_unless_built()
    assert builds


def test_new_commit_and_new_address_are_noticed(builds, monkeypatch):
    commit()
    build_unless_built()
    monkeypatch.setattr(build, "ADDRESS", "https://example.org/")
    build_unless_built()
    build_unless_built()
    assert len(builds) == 2


def test_removed_source_is_noticed(builds, tmp_path):
    (tmp_path / "docs/index.md").unlink()
    build_unless_built()
    assert builds


def test_folder_without_git_is_always_built(builds, tmp_path):
    (tmp_path / ".git").rename(tmp_path / "elsewhere")
    build_unless_built()
    build_unless_built()
    assert len(builds) == 2
