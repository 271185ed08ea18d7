import functools
import inspect

import numpy as np
import pytest
import torch
from gradients import check_gradient, rejects
from trust import it_trains_and_it_is_wrong as page

NAMES = ["W1", "b1", "W2", "b2", "W3", "b3"]
NUDGE = inspect.signature(page.slopes_by_nudges).parameters["h"].default
SUSPECTS = {
    "rectifier": page.exchange(rectify_back=page.suspect_rectify),
    "1/N twice": page.exchange(linear_back=page.suspect_mean),
    "dropout": page.exchange(drop_back=page.suspect_drop),
    "fork": page.suspect_gradient,
    "mean in the bias": page.exchange(linear_back=page.suspect_linear),
    "sigmoid": page.exchange(sigmoid_back=page.suspect_sigmoid),
}


@functools.cache
def path_of(name):
    """Parameters of the right program or of a suspect, before each step and after the last."""
    if name == "loop":
        return page.suspect_train(page.gradient)
    return page.train(SUSPECTS.get(name, page.gradient))


@functools.cache
def losses(name):
    """Losses of the right program or of a suspect, after each step."""
    return [page.loss(theta, page.X, page.Y) for theta in path_of(name)]


def network(rows):
    """Random rows, targets, kept units and parameters; D = 3, H = 4, K = 2."""
    random = np.random.default_rng(rows)
    X, keep = random.normal(size=(rows, 3)), random.random((rows, 4)) < page.SHARE
    Y = np.eye(2)[random.integers(2, size=rows)]
    sizes = (3, 4), (4,), (4, 4), (4,), (4, 2), (2,)
    return X, Y, keep, [random.normal(size=size) for size in sizes]


def loss_of_tensors(X, Y, keep):
    """The same loss in PyTorch's words."""
    X, Y, kept = torch.tensor(X), torch.tensor(Y), torch.tensor(keep / page.SHARE)

    def loss(W1, b1, W2, b2, W3, b3):
        A = torch.relu(X @ W1 + b1) * kept
        B = A + torch.sigmoid(A @ W2 + b2)
        return torch.nn.functional.cross_entropy(B @ W3 + b3, Y)

    return loss


def judged(gradient, rows=5):
    X, Y, keep, parameters = network(rows)

    def theta(arrays):
        return dict(zip(NAMES, arrays))

    return (
        lambda *arrays: page.loss(theta(arrays), X, Y, keep),
        loss_of_tensors(X, Y, keep),
        lambda *arrays: list(gradient(theta(arrays), X, Y, keep).values()),
        parameters,
    )


@pytest.mark.parametrize("rows", [5, 7])
def test_gradient_is_right(rows):
    check_gradient(*judged(page.gradient, rows))


@pytest.mark.parametrize("name", SUSPECTS)
def test_suspect_is_rejected(name):
    assert rejects(*judged(SUSPECTS[name]))


@pytest.mark.parametrize("name", [*SUSPECTS, "loop"])
def test_loss_of_the_suspect_falls_all_the_same(name):
    assert losses(name)[-1] < 0.95 * losses(name)[0]
    assert np.mean(np.diff(losses(name)) < 0) > 0.5


@pytest.mark.parametrize("name", [*SUSPECTS, "loop", "right"])
def test_judge_of_the_page_names_every_suspect(name, capsys):
    page.judge(path_of(name))
    assert (
        capsys.readouterr().out.count("ok")
        == {
            **{"right": 6, "rectifier": 4, "loop": 0, "1/N twice": 0},
            **{"dropout": 4, "fork": 4, "mean in the bias": 3, "sigmoid": 2},
        }[name]
    )


def test_never_emptied_slopes_are_right_once_and_wrong_from_then_on(capsys):
    path = page.suspect_train(page.gradient)
    page.judge(path, step=0)
    page.judge(path, step=1)
    first, second = capsys.readouterr().out.splitlines()
    assert first.count("ok") == 6 and second.count("ok") == 0


@pytest.mark.parametrize("name", [*SUSPECTS, "loop", "right"])
def test_no_pre_activation_of_the_judged_steps_is_near_the_kink(name):
    for theta in path_of(name)[:2]:
        assert np.abs(page.X @ theta["W1"] + theta["b1"]).min() > 5 * NUDGE


def test_suspect_steps_along_the_slopes_of_neither_network():
    """The first gradient is no multiple of that of the printed loss, nor of the loss in use."""
    way = page.train_suspect()
    parameters = [np.array(value) for value in way[0][0]]
    taken = [(a - b) / 0.1 for a, b in zip(way[0][0], way[1][0])]
    x, target = torch.tensor(page.x), torch.tensor(page.target)

    def printed(w1, b1, w2, b2):
        return ((torch.sigmoid(w2 * x + b2) - target) ** 2).mean() + 0 * (w1 + b1)

    def in_use(w1, b1, w2, b2):
        return ((torch.sigmoid(w2 * torch.sigmoid(w1 * x + b1) + b2) - target) ** 2).mean()

    for loss in printed, in_use:
        slopes = slopes_of(loss, parameters)
        cosine = np.dot(taken, slopes) / np.linalg.norm(taken) / np.linalg.norm(slopes)
        assert cosine < 0.999


def test_loss_in_use_of_the_suspect_falls_at_every_step():
    used = [page.half_squares(parameters) for parameters, _ in page.train_suspect()]
    assert np.all(np.diff(used) < 0)


@pytest.mark.parametrize(("program", "right"), [("suspect", False), ("mended", True)])
def test_smallest_network_descends_the_loss_that_is_used_only_when_mended(program, right):
    way = getattr(page, f"train_{program}")()
    parameters = [np.array(value) for value in way[0][0]]
    taken = [(a - b) / 0.1 for a, b in zip(way[0][0], way[1][0])]

    def of_tensors(w1, b1, w2, b2):
        a = torch.sigmoid(w1 * torch.tensor(page.x) + b1)
        return ((torch.sigmoid(w2 * a + b2) - torch.tensor(page.target)) ** 2).sum() / 2

    case = lambda *p: page.half_squares(p), of_tensors, lambda *_: taken, parameters
    if right:
        check_gradient(*case)
    else:
        assert rejects(*case)
        assert all(abs(o - t) > 1e-4 for o, t in zip(taken, slopes_of(of_tensors, parameters)))


def slopes_of(of_tensors, parameters):
    tensors = [torch.tensor(value, requires_grad=True) for value in parameters]
    of_tensors(*tensors).backward()
    return [float(tensor.grad) for tensor in tensors]


def test_scores_of_a_thousand_do_not_overflow():
    X, _, keep, parameters = network(5)
    parameters[-2] = 1000 * parameters[-2]
    with np.errstate(over="raise"):
        P = page.forward(dict(zip(NAMES, parameters)), X, keep)[-1]
    np.testing.assert_allclose(P.sum(axis=1), 1)
