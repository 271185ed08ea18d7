"""Equations broken by hand, each with the message that its author gets."""

import pytest

from .check import check_file

FRONT_MATTER = r"""---
title: A page with one mistake
equations:
  sizes: {N: [5, 7], D: [3, 2], H: [4, 3]}
  indices: {n: N, d: D, h: H}
  symbols:
    X: (N, D) inputs
    W^{(1)}, W^{(2)}: (D, H) weights of two layers
    w: (D) weights
    b: () bias
    y: (N) binary; labels
    z: (N) pre-activations
    f: (N) predictions
    L: () loss
    \delta: (N) error signals
    \eta: () positive; rate
  definitions:
    z: X @ w + b
    f: torch.sigmoid(z)
    L: F.mse_loss(f, y)
    \delta: grad(L, z)
---

"""
LINE = FRONT_MATTER.count("\n") + 1

FALSE = {
    "a sign": (
        r"$$ z_n = \sum_d x_{nd} w_d - b $$",
        "false at n=4: the definition −1.74767, its anchor X @ w + b −2.15756",
    ),
    "a lost mean": (
        r"$$ L = \sum_n (f_n - y_n)^2 $$",
        "false: the definition 1.28957, its anchor F.mse_loss(f, y) 0.257914 "
        "(the definition = N × its anchor in all draws)",
    ),
    "a difference the wrong way round": (
        r"$$ \frac{\partial L}{\partial f_n} = \frac{2}{N} (y_n - f_n) $$",
        "false at n=5: left −0.355467, right 0.355467 (left = −1 × right in all draws)",
    ),
    "a missing transpose": (
        r"$$ \frac{\partial L}{\partial w} = X \delta $$",
        "cannot multiply a matrix (5×3) by a column (5): 3 across meet 5 down",
    ),
    "a row for a column": (
        r"$$ \frac{\partial L}{\partial w} = \delta^\top X $$",
        "left is a column (3), right is a row (1×3)",
    ),
    "a matrix product for one by element": (
        r"$$ \delta = \frac{2}{N} (f - y) f (1 - f) $$",
        r"cannot multiply a column (5) by a column (5): "
        r"write \odot for the product by element, or transpose one of them",
    ),
    "a forgotten sum": (
        r"$$ \frac{\partial L}{\partial w_d} = \delta_n x_{nd} $$",
        "index n stands only on the right",
    ),
    "an index of another axis": (
        r"$$ z_n = \sum_h x_{nh} w_d + b $$",
        "index h runs to 4, but axis 2 of X (5×3) has 3",
    ),
    "a sum that ends elsewhere": (
        r"$$ \frac{\partial L}{\partial b} = \sum_{n=1}^{D} \delta_n $$",
        "index n is declared to run to N, but the sum ends at D",
    ),
    "a step uphill": (
        r"$$ b \leftarrow b + \eta \frac{\partial L}{\partial b} $$",
        "false: left −0.193232, right −0.216658",
    ),
    "a wrong last digit": (
        r"$$ \sigma(2) \approx 0.8807 $$",
        "false: left 0.880797, right 0.8807; they differ by more than half of the last digit",
    ),
    "a shape the wrong way round": (
        r"$$ X \in \mathbb{R}^{D \times N} $$",
        "the shape is 5×3, not D × N",
    ),
    "a bound that is too low": (
        r"$$ \sigma'(b) < \frac15 $$",
        "false: left 0.247393, right 0.2",
    ),
    "two cases at once": (
        r"$$ |b| = \begin{cases} b & \text{if } b > 0 \\ -b & \text{if } b < 1 \end{cases} $$",
        "two cases hold at once",
    ),
    "a case that is left out": (
        r"$$ |b| = \begin{cases} b & \text{if } b > 0 \end{cases} $$",
        "a draw falls into none of the cases",
    ),
    "a derivative of many by many": (
        r"$$ \frac{\partial f}{\partial w} = X $$",
        "the derivative of a column (5) by a column (3) needs indices above and below",
    ),
    "a vector added to every row": (
        r"$$ X W^{(1)} + w = X W^{(2)} $$",
        "cannot add a matrix (5×4) and a column (3)",
    ),
    "a claim in a line": (
        r"The prediction is $f_n = z_n$, is it not?",
        "false at n=4: the definition −2.15756, its anchor torch.sigmoid(z) 0.103627",
    ),
}

