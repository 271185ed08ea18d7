"""A sample of the mutation run: no mistake passes without a reason."""

from collections import Counter
from pathlib import Path

import pytest

from .mutate import outcomes

DOCS = Path(__file__).parents[2] / "docs"
CORPUS = Path(__file__).parent / "pages"


@pytest.fixture(scope="module")
def sample():
    return outcomes([DOCS, CORPUS], sample=600, seed=1)


def test_name_for_another_quantity_breaks_another_equation(tmp_path):
    file = tmp_path / "page.md"
    file.write_text(
        "\n".join(
            [
                "---",
                "equations:",
                "  symbols: {a: '() number', b: '() number', c: '() their sum'}",
                "  definitions: {c: free}",
                "---",
                "",
                "$$ c = a + b $$",
                "",
                "$$ c^2 = a^2 + 2 a b + b^2 $$",
                "",
            ]
        )
    )
    assert {outcome.result for outcome in outcomes([file])} <= {"value", "shape", "refusal"}
    file.write_text(file.read_text().replace("$$ c^2 = a^2 + 2 a b + b^2 $$", ""))
    assert "survivor" in {outcome.result for outcome in outcomes([file])}


def test_no_mutant_survives(sample):
    assert [str(outcome) for outcome in sample if outcome.result == "survivor"] == []


def test_mutants_die_by_what_they_say(sample):
    counts = Counter(outcome.result for outcome in sample)
    assert counts["value"] + counts["shape"] > 0.9 * len(sample)
    assert counts["refusal"] < 0.1 * len(sample)


def test_mutants_are_of_many_kinds(sample):
    assert len({outcome.mutant.way for outcome in sample}) >= 15
