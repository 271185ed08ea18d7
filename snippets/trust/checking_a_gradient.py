"""How to know that a gradient is right: nudges, their best size, and what can hide a mistake.

>>> # --8<-- [start:compare_quotients]
>>> for h in (0.1, 0.01, 0.001):
...     one = abs(one_sided(f, 0.5, h) - slope(0.5))
...     two = abs(central(f, 0.5, h) - slope(0.5))
...     print(f"h {h:<5}  one-sided off by {one:.1e}  central {two:.1e}")
h 0.1    one-sided off by 7.1e-03  central 6.1e-03
h 0.01   one-sided off by 1.2e-03  central 6.1e-05
h 0.001  one-sided off by 1.3e-04  central 6.1e-07
>>> # --8<-- [end:compare_quotients]

>>> # --8<-- [start:sweep]
>>> for dtype in (np.float64, np.float32):
...     eps = np.finfo(dtype).eps
...     for quotient, root in ((one_sided, 2), (central, 3)):
...         errors = sweep(quotient, dtype)
...         best = min(errors, key=errors.get)
...         print(f"{dtype.__name__} {quotient.__name__:9}", end="  ")
...         power = round(np.log10(errors[best]))
...         print(f"best h {best:.0e}  error ~1e{power:03}", end="  ")
...         print(f"ε^(1/{root}) {eps ** (1 / root):.0e}")
float64 one_sided  best h 1e-08  error ~1e-08  ε^(1/2) 1e-08
float64 central    best h 1e-05  error ~1e-10  ε^(1/3) 6e-06
float32 one_sided  best h 1e-03  error ~1e-03  ε^(1/2) 3e-04
float32 central    best h 1e-03  error ~1e-04  ε^(1/3) 5e-03
>>> # --8<-- [end:sweep]

>>> # --8<-- [start:draw_sweep]
>>> draw_sweep().savefig("checking_a_gradient_sweep.svg")
>>> # --8<-- [end:draw_sweep]

>>> # --8<-- [start:read_errors]
>>> right = np.array([3.0, -4.0])
>>> for factor in (1, 1 + 1e-9, 1.02, 2, 1 / 5, 0, -1):
...     error = relative_error(factor * right, right)
...     print(f"{factor:<12.10g} {error:.1e}")
1            0.0e+00
1.000000001  5.0e-10
1.02         9.9e-03
2            3.3e-01
0.2          6.7e-01
0            1.0e+00
-1           1.0e+00
>>> # --8<-- [end:read_errors]

>>> # --8<-- [start:use]
>>> random = np.random.default_rng(0)
>>> X = random.normal(size=(5, 3))  # (N, D)
>>> W = random.normal(size=(3, 4))  # (D, H)
>>> b = random.normal(size=4)  # (H,)
>>> report(check_gradient(linear, linear_backward, X, W, b))
ok  ok  ok
>>> # --8<-- [end:use]

>>> # --8<-- [start:bite]
>>> def forgetful(G, X, W, b):
...     return G @ W.T, X.T @ G, G.mean(axis=0)
>>> report(check_gradient(linear, forgetful, X, W, b))
ok  ok  6.7e-01
>>> # --8<-- [end:bite]

>>> # --8<-- [start:lose]
>>> def lose(G, Z):
...     return np.zeros_like(Z)
>>> Z = random.normal(size=(5, 2))  # (N, K)
>>> print("a loss that adds up the probabilities:")
a loss that adds up the probabilities:
>>> for backward in (softmax_backward, lose):
...     total = lambda Z: softmax(Z).sum()
...     ones = lambda g, Z: backward(g * np.ones_like(Z), Z)
...     report(check_gradient(total, ones, Z))
ok
ok
>>> print("a random upstream gradient:")
a random upstream gradient:
>>> for backward in (softmax_backward, lose):
...     report(check_gradient(softmax, backward, Z))
ok
1.0e+00
>>> # --8<-- [end:lose]

>>> # --8<-- [start:transpose]
>>> def turned(G, X, W, b):
...     return G @ W, X.T @ G, G.sum(axis=0)
>>> square = X, random.normal(size=(3, 3)), random.normal(size=3)
>>> report(check_gradient(linear, turned, *square))
2.6e-01  ok  ok
>>> try:
...     turned(random.normal(size=(5, 4)), X, W, b)
... except ValueError:
...     print("D = 3 and H = 4: the product does not even exist")
D = 3 and H = 4: the product does not even exist
>>> # --8<-- [end:transpose]

>>> # --8<-- [start:hide_in_a_square]
>>> def row_means(X):
...     return X.mean(axis=1)  # (N,)
>>> def row_means_backward(G, X):
...     return np.ones_like(X) * G[:, None] / len(X)
>>> for size in ((4, 4), (5, 3)):
...     X_try = random.normal(size=size)
...     print(size, end="  ")
...     report(check_gradient(row_means, row_means_backward, X_try))
(4, 4)  ok
(5, 3)  2.5e-01
>>> # --8<-- [end:hide_in_a_square]

>>> # --8<-- [start:straddle]
>>> h = 1e-5
>>> for x in (-2e-5, -5e-6, 0.0, 5e-6, 2e-5):
...     nudged = central(relu, x, h)
...     formula = float(relu_backward(1.0, x))
...     print(f"x {x:6.0e}  quotient {nudged:.2f}  formula {formula:.0f}")
x -2e-05  quotient 0.00  formula 0
x -5e-06  quotient 0.25  formula 0
x  0e+00  quotient 0.50  formula 0
x  5e-06  quotient 0.75  formula 1
x  2e-05  quotient 1.00  formula 1
>>> # --8<-- [end:straddle]

>>> # --8<-- [start:step_aside]
>>> Z = np.array([[0.7, -1.2, 4e-6], [-0.4, 2.1, -1.5]])
>>> report(check_gradient(relu, relu_backward, Z))
1.7e-01
>>> away = Z + np.where(Z < 0, -0.1, 0.1)
>>> report(check_gradient(relu, relu_backward, away))
ok
>>> # --8<-- [end:step_aside]

>>> # --8<-- [start:judge_linear]
>>> forward = lambda X: linear(X, W, b)
>>> mine = lambda G, X: G @ W.T
>>> wrong = lambda G, X: G.sum(axis=1, keepdims=True) * W.sum(axis=1)
>>> for answer in (mine, wrong):
...     report(check_gradient(forward, answer, X))
ok
4.9e-01
>>> # --8<-- [end:judge_linear]

>>> # --8<-- [start:judge_tanh]
>>> mine = lambda G, Z: G * (1 - np.tanh(Z) ** 2)
>>> wrong = lambda G, Z: G * (1 - Z**2)
>>> for answer in (mine, wrong):
...     report(check_gradient(np.tanh, answer, away))
ok
2.4e-01
>>> # --8<-- [end:judge_tanh]

>>> # --8<-- [start:judge_center]
>>> center = lambda X: X - X.mean(axis=1, keepdims=True)
>>> mine = lambda G, X: G - G.mean(axis=1, keepdims=True)
>>> wrong = lambda G, X: G
>>> for answer in (mine, wrong):
...     report(check_gradient(center, answer, X))
ok
4.0e-01
>>> total = lambda X: center(X).sum()
>>> for answer in (mine, wrong, lose):
...     ones = lambda g, X: answer(g * np.ones_like(X), X)
...     report(check_gradient(total, ones, X))
ok
1.0e+00
ok
>>> # --8<-- [end:judge_center]

>>> # --8<-- [start:judge_norm]
>>> def normalise(X):
...     centred = X - X.mean(axis=1, keepdims=True)
...     spread = np.sqrt((centred**2).mean(axis=1, keepdims=True))
...     return centred / spread  # (N, D)
>>> def mine(G, X):
...     centred = X - X.mean(axis=1, keepdims=True)
...     spread = np.sqrt((centred**2).mean(axis=1, keepdims=True))
...     X_hat = centred / spread
...     along = (G * X_hat).mean(axis=1, keepdims=True)
...     return (G - G.mean(axis=1, keepdims=True) - X_hat * along) / spread
>>> def wrong(G, X):
...     centred = X - X.mean(axis=1, keepdims=True)
...     spread = np.sqrt((centred**2).mean(axis=1, keepdims=True))
...     return (G - G.mean(axis=1, keepdims=True)) / spread
>>> for answer in (mine, wrong):
...     report(check_gradient(normalise, answer, X))
ok
5.8e-01
>>> for answer in (mine, wrong, lose):
...     report(check_gradient(normalise, answer, X, seed=0))
ok
1.0e+00
ok
>>> # --8<-- [end:judge_norm]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

# --8<-- [end:import]


# --8<-- [start:quotients]
def f(x):
    """A function to try things on, for x of any shape."""
    return 1 / (1 + x * x)


def slope(x):
    """The slope of f at x, by the quotient rule."""
    return -2 * x / ((1 + x * x) * (1 + x * x))


def one_sided(f, x, h):
    """Movement of f for each unit of a nudge upwards."""
    return (f(x + h) - f(x)) / h


def central(f, x, h):
    """Movement of f for each unit between a nudge down and one up."""
    return (f(x + h) - f(x - h)) / (2 * h)
    # --8<-- [end:quotients]


# --8<-- [start:measure]
def sweep(quotient, dtype):
    """Largest error over 100 places, as a dict from each step size h."""
    x = np.linspace(0.1, 2, 100)
    errors = {}
    for h in (float(f"1e-{k}") for k in range(16)):
        found = quotient(f, x.astype(dtype), dtype(h))
        errors[h] = np.abs(found - slope(x)).max()
    return errors
    # --8<-- [end:measure]


# --8<-- [start:plot_sweep]
def draw_sweep():
    """Figure of error against step size, both quotients, two precisions."""
    fig, axes = plt.subplots(2, 1, figsize=(5.4, 6), sharex=True)
    for ax, dtype in zip(axes, (np.float64, np.float32)):
        eps = np.finfo(dtype).eps
        for quotient, style in ((one_sided, "--"), (central, "-")):
            errors = sweep(quotient, dtype)
            ax.loglog(list(errors), list(errors.values()), style, color="#c1440e")
        for root in (2, 3):
            ax.axvline(eps ** (1 / root), color="#888888", ls=":", lw=1.5)
        ax.set(xlim=(1e-15, 1), ylim=(1e-12, 10), ylabel="largest error")
        ax.set_title(dtype.__name__, loc="left")
    axes[0].text(1e-5, 3e-2, "one-sided", color="#c1440e")
    axes[0].text(0.5, 1e-9, "central", ha="right", color="#c1440e")
    axes[1].set(xlabel="step size $h$")
    axes[1].text(1e-13, 1e-11, "dotted: the rules of thumb")
    return fig
    # --8<-- [end:plot_sweep]


# --8<-- [start:relative_error]
def relative_error(ours, nudged):
    """Distance of two arrays relative to their size, from 0 to 1."""
    if np.shape(ours) != np.shape(nudged):
        return np.inf
    size = np.linalg.norm(ours) + np.linalg.norm(nudged)
    return np.linalg.norm(ours - nudged) / max(size, 0.01)
    # --8<-- [end:relative_error]


# --8<-- [start:check_gradient]
def check_gradient(forward, backward, *arrays, h=1e-5, seed=2718):
    """Relative error of each array of slopes that backward gives."""
    arrays = [np.array(array, dtype=float) for array in arrays]
    random = np.random.default_rng(seed)
    G = random.normal(size=np.shape(forward(*arrays)))
    slopes = backward(G.copy(), *(array.copy() for array in arrays))
    slopes = slopes if isinstance(slopes, tuple) else (slopes,)
    errors = []
    for array, ours in zip(arrays, slopes, strict=True):
        nudged = np.zeros_like(array)
        for place in np.ndindex(array.shape):
            kept = array[place]
            array[place] = kept + h
            up = np.sum(G * forward(*arrays))
            array[place] = kept - h
            down = np.sum(G * forward(*arrays))
            array[place] = kept
            nudged[place] = (up - down) / (2 * h)
        errors.append(relative_error(ours, nudged))
    return errors


def report(errors):
    """Print ok for each error below a millionth, and the others."""
    print(*("ok" if e < 1e-6 else f"{e:.1e}" for e in errors), sep="  ")
    # --8<-- [end:check_gradient]


# --8<-- [start:linear]
def linear(X, W, b):
    """Layer without activation, for X (N, D), W (D, H) and b (H,)."""
    return X @ W + b  # (N, H)


def linear_backward(G, X, W, b):
    """Slopes along X, W and b, when G (N, H) arrives from above."""
    return G @ W.T, X.T @ G, G.sum(axis=0)
    # --8<-- [end:linear]


# --8<-- [start:softmax]
def softmax(Z):
    """Probabilities for the scores Z (N, K), every row adds up to 1."""
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)  # (N, K)


def softmax_backward(G, Z):
    """Slopes along Z (N, K), when G (N, K) arrives from above."""
    P = softmax(Z)
    return P * (G - (G * P).sum(axis=1, keepdims=True))  # (N, K)
    # --8<-- [end:softmax]


# --8<-- [start:relu]
def relu(Z):
    """Z where it is above 0, and 0 elsewhere."""
    return np.maximum(Z, 0)


def relu_backward(G, Z):
    """Slopes along Z, when G of the same shape arrives from above."""
    return G * (Z > 0)
    # --8<-- [end:relu]
