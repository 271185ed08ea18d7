"""A 2-3-1 network, driven by hand: forward, backward, update, and a nudge to test a slope.

>>> # --8<-- [start:press_forward]
>>> X, Y = inputs[[2]], targets["XOR"][[2]]  # the row (1, 0)
>>> Z1, A1, Z2, Y_hat, L = forward(X, Y, *start)
>>> print("hidden", *(f"{a:.4f}" for a in A1[0]))
hidden 0.6225 0.2689 0.8808
>>> print(f"answer {Y_hat.item():.4f}  loss {L:.4f}")
answer 0.5883  loss 0.1695
>>> # --8<-- [end:press_forward]

>>> # --8<-- [start:press_backward]
>>> signals, slopes = backward(X, Y, A1, Y_hat, W2)
>>> def show(names, arrays):
...     for name, array in zip(names, arrays):
...         for row in array.reshape(-1, 3 if array.size > 1 else 1):
...             numbers = "".join(f"{x + 0.0:9.4f}" for x in row)
...             print(f"{name:8}{numbers}")
>>> show(("grad_W1", "grad_b1", "grad_W2", "grad_b2"), slopes)
grad_W1   -0.0937   0.0392  -0.0209
grad_W1    0.0000   0.0000   0.0000
grad_b1   -0.0937   0.0392  -0.0209
grad_W2   -0.1242  -0.0536  -0.1757
grad_b2   -0.1995
>>> # --8<-- [end:press_backward]

>>> # --8<-- [start:press_update]
>>> moved = update(*start, slopes, eta=1)
>>> show(("W1", "b1", "W2", "b2"), moved)
W1         0.5937  -1.0392   1.5209
W1         1.0000   0.5000  -0.5000
b1         0.0937  -0.0392   0.5209
W2         2.1242  -0.9464   1.1757
b2        -1.3005
>>> print(f"loss {L:.4f} → {forward(X, Y, *moved)[-1]:.4f}")
loss 0.1695 → 0.0820
>>> # --8<-- [end:press_update]

>>> # --8<-- [start:press_100]
>>> def press(Y, parameters, eta, stops):
...     for steps in range(0, max(stops) + 100, 100):
...         Y_hat, L = forward(inputs, Y, *parameters)[-2:]
...         if steps in stops:
...             print(f"{steps:5} steps  loss {L:.4f}  answers", *(f"{p:6.3f}" for p in Y_hat.flat))
...         if steps < max(stops):
...             parameters = train(inputs, Y, parameters, eta, 100)
...     return parameters
>>> for name in ("OR", "XOR"):
...     print(name)
...     trained = press(targets[name], start, 1, range(0, 1100, 100))
OR
    0 steps  loss 0.1890  answers  0.407  0.460  0.588  0.640
  100 steps  loss 0.0369  answers  0.291  0.807  0.848  0.950
  200 steps  loss 0.0123  answers  0.166  0.886  0.908  0.979
  300 steps  loss 0.0063  answers  0.118  0.919  0.933  0.987
  400 steps  loss 0.0040  answers  0.094  0.935  0.946  0.991
  500 steps  loss 0.0029  answers  0.079  0.945  0.954  0.993
  600 steps  loss 0.0022  answers  0.070  0.952  0.960  0.994
  700 steps  loss 0.0018  answers  0.062  0.957  0.964  0.995
  800 steps  loss 0.0015  answers  0.057  0.961  0.967  0.995
  900 steps  loss 0.0012  answers  0.052  0.964  0.969  0.996
 1000 steps  loss 0.0011  answers  0.049  0.967  0.971  0.996
XOR
    0 steps  loss 0.2590  answers  0.407  0.460  0.588  0.640
  100 steps  loss 0.2327  answers  0.384  0.500  0.564  0.586
  200 steps  loss 0.2033  answers  0.311  0.539  0.604  0.590
  300 steps  loss 0.1707  answers  0.222  0.574  0.655  0.577
  400 steps  loss 0.1291  answers  0.171  0.623  0.689  0.498
  500 steps  loss 0.0784  answers  0.140  0.709  0.734  0.372
  600 steps  loss 0.0448  answers  0.108  0.782  0.790  0.275
  700 steps  loss 0.0278  answers  0.084  0.828  0.832  0.215
  800 steps  loss 0.0190  answers  0.068  0.858  0.860  0.177
  900 steps  loss 0.0140  answers  0.057  0.878  0.879  0.152
 1000 steps  loss 0.0109  answers  0.049  0.892  0.893  0.134
>>> # --8<-- [end:press_100]

>>> # --8<-- [start:press_nudge]
>>> def compare(epsilon, which, place):
...     found = nudge(X, Y, start, which, place, epsilon)
...     return found, digits(found[-1], slopes[which][place])
>>> print(f"by backward    {slopes[0][0, 0]:.9f}")
by backward    -0.093745628
>>> for epsilon in (1e-1, 1e-2, 1e-3, 1e-4):
...     (*_, measured), right = compare(epsilon, 0, (0, 0))
...     print(f"by ε = {epsilon:.0e}  {measured:.9f}  {right} digits right")
by ε = 1e-01  -0.093717871  3 digits right
by ε = 1e-02  -0.093745352  5 digits right
by ε = 1e-03  -0.093745626  7 digits right
by ε = 1e-04  -0.093745628  9 digits right
>>> # --8<-- [end:press_nudge]

>>> # --8<-- [start:too_small]
>>> def fewest(epsilon):
...     return min(
...         compare(epsilon, which, place)[1]
...         for which, array in enumerate(start)
...         for place in np.ndindex(array.shape)
...     )
>>> print("1e-5: 7 or more for all 13:", fewest(1e-5) >= 7)
1e-5: 7 or more for all 13: True
>>> print("1e-10: 7 or more for all 13:", fewest(1e-10) >= 7)
1e-10: 7 or more for all 13: False
>>> # --8<-- [end:too_small]

>>> # --8<-- [start:try_silent]
>>> X, Y = inputs[[0]], targets["XOR"][[0]]  # the row (0, 0)
>>> _, A1, _, Y_hat, L = forward(X, Y, *start)
>>> show(("grad_W1", "grad_b1"), backward(X, Y, A1, Y_hat, W2)[1])
grad_W1    0.0000   0.0000   0.0000
grad_W1    0.0000   0.0000   0.0000
grad_b1    0.0981  -0.0491   0.0461
>>> # --8<-- [end:try_silent]

>>> # --8<-- [start:try_one_row]
>>> X, Y = inputs[[2]], targets["XOR"][[2]]
>>> only = train(X, Y, start, eta=1, steps=100)
>>> print(f"its loss {forward(X, Y, *only)[-1]:.4f}")
its loss 0.0009
>>> Y_hat, L = forward(inputs, targets["XOR"], *only)[-2:]
>>> print("all answers", Y_hat[:, 0].round(3), f"mean loss {L:.4f}")
all answers [0.904 0.921 0.969 0.973] mean loss 0.4426
>>> # --8<-- [end:try_one_row]

>>> # --8<-- [start:try_patience]
>>> show(("W1", "b1", "W2", "b2"), trained)
W1         5.1037  -2.1037   5.0062
W1         5.2576   5.1133  -1.9037
b1        -1.1675   0.0845  -0.0904
W2         7.6037  -5.1621  -5.1502
b2         0.3816
>>> # --8<-- [end:try_patience]

>>> # --8<-- [start:try_alike]
>>> half = [np.full(p.shape, 0.5) for p in start]
>>> alike = press(targets["XOR"], half, 1, (0, 1000, 2000))
    0 steps  loss 0.3574  answers  0.807  0.832  0.832  0.849
 1000 steps  loss 0.2144  answers  0.313  0.579  0.579  0.636
 2000 steps  loss 0.1762  answers  0.107  0.655  0.655  0.674
>>> show(("W1", "b1", "W2"), alike)
W1         4.1465   4.1465   4.1465
W1         4.1465   4.1465   4.1465
b1        -0.0408  -0.0408  -0.0408
W2         1.8661   1.8661   1.8661
>>> half[0][0, 0] = 0.6
>>> apart = press(targets["XOR"], half, 1, (0, 1000, 2000))
    0 steps  loss 0.3577  answers  0.807  0.832  0.833  0.850
 1000 steps  loss 0.1572  answers  0.180  0.636  0.636  0.575
 2000 steps  loss 0.0042  answers  0.071  0.938  0.938  0.065
>>> # --8<-- [end:try_alike]

>>> # --8<-- [start:try_rate]
>>> def steepest(parameters):
...     _, A1, _, Y_hat, _ = forward(inputs, Y, *parameters)
...     _, slopes = backward(inputs, Y, A1, Y_hat, parameters[2])
...     return max(abs(slope).max() for slope in slopes)
>>> Y = targets["XOR"]
>>> wild = press(Y, start, 100, (0, 100, 1000))
    0 steps  loss 0.2590  answers  0.407  0.460  0.588  0.640
  100 steps  loss 0.5000  answers  1.000  1.000  1.000  1.000
 1000 steps  loss 0.5000  answers  1.000  1.000  1.000  1.000
>>> print(f"steepest slope at the start {steepest(start):.4f}")
steepest slope at the start 0.0134
>>> print(f"steepest slope at the end {steepest(wild):.1e}")
steepest slope at the end 2.7e-09
>>> # --8<-- [end:try_rate]

>>> # --8<-- [start:solve_rates]
>>> for eta in (0.1, 1, 5, 20, 100):
...     parameters, presses, right = start, 0, False
...     while not right and presses < 100:
...         parameters = train(inputs, Y, parameters, eta, 100)
...         presses += 1
...         Y_hat = forward(inputs, Y, *parameters)[3]
...         right = (abs(Y_hat - Y) < 0.5).all()
...     print(f"rate {eta:<4} presses {presses:3}  all right: {right}")
rate 0.1  presses  40  all right: True
rate 1    presses   4  all right: True
rate 5    presses   1  all right: True
rate 20   presses   1  all right: True
rate 100  presses 100  all right: False
>>> # --8<-- [end:solve_rates]

>>> # --8<-- [start:solve_mean]
>>> def slope_of_b2(X, Y):
...     _, A1, _, Y_hat, _ = forward(X, Y, *start)
...     return backward(X, Y, A1, Y_hat, W2)[1][3].item()
>>> alone = [slope_of_b2(inputs[[n]], Y[[n]]) for n in range(4)]
>>> print("alone  ", *(f"{slope:8.4f}" for slope in alone))
alone     0.1963  -0.2683  -0.1995   0.2949
>>> print(f"mean of these {sum(alone) / 4:8.4f}")
mean of these   0.0059
>>> print(f"all four      {slope_of_b2(inputs, Y):8.4f}")
all four        0.0059
>>> # --8<-- [end:solve_mean]

>>> # --8<-- [start:solve_one_sided]
>>> X, Y = inputs[[2]], targets["XOR"][[2]]
>>> for epsilon in (1e-1, 1e-2, 1e-3, 1e-4):
...     (up, _, _), central = compare(epsilon, 0, (0, 0))
...     quotient = (up - forward(X, Y, *start)[-1]) / epsilon
...     one_sided = digits(quotient, slopes[0][0, 0])
...     print(f"ε = {epsilon:.0e}  one-sided {one_sided}  central {central}")
ε = 1e-01  one-sided 1  central 3
ε = 1e-02  one-sided 2  central 5
ε = 1e-03  one-sided 3  central 7
ε = 1e-04  one-sided 4  central 9
>>> # --8<-- [end:solve_one_sided]

>>> # --8<-- [start:write_data]
>>> import json
>>> from pathlib import Path
>>> data = {
...     "inputs": inputs.tolist(),
...     "targets": {name: Y.tolist() for name, Y in targets.items()},
...     "parameters": dict(zip(("W1", "b1", "W2", "b2"), start)),
...     "row": 2,
...     "eta": 1,
...     "epsilon": 1e-5,
... }
>>> written = Path("step_the_network.json").write_text(
...     json.dumps(data, default=np.ndarray.tolist)
... )
>>> # --8<-- [end:write_data]
"""

