"""Which formulas are found on a page, where, and with what front matter and directives."""

from pathlib import Path

import pytest

from .page import Page, PageError
from .table import symbol_table


def page(text):
    return Page(Path("page.md"), text)


def found(text):
    """The source, without blanks around it, and the line of every formula."""
    return [(formula.tex.strip(), formula.line) for formula in page(text).formulas]


def test_all_ways_to_write_a_formula():
    text = "\n".join(
        [
            "$$ a $$",
            "$$",
            "b",
            "$$",
            r"\[ c \]",
            r"\begin{align} d &= e \end{align}",
            r"in a line $f$ and \(g\)",
        ]
    )
    assert found(text) == [
        ("a", 1),
        ("b", 3),
        ("c", 5),
        (r"\begin{align} d &= e \end{align}", 6),
        ("f", 7),
        ("g", 7),
    ]
    assert [formula.display for formula in page(text).formulas] == [True] * 4 + [False] * 2


def test_code_and_comments_hold_no_formula():
    text = "\n".join(
        [
            "```python",
            "$$ a $$",
            "```",
            "    ``` { .pycon #x }",
            "    >>> '$b$'",
            "    ```",
            "~~~~",
            "```",
            "$c$",
            "~~~~",
            "`$d$` and ``$e$ ` $f$``",
            "<!-- $g$ -->",
            r"costs \$5 and \$6, or $7 and $8 each",
            "$h$",
        ]
    )
    assert found(text) == [("h", 14)]


def test_formula_in_admonition_list_and_table():
    text = "??? note\n\n    $$\n    a\n    $$\n\n- item $b$\n\n| $c$ | $d$ |\n"
    assert found(text) == [("a", 4), ("b", 7), ("c", 9), ("d", 9)]


def test_place_of_an_offset_within_a_formula():
    (formula,) = page("text\n\n  $$\n  ab\n  $$\n").formulas
    assert formula.place(formula.tex.index("b")) == (4, 4)


def test_directives_above_a_display():
    text = "\n".join(
        [
            "<!-- equation: false: no mean -->",
            "<!-- equation: with: D = 2 -->",
            "",
            "$$ a $$",
            "",
            "$$ b $$",
            "A line with $c$<!-- equation: false: so it is --> and $d$.",
        ]
    )
    assert [formula.directives for formula in page(text).formulas] == [
        {"false": "no mean", "with": "D = 2"},
        {},
        {"false": "so it is"},
        {},
    ]


def test_directive_needs_a_reason():
    with pytest.raises(PageError, match="write a reason"):
        page("<!-- equation: unchecked -->\n$$ a $$")


def test_sections_follow_the_headings():
    text = "\n\n".join(
        [
            "$a$",
            "# First, and *only*",
            "$b$",
            "## Inner {#named}",
            "$c$",
            "<!-- equation: section: mine -->",
            "$d$",
            "## Other",
            "$e$",
            "# Last",
            "$f$",
        ]
    )
    assert [formula.sections for formula in page(text).formulas] == [
        (),
        ("first-and-only",),
        ("first-and-only", "named"),
        ("first-and-only", "named", "mine"),
        ("first-and-only", "other"),
        ("last",),
    ]


def test_front_matter_that_is_not_yaml():
    with pytest.raises(PageError) as caught:
        page("---\ntitle: a\nequations: {: b\n---\n")
    assert caught.value.line == 3


def test_symbol_table():
    text = "\n".join(
        [
            "---",
            "equations:",
            "  sizes: {N: [5, 7], H: [3, 2]}",
            "  symbols:",
            "    Z: (N, H) pre-activations",
            "    b: row (H) biases",
            r"    \hat{y}: (N) predictions",
            "    L: () loss",
            "    q: ()",
            "---",
            "",
        ]
    )
    assert symbol_table(page(text)).splitlines() == [
        "| symbol | meaning | shape |",
        "|---|---|---|",
        "| $Z$ | pre-activations | $(N, H)$ |",
        "| $b$ | biases | $(H,)$ |",
        r"| $\hat{y}$ | predictions | $(N,)$ |",
        "| $L$ | loss | one number |",
    ]
