"""Networks with one hidden layer for the lab: many starts at once, any activation.

>>> start = draw_starts(seed=0, count=2, width=3)
>>> trained, losses = train(start, eta=5, steps=1000)
>>> print(losses.shape, losses[0].round(4))
(1000, 2) [0.4028 0.2849]
>>> answers = forward(X, *trained, sigmoid)[1]
>>> print(largest_miss(answers).round(3))
[0.024 0.028]
>>> print(answers[0, :, 0].round(2))
[0.02 0.98 0.98 0.02]
>>> figure = draw_losses(losses, "two starts")
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


def sigmoid_slope(A):
    """Slope of the logistic function, from its values A."""
    return A * (1 - A)


def forward(X, W1, b1, W2, b2, act):
    """Hidden activations and answers of S networks for the rows X (N, D)."""
    A1 = act(X @ W1 + b1)  # (S, N, H)
    y_hat = sigmoid(A1 @ W2 + b2)  # (S, N, 1)
    return A1, y_hat
    # --8<-- [end:forward]


# --8<-- [start:backward]
def backward(X, y, A1, y_hat, W2, slope):
    """Slopes of the mean squared error, for each of the S networks."""
    delta2 = 2 / len(y) * (y_hat - y) * y_hat * (1 - y_hat)  # (S, N, 1)
    grad_W2 = A1.mT @ delta2  # (S, H, 1)
    grad_b2 = delta2.sum(axis=1, keepdims=True)  # (S, 1, 1)
    delta1 = delta2 @ W2.mT * slope(A1)  # (S, N, H)
    grad_W1 = X.T @ delta1  # (S, D, H)
    grad_b1 = delta1.sum(axis=1, keepdims=True)  # (S, 1, H)
    return grad_W1, grad_b1, grad_W2, grad_b2
    # --8<-- [end:backward]


# --8<-- [start:train]
def draw_starts(seed, count, width):
    """Random weights and zero biases for networks side by side."""
    random = np.random.default_rng(seed)
    W1 = random.normal(size=(count, 2, width))
    W2 = random.normal(size=(count, width, 1))
    return W1, np.zeros((count, 1, width)), W2, np.zeros((count, 1, 1))


def train(start, eta, steps, act=sigmoid, slope=sigmoid_slope):
    """Parameters after the last step, and the losses before each."""
    parameters, losses = start, []
    for _ in range(steps):
        A1, y_hat = forward(X, *parameters, act)
        losses.append(((y_hat - y) ** 2).mean(axis=(1, 2)))
        grads = backward(X, y, A1, y_hat, parameters[2], slope)
        parameters = [p - eta * g for p, g in zip(parameters, grads)]
    return parameters, np.array(losses)


def largest_miss(y_hat):
    """Largest error of each network over its rows, as (S,)."""
    return np.abs(y_hat - y).max(axis=(1, 2))
    # --8<-- [end:train]


# --8<-- [start:draw]
def draw_losses(losses, title):
    """Figure of the losses (steps, S), a line for each network."""
    fig, ax = plt.subplots()
    ax.plot(losses, color="#0072b2", lw=1)
    ax.set(xlabel="step", ylabel="mean squared error", title=title)
    ax.set_ylim(bottom=0)
    return fig
    # --8<-- [end:draw]
