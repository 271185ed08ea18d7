import gradients
import numpy as np
import pytest
import torch
from one_neuron import problem


@pytest.mark.parametrize("rows", [5, 7])
def test_neuron_is_that_of_pytorch(rows):
    X, _, w, b = gradients.neuron(rows, "between")
    model = torch.nn.Linear(gradients.D, 1, dtype=torch.float64)
    with torch.no_grad():
        model.weight.copy_(torch.tensor(w)[None])
        model.bias.fill_(b)
        expected = torch.sigmoid(model(torch.tensor(X)))[:, 0]
    np.testing.assert_allclose(problem.predict(X, w, b), expected, rtol=1e-12)


def test_prediction_is_one_half_on_the_line_and_more_beyond_it():
    random = np.random.default_rng(0)
    w, b, x1 = random.normal(size=2), random.normal(), random.normal(size=7)
    line = np.stack([x1, -(w[0] * x1 + b) / w[1]], axis=1)
    np.testing.assert_allclose(problem.predict(line, w, b), 0.5, rtol=1e-12)
    assert (problem.predict(line + 0.01 * w, w, b) > 0.5).all()
    assert (problem.predict(line - 0.01 * w, w, b) < 0.5).all()


@pytest.mark.parametrize("scale", [0.5, 2, 10])
def test_larger_parameters_leave_every_decision_as_it_is(scale):
    X, _, w, b = gradients.neuron(7, "between")
    before, after = problem.predict(X, w, b), problem.predict(X, scale * w, scale * b)
    np.testing.assert_array_equal(after > 0.5, before > 0.5)


def test_loss_is_0_at_best_and_the_number_of_rows_at_worst():
    assert problem.loss(problem.y, problem.y) == 0
    assert problem.loss(1 - problem.y, problem.y) == 4


def test_table_is_that_of_or():
    np.testing.assert_array_equal(problem.y, [a or b for a, b in problem.X])
