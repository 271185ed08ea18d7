"""Be the optimiser: three parameters moved by hand, by their slopes, and by far too much.

>>> # --8<-- [start:guess]
>>> start = np.array([0.5, -1.0]), 0.2
>>> hand = [start, ([0.5, 1.0], 0.2), ([0.5, 1.0], -1.0), ([8.0, 8.0], -4.0)]
>>> for w, b in hand:
...     total, _, _ = look(X, y, w, b, absolute)
...     print(np.array(w), b, "→ loss", f"{total:.4f}")
[ 0.5 -1. ] 0.2 → loss 2.1461
[0.5 1. ] 0.2 → loss 1.2676
[0.5 1. ] -1.0 → loss 1.7689
[8. 8.] -4.0 → loss 0.0540
>>> # --8<-- [end:guess]

>>> # --8<-- [start:ask]
>>> total, grad_w, grad_b = look(X, y, *start, absolute)
>>> print("slopes", grad_w.round(4), round(grad_b, 4))
slopes [-0.4662 -0.4584] -0.4326
>>> # --8<-- [end:ask]

>>> # --8<-- [start:step_once]
>>> w, b = step(X, y, *start, absolute, eta=0.5)
>>> print("now at", w.round(4), round(b, 4))
now at [ 0.7331 -0.7708] 0.4163
>>> fall = total - look(X, y, w, b, absolute)[0]
>>> promise = 0.5 * (grad_w @ grad_w + grad_b**2)
>>> print(f"promised {promise:.4f}, fell by {fall:.4f}")
promised 0.3073, fell by 0.3087
>>> # --8<-- [end:step_once]

>>> # --8<-- [start:run]
>>> path = descend(X, y, *start, absolute, eta=0.5, steps=1000)
>>> for at in (0, 1, 10, 100, 1000):
...     total, w, b = path[at]
...     print(f"step {at:4}  loss {total:.4f}  w {w.round(2)}  b {b:.2f}")
step    0  loss 2.1461  w [ 0.5 -1. ]  b 0.20
step    1  loss 1.8374  w [ 0.73 -0.77]  b 0.42
step   10  loss 1.0033  w [1.62 0.55]  b 1.27
step  100  loss 0.2906  w [4.39 4.31]  b -1.56
step 1000  loss 0.0195  w [9.95 9.95]  b -4.51
>>> # --8<-- [end:run]

>>> # --8<-- [start:compare]
>>> for losses in (absolute, squared, cross_entropy, linear):
...     total, grad_w, grad_b = look(X, y, *start, losses)
...     slopes = *grad_w.round(4), round(grad_b, 4)
...     print(f"{losses.__name__:13}  loss {total:.4f}  slopes", *slopes)
absolute       loss 2.1461  slopes -0.4662 -0.4584 -0.4326
squared        loss 1.2185  slopes -0.428 -0.576 -0.451
cross_entropy  loss 3.2268  slopes -0.9063 -1.2644 -1.0464
linear         loss 5.0600  slopes -3.2 -6.2 -6.4
>>> # --8<-- [end:compare]

>>> # --8<-- [start:saturate]
>>> for losses in (absolute, squared):
...     w, b = step(X, y, *start, losses, eta=100)
...     print(f"{losses.__name__:8}  after one step", w.round(1), round(b, 1))
...     total, grad_w, grad_b = look(X, y, w, b, losses)
...     print(" " * 8, " loss", total, "slopes", grad_w, grad_b)
...     print(" " * 8, " predictions", sigmoid(X @ w + b))
absolute  after one step [47.1 44.8] 43.5
          loss 1.0 slopes [0. 0.] 0.0
          predictions [1. 1. 1. 1.]
squared   after one step [43.3 56.6] 45.3
          loss 1.0 slopes [0. 0.] 0.0
          predictions [1. 1. 1. 1.]
>>> for eta in (20, 100, 1000):
...     with np.errstate(all="ignore"):
...         _, w, b = descend(X, y, *start, cross_entropy, eta, 100)[-1]
...         print(f"cross-entropy, rate {eta}:", sigmoid(X @ w + b).round(3))
cross-entropy, rate 20: [0. 1. 1. 1.]
cross-entropy, rate 100: [0. 1. 1. 1.]
cross-entropy, rate 1000: [0. 1. 1. 1.]
>>> # --8<-- [end:saturate]

>>> # --8<-- [start:diverge]
>>> with np.errstate(all="ignore"):
...     path = descend(X, y, *start, linear, eta=0.2, steps=2000)
>>> for at in (0, 1, 2, 3, 10, 20):
...     total, w, b = path[at]
...     print(f"step {at:2}  loss {total:.4g}  w {w.round(1)}  b {b:.1f}")
step  0  loss 5.06  w [ 0.5 -1. ]  b 0.2
step  1  loss 8.793  w [1.1 0.2]  b 1.5
step  2  loss 19.53  w [-0.3 -0.8]  b -0.8
step  3  loss 45.98  w [1.7 1.4]  b 2.5
step 10  loss 2.086e+04  w [-25.5 -25.5]  b -43.6
step 20  loss 1.318e+08  w [-2066.1 -2066.1]  b -3484.3
>>> # --8<-- [end:diverge]

>>> # --8<-- [start:lowest]
>>> w, b = np.array([0.5, 0.5]), 0.25
>>> print("answers", X @ w + b)
answers [0.25 0.75 0.75 1.25]
>>> total, grad_w, grad_b = look(X, y, w, b, linear)
>>> print("loss", total, "slopes", grad_w, grad_b)
loss 0.25 slopes [0. 0.] 0.0
>>> # --8<-- [end:lowest]

>>> # --8<-- [start:grow]
>>> factor = (path[51][2] - 0.25) / (path[50][2] - 0.25)
>>> curvature = (1 - factor) / 0.2
>>> print(f"factor {factor:.4f}, curvature {curvature:.3f}")
factor -1.5489, curvature 12.745
>>> print(f"largest rate {2 / curvature:.4f}")
largest rate 0.1569
>>> def curvatures(X):
...     X_one = np.column_stack([X, np.ones(len(X))])
...     return np.linalg.eigvalsh(2 * X_one.T @ X_one)
>>> print("curvatures", curvatures(X).round(3))
curvatures [ 1.255  2.    12.745]
>>> # --8<-- [end:grow]

>>> # --8<-- [start:edge]
>>> for eta in (0.156, 0.158):
...     near = descend(X, y, *start, linear, eta, 1000)
...     print(f"rate {eta}: loss", *[f"{total:.3f}" for total, _, _ in near[:6]])
...     print(" " * 12 + "bias", *[f"{b:.2f}" for _, _, b in near[:6]])
...     print(f"after 1000 steps: loss {near[-1][0]:.4g}")
rate 0.156: loss 5.060 4.255 3.811 3.547 3.376 3.251
            bias 0.20 1.20 0.04 1.04 -0.07 0.94
after 1000 steps: loss 0.25
rate 0.158: loss 5.060 4.415 4.141 4.049 4.050 4.099
            bias 0.20 1.21 0.01 1.08 -0.13 1.01
after 1000 steps: loss 1.937e+12
>>> # --8<-- [end:edge]

>>> # --8<-- [start:find_inf]
>>> values = np.array([total for total, _, _ in path])  # (steps,)
>>> print("first inf at step", np.isinf(values).argmax())
first inf at step 810
>>> print("first nan at step", np.isnan(values).argmax())
first nan at step 1620
>>> # --8<-- [end:find_inf]

>>> # --8<-- [start:find_cause]
>>> with np.errstate(over="raise"):
...     try:
...         descend(X, y, *start, linear, eta=0.2, steps=2000)
...     except FloatingPointError as error:
...         print(error)
overflow encountered in reduce
>>> at = np.isinf(values).argmax()
>>> print("the parameters then", path[at][1], path[at][2])
the parameters then [-2.73213257e+153 -2.73213257e+153] -4.606759818021877e+153
>>> squares, _ = linear(X @ path[at][1] + path[at][2], y)
>>> print("the four squares", *[f"{square:.1e}" for square in squares])
the four squares 2.1e+307 5.4e+307 5.4e+307 1.0e+308
>>> print("largest number", np.finfo(float).max)
largest number 1.7976931348623157e+308
>>> # --8<-- [end:find_cause]

>>> # --8<-- [start:find_nan]
>>> at = np.isnan(values).argmax()
>>> for k in (at - 1, at, at + 1):
...     total, w, b = path[k]
...     print(f"step {k}  w {w}  b {b}  loss {total}")
step 1619  w [1.47318765e+307 1.47318765e+307]  b inf  loss inf
step 1620  w [nan nan]  b nan  loss nan
step 1621  w [nan nan]  b nan  loss nan
>>> # --8<-- [end:find_nan]

>>> # --8<-- [start:draw_rates]
>>> draw_rates().savefig("be_the_optimiser_rates.svg")
>>> # --8<-- [end:draw_rates]

>>> # --8<-- [start:log_of_zero]
>>> with np.errstate(all="ignore"):
...     path = descend(X, y, *start, cross_entropy, eta=20, steps=3)
...     for at, (total, w, b) in enumerate(path):
...         print(f"step {at}  loss {total:.4f}  w {w.round(1)}  b {b:.1f}")
...     rows, _ = cross_entropy(X @ path[1][1] + path[1][2], y)
step 0  loss 3.2268  w [ 0.5 -1. ]  b 0.2
step 1  loss nan  w [18.6 24.3]  b 21.1
step 2  loss nan  w [18.6 24.3]  b 1.1
step 3  loss 0.0096  w [18.6 24.3]  b -14.0
>>> print("rows of step 1:", rows.round(2))
rows of step 1: [21.13   nan   nan   nan]
>>> # --8<-- [end:log_of_zero]

>>> # --8<-- [start:reach]
>>> for eta in (0.05, 0.5, 5):
...     path = descend(X, y, *start, absolute, eta, 3000)
...     values = np.array([total for total, _, _ in path])
...     below = (values < 0.1).argmax()
...     print(f"rate {eta:<4}  below 0.1 from step {below}")
rate 0.05  below 0.1 from step 2356
rate 0.5   below 0.1 from step 236
rate 5     below 0.1 from step 24
>>> # --8<-- [end:reach]

>>> # --8<-- [start:stuck]
>>> for losses in (absolute, squared, cross_entropy):
...     path = descend(X, y, np.array([9.0, 9.0]), 9.0, losses, 1, 100)
...     totals = [f"{path[at][0]:.4f}" for at in (0, 10, 100)]
...     _, _, grad_b = look(X, y, np.array([9.0, 9.0]), 9.0, losses)
...     print(f"{losses.__name__:13}  slope of b {grad_b:.4f}  loss", *totals)
absolute       slope of b 0.0001  loss 0.9999 0.9999 0.9999
squared        slope of b 0.0002  loss 0.9998 0.9998 0.9997
cross_entropy  slope of b 0.9999  loss 9.0001 0.6060 0.0271
>>> # --8<-- [end:stuck]

>>> # --8<-- [start:other_tasks]
>>> for task, wanted in (("AND", [0, 0, 0, 1]), ("XOR", [0, 1, 1, 0])):
...     wanted = np.array(wanted, dtype=float)
...     for losses in (absolute, cross_entropy):
...         total, w, b = descend(X, wanted, *start, losses, 0.5, 1000)[-1]
...         y_hat = sigmoid(X @ w + b).round(2)
...         print(f"{task}  {losses.__name__:13}  loss {total:.4f}  predictions", y_hat)
AND  absolute       loss 1.0019  predictions [0. 0. 0. 0.]
AND  cross_entropy  loss 0.0347  predictions [0.   0.01 0.01 0.99]
XOR  absolute       loss 1.0195  predictions [0.01 0.   0.99 0.  ]
XOR  cross_entropy  loss 2.7726  predictions [0.5 0.5 0.5 0.5]
>>> # --8<-- [end:other_tasks]

>>> # --8<-- [start:hand_over]
>>> import json
>>> targets = {"or": [0, 1, 1, 1], "and": [0, 0, 0, 1], "xor": [0, 1, 1, 0]}
>>> tasks = {name: {"X": X.tolist(), "y": y} for name, y in targets.items()}
>>> tasks["tenfold"] = {"X": (10 * X).tolist(), "y": targets["or"]}
>>> begin = {"w1": 0.5, "w2": -1, "b": 0.2, "eta": 0.5}
>>> begin |= {"loss": "absolute", "task": "or"}
>>> with open("be_the_optimiser.json", "w") as file:
...     json.dump({"tasks": tasks, "start": begin}, file)
>>> # --8<-- [end:hand_over]

>>> # --8<-- [start:tenfold]
>>> before, after = curvatures(X)[-1], curvatures(10 * X)[-1]
>>> print(f"curvature {before:.2f} → {after:.2f}, {after / before:.1f} times as large")
curvature 12.74 → 605.36, 47.5 times as large
>>> print(f"largest rate {2 / before:.4f} → {2 / after:.6f}")
largest rate 0.1569 → 0.003304
>>> for eta in (0.0033, 0.0034):
...     total, _, _ = descend(10 * X, y, *start, linear, eta, 1000)[-1]
...     print(f"rate {eta}: loss {total:.4g} after 1000 steps")
rate 0.0033: loss 0.7781 after 1000 steps
rate 0.0034: loss 7.739e+50 after 1000 steps
>>> # --8<-- [end:tenfold]

>>> # --8<-- [start:from_z]
>>> def cross_entropy_from_z(z, y):
...     return np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
>>> w, b = step(X, y, *start, cross_entropy, eta=20)
>>> for row in cross_entropy_from_z(X @ w + b, y):
...     print(f"{row:.2e}")
2.11e+01
1.89e-20
5.44e-18
1.54e-28
>>> # --8<-- [end:from_z]

>>> # --8<-- [start:bounce]
>>> b = 0.0
>>> for at in range(4):
...     print(f"b {b:.2f}  loss {((b - y) ** 2).sum():.2f}")
...     b = b - 0.25 * 2 * (b - y).sum()
b 0.00  loss 3.00
b 1.50  loss 3.00
b 0.00  loss 3.00
b 1.50  loss 3.00
>>> # --8<-- [end:bounce]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)  # (N, D)
y = np.array([0, 1, 1, 1], dtype=float)  # (N,)
# --8<-- [end:import]


# --8<-- [start:losses]
def sigmoid(z):
    """Logistic function of z, any shape."""
    return 1 / (1 + np.exp(-z))


def absolute(z, y):
    """Absolute errors of σ(z) against y, and their slopes along z, all (N,)."""
    y_hat = sigmoid(z)
    return np.abs(y_hat - y), np.sign(y_hat - y) * y_hat * (1 - y_hat)


def squared(z, y):
    """Squared errors of σ(z) against y, and their slopes along z, all (N,)."""
    y_hat = sigmoid(z)
    return (y_hat - y) ** 2, 2 * (y_hat - y) * y_hat * (1 - y_hat)


def cross_entropy(z, y):
    """Cross-entropies of σ(z) against y, and their slopes along z, all (N,)."""
    y_hat = sigmoid(z)
    return -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)), y_hat - y


def linear(z, y):
    """Squared errors of z itself against y, and their slopes along z, all (N,)."""
    return (z - y) ** 2, 2 * (z - y)
    # --8<-- [end:losses]


# --8<-- [start:look]
def look(X, y, w, b, losses):
    """Loss over the rows X (N, D), and its slopes along w (D,) and b."""
    z = X @ w + b  # (N,)
    rows, delta = losses(z, y)
    return rows.sum(), X.T @ delta, delta.sum()
    # --8<-- [end:look]


# --8<-- [start:step]
def step(X, y, w, b, losses, eta):
    """Weights (D,) and bias after one step against the slopes."""
    _, grad_w, grad_b = look(X, y, w, b, losses)
    return w - eta * grad_w, b - eta * grad_b
    # --8<-- [end:step]


# --8<-- [start:descend]
def descend(X, y, w, b, losses, eta, steps):
    """List of loss, weights (D,) and bias before each step and after the last."""
    path = [(look(X, y, w, b, losses)[0], w, b)]
    for _ in range(steps):
        w, b = step(X, y, w, b, losses, eta)
        path.append((look(X, y, w, b, losses)[0], w, b))
    return path
    # --8<-- [end:descend]


# --8<-- [start:plot_rates]
def draw_rates():
    """Figure of the loss of the neuron without σ over sixty steps, at four rates."""
    fig, ax = plt.subplots()
    start = np.array([0.5, -1.0]), 0.2
    styles = {0.01: ":", 0.15: "--", 0.158: "-", 0.2: "-."}
    for eta, style in styles.items():
        totals = [total for total, _, _ in descend(X, y, *start, linear, eta, 60)]
        ax.semilogy(totals, style, color="#0072b2")
        end = next((at for at, total in enumerate(totals) if total > 1000), 60)
        side = "top" if eta in (0.15, 0.2) else "bottom"
        ax.text(end + 1, totals[end], f"rate {eta}", color="#0072b2", va=side)
    ax.set(xlabel="step", ylabel="loss, sum over four rows", xlim=(0, 75), ylim=(0.1, 1e4))
    return fig
    # --8<-- [end:plot_rates]
