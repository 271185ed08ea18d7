import functools

import gradients
import numpy as np
import pytest
import torch
from one_neuron import by_hand, with_pytorch

# The bounds that the page states.
BOUNDS = pytest.mark.parametrize(
    ("dtype", "bound"), [(torch.float64, 1e-12), (torch.float32, 1e-4)], ids=str
)


@gradients.CASES
def test_gradient_is_that_of_the_loss(rows, targets):
    gradients.check_neuron(with_pytorch, with_pytorch.gradient, rows, targets)


@gradients.MISTAKES
def test_wrong_gradient_is_found(right, wrong):
    planted = gradients.mutant(with_pytorch.gradient, right, wrong)
    assert gradients.rejects_neuron(with_pytorch, planted)


def largest_difference(module, dtype, steps):
    """Largest difference between NumPy and PyTorch in losses, first gradient and parameters."""
    start = with_pytorch.X, with_pytorch.y, with_pytorch.w_start, with_pytorch.b_start
    X, y, *_ = start
    path = module.train(*start, steps=steps)
    losses = [np.abs(module.predict(X, w, b) - y).sum() for w, b in path[:-1]]
    ours = losses, np.append(*module.gradient(*start)), np.append(*path[-1])
    return max(np.abs(a - b).max() for a, b in zip(ours, with_pytorch.run(dtype), strict=True))


@pytest.fixture
def short(monkeypatch):
    """A thousand steps, with the function of the page."""
    fit = functools.partial(with_pytorch.fit, steps=1000)
    monkeypatch.setattr(with_pytorch, "fit", fit)


@pytest.mark.parametrize("module", [by_hand, with_pytorch], ids=lambda module: module.__name__)
@BOUNDS
def test_numpy_and_pytorch_agree_within_the_stated_bound(module, dtype, bound, short):
    assert largest_difference(module, dtype, 1000) < bound


@BOUNDS
def test_another_rate_is_beyond_the_bound(dtype, bound, short, monkeypatch):
    train = functools.partial(by_hand.train, eta=0.0501)
    monkeypatch.setattr(by_hand, "train", train)
    assert largest_difference(by_hand, dtype, 1000) > bound


def test_single_precision_is_beyond_the_bound_of_double_precision(short):
    assert largest_difference(by_hand, torch.float32, 1000) > 1e-12


def test_functions_and_data_are_those_of_the_page_before():
    X, y, w, b = gradients.neuron(5, "between")
    np.testing.assert_array_equal(with_pytorch.X, by_hand.X)
    np.testing.assert_array_equal(with_pytorch.y, by_hand.y)
    np.testing.assert_array_equal(with_pytorch.predict(X, w, b), by_hand.predict(X, w, b))
    for ours, theirs in zip(with_pytorch.gradient(X, y, w, b), by_hand.gradient(X, y, w, b)):
        np.testing.assert_array_equal(ours, theirs)


@BOUNDS
def test_model_starts_from_the_weights_it_is_given(dtype, bound):
    X, _, w, b = gradients.neuron(7, "between")
    model = with_pytorch.neuron(w, b, dtype)
    y_hat = model(torch.tensor(X, dtype=dtype)).detach()
    assert y_hat.shape == (7, 1)
    np.testing.assert_allclose(y_hat[:, 0], by_hand.predict(X, w, b), atol=bound)
