"""The same neuron on whatever device there is, and how to time it without fooling oneself.

>>> # --8<-- [start:choose]
>>> device = pick_device()
>>> print("training on:", device.type)
training on: cpu
>>> # --8<-- [end:choose]

>>> # --8<-- [start:move]
>>> X = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1.0]]).to(device)  # (N, D)
>>> y = torch.tensor([[0], [1], [1], [1.0]]).to(device)  # (N, 1)
>>> model = neuron([0.417022, 0.72032449], 0.00011437).to(device)
>>> print({tensor.device.type for tensor in (X, y, *model.parameters())} == {device.type})
True
>>> # --8<-- [end:move]

>>> # --8<-- [start:train]
>>> fit(model, X, y, steps=10_000)
>>> with torch.no_grad():
...     y_hat = model(X).cpu().numpy()
>>> print(y_hat[:, 0].round(4))
[0.0107 0.9958 0.9958 1.    ]
>>> # --8<-- [end:train]

>>> # --8<-- [start:train_plain]
>>> rows = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 1)]
>>> w1, w2, b = train_plain(rows, 0.417022005, 0.720324493, 0.000114374817)
>>> print(f"{w1:.4f} {w2:.4f} {b:.4f}")
9.9858 9.9859 -4.5275
>>> # --8<-- [end:train_plain]

>>> # --8<-- [start:count_work]
>>> for width in (2, 64, 512, 2048):
...     print(f"width {width:4}: {count_multiplications(4, width):>11,}")
width    2:          32
width   64:      32,768
width  512:   2,097,152
width 2048:  33,554,432
>>> # --8<-- [end:count_work]

>>> # --8<-- [start:try_timing]
>>> seconds = median_time(lambda: fit(model, X, y, steps=10), device)
>>> print("a positive number of seconds:", seconds > 0)
a positive number of seconds: True
>>> # --8<-- [end:try_timing]

>>> # --8<-- [start:step_layer]
>>> step = layer_step(width=32, rows=64, device=device)
>>> print("a wider layer takes its step:", median_time(step, device) > 0)
a wider layer takes its step: True
>>> # --8<-- [end:step_layer]

>>> # --8<-- [start:forget_device]
>>> elsewhere = neuron([0.4, 0.7], 0.0).to("meta")
>>> try:
...     elsewhere(X)
... except RuntimeError as error:
...     print("refused:", "device" in str(error))
refused: True
>>> # --8<-- [end:forget_device]
"""

# --8<-- [start:import]
import math
import statistics
import time

import torch

# --8<-- [end:import]


# --8<-- [start:pick_device]
def pick_device():
    """The accelerator of this machine if PyTorch can use one, else the CPU."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")
    # --8<-- [end:pick_device]


# --8<-- [start:build]
def neuron(w, b):
    """Model of one neuron that starts from the weights w (D,) and the bias b."""
    model = torch.nn.Sequential(torch.nn.Linear(len(w), 1), torch.nn.Sigmoid())
    with torch.no_grad():
        model[0].weight.copy_(torch.tensor([w]))
        model[0].bias.fill_(b)
    return model
    # --8<-- [end:build]


# --8<-- [start:fit]
def fit(model, X, y, steps, eta=0.05):
    """Train the model in place on rows X (N, D) with targets y (N, K)."""
    criterion = torch.nn.L1Loss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=eta)
    for _ in range(steps):
        optimizer.zero_grad()
        criterion(model(X), y).backward()
        optimizer.step()
    # --8<-- [end:fit]


# --8<-- [start:wait]
def wait(device):
    """Return when the device has finished everything it was given to do."""
    if device.type == "cuda":
        torch.cuda.synchronize()
    elif device.type == "mps":
        torch.mps.synchronize()
    # --8<-- [end:wait]


# --8<-- [start:median_time]
def median_time(work, device, repeats=5):
    """Median of the seconds that work() takes, after one run that is not counted."""
    work()
    wait(device)
    seconds = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        wait(device)
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)
    # --8<-- [end:median_time]


# --8<-- [start:descend_plain]
def train_plain(rows, w1, w2, b, eta=0.05, steps=10_000):
    """Weights and bias after training on rows of (x1, x2, target), without any array."""
    for _ in range(steps):
        slope1 = slope2 = slope_b = 0.0
        for x1, x2, target in rows:
            y_hat = 1 / (1 + math.exp(-(w1 * x1 + w2 * x2 + b)))
            delta = math.copysign(1, y_hat - target) * y_hat * (1 - y_hat)
            slope1 += delta * x1
            slope2 += delta * x2
            slope_b += delta
        w1, w2, b = w1 - eta * slope1, w2 - eta * slope2, b - eta * slope_b
    return w1, w2, b
    # --8<-- [end:descend_plain]


# --8<-- [start:widen]
def layer_step(width, rows, device):
    """Function that takes one training step of a layer (width inputs, width neurons)."""
    generator = torch.Generator().manual_seed(0)
    X = torch.rand(rows, width, generator=generator).to(device)
    y = torch.rand(rows, width, generator=generator).to(device)
    model = torch.nn.Sequential(torch.nn.Linear(width, width), torch.nn.Sigmoid()).to(device)
    criterion = torch.nn.L1Loss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)

    def step():
        optimizer.zero_grad()
        criterion(model(X), y).backward()
        optimizer.step()

    return step
    # --8<-- [end:widen]


# --8<-- [start:count]
def count_multiplications(rows, width):
    """Multiplications in the matrix products of one step: forward, and back to the weights."""
    return 2 * rows * width * width
    # --8<-- [end:count]
