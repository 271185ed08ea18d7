"""Every number of one forward, backward and update step of a 2-3-1 network.

>>> # --8<-- [start:forward_pass]
>>> values = forward(X, Y, W1, b1, W2, b2, four)
>>> names = "Z1", "A1", "Z2", "Y_hat", "L"
>>> for line, (name, value) in enumerate(zip(names, values), start=1):
...     show(line, name, value)
 1    Z1          0.5000 -1.0000  2.0000
 2    A1          0.6225  0.2689  0.8808
 3    Z2          0.3569
 4    Y_hat       0.5883
 5    L           0.1695
>>> Z1, A1, Z2, Y_hat, L = values
>>> # --8<-- [end:forward_pass]

>>> # --8<-- [start:back_5]
>>> grad_Y_hat = four(2 * (Y_hat - Y))  # (N, K)
>>> show(6, "grad_Y_hat", grad_Y_hat, through=5)
 6 ↩5 grad_Y_hat -0.8234
>>> # --8<-- [end:back_5]

>>> # --8<-- [start:back_4]
>>> slope2 = four(Y_hat * (1 - Y_hat))  # (N, K)
>>> delta2 = four(grad_Y_hat * slope2)  # (N, K)
>>> show(7, "slope2", slope2, through=4)
 7 ↩4 slope2      0.2422
>>> show(7, "delta2", delta2, through=4)
 7 ↩4 delta2     -0.1994
>>> # --8<-- [end:back_4]

>>> # --8<-- [start:back_3]
>>> grad_W2 = four(A1.T @ delta2)  # (H, K)
>>> grad_b2 = delta2.sum(axis=0)  # (K,)
>>> grad_A1 = four(delta2 @ W2.T)  # (N, H)
>>> show(8, "grad_W2", grad_W2.T, through=3)
 8 ↩3 grad_W2    -0.1241 -0.0536 -0.1756
>>> show(8, "grad_b2", grad_b2, through=3)
 8 ↩3 grad_b2    -0.1994
>>> show(8, "grad_A1", grad_A1, through=3)
 8 ↩3 grad_A1    -0.3988  0.1994 -0.1994
>>> # --8<-- [end:back_3]

>>> # --8<-- [start:back_2]
>>> slope1 = four(A1 * (1 - A1))  # (N, H)
>>> delta1 = four(grad_A1 * slope1)  # (N, H)
>>> show(9, "slope1", slope1, through=2)
 9 ↩2 slope1      0.2350  0.1966  0.1050
>>> show(9, "delta1", delta1, through=2)
 9 ↩2 delta1     -0.0937  0.0392 -0.0209
>>> # --8<-- [end:back_2]

>>> # --8<-- [start:back_1]
>>> grad_W1 = four(X.T @ delta1)  # (D, H)
>>> grad_b1 = delta1.sum(axis=0)  # (H,)
>>> show(10, "grad_W1", grad_W1, through=1)
10 ↩1 grad_W1    -0.0937  0.0392 -0.0209
10 ↩1 grad_W1     0.0000  0.0000  0.0000
>>> show(10, "grad_b1", grad_b1, through=1)
10 ↩1 grad_b1    -0.0937  0.0392 -0.0209
>>> # --8<-- [end:back_1]

>>> # --8<-- [start:draw_ledger]
>>> node_slopes = four(delta1 @ W1.T), grad_A1, grad_Y_hat
>>> edge_slopes = grad_W1, grad_b1, grad_W2, grad_b2
>>> figure = draw_ledger(A1, Y_hat, node_slopes, edge_slopes)
>>> figure.savefig("one_step_ledger.svg")
>>> # --8<-- [end:draw_ledger]

>>> # --8<-- [start:update]
>>> eta = 1
>>> W1_new = W1 - eta * grad_W1  # (D, H)
>>> b1_new = b1 - eta * grad_b1  # (H,)
>>> W2_new = W2 - eta * grad_W2  # (H, K)
>>> b2_new = b2 - eta * grad_b2  # (K,)
>>> show(11, "W1", W1_new)
11    W1          0.5937 -1.0392  1.5209
11    W1          1.0000  0.5000 -0.5000
>>> show(11, "b1", b1_new)
11    b1          0.0937 -0.0392  0.5209
>>> show(11, "W2", W2_new.T)
11    W2          2.1241 -0.9464  1.1756
>>> show(11, "b2", b2_new)
11    b2         -1.3006
>>> # --8<-- [end:update]

>>> # --8<-- [start:forward_again]
>>> after = forward(X, Y, W1_new, b1_new, W2_new, b2_new, four)
>>> for line, (name, value) in enumerate(zip(names, after), start=12):
...     show(line, name, value)
12    Z1          0.6874 -1.0784  2.0418
13    A1          0.6654  0.2538  0.8851
14    Z2          0.9131
15    Y_hat       0.7136
16    L           0.0820
>>> # --8<-- [end:forward_again]

>>> # --8<-- [start:nudge]
>>> def loss_with(W1):
...     return forward(X, Y, W1, b1, W2, b2, exact)[-1]
>>> nudged = W1 + [[0.001, 0, 0], [0, 0, 0]]  # (D, H)
>>> print(f"loss before {loss_with(W1):.8f}")
loss before 0.16953035
>>> print(f"loss after  {loss_with(nudged):.8f}")
loss after  0.16943663
>>> print(f"it moved by {loss_with(nudged) - loss_with(W1):.8f}")
it moved by -0.00009372
>>> print(f"promised    {0.001 * grad_W1[0, 0]:.8f}")
promised    -0.00009370
>>> # --8<-- [end:nudge]

>>> # --8<-- [start:compare_exact]
>>> _, A, _, P, _ = forward(X, Y, W1, b1, W2, b2, exact)
>>> d2 = 2 * (P - Y) * P * (1 - P)  # (N, K)
>>> d1 = d2 @ W2.T * A * (1 - A)  # (N, H)
>>> found = [("W1", grad_W1, X.T @ d1), ("W2", grad_W2, A.T @ d2)]
>>> found += [("b1", grad_b1, d1), ("b2", grad_b2, d2)]
>>> for name, rounded, full in found:
...     print(f"{name}  largest difference {np.abs(rounded - full).max():.6f}")
W1  largest difference 0.000046
W2  largest difference 0.000080
b1  largest difference 0.000046
b2  largest difference 0.000056
>>> # --8<-- [end:compare_exact]

>>> # --8<-- [start:nudge_silent]
>>> nudged = W1 + [[0, 0, 0], [0.001, 0, 0]]  # (D, H)
>>> print(f"it moved by {loss_with(nudged) - loss_with(W1):.8f}")
it moved by 0.00000000
>>> # --8<-- [end:nudge_silent]

>>> # --8<-- [start:second_row]
>>> def slopes_of_W2(X, Y):
...     _, A, _, P, _ = forward(X, Y, W1, b1, W2, b2, exact)
...     d2 = 2 / len(X) * (P - Y) * P * (1 - P)  # (N, K)
...     return A.T @ d2  # (H, K)
>>> X_two, Y_two = np.array([[1, 0], [1, 1]]), np.array([[1], [0]])
>>> for name, rows in (("first", [0]), ("second", [1]), ("both", [0, 1])):
...     found = slopes_of_W2(X_two[rows], Y_two[rows])  # (H, K)
...     print(f"{name:7}", *(f"{slope:8.4f}" for slope in found[:, 0]))
first    -0.1242  -0.0536  -0.1757
second    0.2411   0.1113   0.2411
both      0.0585   0.0288   0.0327
>>> # --8<-- [end:second_row]

>>> # --8<-- [start:slope_of_inputs]
>>> grad_X = four(delta1 @ W1.T)  # (N, D)
>>> show(10, "grad_X", grad_X, through=1)
10 ↩1 grad_X     -0.1174 -0.0637
>>> # --8<-- [end:slope_of_inputs]

>>> # --8<-- [start:sum_promises]
>>> grads = grad_W1, grad_b1, grad_W2, grad_b2
>>> squares = sum((grad**2).sum() for grad in grads)
>>> for eta in (0.01, 0.1, 1, 10):
...     moved = [p - eta * grad for p, grad in zip((W1, b1, W2, b2), grads)]
...     fall = forward(X, Y, *moved, exact)[-1] - loss_with(W1)
...     promise = -eta * squares
...     print(f"rate {eta:<5} promised {promise:8.5f}  moved {fall:8.5f}")
rate 0.01  promised -0.00110  moved -0.00110
rate 0.1   promised -0.01104  moved -0.01081
rate 1     promised -0.11038  moved -0.08752
rate 10    promised -1.10376  moved -0.16952
>>> # --8<-- [end:sum_promises]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

X, Y = np.array([[1, 0]]), np.array([[1]])  # one row of XOR
W1 = np.array([[0.5, -1, 1.5], [1, 0.5, -0.5]])  # (D, H)
b1 = np.array([0, 0, 0.5])  # (H,)
W2 = np.array([[2], [-1], [1]])  # (H, K)
b2 = np.array([-1.5])  # (K,)
# --8<-- [end:import]


# --8<-- [start:forward]
def four(values):
    """The values to four decimal places; halves go away from zero."""
    # 1e-6: a half that is stored a little too small goes away from zero, too
    places = np.floor(np.abs(values) * 10_000 + 0.5 + 1e-6)
    return np.sign(values) * places / 10_000


def exact(values):
    """The values as they are."""
    return values


def forward(X, Y, W1, b1, W2, b2, keep):
    """Five lines of the ledger for the rows X (N, D) and their targets."""
    Z1 = keep(X @ W1 + b1)  # (N, H)
    A1 = keep(1 / (1 + np.exp(-Z1)))  # (N, H)
    Z2 = keep(A1 @ W2 + b2)  # (N, K)
    Y_hat = keep(1 / (1 + np.exp(-Z2)))  # (N, K)
    L = keep(((Y_hat - Y) ** 2).sum() / len(X))
    return Z1, A1, Z2, Y_hat, L
    # --8<-- [end:forward]


# --8<-- [start:show]
def show(line, name, values, through=""):
    """Print one line of the ledger, and the line it goes back through."""
    mark = through and f"↩{through}"
    for row in np.atleast_2d(values):
        numbers = "".join(f"{value + 0.0:8.4f}" for value in row)
        print(f"{line:2} {mark:2} {name:10}{numbers}")
        # --8<-- [end:show]


# --8<-- [start:plot_edge]
def label(ax, place, value, slope, color):
    """Write a value above the slope along it."""
    x, y = place
    ax.text(x, y + 4, f"${value:g}$", color=color, ha="center")
    slope = f"${slope + 0.0:.4f}$"
    ax.text(x, y - 4, slope, color="#c1440e", ha="center", va="top")


def edge(ax, tail, head, at, value, slope):
    """Draw an arrow; in its gap, or above if level, the weight and the slope."""
    way = np.subtract(head, tail)
    width, height = np.abs(way)
    gap = min(29 / width, 16 / height) * way if height else 0 * way
    place = tail + at * way
    line = {"color": "#555555", "shrinkA": 36, "shrinkB": 0}
    ax.annotate("", place - gap, tail, arrowprops=line | {"arrowstyle": "-"})
    arrow(ax, place + gap, head)
    above = (0, 0 if height else 22)
    label(ax, place + above, value, slope, "#00795a")


def arrow(ax, tail, head):
    """Draw an arrow to a neuron."""
    line = {"color": "#555555", "shrinkA": 0, "shrinkB": 31}
    ax.annotate("", head, tail, arrowprops=line | {"arrowstyle": "->"})
    # --8<-- [end:plot_edge]


# --8<-- [start:plot_ledger]
def draw_ledger(A1, Y_hat, node_slopes, edge_slopes):
    """Figure of the network with all its values and all slopes."""
    grad_X, grad_A1, grad_Y_hat = node_slopes
    grad_W1, grad_b1, grad_W2, grad_b2 = edge_slopes
    fig, ax = plt.subplots(figsize=(5.4, 6.5))
    inputs, output = [(0, 60), (0, -60)], (323, 0)
    hidden = [(193, 172), (193, 0), (193, -172)]
    for h in range(3):
        for d in range(2):
            at = (0.52, 0.6, 0.56)[h if d == 0 else 2 - h]
            edge(ax, inputs[d], hidden[h], at, W1[d, h], grad_W1[d, h])
        edge(ax, hidden[h], output, 0.5, W2[h, 0], grad_W2[h, 0])
    biases = zip((*hidden, output), (*b1, *b2), (*grad_b1, *grad_b2))
    for (x, y), value, slope in biases:
        arrow(ax, (x, y + 52), (x, y))
        label(ax, (x, y + 69), value, slope, "#00795a")
    for d in range(2):
        label(ax, inputs[d], X[0, d], grad_X[0, d], "#b36b00")
    for h in range(3):
        label(ax, hidden[h], A1[0, h], grad_A1[0, h], "#0072b2")
    label(ax, output, Y_hat[0, 0], grad_Y_hat[0, 0], "#0072b2")
    for x, y in (*inputs, *hidden, output):
        kind, size = ("o", 58) if x else ("s", 52)
        ax.plot(x, y, kind, ms=size, mfc="none", mec="#555555")
    ax.set(xlim=(-32, 355), ylim=(-204, 260), aspect="equal")
    ax.axis("off")
    return fig
    # --8<-- [end:plot_ledger]
