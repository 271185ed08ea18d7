"""What one neuron cannot do, what only looks hard for it, and what nothing can do.

>>> # --8<-- [start:learn_xor]
>>> random = np.random.RandomState(1)
>>> w_start, b_start = random.rand(2), random.rand()
>>> for signal in (absolute, cross_entropy):
...     w, b = train(X, y, w_start, b_start, signal)
...     y_hat = predict(X, w, b)  # (N,)
...     missed = np.abs(y_hat - y).sum()
...     print(f"{signal.__name__:13}", y_hat.round(4), f"missed by {missed:.4f}")
absolute      [0.0109 0.9957 0.9957 1.    ] missed by 1.0195
cross_entropy [0.5 0.5 0.5 0.5] missed by 2.0000
>>> # --8<-- [end:learn_xor]

>>> # --8<-- [start:try_lines]
>>> weights, biases = np.arange(-4, 4.5, 0.5), np.arange(-3.75, 4, 0.5)
>>> grid = np.meshgrid(weights, weights, biases)
>>> w1, w2, b = (values.ravel() for values in grid)
>>> Z = X @ np.stack([w1, w2]) + b  # (N, lines)
>>> says_one = Z > 0  # (N, lines)
>>> rows_right = (says_one == y[:, None]).sum(axis=0)  # (lines,)
>>> print("neurons tried:", len(rows_right))
neurons tried: 4624
>>> for count in range(5):
...     print(count, "rows right:", (rows_right == count).sum(), "neurons")
0 rows right: 0 neurons
1 rows right: 696 neurons
2 rows right: 3232 neurons
3 rows right: 696 neurons
4 rows right: 0 neurons
>>> # --8<-- [end:try_lines]

>>> # --8<-- [start:draw_xor]
>>> draw_xor().savefig("limits_xor.svg")
>>> # --8<-- [end:draw_xor]

>>> # --8<-- [start:separate]
>>> five = np.vstack([X, [0.2, 0]])  # (M, D)
>>> y_five = np.array([0, 1, 1, 1, 1.0])  # (M,)
>>> w, b = np.array([100.0, 100.0]), -10.0
>>> print("x1 + x2 =", -b / w[0])
x1 + x2 = 0.1
>>> for row, target, y_hat in zip(five, y_five, predict(five, w, b)):
...     print(row, "→", f"{y_hat:.6f}", "should be", target)
[0. 0.] → 0.000045 should be 0.0
[0. 1.] → 1.000000 should be 1.0
[1. 0.] → 1.000000 should be 1.0
[1. 1.] → 1.000000 should be 1.0
[0.2 0. ] → 0.999955 should be 1.0
>>> # --8<-- [end:separate]

>>> # --8<-- [start:learn_five]
>>> for eta in (0.05, 0.5, 5):
...     w, b = train(five, y_five, w_start, b_start, absolute, eta)
...     print(f"rate {eta:<4}", predict(five, w, b).round(3), w.round(1))
rate 0.05 [0.14  0.996 1.    1.    0.869] [18.6  7.3]
rate 0.5  [0.012 1.    1.    1.    0.989] [44.8 12.2]
rate 5    [0.001 1.    1.    1.    0.999] [68.6 17. ]
>>> # --8<-- [end:learn_five]

>>> # --8<-- [start:measure_gap]
>>> for gap in (1, 0.2):
...     print("gap", gap, "→ weight", round(2 * np.log(99) / gap, 1))
gap 1 → weight 9.2
gap 0.2 → weight 46.0
>>> # --8<-- [end:measure_gap]

>>> # --8<-- [start:locate]
>>> w, b = train(five, y_five, w_start, b_start, absolute)
>>> print("learnt:", w.round(2), round(b, 2))
learnt: [18.56  7.29] -1.82
>>> print("crosses the axes at", *(-b / w).round(3))
crosses the axes at 0.098 0.249
>>> # --8<-- [end:locate]

>>> # --8<-- [start:draw_five]
>>> draw_five(five, y_five, w, b).savefig("limits_five.svg")
>>> # --8<-- [end:draw_five]

>>> # --8<-- [start:learn_people]
>>> random = np.random.RandomState(1)
>>> w_start, b_start = random.rand(4), random.rand()
>>> w, b = train(people, positive, w_start, b_start, absolute)
>>> answers = predict(people, w, b)  # (P,)
>>> rows = zip(people, positive, answers)
>>> for person, (row, target, answer) in enumerate(rows, 1):
...     print(person, row, "→", f"{answer:.6f}", "should be", target)
1 [1. 0. 0. 1.] → 0.998184 should be 1.0
2 [1. 0. 0. 0.] → 0.999646 should be 1.0
3 [0. 0. 1. 1.] → 0.000130 should be 0.0
4 [0. 1. 0. 0.] → 0.002384 should be 0.0
5 [1. 1. 0. 0.] → 0.998184 should be 1.0
6 [0. 0. 1. 1.] → 0.000130 should be 1.0
7 [0. 0. 0. 1.] → 0.002384 should be 0.0
8 [0. 0. 1. 0.] → 0.000665 should be 0.0
>>> # --8<-- [end:learn_people]

>>> # --8<-- [start:draw_people]
>>> draw_people(answers).savefig("limits_people.svg")
>>> # --8<-- [end:draw_people]

>>> # --8<-- [start:leave_out]
>>> kept = [0, 1, 3, 4, 6, 7]
>>> w_six, b_six = train(
...     people[kept], positive[kept], w_start, b_start, absolute
... )
>>> print("learnt from eight:", w.round(6), round(b, 6))
learnt from eight: [12.345595 -1.635692 -2.914284 -1.63574 ] -4.400741
>>> print("learnt from six:  ", w_six.round(6), round(b_six, 6))
learnt from six:   [12.345595 -1.635692 -2.914284 -1.63574 ] -4.400741
>>> # --8<-- [end:leave_out]

>>> # --8<-- [start:find_best]
>>> p = np.linspace(0.01, 0.99, 99)
>>> for name, values in pair_losses(p).items():
...     lowest = values.min()
...     best = p[values < lowest + 1e-9]
...     reach = f"{best[0]:.2f} to {best[-1]:.2f}"
...     print(f"{name:14} lowest {lowest:.4f} for p from {reach}")
absolute error lowest 1.0000 for p from 0.01 to 0.99
squared error  lowest 0.5000 for p from 0.50 to 0.50
cross-entropy  lowest 1.3863 for p from 0.50 to 0.50
>>> # --8<-- [end:find_best]

>>> # --8<-- [start:draw_losses]
>>> draw_losses().savefig("limits_losses.svg")
>>> # --8<-- [end:draw_losses]

>>> # --8<-- [start:learn_doubt]
>>> w, b = train(people, positive, w_start, b_start, cross_entropy)
>>> print(predict(people, w, b).round(3))
[1.    0.996 0.493 0.    0.999 0.493 0.011 0.011]
>>> # --8<-- [end:learn_doubt]

>>> # --8<-- [start:widen]
>>> random = np.random.default_rng(1)
>>> V, c = random.normal(size=(4, 8)), random.normal(size=8)
>>> hidden = np.tanh(people @ V + c)  # (P, H)
>>> gap = np.abs(hidden[2] - hidden[5]).max()
>>> print("persons 3 and 6 differ by", round(gap, 8))
persons 3 and 6 differ by 0.0
>>> w, b = train(hidden, positive, np.zeros(8), 0.0, cross_entropy)
>>> print(predict(hidden, w, b).round(3))
[0.999 1.    0.498 0.001 0.998 0.498 0.003 0.003]
>>> # --8<-- [end:widen]

>>> # --8<-- [start:combine]
>>> a1 = predict(X, np.array([20, 20]), -10)  # (N,)
>>> a2 = predict(X, np.array([20, 20]), -30)  # (N,)
>>> A = np.stack([a1, a2], axis=1)  # (N, 2)
>>> y_hat = predict(A, np.array([20, -20]), -10)  # (N,)
>>> print("inputs    a1 a2   answer")
inputs    a1 a2   answer
>>> for row, between, answer in zip(X, A, y_hat):
...     print(row, "→", between.round(3), "→", f"{answer:.6f}")
[0. 0.] → [0. 0.] → 0.000045
[0. 1.] → [1. 0.] → 0.999955
[1. 0.] → [1. 0.] → 0.999955
[1. 1.] → [1. 1.] → 0.000045
>>> # --8<-- [end:combine]

>>> # --8<-- [start:count_tables]
>>> tables = {tuple(line) for line in says_one.T.astype(int).tolist()}
>>> print("one neuron can compute", len(tables))
one neuron can compute 14
>>> every_table = list(np.ndindex(2, 2, 2, 2))
>>> print("of", len(every_table), "and misses")
of 16 and misses
>>> print([table for table in every_table if table not in tables])
[(0, 1, 1, 0), (1, 0, 0, 1)]
>>> # --8<-- [end:count_tables]

>>> # --8<-- [start:vote]
>>> votes = np.array(list(np.ndindex(2, 2, 2)))  # (8, 3)
>>> answers = predict(votes, np.array([10, 10, 10]), -15)
>>> for row, answer in zip(votes, answers):
...     print(row, "→", f"{answer:.4f}")
[0 0 0] → 0.0000
[0 0 1] → 0.0067
[0 1 0] → 0.0067
[0 1 1] → 0.9933
[1 0 0] → 0.0067
[1 0 1] → 0.9933
[1 1 0] → 0.9933
[1 1 1] → 1.0000
>>> # --8<-- [end:vote]

>>> # --8<-- [start:ask_ninth]
>>> nine = np.vstack([people, people[2]])  # (9, 4)
>>> y_nine = np.append(positive, 1.0)  # (9,)
>>> for signal in (absolute, cross_entropy):
...     w, b = train(nine, y_nine, w_start, b_start, signal, 0.5)
...     answers = predict(nine, w, b)[[2, 5, 8]]
...     print(f"{signal.__name__:13}", answers.round(3))
absolute      [0.998 0.998 0.998]
cross_entropy [0.666 0.666 0.666]
>>> # --8<-- [end:ask_ninth]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

# --8<-- [end:import]

# --8<-- [start:data]
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)  # (N, D)
y = np.array([0, 1, 1, 0], dtype=float)  # (N,)
# --8<-- [end:data]


# --8<-- [start:predict]
def predict(X, w, b):
    """Prediction between 0 and 1 for each row of X (N, D), as (N,)."""
    return 1 / (1 + np.exp(-(X @ w + b)))
    # --8<-- [end:predict]


# --8<-- [start:signals]
def absolute(y_hat, y):
    """Error signals (N,) when the loss is the sum of absolute errors."""
    return np.sign(y_hat - y) * y_hat * (1 - y_hat)  # (N,)


def cross_entropy(y_hat, y):
    """Error signals (N,) when the loss is the summed cross-entropy."""
    return y_hat - y  # (N,)
    # --8<-- [end:signals]


# --8<-- [start:descend]
def train(X, y, w, b, signal, eta=0.05):
    """Weights (D,) and bias after 10,000 steps on the rows X (N, D)."""
    for _ in range(10_000):
        delta = signal(predict(X, w, b), y)  # (N,)
        w = w - eta * X.T @ delta  # (D,)
        b = b - eta * delta.sum()
    return w, b
    # --8<-- [end:descend]


# --8<-- [start:plot_xor]
def draw_rows(ax, rows, targets):
    """Draw rows (N, 2), circles for target 0 and squares for target 1."""
    for target, marker in ((0, "o"), (1, "s")):
        chosen = rows[targets == target]
        ax.plot(*chosen.T, marker, color="#b36b00", ms=11)
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal")
    ax.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    ax.set(xlabel="$x_1$", ylabel="$x_2$")


def draw_xor():
    """Figure of three lines that fail, and of the crossing segments."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(5.4, 3.4))
    x1 = np.array([-0.5, 1.5])
    tries = (0.5 - x1, "-"), (1.5 - x1, "--"), (x1 - 0.5, ":")
    for (x2, style), wrong in zip(tries, ("(1, 1)", "(0, 0)", "(0, 1)")):
        label = f"{wrong} is wrong"
        left.plot(x1, x2, style, color="#00795a", label=label)
    for ends in (X[y == 0], X[y == 1]):
        right.plot(*ends.T, color="#b36b00")
    right.text(0.65, 0.5, "(½, ½)", va="center")
    for ax in (left, right):
        draw_rows(ax, X, y)
    fig.legend(loc="outside lower center", ncols=3)
    return fig
    # --8<-- [end:plot_xor]


