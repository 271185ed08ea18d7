import itertools

import gradients
import numpy as np
import torch
from one_neuron import by_hand


@gradients.CASES
def test_gradient_is_that_of_the_loss(rows, targets):
    gradients.check_neuron(by_hand, by_hand.gradient, rows, targets)


@gradients.MISTAKES
def test_wrong_gradient_is_found(right, wrong):
    assert gradients.rejects_neuron(by_hand, gradients.mutant(by_hand.gradient, right, wrong))


def test_gradient_vanishes_where_prediction_and_target_are_equal():
    X, _, w, b = gradients.neuron(5, "between")
    slopes = by_hand.gradient(X, by_hand.predict(X, w, b), w, b)
    assert np.all(slopes[0] == 0)
    assert slopes[1] == 0


def test_loss_is_the_sum_of_absolute_errors():
    _, y, *_ = gradients.neuron(7, "0 or 1")
    y_hat = np.random.default_rng(0).uniform(size=7)
    errors = torch.nn.L1Loss(reduction="sum")(torch.tensor(y_hat), torch.tensor(y))
    np.testing.assert_allclose(by_hand.loss(y_hat, y), errors.item(), rtol=1e-12)


def test_training_steps_against_the_gradient():
    X, y, w, b = gradients.neuron(5, "0 or 1")
    path = by_hand.train(X, y, w, b, eta=0.3, steps=2)
    assert len(path) == 3
    for (w, b), (w_next, b_next) in itertools.pairwise(path):
        grad_w, grad_b = by_hand.gradient(X, y, w, b)
        np.testing.assert_allclose(w - w_next, 0.3 * grad_w, rtol=1e-12)
        np.testing.assert_allclose(b - b_next, 0.3 * grad_b, rtol=1e-12)


def test_training_leaves_its_start_alone():
    X, y, w, b = gradients.neuron(5, "0 or 1")
    before = w.copy()
    path = by_hand.train(X, y, w, b, steps=3)
    np.testing.assert_array_equal(w, before)
    assert len({tuple(w) for w, _ in path}) == 4
