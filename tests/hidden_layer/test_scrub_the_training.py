from itertools import pairwise

import gradients
import numpy as np
import pytest
import torch
from hidden_layer import by_hand
from hidden_layer import scrub_the_training as scrub

NAMES = ("W1", "b1", "W2", "b2")
PARAMETERS = {"solves": 182, "stays": 2}


def draw(rows, D=3, H=4):
    """Inputs, targets and parameters of sizes that all differ."""
    random = np.random.default_rng(rows)
    X, y = random.normal(size=(rows, D)), random.random(size=(rows, 1))
    return X, y, [random.normal(size=shape) for shape in ((D, H), (H,), (H, 1), (1,))]


def judged(gradient, rows):
    """What the judges need: the loss for arrays and for tensors, the gradient, a place."""
    X, y, parameters = draw(rows)

    def loss_of_tensors(W1, b1, W2, b2):
        y_hat = torch.sigmoid(torch.sigmoid(torch.tensor(X) @ W1 + b1) @ W2 + b2)
        return torch.nn.functional.mse_loss(y_hat, torch.tensor(y))

    return (
        lambda *p: scrub.loss(X, y, *p),
        loss_of_tensors,
        lambda *p: gradient(X, y, *p),
        parameters,
    )


@pytest.fixture(scope="module")
def paths():
    """Both runs of the page, anew."""
    return {
        name: scrub.train(scrub.X, scrub.y, scrub.start(number), 5, 3000)
        for name, number in PARAMETERS.items()
    }


@pytest.mark.parametrize("rows", [5, 7])
def test_the_gradient_is_that_of_nudges_and_of_autograd(rows):
    gradients.check_gradient(*judged(scrub.gradient, rows))


@pytest.mark.parametrize(
    ("function", "right", "wrong"),
    [
        (scrub.signals, "2 / len(y)", "2"),
        (scrub.signals, "(y_hat - y)", "(y - y_hat)"),
        (scrub.signals, "* y_hat * (1 - y_hat)", ""),
        (scrub.signals, "* A1 * (1 - A1)", ""),
        (scrub.signals, "delta2 @ W2.T", "delta2 @ abs(W2.T)"),
        (scrub.gradient, "X.T @ delta1", "X.T @ delta1 / len(y)"),
        (scrub.gradient, "delta1.sum(axis=0)", "delta1.mean(axis=0)"),
        (scrub.gradient, "delta2.sum(axis=0)", "delta2.mean(axis=0)"),
    ],
)
def test_a_planted_mistake_in_the_gradient_is_caught(function, right, wrong, monkeypatch):
    planted = gradients.mutant(function, right, wrong)
    if function is scrub.signals:
        monkeypatch.setattr(scrub, "signals", planted)
        planted = scrub.gradient
    assert gradients.rejects(*judged(planted, 5))


def test_the_runs_are_those_of_the_page_before():
    random = np.random.default_rng(0)
    starts = by_hand.draw_starts(random.normal, 200, 2)
    for number in (0, 2, 182, 199):
        W1, b1, W2, b2 = (part[number] for part in starts)
        theirs = by_hand.train(by_hand.X, by_hand.y_xor, (W1, b1[0], W2, b2[0]), 5, 20)[-1]
        ours = scrub.train(scrub.X, scrub.y, scrub.start(number), 5, 20)[-1]
        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-12)


def test_the_story_does_not_hang_on_last_digits(paths):
    nudged = [p * (1 + 1e-12) for p in scrub.start(182)]
    for path in (paths["solves"], scrub.train(scrub.X, scrub.y, nudged, 5, 3000)):
        parted = [scrub.parting(scrub.forward(scrub.X, *theta)[0]).all() for theta in path]
        assert next(step for step in range(10, 3000) if parted[step]) == 1436
        assert next(step for step, theta in enumerate(path) if theta[2][0, 0] < 0) == 816
        assert max(range(1500), key=lambda step: path[step][1][0]) == 816
        right = [((scrub.forward(scrub.X, *p)[1] > 0.5) == (scrub.y > 0.5)).all() for p in path]
        assert all(right[1457:]) and not right[1456]
        slopes = [scrub.gradient(scrub.X, scrub.y, *theta) for theta in path[:1400]]
        assert np.argmin([sum((s**2).sum() for s in four) for four in slopes]) == 986


def test_a_neuron_parts_rows_when_it_says_more_than_half_to_some_only():
    A1 = np.array([[0.1, 0.9, 0.2, 0.5], [0.4, 0.6, 0.7, 0.9]])
    assert scrub.parting(A1).tolist() == [False, False, True, False]


@pytest.mark.parametrize("name", PARAMETERS)
def test_the_record_holds_each_step_that_is_as_far_as_it_says(name, paths):
    path, also = paths[name], (0, 815, 1470)
    run = scrub.record(path, reach=0.3, also=also)
    places = np.array([np.concatenate([p.ravel() for p in theta]) for theta in path])
    steps = run["step"]
    assert steps[0] == 0 and steps[-1] == 3000 and set(also) < set(steps)
    for before, after in pairwise(steps):
        moved = np.linalg.norm(places[before + 1 : after + 1] - places[before], axis=1)
        assert (moved[:-1] < 0.3).all()
        assert moved[-1] >= 0.3 or after in (*also, 3000)


@pytest.mark.parametrize("name", PARAMETERS)
def test_rounded_weights_give_what_the_page_claims(name, paths):
    path = paths[name]
    run = scrub.record(path)
    for k, step in enumerate(run["step"]):
        rounded = [np.array(run[part][k]) for part in NAMES]
        value = scrub.loss(scrub.X, scrub.y, *rounded)
        assert value == pytest.approx(scrub.loss(scrub.X, scrub.y, *path[step]), abs=1.5e-6)
        assert value == pytest.approx(run["loss"][k], abs=2e-6)
    assert (scrub.gaps(path, run) < [2e-6, 1e-4]).all()


def test_coarser_weights_are_noticed(paths):
    run = scrub.record(paths["solves"])
    for part in NAMES:
        run[part] = [np.round(value, 2).tolist() for value in run[part]]
    assert (scrub.gaps(paths["solves"], run) > [2e-6, 1e-4]).all()
