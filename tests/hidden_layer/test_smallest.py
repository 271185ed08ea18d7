import gradients
import numpy as np
import pytest
import torch
from hidden_layer import smallest

START = np.random.RandomState(42).randn(2)


def draw(rows):
    random = np.random.default_rng(rows)
    return random.normal(size=rows), random.random(size=rows), random.normal(size=4)


def judged(gradient, rows):
    """What the judges need: the loss for numbers and for tensors, the gradient, a place."""
    x, y, parameters = draw(rows)

    def loss_of_tensors(w1, b1, w2, b2):
        y_hat = torch.sigmoid(w2 * torch.sigmoid(w1 * torch.tensor(x) + b1) + b2)
        return torch.nn.functional.mse_loss(y_hat, torch.tensor(y), reduction="sum") / 2

    return (
        lambda *p: smallest.loss(x, y, *p),
        loss_of_tensors,
        lambda *p: gradient(x, y, *p),
        parameters,
    )


@pytest.mark.parametrize("rows", [5, 7])
def test_the_gradient_is_that_of_nudges_and_of_autograd(rows):
    gradients.check_gradient(*judged(smallest.gradient, rows))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("(y_hat - y)", "(y - y_hat)"),
        ("* slope_from(y_hat)", ""),
        ("* slope_from(a1)", ""),
        ("slope_from(a1)", "slope_from(w1 * x + b1)"),
        ("delta2 * w2", "delta2"),
        ("x @ delta1", "x @ delta2"),
        ("a1 @ delta2", "x @ delta2"),
        ("delta1.sum()", "delta1.mean()"),
        ("delta2.sum()", "delta2.mean()"),
    ],
)
@pytest.mark.parametrize("rows", [5, 7])
def test_a_planted_mistake_in_the_gradient_is_caught(right, wrong, rows):
    planted = gradients.mutant(smallest.gradient, right, wrong)
    assert gradients.rejects(*judged(planted, rows))


@pytest.mark.parametrize("rows", [5, 7])
@pytest.mark.parametrize("wrong", [smallest.mistaken_gradient, smallest.misfed_gradient])
def test_the_mistakes_that_the_page_shows_are_caught(wrong, rows):
    assert gradients.rejects(*judged(wrong, rows))


@pytest.mark.parametrize("rows", [5, 7])
def test_the_mistaken_program_watches_a_loss_that_its_hidden_unit_does_not_touch(rows):
    x, y, parameters = draw(rows)

    def watched(w1, b1, w2, b2):
        return 0.5 * ((smallest.sigmoid(w2 * x + b2) - y) ** 2).sum()

    nudged = np.array(gradients.nudge(watched, parameters))
    claimed = np.array(smallest.mistaken_gradient(x, y, *parameters))
    assert (nudged[:2] == 0).all()
    assert (np.abs(claimed[:2]) > 1e-4).all()
    assert claimed[3] == pytest.approx(nudged[3], rel=1e-7)


def test_numpy_and_pytorch_agree_from_the_same_start():
    start = START[0], 0.0, START[1], 0.0
    path = smallest.train(smallest.x, smallest.y, start)
    model = smallest.network(start)
    theirs = smallest.fit(model, smallest.x, smallest.y)
    ours = [((smallest.forward(smallest.x, *p)[1] - smallest.y) ** 2).mean() for p in path[:-1]]
    np.testing.assert_allclose(ours, theirs, rtol=1e-11)
    trained = [p.item() for p in model.parameters()]
    np.testing.assert_allclose(path[-1], trained, rtol=1e-11)


RIGHT = "0.02604618 0.02810493 0.88399002 0.97330026 0.95344092 0.05223964"
WRONG = "0.07575155 0.08137866 0.80654114 0.93569339 0.89717416 0.12876753"


@pytest.mark.parametrize(
    ("gradient", "answers"), [(smallest.gradient, RIGHT), (smallest.mistaken_gradient, WRONG)]
)
def test_the_digits_of_the_source_are_reproduced_with_and_without_its_mistake(gradient, answers):
    start = START[0], 0.0, START[1], 0.0
    last = smallest.train(smallest.x, smallest.y, start, gradient)[-1]
    x_test = np.array([-3, -0.5, 0.75, 3, 1, 0])
    printed = " ".join(f"{v:.8f}" for v in smallest.forward(x_test, *last)[1])
    assert printed == answers


@pytest.mark.parametrize("rows", [5, 7])
def test_the_answer_moves_with_its_input_as_the_exercise_says(rows):
    x, _, (w1, b1, w2, b2) = draw(rows)
    a1, y_hat = smallest.forward(x, w1, b1, w2, b2)
    formula = w2 * w1 * smallest.slope_from(y_hat) * smallest.slope_from(a1)
    above, below = (smallest.forward(x + h, w1, b1, w2, b2)[1] for h in (1e-5, -1e-5))
    np.testing.assert_allclose(formula, (above - below) / 2e-5, rtol=1e-6)


def test_the_slope_misused_in_the_output_as_well_overflows_as_the_page_says():
    wrong = gradients.mutant(
        smallest.misfed_gradient, "slope_from(y_hat)", "slope_from(w2 * a1 + b2)"
    )
    with np.errstate(all="ignore"):
        last = smallest.train(smallest.x, smallest.y, (START[0], 0.0, START[1], 0.0), wrong)[-1]
    assert not np.isfinite(last).all()
