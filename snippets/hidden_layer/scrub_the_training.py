"""Two training runs on XOR, one that gets there and one that does not, recorded for a slider.

>>> # --8<-- [start:run]
>>> solves = train(X, y, start(182), eta=5, steps=3000)
>>> stays = train(X, y, start(2), eta=5, steps=3000)
>>> for step in (0, 10, 100, 200, 1000, 1300, 1400, 1450, 1500, 3000):
...     losses = loss(X, y, *solves[step]), loss(X, y, *stays[step])
...     print(f"step {step:4}  loss {losses[0]:.4f}   {losses[1]:.4f}")
step    0  loss 0.2611   0.2572
step   10  loss 0.2475   0.2496
step  100  loss 0.1865   0.2073
step  200  loss 0.1733   0.1773
step 1000  loss 0.1673   0.1679
step 1300  loss 0.1665   0.1676
step 1400  loss 0.1647   0.1675
step 1450  loss 0.1341   0.1675
step 1500  loss 0.0204   0.1675
step 3000  loss 0.0003   0.1670
>>> # --8<-- [end:run]

>>> # --8<-- [start:sort]
>>> W1, b1, W2, b2 = start(slice(200))
>>> for step in range(3000):
...     A1, y_hat = forward(X, W1, b1, W2, b2)
...     delta2 = 2 / len(y) * (y_hat - y) * y_hat * (1 - y_hat)  # (S, N, 1)
...     delta1 = delta2 @ W2.mT * A1 * (1 - A1)  # (S, N, H)
...     W1, W2 = W1 - 5 * X.T @ delta1, W2 - 5 * A1.mT @ delta2
...     b1 = b1 - 5 * delta1.sum(axis=1, keepdims=True)  # (S, 1, H)
...     b2 = b2 - 5 * delta2.sum(axis=1, keepdims=True)  # (S, 1, 1)
>>> losses = ((forward(X, W1, b1, W2, b2)[1] - y) ** 2).mean(axis=(1, 2))
>>> levels = np.array([0, 1 / 8, 1 / 6])
>>> kinds = np.abs(losses[:, None] - levels).argmin(axis=1)  # (S,)
>>> solved, *failed = np.bincount(kinds)
>>> print(solved, "solve it,", sum(failed), "do not; near 1/8 and 1/6:", *failed)
156 solve it, 44 do not; near 1/8 and 1/6: 38 6
>>> print("our two:", *(f"{losses[number]:.4f}" for number in (182, 2)))
our two: 0.0003 0.1670
>>> # --8<-- [end:sort]

>>> # --8<-- [start:moments]
>>> moments = 0, 100, 815, 1450, 1470, 3000
>>> tell(solves, moments)
step   loss    answers to the four rows  output weights  part
   0  0.2611   0.53  0.55  0.65  0.66      0.95  -0.74    1
 100  0.1865   0.17  0.63  0.63  0.67      0.95  -3.48    2
 815  0.1676   0.03  0.66  0.66  0.67      0.00  -6.17    2
1450  0.1341   0.04  0.69  0.65  0.57     -1.99  -6.74    1 2
1470  0.0616   0.06  0.76  0.75  0.35     -3.82  -6.82    1 2
3000  0.0003   0.02  0.98  0.98  0.02     -9.83  -9.39    1 2
>>> wrong = [((forward(X, *p)[1] > 0.5) != (y > 0.5)).any() for p in solves]
>>> print("all four right from step", np.flatnonzero(wrong)[-1] + 1)
all four right from step 1457
>>> # --8<-- [end:moments]

>>> # --8<-- [start:draw_loss]
>>> draw_loss(solves, stays, moments).savefig("scrub_the_training_loss.svg")
>>> # --8<-- [end:draw_loss]

>>> # --8<-- [start:draw_planes]
>>> draw_planes(solves, moments).savefig("scrub_the_training_planes.svg")
>>> # --8<-- [end:draw_planes]

>>> # --8<-- [start:appear]
>>> before = np.array([False, False])
>>> for step, parameters in enumerate(solves):
...     now = parting(forward(X, *parameters)[0])
...     if (now != before).any():
...         print(f"from step {step:4}:", *now)
...     before = now
from step    0: True False
from step    1: True True
from step    3: True False
from step    7: False False
from step   66: False True
from step 1436: True True
>>> # --8<-- [end:appear]

>>> # --8<-- [start:signals]
>>> A1, y_hat = forward(X, *solves[815])
>>> delta2, _ = signals(X, y, *solves[815])
>>> print("row       output error  neuron 1 says  neuron 2 says  error × neuron 1")
row       output error  neuron 1 says  neuron 2 says  error × neuron 1
>>> for row, (error,), (a1, a2) in zip(X, delta2, A1):
...     print(row, f"{error:12.4f} {a1:14.3f} {a2:14.3f} {error * a1:17.5f}")
[0. 0.]       0.0005          0.860          0.663           0.00043
[0. 1.]      -0.0374          0.992          0.001          -0.03711
[1. 0.]      -0.0374          0.993          0.001          -0.03715
[1. 1.]       0.0741          1.000          0.000           0.07405
>>> print(f"sum of the last three errors {delta2[1:].sum():.4f}")
sum of the last three errors -0.0007
>>> products = (delta2 * A1)[:, 0]  # (N,)
>>> print(f"products: last three {products[1:].sum():.5f}, all {products.sum():.5f}")
products: last three -0.00021, all 0.00022
>>> print(f"largest error signal, 2/27 = {2 / 27:.4f}")
largest error signal, 2/27 = 0.0741
>>> # --8<-- [end:signals]

>>> # --8<-- [start:turn]
>>> W2_1 = np.array([W2[0, 0] for W1, b1, W2, b2 in solves])  # (T,)
>>> b1_1 = np.array([b1[0] for W1, b1, W2, b2 in solves])  # (T,)
>>> zero = np.flatnonzero(W2_1 < 0)[0]
>>> print("W2[0, 0] is below zero from step", zero)
W2[0, 0] is below zero from step 816
>>> print("b1[0] is largest at step", b1_1.argmax(), f"with {b1_1.max():.3f}")
b1[0] is largest at step 816 with 1.818
>>> # --8<-- [end:turn]

>>> # --8<-- [start:draw_turn]
>>> draw_turn(W2_1, b1_1, zero).savefig("scrub_the_training_turn.svg")
>>> # --8<-- [end:draw_turn]

>>> # --8<-- [start:compare]
>>> def length(theta):
...     return np.sqrt(sum((slope**2).sum() for slope in gradient(X, y, *theta)))
>>> print("step   solves: loss, length   stays: loss, length")
step   solves: loss, length   stays: loss, length
>>> for step in (815, 1000, 1200, 1300):
...     print(f"{step:4}", end="")
...     for path in (solves, stays):
...         print(f"   {loss(X, y, *path[step]):9.4f} {length(path[step]):.5f}", end="")
...     print()
 815      0.1676 0.00061      0.1683 0.00068
1000      0.1673 0.00056      0.1679 0.00054
1200      0.1669 0.00072      0.1677 0.00044
1300      0.1665 0.00111      0.1676 0.00040
>>> for name, path in (("solves", solves), ("stays", stays)):
...     lengths = [length(theta) for theta in path[:1400]]
...     print(f"{name}: shortest of 1400 at step {np.argmin(lengths)}")
solves: shortest of 1400 at step 986
stays: shortest of 1400 at step 1399
>>> # --8<-- [end:compare]

>>> # --8<-- [start:look]
>>> for path in (solves, stays):
...     A1, _ = forward(X, *path[1000])
...     print("output weights", path[1000][2][:, 0].round(2))
...     print(A1.round(2))
output weights [-0.21 -6.36]
[[0.85 0.67]
 [0.99 0.  ]
 [0.99 0.  ]
 [1.   0.  ]]
output weights [-4.76 -3.75]
[[0.55 0.4 ]
 [0.   0.  ]
 [0.   0.  ]
 [0.   0.  ]]
>>> # --8<-- [end:look]

>>> # --8<-- [start:go_on]
>>> more = train(X, y, stays[3000], eta=5, steps=17_000)
>>> for step in (5000, 10_000, 20_000):
...     theta = more[step - 3000]
...     print(f"step {step:5}  loss {loss(X, y, *theta):.5f}", end="")
...     print("  output weights", theta[2][:, 0].round(2))
step  5000  loss 0.16689  output weights [-5.92 -4.22]
step 10000  loss 0.16677  output weights [-6.41 -4.35]
step 20000  loss 0.16672  output weights [-6.9  -4.45]
>>> # --8<-- [end:go_on]

>>> # --8<-- [start:watch]
>>> for path in (solves, stays):
...     watch(path, (200, 600, 815, 1200, 1400, 1450))
step   output error  output weight  a (1 - a)   its signal
 200      -0.0390         0.7886     0.02328     -7.2e-04
 600      -0.0375         0.2369     0.00824     -7.3e-05
 815      -0.0374         0.0004     0.00753     -1.0e-07
1200      -0.0374        -0.4931     0.01090      2.0e-04
1400      -0.0376        -1.0614     0.03744      1.5e-03
1450      -0.0327        -1.9867     0.22396      1.5e-02
step   output error  output weight  a (1 - a)   its signal
 200      -0.0397        -3.2649     0.01633      2.1e-03
 600      -0.0375        -4.3612     0.00303      5.0e-04
 815      -0.0374        -4.6067     0.00203      3.5e-04
1200      -0.0372        -4.9012     0.00125      2.3e-04
1400      -0.0372        -5.0152     0.00103      1.9e-04
1450      -0.0372        -5.0409     0.00099      1.9e-04
>>> # --8<-- [end:watch]

>>> # --8<-- [start:hear]
>>> for row, heard in zip(X, signals(X, y, *solves[600])[1][:, 0]):
...     print(row, f"{heard:9.1e}")
[0. 0.]   2.2e-05
[0. 1.]  -7.3e-05
[1. 0.]  -6.4e-05
[1. 1.]   6.2e-06
>>> # --8<-- [end:hear]

>>> # --8<-- [start:tell_stays]
>>> tell(stays, (0, 100, 1000, 3000))
step   loss    answers to the four rows  output weights  part
   0  0.2572   0.39  0.40  0.44  0.45     -0.29  -0.63    2
 100  0.2073   0.27  0.58  0.58  0.64     -1.95  -1.76    none
1000  0.1679   0.03  0.67  0.67  0.67     -4.76  -3.75    1
3000  0.1670   0.02  0.67  0.67  0.67     -5.56  -4.10    1
>>> # --8<-- [end:tell_stays]

>>> # --8<-- [start:draw_stays]
>>> draw_planes(stays, (100, 1000, 3000)).savefig("scrub_the_training_stays.svg")
>>> # --8<-- [end:draw_stays]

>>> # --8<-- [start:write]
>>> import json
>>> paths = {"solves": solves, "stays": stays}
>>> runs = {name: record(path, also=(*moments, 1000)) for name, path in paths.items()}
>>> data = {"X": X.tolist(), "y": y.tolist(), "runs": runs}
>>> with open("scrub_the_training.json", "w") as file:
...     json.dump(data, file, separators=(",", ":"))
>>> for name, run in runs.items():
...     print(f"{name:6}  {len(run['step'])} of {len(paths[name])} steps kept")
solves  92 of 3001 steps kept
stays   55 of 3001 steps kept
>>> # --8<-- [end:write]

>>> # --8<-- [start:round]
>>> for name, run in runs.items():
...     gap_loss, gap_plane = gaps(paths[name], run)
...     print(f"{name:6}  loss {gap_loss:.6f}", end="")
...     print(f"  answers at {len(plane())} points {gap_plane:.5f}")
solves  loss 0.000001  answers at 1681 points 0.00006
stays   loss 0.000001  answers at 1681 points 0.00003
>>> # --8<-- [end:round]

>>> # --8<-- [start:turn_sign]
>>> W1, b1, W2, b2 = stays[1000]
>>> for h, signs in enumerate(([-1, 1], [1, -1])):
...     turned = W1, b1, W2 * np.array([signs]).T, b2
...     path = train(X, y, turned, eta=5, steps=8000)
...     losses = np.array([loss(X, y, *theta) for theta in path])
...     says = forward(X, *path[100])[0][1, h]
...     print(f"neuron {h + 1}: loss {losses[0]:.4f} at once,", end=" ")
...     print(f"it says {says:.5f} to (0, 1) at step 100,", end=" ")
...     print("loss below 0.01 from step", np.flatnonzero(losses < 0.01)[0])
neuron 1: loss 0.3497 at once, it says 0.00019 to (0, 1) at step 100, loss below 0.01 from step 7761
neuron 2: loss 0.2079 at once, it says 0.00065 to (0, 1) at step 100, loss below 0.01 from step 2185
>>> # --8<-- [end:turn_sign]

>>> # --8<-- [start:wait]
>>> late = train(X, y, start(123), eta=5, steps=5000)
>>> for step in (1000, 3000, 4000, 5000):
...     W2 = late[step][2]
...     print(f"step {step}  loss {loss(X, y, *late[step]):.4f}", end="")
...     print("  output weights", W2[:, 0].round(2))
step 1000  loss 0.1675  output weights [ 0.47 -6.26]
step 3000  loss 0.1668  output weights [-0.38 -7.17]
step 4000  loss 0.0093  output weights [-6.44 -7.74]
step 5000  loss 0.0005  output weights [-9.51 -9.23]
>>> # --8<-- [end:wait]

>>> # --8<-- [start:count_stops]
>>> kept = np.array(runs["solves"]["step"])
>>> even = np.linspace(0, 3000, len(kept))
>>> for name, steps in (("distance", kept), ("time", even)):
...     inside = ((1400 <= steps) & (steps <= 1500)).sum()
...     print(f"stops by {name:8} from step 1400 to 1500: {inside} of {len(steps)}")
stops by distance from step 1400 to 1500: 21 of 92
stops by time     from step 1400 to 1500: 3 of 92
>>> # --8<-- [end:count_stops]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)  # (N, D)
y = np.array([[0], [1], [1], [0]], dtype=float)  # (N, 1)
# --8<-- [end:import]


# --8<-- [start:forward]
def sigmoid(Z):
    """Logistic function of each element of Z."""
    return 1 / (1 + np.exp(-Z))


def forward(X, W1, b1, W2, b2):
    """Hidden activations and predictions for the rows X (N, D)."""
    A1 = sigmoid(X @ W1 + b1)
    y_hat = sigmoid(A1 @ W2 + b2)
    return A1, y_hat


def loss(X, y, W1, b1, W2, b2):
    """Mean squared error over the rows X (N, D), targets y (N, 1)."""
    y_hat = forward(X, W1, b1, W2, b2)[1]  # (N, 1)
    return ((y_hat - y) ** 2).sum() / len(y)
    # --8<-- [end:forward]


# --8<-- [start:train]
def signals(X, y, W1, b1, W2, b2):
    """Error signals of the output (N, 1) and of the hidden layer (N, H)."""
    A1, y_hat = forward(X, W1, b1, W2, b2)
    delta2 = 2 / len(y) * (y_hat - y) * y_hat * (1 - y_hat)  # (N, 1)
    delta1 = delta2 @ W2.T * A1 * (1 - A1)  # (N, H)
    return delta2, delta1


def gradient(X, y, W1, b1, W2, b2):
    """Slopes of the loss along W1 (D, H), b1 (H,), W2 (H, 1), b2 (1,)."""
    A1, _ = forward(X, W1, b1, W2, b2)
    delta2, delta1 = signals(X, y, W1, b1, W2, b2)
    return X.T @ delta1, delta1.sum(axis=0), A1.T @ delta2, delta2.sum(axis=0)


def train(X, y, start, eta, steps):
    """Parameters before each step and after the last, as a list."""
    path = [start]
    for _ in range(steps):
        slopes = gradient(X, y, *path[-1])
        path.append([p - eta * s for p, s in zip(path[-1], slopes)])
    return path
    # --8<-- [end:train]


# --8<-- [start:start]
def start(number):
    """Parameters of one of the two hundred starts with two hidden neurons."""
    random = np.random.default_rng(0)
    W1, W2 = random.normal(size=(200, 2, 2)), random.normal(size=(200, 2, 1))
    return W1[number], np.zeros(2), W2[number], np.zeros(1)
    # --8<-- [end:start]


# --8<-- [start:tell]
def parting(A1):
    """Which neurons say more than one half to some rows only, as (H,)."""
    return (A1 > 0.5).any(axis=0) & (A1 < 0.5).any(axis=0)


def tell(path, steps):
    """Print loss, answers, output weights, and which neurons part rows."""
    print("step   loss    answers to the four rows  output weights  part")
    for step in steps:
        A1, y_hat = forward(X, *path[step])
        answers = "  ".join(f"{answer:.2f}" for answer in y_hat[:, 0])
        weights = " ".join(f"{weight:6.2f}" for weight in path[step][2][:, 0])
        names = " ".join(str(h + 1) for h in np.flatnonzero(parting(A1)))
        value = loss(X, y, *path[step])
        print(f"{step:4}  {value:.4f}   {answers}    ", end="")
        print(f"{weights}    {names or 'none'}")
        # --8<-- [end:tell]


# --8<-- [start:follow]
def watch(path, steps):
    """Print what neuron 1 hears about the row (0, 1), factor by factor."""
    print("step   output error  output weight  a (1 - a)   its signal")
    for step in steps:
        A1, _ = forward(X, *path[step])
        delta2, delta1 = signals(X, y, *path[step])
        weight, slope = path[step][2][0, 0], A1[1, 0] * (1 - A1[1, 0])
        print(f"{step:4} {delta2[1, 0]:12.4f} {weight:14.4f}", end="")
        print(f"{slope:12.5f} {delta1[1, 0]:12.1e}")
        # --8<-- [end:follow]


# --8<-- [start:record]
def record(path, reach=0.3, also=()):
    """Step, loss and parameters, each time these have moved by reach."""
    places = [np.concatenate([p.ravel() for p in theta]) for theta in path]
    last, kept = len(path) - 1, [0]
    for step in range(1, len(path)):
        moved = np.linalg.norm(places[step] - places[kept[-1]])
        if moved >= reach or step in also or step == last:
            kept.append(step)
    losses = [round(loss(X, y, *path[step]), 6) for step in kept]
    run = {"step": kept, "loss": losses}
    for place, name in enumerate(("W1", "b1", "W2", "b2")):
        run[name] = [path[step][place].round(4).tolist() for step in kept]
    return run
    # --8<-- [end:record]


# --8<-- [start:plane]
def plane(side=41):
    """Points of the plane of inputs around the four rows, as (P, D)."""
    ticks = np.linspace(-0.5, 1.5, side)
    return np.stack(np.meshgrid(ticks, ticks), axis=2).reshape(-1, 2)


def gaps(path, run):
    """Largest change of loss and answers that rounding the record made."""
    points, worst = plane(), np.zeros(2)
    for k, step in enumerate(run["step"]):
        rounded = [np.array(run[name][k]) for name in ("W1", "b1", "W2", "b2")]
        change = forward(points, *rounded)[1] - forward(points, *path[step])[1]
        value = abs(loss(X, y, *rounded) - run["loss"][k])
        worst = np.maximum(worst, [value, np.abs(change).max()])
    return worst
    # --8<-- [end:plane]


# --8<-- [start:plot_loss]
def draw_loss(solves, stays, moments):
    """Figure of the losses of both runs, the moments marked on the first."""
    fig, ax = plt.subplots()
    for path, style in ((stays, "--"), (solves, "-")):
        losses = [loss(X, y, *theta) for theta in path]
        ax.plot(losses, style, color="#0072b2")
    ax.text(3000, 0.173, "stays", ha="right", va="bottom")
    ax.text(1560, 0.025, "solves", va="bottom")
    offsets = (8, 4), (8, 2), (0, -16), (-9, -3), (9, 2), (0, 8)
    for step, offset in zip(moments, offsets):
        side = "left" if offset[0] > 0 else "right" if offset[0] < 0 else "center"
        point = step, losses[step]
        ax.plot(*point, "o", color="#0072b2", ms=7, clip_on=False, zorder=3)
        options = {"textcoords": "offset points", "ha": side}
        ax.annotate(f"{step:,}", point, offset, **options)
    ax.set(ylim=(0, 0.28), xlabel="step", ylabel="mean squared error")
    return fig
    # --8<-- [end:plot_loss]


# --8<-- [start:plot_turn]
def draw_turn(weights, biases, zero):
    """Figure of two parameters of neuron 1, until the loss has fallen."""
    fig, ax = plt.subplots(figsize=(5.4, 2.8))
    ax.axhline(0, color="#555555", lw=1)
    ax.axvline(zero, ls=":", color="#555555", lw=1)
    ax.plot(weights[:1601], color="#00795a")
    ax.plot(biases[:1601], "--", color="#00795a")
    ax.text(zero + 20, 1.9, "its bias, b1[0]", va="bottom")
    for height, words in (-0.8, "its output weight, W2[0, 0]"), (-4.6, f"step {zero}"):
        ax.text(zero - 20, height, words, ha="right")
    ax.set(xlabel="step", ylabel="value", ylim=(-5, 2.6))
    return fig
    # --8<-- [end:plot_turn]


# --8<-- [start:plot_planes]
def draw_line(ax, w, b, style):
    """Draw where a neuron with weights w (D,) and bias b says one half."""
    along = np.array([-1.0, 2.0])
    ax.plot(along, -(w[0] * along + b) / w[1], style, color="#00795a")


def draw_planes(path, steps):
    """Figure of the plane of inputs, hidden lines and answers at the steps."""
    rows, side = -(-len(steps) // 3), 25
    shape = {"figsize": (5.4, 0.6 + 1.9 * rows), "sharex": True, "sharey": True}
    shape |= {"layout": "compressed"}
    fig, axes = plt.subplots(rows, 3, **shape)
    ticks = np.linspace(-0.5, 1.5, side)
    for ax, step in zip(axes.flat, steps):
        W1, b1, W2, b2 = path[step]
        answers = forward(plane(side), W1, b1, W2, b2)[1].reshape(side, side)
        options = {"colors": ["#0072b2"], "alpha": 0.25}
        ax.contourf(ticks, ticks, answers, [0.5, 1], **options)
        draw_line(ax, W1[:, 0], b1[0], "-")
        draw_line(ax, W1[:, 1], b1[1], "--")
        for target, marker in ((0, "o"), (1, "s")):
            ax.plot(*X[y[:, 0] == target].T, marker, color="#b36b00", ms=8)
        ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal")
        ax.set(xticks=[0, 1], yticks=[0, 1])
        ax.set_title(f"step {step:,}", fontsize=11)
    fig.supxlabel("$x_1$")
    fig.supylabel("$x_2$")
    return fig
    # --8<-- [end:plot_planes]
