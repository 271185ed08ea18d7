"""One neuron learns OR in a program short enough for the front page.

>>> # --8<-- [start:train]
>>> w, b = np.zeros(2), 0.0
>>> for _ in range(1000):
...     w, b, y_hat = step(w, b)
>>> print("weights", w.round(2), "bias", round(b, 2))
weights [10.08 10.08] bias -4.58
>>> print("answers", y_hat.round(2))
answers [0.01 1.   1.   1.  ]
>>> # --8<-- [end:train]

>>> # --8<-- [start:draw]
>>> values, slopes = passes(np.array([1, 0]), 1, np.array([0.5, -1.0]), 0.2)
>>> print("forward ", values[0], *(f"{value:.3f}" for value in values[1:]))
forward  [ 0.5 -1. ] 0.700 0.668 0.403
>>> print("backward", slopes[0].round(3) + 0.0, *(f"{slope:.3f}" for slope in slopes[1:]))
backward [-0.332  0.   ] -0.332 -1.497 1.000
>>> draw_passes(values, slopes).savefig("home_passes.svg")
>>> # --8<-- [end:draw]
"""

# --8<-- [start:learn]
import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # (N, D)
y = np.array([0, 1, 1, 1])  # (N,)


def step(w, b, eta=0.5):
    """Better w (D,) and b, one step downhill, and the predictions (N,) before it."""
    y_hat = 1 / (1 + np.exp(-(X @ w + b)))  # (N,)
    delta = y_hat - y  # (N,)
    # --8<-- [start:slope]
    grad_w = X.T @ delta  # (D,)
    # --8<-- [end:slope]
    return w - eta * grad_w, b - eta * delta.sum(), y_hat
    # --8<-- [end:learn]


# --8<-- [start:pass]
def passes(x, target, w, b):
    """Values of one row on its way forward, and the slope of the loss along each."""
    z = x @ w + b
    y_hat = 1 / (1 + np.exp(-z))
    loss = -np.log(y_hat if target else 1 - y_hat)
    delta = y_hat - target
    return (w, z, y_hat, loss), (delta * x, delta, delta / (y_hat * (1 - y_hat)), 1)
    # --8<-- [end:pass]


# --8<-- [start:plot]
def draw_passes(values, slopes):
    """Figure of the values passing forward through a neuron, and of the slopes passing back."""
    import matplotlib.pyplot as plt

    w, z, y_hat, loss = values
    grad_w, delta, slope, one = slopes
    stations = (
        ("weights", f"$w$ = ({w[0]}, {w[1]})", f"({grad_w[0]:.3f}, {grad_w[1] + 0.0:.3f})"),
        ("weigh", f"$z$ = {z:.3f}", f"δ = {delta:.3f}"),
        ("squash", f"$ŷ$ = {y_hat:.3f}", f"{slope:.3f}"),
        ("compare", f"$L$ = {loss:.3f}", f"{one}"),
    )
    fig, ax = plt.subplots(figsize=(5.4, 2.5))
    for at, (name, *numbers) in zip((0, 1.1, 2.1, 3.1), stations):
        value, slope = (words.replace("-", "−") for words in numbers)
        box = dict(boxstyle="round,pad=0.4", facecolor="none", edgecolor="#555555")
        ax.text(at, 0, name, ha="center", va="center", bbox=box)
        ax.text(at, 0.55, value, ha="center", color="#00795a" if at == 0 else "#0072b2")
        ax.text(at, -0.72, slope, ha="center", color="#c1440e")
        if at:
            for color, height, way in (("#0072b2", 0.13, "->"), ("#c1440e", -0.13, "<-")):
                arrow = dict(arrowstyle=way, color=color, lw=2)
                ax.annotate("", (at - 0.39, height), (at - 0.64, height), arrowprops=arrow)
    ax.text(-0.45, 1.05, "forward: values", color="#0072b2")
    ax.text(-0.45, -1.2, "backward: slopes of the loss", color="#c1440e")
    ax.set(xlim=(-0.53, 3.48), ylim=(-1.35, 1.3))
    ax.axis("off")
    return fig
    # --8<-- [end:plot]
