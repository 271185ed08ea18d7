"""Strict shapes, and comparisons that know how many digits are meant."""

import pytest
import torch

from .compare import digits, equal
from .compute.values import Value, by_element, dot_product, matrix_product, transposed
from .declarations import Declarations
from .hypotheses import Inequality, possible
from .latex.statements import read
from .names import canonical, in_python
from .trouble import Falsehood, ShapeTrouble

SHAPES = {"number": (), "column": (3,), "row": (1, 3), "matrix": (3, 2), "upright": (3, 1)}


def value(name):
    shape = SHAPES[name]
    return Value(torch.ones(shape, dtype=torch.float64), (), shape)


@pytest.mark.parametrize(
    ("left", "right", "shape"),
    [
        ("number", "matrix", (3, 2)),
        ("row", "matrix", (1, 2)),
        ("row", "column", ()),
        ("column", "row", (3, 3)),
        ("matrix", "matrix", None),
        ("column", "column", None),
        ("column", "matrix", None),
        ("matrix", "column", None),
    ],
)
def test_matrix_product(left, right, shape):
    if shape is None:
        with pytest.raises(ShapeTrouble):
            matrix_product(value(left), value(right), 0)
    else:
        assert matrix_product(value(left), value(right), 0).shape == shape


@pytest.mark.parametrize(
    ("left", "right", "shape"),
    [
        ("matrix", "number", (3, 2)),
        ("matrix", "upright", (3, 2)),
        ("upright", "matrix", (3, 2)),
        ("column", "matrix", None),
        ("row", "matrix", None),
        ("row", "column", None),
        ("row", "upright", None),
    ],
)
def test_addition_broadcasts_to_an_operand_only(left, right, shape):
    if shape is None:
        with pytest.raises(ShapeTrouble):
            by_element(torch.add, value(left), value(right), "add", 0)
    else:
        assert by_element(torch.add, value(left), value(right), "add", 0).shape == shape


def test_dot_product_is_of_columns():
    assert dot_product(value("column"), value("column"), 0).shape == ()
    with pytest.raises(ShapeTrouble):
        dot_product(value("row"), value("column"), 0)


def test_transposes():
    assert transposed(value("column"), 0).shape == (1, 3)
    assert transposed(value("row"), 0).shape == (3,)
    assert transposed(value("matrix"), 0).shape == (2, 3)
    with pytest.raises(ShapeTrouble):
        transposed(value("number"), 0)


def test_free_indices_join_by_name():
    left = Value(torch.arange(2.0), ["n"])
    right = Value(torch.arange(3.0), ["d"])
    both = by_element(torch.add, left, right, "add", 0)
    assert both.indices == ("d", "n")
    assert both.tensor.shape == (3, 2)
    assert float(both.tensor[2, 1]) == 3


def test_equal_within_a_billionth():
    one = Value(torch.tensor([1.0, 2.0], dtype=torch.float64), (), (2,))
    equal(one, Value(one.tensor * (1 + 1e-10), (), (2,)), 0)
    with pytest.raises(Falsehood, match="false at entry 2: left 2, right 2"):
        equal(one, Value(one.tensor * (1 + 1e-8), (), (2,)), 0)


@pytest.mark.parametrize(
    ("source", "half"),
    [
        ("0.6682", 0.5e-4),
        ("-12", 0.5),
        (r"1.47 \cdot 10^{-3}", 0.5e-5),
        (r"2 \times 10^3", 0.5e3),
        ("b", None),
        (r"\frac12", None),
    ],
)
def test_digits_that_are_meant(source, half):
    (statement,) = read(source, Declarations({"symbols": {"b": "()"}}))
    assert digits(statement.sides[0]) == (None if half is None else pytest.approx(half))


@pytest.mark.parametrize(
    ("written", "name", "python"),
    [
        ("W^{(2)}", "W^{(2)}", "W2"),
        ("W^(2)", "W^{(2)}", "W2"),
        (r"\hat{y}", r"\hat{y}", "y_hat"),
        (r"\delta^{(1)}", r"\delta^{(1)}", "delta1"),
        (r"L_{\text{abs}}", "L_{abs}", "L_abs"),
        ("a_1", "a_{1}", "a_1"),
        (r"\lambda", r"\lambda", "lambda_"),
    ],
)
def test_names(written, name, python):
    assert canonical(written) == name
    assert in_python(name) == python


def test_linear_inequalities():
    above = Inequality([1.0, 0.0], 0.0, True)
    below = Inequality([-1.0, 0.0], 0.0, True)
    assert possible([above])
    assert not possible([above, below])
    assert possible([Inequality([1.0, 0.0], 0.0, False), Inequality([-1.0, 0.0], 0.0, False)])
    assert possible([above, Inequality([-1.0, 1.0], 0.0, True)])
