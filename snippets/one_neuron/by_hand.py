"""One neuron learns OR, by hand: NumPy, a loop, and the four lines of the derivation.

The session that the page shows:

>>> # --8<-- [start:draw_weights]
>>> random = np.random.RandomState(1)
>>> w_start = random.rand(2)  # (D,)
>>> b_start = random.rand()
>>> print(w_start.round(6), round(b_start, 6))
[0.417022 0.720324] 0.000114
>>> # --8<-- [end:draw_weights]

>>> # --8<-- [start:train]
>>> path = train(X, y, w_start, b_start)
>>> for step in range(0, 10_000, 1000):
...     print(f"step {step:5}  loss {loss(predict(X, *path[step]), y):.2e}")
step     0  loss 1.47e+00
step  1000  loss 2.33e-01
step  2000  loss 1.09e-01
step  3000  loss 6.98e-02
step  4000  loss 5.10e-02
step  5000  loss 4.00e-02
step  6000  loss 3.29e-02
step  7000  loss 2.79e-02
step  8000  loss 2.43e-02
step  9000  loss 2.14e-02
>>> # --8<-- [end:train]

>>> # --8<-- [start:tabulate]
>>> w, b = path[-1]
>>> print(w.round(8), f"{b:.8f}")
[9.98578506 9.98589032] -4.52752860
>>> for row, target, y_hat in zip(X, y, predict(X, w, b)):
...     print(row, "→", f"{y_hat:.6f}", "should be", target)
[0. 0.] → 0.010692 should be 0.0
[0. 1.] → 0.995758 should be 1.0
[1. 0.] → 0.995757 should be 1.0
[1. 1.] → 1.000000 should be 1.0
>>> # --8<-- [end:tabulate]

>>> # --8<-- [start:cross]
>>> print(f"crosses the axes at {-b / w[0]:.3f} and {-b / w[1]:.3f}")
crosses the axes at 0.453 and 0.453
>>> # --8<-- [end:cross]

>>> # --8<-- [start:look_back]
>>> for step in (0, 10, 100, 1000, 10_000):
...     w, b = path[step]
...     print(f"step {step:5}  w {w.round(2)}  b {b:.2f}  loss {loss(predict(X, w, b), y):.2f}")
step     0  w [0.42 0.72]  b 0.00  loss 1.47
step    10  w [0.61 0.9 ]  b 0.17  loss 1.27
step   100  w [1.49 1.69]  b 0.54  loss 0.87
step  1000  w [4.82 4.84]  b -1.84  loss 0.23
step 10000  w [9.99 9.99]  b -4.53  loss 0.02
>>> # --8<-- [end:look_back]

>>> # --8<-- [start:draw_loss]
>>> draw_loss(path).savefig("by_hand_loss.svg")
>>> # --8<-- [end:draw_loss]

>>> # --8<-- [start:draw_boundary]
>>> draw_boundary(path).savefig("by_hand_boundary.svg")
>>> # --8<-- [end:draw_boundary]

>>> # --8<-- [start:draw_surface]
>>> draw_surface(path).savefig("by_hand_surface.svg")
>>> # --8<-- [end:draw_surface]

>>> # --8<-- [start:raise_rate]
>>> for eta in (0.05, 0.5, 5, 20, 50):
...     path = train(X, y, w_start, b_start, eta=eta)
...     seen = [loss(predict(X, *path[step]), y) for step in (1, 100, 10_000)]
...     print(f"rate {eta:<4}  loss", *(f"{value:.5f}" for value in seen))
rate 0.05  loss 1.44273 0.86821 0.01918
rate 0.5   loss 1.24814 0.23220 0.00182
rate 5     loss 0.89797 0.01900 0.00018
rate 20    loss 0.99962 0.99847 0.00005
rate 50    loss 1.00000 1.00000 1.00000
>>> # --8<-- [end:raise_rate]

>>> # --8<-- [start:saturate]
>>> w, b = path[1]
>>> print("after one step at rate 50:", w.round(2), round(b, 2))
after one step at rate 50: [21.58 20.92] 19.67
>>> print("predictions", predict(X, w, b).round(6))
predictions [1. 1. 1. 1.]
>>> print("slope along b", f"{gradient(X, y, w, b)[1]:.1e}")
slope along b 2.9e-09
>>> print("steps until it is back:", f"about {np.exp(b) / 50:.0e}")
steps until it is back: about 7e+06
>>> # --8<-- [end:saturate]

>>> # --8<-- [start:drop_activation]
>>> def line_gradient(X, y, w, b):
...     error = X @ w + b - y  # (N,)
...     delta = np.sign(error)  # (N,)
...     return X.T @ delta, delta.sum()
>>> w, b = w_start, b_start
>>> for step in range(10_000):
...     grad_w, grad_b = line_gradient(X, y, w, b)
...     w, b = w - 0.05 * grad_w, b - 0.05 * grad_b
>>> print("outputs", (X @ w + b).round(3), "loss", round(loss(X @ w + b, y), 6))
outputs [0.    0.72  0.417 1.137] loss 1.0
>>> print("slopes", grad_w, grad_b)
slopes [0. 0.] 0.0
>>> print("another", X @ np.array([0.5, 0.5]) + 0.25)
another [0.25 0.75 0.75 1.25]
>>> # --8<-- [end:drop_activation]

>>> # --8<-- [start:start_at_zero]
>>> path = train(X, y, np.zeros(2), 0.0)
>>> for step in (0, 1, 1000, 10_000):
...     w, b = path[step]
...     print(f"step {step:5}  w {w.round(6)}  loss {loss(predict(X, w, b), y):.4f}")
step     0  w [0. 0.]  loss 2.0000
step     1  w [0.025 0.025]  loss 1.9625
step  1000  w [4.596366 4.596366]  loss 0.2595
step 10000  w [9.965157 9.965157]  loss 0.0194
>>> # --8<-- [end:start_at_zero]

>>> # --8<-- [start:learn_and]
>>> y_and = np.array([0, 0, 0, 1.0])  # (N,)
>>> w, b = train(X, y_and, w_start, b_start)[-1]
>>> print(predict(X, w, b).round(4), w.round(2), round(b, 2))
[0.     0.0107 0.0107 0.9849] [8.7 8.7] -13.23
>>> # --8<-- [end:learn_and]

>>> # --8<-- [start:swap_sign]
>>> w, b = w_start, b_start
>>> for step in range(100):
...     grad_w, grad_b = gradient(X, y, w, b)
...     w, b = w + 0.05 * grad_w, b + 0.05 * grad_b
>>> print("loss", round(loss(predict(X, w, b), y), 4))
loss 2.975
>>> # --8<-- [end:swap_sign]

>>> # --8<-- [start:recover]
>>> w, b = w_start, b_start
>>> for step in range(101):
...     if step in (0, 1, 2, 10, 100):
...         print(f"step {step:3}  loss {loss(predict(X, w, b), y):.4f}")
...     delta = predict(X, w, b) - y  # (N,)
...     w, b = w - 50 * X.T @ delta, b - 50 * delta.sum()
step   0  loss 1.4673
step   1  loss 1.0000
step   2  loss 0.0730
step  10  loss 0.0001
step 100  loss 0.0001
>>> # --8<-- [end:recover]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

# --8<-- [end:import]

# --8<-- [start:data]
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)  # (N, D)
y = np.array([0, 1, 1, 1], dtype=float)  # (N,)
# --8<-- [end:data]


# --8<-- [start:predict]
def predict(X, w, b):
    """Prediction between 0 and 1 for each row of X (N, D), as (N,)."""
    z = X @ w + b  # (N,)
    return 1 / (1 + np.exp(-z))
    # --8<-- [end:predict]


# --8<-- [start:loss]
def loss(y_hat, y):
    """Sum of the absolute errors of the predictions y_hat (N,) against y (N,)."""
    return np.abs(y_hat - y).sum()
    # --8<-- [end:loss]


# --8<-- [start:gradient]
def gradient(X, y, w, b):
    """Slopes of the loss along w, as (D,), and along b, for rows X (N, D)."""
    y_hat = predict(X, w, b)
    delta = np.sign(y_hat - y) * y_hat * (1 - y_hat)  # (N,)
    return X.T @ delta, delta.sum()
    # --8<-- [end:gradient]


# --8<-- [start:descend]
def train(X, y, w, b, eta=0.05, steps=10_000):
    """List of the parameters (w, b) before each step and after the last."""
    path = [(w, b)]
    for _ in range(steps):
        grad_w, grad_b = gradient(X, y, w, b)
        w = w - eta * grad_w  # (D,)
        b = b - eta * grad_b
        path.append((w, b))
    return path
    # --8<-- [end:descend]


# --8<-- [start:plot_loss]
def draw_loss(path):
    """Figure of the loss at each step, both axes logarithmic."""
    losses = [loss(predict(X, w, b), y) for w, b in path]
    fig, ax = plt.subplots()
    ax.loglog(range(1, len(losses) + 1), losses, color="#0072b2")
    ax.set(xlabel="step, counted from 1", ylabel="loss, sum over four rows")
    return fig
    # --8<-- [end:plot_loss]


# --8<-- [start:plot_boundary]
def draw_boundary(path):
    """Figure of the four rows and of the line where the prediction is 0.5, at four steps."""
    fig, ax = plt.subplots(figsize=(4.6, 4.6))
    x1 = np.array([-0.5, 1.5])
    for step, style in ((0, ":"), (100, "-."), (1000, "--"), (10_000, "-")):
        w, b = path[step]
        ax.plot(x1, -(w[0] * x1 + b) / w[1], style, color="#00795a", label=f"step {step:,}")
    for target, marker in ((0, "o"), (1, "s")):
        ax.plot(*X[y == target].T, marker, color="#b36b00", ms=11, label=f"target {target}")
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    fig.legend(loc="outside lower center", ncols=3)
    return fig
    # --8<-- [end:plot_boundary]


# --8<-- [start:plot_surface]
def draw_surface(path):
    """Figure of the loss where both weights are equal, with the way that training took."""
    weights, biases = np.meshgrid(np.linspace(-2, 12, 57), np.linspace(-8, 4, 49))
    heights = [
        [loss(predict(X, np.full(2, v), b), y) for v, b in zip(*row)]
        for row in zip(weights, biases)
    ]
    way = np.array([[w.mean(), b] for w, b in path])  # (steps, 2)
    fig, ax = plt.subplots()
    contours = ax.contour(weights, biases, heights, [0.05, 0.2, 1, 2], colors="#0072b2")
    ax.clabel(contours)
    ax.plot(*way.T, color="#00795a", lw=4)
    ax.plot(*way[[0, -1]].T, "o", color="#00795a", ms=9)
    ax.set(xlabel="both weights", ylabel="bias")
    return fig
    # --8<-- [end:plot_surface]
