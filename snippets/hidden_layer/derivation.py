"""The gradient of a network with a hidden layer, step by step, then any depth.

>>> # --8<-- [start:draw_stations]
>>> draw_stations().savefig("derivation_stations.svg")
>>> # --8<-- [end:draw_stations]

>>> # --8<-- [start:setup]
>>> random = np.random.default_rng(0)
>>> N, D, H, K = 5, 3, 4, 2
>>> X = random.normal(size=(N, D))  # (N, D)
>>> Y = random.integers(2, size=(N, K)) * 1.0  # (N, K)
>>> W1, b1 = random.normal(size=(D, H)), random.normal(size=H)
>>> W2, b2 = random.normal(size=(H, K)), random.normal(size=K)
>>> A1, Y_hat = forward(X, W1, b1, W2, b2)
>>> print("loss", round(loss(Y_hat, Y), 4))
loss 0.7122
>>> # --8<-- [end:setup]

>>> # --8<-- [start:nudge_weights]
>>> def loss_now():
...     return loss(forward(X, W1, b1, W2, b2)[1], Y)
>>> print(slopes(loss_now, W1).round(4))
[[ 0.0149 -0.0278 -0.0276 -0.0509]
 [ 0.0034 -0.0153 -0.0107 -0.0104]
 [ 0.0116  0.0019  0.0191 -0.031 ]]
>>> # --8<-- [end:nudge_weights]

>>> # --8<-- [start:output_signal]
>>> delta2 = 2 / N * (Y_hat - Y) * Y_hat * (1 - Y_hat)  # (N, K)
>>> Z2 = A1 @ W2 + b2  # (N, K)
>>> compare("delta2", delta2, slopes(lambda: loss(sigmoid(Z2), Y), Z2))
delta2 (5, 2) -0.024291 -0.024291 all agree
>>> # --8<-- [end:output_signal]

>>> # --8<-- [start:one_weight]
>>> h, k = 2, 0
>>> for n in range(N):
...     a, delta = A1[n, h], delta2[n, k]
...     print(f"row {n}: {a:.4f} * {delta:7.4f} = {a * delta:7.4f}")
row 0: 0.3972 * -0.0243 = -0.0096
row 1: 0.5444 *  0.0589 =  0.0320
row 2: 0.3438 *  0.0591 =  0.0203
row 3: 0.8143 *  0.0503 =  0.0409
row 4: 0.9601 *  0.0312 =  0.0300
>>> print("sum of the rows", (A1[:, h] * delta2[:, k]).sum().round(4))
sum of the rows 0.1136
>>> print("matrix product ", (A1.T @ delta2)[h, k].round(4))
matrix product  0.1136
>>> # --8<-- [end:one_weight]

>>> # --8<-- [start:output_slopes]
>>> grad_W2 = A1.T @ delta2  # (H, K)
>>> grad_b2 = delta2.sum(axis=0)  # (K,)
>>> compare("W2", grad_W2, slopes(loss_now, W2))
W2     (4, 2)  0.088275  0.088275 all agree
>>> compare("b2", grad_b2, slopes(loss_now, b2))
b2     (2,)    0.175130  0.175130 all agree
>>> # --8<-- [end:output_slopes]

>>> # --8<-- [start:draw_fan]
>>> draw_fan().savefig("derivation_fan.svg")
>>> # --8<-- [end:draw_fan]

>>> # --8<-- [start:pass_weights]
>>> grad_A1 = delta2 @ W2.T  # (N, H)
>>> def loss_from_A1():
...     return loss(sigmoid(A1 @ W2 + b2), Y)
>>> compare("A1", grad_A1, slopes(loss_from_A1, A1))
A1     (5, 4)  0.010311  0.010311 all agree
>>> # --8<-- [end:pass_weights]

>>> # --8<-- [start:pass_bend]
>>> delta1 = grad_A1 * A1 * (1 - A1)  # (N, H)
>>> Z1 = X @ W1 + b1  # (N, H)
>>> def loss_from_Z1():
...     return loss(sigmoid(sigmoid(Z1) @ W2 + b2), Y)
>>> compare("delta1", delta1, slopes(loss_from_Z1, Z1))
delta1 (5, 4)  0.002367  0.002367 all agree
>>> # --8<-- [end:pass_bend]

>>> # --8<-- [start:hidden_slopes]
>>> grad_W1 = X.T @ delta1  # (D, H)
>>> grad_b1 = delta1.sum(axis=0)  # (H,)
>>> compare("W1", grad_W1, slopes(loss_now, W1))
W1     (3, 4)  0.014876  0.014876 all agree
>>> compare("b1", grad_b1, slopes(loss_now, b1))
b1     (4,)   -0.028730 -0.028730 all agree
>>> # --8<-- [end:hidden_slopes]

>>> # --8<-- [start:draw_shapes]
>>> draw_shapes().savefig("derivation_shapes.svg")
>>> # --8<-- [end:draw_shapes]

>>> # --8<-- [start:call_backward]
>>> names = "W1", "b1", "W2", "b2"
>>> grads = backward(X, Y, A1, Y_hat, W2)
>>> for name, grad, parameter in zip(names, grads, (W1, b1, W2, b2)):
...     compare(name, grad, slopes(loss_now, parameter))
W1     (3, 4)  0.014876  0.014876 all agree
b1     (4,)   -0.028730 -0.028730 all agree
W2     (4, 2)  0.088275  0.088275 all agree
b2     (2,)    0.175130  0.175130 all agree
>>> # --8<-- [end:call_backward]

>>> # --8<-- [start:double]
>>> X2, Y2 = np.vstack([X, X]), np.vstack([Y, Y])
>>> doubled = backward(X2, Y2, *forward(X2, W1, b1, W2, b2), W2)
>>> for name, once, twice in zip(names, grads, doubled):
...     least, most = (twice / once).min(), (twice / once).max()
...     print(name, f"ratios from {least:.6f} to {most:.6f}")
W1 ratios from 1.000000 to 1.000000
b1 ratios from 1.000000 to 1.000000
W2 ratios from 1.000000 to 1.000000
b2 ratios from 1.000000 to 1.000000
>>> # --8<-- [end:double]

>>> # --8<-- [start:exchange_loss]
>>> def cross_entropy():
...     Y_hat = sigmoid(Z2)  # (N, K)
...     right = Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)  # (N, K)
...     return -right.sum() / N
>>> delta2_of_C = (Y_hat - Y) / N  # (N, K)
>>> compare("delta2", delta2_of_C, slopes(cross_entropy, Z2))
delta2 (5, 2) -0.058620 -0.058620 all agree
>>> # --8<-- [end:exchange_loss]

>>> # --8<-- [start:check_deep]
>>> layers = start([D, 7, 4, 6, K], random)
>>> A = forward_all(X, layers)
>>> def loss_of_layers():
...     return loss(forward_all(X, layers)[-1], Y)
>>> pairs = zip(layers, backward_all(Y, A, layers))
>>> for number, ((W, b), (dW, db)) in enumerate(pairs, start=1):
...     compare(f"W{number}", dW, slopes(loss_of_layers, W))
...     compare(f"b{number}", db, slopes(loss_of_layers, b))
W1     (3, 7) -0.001699 -0.001699 all agree
b1     (7,)    0.001820  0.001820 all agree
W2     (7, 4) -0.001511 -0.001511 all agree
b2     (4,)    0.005424  0.005424 all agree
W3     (4, 6)  0.015666  0.015666 all agree
b3     (6,)    0.018131  0.018131 all agree
W4     (6, 2)  0.124911  0.124911 all agree
b4     (2,)    0.146375  0.146375 all agree
>>> # --8<-- [end:check_deep]

>>> # --8<-- [start:train_deep]
>>> X_xor = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # (R, 2)
>>> Y_xor = np.array([[0], [1], [1], [0]])  # (R, 1)
>>> layers = start([2, 4, 4, 1], np.random.default_rng(0))
>>> for step in range(1001):
...     A = forward_all(X_xor, layers)
...     if step % 200 == 0:
...         print(f"step {step:4}  loss {loss(A[-1], Y_xor):.4f}")
...     layers = descend(layers, backward_all(Y_xor, A, layers), eta=5)
step    0  loss 0.2747
step  200  loss 0.2199
step  400  loss 0.0014
step  600  loss 0.0005
step  800  loss 0.0003
step 1000  loss 0.0002
>>> print("answers", A[-1][:, 0].round(2))
answers [0.01 0.98 0.99 0.02]
>>> # --8<-- [end:train_deep]

>>> # --8<-- [start:use_tanh]
>>> A1 = np.tanh(X @ W1 + b1)  # (N, H)
>>> Y_hat = sigmoid(A1 @ W2 + b2)  # (N, K)
>>> delta2 = 2 / N * (Y_hat - Y) * Y_hat * (1 - Y_hat)  # (N, K)
>>> delta1 = delta2 @ W2.T * (1 - A1**2)  # (N, H)
>>> def loss_with_tanh():
...     return loss(sigmoid(np.tanh(X @ W1 + b1) @ W2 + b2), Y)
>>> compare("W1", X.T @ delta1, slopes(loss_with_tanh, W1))
W1     (3, 4)  0.020104  0.020104 all agree
>>> # --8<-- [end:use_tanh]

>>> # --8<-- [start:update_early]
>>> A1, Y_hat = forward(X, W1, b1, W2, b2)
>>> delta2 = 2 / N * (Y_hat - Y) * Y_hat * (1 - Y_hat)  # (N, K)
>>> W2_new = W2 - 0.5 * A1.T @ delta2  # (H, K)
>>> for name, W in (("old W2", W2), ("new W2", W2_new)):
...     delta1 = delta2 @ W.T * A1 * (1 - A1)  # (N, H)
...     compare(name, X.T @ delta1, slopes(loss_now, W1))
old W2 (3, 4)  0.014876  0.014876 all agree
new W2 (3, 4)  0.016639  0.014876 they differ
>>> # --8<-- [end:update_early]

>>> # --8<-- [start:average_bias]
>>> compare("sum", delta2.sum(axis=0), slopes(loss_now, b2))
sum    (2,)    0.175130  0.175130 all agree
>>> compare("mean", delta2.mean(axis=0), slopes(loss_now, b2))
mean   (2,)    0.035026  0.175130 they differ
>>> # --8<-- [end:average_bias]

>>> # --8<-- [start:count_parameters]
>>> widths, total = [784, 100, 10], 0
>>> for before, after in zip(widths, widths[1:]):
...     numbers = before * after + after
...     total += numbers
...     print(f"W ({before}, {after})  b ({after},)  numbers {numbers}")
W (784, 100)  b (100,)  numbers 78500
W (100, 10)  b (10,)  numbers 1010
>>> print("parameters", total)
parameters 79510
>>> print("δ of 32 rows:", *((32, width) for width in widths[1:]))
δ of 32 rows: (32, 100) (32, 10)
>>> # --8<-- [end:count_parameters]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

# --8<-- [end:import]


# --8<-- [start:forward]
def sigmoid(z):
    """Logistic function of z, any shape."""
    return 1 / (1 + np.exp(-z))


def forward(X, W1, b1, W2, b2):
    """Activations (N, H) and answers (N, K) for the rows of X (N, D)."""
    Z1 = X @ W1 + b1  # (N, H)
    A1 = sigmoid(Z1)  # (N, H)
    Z2 = A1 @ W2 + b2  # (N, K)
    Y_hat = sigmoid(Z2)  # (N, K)
    return A1, Y_hat
    # --8<-- [end:forward]


# --8<-- [start:loss]
def loss(Y_hat, Y):
    """Squared errors of Y_hat (N, K) against Y (N, K), mean over rows."""
    return ((Y_hat - Y) ** 2).sum() / len(Y)
    # --8<-- [end:loss]


# --8<-- [start:judge]
def slopes(f, array, step=1e-5):
    """Slope of the number f() along every entry of array, by nudging it."""
    result = np.zeros_like(array)
    for place in np.ndindex(array.shape):
        kept = array[place]
        array[place] = kept + step
        up = f()
        array[place] = kept - step
        down = f()
        array[place] = kept
        result[place] = (up - down) / (2 * step)
    return result


def compare(name, formula, nudged):
    """Print shape, first entry by both ways, and whether all agree."""
    first = f"{formula.flat[0]:9.6f} {nudged.flat[0]:9.6f}"
    agree = np.allclose(formula, nudged, rtol=1e-6, atol=1e-9)
    verdict = "all agree" if agree else "they differ"
    print(f"{name:6} {formula.shape!s:6} {first} {verdict}")
    # --8<-- [end:judge]


# --8<-- [start:backward]
def backward(X, Y, A1, Y_hat, W2):
    """Slopes of the loss along W1, b1, W2 and b2."""
    delta2 = 2 / len(X) * (Y_hat - Y) * Y_hat * (1 - Y_hat)  # (N, K)
    grad_W2 = A1.T @ delta2  # (H, K)
    grad_b2 = delta2.sum(axis=0)  # (K,)
    delta1 = delta2 @ W2.T * A1 * (1 - A1)  # (N, H)
    grad_W1 = X.T @ delta1  # (D, H)
    grad_b1 = delta1.sum(axis=0)  # (H,)
    return grad_W1, grad_b1, grad_W2, grad_b2
    # --8<-- [end:backward]


# --8<-- [start:deep]
def start(widths, random):
    """Random weights and zero biases between layers of these widths."""
    layers = []
    for at in range(len(widths) - 1):
        before, after = widths[at : at + 2]
        W, b = random.normal(size=(before, after)), np.zeros(after)
        layers.append((W, b))
    return layers


def forward_all(X, layers):
    """Activations of every layer, as a list that X (N, D) begins."""
    A = [X]
    for W, b in layers:
        A.append(sigmoid(A[-1] @ W + b))
    return A


def backward_all(Y, A, layers):
    """Slopes along the weights and biases of every layer, for Y (N, K)."""
    grads = []
    grad_A = 2 / len(Y) * (A[-1] - Y)  # (N, K)
    for (W, _), A_in, A_out in reversed(list(zip(layers, A, A[1:]))):
        delta = grad_A * A_out * (1 - A_out)
        grads.append((A_in.T @ delta, delta.sum(axis=0)))
        grad_A = delta @ W.T
    return grads[::-1]


def descend(layers, grads, eta):
    """The layers after one step downhill."""
    pairs = zip(layers, grads)
    return [(W - eta * dW, b - eta * db) for (W, b), (dW, db) in pairs]
    # --8<-- [end:deep]


# --8<-- [start:plot_stations]
def draw_stations():
    """Figure of the arrays of a pass as nodes, its operations as edges."""
    fig, ax = plt.subplots(figsize=(5.4, 6))
    stations = (
        ("$X$", "(N, D)", ""),
        ("$Z^{(1)}$", "(N, H)", r"$\delta^{(1)}$"),
        ("$A^{(1)}$", "(N, H)", r"$\partial L\,/\,\partial A^{(1)}$"),
        ("$Z^{(2)}$", "(N, K)", r"$\delta^{(2)}$"),
        (r"$\hat{Y}$", "(N, K)", r"$\partial L\,/\,\partial\hat{Y}$"),
        ("$L$", "one number", "1"),
    )
    edges = (
        ("times $W^{(1)}$, plus $b^{(1)}$", ""),
        ("σ of every entry", r"times $\sigma'$ of every entry"),
        ("times $W^{(2)}$, plus $b^{(2)}$", r"times $W^{(2)\top}$"),
        ("σ of every entry", r"times $\sigma'$ of every entry"),
        ("squared errors, mean", r"$\frac{2}{N}(\hat{Y} - Y)$"),
    )
    words = {"va": "center", "size": 13}
    for at, (name, shape, slope) in enumerate(stations):
        box = {"boxstyle": "round,pad=0.4", "fc": "none", "ec": "#555555"}
        ax.text(0, -at, f"{name}  {shape}", bbox=box, ha="center", **words)
        ax.text(0.5, -at, slope, color="#c1440e", **words)
    for at, (there, back) in enumerate(edges):
        top, middle, bottom = -at - 0.25, -at - 0.5, -at - 0.75
        arrow = {"arrowstyle": "->", "lw": 2, "color": "#0072b2"}
        ax.annotate("", (-0.1, bottom), (-0.1, top), arrowprops=arrow)
        ax.text(-0.2, middle, there, color="#0072b2", ha="right", **words)
        if back:
            arrow |= {"color": "#c1440e"}
            ax.annotate("", (0.1, top), (0.1, bottom), arrowprops=arrow)
            ax.text(0.2, middle, back, color="#c1440e", **words)
    ax.set(xlim=(-1.35, 1.35), ylim=(-5.4, 0.4))
    ax.axis("off")
    return fig
    # --8<-- [end:plot_stations]


# --8<-- [start:plot_fan]
def draw_fan():
    """Figure of one hidden activation, and all that it reaches."""
    fig, ax = plt.subplots()
    names = (r"$a^{(1)}_{nh}$", "$z^{(2)}_{n1}$", "$z^{(2)}_{n2}$")
    places = ((0, 0), (3, 0.8), (3, -0.8))
    words = {"va": "center", "size": 13}
    for name, (x, y) in zip(names, places):
        ax.plot(x, y, "o", ms=46, mfc="none", mec="#0072b2")
        ax.text(x, y, name, color="#0072b2", ha="center", **words)
    for k, (x, y) in enumerate(places[1:], 1):
        ways = (0.06, "->", "#0072b2"), (-0.06, "<-", "#c1440e")
        for shift, way, color in ways:
            arrow = {"arrowstyle": way, "color": color}
            arrow |= {"shrinkA": 26, "shrinkB": 26}
            ax.annotate("", (x, y + shift), (0, shift), arrowprops=arrow)
        weight = f"$w^{{(2)}}_{{h{k}}}$"
        ax.text(1.4, 0.85 * y, weight, color="#00795a", **words)
        delta = rf"$\delta^{{(2)}}_{{n{k}}}$"
        ax.text(3.55, y, delta, color="#c1440e", **words)
    terms = [rf"\delta^{{(2)}}_{{n{k}}}w^{{(2)}}_{{h{k}}}" for k in (1, 2)]
    terms = f"${'+'.join(terms)}$"
    ax.text(-0.6, -0.75, terms, color="#c1440e", **words)
    ax.set(xlim=(-0.7, 4.1), ylim=(-1.3, 1.3))
    ax.axis("off")
    return fig
    # --8<-- [end:plot_fan]


# --8<-- [start:plot_shapes]
def draw_shapes():
    """Figure of three products of a pass back, a square for each entry."""
    N, D, H, K = 5, 3, 4, 2
    value, slope, parameter = "#0072b2", "#c1440e", "#00795a"
    delta1 = N, H, r"$\delta^{(1)}$", slope
    products = (
        (D, N, r"$X^\top$", value),
        delta1,
        (D, H, "slope of $W^{(1)}$", slope),
        (1, N, r"$\mathbf{1}_N^\top$", value),
        delta1,
        (1, H, "slope of $b^{(1)}$", slope),
        (N, K, r"$\delta^{(2)}$", slope),
        (K, H, r"$W^{(2)\top}$", parameter),
        (N, H, "slope of $A^{(1)}$", slope),
    )
    fig, ax = plt.subplots(figsize=(5.4, 6.8))
    left = 0
    for place, (height, width, name, color) in enumerate(products):
        middle = -8 * (place // 3)
        left = left + 1.6 if place % 3 else 0
        for square in np.ndindex(height, width):
            corner = left + square[1], middle + square[0] - height / 2
            ax.add_patch(plt.Rectangle(corner, 1, 1, fc="none", ec=color))
        words = {"color": color, "ha": "center", "size": 12.5}
        ax.text(left + width / 2, middle + height / 2 + 0.5, name, **words)
        shape = f"({height}, {width})"
        ax.text(left + width / 2, middle - height / 2 - 1, shape, **words)
        left += width
        sign = ("·", "=", "")[place % 3]
        ax.text(left + 0.8, middle, sign, ha="center", va="center")
    ax.set(xlim=(-0.4, 16.8), ylim=(-20, 4.2), aspect="equal")
    ax.axis("off")
    return fig
    # --8<-- [end:plot_shapes]
