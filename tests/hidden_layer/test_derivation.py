from itertools import pairwise

import gradients
import numpy as np
import pytest
import torch
from hidden_layer import derivation

SIZES = 3, 4, 2
ROWS = pytest.mark.parametrize("rows", [5, 7])
DEPTHS = pytest.mark.parametrize("widths", [(3, 2), (3, 4, 2), (3, 6, 4, 2), (3, 8, 4, 6, 2)])


def network(rows, widths=SIZES):
    """Random inputs X (N, D), targets Y (N, K), and the parameters W1, b1, W2, b2, …"""
    random = np.random.default_rng(rows)
    X = random.normal(size=(rows, widths[0]))
    Y = random.integers(2, size=(rows, widths[-1])).astype(float)
    parameters = []
    for pair in pairwise(widths):
        parameters += [2 * random.normal(size=pair), random.normal(size=pair[1])]
    return X, Y, parameters


def layers_of(parameters):
    return list(zip(parameters[::2], parameters[1::2]))


def loss_of_tensors(X, Y, loss=torch.nn.MSELoss, bends=torch.sigmoid):
    """The loss of a network of any depth; a mean over rows, not over entries."""

    def f(*parameters):
        A = torch.tensor(X)
        for number, (W, b) in enumerate(layers_of(parameters)):
            last = 2 * number + 2 == len(parameters)
            A = (torch.sigmoid if last else bends)(A @ W + b)
        return loss(reduction="sum")(A, torch.tensor(Y)) / len(X)

    return f


def two_layers(rows, backward=derivation.backward):
    X, Y, parameters = network(rows)

    def loss(*parameters):
        return derivation.loss(derivation.forward(X, *parameters)[1], Y)

    def gradient(*parameters):
        return backward(X, Y, *derivation.forward(X, *parameters), parameters[2])

    return loss, loss_of_tensors(X, Y), gradient, parameters


def any_depth(rows, widths, backward_all=derivation.backward_all):
    X, Y, parameters = network(rows, widths)

    def loss(*parameters):
        return derivation.loss(derivation.forward_all(X, layers_of(parameters))[-1], Y)

    def gradient(*parameters):
        layers = layers_of(parameters)
        pairs = backward_all(Y, derivation.forward_all(X, layers), layers)
        return [slope for pair in pairs for slope in pair]

    return loss, loss_of_tensors(X, Y), gradient, parameters


@ROWS
def test_backward_is_the_gradient_of_the_loss(rows):
    gradients.check_gradient(*two_layers(rows))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("2 / len(X) *", "2 *"),
        ("2 / len(X) *", "1 / len(X) *"),
        ("2 / len(X) *", "2 / Y.size *"),
        ("(Y_hat - Y) * Y_hat * (1 - Y_hat)", "(Y - Y_hat) * Y_hat * (1 - Y_hat)"),
        ("(Y_hat - Y) * Y_hat * (1 - Y_hat)", "(Y_hat - Y)"),
        ("A1.T @ delta2", "A1 @ delta2"),
        ("A1.T @ delta2", "A1.T @ delta2 / len(X)"),
        ("A1.T @ delta2", "-A1.T @ delta2"),
        ("delta2.sum(axis=0)", "delta2.mean(axis=0)"),
        ("delta2.sum(axis=0)", "delta2.sum(axis=1)"),
        ("delta2.sum(axis=0)", "delta2.sum()"),
        ("delta2 @ W2.T * A1 * (1 - A1)", "delta2 @ W2.T"),
        ("delta2 @ W2.T * A1 * (1 - A1)", "delta2 @ W2.T * A1"),
        ("delta2 @ W2.T * A1 * (1 - A1)", "delta2 @ W2.T * (X @ X.T @ A1) * (1 - A1)"),
        ("delta2 @ W2.T", "delta2 @ W2"),
        ("delta2 @ W2.T", "(Y_hat - Y) @ W2.T"),
        ("delta2 @ W2.T", "delta2 @ (W2 - 0.5 * grad_W2).T"),
        ("X.T @ delta1", "X.T @ delta1 / len(X)"),
        ("X.T @ delta1", "X @ delta1"),
        ("delta1.sum(axis=0)", "delta1.mean(axis=0)"),
        ("delta1.sum(axis=0)", "0 * delta1.sum(axis=0)"),
        ("return grad_W1, grad_b1, grad_W2", "return grad_W1, grad_W1[0], grad_W2"),
    ],
)
def test_wrong_backward_is_found(right, wrong):
    planted = gradients.mutant(derivation.backward, right, wrong)
    assert gradients.rejects(*two_layers(5, planted))


