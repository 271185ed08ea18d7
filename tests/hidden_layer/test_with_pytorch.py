import gradients
import numpy as np
import pytest
import torch
from hidden_layer import with_pytorch
from hidden_layer.with_pytorch import Value, follow_paths, in_order, recurse, walk_back


def draw(rows, D=3, H=4):
    random = np.random.default_rng(rows)
    X, y = random.normal(size=(rows, D)), random.random(size=(rows, 1))
    return X, y, random.normal(size=(D, H)), random.normal(size=(H, 1))


def judged(train, rows):
    """What the judges need; the gradient is read from how far one step goes."""
    X, y, W1, W2 = draw(rows)

    def loss(W1, W2):
        return with_pytorch.train(X, y, W1, W2, steps=1)[0][0]

    def loss_of_tensors(W1, W2):
        y_hat = torch.sigmoid(torch.sigmoid(torch.tensor(X) @ W1) @ W2)
        return torch.nn.functional.mse_loss(y_hat, torch.tensor(y))

    def gradient(W1, W2):
        _, W1_next, W2_next = train(X, y, W1, W2, eta=1.0, steps=1)
        return W1 - W1_next, W2 - W2_next

    return loss, loss_of_tensors, gradient, (W1, W2)


@pytest.mark.parametrize("rows", [5, 7])
def test_one_step_by_hand_goes_against_the_gradient(rows):
    gradients.check_gradient(*judged(with_pytorch.train, rows))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("2 / len(y)", "0.5"),
        ("* A1 * (1 - A1)", ""),
        ("W1 - eta", "W1 + eta"),
        ("delta2 @ W2.T", "delta2"),
        ("A1.T @ delta2", "A1.T @ (y_hat - y)"),
    ],
)
@pytest.mark.parametrize("rows", [5, 7])
def test_a_planted_mistake_in_the_step_is_caught(right, wrong, rows):
    assert gradients.rejects(*judged(gradients.mutant(with_pytorch.train, right, wrong), rows))


@pytest.mark.parametrize("rows", [5, 7])
@pytest.mark.parametrize(("dtype", "bound"), [(torch.float64, 1e-13), (torch.float32, 1e-5)])
def test_the_same_weights_in_give_the_same_numbers_out(rows, dtype, bound):
    X, y, W1, W2 = draw(rows)
    model = with_pytorch.network(W1, W2, dtype)
    theirs = with_pytorch.fit(model, X, y, eta=0.5, steps=200)
    ours, W1, W2 = with_pytorch.train(X, y, W1, W2, eta=0.5, steps=200)
    assert np.abs(ours - theirs).max() < bound
    for mine, weight in zip((W1, W2), model.parameters()):
        assert np.abs(mine.T - weight.detach().numpy()).max() < 20 * bound


def test_a_weight_that_is_reshaped_and_not_turned_is_another_one():
    X, _, W1, _ = draw(5)
    layer = torch.nn.Linear(3, 4, bias=False, dtype=torch.float64)
    for copied, same in ((W1.T, True), (W1.reshape(4, 3), False)):
        Z1 = with_pytorch.load(layer, copied)(torch.from_numpy(X)).detach().numpy()
        assert np.allclose(Z1, X @ W1) is same


def compute(a, b):
    """An expression with forks, in Values or in tensors."""
    c = a * b + a
    d = c * c + b
    return d * c + a * d


@pytest.mark.parametrize("walk", [follow_paths, walk_back])
def test_the_right_walks_agree_with_pytorch(walk):
    a, b = Value(0.7), Value(-1.3)
    walk(compute(a, b))
    tensors = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (0.7, -1.3)]
    compute(*tensors).backward()
    assert [a.grad, b.grad] == pytest.approx([t.grad.item() for t in tensors], rel=1e-12)


def test_the_plain_recursion_is_wrong_where_something_lies_behind_the_fork():
    x, c = Value(3.0), Value(2.0)
    u = x * c
    L = u * u
    L.grad = 1.0
    recurse(L)
    assert (x.grad, 2 * x.data * c.data**2) == (36, 24)


def test_the_plain_recursion_is_wrong_with_two_forks_and_right_with_one_at_an_input():
    for forks, right in ((1, True), (2, False), (3, False)):
        x = v = Value(1.0)
        for _ in range(forks):
            v = v + v
        v.grad = 1.0
        recurse(v)
        assert (x.grad == 2**forks) is right


def test_each_value_stands_behind_all_it_came_from():
    out = compute(Value(0.7), Value(-1.3))
    order = in_order(out, [])
    assert len(order) == len({id(v) for v in order})
    place = {id(v): number for number, v in enumerate(order)}
    assert all(place[id(p)] < place[id(v)] for v in order for p, _ in v.came_from)


def test_the_ordered_walk_visits_each_value_once():
    out = compute(Value(0.7), Value(-1.3))
    walk_back(out)
    assert {v.visits for v in in_order(out, [])} == {1}


def test_handing_on_in_the_forward_order_is_caught():
    a, b = Value(0.7), Value(-1.3)
    out = compute(a, b)
    out.grad = 1.0
    for value in in_order(out, []):  # not reversed
        for parent, slope in value.came_from:
            parent.grad += slope * value.grad
    right = Value(0.7), Value(-1.3)
    walk_back(compute(*right))
    assert abs(a.grad - right[0].grad) > 1e-3
