"""A hidden layer learns OR, without biases and with them, and then XOR from many starts.

>>> # --8<-- [start:draw_weights]
>>> random = np.random.RandomState(1)
>>> W1 = random.rand(2, 3)  # (D, H)
>>> W2 = random.rand(3, 1)  # (H, 1)
>>> b1, b2 = np.zeros(3), np.zeros(1)
>>> start = W1, b1, W2, b2
>>> for row in (*W1, W2[:, 0]):
...     print(*(f"{weight:.8f}" for weight in row))
0.41702200 0.72032449 0.00011437
0.30233257 0.14675589 0.09233859
0.18626021 0.34556073 0.39676747
>>> # --8<-- [end:draw_weights]

>>> # --8<-- [start:train]
>>> path = train(X, y, start, biases=False)
>>> for step in range(0, 10_000, 1000):
...     value = loss(X, y, *path[step])
...     print(f"step {step:5}  loss {value:.6e}")
step     0  loss 1.960156e-01
step  1000  loss 1.651662e-01
step  2000  loss 1.593565e-01
step  3000  loss 1.550351e-01
step  4000  loss 1.511067e-01
step  5000  loss 1.465351e-01
step  6000  loss 1.392272e-01
step  7000  loss 1.234844e-01
step  8000  loss 9.350530e-02
step  9000  loss 6.205274e-02
>>> # --8<-- [end:train]

>>> # --8<-- [start:tabulate]
>>> W1, b1, W2, b2 = bare = path[-1]
>>> print(W1.round(8))
[[ 1.66707072  2.43454525 -1.50667653]
 [ 1.66659174  2.29166158 -1.50681196]]
>>> print(W2.ravel().round(8))
[ 0.70570663  2.04736287 -4.12867523]
>>> A1, y_hat = forward(X, *bare)
>>> for row, target, answer in zip(X, y[:, 0], y_hat[:, 0]):
...     print(row, "→", f"{answer:.6f}", "should be", target)
[0. 0.] → 0.334522 should be 0.0
[0. 1.] → 0.846053 should be 1.0
[1. 0.] → 0.849022 should be 1.0
[1. 1.] → 0.925358 should be 1.0
>>> # --8<-- [end:tabulate]

>>> # --8<-- [start:train_one]
>>> random = np.random.RandomState(1)
>>> w, b = random.rand(2, 1), random.rand()
>>> for step in range(10_000):
...     answer = sigmoid(X @ w + b)  # (N, 1)
...     delta = 2 / len(y) * (answer - y) * answer * (1 - answer)  # (N, 1)
...     w, b = w - 0.05 * X.T @ delta, b - 0.05 * delta.sum()
>>> print("one neuron", sigmoid(X @ w + b)[:, 0].round(4))
one neuron [0.1192 0.9269 0.9268 0.9992]
>>> # --8<-- [end:train_one]

>>> # --8<-- [start:count]
>>> sizes = [len(p.ravel()) for p in start]
>>> print("weights", sizes[0] + sizes[2], "biases", sizes[1] + sizes[3])
weights 9 biases 4
>>> # --8<-- [end:count]

>>> # --8<-- [start:move_factor]
>>> for N in (4, 3):
...     slope = gradient(X[:N], y[:N], *start)[2][0, 0]
...     up, down = start[2].copy(), start[2].copy()
...     up[0, 0] += 1e-5
...     down[0, 0] -= 1e-5
...     above = loss(X[:N], y[:N], start[0], b1, up, b2)
...     below = loss(X[:N], y[:N], start[0], b1, down, b2)
...     print(f"{N} rows: nudge {(above - below) / 2e-5:.6f}", end="")
...     half = slope / (2 / N) * 0.5
...     print(f"  2/N {slope:.6f}  0.5 {half:.6f}")
4 rows: nudge -0.042737  2/N -0.042737  0.5 -0.042737
3 rows: nudge -0.019823  2/N -0.019823  0.5 -0.014868
>>> # --8<-- [end:move_factor]

>>> # --8<-- [start:silence]
>>> random = np.random.default_rng(0)
>>> for scale in (0.1, 1, 100):
...     anything = scale * random.normal(size=(2, 3))
...     print(f"scale {scale:<4}", sigmoid(X @ anything)[0])
scale 0.1  [0.5 0.5 0.5]
scale 1    [0.5 0.5 0.5]
scale 100  [0.5 0.5 0.5]
>>> # --8<-- [end:silence]

>>> # --8<-- [start:price]
>>> total = bare[2].sum()
>>> print(f"sum of the output weights {total:.4f}")
sum of the output weights -1.3756
>>> print(f"answer to (0, 0) {sigmoid(0.5 * total):.4f}")
answer to (0, 0) 0.3345
>>> # --8<-- [end:price]

>>> # --8<-- [start:add_biases]
>>> path_b = train(X, y, start)
>>> print(" step   without      with biases")
 step   without      with biases
>>> for step in range(0, 10_001, 1000):
...     losses = loss(X, y, *path[step]), loss(X, y, *path_b[step])
...     print(f"{step:5}   {losses[0]:.4e}   {losses[1]:.4e}")
    0   1.9602e-01   1.9602e-01
 1000   1.6517e-01   1.6196e-01
 2000   1.5936e-01   1.2999e-01
 3000   1.5504e-01   8.4124e-02
 4000   1.5111e-01   4.7369e-02
 5000   1.4654e-01   2.7536e-02
 6000   1.3923e-01   1.7611e-02
 7000   1.2348e-01   1.2288e-02
 8000   9.3505e-02   9.1606e-03
 9000   6.2053e-02   7.1704e-03
10000   4.0993e-02   5.8211e-03
>>> answers = [forward(X, *p[-1])[1][:, 0] for p in (path, path_b)]
>>> print("without    ", answers[0].round(4))
without     [0.3345 0.8461 0.849  0.9254]
>>> print("with biases", answers[1].round(4))
with biases [0.1202 0.9341 0.9338 0.9888]
>>> print("biases", path_b[-1][1].round(2), path_b[-1][3].round(2))
biases [-1.33 -1.67 -0.85] [-3.68]
>>> # --8<-- [end:add_biases]

>>> # --8<-- [start:draw_losses]
>>> draw_losses(path, path_b).savefig("by_hand_losses.svg")
>>> # --8<-- [end:draw_losses]

>>> # --8<-- [start:raise_rate]
>>> for biases in (False, True):
...     trained = train(X, y, start, 5, 3000, biases)[-1]
...     answer = forward(X, *trained)[1][:, 0]
...     print(f"biases {biases!s:5}", answer.round(4))
...     print("       output weights", trained[2][:, 0].round(2))
biases False [0.0212 0.9892 0.9892 0.9938]
       output weights [  1.53   3.57 -12.77]
biases True  [0.0127 0.9933 0.9933 0.9993]
       output weights [4.64 6.42 2.3 ]
>>> # --8<-- [end:raise_rate]

>>> # --8<-- [start:wait]
>>> slow = train(X, y_xor, start, steps=40_000)
>>> for step in (10_000, 40_000):
...     print(f"step {step}", forward(X, *slow[step])[1][:, 0].round(3))
step 10000 [0.484 0.5   0.506 0.517]
step 40000 [0.068 0.935 0.936 0.07 ]
>>> # --8<-- [end:wait]

>>> # --8<-- [start:learn_xor]
>>> path = train(X, y_xor, start, eta=5, steps=3000)
>>> for step in (0, 100, 300, 1000, 3000):
...     print(f"step {step:4}  loss {loss(X, y_xor, *path[step]):.6f}")
step    0  loss 0.266103
step  100  loss 0.249121
step  300  loss 0.013735
step 1000  loss 0.000776
step 3000  loss 0.000191
>>> A1, y_hat = forward(X, *path[-1])
>>> print("inputs    hidden activations       answer")
inputs    hidden activations       answer
>>> for row, hidden, answer in zip(X, A1, y_hat[:, 0]):
...     neurons = " ".join(f"{a:.3f}" for a in hidden)
...     print(row, "→", neurons, "→", f"{answer:.3f}")
[0. 0.] → 0.001 0.050 0.363 → 0.015
[0. 1.] → 0.076 0.976 0.535 → 0.987
[1. 0.] → 0.079 0.976 0.513 → 0.987
[1. 1.] → 0.897 1.000 0.680 → 0.014
>>> print("0.5 to everybody costs", ((0.5 - y_xor) ** 2).mean())
0.5 to everybody costs 0.25
>>> print("output weights", path[-1][2][:, 0].round(1))
output weights [-10.3  10.5  -2.7]
>>> # --8<-- [end:learn_xor]

>>> # --8<-- [start:match]
>>> W1, b1, W2, b2 = start
>>> one = W1[None], b1[None, None], W2[None], b2[None, None]
>>> alone = train_many(X, y_xor, *one)
>>> gap = np.abs(alone - y_hat).max()
>>> print("a stack of one agrees within 1e-9:", gap < 1e-9)
a stack of one agrees within 1e-9: True
>>> # --8<-- [end:match]

>>> # --8<-- [start:try_starts]
>>> random = np.random.default_rng(0)
>>> starts, answers = {}, {}
>>> for H in (2, 3, 4, 8):
...     starts[H] = draw_starts(random.normal, 200, H)
...     answers[H] = train_many(X, y_xor, *starts[H])  # (S, N, 1)
...     worst = largest_miss(answers[H], y_xor)  # (S,)
...     right, sure = (worst < 0.5).sum(), (worst < 0.1).sum()
...     print(f"{H} hidden: {right} of {len(worst)} starts", end=", ")
...     print(f"{right / len(worst):.1%}, within 0.1: {sure}")
2 hidden: 156 of 200 starts, 78.0%, within 0.1: 156
3 hidden: 192 of 200 starts, 96.0%, within 0.1: 191
4 hidden: 200 of 200 starts, 100.0%, within 0.1: 200
8 hidden: 200 of 200 starts, 100.0%, within 0.1: 200
>>> # --8<-- [end:try_starts]

>>> # --8<-- [start:estimate]
>>> right = largest_miss(answers[2], y_xor) < 0.5  # (S,)
>>> share = right.mean()
>>> error = (share * (1 - share) / len(right)) ** 0.5
>>> print(f"{share:.1%}, give or take {error:.1%}")
78.0%, give or take 2.9%
>>> # --8<-- [end:estimate]

>>> # --8<-- [start:draw_shares]
>>> draw_shares(answers).savefig("by_hand_shares.svg")
>>> # --8<-- [end:draw_shares]

>>> # --8<-- [start:draw_histogram]
>>> draw_histogram(answers).savefig("by_hand_histogram.svg")
>>> # --8<-- [end:draw_histogram]

>>> # --8<-- [start:sort_failures]
>>> levels = np.array([0, 1 / 8, 1 / 6])
>>> final = ((answers[2] - y_xor) ** 2).mean(axis=(1, 2))  # (S,)
>>> nearest = np.abs(final[:, None] - levels).argmin(axis=1)  # (S,)
>>> for kind, level in enumerate(levels):
...     chosen = np.flatnonzero(nearest == kind)
...     example = answers[2][chosen[0], :, 0].round(2) + 0.0
...     print(f"loss {level:.4f}: {len(chosen):3} starts, as", example)
loss 0.0000: 156 starts, as [0.01 0.99 0.98 0.01]
loss 0.1250:  38 starts, as [0.01 0.5  0.99 0.5 ]
loss 0.1667:   6 starts, as [0.02 0.67 0.67 0.67]
>>> # --8<-- [end:sort_failures]

>>> # --8<-- [start:revisit]
>>> stuck = np.flatnonzero(nearest == 1)[0]
>>> W1, b1, W2, b2 = (p[stuck] for p in starts[2])
>>> one = W1, b1[0], W2, b2[0]
>>> A1, y_hat = forward(X, *train(X, y_xor, one, 5, 3000)[-1])
>>> for row, hidden, answer in zip(X, A1, y_hat[:, 0]):
...     print(row, "→", hidden.round(3), "→", answer.round(2))
[0. 0.] → [0.926 0.281] → 0.01
[0. 1.] → [1. 1.] → 0.5
[1. 0.] → [0.267 0.974] → 0.99
[1. 1.] → [1. 1.] → 0.5
>>> delta2 = 2 / len(X) * (y_hat - y_xor) * y_hat * (1 - y_hat)  # (N, 1)
>>> print("error signals of the output", delta2[:, 0].round(4) + 0.0)
error signals of the output [ 0.0001 -0.0625 -0.0001  0.0625]
>>> # --8<-- [end:revisit]

>>> # --8<-- [start:start_positive]
>>> random = np.random.default_rng(0)
>>> positive = draw_starts(random.random, 200, 2)
>>> worst = largest_miss(train_many(X, y_xor, *positive), y_xor)  # (S,)
>>> print("solved", (worst < 0.1).sum(), "of", len(worst))
solved 199 of 200
>>> # --8<-- [end:start_positive]

>>> # --8<-- [start:mirror]
>>> X_mirror = 2 * X - 1  # (N, D)
>>> y_mirror = np.array([[0], [1], [1], [0.0]])  # (N, 1)
>>> for biases in (False, True):
...     trained = train(X_mirror, y_mirror, start, 5, 3000, biases)[-1]
...     answer = forward(X_mirror, *trained)[1][:, 0]
...     print(f"biases {biases!s:5}", answer.round(3))
biases False [0.5 0.5 0.5 0.5]
biases True  [0.014 0.987 0.988 0.013]
>>> # --8<-- [end:mirror]

>>> # --8<-- [start:start_alike]
>>> half1, half2 = np.full((2, 3), 0.5), np.full((3, 1), 0.5)
>>> alike = half1, np.zeros(3), half2, np.zeros(1)
>>> trained = train(X, y_xor, alike, eta=5, steps=3000)[-1]
>>> print("answers", forward(X, *trained)[1][:, 0].round(3))
answers [0.023 0.666 0.666 0.668]
>>> print(trained[0].round(4))
[[7.2927 7.2927 7.2927]
 [7.2927 7.2927 7.2927]]
>>> # --8<-- [end:start_alike]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)  # (N, D)
y = np.array([[0], [1], [1], [1]], dtype=float)  # (N, 1)
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
    # --8<-- [end:forward]


# --8<-- [start:loss]
def loss(X, y, W1, b1, W2, b2):
    """Mean squared error over the rows X (N, D), targets y (N, 1)."""
    y_hat = forward(X, W1, b1, W2, b2)[1]  # (N, 1)
    return ((y_hat - y) ** 2).sum() / len(y)
    # --8<-- [end:loss]


# --8<-- [start:gradient]
def gradient(X, y, W1, b1, W2, b2):
    """Slopes of the loss along W1 (D, H), b1 (H,), W2 (H, 1), b2 (1,)."""
    A1, y_hat = forward(X, W1, b1, W2, b2)
    delta2 = 2 / len(y) * (y_hat - y) * y_hat * (1 - y_hat)  # (N, 1)
    grad_W2 = A1.T @ delta2  # (H, 1)
    grad_b2 = delta2.sum(axis=0)  # (1,)
    delta1 = delta2 @ W2.T * A1 * (1 - A1)  # (N, H)
    grad_W1 = X.T @ delta1  # (D, H)
    grad_b1 = delta1.sum(axis=0)  # (H,)
    return grad_W1, grad_b1, grad_W2, grad_b2
    # --8<-- [end:gradient]


# --8<-- [start:descend]
def train(X, y, start, eta=0.05, steps=10_000, biases=True):
    """Parameters before each step and after the last, with biases or not."""
    path = [start]
    for _ in range(steps):
        slopes = gradient(X, y, *path[-1])
        rates = eta, eta * biases, eta, eta * biases
        moved = [p - r * s for p, r, s in zip(path[-1], rates, slopes)]
        path.append(moved)
    return path
    # --8<-- [end:descend]


# --8<-- [start:plot_losses]
def draw_losses(path, path_b):
    """Figure of the loss at each step, without biases and with them."""
    fig, ax = plt.subplots()
    curves = (path, "without biases", "--"), (path_b, "with biases", "-")
    for parameters, label, style in curves:
        losses = [loss(X, y, *p) for p in parameters[::100]]
        steps = np.arange(len(losses)) * 100
        ax.plot(steps, losses, style, color="#0072b2")
        ax.text(5500, losses[55] + 0.01, label)
    ax.set(ylim=(0, 0.21), xlabel="step", ylabel="mean squared error")
    return fig
    # --8<-- [end:plot_losses]


# --8<-- [start:data_xor]
y_xor = np.array([[0], [1], [1], [0]], dtype=float)  # (N, 1)
# --8<-- [end:data_xor]


# --8<-- [start:train_many]
def train_many(X, y, W1, b1, W2, b2, eta=5, steps=3000):
    """Answers of S trained networks, starts W1 (S, D, H), as (S, N, 1)."""
    for _ in range(steps):
        A1, y_hat = forward(X, W1, b1, W2, b2)
        delta2 = 2 / len(y) * (y_hat - y) * y_hat * (1 - y_hat)  # (S, N, 1)
        delta1 = delta2 @ W2.mT * A1 * (1 - A1)  # (S, N, H)
        W1 = W1 - eta * X.T @ delta1  # (S, D, H)
        b1 = b1 - eta * delta1.sum(axis=1, keepdims=True)  # (S, 1, H)
        W2 = W2 - eta * A1.mT @ delta2  # (S, H, 1)
        b2 = b2 - eta * delta2.sum(axis=1, keepdims=True)  # (S, 1, 1)
    return forward(X, W1, b1, W2, b2)[1]


def draw_starts(draw, S, H):
    """Parameters of S networks with H hidden neurons; the biases are 0."""
    W1, W2 = draw(size=(S, 2, H)), draw(size=(S, H, 1))
    return W1, np.zeros((S, 1, H)), W2, np.zeros((S, 1, 1))


def largest_miss(y_hat, y):
    """Largest error of each network over its rows, as (S,)."""
    return np.abs(y_hat - y).max(axis=(1, 2))
    # --8<-- [end:train_many]


# --8<-- [start:plot_shares]
def draw_shares(answers):
    """Figure of the share of starts that solve XOR, by width."""
    misses = [largest_miss(y_hat, y_xor) for y_hat in answers.values()]
    shares = [(miss < 0.5).mean() for miss in misses]
    fig, ax = plt.subplots()
    names = [str(H) for H in answers]
    bars = ax.bar(names, [100 * s for s in shares], color="#00795a")
    ax.bar_label(bars, [f"{share:.1%}" for share in shares], padding=2)
    ax.set(ylim=(0, 110), yticks=range(0, 101, 25))
    ax.set(xlabel="hidden neurons", ylabel="starts that solve XOR, %")
    return fig
    # --8<-- [end:plot_shares]


# --8<-- [start:plot_histogram]
def draw_histogram(answers):
    """Figure of how many starts ended at which loss, widths 2 and 3."""
    fig, axes = plt.subplots(2, 1, sharex=True, sharey=True)
    bins = np.linspace(0, 0.2, 21)
    for ax, H in zip(axes, (2, 3)):
        losses = ((answers[H] - y_xor) ** 2).mean(axis=(1, 2))  # (S,)
        heights, _, bars = ax.hist(losses, bins, color="#0072b2")
        ax.bar_label(bars, [f"{h:.0f}" if h else "" for h in heights])
        ax.text(0.2, 130, f"{H} hidden neurons", ha="right")
        ax.set(ylim=(0, 230), ylabel="starts")
    axes[1].set(xticks=[0, 0.05, 0.1, 0.15, 0.2])
    axes[1].set(xlabel="mean squared error after the training")
    return fig
    # --8<-- [end:plot_histogram]
