import gradients
import numpy as np
import pytest
import torch
from hidden_layer import one_step, step_the_network

NAMES = "W1", "b1", "W2", "b2"


def draw(rows, D=3, H=4, K=2):
    """Inputs, targets and parameters of sizes that all differ."""
    random = np.random.default_rng(rows)
    X, Y = random.normal(size=(rows, D)), random.random(size=(rows, K))
    return X, Y, [random.normal(size=shape) for shape in ((D, H), (H,), (H, K), (K,))]


def loss_of_tensors(X, Y):
    """The loss as a function of the tensors of all parameters: the mean over rows."""
    X, Y = torch.tensor(X), torch.tensor(Y)

    def loss(W1, b1, W2, b2):
        Y_hat = torch.sigmoid(torch.sigmoid(X @ W1 + b1) @ W2 + b2)
        return torch.nn.functional.mse_loss(Y_hat, Y) * Y.shape[1]

    return loss


def judged(backward, rows):
    X, Y, parameters = draw(rows)

    def slopes(*parameters):
        _, A1, _, Y_hat, _ = step_the_network.forward(X, Y, *parameters)
        return backward(X, Y, A1, Y_hat, parameters[2])[1]

    return (
        lambda *p: step_the_network.forward(X, Y, *p)[-1],
        loss_of_tensors(X, Y),
        slopes,
        parameters,
    )


@pytest.mark.parametrize("rows", [5, 7])
def test_backward_is_the_gradient(rows):
    gradients.check_gradient(*judged(step_the_network.backward, rows))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("2 / len(X)", "2"),
        ("2 / len(X)", "1 / len(X)"),
        ("(Y_hat - Y)", "(Y - Y_hat)"),
        ("grad_Y_hat * Y_hat * (1 - Y_hat)", "grad_Y_hat * Y_hat"),
        ("A1.T @ delta2", "A1.T @ grad_Y_hat"),
        ("delta2.sum(axis=0)", "delta2.mean(axis=0)"),
        ("delta2 @ W2.T", "grad_Y_hat @ W2.T"),
        ("grad_A1 * A1 * (1 - A1)", "grad_A1 * A1"),
        ("X.T @ delta1", "X.T @ grad_A1"),
        ("delta1.sum(axis=0)", "delta1.sum(axis=1)"),
    ],
)
def test_a_planted_mistake_is_caught(right, wrong):
    assert gradients.rejects(*judged(gradients.mutant(step_the_network.backward, right, wrong), 5))


def test_signals_are_the_slopes_along_the_units():
    X, Y, parameters = draw(5)
    Z1, A1, Z2, Y_hat, _ = step_the_network.forward(X, Y, *parameters)
    W2, b2 = (torch.tensor(p) for p in parameters[2:])
    targets = torch.tensor(Y)

    def from_answer(Y_hat):
        return ((Y_hat - targets) ** 2).sum() / len(targets)

    def from_sum(Z2):
        return from_answer(torch.sigmoid(Z2))

    def from_hidden(A1):
        return from_sum(A1 @ W2 + b2)

    signals = step_the_network.backward(X, Y, A1, Y_hat, parameters[2])[0]
    for ours, f, at in zip(
        signals,
        (from_answer, from_sum, from_hidden, lambda Z1: from_hidden(torch.sigmoid(Z1))),
        (Y_hat, Z2, A1, Z1),
        strict=True,
    ):
        np.testing.assert_allclose(ours, gradients.derive(f, [at])[0], rtol=1e-11)


def test_a_hundred_steps_are_those_of_pytorch():
    X, Y, parameters = draw(5)
    tensors = [torch.tensor(p, requires_grad=True) for p in parameters]
    optimizer = torch.optim.SGD(tensors, lr=0.3)
    loss = loss_of_tensors(X, Y)
    for _ in range(100):
        optimizer.zero_grad()
        loss(*tensors).backward()
        optimizer.step()
    trained = step_the_network.train(X, Y, parameters, 0.3, 100)
    for ours, theirs in zip(trained, tensors, strict=True):
        np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-10)


def test_the_start_is_that_of_the_ledger():
    for name, array in zip(NAMES, step_the_network.start, strict=True):
        np.testing.assert_array_equal(array, getattr(one_step, name))
    np.testing.assert_array_equal(step_the_network.inputs[[2]], one_step.X)
    np.testing.assert_array_equal(step_the_network.targets["XOR"][[2]], one_step.Y)


def test_a_nudge_leaves_the_parameters_alone_and_measures_the_slope():
    X, Y, parameters = draw(5)
    kept = [p.copy() for p in parameters]
    slopes = judged(step_the_network.backward, 5)[2](*parameters)
    for which, place in ((0, (2, 3)), (1, (1,)), (2, (3, 1)), (3, (0,))):
        up, down, measured = step_the_network.nudge(X, Y, parameters, which, place, 1e-5)
        assert measured == (up - down) / 2e-5
        assert measured == pytest.approx(slopes[which][place], rel=1e-6)
    assert all(map(np.array_equal, kept, parameters))


@pytest.mark.parametrize(
    ("measured", "slope", "same"),
    [(0, 0, 16), (0.5, 0.5, 16), (1, -1, 0), (0, 3, 0), (1.001, 1, 3), (-2.00002, -2, 5)],
)
def test_digits_are_those_that_agree(measured, slope, same):
    assert step_the_network.digits(measured, slope) == same