# --8<-- [start:import]
import numpy as np

inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
targets = {
    "XOR": np.array([[0], [1], [1], [0]], dtype=float),
    "OR": np.array([[0], [1], [1], [1]], dtype=float),
}
W1 = np.array([[0.5, -1, 1.5], [1, 0.5, -0.5]])  # (D, H)
b1 = np.array([0, 0, 0.5])  # (H,)
W2 = np.array([[2], [-1], [1]], dtype=float)  # (H, K)
b2 = np.array([-1.5])  # (K,)
start = W1, b1, W2, b2
# --8<-- [end:import]


# --8<-- [start:forward]
def forward(X, Y, W1, b1, W2, b2):
    """Lines 1 to 5, for N rows."""
    Z1 = X @ W1 + b1  # (N, H)
    A1 = 1 / (1 + np.exp(-Z1))  # (N, H)
    Z2 = A1 @ W2 + b2  # (N, K)
    Y_hat = 1 / (1 + np.exp(-Z2))  # (N, K)
    L = ((Y_hat - Y) ** 2).sum() / len(X)
    return Z1, A1, Z2, Y_hat, L
    # --8<-- [end:forward]


# --8<-- [start:backward]
def backward(X, Y, A1, Y_hat, W2):
    """Signals of the units, slopes of the parameters."""
    grad_Y_hat = 2 / len(X) * (Y_hat - Y)  # (N, K)
    delta2 = grad_Y_hat * Y_hat * (1 - Y_hat)  # (N, K)
    grad_W2 = A1.T @ delta2  # (H, K)
    grad_b2 = delta2.sum(axis=0)  # (K,)
    grad_A1 = delta2 @ W2.T  # (N, H)
    delta1 = grad_A1 * A1 * (1 - A1)  # (N, H)
    grad_W1 = X.T @ delta1  # (D, H)
    grad_b1 = delta1.sum(axis=0)  # (H,)
    signals = grad_Y_hat, delta2, grad_A1, delta1
    return signals, (grad_W1, grad_b1, grad_W2, grad_b2)
    # --8<-- [end:backward]


