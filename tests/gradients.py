"""The judge of every gradient: nudges in double precision, and PyTorch's automatic differentiation.

A gradient passes when its largest error, relative to its largest element, is at most NUDGED against
central differences with the step STEP, and at most DERIVED against PyTorch.
"""

import inspect

import numpy as np
import pytest
import torch

STEP, NUDGED, DERIVED = 1e-6, 1e-7, 1e-12
# All sizes differ and exceed 1, so that a wrong transpose cannot fit.
D = 3
CASES = pytest.mark.parametrize(
    ("rows", "targets"), [(5, "0 or 1"), (7, "0 or 1"), (5, "between"), (7, "between")]
)


def neuron(rows, targets):
    """Random inputs X (N, D), targets y (N,), weights w (D,) and bias b."""
    random = np.random.default_rng(rows)
    y = random.integers(2, size=rows) if targets == "0 or 1" else random.uniform(size=rows)
    return random.normal(size=(rows, D)), y.astype(float), random.normal(size=D), random.normal()


def nudge(f, parameters):
    """Slopes of f along each element of each parameter, by central differences."""
    slopes = []
    for place, parameter in enumerate(parameters):
        slope = np.empty(np.shape(parameter))
        for index in np.ndindex(slope.shape):
            values = []
            for step in (STEP, -STEP):
                moved = np.array(parameter, dtype=float)
                moved[index] += step
                values.append(f(*parameters[:place], moved, *parameters[place + 1 :]))
            slope[index] = (values[0] - values[1]) / (2 * STEP)
        slopes.append(slope)
    return slopes


def derive(f, parameters):
    """Slopes of f, written for tensors, by automatic differentiation."""
    tensors = [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in parameters]
    return [slope.numpy() for slope in torch.autograd.grad(f(*tensors), tensors)]


def check_gradient(f, f_of_tensors, gradient, parameters):
    """Fail unless the gradient of f at the parameters is that of both judges."""
    given = gradient(*parameters)
    for judge, bound in (
        (nudge(f, parameters), NUDGED),
        (derive(f_of_tensors, parameters), DERIVED),
    ):
        for ours, theirs in zip(given, judge, strict=True):
            assert np.shape(ours) == theirs.shape
            assert np.abs(ours - theirs).max() <= bound * np.abs(theirs).max()


def rejects(*arguments):
    """Tell whether the judges find the gradient wrong, or its shapes do not even fit."""
    try:
        check_gradient(*arguments)
    except (AssertionError, ValueError):
        return True
    return False


def mutant(function, right, wrong):
    """The function with one piece of its source exchanged."""
    source = inspect.getsource(function)
    assert source.count(right) == 1, f"{right!r} is not in {function.__name__} once"
    names = dict(function.__globals__)
    exec(source.replace(right, wrong), names)
    return names[function.__name__]


def absolute_loss(X, y):
    """Sum of absolute errors of a neuron, as a function of the tensors w and b."""
    X, y = torch.tensor(X), torch.tensor(y)
    return lambda w, b: (torch.sigmoid(X @ w + b) - y).abs().sum()


# What goes wrong when δ = sign(ŷ − y) ŷ (1 − ŷ), Xᵀδ and the sum of δ are written down.
MISTAKES = pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (" * y_hat * (1 - y_hat)", ""),
        ("* (1 - y_hat)", ""),
        ("(1 - y_hat)", "(1 + y_hat)"),
        ("* y_hat * (1 - y_hat)", "* (X @ w + b) * (1 - X @ w - b)"),
        ("np.sign(y_hat - y)", "np.sign(y - y_hat)"),
        ("np.sign(y_hat - y)", "(y_hat - y)"),
        ("X.T @ delta", "X @ delta"),
        ("X.T @ delta", "X.sum(axis=0)"),
        ("X.T @ delta", "X.T * delta"),
        ("X.T @ delta", "X.T @ delta / len(y)"),
        ("delta.sum()", "delta"),
        ("delta.sum()", "delta.mean()"),
        ("delta.sum()", "-delta.sum()"),
        ("delta.sum()", "0.0"),
    ],
)


def check_neuron(module, gradient, rows, targets):
    """Have the gradient of the sum of absolute errors judged, for a neuron of the module."""
    check_gradient(*_judged(module, gradient, rows, targets))


def rejects_neuron(module, gradient):
    """Tell whether the judges find the gradient of a neuron wrong."""
    return rejects(*_judged(module, gradient, 5, "0 or 1"))


def _judged(module, gradient, rows, targets):
    X, y, w, b = neuron(rows, targets)

    def loss(w, b):
        return np.abs(module.predict(X, w, b) - y).sum()

    return loss, absolute_loss(X, y), lambda w, b: gradient(X, y, w, b), (w, b)
