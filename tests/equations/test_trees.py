"""Trees written by hand, since mutants share the parser with the check."""

import pytest

from .declarations import Declarations
from .latex.statements import read
from .trouble import Refusal

DECLARED = Declarations(
    {
        "sizes": {"N": [5, 7], "D": [3, 2], "K": [2, 3]},
        "indices": {"n": "N", "d": "D", "k": "K", "j": "K"},
        "symbols": {
            "X": "(N, D) inputs",
            "w, v": "(D) weights",
            "b, c, L, z": "() numbers",
            "y, f, \\delta": "(N) targets, predictions, slopes",
            "A, B": "(N, N) squares",
            "W^{(1)}, W^{(2)}": "(D, K) weights of two layers",
            "P": "(N, K) probabilities",
            "\\hat{Y}": "(N, K) predictions",
            "L_{abs}": "() another loss",
            "\\eta": "() positive; rate",
        },
        "functions": {"g": "torch.tanh"},
        "calls": {"L": ["b"]},
    }
)

TREES = [
    (r"a", None),
    (r"b c^2", "(product (symbol b) (power (symbol c) (number 2)))"),
    (r"b (1 - b)", "(product (symbol b) (bracket (add (number 1) (negative (symbol b)))))"),
    (r"g(1 - b)", "(call g (add (number 1) (negative (symbol b))))"),
    (r"L(b)", "(at L (symbol b))"),
    (r"\sigma'(z)^2", r"(power (call \sigma' (symbol z)) (number 2))"),
    (r"x_{nd}", "(element X n d)"),
    (r"x_{nd}^2", "(power (element X n d) (number 2))"),
    (r"w_1 + w_2", "(add (element w 1) (element w 2))"),
    (r"x_{12}", "(element X 1 2)"),
    (r"w^{(2)}_{dk}", "(element W^{(2)} d k)"),
    (r"w_{dk}^{(2)}", "(element W^{(2)} d k)"),
    (r"W^{(2)\top}", "(transpose (symbol W^{(2)}))"),
    (r"{W^{(2)}}^\top", "(transpose (symbol W^{(2)}))"),
    (r"\hat{y}_{nk}", r"(element \hat{Y} n k)"),
    (r"L_{\text{abs}}", "(symbol L_{abs})"),
    (r"-b c", "(negative (product (symbol b) (symbol c)))"),
    (r"b - -c", None),
    (r"\frac12 b", "(product (divide (number 1) (number 2)) (symbol b))"),
    (r"\frac{b}{c} z", "(product (divide (symbol b) (symbol c)) (symbol z))"),
    (r"b / c", "(divide (symbol b) (symbol c))"),
    (r"b / c z", None),
    (
        r"\sum_n f_n y_n + b",
        "(add (sum n - (product (element f n) (element y n))) (symbol b))",
    ),
    (
        r"\frac{1}{N} \sum_{n=1}^{N} f_n b",
        "(product (divide (number 1) (size N)) (sum n N (product (element f n) (symbol b))))",
    ),
    (
        r"\sum_{n,k} p_{nk}",
        "(sum n - (sum k - (element P n k)))",
    ),
    (
        r"\sum_{j \neq k} p_{nj}",
        r"(sum j - (element P n j) (compare \neq (index j) (index k)))",
    ),
    (
        r"\frac{\partial L}{\partial w_d}",
        "(derivative (symbol L) (element w d))",
    ),
    (
        r"\frac{\partial}{\partial b} (b^2)",
        "(derivative (bracket (power (symbol b) (number 2))) (symbol b))",
    ),
    (r"\frac{d\sigma}{dz}", r"(derivative (call \sigma (symbol z)) (symbol z))"),
    (r"\frac{d}{dz} b c", None),
    (r"X^\top \delta", r"(product (transpose (symbol X)) (symbol \delta))"),
    (r"f \odot (1 - f)", "(hadamard (symbol f) (bracket (add (number 1) (negative (symbol f)))))"),
    (r"A B \odot A", "(hadamard (product (symbol A) (symbol B)) (symbol A))"),
    (r"A \odot B A", None),
    (r"2 \cdot 3", "(dot (number 2) (number 3))"),
    (
        r"|f_n - y_n| b",
        "(product (call abs (add (element f n) (negative (element y n)))) (symbol b))",
    ),
    (r"\log f_n", "(call log (element f n))"),
    (r"\log f_n y_n", None),
    (r"e^{-z}", "(power (euler) (negative (symbol z)))"),
    (r"\mathbf{1}_N^\top \delta", r"(product (transpose (ones N)) (symbol \delta))"),
    (r"\mathbb{1}[j = k]", "(indicator (compare = (index j) (index k)))"),
    (r"\max(0, z)", "(call max (number 0) (symbol z))"),
    (r"\max_k p_{nk}", "(max k (element P n k))"),
    (
        r"\begin{cases} 1 & \text{if } b > 0 \\ 0 & \text{otherwise} \end{cases}",
        "(cases if otherwise (number 1) (compare > (symbol b) (number 0)) (number 0))",
    ),
    (r"(X^\top X)_{11}", "(entry 11 (bracket (product (transpose (symbol X)) (symbol X))))"),
    (r"\underbrace{X w}_{(N, 1)}", "(shaped N 1 (product (symbol X) (symbol w)))"),
    (r"X^T", None),
    (r"3 4", None),
    (r"\sin^2(b)", None),
    (r"\left( b + c \right) \, z", "(product (bracket (add (symbol b) (symbol c))) (symbol z))"),
]


