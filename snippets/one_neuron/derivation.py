"""The gradient of one neuron, derived on the page, computed here, and checked by nudges.

>>> # --8<-- [start:nudge]
>>> w, b = np.array([0.5, -1.0]), 0.2
>>> before = loss(predict(X, w, b), y)
>>> for h in (0.1, 0.01, 0.001, 0.0001):
...     moved = loss(predict(X, w + np.array([h, 0]), b), y) - before
...     print(f"h {h:<6}  loss moves by {moved:.8f}  per unit {moved / h:.5f}")
h 0.1     loss moves by -0.04639523  per unit -0.46395
h 0.01    loss moves by -0.00465977  per unit -0.46598
h 0.001   loss moves by -0.00046615  per unit -0.46615
h 0.0001  loss moves by -0.00004662  per unit -0.46617
>>> # --8<-- [end:nudge]

>>> # --8<-- [start:check_sigmoid]
>>> for z in (-4.0, -1.0, 0.0, 2.0):
...     nudged = (sigmoid(z + 1e-6) - sigmoid(z - 1e-6)) / 2e-6
...     print(f"z = {z:4}  formula {sigmoid(z) * (1 - sigmoid(z)):.6f}  nudge {nudged:.6f}")
z = -4.0  formula 0.017663  nudge 0.017663
z = -1.0  formula 0.196612  nudge 0.196612
z =  0.0  formula 0.250000  nudge 0.250000
z =  2.0  formula 0.104994  nudge 0.104994
>>> # --8<-- [end:check_sigmoid]

>>> # --8<-- [start:draw_sigmoid]
>>> draw_sigmoid().savefig("derivation_sigmoid.svg")
>>> # --8<-- [end:draw_sigmoid]

>>> # --8<-- [start:divide_by_zero]
>>> errors = np.array([0.5, -0.25, 0.0])
>>> print("sign    ", np.sign(errors))
sign     [ 1. -1.  0.]
>>> with np.errstate(invalid="ignore"):
...     print("fraction", np.abs(errors) / errors)
fraction [ 1. -1. nan]
>>> # --8<-- [end:divide_by_zero]

>>> # --8<-- [start:follow_one_row]
>>> x, target = X[2], y[2]
>>> z = x @ w + b
>>> y_hat = sigmoid(z)
>>> sign, slope = np.sign(y_hat - target), y_hat * (1 - y_hat)
>>> print(f"z = {z:.4f}   ŷ = {y_hat:.4f}   ŷ − y = {y_hat - target:.4f}")
z = 0.7000   ŷ = 0.6682   ŷ − y = -0.3318
>>> print(f"∂L/∂ŷ = {sign:.0f}   σ'(z) = {slope:.4f}   δ = {sign * slope:.4f}")
∂L/∂ŷ = -1   σ'(z) = 0.2217   δ = -0.2217
>>> # --8<-- [end:follow_one_row]

>>> # --8<-- [start:forget_factor]
>>> w_wrong, b_wrong = w, b
>>> for step in range(100):
...     sign = np.sign(predict(X, w_wrong, b_wrong) - y)  # (N,)
...     if step in (0, 99):
...         print("slope along b, without σ′:", sign.sum())
...     w_wrong = w_wrong - 0.05 * X.T @ sign  # (D,)
...     b_wrong = b_wrong - 0.05 * sign.sum()
slope along b, without σ′: -2.0
slope along b, without σ′: -2.0
>>> print("predictions", predict(X, w_wrong, b_wrong).round(4))
predictions [1. 1. 1. 1.]
>>> # --8<-- [end:forget_factor]

>>> # --8<-- [start:multiply]
>>> y_hat = predict(X, w, b)  # (N,)
>>> delta = np.sign(y_hat - y) * y_hat * (1 - y_hat)  # (N,)
>>> print("δ   ", delta.round(4))
δ    [ 0.2475 -0.2139 -0.2217 -0.2445]
>>> print("Xᵀδ ", (X.T @ delta).round(4), "  sum of δ", delta.sum().round(4))
Xᵀδ  [-0.4662 -0.4584]   sum of δ -0.4326
>>> # --8<-- [end:multiply]

>>> # --8<-- [start:check_gradient]
>>> grad_w, grad_b = gradient(X, y, w, b)
>>> print("formula", grad_w.round(6), round(grad_b, 6))
formula [-0.466171 -0.458368] -0.432564
>>> h = 1e-6
>>> for name, dw, db in (("w₁", [h, 0], 0), ("w₂", [0, h], 0), ("b", [0, 0], h)):
...     up = loss(predict(X, w + np.array(dw), b + db), y)
...     down = loss(predict(X, w - np.array(dw), b - db), y)
...     print("nudge", name, f"{(up - down) / (2 * h):.6f}")
nudge w₁ -0.466171
nudge w₂ -0.458368
nudge b -0.432564
>>> # --8<-- [end:check_gradient]

>>> # --8<-- [start:compare_losses]
>>> for z in (-10.0, -5.0, 0.0, 5.0):
...     print(f"z = {z:5}  ŷ = {sigmoid(z):.6f}")
...     for name, delta in error_signals(np.array([z]), np.array([1.0])).items():
...         print(f"    {name:14} δ = {delta[0]:.2e}")
z = -10.0  ŷ = 0.000045
    absolute       δ = -4.54e-05
    squared        δ = -9.08e-05
    cross-entropy  δ = -1.00e+00
z =  -5.0  ŷ = 0.006693
    absolute       δ = -6.65e-03
    squared        δ = -1.32e-02
    cross-entropy  δ = -9.93e-01
z =   0.0  ŷ = 0.500000
    absolute       δ = -2.50e-01
    squared        δ = -2.50e-01
    cross-entropy  δ = -5.00e-01
z =   5.0  ŷ = 0.993307
    absolute       δ = -6.65e-03
    squared        δ = -8.90e-05
    cross-entropy  δ = -6.69e-03
>>> # --8<-- [end:compare_losses]

>>> # --8<-- [start:draw_signals]
>>> draw_signals().savefig("derivation_signals.svg")
>>> # --8<-- [end:draw_signals]

>>> # --8<-- [start:count_steps]
>>> for name in ("absolute", "squared", "cross-entropy"):
...     w, b = np.zeros(2), -10.0
...     for step in range(100_000):
...         y_hat = predict(X, w, b)
...         if np.abs(y_hat - y).max() < 0.1:
...             break
...         delta = error_signals(X @ w + b, y)[name]  # (N,)
...         w, b = w - 0.5 * X.T @ delta, b - 0.5 * delta.sum()
...     print(f"{name:14} {step:6} steps")
absolute         8251 steps
squared          3714 steps
cross-entropy      12 steps
>>> # --8<-- [end:count_steps]

>>> # --8<-- [start:scale]
>>> w, b = np.array([0.5, -1.0]), 0.2
>>> def slopes_of_mean(X, y):
...     y_hat = predict(X, w, b)  # (N,)
...     delta = 2 / len(y) * (y_hat - y) * y_hat * (1 - y_hat)  # (N,)
...     return X.T @ delta
>>> X_twice, y_twice = np.vstack([X, X]), np.concatenate([y, y])
>>> absolute_ratio = gradient(X_twice, y_twice, w, b)[0] / gradient(X, y, w, b)[0]
>>> mean_ratio = slopes_of_mean(X_twice, y_twice) / slopes_of_mean(X, y)
>>> print("sum ", absolute_ratio.round(6), "  mean", mean_ratio.round(6))
sum  [2. 2.]   mean [1. 1.]
>>> # --8<-- [end:scale]

>>> # --8<-- [start:derive_tanh]
>>> for z in (-1.0, 0.5):
...     nudged = (np.tanh(z + 1e-6) - np.tanh(z - 1e-6)) / 2e-6
...     print(f"{1 - np.tanh(z) ** 2:.6f} {nudged:.6f}")
0.419974 0.419974
0.786448 0.786448
>>> # --8<-- [end:derive_tanh]

>>> # --8<-- [start:walk]
>>> w_new, b_new = w - grad_w, b - grad_b
>>> print("w", w_new.round(4), "b", round(b_new, 4))
w [ 0.9662 -0.5416] b 0.6326
>>> print(f"loss before {before:.4f}, after {loss(predict(X, w_new, b_new), y):.4f}")
loss before 2.1461, after 1.5564
>>> # --8<-- [end:walk]

>>> # --8<-- [start:strongest_pull]
>>> z = np.linspace(-4, 4, 8001)
>>> pull = error_signals(z, np.ones_like(z))["squared"]
>>> at = z[np.abs(pull).argmax()]
>>> print(f"z = {at:.3f}, ŷ = {sigmoid(at):.4f}, minus the logarithm of 2: {-np.log(2):.3f}")
z = -0.693, ŷ = 0.3334, minus the logarithm of 2: -0.693
>>> # --8<-- [end:strongest_pull]

>>> # --8<-- [start:misuse]
>>> z = 2.0
>>> a = sigmoid(z)
>>> print(f"a(1 − a) {a * (1 - a):.4f}   z(1 − z) {z * (1 - z):.4f}")
a(1 − a) 0.1050   z(1 − z) -2.0000
>>> # --8<-- [end:misuse]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)  # (N, D)
y = np.array([0, 1, 1, 1], dtype=float)  # (N,)
# --8<-- [end:import]


# --8<-- [start:predict]
def sigmoid(z):
    """Logistic function of z, any shape."""
    return 1 / (1 + np.exp(-z))


def predict(X, w, b):
    """Prediction between 0 and 1 for each row of X (N, D), as (N,)."""
    return sigmoid(X @ w + b)  # (N,)


def loss(y_hat, y):
    """Sum of the absolute errors of the predictions y_hat (N,) against y (N,)."""
    return np.abs(y_hat - y).sum()
    # --8<-- [end:predict]


# --8<-- [start:gradient]
def gradient(X, y, w, b):
    """Slopes of the loss along w, as (D,), and along b, for rows X (N, D)."""
    y_hat = predict(X, w, b)  # (N,)
    delta = np.sign(y_hat - y) * y_hat * (1 - y_hat)  # (N,)
    return X.T @ delta, delta.sum()
    # --8<-- [end:gradient]


# --8<-- [start:error_signals]
def error_signals(z, y):
    """Slope of each loss along z (N,), for targets y (N,), as a dict of (N,)."""
    y_hat = sigmoid(z)
    slope = y_hat * (1 - y_hat)  # (N,)
    return {
        "absolute": np.sign(y_hat - y) * slope,
        "squared": 2 * (y_hat - y) * slope,
        "cross-entropy": y_hat - y,
    }
    # --8<-- [end:error_signals]


# --8<-- [start:plot_sigmoid]
def draw_sigmoid():
    """Figure of the logistic function and of its slope."""
    z = np.linspace(-6, 6, 121)
    fig, ax = plt.subplots()
    ax.plot(z, sigmoid(z), color="#0072b2")
    ax.plot(z, sigmoid(z) * (1 - sigmoid(z)), "--", color="#c1440e")
    ax.annotate("σ(z)", (2.2, 0.93), color="#0072b2", ha="right")
    ax.annotate("its slope σ′(z)", (1.3, 0.2), color="#c1440e")
    ax.set(xlabel="pre-activation $z$", yticks=[0, 0.25, 0.5, 0.75, 1])
    return fig
    # --8<-- [end:plot_sigmoid]


# --8<-- [start:plot_signals]
def draw_signals():
    """Figure of the error signal of three losses against z, for the target 1."""
    z = np.linspace(-8, 4, 121)
    fig, ax = plt.subplots()
    looks = ("-", -0.5, -0.09), ("--", -0.9, -0.37), ("-.", -5.5, -0.93)
    for (name, delta), look in zip(error_signals(z, np.ones_like(z)).items(), looks):
        style, *place = look
        ax.plot(z, delta, style, color="#c1440e")
        ax.annotate(name, place, color="#c1440e", ha="center")
    ax.set(xlabel="pre-activation $z$ (the target is 1)", ylabel="error signal δ")
    return fig
    # --8<-- [end:plot_signals]
