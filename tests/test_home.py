import gradients
import home
import numpy as np
import torch


def gradient_of_step(step):
    """The slopes along which the step goes, from how far it goes."""

    def gradient(w, b):
        w_next, b_next, _ = step(w, b, eta=1.0)
        return w - w_next, b - b_next

    return gradient


def cross_entropy(w, b):
    y_hat = 1 / (1 + np.exp(-(home.X @ w + b)))
    return -np.sum(home.y * np.log(y_hat) + (1 - home.y) * np.log(1 - y_hat))


def cross_entropy_of_tensors(w, b):
    X, y = torch.tensor(home.X, dtype=torch.float64), torch.tensor(home.y, dtype=torch.float64)
    return torch.nn.BCELoss(reduction="sum")(torch.sigmoid(X @ w + b), y)


def losses():
    return cross_entropy, cross_entropy_of_tensors


PLACE = np.array([0.3, -0.7]), 0.1


def test_step_goes_against_the_gradient_of_the_cross_entropy():
    gradients.check_gradient(*losses(), gradient_of_step(home.step), PLACE)


def test_wrong_step_is_found():
    for right, wrong in (("delta.sum()", "delta.mean()"), ("y_hat - y", "y - y_hat")):
        planted = gradients.mutant(home.step, right, wrong)
        assert gradients.rejects(*losses(), gradient_of_step(planted), PLACE)


def test_predictions_are_those_before_the_step():
    _, _, y_hat = home.step(*PLACE)
    np.testing.assert_allclose(y_hat, 1 / (1 + np.exp(-(home.X @ PLACE[0] + PLACE[1]))), rtol=1e-12)


def test_loss_of_the_picture_is_the_cross_entropy_for_both_targets():
    for target in (0, 1):
        values, _ = home.passes(np.array([1, 0]), target, np.array([0.5, -1.0]), 0.2)
        y_hat, loss = torch.tensor(values[2]), values[3]
        expected = torch.nn.functional.binary_cross_entropy(
            y_hat, torch.tensor(float(target)).double()
        )
        assert abs(loss - expected.item()) < 1e-12