# --8<-- [start:plot_five]
def draw_five(five, y_five, w, b):
    """Figure of the five rows (M, 2), a line by hand, a learnt line."""
    fig, ax = plt.subplots(figsize=(4.6, 4.6))
    x1 = np.array([-0.5, 1.5])
    learnt = -(w[0] * x1 + b) / w[1]
    ax.plot(x1, 0.1 - x1, "--", color="#00795a")
    ax.plot(x1, learnt, color="#00795a")
    ax.text(0.5, -0.3, "by hand", color="#00795a")
    ax.text(-0.25, 1.2, "learnt", color="#00795a")
    draw_rows(ax, five, y_five)
    return fig
    # --8<-- [end:plot_five]


# --8<-- [start:people]
symptoms = ["loss\nof smell", "weight\nloss", "runny\nnose", "body\npain"]
records = ["1001", "1000", "0011", "0100", "1100", "0011", "0001", "0010"]
people = np.array([list(r) for r in records], dtype=float)  # (P, S)
positive = np.array([1, 1, 0, 0, 1, 1, 0, 0], dtype=float)  # (P,)
# --8<-- [end:people]


# --8<-- [start:plot_people]
def draw_people(answers):
    """Figure of the records, the results and the answers (P,)."""
    fig, ax = plt.subplots(figsize=(5.4, 4.6))
    for person, (row, target) in enumerate(zip(people, positive), 1):
        for place, value in enumerate(row):
            fill = "full" if value else "none"
            style = {"color": "#b36b00", "ms": 13, "fillstyle": fill}
            ax.plot(place, person, "s", **style)
        ax.text(4.2, person, f"{target:.0f}", color="#b36b00", va="center")
        answer = f"{answers[person - 1]:.4f}"
        ax.text(4.9, person, answer, color="#0072b2", va="center")
    for person in (3, 6):
        ax.axhspan(person - 0.45, person + 0.45, color="#b36b00", alpha=0.2)
    ax.set_xticks([0, 1, 2, 3, 4.25, 5.3], [*symptoms, "result", "answer"])
    ax.set(xlim=(-0.5, 5.9), ylim=(8.6, 0.4), ylabel="person")
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.spines[:].set_visible(False)
    return fig
    # --8<-- [end:plot_people]


# --8<-- [start:pair_losses]
def pair_losses(p):
    """Losses of the answer p for two equal rows with targets 0 and 1."""
    return {
        "absolute error": np.abs(p - 0) + np.abs(p - 1),
        "squared error": (p - 0) ** 2 + (p - 1) ** 2,
        "cross-entropy": -np.log(1 - p) - np.log(p),
    }
    # --8<-- [end:pair_losses]


# --8<-- [start:plot_losses]
def draw_losses():
    """Figure of the three losses against the one answer p."""
    p = np.linspace(0.01, 0.99, 99)
    curves = pair_losses(p).items()
    fig, ax = plt.subplots()
    styles, places = ("-", "--", "-."), ((0.2, 1.1), (0.5, 0.15), (0.5, 1.6))
    for (name, values), style, place in zip(curves, styles, places):
        ax.plot(p, values, style, color="#0072b2")
        ax.text(*place, name, ha="center")
    for name in ("squared error", "cross-entropy"):
        ax.plot(0.5, pair_losses(0.5)[name], "o", color="#0072b2", ms=8)
    ax.set(ylim=(0, 4), xlabel="the answer $p$ to persons 3 and 6")
    ax.set(ylabel="loss of the two")
    return fig
    # --8<-- [end:plot_losses]
