"""The networks of the lab: their slopes with every activation, several networks at once."""

import numpy as np
import pytest
import torch
from gradients import check_gradient, mutant, rejects

from labs import hidden_layer as lab

S, D, H = 2, 3, 4
ACTIVATIONS = {
    "sigmoid": (lab.sigmoid, lab.sigmoid_slope, torch.sigmoid),
    "tanh": (np.tanh, lambda A: 1 - A**2, torch.tanh),
    "relu": (lambda Z: np.maximum(0, Z), lambda A: (A > 0).astype(float), torch.relu),
}


def judged(rows, activation, backward=lab.backward):
    """The loss of S networks together, the same for tensors, its slopes, and a start."""
    act, slope, act_of_tensors = ACTIVATIONS[activation]
    random = np.random.default_rng(rows)
    X, y = random.normal(size=(rows, D)), random.uniform(size=(rows, 1))
    sizes = (S, D, H), (S, 1, H), (S, H, 1), (S, 1, 1)
    upstream = random.normal(size=S)  # the networks do not count the same

    def loss(*parameters):
        y_hat = lab.forward(X, *parameters, act)[1]
        return upstream @ ((y_hat - y) ** 2).mean(axis=(1, 2))

    def loss_of_tensors(W1, b1, W2, b2):
        A1 = act_of_tensors(torch.tensor(X) @ W1 + b1)
        error = torch.sigmoid(A1 @ W2 + b2) - torch.tensor(y)
        return torch.tensor(upstream) @ (error**2).mean(dim=(1, 2))

    def slopes(*parameters):
        A1, y_hat = lab.forward(X, *parameters, act)
        grads = backward(X, y, A1, y_hat, parameters[2], slope)
        return [upstream[:, None, None] * grad for grad in grads]

    return loss, loss_of_tensors, slopes, [random.normal(size=size) for size in sizes]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("rows", [5, 7])
def test_slopes_are_those_of_both_judges(rows, activation):
    check_gradient(*judged(rows, activation))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("2 / len(y)", "2"),
        ("2 / len(y)", "1 / len(y)"),
        ("(y_hat - y)", "(y - y_hat)"),
        (" * y_hat * (1 - y_hat)", ""),
        (" * slope(A1)", ""),
        ("slope(A1)", "slope(X @ np.ones((2, 3, 4)))"),
        ("A1.mT @ delta2", "-A1.mT @ delta2"),
        ("W2.mT", "abs(W2.mT)"),
        ("X.T @ delta1", "X.T @ delta1 / len(y)"),
        ("delta1.sum(axis=1, keepdims=True)", "delta1.mean(axis=1, keepdims=True)"),
        ("delta2.sum(axis=1, keepdims=True)", "delta2.sum(axis=0, keepdims=True)"),
        ("delta2.sum(axis=1, keepdims=True)", "delta2.mean(axis=1, keepdims=True)"),
    ],
)
def test_mistake_is_found(right, wrong):
    assert rejects(*judged(5, "sigmoid", mutant(lab.backward, right, wrong)))


def test_network_among_others_is_trained_as_alone():
    start = lab.draw_starts(0, 3, 2)
    together, losses = lab.train(start, 5, 50)
    alone, its_losses = lab.train([part[1:2] for part in start], 5, 50)
    assert np.allclose(losses[:, 1:2], its_losses, rtol=1e-12)
    assert all(np.allclose(a[1:2], b, rtol=1e-12) for a, b in zip(together, alone))


def test_a_step_goes_down_the_slope():
    start = lab.draw_starts(0, 3, 2)
    slopes = lab.backward(lab.X, lab.y, *lab.forward(lab.X, *start, lab.sigmoid), start[2],
                          lab.sigmoid_slope)  # fmt: skip
    moved, losses = lab.train(start, 0.1, 1)
    assert all(np.allclose(m, p - 0.1 * s) for m, p, s in zip(moved, start, slopes))
    assert np.allclose(losses[0], ((lab.forward(lab.X, *start, lab.sigmoid)[1] - lab.y) ** 2)
                       .mean(axis=(1, 2)))  # fmt: skip


def test_largest_miss_is_that_of_the_worst_row():
    y_hat = lab.y + np.array([[0.1], [-0.3], [0.2], [0]]) * np.array([1, 2]).reshape(2, 1, 1)
    assert np.allclose(lab.largest_miss(y_hat), [0.3, 0.6])
