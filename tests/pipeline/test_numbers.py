"""A number in a sentence is refused unless something executed on its page contains it."""

import pytest
from planted import refusal, write

from pipeline.numbers import check_numbers, unfounded_numbers

SNIPPET = '''
    """Show, in 77 words, on 3.5 pages.

    >>> # --8<-- [start:show]
    >>> weights = scale(9.98, -4.52752, 1e-6)  # not a number: text
    >>> print("loss", 0.0214, "share", 0.355, "steps", 10_000, "slope", -0.4661)
    loss 0.0214 share 0.355 steps 10000 slope -0.4661
    >>> print(f"{1.47:.1e} {33554432:,}")
    1.5e+00 33,554,432
    >>> # --8<-- [end:show]
    """


    # --8<-- [start:scale]
    def scale(*values):
        """Three values, doubled."""
        label = "1234"
        return [2 * value for value in values]  # twice
        # --8<-- [end:scale]
'''
INCLUDES = """
``` { .pycon }
--8<-- "snippet.py:show"
```

``` { .python }
--8<-- "snippet.py:scale"
```

--8<-- "results/times.md"
"""
FIGURE = "<svg><!-- $z$ = 0.700 -->\n<!-- −1.497 --></svg>"


def plant(folder, text, snippet=SNIPPET):
    write(folder, "snippets/snippet.py", snippet)
    write(folder, "fragments/results/times.md", "| NumPy | 0.49 |\n| PyTorch | 2,100 |\n")
    write(folder, "docs/a.svg", FIGURE)
    return write(folder, "docs/page.md", text + INCLUDES)


def unfounded(folder, text, snippet=SNIPPET):
    page = plant(folder, text, snippet)
    found = unfounded_numbers(page, folder / "snippets", folder / "fragments")
    return [number for path, line, number in found]


@pytest.mark.parametrize(
    "text",
    [
        "The loss falls to 0.0214.",
        "The loss falls to 0.021, so about 0.02.",
        "A weight of 9.98, about 10.0.",
        "A bias of −4.5275 or -4.53, larger than 4.5.",
        "A slope of −0.466; it falls by 0.466.",
        "A share of 35.5 % or 35.5%.",
        "A rate of 1e-6.",
        "A loss of 1.5e+00 in 10,000 steps or 10_000 or 10000.",
        "A product of 33,554,432.",
        "NumPy takes 0.49 of it, PyTorch 2,100.",
        "Python 3.11.7 and version 2.13.0 are versions.",
        "The 100th of them, the 21st and the 32nd.",
        "The loss falls to $0.0214$ and `0.0214`.",
        "(0.0214)",
        "0.0214x",
    ],
)
def test_number_that_was_executed_passes(tmp_path, text):
    assert unfounded(tmp_path, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Two inputs, 4 rows, 9 weights and 0 errors.",
        "The names x10, w_12, float64, w^2 and cuda12.",
        "In $x_{12}$ and $w^{2}$ nothing is claimed.",
        "The author saw [1.7 s](#source){ .cited } and [23.1 s](#source){: .cited }.",
        "A [link](page.md#section-12) and an anchor. { #section-99 }",
        "<div id='a-99'></div> <!-- 1234.5 --> https[^99]",
        "12. The twelfth item of a list.",
        "<!-- hidden\n1234.5\n-->",
        "<https://example.org/2017/12>",
    ],
)
def test_what_claims_no_number_passes(tmp_path, text):
    assert unfounded(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The loss falls to 0.0215.", "0.0215"),
        ("The loss falls to 0.022.", "0.022"),
        ("The loss falls to 0.03.", "0.03"),
        ("A loss of 0.02140.1 is none; 0.02141 is wrong.", "0.02141"),
        ("A weight of 11.", "11"),
        ("A share of 36 %.", "36 %"),
        ("A share of 7%.", "7%"),
        ("A rate of 1e-7.", "1e-7"),
        ("A rate of 1e-300.", "1e-300"),
        ("10,001 steps", "10,001"),
        ("A bias of 4.54.", "4.54"),
        ("The loss is −0.0214.", "−0.0214"),
        ("The loss is -0.0214.", "-0.0214"),
        ("In $\\frac{0.0215}{2}$.", "0.0215"),
        ("In `loss = 0.0215`.", "0.0215"),
        ("It is 1.8x faster.", "1.8"),
        ("It takes 12ms.", "12"),
        ("0.**03** of it.", "0.03"),
        ("0.<b>03</b> of it.", "0.03"),
        ("# A heading with 0.03", "0.03"),
        ("| a | 0.03 |\n|---|---|", "0.03"),
        ('??? question "With 0.03?"', "0.03"),
        ("![A curve down to 0.03.](a.svg)", "0.03"),
        ("<figcaption>Down to 0.03.</figcaption>", "0.03"),
        ("[Down to 0.03](page.md)", "0.03"),
        ("- one\n    - two 0.03", "0.03"),
        ("> quoted 0.03", "0.03"),
        ("[^1]: A footnote with 0.03.", "0.03"),
        ("---\ndescription: It falls to 0.03.\n---\nText.", "0.03"),
        ("In 2004 or 1234.", "2004"),
        ("A label 1234.", "1234"),
        ("In 77 words.", "77"),
    ],
)
def test_number_that_nothing_executed_contains_is_refused(tmp_path, text, number):
    assert unfounded(tmp_path, text)[0] == number


