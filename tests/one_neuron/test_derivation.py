import gradients
import numpy as np
import pytest
import torch
from one_neuron import derivation

LOSSES = {
    "absolute": (
        lambda y_hat, y: np.abs(y_hat - y),
        lambda y_hat, y: (y_hat - y).abs(),
    ),
    "squared": (
        lambda y_hat, y: (y_hat - y) ** 2,
        lambda y_hat, y: (y_hat - y) ** 2,
    ),
    "cross-entropy": (
        lambda y_hat, y: -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)),
        lambda y_hat, y: torch.nn.functional.binary_cross_entropy(y_hat, y, reduction="none"),
    ),
}


@gradients.CASES
def test_gradient_is_that_of_the_loss(rows, targets):
    gradients.check_neuron(derivation, derivation.gradient, rows, targets)


@gradients.MISTAKES
def test_wrong_gradient_is_found(right, wrong):
    assert gradients.rejects_neuron(derivation, gradients.mutant(derivation.gradient, right, wrong))


def signals(name, error_signals, rows, targets):
    """Loss of each row times a random number from above, and its slopes along z by the signals."""
    _, y, *_ = gradients.neuron(rows, targets)
    random = np.random.default_rng(rows + 1)
    z, upstream = random.normal(size=(2, rows))
    loss, loss_of_tensors = LOSSES[name]
    return (
        lambda z: (upstream * loss(derivation.sigmoid(z), y)).sum(),
        lambda z: (
            torch.tensor(upstream) * loss_of_tensors(torch.sigmoid(z), torch.tensor(y))
        ).sum(),
        lambda z: [upstream * error_signals(z, y)[name]],
        (z,),
    )


@pytest.mark.parametrize("name", LOSSES)
@gradients.CASES
def test_error_signal_is_the_slope_along_z(name, rows, targets):
    gradients.check_gradient(*signals(name, derivation.error_signals, rows, targets))


def test_every_error_signal_is_checked():
    assert set(derivation.error_signals(np.zeros(1), np.zeros(1))) == set(LOSSES)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("absolute", "np.sign(y_hat - y) * slope", "np.sign(y_hat - y)"),
        ("absolute", "np.sign(y_hat - y) * slope", "np.sign(y - y_hat) * slope"),
        ("squared", "2 * (y_hat - y) * slope", "(y_hat - y) * slope"),
        ("squared", "2 * (y_hat - y) * slope", "2 * (y_hat - y)"),
        ("squared", "2 * (y_hat - y) * slope", "2 * (y_hat - y) * slope / len(y)"),
        ("cross-entropy", '"cross-entropy": y_hat - y', '"cross-entropy": (y_hat - y) * slope'),
        ("cross-entropy", '"cross-entropy": y_hat - y', '"cross-entropy": y - y_hat'),
        ("squared", "y_hat * (1 - y_hat)", "z * (1 - z)"),
    ],
)
def test_wrong_error_signal_is_found(name, right, wrong):
    planted = gradients.mutant(derivation.error_signals, right, wrong)
    assert gradients.rejects(*signals(name, planted, 5, "0 or 1"))


def test_mean_has_the_gradient_of_the_sum_over_n():
    X, y, w, b = gradients.neuron(7, "0 or 1")
    X_t, y_t = torch.tensor(X), torch.tensor(y)
    slope = gradients.derive(lambda w: ((torch.sigmoid(X_t @ w + b) - y_t) ** 2).mean(), (w,))[0]
    delta = derivation.error_signals(X @ w + b, y)["squared"] / 7
    np.testing.assert_allclose(X.T @ delta, slope, rtol=1e-12)
