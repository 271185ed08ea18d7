"""Eight programs whose loss falls, and what is wrong with them.

>>> # --8<-- [start:watch_smallest]
>>> suspect = train_suspect()
>>> for epoch in range(0, 5000, 1000):
...     print(f"epoch {epoch:4}  loss {suspect[epoch][1]:.4f}")
epoch    0  loss 0.2936
epoch 1000  loss 0.0183
epoch 2000  loss 0.0071
epoch 3000  loss 0.0040
epoch 4000  loss 0.0027
>>> tries = np.array([-3, -0.5, 0.75, 3, 1, 0])
>>> print(respond(tries, *suspect[-1][0]).round(8))
[0.07575155 0.08137866 0.80654114 0.93569339 0.89717416 0.12876753]
>>> # --8<-- [end:watch_smallest]

>>> # --8<-- [start:judge_smallest]
>>> mended = train_mended()
>>> for name, way in (("suspect", suspect), ("mended", mended)):
...     before, after = np.array(way[0][0]), np.array(way[1][0])
...     taken = (before - after) / 0.1
...     nudged = [
...         (half_squares(before + e) - half_squares(before - e)) / 2e-5
...         for e in 1e-5 * np.eye(4)
...     ]
...     print(name)
...     for i, letter in enumerate(("w1", "b1", "w2", "b2")):
...         print(f"  {letter}  step {taken[i]:8.5f}  nudge {nudged[i]:8.5f}")
suspect
  w1  step  0.02386  nudge  0.02202
  b1  step -0.00432  nudge -0.00366
  w2  step -0.03397  nudge -0.03705
  b2  step  0.12500  nudge  0.10371
mended
  w1  step  0.02202  nudge  0.02202
  b1  step -0.00366  nudge -0.00366
  w2  step -0.03705  nudge -0.03705
  b2  step  0.10371  nudge  0.10371
>>> # --8<-- [end:judge_smallest]

>>> # --8<-- [start:both_losses]
>>> parameters, reported = suspect[-1]
>>> in_use = ((respond(x, *parameters) - target) ** 2).mean()
>>> print(f"in the end: reported {reported:.4f}, in use {in_use:.4f}")
in the end: reported 0.0020, in use 0.0086
>>> # --8<-- [end:both_losses]

>>> # --8<-- [start:compare_smallest]
>>> for epoch in range(0, 5000, 1000):
...     print(f"epoch {epoch:4}  loss {mended[epoch][1]:.4f}")
epoch    0  loss 0.2517
epoch 1000  loss 0.0127
epoch 2000  loss 0.0045
epoch 3000  loss 0.0026
epoch 4000  loss 0.0018
>>> print(respond(tries, *mended[-1][0]).round(8))
[0.02604618 0.02810493 0.88399002 0.97330026 0.95344092 0.05223964]
>>> # --8<-- [end:compare_smallest]

>>> # --8<-- [start:draw_smallest]
>>> fig = draw_losses(*([loss for _, loss in w] for w in (suspect, mended)))
>>> fig.savefig("it_trains_and_it_is_wrong_smallest.svg")
>>> # --8<-- [end:draw_smallest]

>>> # --8<-- [start:train]
>>> right = train(gradient)
>>> summarise(right)
loss 1.34 → 0.48   right: 41 of 45
>>> # --8<-- [end:train]

>>> # --8<-- [start:judge_right]
>>> judge(right)
W1 ok   b1 ok   W2 ok   b2 ok   W3 ok   b3 ok
>>> Z1 = X @ right[1]["W1"] + right[1]["b1"]  # (N, H)
>>> print(f"nearest to its kink: {np.abs(Z1).min():.4f}")
nearest to its kink: 0.0011
>>> # --8<-- [end:judge_right]

>>> # --8<-- [start:run_rectifier]
>>> wrong = train(exchange(rectify_back=suspect_rectify))
>>> summarise(wrong)
loss 1.34 → 0.61   right: 37 of 45
>>> draw(wrong, right).savefig("it_trains_and_it_is_wrong_rectifier.svg")
>>> # --8<-- [end:run_rectifier]

>>> # --8<-- [start:judge_rectifier]
>>> judge(wrong)
W1 0.35   b1 0.87   W2 ok   b2 ok   W3 ok   b3 ok
>>> # --8<-- [end:judge_rectifier]

>>> # --8<-- [start:run_loop]
>>> wrong = suspect_train(gradient)
>>> summarise(wrong)
loss 1.34 → 0.42   right: 38 of 45
>>> draw(wrong, right).savefig("it_trains_and_it_is_wrong_loop.svg")
>>> # --8<-- [end:run_loop]

>>> # --8<-- [start:judge_loop]
>>> judge(wrong, step=0)
W1 ok   b1 ok   W2 ok   b2 ok   W3 ok   b3 ok
>>> judge(wrong, step=1)
W1 0.36   b1 0.35   W2 0.36   b2 0.41   W3 0.38   b3 0.40
>>> # --8<-- [end:judge_loop]

>>> # --8<-- [start:same_slopes]
>>> slopes = gradient(start(), X, Y, masks[0])
>>> for loop in (train, suspect_train):
...     path = loop(lambda *_: slopes)
...     steps = (path[k]["W1"] - path[k + 1]["W1"] for k in range(3))
...     lengths = [np.linalg.norm(step) for step in steps]
...     print(*(f"{length / lengths[0]:.1f}" for length in lengths))
1.0 1.0 1.0
1.0 2.0 3.0
>>> # --8<-- [end:same_slopes]

>>> # --8<-- [start:run_mean]
>>> wrong = train(exchange(linear_back=suspect_mean))
>>> summarise(wrong)
loss 1.34 → 1.20   right: 18 of 45
>>> draw(wrong, right).savefig("it_trains_and_it_is_wrong_mean.svg")
>>> # --8<-- [end:run_mean]

>>> # --8<-- [start:judge_mean]
>>> judge(wrong)
W1 0.96   b1 0.96   W2 0.96   b2 0.96   W3 0.96   b3 0.96
>>> print(f"a factor of 1/45 gives {(1 - 1 / 45) / (1 + 1 / 45):.2f}")
a factor of 1/45 gives 0.96
>>> feed_twice(gradient)
W1 × 1.0   b1 × 1.0   W2 × 1.0   b2 × 1.0   W3 × 1.0   b3 × 1.0
>>> feed_twice(exchange(linear_back=suspect_mean))
W1 × 0.5   b1 × 0.5   W2 × 0.5   b2 × 0.5   W3 × 0.5   b3 × 0.5
>>> # --8<-- [end:judge_mean]

>>> # --8<-- [start:run_dropout]
>>> wrong = train(exchange(drop_back=suspect_drop))
>>> summarise(wrong)
loss 1.34 → 0.51   right: 40 of 45
>>> draw(wrong, right).savefig("it_trains_and_it_is_wrong_dropout.svg")
>>> # --8<-- [end:run_dropout]

>>> # --8<-- [start:judge_dropout]
>>> judge(wrong)
W1 0.11   b1 0.11   W2 ok   b2 ok   W3 ok   b3 ok
>>> # --8<-- [end:judge_dropout]

>>> # --8<-- [start:run_fork]
>>> wrong = train(suspect_gradient)
>>> summarise(wrong)
loss 1.34 → 0.66   right: 39 of 45
>>> draw(wrong, right).savefig("it_trains_and_it_is_wrong_fork.svg")
>>> # --8<-- [end:run_fork]

>>> # --8<-- [start:judge_fork]
>>> judge(wrong)
W1 0.86   b1 0.83   W2 ok   b2 ok   W3 ok   b3 ok
>>> # --8<-- [end:judge_fork]

>>> # --8<-- [start:run_bias]
>>> wrong = train(exchange(linear_back=suspect_linear))
>>> summarise(wrong)
loss 1.34 → 0.63   right: 38 of 45
>>> draw(wrong, right).savefig("it_trains_and_it_is_wrong_bias.svg")
>>> # --8<-- [end:run_bias]

>>> # --8<-- [start:judge_bias]
>>> judge(wrong)
W1 ok   b1 0.96   W2 ok   b2 0.96   W3 ok   b3 0.96
>>> # --8<-- [end:judge_bias]

>>> # --8<-- [start:run_sigmoid]
>>> wrong = train(exchange(sigmoid_back=suspect_sigmoid))
>>> summarise(wrong)
loss 1.34 → 0.47   right: 39 of 45
>>> draw(wrong, right).savefig("it_trains_and_it_is_wrong_sigmoid.svg")
>>> # --8<-- [end:run_sigmoid]

>>> # --8<-- [start:judge_sigmoid]
>>> judge(wrong)
W1 0.19   b1 0.19   W2 0.91   b2 0.96   W3 ok   b3 ok
>>> # --8<-- [end:judge_sigmoid]
>>> # --8<-- [start:broadcast]
>>> y = np.array([0.0, 1, 1, 0])
>>> y_hat = y.reshape(4, 1)
>>> error = y_hat - y
>>> print("shape", error.shape, " loss", (error**2).mean())
shape (4, 4)  loss 0.5
>>> # --8<-- [end:broadcast]

>>> # --8<-- [start:switch_off]
>>> theta = right[1]
>>> truth = slopes_by_nudges(theta, SHARE)
>>> suspect_slopes = exchange(drop_back=suspect_drop)
>>> slopes = suspect_slopes(theta, X, Y, SHARE)
>>> agree = [np.allclose(slopes[n], truth[n], atol=1e-8) for n in theta]
>>> print("all six agree:", all(agree))
all six agree: True
>>> # --8<-- [end:switch_off]

>>> # --8<-- [start:feed_others]
>>> for piece in (
...     {"linear_back": suspect_linear}, {"rectify_back": suspect_rectify},
...     {"drop_back": suspect_drop}, {"sigmoid_back": suspect_sigmoid},
... ):
...     print(*piece)
...     feed_twice(exchange(**piece))
linear_back
W1 × 1.0   b1 × 0.5   W2 × 1.0   b2 × 0.5   W3 × 1.0   b3 × 0.5
rectify_back
W1 × 1.0   b1 × 1.0   W2 × 1.0   b2 × 1.0   W3 × 1.0   b3 × 1.0
drop_back
W1 × 1.0   b1 × 1.0   W2 × 1.0   b2 × 1.0   W3 × 1.0   b3 × 1.0
sigmoid_back
W1 × 1.0   b1 × 1.0   W2 × 1.0   b2 × 1.0   W3 × 1.0   b3 × 1.0
>>> # --8<-- [end:feed_others]
"""