@ROWS
@DEPTHS
def test_loop_is_the_gradient_at_any_depth(rows, widths):
    gradients.check_gradient(*any_depth(rows, widths))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("2 / len(Y) *", "2 *"),
        ("(A[-1] - Y)", "(Y - A[-1])"),
        ("grad_A * A_out * (1 - A_out)", "grad_A"),
        ("grad_A * A_out * (1 - A_out)", "grad_A * A_out"),
        ("A_in.T @ delta", "A_in.T @ delta / len(Y)"),
        ("A_in.T @ delta", "A[0].T @ delta"),
        ("delta.sum(axis=0)", "delta.mean(axis=0)"),
        ("delta @ W.T", "delta @ W"),
        ("delta @ W.T", "grad_A @ W.T"),
        ("grads[::-1]", "grads"),
        ("reversed(list(zip(layers, A, A[1:])))", "zip(layers, A, A[1:])"),
    ],
)
def test_wrong_loop_is_found(right, wrong):
    planted = gradients.mutant(derivation.backward_all, right, wrong)
    assert gradients.rejects(*any_depth(5, (3, 6, 4, 2), planted))


def test_loop_and_long_form_agree():
    X, Y, parameters = network(5)
    layers = layers_of(parameters)
    A = derivation.forward_all(X, layers)
    short = [slope for pair in derivation.backward_all(Y, A, layers) for slope in pair]
    long = derivation.backward(X, Y, A[1], A[2], parameters[2])
    for one, other in zip(short, long, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


def signal(rows, formula):
    """A random network's cross-entropy as a function of Z2, and its error signal by a formula."""
    random = np.random.default_rng(rows)
    Z2 = random.normal(size=(rows, 2))
    Y = random.integers(2, size=Z2.shape).astype(float)

    def loss(Z2):
        Y_hat = derivation.sigmoid(Z2)
        return -np.sum(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)) / rows

    def loss_of_tensors(Z2):
        return torch.nn.BCELoss(reduction="sum")(torch.sigmoid(Z2), torch.tensor(Y)) / rows

    return loss, loss_of_tensors, lambda Z2: [formula(derivation.sigmoid(Z2), Y)], (Z2,)


@ROWS
def test_error_signal_of_the_cross_entropy(rows):
    gradients.check_gradient(*signal(rows, lambda Y_hat, Y: (Y_hat - Y) / len(Y)))
    for wrong in (
        lambda Y_hat, Y: Y_hat - Y,
        lambda Y_hat, Y: (Y - Y_hat) / len(Y),
        lambda Y_hat, Y: (Y_hat - Y) / len(Y) * Y_hat * (1 - Y_hat),
        lambda Y_hat, Y: (Y_hat - Y) / Y.size,
    ):
        assert gradients.rejects(*signal(rows, wrong))


def test_judge_of_the_page_agrees_with_autograd_and_leaves_no_trace():
    X, Y, parameters = network(5)
    kept = [parameter.copy() for parameter in parameters]
    judged = gradients.derive(loss_of_tensors(X, Y), parameters)

    def loss_now():
        return derivation.loss(derivation.forward(X, *parameters)[1], Y)

    for parameter, before, theirs in zip(parameters, kept, judged, strict=True):
        ours = derivation.slopes(loss_now, parameter)
        np.testing.assert_allclose(ours, theirs, atol=1e-9)
        np.testing.assert_array_equal(parameter, before)


def test_judge_of_the_page_sees_one_wrong_entry(capsys):
    right = np.random.default_rng(0).normal(size=(3, 4))
    wrong = right.copy()
    wrong[2, 1] *= 1.001
    derivation.compare("right", right, right.copy())
    derivation.compare("wrong", wrong, right)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("all agree")
    assert lines[1].endswith("they differ")


def test_step_descends():
    X, Y, parameters = network(5)
    layers = layers_of(parameters)
    A = derivation.forward_all(X, layers)
    grads = derivation.backward_all(Y, A, layers)
    for (W, b), (dW, db), (W_next, b_next) in zip(
        layers, grads, derivation.descend(layers, grads, eta=0.3), strict=True
    ):
        np.testing.assert_array_equal(W_next, W - 0.3 * dW)
        np.testing.assert_array_equal(b_next, b - 0.3 * db)