def test_number_in_a_figure_of_the_page_is_executed(tmp_path):
    text = "![At z = 0.700 the slope is −1.497.](a.svg)\nSo 0.7 and −1.5."
    assert unfounded(tmp_path, text) == []
    assert unfounded(tmp_path, "So −1.497.") == ["−1.497"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("# twice", "# about 0.03", 17),
        ("Three values, doubled.", "Three values, 1000 times.", 15),
        ("not a number: text", "0.03 at most", 4),
    ],
)
def test_comment_of_shown_code_is_a_sentence(tmp_path, old, new, line):
    assert old in SNIPPET
    page = plant(tmp_path, "", SNIPPET.replace(old, new))
    found = list(unfounded_numbers(page, tmp_path / "snippets", tmp_path / "fragments"))
    assert [(path.name, number) for path, number, _ in found] == [("snippet.py", line)]


def test_comment_or_text_in_the_code_founds_no_number(tmp_path):
    snippet = SNIPPET.replace("# twice", "# 55").replace('"1234"', '"5678"')
    assert unfounded(tmp_path, "55 and 5678", snippet) == ["55", "5678", "55"]


def test_every_unfounded_number_is_named_with_its_line(tmp_path):
    page = plant(tmp_path, "A loss of 0.03.\n\nAnd 17 steps.\n")
    arguments = tmp_path / "docs", tmp_path / "snippets", tmp_path / "fragments"
    assert refusal(check_numbers, *arguments).split("\n") == [
        f"{page}:{line}: nothing executed on this page contains {number}; "
        "show the output that does, correct the number, or cite its source"
        for line, number in ((1, "0.03"), (3, "17"))
    ]


def test_number_of_another_page_does_not_help(tmp_path):
    plant(tmp_path, "")
    other = write(tmp_path, "docs/other.md", "A loss of 0.0214.\n")
    arguments = tmp_path / "docs", tmp_path / "snippets", tmp_path / "fragments"
    assert refusal(check_numbers, *arguments).startswith(f"{other}:1: ")


def test_pages_are_counted(tmp_path):
    plant(tmp_path, "A loss of 0.0214.")
    assert check_numbers(tmp_path / "docs", tmp_path / "snippets", tmp_path / "fragments") == 1


def test_data_of_a_widget_founds_no_number(tmp_path):
    write(tmp_path, "docs/figures/chapter/run.json", "[0.03]\n")
    include = '<script type="application/json">\n--8<-- "chapter/run.json"\n</script>\n'
    assert unfounded(tmp_path, f"A loss of 0.03.\n\n{include}") == ["0.03"]
