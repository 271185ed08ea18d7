import itertools

import gradients
import numpy as np
import pytest
import torch
from one_neuron import be_the_optimiser as optimiser

LOSSES = {
    "absolute": torch.nn.L1Loss(reduction="sum"),
    "squared": torch.nn.MSELoss(reduction="sum"),
    "cross_entropy": torch.nn.BCELoss(reduction="sum"),
    "linear": torch.nn.MSELoss(reduction="sum"),
}
NAMES = pytest.mark.parametrize("name", LOSSES)


def judged(name, losses, rows, targets):
    """Loss, the same for tensors, gradient and parameters of a random neuron."""
    X, y, w, b = gradients.neuron(rows, targets)
    X_t, y_t = torch.tensor(X), torch.tensor(y)

    def of_tensors(w, b):
        z = X_t @ w + b
        return LOSSES[name](z if name == "linear" else torch.sigmoid(z), y_t)

    def loss(w, b):
        return optimiser.look(X, y, w, b, getattr(optimiser, name))[0]

    return loss, of_tensors, lambda w, b: optimiser.look(X, y, w, b, losses)[1:], (w, b)


@NAMES
@gradients.CASES
def test_slopes_are_those_of_the_loss(name, rows, targets):
    gradients.check_gradient(*judged(name, getattr(optimiser, name), rows, targets))


@NAMES
@pytest.mark.parametrize("targets", ["0 or 1", "between"])
def test_loss_is_that_of_pytorch(name, targets):
    loss, of_tensors, _, (w, b) = judged(name, getattr(optimiser, name), 7, targets)
    expected = of_tensors(torch.tensor(w), torch.tensor(b, dtype=torch.float64)).item()
    np.testing.assert_allclose(loss(w, b), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("absolute", " * y_hat * (1 - y_hat)", ""),
        ("absolute", "np.sign(y_hat - y)", "np.sign(y - y_hat)"),
        ("squared", "2 * (y_hat - y) * y_hat", "(y_hat - y) * y_hat"),
        ("squared", "2 * (y_hat - y) * y_hat * (1 - y_hat)", "2 * (y_hat - y)"),
        ("cross_entropy", ", y_hat - y", ", (y_hat - y) * y_hat * (1 - y_hat)"),
        ("cross_entropy", ", y_hat - y", ", y - y_hat"),
        ("linear", ", 2 * (z - y)", ", z - y"),
    ],
)
def test_wrong_error_signal_is_found(name, right, wrong):
    planted = gradients.mutant(getattr(optimiser, name), right, wrong)
    assert gradients.rejects(*judged(name, planted, 5, "0 or 1"))


@NAMES
def test_descent_steps_against_the_slopes(name):
    X, y, w, b = gradients.neuron(5, "0 or 1")
    losses = getattr(optimiser, name)
    path = optimiser.descend(X, y, w, b, losses, eta=0.3, steps=2)
    assert len(path) == 3
    for (total, w, b), (_, w_next, b_next) in itertools.pairwise(path):
        expected, grad_w, grad_b = optimiser.look(X, y, w, b, losses)
        assert total == expected
        np.testing.assert_allclose(w - w_next, 0.3 * grad_w, rtol=1e-12)
        np.testing.assert_allclose(b - b_next, 0.3 * grad_b, rtol=1e-12)
    total, w, b = path[-1]
    assert total == optimiser.look(X, y, w, b, losses)[0]


def test_largest_rate_is_that_of_the_largest_curvature():
    inputs = np.column_stack([optimiser.X, np.ones(4)])
    largest = 2 / np.linalg.eigvalsh(2 * inputs.T @ inputs).max()
    start = np.array([0.5, -1.0]), 0.2
    ends = [
        optimiser.descend(
            optimiser.X, optimiser.y, *start, optimiser.linear, factor * largest, 20_000
        )[-1][0]
        for factor in (0.999, 1.001)
    ]
    assert ends[0] == pytest.approx(0.25)
    assert ends[1] > 1e6
