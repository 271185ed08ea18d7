import gradients
import numpy as np
import pytest
import torch
from one_neuron import by_hand, on_a_gpu
from torch.utils.flop_counter import FlopCounterMode


@pytest.mark.parametrize(
    ("cuda", "mps", "device"),
    [
        (True, True, "cuda"),
        (True, False, "cuda"),
        (False, True, "mps"),
        (False, False, "cpu"),
    ],
)
def test_first_accelerator_there_is_gets_picked(monkeypatch, cuda, mps, device):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert on_a_gpu.pick_device() == torch.device(device)


@pytest.mark.parametrize("device", ["cuda", "mps", "cpu"])
def test_waiting_asks_the_device_at_hand_and_no_other(monkeypatch, device):
    asked = []
    monkeypatch.setattr(torch.cuda, "synchronize", lambda: asked.append("cuda"))
    monkeypatch.setattr(torch.mps, "synchronize", lambda: asked.append("mps"))
    on_a_gpu.wait(torch.device(device))
    assert asked == [device] * (device != "cpu")


def test_median_is_that_of_the_runs_after_the_first(monkeypatch):
    events, clock = [], iter([0, 5, 10, 11, 20, 23])
    monkeypatch.setattr(on_a_gpu, "wait", lambda device: events.append("wait"))
    monkeypatch.setattr(on_a_gpu.time, "perf_counter", lambda: next(clock))
    seconds = on_a_gpu.median_time(lambda: events.append("work"), torch.device("cpu"), repeats=3)
    assert seconds == 3
    assert events == ["work", "wait"] * 4


def start():
    return by_hand.X, by_hand.y, np.array([0.417022, 0.720324]), 0.000114


def test_plain_loop_trains_the_same_neuron():
    X, y, w, b = start()
    rows = [(*map(float, x), float(target)) for x, target in zip(X, y)]
    trained = on_a_gpu.train_plain(rows, *map(float, w), b, steps=1000)
    w, b = by_hand.train(X, y, w, b, steps=1000)[-1]
    np.testing.assert_allclose(trained, [*w, b], rtol=1e-12)


def test_model_trains_the_same_neuron_in_single_precision():
    X, y, w, b = start()
    model = on_a_gpu.neuron(list(w), b)
    X_t, y_t = (torch.tensor(values, dtype=torch.float32) for values in (X, y))
    on_a_gpu.fit(model, X_t, y_t[:, None], steps=1000)
    w, b = by_hand.train(X, y, w, b, steps=1000)[-1]
    np.testing.assert_allclose(model[0].weight.detach()[0], w, atol=1e-4)
    np.testing.assert_allclose(model[0].bias.detach()[0], b, atol=1e-4)


@gradients.CASES
def test_plain_loop_steps_against_the_gradient(rows, targets):
    X, y, w, b = gradients.neuron(rows, targets)
    X, w = X[:, :2], w[:2]

    def gradient(w, b):
        moved = on_a_gpu.train_plain([*zip(*X.T, y)], *w, b, eta=1.0, steps=1)
        return w - moved[:2], b - moved[2]

    def loss(w, b):
        return by_hand.loss(by_hand.predict(X, w, b), y)

    gradients.check_gradient(loss, gradients.absolute_loss(X, y), gradient, (w, b))


def test_layer_step_changes_every_weight():
    step = on_a_gpu.layer_step(width=8, rows=4, device=torch.device("cpu"))
    model = step.__closure__[[*step.__code__.co_freevars].index("model")].cell_contents
    before = model[0].weight.detach().clone()
    step()
    assert (model[0].weight != before).all()


@pytest.mark.parametrize(("rows", "width"), [(4, 1), (4, 64), (5, 3)])
def test_multiplications_are_those_that_pytorch_counts(rows, width):
    step = on_a_gpu.layer_step(width, rows, torch.device("cpu"))
    with FlopCounterMode(display=False) as counter:
        step()
    multiplications_and_additions = counter.get_total_flops()
    assert 2 * on_a_gpu.count_multiplications(rows, width) == multiplications_and_additions
