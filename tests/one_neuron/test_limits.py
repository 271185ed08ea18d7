import numpy as np
import pytest
import torch
from one_neuron import limits


@pytest.mark.parametrize("scale", [0.1, 1, 100])
def test_no_random_neuron_gets_all_rows_of_xor_right(scale):
    random = np.random.default_rng(0)
    w1, w2, b = scale * random.normal(size=(3, 100_000))
    says_one = limits.X @ np.stack([w1, w2]) + b > 0
    rows_right = (says_one == limits.y[:, None]).sum(axis=0)
    assert rows_right.max() == 3


@pytest.mark.parametrize(
    ("signal", "loss"),
    [
        (limits.absolute, torch.nn.L1Loss(reduction="sum")),
        (limits.cross_entropy, torch.nn.BCELoss(reduction="sum")),
    ],
)
@pytest.mark.parametrize("rows", [5, 7])
def test_error_signals_are_those_of_autograd(signal, loss, rows):
    random = np.random.default_rng(rows)
    z = torch.tensor(random.normal(size=rows), requires_grad=True)
    y = random.integers(2, size=rows).astype(float)
    loss(torch.sigmoid(z), torch.tensor(y)).backward()
    y_hat = torch.sigmoid(z).detach().numpy()
    np.testing.assert_allclose(signal(y_hat, y), z.grad.numpy(), rtol=1e-12)


def test_persons_3_and_6_are_the_only_contradiction():
    same = [
        (i + 1, k + 1)
        for i in range(8)
        for k in range(i)
        if (limits.people[i] == limits.people[k]).all() and limits.positive[i] != limits.positive[k]
    ]
    assert same == [(6, 3)]


@pytest.mark.parametrize(("name", "lowest"), [("squared error", 0.5), ("cross-entropy", np.log(4))])
def test_no_answer_to_a_contradiction_beats_one_half(name, lowest):
    p = np.random.default_rng(0).uniform(1e-6, 1 - 1e-6, 10_000)
    assert limits.pair_losses(0.5)[name] == pytest.approx(lowest, rel=1e-12)
    assert (limits.pair_losses(p)[name] >= lowest).all()


def test_every_answer_to_a_contradiction_has_the_same_absolute_error():
    p = np.random.default_rng(0).uniform(size=10_000)
    np.testing.assert_allclose(limits.pair_losses(p)["absolute error"], 1, rtol=1e-12)