UNREADABLE = {
    "a transpose by letter": (r"$$ X^T \delta = 0 $$", 6, r"write the transpose as ^\top"),
    "an unknown layer": (
        r"$$ W^{(1)} = W^{(3)} $$",
        14,
        "W^{(3)} is not declared in the front matter",
    ),
    "an index too few": (
        r"$$ x_n = 1 $$",
        4,
        "X is declared as (N, D), but has one index: n",
    ),
    "Kronecker's delta where δ is the error signal": (
        r"$$ \delta_{nd} = 1 $$",
        4,
        r"\delta_{nd} is not declared; for the Kronecker symbol write \mathbb{1}[n = d]",
    ),
    "a slash with two readings": (
        r"$$ b = 1 / 2 f_n $$",
        14,
        r"a/b c has two readings: write \frac{a}{b} c, or brackets",
    ),
    "a logarithm without an end": (
        r"$$ L = \log f_n y_n $$",
        17,
        "how far does log reach? put its argument in brackets",
    ),
    "a product beside ⊙": (
        r"$$ z = f \odot X w $$",
        16,
        r"\odot and a product side by side have two readings: put the right one in brackets",
    ),
    "a bracket left open": (
        r"$$ f = \sigma(z $$",
        17,
        "expected ), found end of equation: something is missing at the end",
    ),
    "a second derivative": (
        r"$$ \frac{\partial^2 L}{\partial b^2} = 2 $$",
        18,
        "second derivatives cannot be read: name the first and derive it again",
    ),
    "an unknown command": (r"$$ b = \spam $$", 8, r"cannot read \spam here"),
    "a macro": (
        r"$$ \newcommand{\w}{b} b = \w $$",
        4,
        r"cannot read \newcommand here: macros cannot be read: write the symbols themselves",
    ),
    "words in the middle": (
        r"$$ b \text{ is } 3 $$",
        6,
        r"words stand in the middle: put them at the end, or set them off with \quad",
    ),
}


def findings(tmp_path, body):
    """What the check says about a page with this body, without the folder."""
    file = tmp_path / "page.md"
    file.write_text(FRONT_MATTER + body + "\n", encoding="utf-8")
    return [finding.removeprefix(f"{file}:") for finding in check_file(file)[1]]


@pytest.mark.parametrize(("body", "message"), FALSE.values(), ids=FALSE)
def test_false_equation_is_named(tmp_path, body, message):
    assert findings(tmp_path, body) == [f"{LINE}: {message}"]