# --8<-- [start:import]
from functools import partial

import matplotlib.pyplot as plt
import numpy as np

# --8<-- [end:import]


# --8<-- [start:smallest]
x = np.array([-2.0, -1, 0, 1, 2])  # (5,)
target = np.array([0.0, 0, 0, 1, 1])  # (5,)


def sigmoid(z):
    """Logistic function of z, any shape."""
    return 1 / (1 + np.exp(-z))


def respond(x, w1, b1, w2, b2):
    """What the trained network says to the inputs x (N,), as (N,)."""
    a = sigmoid(w1 * x + b1)  # (N,)
    return sigmoid(w2 * a + b2)  # (N,)
    # --8<-- [end:smallest]


# --8<-- [start:suspect_smallest]
def train_suspect():
    """Parameters and loss before each epoch and after the last."""
    w1, w2 = np.random.RandomState(42).randn(2)
    b1 = b2 = 0.0
    way = []
    for _ in range(5001):
        a = sigmoid(w1 * x + b1)  # (N,)
        y_hat = sigmoid(w2 * x + b2)  # (N,)
        way.append(((w1, b1, w2, b2), ((y_hat - target) ** 2).mean()))
        delta2 = (y_hat - target) * y_hat * (1 - y_hat)  # (N,)
        delta1 = delta2 * w2 * a * (1 - a)  # (N,)
        w1, b1 = w1 - 0.1 * delta1 @ x, b1 - 0.1 * delta1.sum()
        w2, b2 = w2 - 0.1 * delta2 @ a, b2 - 0.1 * delta2.sum()
    return way
    # --8<-- [end:suspect_smallest]


