"""The commands, as a build calls them."""

import json
from pathlib import Path

from .__main__ import main

CORPUS = Path(__file__).parent / "pages"


def test_check_writes_a_report(tmp_path, capsys):
    file = tmp_path / "build" / "equations.json"
    assert main(["check", str(CORPUS), "--report", str(file)]) == 0
    written = json.loads(file.read_text())
    first = written["pages"]["hidden-layer.md"][1]
    assert first["kind"] == "definition"
    assert first["mark"] == "definition, equal to F.linear(X, W1.T, b1)"
    assert first["tex"].strip().startswith("z^{(1)}_{nh} =")
    assert written["totals"]["failures"] == 0
    assert "0 failures" in capsys.readouterr().out


def test_check_fails_on_a_false_equation(tmp_path, capsys):
    (tmp_path / "page.md").write_text("$$ 1 + 1 = 3 $$\n")
    assert main(["check", str(tmp_path)]) == 1
    assert f"{tmp_path}/page.md:1: false: left 2, right 3" in capsys.readouterr().out


def test_many_unchecked_equations_are_a_finding(tmp_path, capsys):
    (tmp_path / "page.md").write_text("<!-- equation: unchecked: hard -->\n$$ 1 = 1 $$\n")
    assert main(["check", str(tmp_path)]) == 1
    assert "1 of 1 display equations are not machine-checked" in capsys.readouterr().out


def test_symbols(capsys):
    assert main(["symbols", str(CORPUS / "layer-norm.md")]) == 0
    assert r"| $\gamma$ | gains | $(D,)$ |" in capsys.readouterr().out


def test_mutate_counts(capsys):
    assert main(["mutate", str(CORPUS / "softmax.md"), "--sample", "40"]) == 0
    assert "all 40" in capsys.readouterr().out
