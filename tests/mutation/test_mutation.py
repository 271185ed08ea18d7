"""Nothing in a snippet may change unnoticed: a sample of the mutants, and how the search bites."""

import random
from collections import Counter
from textwrap import dedent

import pytest

from . import __main__ as command
from .judge import Judge
from .mutate import mutants
from .survivors import compare, explained

SAMPLE = 5

SNIPPET = '''
    """Squares.

    >>> import numpy as np
    >>> print(double(3))
    6
    """


    def double(x):
        """Twice x."""
        return x * 2


    def slope(x):
        """Slope of the square of x."""
        return 2 * x
'''
CALLED = ">>> print(slope(0))\n    0"
SHOWN = SNIPPET.replace("6\n", f"6\n    {CALLED}\n", 1)


def planted(folder, snippet, test=None):
    """A judge of a planted snippet, its own test beside it if there is one."""
    for kind, name, text in (
        ("snippets", "planted.py", snippet),
        ("tests", "test_planted.py", test),
    ):
        (folder / kind).mkdir()
        if text is not None:
            (folder / kind / name).write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return Judge("planted.py", folder / "snippets", folder / "tests")


def survivors(judge):
    """The changes that this judge does not notice."""
    found = mutants(judge.source, "planted.py")
    said = judge.complaints([mutant.source for mutant in found])
    return [mutant.change for mutant, complaint in zip(found, said) if complaint is None]


TEST = """
    import planted

    def test_slope():
        assert planted.slope(3) == 6
"""


def test_removing_a_test_lets_a_mutant_live(tmp_path):
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    assert survivors(planted(tmp_path / "with", SHOWN, TEST)) == []
    assert survivors(planted(tmp_path / "without", SHOWN)) == ["2 * x → 3 * x"]


def test_an_example_that_shows_less_lets_a_mutant_live(tmp_path):
    less = SHOWN.replace("double(3)", "double(0)").replace("6\n", "0\n", 1)
    assert survivors(planted(tmp_path, less, TEST)) == ["x * 2 → x * 3"]


def test_a_snippet_that_fails_unchanged_is_refused(tmp_path):
    with pytest.raises(AssertionError, match="refused without any mutation"):
        planted(tmp_path, SHOWN.replace("6\n", "7\n", 1))


def test_a_mutant_that_never_ends_is_noticed(tmp_path):
    judge = planted(tmp_path, SHOWN)
    judge.limit = 1
    endless = judge.source.replace("return x * 2", "while True: pass")
    assert judge.complaints([endless]) == ["no end within 1 s"]


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("a + b", ["a - b"]),
        ("a - b", ["a + b", "b - a"]),
        ("-a", ["a"]),
        ("X.T @ d", ["X.T * d", "d @ X.T", "X"]),
        ("X.mT @ d", ["X.mT * d", "d @ X.mT", "(X) @ d"]),
        ("d.sum(axis=0)", ["d.sum(axis=1)", "d.mean(axis=0)"]),
        ("d.mean(axis=(1, 2))", ["axis=(0, 1)", "axis=(1,)", "axis=(2,)", "d.sum"]),
        ("d.max(axis=1, keepdims=True)", ["axis=0", "keepdims=False", "d.min"]),
        ("d[:, None]", ["d[None, :]"]),
        ("d[0]", ["d[1]"]),
        ("d[-1]", ["d[(1)]"]),
        ("d[1:]", ["d[0:]"]),
        ("a > 0", ["a >= 0"]),
        ("1 / n", ["1 * n", "2 / n"]),
    ],
)
def test_kinds_of_change(line, changes):
    found = [
        m.source for m in mutants(f"def f(a, b, d, n, X):\n    return {line}  # (N,)\n", "x.py")
    ]
    assert len(found) >= len(changes)
    for change in changes:
        assert any(change in source for source in found)
    assert all(source.endswith("  # (N,)\n") for source in found)


def test_accumulating_can_become_assigning():
    source = "def f(a, b):\n    σ = 1\n    a += b\n    return a\n"
    assert {m.source.split("\n")[2].strip() for m in mutants(source, "x.py")} == {"a -= b", "a = b"}


def test_figures_and_pytorch_are_left_alone():
    source = "def draw():\n    return 1 + 1\n\n\ndef f(a):\n    return torch.exp(-a)\n"
    assert mutants(source, "x.py") == []


def test_every_reason_belongs_to_a_mutant_of_today():
    today = {
        mutant.key
        for file in command.snippets()
        for mutant in mutants((command.ROOT / "snippets" / file).read_text(encoding="utf-8"), file)
    }
    assert [" | ".join(key) for key in explained() if key not in today] == []


def test_reason_is_good_for_one_mutant():
    source = "def f(a, b):\n    return abs(a - b), a - b\n"
    found = [mutant for mutant in mutants(source, "f.py") if mutant.change == "a - b → b - a"]
    expected = Counter([found[0].key])
    assert compare(found[:1], expected, ["f.py"]) == ([], [])
    assert compare(found, expected, ["f.py"]) == (found[1:], [])
    assert compare([], expected, ["f.py"]) == ([], [found[0].key])
    assert compare([], expected, ["g.py"]) == ([], [])


def test_sample_of_the_snippets_mutants_is_noticed():
    files = ["home.py", "one_neuron/problem.py", "trust/checking_a_gradient.py"]
    for file in files:
        judge = Judge(file)
        found = mutants(judge.source, file)
        found = random.Random(0).sample(found, SAMPLE)
        complaints = judge.complaints([mutant.source for mutant in found])
        living = [mutant for mutant, said in zip(found, complaints) if said is None]
        assert [str(mutant) for mutant in compare(living, explained(), [])[0]] == []