@pytest.mark.parametrize(("body", "column", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_equation_is_refused(tmp_path, body, column, message):
    assert findings(tmp_path, body) == [f"{LINE}: column {column}: {message}"]


def test_line_within_a_long_display(tmp_path):
    body = "\n".join([r"$$", r"\begin{aligned}", r"L &= 1 \\", r"b &= c", r"\end{aligned}", r"$$"])
    assert findings(tmp_path, body) == [
        f"{LINE + 3}: column 6: c is not declared in the front matter"
    ]


def test_false_equation_in_an_admonition(tmp_path):
    body = '!!! note "Here"\n\n    $$\n    z_n = \\sum_d x_{nd} w_d\n    $$'
    (finding,) = findings(tmp_path, body)
    assert finding.startswith(f"{LINE + 3}: false at n=")


def test_equation_that_is_false_on_purpose_must_be_false(tmp_path):
    body = "<!-- equation: false: a mistake that many make -->\n$$ f = \\sigma(z) $$"
    assert findings(tmp_path, body) == [
        f"{LINE + 1}: this equation is marked as false, but it holds"
    ]


def test_equation_that_is_false_on_purpose_must_be_readable(tmp_path):
    body = "<!-- equation: false: a mistake that many make -->\n$$ f = \\spam(z) $$"
    assert findings(tmp_path, body) == [f"{LINE + 1}: column 8: cannot read \\spam here"]


def test_directive_without_an_equation(tmp_path):
    body = "<!-- equation: unchecked: too hard -->\n\nNo formula."
    assert findings(tmp_path, body) == [f"{LINE}: no equation follows this directive"]


def test_unknown_directive(tmp_path):
    (finding,) = findings(tmp_path, "<!-- equation: wrong: why not -->\n$$ f = z $$")
    assert finding.startswith(f"{LINE}: unknown directive; known: unchecked, false")


def test_ambiguous_derivative(tmp_path):
    body = "\n\n".join(
        [
            r"$$ L = \frac{1}{N} \sum_n (f_n - y_n)^2 $$",
            r"$$ \frac{\partial}{\partial b} (b z_n) = z_n $$",
        ]
    )
    (finding,) = findings(tmp_path, body)
    assert finding == (
        f"{LINE + 2}: column 4: this derivative by b is ambiguous: b acts directly and through "
        "another symbol; write <!-- equation: total --> or <!-- equation: direct --> above"
    )
    direct = body.replace("$$ \\frac{\\partial}", "<!-- equation: direct -->\n$$ \\frac{\\partial}")
    assert findings(tmp_path, direct) == []
    total = direct.replace("direct", "total").replace("= z_n $$", "= z_n + b $$")
    assert findings(tmp_path, total) == []


PROOF = FRONT_MATTER.replace(
    "---\n\n",
    """  sections:
    proof:
      hypotheses:
        of: X @ w + b
        X: [[0, 0], [0, 1], [1, 0], [1, 1]]
        positive: [0, 1, 1, 0]
    line:
      condition: b = -1
---

""",
)
DEMANDS = [r"b < 0", r"w_2 + b > 0", r"w_1 + b > 0", r"w_1 + w_2 + b < 0"]


def proof(tmp_path, lines, heading="Proof"):
    """The findings on a page with these displays below a heading, without path and line."""
    file = tmp_path / "page.md"
    both = {"Proof", "Line"} - {heading}
    text = "\n\n".join([f"# {heading}", *(f"$$ {line} $$" for line in lines), f"# {both.pop()}"])
    text += "\n\n$1 = 1$\n"
    file.write_text(PROOF + text, encoding="utf-8")
    return [finding.split(": ", 1)[1] for finding in check_file(file)[1]]


def test_proof_by_contradiction(tmp_path):
    follows = [r"w_1 + w_2 + 2 b > 0", r"w_1 + w_2 + b > -b > 0"]
    assert proof(tmp_path, DEMANDS + follows) == []
    assert proof(tmp_path, DEMANDS[:3] + follows[:1]) == [
        "what row 4 of the data asks for is not among the assumptions"
    ]
    assert proof(tmp_path, [r"b > 0", *DEMANDS]) == [
        "this does not follow from the assumptions above it"
    ]
    assert proof(tmp_path, [*DEMANDS, r"w_1 - w_2 > 0"]) == [
        "this does not follow from the assumptions above it"
    ]


def test_condition(tmp_path):
    assert proof(tmp_path, [r"2 b + 2 = 0"], "Line") == []
    (finding,) = proof(tmp_path, [r"2 b + 3 = 0"], "Line")
    assert finding == "false: left −1.5, right −1"


def test_symbol_table_that_disagrees(tmp_path):
    table = "| symbol | meaning | shape |\n|---|---|---|\n| $X$ | inputs | $(N, D)$ |\n"
    assert findings(tmp_path, table) == []
    assert findings(tmp_path, table.replace("(N, D)", "(D, N)")) == [
        f"{LINE + 2}: the front matter declares no such row"
    ]


FRONT = {
    "an unknown key": ("sizes: {N: [5, 7]}\n  symbol: {}", "unknown key 'symbol'"),
    "equal sizes": ("sizes: {N: [5, 7], D: [5, 2]}", "sizes {'N': 5, 'D': 5}: all must differ"),
    "one size only": ("sizes: {N: [5]}", "sizes: give each letter a list of two or more sizes"),
    "an index without a range": ("indices: {n: N}", "index n runs over N, which has no sizes"),
    "an unknown domain": (
        "symbols: {b: '() odd; a number'}",
        "symbol b: unknown domain 'odd'",
    ),
    "a definition without a shape": (
        "definitions: {z: free}",
        "z is defined, but its shape is not declared",
    ),
}


@pytest.mark.parametrize(("front", "message"), FRONT.values(), ids=FRONT)
def test_bad_front_matter(tmp_path, front, message):
    file = tmp_path / "page.md"
    file.write_text(f"---\nequations:\n  {front}\n---\n\n$$ 1 = 1 $$\n")
    (finding,) = check_file(file)[1]
    assert finding.startswith(f"{file}:1: front matter, equations: {message}")
