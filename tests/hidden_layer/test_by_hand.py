import gradients
import numpy as np
import pytest
import torch
from hidden_layer import by_hand


def draw(rows, D=3, H=4, seed=0):
    """Inputs, targets and parameters of sizes that all differ."""
    random = np.random.default_rng(seed + rows)
    X, y = random.normal(size=(rows, D)), random.random(size=(rows, 1))
    shapes = (D, H), (H,), (H, 1), (1,)
    return X, y, [random.normal(size=shape) for shape in shapes]


def judged(gradient, rows):
    """What the judges need: the loss for arrays and for tensors, the gradient, a place."""
    X, y, parameters = draw(rows)

    def loss_of_tensors(W1, b1, W2, b2):
        y_hat = torch.sigmoid(torch.sigmoid(torch.tensor(X) @ W1 + b1) @ W2 + b2)
        return torch.nn.functional.mse_loss(y_hat, torch.tensor(y))

    return (
        lambda *p: by_hand.loss(X, y, *p),
        loss_of_tensors,
        lambda *p: gradient(X, y, *p),
        parameters,
    )


@pytest.mark.parametrize("rows", [5, 7])
def test_the_gradient_is_that_of_nudges_and_of_autograd(rows):
    gradients.check_gradient(*judged(by_hand.gradient, rows))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("2 / len(y)", "0.5"),
        ("2 / len(y)", "2"),
        ("(y_hat - y)", "(y - y_hat)"),
        ("* y_hat * (1 - y_hat)", ""),
        ("* A1 * (1 - A1)", ""),
        ("(1 - A1)", "(1 + A1)"),
        ("delta1.sum(axis=0)", "delta1.mean(axis=0)"),
        ("delta1.sum(axis=0)", "delta1.sum(axis=1)"),
        ("delta2.sum(axis=0)", "delta2.mean(axis=0)"),
        ("X.T @ delta1", "X.T @ delta1 / len(y)"),
        ("A1.T @ delta2", "A1 @ delta2"),
        ("delta2 @ W2.T", "delta2 @ abs(W2.T)"),
        ("delta2 @ W2.T", "delta2"),
    ],
)
@pytest.mark.parametrize("rows", [5, 7])
def test_a_planted_mistake_in_the_gradient_is_caught(right, wrong, rows):
    planted = gradients.mutant(by_hand.gradient, right, wrong)
    assert gradients.rejects(*judged(planted, rows))


def test_without_biases_the_hidden_layer_is_blind_at_the_origin():
    _, _, (W1, _, W2, _) = draw(5)
    A1, y_hat = by_hand.forward(np.zeros((1, 3)), W1, np.zeros(4), W2, np.zeros(1))
    assert (A1 == 0.5).all()
    assert y_hat.item() == pytest.approx(by_hand.sigmoid(W2.sum() / 2), rel=1e-12)


def test_without_biases_opposite_rows_share_the_sum_of_their_pre_activations():
    X, _, (W1, _, W2, _) = draw(5)
    both = [by_hand.sigmoid(rows @ W1) @ W2 for rows in (X, -X)]
    np.testing.assert_allclose(both[0] + both[1], np.full((5, 1), W2.sum()), rtol=1e-12)


def test_biases_stay_where_they_are_when_they_are_not_trained():
    X, y, parameters = draw(5)
    last = by_hand.train(X, y, parameters, 0.5, 20, biases=False)[-1]
    still = [np.array_equal(before, after) for before, after in zip(parameters, last)]
    assert still == [False, True, False, True]


def test_a_step_is_that_of_pytorch():
    X, y, parameters = draw(5)
    tensors = [torch.tensor(p, requires_grad=True) for p in parameters]
    optimizer = torch.optim.SGD(tensors, lr=0.3)
    for _ in range(10):
        W1, b1, W2, b2 = tensors
        y_hat = torch.sigmoid(torch.sigmoid(torch.from_numpy(X) @ W1 + b1) @ W2 + b2)
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(y_hat, torch.from_numpy(y)).backward()
        optimizer.step()
    path = by_hand.train(X, y, parameters, 0.3, 10)
    for ours, theirs in zip(path[-1], tensors):
        np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-12)


@pytest.mark.parametrize("rows", [5, 7])
def test_many_starts_at_once_are_each_trained_as_alone(rows):
    X, y, _ = draw(rows)
    random = np.random.default_rng(1)
    shapes = (6, 3, 4), (6, 1, 4), (6, 4, 1), (6, 1, 1)
    starts = [random.normal(size=shape) for shape in shapes]
    together = by_hand.train_many(X, y, *starts, eta=0.5, steps=30)
    for number, (W1, b1, W2, b2) in enumerate(zip(*starts)):
        last = by_hand.train(X, y, (W1, b1[0], W2, b2[0]), 0.5, 30)[-1]
        alone = by_hand.forward(X, *last)[1]
        np.testing.assert_allclose(together[number], alone, rtol=1e-10)


def test_the_start_and_the_losses_of_the_source_are_reproduced():
    random = np.random.RandomState(1)
    start = random.rand(2, 3), np.zeros(3), random.rand(3, 1), np.zeros(1)
    assert start[0][0, 2] == pytest.approx(0.000114374817, abs=5e-13)
    path = by_hand.train(by_hand.X, by_hand.y, start, biases=False)
    losses = [f"{by_hand.loss(by_hand.X, by_hand.y, *p):.6e}" for p in path[:-1:1000]]
    assert losses == [
        *("1.960156e-01", "1.651662e-01", "1.593565e-01", "1.550351e-01", "1.511067e-01"),
        *("1.465351e-01", "1.392272e-01", "1.234844e-01", "9.350530e-02", "6.205274e-02"),
    ]
    answers = by_hand.forward(by_hand.X, *path[-1])[1][:, 0]
    assert [f"{v:.6f}" for v in answers] == ["0.334522", "0.846053", "0.849022", "0.925358"]


def test_the_share_of_successes_does_not_hang_on_last_digits():
    random = np.random.default_rng(0)
    start = by_hand.draw_starts(random.normal, 200, 2)
    solved = []
    for factor in (1, 1 + 1e-13):
        y_hat = by_hand.train_many(by_hand.X, by_hand.y_xor, start[0] * factor, *start[1:])
        solved.append((by_hand.largest_miss(y_hat, by_hand.y_xor) < 0.5).sum())
    assert solved == [156, 156]