@pytest.mark.parametrize(("source", "tree"), TREES, ids=[source for source, _ in TREES])
def test_expression_means(source, tree):
    if tree is None:
        with pytest.raises(Refusal):
            read(source, DECLARED)
    else:
        (statement,) = read(source, DECLARED)
        assert str(statement) == tree


def test_chain_over_aligned_lines():
    found = read(
        r"\begin{aligned} b &= c + 1 \\ &= z \\ L &= 2 \quad \text{at last} \end{aligned}", DECLARED
    )
    assert [str(statement) for statement in found] == [
        "(symbol b) = (add (symbol c) (number 1)) = (symbol z)",
        "(symbol L) = (number 2)",
    ]


def test_long_sum_over_two_lines():
    (statement,) = read(r"\begin{align} b &= c \\ &\quad + z - 1 \end{align}", DECLARED)
    assert str(statement) == ("(symbol b) = (add (symbol c) (symbol z) (negative (number 1)))")


@pytest.mark.parametrize("sign", [r"\odot", r"\cdot"])
def test_long_product_over_two_lines(sign):
    broken = rf"\begin{{align}} b &= f \\ &\quad {sign} y + z \\ &= L \end{{align}}"
    (statement,) = read(broken, DECLARED)
    assert str(statement) == str(read(f"b = f {sign} y + z = L", DECLARED)[0])


def test_several_statements_in_one_line():
    found = read(r"b = 1, \qquad c = 2 \quad\text{and}\quad z > 3.", DECLARED)
    assert [str(statement) for statement in found] == [
        "(symbol b) = (number 1)",
        "(symbol c) = (number 2)",
        "(symbol z) > (number 3)",
    ]


def test_condition_behind_a_statement():
    (statement,) = read(r"b = c \quad \text{if } z > 0", DECLARED)
    assert str(statement) == "(symbol b) = (symbol c) if (compare > (symbol z) (number 0))"


def test_membership_and_update():
    found = read(r"X \in \mathbb{R}^{N \times D}, \quad w \leftarrow w - \eta v", DECLARED)
    assert [str(statement) for statement in found] == [
        r"(symbol X) \in (reals N D)",
        r"(symbol w) \leftarrow (add (symbol w) (negative (product (symbol \eta) (symbol v))))",
    ]


def test_labels_are_not_read():
    assert str(read(r"b = c \label{b = z}", DECLARED)[0]) == "(symbol b) = (symbol c)"
