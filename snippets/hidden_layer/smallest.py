"""The smallest network with a hidden layer, 1-1-1, learns a step; two mistakes, and a turned sign.

>>> # --8<-- [start:draw_weights]
>>> random = np.random.RandomState(42)
>>> start = random.randn(), 0.0, random.randn(), 0.0
>>> w1, b1, w2, b2 = start
>>> print(f"w1 {w1:.8f}  w2 {w2:.8f}")
w1 0.49671415  w2 -0.13826430
>>> # --8<-- [end:draw_weights]

>>> # --8<-- [start:check]
>>> slopes = gradient(x, y, *start)
>>> for name, slope, k in zip(("w1", "b1", "w2", "b2"), slopes, range(4)):
...     up, down = list(start), list(start)
...     up[k] += 1e-5
...     down[k] -= 1e-5
...     nudge = (loss(x, y, *up) - loss(x, y, *down)) / 2e-5
...     print(f"{name}  formula {slope:.6f}  nudge {nudge:.6f}")
w1  formula 0.022017  nudge 0.022017
b1  formula -0.003663  nudge -0.003663
w2  formula -0.037048  nudge -0.037048
b2  formula 0.103712  nudge 0.103712
>>> # --8<-- [end:check]

>>> # --8<-- [start:train]
>>> path = train(x, y, start)
>>> for epoch in range(0, 5000, 1000):
...     y_hat = forward(x, *path[epoch])[1]
...     print(f"epoch {epoch:4}  loss {((y_hat - y) ** 2).mean():.4f}")
epoch    0  loss 0.2517
epoch 1000  loss 0.0127
epoch 2000  loss 0.0045
epoch 3000  loss 0.0026
epoch 4000  loss 0.0018
>>> # --8<-- [end:train]

>>> # --8<-- [start:test]
>>> x_test = np.array([-3, -0.5, 0.75, 3, 1, 0])  # (T,)
>>> for value, answer in zip(x_test, forward(x_test, *path[-1])[1]):
...     print(f"x {value:5}  answer {answer:.8f}")
x  -3.0  answer 0.02604618
x  -0.5  answer 0.02810493
x  0.75  answer 0.88399002
x   3.0  answer 0.97330026
x   1.0  answer 0.95344092
x   0.0  answer 0.05223964
>>> # --8<-- [end:test]

>>> # --8<-- [start:fit]
>>> model = network(start)
>>> losses = fit(model, x, y)
>>> print(*(f"{value:.4f}" for value in losses[::1000]))
0.2517 0.0127 0.0045 0.0026 0.0018
>>> with torch.no_grad():
...     answers = model(torch.from_numpy(x_test)[:, None])[:, 0].numpy()
>>> print(answers.round(8))
[0.02604618 0.02810493 0.88399002 0.97330026 0.95344092 0.05223964]
>>> # --8<-- [end:fit]

>>> # --8<-- [start:compare]
>>> ours = [((forward(x, *p)[1] - y) ** 2).mean() for p in path[:-1]]
>>> gap = np.abs(np.array(ours) - losses).max()
>>> print("5,000 losses agree within 1e-12:", gap < 1e-12)
5,000 losses agree within 1e-12: True
>>> gap = np.abs(answers - forward(x_test, *path[-1])[1]).max()
>>> print("six answers agree within 1e-12: ", gap < 1e-12)
six answers agree within 1e-12:  True
>>> # --8<-- [end:compare]

>>> # --8<-- [start:mistake]
>>> wrong = train(x, y, start, mistaken_gradient)
>>> for epoch in range(0, 5000, 1000):
...     w1, b1, w2, b2 = wrong[epoch]
...     y_hat = sigmoid(w2 * x + b2)  # (N,)
...     print(f"epoch {epoch:4}  loss {((y_hat - y) ** 2).mean():.4f}")
epoch    0  loss 0.2936
epoch 1000  loss 0.0183
epoch 2000  loss 0.0071
epoch 3000  loss 0.0040
epoch 4000  loss 0.0027
>>> print(forward(x_test, *wrong[-1])[1].round(8))
[0.07575155 0.08137866 0.80654114 0.93569339 0.89717416 0.12876753]
>>> # --8<-- [end:mistake]

>>> # --8<-- [start:unmask]
>>> def watched(w1, b1, w2, b2):
...     return 0.5 * ((sigmoid(w2 * x + b2) - y) ** 2).sum()
>>> slopes = mistaken_gradient(x, y, *start)
>>> for name, slope, k in zip(("w1", "b1", "w2", "b2"), slopes, range(4)):
...     up, down = list(start), list(start)
...     up[k] += 1e-5
...     down[k] -= 1e-5
...     nudge = (watched(*up) - watched(*down)) / 2e-5
...     print(f"{name}  program {slope:.6f}  nudge {nudge:.6f}")
w1  program 0.023863  nudge 0.000000
b1  program -0.004321  nudge 0.000000
w2  program -0.033966  nudge -0.823943
b2  program 0.125000  nudge 0.125000
>>> # --8<-- [end:unmask]

>>> # --8<-- [start:count_signs]
>>> right = 0
>>> for w1, b1, w2, b2 in wrong[:-1]:
...     claimed = mistaken_gradient(x, y, w1, b1, w2, b2)[2]
...     y_hat = sigmoid(w2 * x + b2)  # (N,)
...     slope = x @ ((y_hat - y) * slope_from(y_hat))
...     right += int(claimed * slope > 0)
>>> print("w2: right sign in", right, "of", len(wrong) - 1, "epochs")
w2: right sign in 5000 of 5000 epochs
>>> # --8<-- [end:count_signs]

>>> # --8<-- [start:measure_truth]
>>> print("epoch  watched  of the network")
epoch  watched  of the network
>>> for epoch in range(0, 5000, 1000):
...     w1, b1, w2, b2 = wrong[epoch]
...     seen = ((sigmoid(w2 * x + b2) - y) ** 2).mean()
...     true = ((forward(x, *wrong[epoch])[1] - y) ** 2).mean()
...     print(f"{epoch:5}  {seen:.4f}   {true:.4f}")
    0  0.2936   0.2517
 1000  0.0183   0.0764
 2000  0.0071   0.0315
 3000  0.0040   0.0176
 4000  0.0027   0.0117
>>> # --8<-- [end:measure_truth]

>>> # --8<-- [start:draw_curves]
>>> draw_curves(path, wrong).savefig("smallest_curves.svg")
>>> # --8<-- [end:draw_curves]

>>> # --8<-- [start:misuse]
>>> z = np.array([-3.0, -0.5, 0.5, 2.0])
>>> nudge = (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5
>>> print("nudge                  ", nudge.round(4))
nudge                   [0.0452 0.235  0.235  0.105 ]
>>> print("from the activation    ", slope_from(sigmoid(z)).round(4))
from the activation     [0.0452 0.235  0.235  0.105 ]
>>> print("from the pre-activation", slope_from(z).round(4))
from the pre-activation [-12.    -0.75   0.25  -2.  ]
>>> # --8<-- [end:misuse]

>>> # --8<-- [start:misuse_in_training]
>>> misfed = train(x, y, start, misfed_gradient)
>>> print("epoch  right   misfed")
epoch  right   misfed
>>> for epoch in range(0, 5000, 1000):
...     right = ((forward(x, *path[epoch])[1] - y) ** 2).mean()
...     slow = ((forward(x, *misfed[epoch])[1] - y) ** 2).mean()
...     print(f"{epoch:5}  {right:.4f}  {slow:.4f}")
    0  0.2517  0.2517
 1000  0.0127  0.1795
 2000  0.0045  0.1376
 3000  0.0026  0.1079
 4000  0.0018  0.0851
>>> print("right ", forward(x, *path[-1])[1].round(3))
right  [0.026 0.026 0.052 0.953 0.973]
>>> print("misfed", forward(x, *misfed[-1])[1].round(3))
misfed [0.058 0.159 0.378 0.645 0.824]
>>> # --8<-- [end:misuse_in_training]

>>> # --8<-- [start:freeze]
>>> def frozen_gradient(x, y, w1, b1, w2, b2):
...     return 0, 0, *gradient(x, y, w1, b1, w2, b2)[2:]
>>> frozen = train(x, y, start, frozen_gradient)
>>> for name, trained in (("misfed", misfed), ("frozen", frozen)):
...     error = forward(x, *trained[-1])[1] - y  # (N,)
...     print(f"{name}, at the end  loss {(error**2).mean():.4f}")
misfed, at the end  loss 0.0657
frozen, at the end  loss 0.0494
>>> # --8<-- [end:freeze]

>>> # --8<-- [start:turn_signs]
>>> def opposite(x, y, w1, b1, w2, b2):
...     return [-slope for slope in gradient(x, y, w1, b1, w2, b2)]
>>> turned = train(x, y, start, opposite, eta=-0.1)
>>> print("both turned, same parameters:", turned[-1] == path[-1])
both turned, same parameters: True
>>> climbed = train(x, y, start, eta=-0.1)
>>> for epoch in (0, 1, 10, 100, 1000):
...     error = forward(x, *climbed[epoch])[1] - y  # (N,)
...     print(f"one turned, epoch {epoch:4}  loss {(error**2).mean():.4f}")
one turned, epoch    0  loss 0.2517
one turned, epoch    1  loss 0.2522
one turned, epoch   10  loss 0.2580
one turned, epoch  100  loss 0.5133
one turned, epoch 1000  loss 0.5969
>>> # --8<-- [end:turn_signs]

>>> # --8<-- [start:reorder]
>>> def updated_early(x, y, w1, b1, w2, b2):
...     a1, y_hat = forward(x, w1, b1, w2, b2)
...     delta2 = (y_hat - y) * slope_from(y_hat)  # (N,)
...     moved = w2 - 0.1 * a1 @ delta2
...     delta1 = delta2 * moved * slope_from(a1)  # (N,)
...     return x @ delta1, delta1.sum(), a1 @ delta2, delta2.sum()
>>> early = train(x, y, start, updated_early)[-1]
>>> print("early", forward(x_test, *early)[1].round(8))
early [0.02605009 0.02810639 0.88402586 0.97329729 0.9534521  0.05222575]
>>> print("right", forward(x_test, *path[-1])[1].round(8))
right [0.02604618 0.02810493 0.88399002 0.97330026 0.95344092 0.05223964]
>>> slope = updated_early(x, y, *start)[0]
>>> print(f"w1  early {slope:.6f}  right {gradient(x, y, *start)[0]:.6f}")
w1  early 0.021427  right 0.022017
>>> # --8<-- [end:reorder]

>>> # --8<-- [start:learn_bump]
>>> y_bump = np.array([0, 0, 1, 0, 0], dtype=float)  # (N,)
>>> bump = train(x, y_bump, start)[-1]
>>> for parameters in (bump, (40, 20, 10, -10.693)):
...     y_hat = forward(x, *parameters)[1]  # (N,)
...     error = ((y_hat - y_bump) ** 2).mean()
...     print(f"loss {error:.4f}", y_hat.round(3))
loss 0.1600 [0.201 0.2   0.2   0.2   0.199]
loss 0.1333 [0.    0.    0.333 0.333 0.333]
>>> # --8<-- [end:learn_bump]

>>> # --8<-- [start:drop_hidden]
>>> w, b = start[0], 0.0
>>> for epoch in range(5000):
...     y_hat = sigmoid(w * x + b)  # (N,)
...     delta = (y_hat - y) * slope_from(y_hat)  # (N,)
...     w, b = w - 0.1 * x @ delta, b - 0.1 * delta.sum()
>>> y_hat = sigmoid(w * x + b)  # (N,)
>>> print(f"one neuron   {((y_hat - y) ** 2).mean():.4f}", y_hat.round(3))
one neuron   0.0012 [0.    0.    0.06  0.951 1.   ]
>>> y_hat = forward(x, *path[-1])[1]  # (N,)
>>> print(f"hidden layer {((y_hat - y) ** 2).mean():.4f}", y_hat.round(3))
hidden layer 0.0014 [0.026 0.026 0.052 0.953 0.973]
>>> # --8<-- [end:drop_hidden]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np
import torch

x = np.array([-2, -1, 0, 1, 2], dtype=float)  # (N,)
y = np.array([0, 0, 0, 1, 1], dtype=float)  # (N,)
# --8<-- [end:import]


# --8<-- [start:forward]
def sigmoid(z):
    """Logistic function of each element of z."""
    return 1 / (1 + np.exp(-z))


def forward(x, w1, b1, w2, b2):
    """Hidden activations and predictions for the inputs x (N,)."""
    a1 = sigmoid(w1 * x + b1)  # (N,)
    y_hat = sigmoid(w2 * a1 + b2)  # (N,)
    return a1, y_hat


def loss(x, y, w1, b1, w2, b2):
    """Half the sum of the squared errors, inputs x (N,), targets y (N,)."""
    y_hat = forward(x, w1, b1, w2, b2)[1]  # (N,)
    return 0.5 * ((y_hat - y) ** 2).sum()
    # --8<-- [end:forward]


# --8<-- [start:gradient]
def slope_from(a):
    """Slope of the logistic function where its value is a."""
    return a * (1 - a)


def gradient(x, y, w1, b1, w2, b2):
    """Slopes of the loss along w1, b1, w2 and b2, inputs x (N,)."""
    a1, y_hat = forward(x, w1, b1, w2, b2)
    delta2 = (y_hat - y) * slope_from(y_hat)  # (N,)
    delta1 = delta2 * w2 * slope_from(a1)  # (N,)
    return (x @ delta1, delta1.sum(), a1 @ delta2, delta2.sum())
    # --8<-- [end:gradient]


# --8<-- [start:descend]
def train(x, y, start, slopes_of=gradient, eta=0.1):
    """Parameters before each of 5,000 epochs and after the last."""
    path = [start]
    for _ in range(5000):
        slopes = slopes_of(x, y, *path[-1])
        path.append(tuple(p - eta * s for p, s in zip(path[-1], slopes)))
    return path
    # --8<-- [end:descend]


# --8<-- [start:build]
def network(start):
    """The same network in PyTorch, float64, from the same four numbers."""
    layers = torch.nn.Linear(1, 1), torch.nn.Sigmoid()
    layers += torch.nn.Linear(1, 1), torch.nn.Sigmoid()
    model = torch.nn.Sequential(*layers).double()
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), start):
            parameter.fill_(value)
    return model


def fit(model, x, y):
    """Mean losses of 5,000 epochs on inputs x (N,), targets y (N,)."""
    x_t = torch.from_numpy(x)[:, None]  # (N, 1)
    y_t = torch.from_numpy(y)[:, None]  # (N, 1)
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    losses = []
    for _ in range(5000):
        total = criterion(model(x_t), y_t)
        losses.append(total.item() / len(y))
        optimizer.zero_grad()
        (0.5 * total).backward()
        optimizer.step()
    return losses
    # --8<-- [end:build]


# --8<-- [start:mistaken]
def mistaken_gradient(x, y, w1, b1, w2, b2):
    """What one program computes: its output neuron is fed x (N,)."""
    a1 = sigmoid(w1 * x + b1)  # (N,)
    y_hat = sigmoid(w2 * x + b2)  # (N,)
    delta2 = (y_hat - y) * slope_from(y_hat)  # (N,)
    delta1 = delta2 * w2 * slope_from(a1)  # (N,)
    return (x @ delta1, delta1.sum(), a1 @ delta2, delta2.sum())
    # --8<-- [end:mistaken]


# --8<-- [start:misfed]
def misfed_gradient(x, y, w1, b1, w2, b2):
    """The gradient, but the hidden slope is asked for at z1, not a1."""
    a1, y_hat = forward(x, w1, b1, w2, b2)
    z1 = w1 * x + b1  # (N,)
    delta2 = (y_hat - y) * slope_from(y_hat)  # (N,)
    delta1 = delta2 * w2 * slope_from(z1)  # (N,)
    return (x @ delta1, delta1.sum(), a1 @ delta2, delta2.sum())
    # --8<-- [end:misfed]


# --8<-- [start:plot_curves]
def draw_curves(path, wrong):
    """Figure of what both trainings made of every x, and the targets."""
    fig, ax = plt.subplots()
    places = np.linspace(-3, 3, 121)
    for parameters, style in ((path[-1], "-"), (wrong[-1], "--")):
        answers = forward(places, *parameters)[1]
        ax.plot(places, answers, style, color="#0072b2")
    ax.plot(x, y, "o", color="#b36b00", ms=9)
    ax.text(0.15, 0.75, "correct", ha="right")
    ax.text(1.0, 0.75, "with the mistake")
    ax.set(xlabel="$x$", ylabel="answer")
    return fig
    # --8<-- [end:plot_curves]
