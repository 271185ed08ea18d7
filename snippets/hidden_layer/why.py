"""Two hidden neurons move the rows of XOR until a third can part them with one line.

>>> # --8<-- [start:draw_network]
>>> draw_network().savefig("why_network.svg")
>>> # --8<-- [end:draw_network]

>>> # --8<-- [start:start]
>>> random = np.random.default_rng(1)
>>> W1, b1 = random.normal(size=(2, 2)), np.zeros(2)
>>> W2, b2 = random.normal(size=(2, 1)), np.zeros(1)
>>> A1, Y_hat = forward(X, W1, b1, W2, b2)
>>> tell(A1, Y_hat)
input      a1    a2     answer
[0. 0.] → 0.50  0.50 → 0.66
[0. 1.] → 0.58  0.21 → 0.65
[1. 0.] → 0.59  0.69 → 0.70
[1. 1.] → 0.66  0.38 → 0.68
>>> # --8<-- [end:start]

>>> # --8<-- [start:cross_start]
>>> for name, points in (("inputs", X), ("hidden space", A1)):
...     s, t = cross(points)
...     print(f"{name:12}  at {s:.2f} of the one, at {t:.2f} of the other")
inputs        at 0.50 of the one, at 0.50 of the other
hidden space  at 0.51 of the one, at 0.47 of the other
>>> # --8<-- [end:cross_start]

>>> # --8<-- [start:train]
>>> path = train(X, Y, W1, b1, W2, b2)
>>> for step in (0, 50, 100, 150, 200, 500, 1000):
...     A1, Y_hat = forward(X, *path[step])
...     print(f"step {step:4}  loss {loss(Y_hat, Y):.4f}")
step    0  loss 0.2799
step   50  loss 0.2427
step  100  loss 0.1928
step  150  loss 0.0822
step  200  loss 0.0146
step  500  loss 0.0017
step 1000  loss 0.0007
>>> # --8<-- [end:train]

>>> # --8<-- [start:look]
>>> tell(A1, Y_hat)
input      a1    a2     answer
[0. 0.] → 0.05  0.03 → 0.03
[0. 1.] → 0.91  0.00 → 0.98
[1. 0.] → 0.00  0.93 → 0.98
[1. 1.] → 0.04  0.03 → 0.03
>>> W1, b1, W2, b2 = path[-1]
>>> print("output weights", W2[:, 0].round(1), "bias", b2.round(1))
output weights [8.7 8.5] bias [-4.3]
>>> # --8<-- [end:look]

>>> # --8<-- [start:cross_end]
>>> s, t = cross(A1)
>>> print("they meet inside both:", bool(0 < s < 1 and 0 < t < 1))
they meet inside both: False
>>> # --8<-- [end:cross_end]

>>> # --8<-- [start:draw_space]
>>> draw_space(path, (0, 75, 150, 1000)).savefig("why_space.svg")
>>> # --8<-- [end:draw_space]

>>> # --8<-- [start:draw_plane]
>>> draw_plane(W1, b1, W2, b2).savefig("why_plane.svg")
>>> # --8<-- [end:draw_plane]

>>> # --8<-- [start:collapse]
>>> random = np.random.default_rng(0)
>>> W1, b1 = random.normal(size=(2, 3)), random.normal(size=3)
>>> W2, b2 = random.normal(size=(3, 1)), random.normal(size=1)
>>> two_layers = (X @ W1 + b1) @ W2 + b2  # (N, K)
>>> one_layer = X @ (W1 @ W2) + (b1 @ W2 + b2)  # (N, K)
>>> for two, one in zip(two_layers[:, 0], one_layer[:, 0]):
...     print(f"two layers {two:8.5f}   one layer {one:8.5f}")
two layers -4.59451   one layer -4.59451
two layers -4.37844   one layer -4.37844
two layers -4.64481   one layer -4.64481
two layers -4.42874   one layer -4.42874
>>> # --8<-- [end:collapse]

>>> # --8<-- [start:measure_sums]
>>> W1, b1, _, _ = path[0]
>>> Z1 = X @ W1 + b1  # (N, H)
>>> print(f"sums from {Z1.min():.2f} to {Z1.max():.2f}")
sums from -1.30 to 0.82
>>> gap = np.abs(sigmoid(Z1) - (0.5 + Z1 / 4)).max()
>>> print(f"σ is off the straight line 0.5 + z / 4 by at most {gap:.3f}")
σ is off the straight line 0.5 + z / 4 by at most 0.039
>>> # --8<-- [end:measure_sums]

>>> # --8<-- [start:set_by_hand]
>>> W1, b1 = np.array([[20, 20], [20, 20]]), np.array([-10, -30])
>>> W2, b2 = np.array([[20], [-20]]), np.array([-10])
>>> print(*(f"{y_hat:.6f}" for (y_hat,) in forward(X, W1, b1, W2, b2)[1]))
0.000045 0.999955 0.999955 0.000045
>>> # --8<-- [end:set_by_hand]

>>> # --8<-- [start:swap]
>>> swapped = W1[:, ::-1], b1[::-1], W2[::-1], b2
>>> print(*(f"{y_hat:.6f}" for (y_hat,) in forward(X, *swapped)[1]))
0.000045 0.999955 0.999955 0.000045
>>> # --8<-- [end:swap]

>>> # --8<-- [start:copy]
>>> W1, b1 = np.full((2, 2), 0.5), np.zeros(2)
>>> W2, b2 = np.full((2, 1), 0.5), np.zeros(1)
>>> W1, b1, W2, b2 = train(X, Y, W1, b1, W2, b2)[-1]
>>> print("weights of the two hidden neurons")
weights of the two hidden neurons
>>> print(W1.round(4))
[[6.4643 6.4643]
 [6.4643 6.4643]]
>>> print("answers", forward(X, W1, b1, W2, b2)[1][:, 0].round(2))
answers [0.04 0.66 0.66 0.67]
>>> # --8<-- [end:copy]

>>> # --8<-- [start:rectify]
>>> A1 = np.maximum(0, X @ np.ones((2, 2)) + [0, -1])  # (N, H)
>>> answer = A1 @ [1, -2]
>>> for row, between, value in zip(X, A1, answer):
...     print(row, "→", between, "→", value)
[0. 0.] → [0. 0.] → 0.0
[0. 1.] → [1. 0.] → 1.0
[1. 0.] → [1. 0.] → 1.0
[1. 1.] → [2. 1.] → 0.0
>>> # --8<-- [end:rectify]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)  # (N, D)
Y = np.array([[0], [1], [1], [0]], dtype=float)  # (N, K)
# --8<-- [end:import]


# --8<-- [start:forward]
def sigmoid(z):
    """Logistic function of z, any shape."""
    return 1 / (1 + np.exp(-z))


def forward(X, W1, b1, W2, b2):
    """Activations (N, H) and answers (N, K) for the rows of X (N, D)."""
    A1 = sigmoid(X @ W1 + b1)  # (N, H)
    Y_hat = sigmoid(A1 @ W2 + b2)  # (N, K)
    return A1, Y_hat
    # --8<-- [end:forward]


# --8<-- [start:tell]
def tell(A1, Y_hat):
    """Print the rows, their activations A1 (N, H), answers Y_hat (N, K)."""
    print("input      a1    a2     answer")
    for row, (a1, a2), (answer,) in zip(X, A1, Y_hat):
        print(row, f"→ {a1:.2f}  {a2:.2f} → {answer:.2f}")
        # --8<-- [end:tell]


# --8<-- [start:cross]
def cross(points):
    """How far along 1 to 4 and 2 to 3 of the points (4, 2) these cross."""
    p1, p2, p3, p4 = points
    return np.linalg.solve(np.stack([p4 - p1, p2 - p3], axis=1), p2 - p1)
    # --8<-- [end:cross]


# --8<-- [start:learn]
def loss(Y_hat, Y):
    """Mean squared error of the answers Y_hat (N, K) against Y (N, K)."""
    return ((Y_hat - Y) ** 2).sum() / len(Y)


def train(X, Y, W1, b1, W2, b2, eta=5, steps=1000):
    """Parameters before every step and after the last, as a list."""
    path = [(W1, b1, W2, b2)]
    for _ in range(steps):
        A1, Y_hat = forward(X, W1, b1, W2, b2)
        delta2 = 2 / len(X) * (Y_hat - Y) * Y_hat * (1 - Y_hat)  # (N, K)
        delta1 = delta2 @ W2.T * A1 * (1 - A1)  # (N, H)
        W1, b1 = W1 - eta * X.T @ delta1, b1 - eta * delta1.sum(axis=0)
        W2, b2 = W2 - eta * A1.T @ delta2, b2 - eta * delta2.sum(axis=0)
        path.append((W1, b1, W2, b2))
    return path
    # --8<-- [end:learn]


# --8<-- [start:plot_network]
def draw_network():
    """Figure of two inputs, two hidden neurons and one output neuron."""
    fig, ax = plt.subplots()
    inputs, hidden, output = [(0, 1), (0, -1)], [(2, 1), (2, -1)], (4, 0)
    edges = []
    for h in range(2):
        for d in range(2):
            weight = f"$w^{{(1)}}_{{{d + 1}{h + 1}}}$"
            edges.append((*inputs[d], *hidden[h], weight))
        edges.append((*hidden[h], *output, f"$w^{{(2)}}_{{{h + 1}1}}$"))
    for x, y, to_x, to_y, weight in edges:
        arrow = {"arrowstyle": "->", "color": "#555555"}
        arrow |= {"shrinkA": 24, "shrinkB": 20}
        ax.annotate("", (to_x, to_y), (x, y), arrowprops=arrow)
        # A third of the way, clear of the crossing, and above the edge.
        here = x + (to_x - x) / 3, y + (to_y - y) / 3 + 0.07
        side = "center" if to_y == y else "left" if to_y < y else "right"
        ax.text(*here, weight, color="#00795a", ha=side, va="bottom", size=13)
    names = ("$x_1$", "$x_2$", "$a_1$", "$a_2$", r"$\hat{y}$")
    for (x, y), name in zip((*inputs, *hidden, output), names):
        color = "#0072b2" if x else "#b36b00"
        ax.plot(x, y, "o" if x else "s", ms=32, mfc="none", mec=color)
        middle = {"ha": "center", "va": "center", "fontsize": 14}
        ax.text(x, y, name, color=color, **middle)
    for x, name in ((0, "inputs"), (2, "hidden layer"), (4, "output")):
        ax.text(x, 1.75, name, ha="center")
    ax.set(xlim=(-0.6, 4.6), ylim=(-1.6, 2.1))
    ax.axis("off")
    return fig
    # --8<-- [end:plot_network]


# --8<-- [start:plot_space]
def draw_rows(ax, points):
    """Draw rows at points (N, 2): circles for target 0, squares for 1."""
    for target, marker in ((0, "o"), (1, "s")):
        chosen = points[Y[:, 0] == target]
        ax.plot(*chosen.T, marker, color="#b36b00", ms=10)


def draw_line(ax, w, b, style="-"):
    """Draw where a neuron with weights w (D,) and bias b says one half."""
    along = np.array([-2.0, 3.0])
    ax.plot(along, -(w[0] * along + b) / w[1], style, color="#00795a")


def draw_space(path, steps):
    """Figure of the hidden space, and the output's line, at four steps."""
    shape = {"figsize": (5.4, 5.6), "sharex": True, "sharey": True}
    fig, axes = plt.subplots(2, 2, **shape)
    for ax, step in zip(axes.flat, steps):
        W1, b1, W2, b2 = path[step]
        A1, _ = forward(X, W1, b1, W2, b2)
        for ends in (A1[[0, 3]], A1[[1, 2]]):
            ax.plot(*ends.T, ":", color="#b36b00")
        draw_line(ax, W2[:, 0], b2[0])
        draw_rows(ax, A1)
        ax.set(xlim=(-0.1, 1.1), ylim=(-0.1, 1.1), aspect="equal")
        ax.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        ax.set_title(f"step {step:,}")
    fig.supxlabel("first hidden neuron, $a_1$")
    fig.supylabel("second hidden neuron, $a_2$")
    return fig
    # --8<-- [end:plot_space]


# --8<-- [start:plot_plane]
def draw_plane(W1, b1, W2, b2):
    """Figure of the inputs, the hidden lines, and where the answer is 1."""
    fig, ax = plt.subplots(figsize=(4.6, 4.4))
    ticks = np.linspace(-0.5, 1.5, 101)
    x1, x2 = np.meshgrid(ticks, ticks)
    plane = np.stack([x1.ravel(), x2.ravel()], axis=1)  # (P, D)
    answers = forward(plane, W1, b1, W2, b2)[1].reshape(x1.shape)
    ax.contourf(x1, x2, answers, [0.5, 1], colors=["#0072b2"], alpha=0.2)
    draw_line(ax, W1[:, 0], b1[0])
    draw_line(ax, W1[:, 1], b1[1], "--")
    draw_rows(ax, X)
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal")
    ax.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    return fig
    # --8<-- [end:plot_plane]