# --8<-- [start:mended_smallest]
def train_mended():
    """Parameters and loss before each epoch and after the last."""
    w1, w2 = np.random.RandomState(42).randn(2)
    b1 = b2 = 0.0
    way = []
    for _ in range(5001):
        a = sigmoid(w1 * x + b1)  # (N,)
        y_hat = sigmoid(w2 * a + b2)  # (N,)
        way.append(((w1, b1, w2, b2), ((y_hat - target) ** 2).mean()))
        delta2 = (y_hat - target) * y_hat * (1 - y_hat)  # (N,)
        delta1 = delta2 * w2 * a * (1 - a)  # (N,)
        w1, b1 = w1 - 0.1 * delta1 @ x, b1 - 0.1 * delta1.sum()
        w2, b2 = w2 - 0.1 * delta2 @ a, b2 - 0.1 * delta2.sum()
    return way


def half_squares(parameters):
    """Half the summed squared error of the network that will be used."""
    return ((respond(x, *parameters) - target) ** 2).sum() / 2
    # --8<-- [end:mended_smallest]


# --8<-- [start:plot_losses]
def draw_losses(wrong, right):
    """Figure of two lists of losses."""
    fig, ax = plt.subplots(figsize=(5.4, 2.4))
    ax.plot(right, color="#0072b2", label="as it should be")
    ax.plot(wrong, "--", color="#c1440e", label="the suspect")
    ax.set(xlabel="step", ylabel="loss", ylim=0)
    ax.legend()
    return fig
    # --8<-- [end:plot_losses]


