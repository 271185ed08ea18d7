import gradients
import numpy as np
import pytest
import torch
from hidden_layer import why

ROWS = pytest.mark.parametrize("rows", [5, 7])


def network(rows):
    """Random inputs X (N, D), targets Y (N, K), and parameters W1, b1, W2 and b2."""
    random = np.random.default_rng(rows)
    shapes = (3, 4), (4,), (4, 2), (2,)
    Y = random.integers(2, size=(rows, 2)).astype(float)
    return random.normal(size=(rows, 3)), Y, [random.normal(size=shape) for shape in shapes]


def judged(rows, train=why.train):
    """The loss, and the slopes along which one step of the training goes."""
    X, Y, parameters = network(rows)

    def loss(*parameters):
        return why.loss(why.forward(X, *parameters)[1], Y)

    def loss_of_tensors(W1, b1, W2, b2):
        Y_hat = torch.sigmoid(torch.sigmoid(torch.tensor(X) @ W1 + b1) @ W2 + b2)
        return torch.nn.MSELoss(reduction="sum")(Y_hat, torch.tensor(Y)) / rows

    def gradient(*parameters):
        before, after = train(X, Y, *parameters, eta=1, steps=1)
        return [old - new for old, new in zip(before, after, strict=True)]

    return loss, loss_of_tensors, gradient, parameters


@ROWS
def test_step_goes_against_the_gradient(rows):
    gradients.check_gradient(*judged(rows))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("2 / len(X) *", "2 *"),
        ("(Y_hat - Y) * Y_hat * (1 - Y_hat)", "(Y_hat - Y)"),
        ("(Y_hat - Y)", "(Y - Y_hat)"),
        ("delta2 @ W2.T * A1 * (1 - A1)", "delta2 @ W2.T"),
        ("delta2 @ W2.T", "delta2 @ W2"),
        ("X.T @ delta1", "X.T @ delta1 / len(X)"),
        ("A1.T @ delta2", "A1.T @ (Y_hat - Y)"),
        ("delta1.sum(axis=0)", "delta1.mean(axis=0)"),
        ("delta2.sum(axis=0)", "delta2.sum()"),
        ("W2 - eta", "W2 + eta"),
        ("b1 - eta", "b1 + eta"),
    ],
)
def test_wrong_step_is_found(right, wrong):
    assert gradients.rejects(*judged(5, gradients.mutant(why.train, right, wrong)))


def test_lines_without_bend_collapse():
    X, _, (W1, b1, W2, b2) = network(5)
    np.testing.assert_allclose((X @ W1 + b1) @ W2 + b2, X @ (W1 @ W2) + (b1 @ W2 + b2), rtol=1e-12)
    bent = why.sigmoid(X @ W1 + b1) @ W2 + b2
    assert np.abs(bent - (X @ (W1 @ W2) + (b1 @ W2 + b2))).max() > 0.1


def test_segments_cross_where_they_meet():
    points = np.random.default_rng(0).normal(size=(4, 2))
    s, t = why.cross(points)
    p, q, r, u = points
    np.testing.assert_allclose(p + s * (u - p), q + t * (r - q))


def test_crossing_segments_have_no_line_between_them():
    random = np.random.default_rng(0)
    parted = {True: 0, False: 0}
    for _ in range(200):
        points = random.normal(size=(4, 2))
        crossing = bool((np.abs(why.cross(points) - 0.5) < 0.5).all())
        w, b = random.normal(size=(2, 2000)), random.normal(size=2000)
        above = points @ w + b > 0
        parted[crossing] += (above == np.array([[0], [1], [1], [0]])).all(axis=0).any()
    assert parted[True] == 0
    assert parted[False] > 50


def test_equal_neurons_stay_equal():
    start = np.full((2, 2), 0.5), np.zeros(2), np.full((2, 1), 0.5), np.zeros(1)
    for W1, b1, W2, _ in why.train(why.X, why.Y, *start, steps=200):
        assert (W1[:, 0] == W1[:, 1]).all()
        assert b1[0] == b1[1]
        assert W2[0] == W2[1]
