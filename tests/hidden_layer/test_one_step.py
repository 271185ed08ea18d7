import contextlib
import doctest
import io
from decimal import ROUND_HALF_UP, Decimal

import gradients
import numpy as np
import pytest
import torch
from hidden_layer import one_step

PARAMETERS = one_step.W1, one_step.b1, one_step.W2, one_step.b2
NAMES = "grad_W1", "grad_b1", "grad_W2", "grad_b2"


def ledger(keep=one_step.four, right="", wrong=""):
    """What the page has computed when its backward lines have run, one piece exchanged."""
    names = vars(one_step) | {"four": keep}
    for example in doctest.DocTestParser().get_examples(one_step.__doc__):
        if "draw_ledger" in example.source:
            break
        with contextlib.redirect_stdout(io.StringIO()):
            exec(example.source.replace(right, wrong) if right else example.source, names)
    return names


def loss(*parameters):
    return one_step.forward(one_step.X, one_step.Y, *parameters, one_step.exact)[-1]


def loss_of_tensors(W1, b1, W2, b2):
    X, Y = torch.tensor(one_step.X).double(), torch.tensor(one_step.Y).double()
    return torch.nn.MSELoss()(torch.sigmoid(torch.sigmoid(X @ W1 + b1) @ W2 + b2), Y)


def judged(**changes):
    names = ledger(one_step.exact, **changes)
    return loss, loss_of_tensors, lambda *parameters: [names[name] for name in NAMES], PARAMETERS


def test_backward_lines_are_the_gradient():
    gradients.check_gradient(*judged())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("2 * (Y_hat - Y)", "(Y_hat - Y)"),
        ("Y_hat * (1 - Y_hat)", "Z2 * (1 - Z2)"),
        ("grad_Y_hat * slope2", "grad_Y_hat"),
        ("delta2 @ W2.T", "grad_Y_hat @ W2.T"),
        ("A1 * (1 - A1)", "A1"),
        ("grad_A1 * slope1", "-grad_A1 * slope1"),
        ("X.T @ delta1", "X.T @ grad_A1"),
    ],
)
def test_wrong_backward_line_is_found(right, wrong):
    assert gradients.rejects(*judged(right=right, wrong=wrong))


def test_rounded_ledger_is_close_to_the_gradient():
    names = ledger()
    for name, slope in zip(NAMES, gradients.derive(loss_of_tensors, PARAMETERS), strict=True):
        assert np.abs(names[name] - slope).max() < 1e-4


def differs_from_a_calculator(rounded):
    """How many of many numbers, halves among them, are not rounded as a calculator rounds them."""
    wrong = 0
    for k in range(-40_000, 40_001, 3):
        exact = Decimal(k) / 20_000
        wanted = exact.quantize(Decimal("0.0001"), ROUND_HALF_UP)
        wrong += Decimal(f"{rounded(k / 20_000):.4f}") != wanted
    return wrong


def test_values_are_rounded_as_a_calculator_rounds_them():
    assert differs_from_a_calculator(one_step.four) == 0
    assert one_step.four(-0.0937 + 0.5 * 0.0392 + 0.5 * 0.0209) == -0.0637
    np.testing.assert_array_equal(one_step.four([[-0.06365, 0.06365]]), [[-0.0637, 0.0637]])


def test_the_rounding_of_numpy_is_not_that_of_a_calculator():
    assert differs_from_a_calculator(lambda value: np.round(value, 4)) > 1000


def test_no_other_value_of_the_ledger_is_near_a_half():
    """The tolerance turns no number up that a calculator would not turn up."""
    seen = []

    def keep(values):
        scaled = 1e4 * np.abs(np.ravel(values))
        seen.extend(np.abs(scaled - np.floor(scaled) - 0.5))
        return one_step.four(values)

    names = ledger(keep)
    new = [p - names[name] for p, name in zip(PARAMETERS, NAMES, strict=True)]
    one_step.forward(one_step.X, one_step.Y, *new, keep)
    one_step.forward(one_step.X, one_step.Y, *PARAMETERS, keep)
    assert len(seen) > 30
    assert sum(distance < 1e-6 for distance in seen) == 1
    assert sum(distance < 0.01 for distance in seen) == 1


@pytest.mark.parametrize("rows", [5, 7])
def test_forward_is_that_of_torch(rows):
    random = np.random.default_rng(rows)
    X, Y = random.normal(size=(rows, 2)), random.uniform(size=(rows, 1))
    *_, A1, _, Y_hat, L = one_step.forward(X, Y, *PARAMETERS, one_step.exact)
    W1, b1, W2, b2 = (torch.tensor(p).double() for p in PARAMETERS)
    hidden = torch.sigmoid(torch.tensor(X) @ W1 + b1)
    np.testing.assert_allclose(A1, hidden, rtol=1e-12)
    np.testing.assert_allclose(Y_hat, torch.sigmoid(hidden @ W2 + b2), rtol=1e-12)
    theirs = torch.nn.MSELoss()(torch.sigmoid(hidden @ W2 + b2), torch.tensor(Y))
    np.testing.assert_allclose(L, theirs, rtol=1e-12)
