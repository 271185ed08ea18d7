"""What the code imports is declared, and not there by the grace of another package."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

GROUPS = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
FOLDERS = Path(), Path("tests"), Path("snippets")
OF_NODE = re.compile(r'(?:from |\)\()"(?!node:|\.)((?:@[^/"]+/)?[^/"]+)')


def normal(name):
    """A name as package registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(group):
    """The packages of a group of pyproject.toml and of those that it includes."""
    for entry in GROUPS[group]:
        if isinstance(entry, dict):
            yield from declared(entry["include-group"])
        else:
            yield normal(re.match(r"[\w.-]+", entry)[0])


def imported(source):
    """The modules that a source imports, those of Python and our own left out."""
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        for name in (name.split(".")[0] for name in names):
            ours = any(
                (folder / end).exists() for folder in FOLDERS for end in (name, f"{name}.py")
            )
            if not ours and name not in sys.stdlib_module_names:
                yield name


def undeclared(source, group):
    """The modules that a source imports, and that come with no package of the group."""
    known, found = {*declared(group)}, packages_distributions()
    packages = {name: {normal(package) for package in found.get(name, [])} | {normal(name)}
                for name in imported(source)}  # fmt: skip
    return sorted(name for name, sources in packages.items() if not sources & known)


@pytest.mark.parametrize(
    ("folder", "group"), [("snippets", "snippets"), ("pipeline", "site"), ("tests", "tests")]
)
def test_every_import_is_declared(folder, group):
    paths = sorted(Path(folder).rglob("*.py"))
    source = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    assert undeclared(source, group) == []


def test_undeclared_import_is_named():
    source = "import json\nimport jinja2\nfrom PIL import Image\nfrom pipeline import pages\n"
    assert undeclared(source, "site") == ["jinja2"]
    assert undeclared(source, "snippets") == ["PIL", "jinja2"]


def test_every_import_of_node_is_declared():
    package = json.loads(Path("package.json").read_text(encoding="utf-8"))
    lock = json.loads(Path("package-lock.json").read_text(encoding="utf-8"))["packages"]
    kinds = "dependencies", "devDependencies"
    assert [lock[""][kind] for kind in kinds] == [package[kind] for kind in kinds]
    scripts = [*Path("pipeline").glob("*.mjs"), *Path("tests").rglob("*.mjs")]
    needed = {name for path in scripts for name in OF_NODE.findall(path.read_text("utf-8"))}
    assert {"mathjax", "postcss", "chrome-launcher"} <= needed
    assert needed - {name for kind in kinds for name in package[kind]} == set()


def test_oldest_versions_are_those_of_the_bounds():
    lines = Path("constraints-oldest.txt").read_text(encoding="utf-8").splitlines()
    oldest = dict(line.lower().split("==") for line in lines if not line.startswith("#"))
    bounds = [
        re.match(r"([\w-]+)>=([\d.]+)", entry.lower()).groups()
        for group in ("snippets", "site", "tests")
        for entry in GROUPS[group]
        if isinstance(entry, str)
    ]
    wrong = [name for name, bound in bounds if not f"{oldest[name]}.0".startswith(f"{bound}.")]
    assert bounds and wrong == []
