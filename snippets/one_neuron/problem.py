"""What one neuron computes, and how wrong it is, before anything is learnt.

>>> # --8<-- [start:answer]
>>> w, b = np.array([1.0, 1.0]), 0.0
>>> for row, target, y_hat in zip(X, y, predict(X, w, b)):
...     print(row, "→", f"{y_hat:.4f}", "should be", target)
[0. 0.] → 0.5000 should be 0.0
[0. 1.] → 0.7311 should be 1.0
[1. 0.] → 0.7311 should be 1.0
[1. 1.] → 0.8808 should be 1.0
>>> # --8<-- [end:answer]

>>> # --8<-- [start:compare_guesses]
>>> guesses = [([1, 1], 0), ([1, 1], -0.5), ([5, 5], -2), ([10, 10], -5), ([-3, 2], 1)]
>>> for w, b in guesses:
...     print(w, b, "→ loss", f"{loss(predict(X, np.array(w), b), y):.4f}")
[1, 1] 0 → loss 1.1571
[1, 1] -0.5 → loss 1.3150
[5, 5] -2 → loss 0.2144
[10, 10] -5 → loss 0.0201
[-3, 2] 1 → loss 2.1593
>>> # --8<-- [end:compare_guesses]

>>> # --8<-- [start:draw_boundary]
>>> draw_boundary(np.array([10.0, 10.0]), -5.0).savefig("problem_boundary.svg")
>>> # --8<-- [end:draw_boundary]

>>> # --8<-- [start:refute_two_lines]
>>> w, b = np.array([10.0, 10.0]), -5.0
>>> point = np.array([[0.5, 0.5]])
>>> print("two lines:", w[0] * point[0, 0] + b, w[1] * point[0, 1] + b)
two lines: 0.0 0.0
>>> print("one sum:  ", point[0] @ w + b, "→", predict(point, w, b).round(4))
one sum:   5.0 → [0.9933]
>>> # --8<-- [end:refute_two_lines]

>>> # --8<-- [start:solve_and]
>>> w, b = np.array([10.0, 10.0]), -15.0
>>> print("AND:", predict(X, w, b).round(4))
AND: [0.     0.0067 0.0067 0.9933]
>>> # --8<-- [end:solve_and]

>>> # --8<-- [start:find_crossings]
>>> w, b = np.array([10.0, 10.0]), -5.0
>>> print("crosses the axes at", -b / w[0], "and", -b / w[1])
crosses the axes at 0.5 and 0.5
>>> # --8<-- [end:find_crossings]

>>> # --8<-- [start:sharpen]
>>> for scale in (1, 2, 10):
...     y_hat = predict(X, scale * w, scale * b)
...     print(f"{scale:2} times:", y_hat.round(4), "loss", f"{loss(y_hat, y):.6f}")
 1 times: [0.0067 0.9933 0.9933 1.    ] loss 0.020079
 2 times: [0. 1. 1. 1.] loss 0.000136
10 times: [0. 1. 1. 1.] loss 0.000000
>>> # --8<-- [end:sharpen]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

# --8<-- [end:import]

# --8<-- [start:data]
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)  # (N, D)
y = np.array([0, 1, 1, 1], dtype=float)  # (N,)
# --8<-- [end:data]


# --8<-- [start:squash]
def sigmoid(z):
    """Logistic function of z, any shape: a number between 0 and 1 for each element."""
    return 1 / (1 + np.exp(-z))
    # --8<-- [end:squash]


# --8<-- [start:predict]
def predict(X, w, b):
    """Prediction between 0 and 1 for each row of X (N, D), as (N,)."""
    z = X @ w + b  # (N,)
    return sigmoid(z)
    # --8<-- [end:predict]


# --8<-- [start:loss]
def loss(y_hat, y):
    """Sum of the absolute errors of the predictions y_hat (N,) against y (N,)."""
    return np.abs(y_hat - y).sum()
    # --8<-- [end:loss]


# --8<-- [start:plot_boundary]
def draw_boundary(w, b):
    """Figure of the prediction over the plane, its line at 0.5, and the four rows."""
    side = np.linspace(-0.5, 1.5, 101)
    x1, x2 = np.meshgrid(side, side)
    y_hat = sigmoid(w[0] * x1 + w[1] * x2 + b)
    fig, ax = plt.subplots(figsize=(4.6, 4.2))
    levels = ax.contour(x1, x2, y_hat, [0.1, 0.5, 0.9], colors="#0072b2", linewidths=[1, 3, 1])
    ax.clabel(levels, fmt="ŷ = %.1f", manual=[(-0.3, 0.58), (0.25, 0.25), (0.1, 0.62)])
    for target, marker in ((0, "o"), (1, "s")):
        ax.plot(*X[y == target].T, marker, color="#b36b00", ms=11)
    for row, target in zip(X, y):
        place = (0, 9) if target else (0, -18)  # points away from the row
        ax.annotate(f"target {target:.0f}", row, place, textcoords="offset points", ha="center")
    ax.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1], aspect="equal")
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    return fig
    # --8<-- [end:plot_boundary]