# --8<-- [start:update]
def update(W1, b1, W2, b2, slopes, eta):
    """The parameters, one step downhill."""
    grad_W1, grad_b1, grad_W2, grad_b2 = slopes
    W1 = W1 - eta * grad_W1  # (D, H)
    b1 = b1 - eta * grad_b1  # (H,)
    W2 = W2 - eta * grad_W2  # (H, K)
    b2 = b2 - eta * grad_b2  # (K,)
    return W1, b1, W2, b2
    # --8<-- [end:update]


# --8<-- [start:train]
def train(X, Y, parameters, eta, steps):
    """The parameters after that many steps."""
    for _ in range(steps):
        _, A1, _, Y_hat, _ = forward(X, Y, *parameters)
        _, slopes = backward(X, Y, A1, Y_hat, parameters[2])
        parameters = update(*parameters, slopes, eta)
    return parameters
    # --8<-- [end:train]


# --8<-- [start:nudge]
def nudge(X, Y, parameters, which, place, epsilon):
    """L(w+ε), L(w−ε) and their quotient, for one weight w."""
    losses = []
    for step in (epsilon, -epsilon):
        moved = [p.copy() for p in parameters]
        moved[which][place] += step
        losses.append(forward(X, Y, *moved)[-1])
    measured = (losses[0] - losses[1]) / (2 * epsilon)
    return *losses, measured


def digits(measured, slope):
    """Digits of measured that are right; 16 if it is exact."""
    if measured == slope:
        return 16
    error = abs(measured - slope) / max(abs(measured), abs(slope))
    return max(0, int(-np.log10(error)))
    # --8<-- [end:nudge]