# --8<-- [start:data]
turn = np.linspace(0.3, 1.2, 15)  # (T,)
arms = [2.5 * turn + 2 * np.pi * k / 3 for k in range(3)]
X = np.stack([turn * np.cos(arms), turn * np.sin(arms)], axis=2)
X = X.reshape(45, 2)  # (N, D)
Y = np.repeat(np.eye(3), 15, axis=0)  # (N, K)
ETA, SHARE, STEPS = 0.1, 0.8, 80
# --8<-- [end:data]


# --8<-- [start:start]
def start():
    """Weights and biases to begin with, for D = 2, H = 8, K = 3."""
    random = np.random.default_rng(0)
    W1 = random.normal(size=(2, 8))
    W2 = random.normal(size=(8, 8)) / 5
    W3 = random.normal(size=(8, 3)) / 3
    b1, b2, b3 = np.zeros(8), np.zeros(8), np.zeros(3)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


masks = np.random.default_rng(1).random((STEPS, 45, 8)) < SHARE
# --8<-- [end:start]


# --8<-- [start:forward]
def forward(theta, X, keep=SHARE):
    """Values of every station for the rows of X (N, D)."""
    Z1 = X @ theta["W1"] + theta["b1"]
    R = np.maximum(Z1, 0)
    A = R * keep / SHARE
    Z2 = A @ theta["W2"] + theta["b2"]
    B = A + sigmoid(Z2)
    Z3 = B @ theta["W3"] + theta["b3"]
    powers = np.exp(Z3 - Z3.max(axis=1, keepdims=True))
    return R, A, Z2, B, powers / powers.sum(axis=1, keepdims=True)


def loss(theta, X, Y, keep=SHARE):
    """Mean cross-entropy of the rows of X (N, D) with targets Y (N, K)."""
    P = forward(theta, X, keep)[-1]  # (N, K)
    return -(Y * np.log(P)).sum() / len(Y)
    # --8<-- [end:forward]


# --8<-- [start:backward_pieces]
def linear_back(G, X, W):
    """Slopes along weights, biases and inputs, when G arrives."""
    return X.T @ G, G.sum(axis=0), G @ W.T


def sigmoid_back(G, Z):
    """Slopes along Z of a sigmoid, when G arrives."""
    return G * sigmoid(Z) * (1 - sigmoid(Z))


def drop_back(G, keep):
    """Slopes below dropout, when G arrives."""
    return G * keep / SHARE


def rectify_back(G, R):
    """Slopes below a rectifier that put out R, when G arrives."""
    return G * (R > 0)
    # --8<-- [end:backward_pieces]


# --8<-- [start:gradient]
def gradient(
    theta,
    X,
    Y,
    keep,
    linear_back=linear_back,
    sigmoid_back=sigmoid_back,
    drop_back=drop_back,
    rectify_back=rectify_back,
):
    """Slopes of the loss, as a dict like theta."""
    R, A, Z2, B, P = forward(theta, X, keep)
    G = (P - Y) / len(Y)  # (N, K)
    dW3, db3, dB = linear_back(G, B, theta["W3"])
    G = sigmoid_back(dB, Z2)  # (N, H)
    dW2, db2, dA = linear_back(G, A, theta["W2"])
    dA += dB
    G = rectify_back(drop_back(dA, keep), R)  # (N, H)
    dW1, db1, _ = linear_back(G, X, theta["W1"])
    return dict(W1=dW1, b1=db1, W2=dW2, b2=db2, W3=dW3, b3=db3)
    # --8<-- [end:gradient]


# --8<-- [start:exchange]
def exchange(**suspects):
    """Backward pass in which a suspect stands in for the piece it names."""
    return partial(gradient, **suspects)
    # --8<-- [end:exchange]


# --8<-- [start:train_loop]
def train(gradient):
    """List of the parameters before each step and after the last."""
    path = [start()]
    for keep in masks:
        theta = path[-1]
        slopes = gradient(theta, X, Y, keep)
        path.append({n: theta[n] - ETA * slopes[n] for n in theta})
    return path


def summarise(path):
    """Print first and last loss, and the rows classified correctly."""
    P = forward(path[-1], X)[-1]  # (N, K)
    hits = (P.argmax(axis=1) == Y.argmax(axis=1)).sum()
    first, last = loss(path[0], X, Y), loss(path[-1], X, Y)
    print(f"loss {first:.2f} → {last:.2f}   right: {hits} of {len(Y)}")
    # --8<-- [end:train_loop]


