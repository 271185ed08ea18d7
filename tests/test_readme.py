"""The README keeps what it promises, in about one screen."""

import re
from pathlib import Path

README = Path("README.md").read_text(encoding="utf-8")
NOXFILE = Path("noxfile.py").read_text(encoding="utf-8")


def targets(text):
    """What links and pictures lead to, other sites left out."""
    return [target for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]


def test_links_and_the_picture_are_there():
    assert targets("[a](x.md) ![b](y.webp) [c](https://x.org)") == ["x.md", "y.webp"]
    assert [target for target in targets(README) if not Path(target).exists()] == []
    assert "readme.webp" in README
    assert Path(".github/readme.webp").stat().st_size <= 150 * 1024


def test_files_of_the_example_are_there():
    files = re.findall(r"`((?:snippets|docs|tests)/\S+\.\w+)`", README)
    assert len(files) == 3 and all(map(lambda file: Path(file).is_file(), files))


def test_commands_name_sessions():
    named = {*re.findall(r"nox -s (\w+)", README), *re.findall(r"\(`(\w+)`", README)}
    assert {"docs", "tests"} <= named
    assert [name for name in named if not re.search(rf'(def {name}\(|\(?"{name}",)', NOXFILE)] == []


def test_it_is_short():
    assert len(README.splitlines()) <= 60
