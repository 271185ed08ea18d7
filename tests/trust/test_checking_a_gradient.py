import numpy as np
import pytest
import torch
from gradients import check_gradient, mutant, rejects
from trust import checking_a_gradient as page

ROWS = pytest.mark.parametrize("rows", [5, 7])


def layer(rows):
    """Random inputs, weights and biases, and what arrives from above."""
    random = np.random.default_rng(rows)
    sizes = (rows, 3), (3, 4), (4,), (rows, 4)
    return [random.normal(size=size) for size in sizes]


def judged(forward, backward, of_tensors, G, *arrays):
    """The arguments with which the judges of the tests look at a backward pass."""

    def slopes(*arrays):
        found = backward(G, *arrays)
        return found if isinstance(found, tuple) else (found,)

    return (
        lambda *arrays: np.sum(G * forward(*arrays)),
        lambda *tensors: (torch.tensor(G) * of_tensors(*tensors)).sum(),
        slopes,
        arrays,
    )


def linear(rows, backward=page.linear_backward):
    X, W, b, G = layer(rows)
    return judged(page.linear, backward, lambda X, W, b: X @ W + b, G, X, W, b)


def softmax(rows, backward=page.softmax_backward):
    _, _, _, Z = layer(rows)
    G = np.random.default_rng(rows + 1).normal(size=Z.shape)
    return judged(page.softmax, backward, lambda Z: torch.softmax(Z, 1), G, Z)


def relu(rows, backward=page.relu_backward):
    Z, _, _, _ = layer(rows)
    G = np.random.default_rng(rows + 1).normal(size=Z.shape)
    return judged(page.relu, backward, torch.relu, G, Z + 0.1 * np.sign(Z))


@ROWS
@pytest.mark.parametrize("case", [linear, softmax, relu])
def test_backward_pass_is_right(case, rows):
    check_gradient(*case(rows))


MISTAKES = [
    (linear, "linear", "G @ W.T", "G @ W"),
    (linear, "linear", "X.T @ G", "X @ G"),
    (linear, "linear", "X.T @ G", "X.T @ G / len(X)"),
    (linear, "linear", "G.sum(axis=0)", "G.sum(axis=1)"),
    (linear, "linear", "G.sum(axis=0)", "G.sum(axis=0, keepdims=True)"),
    (linear, "linear", "G.sum(axis=0)", "G.mean(axis=0)"),
    (softmax, "softmax", "(G - (G * P)", "((G * P)"),
    (softmax, "softmax", "axis=1", "axis=0"),
    (softmax, "softmax", "(G * P).sum(axis=1, keepdims=True)", "P"),
    (softmax, "softmax", "return P *", "return 0 * P *"),
    (relu, "relu", "Z > 0", "Z < 0"),
    (relu, "relu", "G * ", ""),
]


@pytest.mark.parametrize(("case", "name", "right", "wrong"), MISTAKES)
def test_planted_mistake_is_rejected_by_the_tests_and_by_the_checker_of_the_page(
    case, name, right, wrong
):
    planted = mutant(getattr(page, f"{name}_backward"), right, wrong)
    assert rejects(*case(5, planted))
    arrays = case(5)[-1]
    forward = getattr(page, name)
    assert max(page.check_gradient(forward, getattr(page, f"{name}_backward"), *arrays)) < 1e-8
    try:
        errors = page.check_gradient(forward, planted, *arrays)
    except ValueError:
        return  # the shapes do not even fit
    assert max(errors) > 1e-3


@pytest.mark.parametrize(("quotient", "order"), [(page.one_sided, 1), (page.central, 2)])
def test_error_shrinks_with_the_power_of_the_step_that_is_claimed(quotient, order):
    x = np.linspace(0.2, 0.5, 7)
    coarse, fine = (np.abs(quotient(page.f, x, h) - page.slope(x)) for h in (1e-3, 5e-4))
    np.testing.assert_allclose(coarse / fine, 2**order, rtol=0.01)


def test_slope_is_that_of_autograd():
    x = torch.linspace(-2, 2, 9, dtype=torch.float64, requires_grad=True)
    (1 / (1 + x**2)).sum().backward()
    np.testing.assert_allclose(page.slope(x.detach().numpy()), x.grad, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("scale", [1e-1, 1, 1e6])
def test_relative_error_depends_on_neither_scale_nor_order(scale):
    a, b = np.random.default_rng(0).normal(size=(2, 5, 3))
    expected = np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
    assert page.relative_error(scale * a, scale * b) == pytest.approx(expected, rel=1e-12)
    assert page.relative_error(b, a) == page.relative_error(a, b)


def test_shapes_that_only_broadcast_are_no_match():
    assert page.relative_error(np.ones((3, 1)), np.ones((3, 3))) == np.inf


def test_checker_leaves_its_arguments_alone_and_wants_a_slope_for_each():
    X, W, b, _ = layer(5)
    kept = X.copy()
    page.check_gradient(page.linear, page.linear_backward, X, W, b)
    np.testing.assert_array_equal(X, kept)
    with pytest.raises(ValueError, match="shorter"):
        page.check_gradient(page.linear, lambda G, X, W, b: (G @ W.T, X.T @ G), X, W, b)


def test_backward_pass_that_writes_into_its_arguments_is_judged_by_what_arrived():
    Z = relu(5)[-1][0]

    def writes_into_what_arrives(G, Z):
        G *= 2 * (Z > 0)
        return G

    def writes_into_its_input(G, Z):
        Z *= 0
        return G * (Z > 0)

    assert page.check_gradient(page.relu, writes_into_what_arrives, Z)[0] == pytest.approx(1 / 3)
    assert page.check_gradient(page.relu, writes_into_its_input, Z)[0] == pytest.approx(1)


def test_checker_also_judges_integers_and_single_numbers():
    square = lambda t: t * t  # noqa: E731
    assert page.check_gradient(square, lambda g, t: g * 2 * t, 3)[0] < 1e-9
    assert page.check_gradient(square, lambda g, t: g * t, 3)[0] > 0.3


def test_upstream_of_the_checker_is_unlike_any_input_drawn_with_a_common_seed():
    G = []
    page.check_gradient(lambda X: X, lambda g, X: (G.append(g), g)[1], np.zeros((5, 3)))
    for seed in range(100):
        drawn = np.random.default_rng(seed).normal(size=(5, 3))
        assert abs(np.corrcoef(G[0].ravel(), drawn.ravel())[0, 1]) < 0.9


def test_best_steps_lie_within_a_power_of_ten_of_the_rules_of_thumb():
    for dtype in (np.float64, np.float32):
        for quotient, root in ((page.one_sided, 2), (page.central, 3)):
            errors = page.sweep(quotient, dtype)
            best = min(errors, key=errors.get)
            assert 0.1 < best / np.finfo(dtype).eps ** (1 / root) < 10
            assert errors[1.0] > 100 * errors[best] < errors[1e-15]


def test_scores_of_a_thousand_do_not_overflow():
    with np.errstate(over="raise"):
        P = page.softmax(np.array([[1000.0, 0], [0, -1000]]))
    np.testing.assert_array_equal(P, [[1, 0], [1, 0]])