# --8<-- [start:judge]
def slopes_by_nudges(theta, keep, h=1e-5):
    """Slopes of the loss from nudges, as a dict like theta."""
    slopes = {name: np.zeros_like(value) for name, value in theta.items()}
    for name in theta:
        for place in np.ndindex(theta[name].shape):
            moved = {n: value.copy() for n, value in theta.items()}
            moved[name][place] += h
            up = loss(moved, X, Y, keep)
            moved[name][place] -= 2 * h
            slopes[name][place] = (up - loss(moved, X, Y, keep)) / (2 * h)
    return slopes


def judge(path, step=1):
    """Print how far the step that was taken is from the true slopes."""
    found = []
    truth = slopes_by_nudges(path[step], masks[step])
    for name in truth:
        taken = (path[step][name] - path[step + 1][name]) / ETA
        size = np.linalg.norm(taken) + np.linalg.norm(truth[name])
        error = np.linalg.norm(taken - truth[name]) / size
        found.append(name + (" ok" if error < 1e-6 else f" {error:.2f}"))
    print(*found, sep="   ")
    # --8<-- [end:judge]


# --8<-- [start:plot]
def draw(wrong, right):
    """Figure of the losses of a suspect and of the right program."""
    wrong, right = ([loss(t, X, Y) for t in p] for p in (wrong, right))
    return draw_losses(wrong, right)
    # --8<-- [end:plot]


# --8<-- [start:suspect_rectify]
def suspect_rectify(G, R):
    """Slopes below a rectifier that put out R, when G arrives."""
    open_gates = R >= 0
    return np.where(open_gates, G, 0)
    # --8<-- [end:suspect_rectify]


# --8<-- [start:suspect_train]
def suspect_train(gradient):
    """List of the parameters before each step and after the last."""
    path = [start()]
    slopes = {name: 0 for name in path[0]}
    for keep in masks:
        theta = path[-1]
        for name, value in gradient(theta, X, Y, keep).items():
            slopes[name] = slopes[name] + value
        path.append({n: theta[n] - ETA * slopes[n] for n in theta})
    return path
    # --8<-- [end:suspect_train]


# --8<-- [start:suspect_mean]
def suspect_mean(G, X, W):
    """Slopes along weights, biases and inputs, when G arrives."""
    N = len(X)
    return X.T @ G / N, G.sum(axis=0) / N, G @ W.T
    # --8<-- [end:suspect_mean]


# --8<-- [start:feed_twice]
def feed_twice(gradient):
    """Print how much slopes grow when every row comes twice."""
    theta, keep = start(), masks[0]
    once = gradient(theta, X, Y, keep)
    twice = gradient(theta, *(np.vstack([v, v]) for v in (X, Y, keep)))
    size = np.linalg.norm
    growth = {name: size(twice[name]) / size(once[name]) for name in once}
    print(*(f"{name} × {growth[name]:.1f}" for name in growth), sep="   ")
    # --8<-- [end:feed_twice]


# --8<-- [start:suspect_drop]
def suspect_drop(G, keep):
    """Slopes below dropout, when G arrives."""
    return np.where(keep, G, 0)
    # --8<-- [end:suspect_drop]


# --8<-- [start:suspect_gradient]
def suspect_gradient(theta, X, Y, keep):
    """Slopes of the loss, as a dict like theta."""
    R, A, Z2, B, P = forward(theta, X, keep)
    G = (P - Y) / len(Y)  # (N, K)
    dW3, db3, dB = linear_back(G, B, theta["W3"])
    dA = dB
    G = sigmoid_back(dB, Z2)  # (N, H)
    dW2, db2, dA = linear_back(G, A, theta["W2"])
    G = rectify_back(drop_back(dA, keep), R)  # (N, H)
    dW1, db1, _ = linear_back(G, X, theta["W1"])
    return dict(W1=dW1, b1=db1, W2=dW2, b2=db2, W3=dW3, b3=db3)
    # --8<-- [end:suspect_gradient]


# --8<-- [start:suspect_linear]
def suspect_linear(G, X, W):
    """Slopes along weights, biases and inputs, when G arrives."""
    return X.T @ G, G.mean(axis=0), G @ W.T
    # --8<-- [end:suspect_linear]


# --8<-- [start:suspect_sigmoid]
def sigmoid_slope(a):
    """Slope of the logistic function."""
    return a * (1 - a)


def suspect_sigmoid(G, Z):
    """Slopes along Z of a sigmoid, when G arrives."""
    return G * sigmoid_slope(Z)
    # --8<-- [end:suspect_sigmoid]
