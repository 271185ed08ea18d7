"""Every equation of every page of the site, and of the checker's own pages, is decided."""

from functools import cache
from pathlib import Path

import pytest

from .check import check_file
from .page import Page, PageError
from .report import CAP, pages, report

DOCS = Path(__file__).parents[2] / "docs"
CORPUS = Path(__file__).parent / "pages"
FILES = pages([DOCS]) + pages([CORPUS])

decided = cache(check_file)


def equations():
    """A parameter, file and number, for each display and each claim in a line."""
    found = []
    for file, name in FILES:
        try:
            formulas = Page.load(file).formulas
        except PageError:
            continue
        for number, formula in enumerate(formulas):
            if formula.display or any(sign in formula.tex for sign in ("=", r"\approx", r"\in")):
                place = f"equation {name}:{formula.line}:{formula.column}"
                found.append(pytest.param(file, number, id=place))
    return found


@pytest.mark.parametrize(("file", "number"), equations())
def test_holds(file, number):
    verdict = decided(file)[0][number]
    assert verdict.trouble is None, verdict.message


@pytest.mark.parametrize("file", [file for file, _ in FILES], ids=[name for _, name in FILES])
def test_page_has_no_other_findings(file):
    assert decided(file)[1] == []


def test_few_equations_of_the_site_are_unchecked():
    totals = report([DOCS])[0]["totals"]
    assert totals["unchecked"] <= CAP * totals["displays"]


def test_corpus_is_large_and_of_many_kinds():
    totals = report([CORPUS])[0]["totals"]
    assert totals["displays"] >= 60
    assert totals["unchecked"] == 0
    assert totals["kinds"]["false on purpose"] >= 4
    assert len(totals["kinds"]) >= 10
