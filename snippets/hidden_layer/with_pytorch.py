"""A hidden layer in PyTorch: the same weights in, the same numbers out; and the walk back.

>>> # --8<-- [start:draw_weights]
>>> random = np.random.RandomState(1)
>>> W1, W2 = random.rand(2, 3), random.rand(3, 1)
>>> ours, W1_ours, W2_ours = train(X, y, W1, W2)
>>> print(f"first loss {ours[0]:.6e}, last {ours[-1]:.6e}")
first loss 1.960156e-01, last 4.100852e-02
>>> # --8<-- [end:draw_weights]

>>> # --8<-- [start:turn]
>>> layer = torch.nn.Linear(2, 3, bias=False, dtype=torch.float64)
>>> print("Linear(2, 3) has a weight of shape", tuple(layer.weight.shape))
Linear(2, 3) has a weight of shape (3, 2)
>>> try:
...     layer = load(layer, W1)
... except RuntimeError as error:
...     print("W1 is refused:", "must match" in str(error))
W1 is refused: True
>>> for name, copied in (("turned", W1.T), ("reshaped", W1.reshape(3, 2))):
...     Z1 = load(layer, copied)(torch.from_numpy(X)).detach().numpy()
...     same = np.allclose(Z1, X @ W1)
...     print(f"{name:8}", Z1[1].round(4), "right:", same)
turned   [0.3023 0.1468 0.0923] right: True
reshaped [0.7203 0.3023 0.0923] right: False
>>> # --8<-- [end:turn]

>>> # --8<-- [start:forget]
>>> W = np.array([[1.0, 2.0], [3.0, 4.0]])
>>> layer = torch.nn.Linear(2, 2, bias=False, dtype=torch.float64)
>>> print("X @ W ", (X @ W)[1])
X @ W  [3. 4.]
>>> for name, copied in (("turned", W.T), ("as is", W)):
...     Z = load(layer, copied)(torch.from_numpy(X)).detach().numpy()
...     print(f"{name:6}", Z[1])
turned [3. 4.]
as is  [2. 4.]
>>> # --8<-- [end:forget]

>>> # --8<-- [start:fit]
>>> model = network(W1, W2, torch.float64)
>>> losses = fit(model, X, y)
>>> for step in range(0, 10_000, 1000):
...     print(f"step {step:5}  loss {losses[step]:.6e}")
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
>>> print(model[0].weight.detach().numpy().T.round(8))
[[ 1.66707072  2.43454525 -1.50667653]
 [ 1.66659174  2.29166158 -1.50681196]]
>>> print(model[2].weight.detach().numpy().round(8))
[[ 0.70570663  2.04736287 -4.12867523]]
>>> with torch.no_grad():
...     print(model(torch.from_numpy(X))[:, 0].numpy().round(6))
[0.334522 0.846053 0.849022 0.925358]
>>> # --8<-- [end:fit]

>>> # --8<-- [start:compare]
>>> model32 = network(W1, W2, torch.float32)
>>> losses32 = fit(model32, X, y)
>>> print(*(f"{value:.3e}" for value in losses32[::2000]))
1.960e-01 1.594e-01 1.511e-01 1.392e-01 9.351e-02
>>> for trained, theirs, bound in (
...     (model, losses, 1e-12),
...     (model32, losses32, 1e-4),
... ):
...     gaps = [np.abs(ours - theirs).max()]
...     for mine, weight in zip((W1_ours, W2_ours), trained.parameters()):
...         gaps.append(np.abs(mine.T - weight.detach().numpy()).max())
...     agrees = max(gaps) < bound
...     print(weight.dtype, f"agrees within {bound}: {agrees}")
torch.float64 agrees within 1e-12: True
torch.float32 agrees within 0.0001: True
>>> # --8<-- [end:compare]

>>> # --8<-- [start:round]
>>> for dtype in (torch.float64, torch.float32):
...     one, weight = torch.tensor([1.0, W1[0, 0]], dtype=dtype)
...     print(dtype, f"w = {weight:.12f}", end=", ")
...     print(f"moved by {abs(weight.item() - W1[0, 0]):.1e}", end=", ")
...     print("1 + 1e-8 is 1:", bool(one + 1e-8 == one))
torch.float64 w = 0.417022004703, moved by 0.0e+00, 1 + 1e-8 is 1: False
torch.float32 w = 0.417021989822, moved by 1.5e-08, 1 + 1e-8 is 1: True
>>> # --8<-- [end:round]

>>> # --8<-- [start:record]
>>> X_t, y_t = torch.from_numpy(X), torch.from_numpy(y)
>>> W1_t = torch.tensor(W1, requires_grad=True)
>>> W2_t = torch.tensor(W2, requires_grad=True)
>>> Z1 = X_t @ W1_t  # (N, H)
>>> A1 = torch.sigmoid(Z1)  # (N, H)
>>> Z2 = A1 @ W2_t  # (N, 1)
>>> y_hat = torch.sigmoid(Z2)  # (N, 1)
>>> loss = torch.nn.functional.mse_loss(y_hat, y_t)
>>> def show(node, depth=0):
...     print("   " * depth + node.name())
...     for parent, _ in node.next_functions:
...         if parent is not None:
...             show(parent, depth + 1)
>>> show(loss.grad_fn)
MseLossBackward0
   SigmoidBackward0
      MmBackward0
         SigmoidBackward0
            MmBackward0
               torch::autograd::AccumulateGrad
         torch::autograd::AccumulateGrad
>>> # --8<-- [end:record]

>>> # --8<-- [start:keep]
>>> product, squash = Z2.grad_fn, A1.grad_fn
>>> print("product keeps A1:", torch.equal(product._saved_self, A1))
product keeps A1: True
>>> print("product keeps W2:", torch.equal(product._saved_mat2, W2_t))
product keeps W2: True
>>> print("σ keeps A1:", torch.equal(squash._saved_result, A1))
σ keeps A1: True
>>> print("X @ W1 keeps W1:", Z1.grad_fn._saved_mat2 is not None)
X @ W1 keeps W1: False
>>> # --8<-- [end:keep]

>>> # --8<-- [start:repeat]
>>> loss.backward(retain_graph=True)
>>> once = W2_t.grad.clone()
>>> print("once ", once[:, 0].numpy().round(6))
once  [-0.042737 -0.045332 -0.029854]
>>> loss.backward()
>>> print("twice", W2_t.grad[:, 0].numpy().round(6))
twice [-0.085473 -0.090663 -0.059709]
>>> try:
...     loss.backward()
... except RuntimeError as error:
...     print(str(error).split(" (")[0])
Trying to backward through the graph a second time
>>> # --8<-- [end:repeat]

>>> # --8<-- [start:fork]
>>> x = Value(3.0)
>>> u = x + x
>>> L = u * u
>>> print("u", u.data, "L", L.data)
u 6.0 L 36.0
>>> # --8<-- [end:fork]

>>> # --8<-- [start:draw_fork]
>>> draw_fork().savefig("with_pytorch_fork.svg")
>>> # --8<-- [end:draw_fork]

>>> # --8<-- [start:walk]
>>> above, below = (2 * 3.00001) ** 2, (2 * 2.99999) ** 2
>>> print(f"nudge     {(above - below) / 0.00002:.4f}")
nudge     24.0000
>>> L.grad = 1.0
>>> recurse(L)
>>> print("recursion", x.grad, "after", x.visits, "visits of x")
recursion 36.0 after 4 visits of x
>>> for v in (x, u, L):
...     v.grad, v.visits = 0.0, 0
>>> follow_paths(L, 1.0)
>>> print("paths    ", x.grad, "after", x.visits, "visits of x")
paths     24.0 after 4 visits of x
>>> for v in (x, u, L):
...     v.grad, v.visits = 0.0, 0
>>> walk_back(L)
>>> print("in order ", x.grad, "after", x.visits, "visit of x")
in order  24.0 after 1 visit of x
>>> # --8<-- [end:walk]

>>> # --8<-- [start:single_fork]
>>> x = Value(3.0)
>>> L = x * x
>>> L.grad = 1.0
>>> recurse(L)
>>> print("fork at an input, recursion:", x.grad)
fork at an input, recursion: 6.0
>>> # --8<-- [end:single_fork]

>>> # --8<-- [start:count_visits]
>>> print("forks  paths  in order  slope")
forks  paths  in order  slope
>>> for forks in (1, 2, 4, 8, 16):
...     visits = []
...     for walk in (follow_paths, walk_back):
...         x = v = Value(1.0)
...         for _ in range(forks):
...             v = v + v
...         walk(v)
...         visits.append(x.visits)
...     print(f"{forks:5}  {visits[0]:5}  {visits[1]:8}  {x.grad:5.0f}")
    1      2         1      2
    2      4         1      4
    4     16         1     16
    8    256         1    256
   16  65536         1  65536
>>> # --8<-- [end:count_visits]

>>> # --8<-- [start:watch]
>>> x = torch.tensor(3.0, requires_grad=True)
>>> u = x + x
>>> L = u * u
>>> for node in (u.grad_fn, L.grad_fn):
...     def report(below, above, name=node.name()):
...         print(name, "is called with", above[0].item())
...     handle = node.register_hook(report)
>>> L.backward()
MulBackward0 is called with 1.0
AddBackward0 is called with 12.0
>>> print("x.grad", x.grad.item())
x.grad 24.0
>>> # --8<-- [end:watch]

>>> # --8<-- [start:share]
>>> random = np.random.default_rng(0)
>>> W = random.normal(size=(2, 2))
>>> A1 = sigmoid(X @ W)  # (N, D)
>>> A2 = sigmoid(A1 @ W)  # (N, D)
>>> delta2 = A2 * A2 * (1 - A2)  # (N, D)
>>> delta1 = delta2 @ W.T * A1 * (1 - A1)  # (N, D)
>>> print("as layer 2", (A1.T @ delta2).round(6).ravel())
as layer 2 [0.340326 0.292004 0.285294 0.244996]
>>> print("as layer 1", (X.T @ delta1).round(6).ravel())
as layer 1 [0.000814 0.052237 0.000842 0.052518]
>>> print("sum       ", (A1.T @ delta2 + X.T @ delta1).round(6).ravel())
sum        [0.34114  0.344241 0.286136 0.297514]
>>> W_t = torch.tensor(W, requires_grad=True)
>>> A2 = torch.sigmoid(torch.sigmoid(X_t @ W_t) @ W_t)  # (N, D)
>>> (0.5 * A2**2).sum().backward()
>>> print("PyTorch   ", W_t.grad.numpy().round(6).ravel())
PyTorch    [0.34114  0.344241 0.286136 0.297514]
>>> # --8<-- [end:share]

>>> # --8<-- [start:cut]
>>> W1_t.grad, W2_t.grad = None, None
>>> A1 = torch.sigmoid(X_t @ W1_t).detach()
>>> y_hat = torch.sigmoid(A1 @ W2_t)
>>> torch.nn.functional.mse_loss(y_hat, y_t).backward()
>>> print("W2 as before:", torch.allclose(W2_t.grad, once))
W2 as before: True
>>> print("W1:", W1_t.grad)
W1: None
>>> # --8<-- [end:cut]

>>> # --8<-- [start:overwrite]
>>> A1 = torch.sigmoid(X_t @ W1_t)
>>> y_hat = torch.sigmoid(A1 @ W2_t)
>>> A1 *= 2
>>> try:
...     y_hat.sum().backward()
... except RuntimeError as error:
...     print("refused:", "modified by an inplace operation" in str(error))
refused: True
>>> # --8<-- [end:overwrite]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np
import torch

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)  # (N, D)
y = np.array([[0], [1], [1], [1]], dtype=float)  # (N, 1)
# --8<-- [end:import]


# --8<-- [start:by_hand]
def sigmoid(Z):
    """Logistic function of each element of Z."""
    return 1 / (1 + np.exp(-Z))


def train(X, y, W1, W2, eta=0.05, steps=10_000):
    """Losses before each step, and the last W1 (D, H) and W2 (H, 1)."""
    losses = []
    for _ in range(steps):
        A1 = sigmoid(X @ W1)  # (N, H)
        y_hat = sigmoid(A1 @ W2)  # (N, 1)
        losses.append(((y_hat - y) ** 2).mean())
        delta2 = 2 / len(y) * (y_hat - y) * y_hat * (1 - y_hat)  # (N, 1)
        delta1 = delta2 @ W2.T * A1 * (1 - A1)  # (N, H)
        W1 = W1 - eta * X.T @ delta1  # (D, H)
        W2 = W2 - eta * A1.T @ delta2  # (H, 1)
    return np.array(losses), W1, W2
    # --8<-- [end:by_hand]


# --8<-- [start:load]
def load(layer, weight):
    """The layer, after the array was copied into its weight."""
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weight))
    return layer
    # --8<-- [end:load]


# --8<-- [start:build]
def network(W1, W2, dtype):
    """Model without biases that starts from W1 (D, H) and W2 (H, 1)."""
    D, H = W1.shape
    hidden = torch.nn.Linear(D, H, bias=False, dtype=dtype)
    output = torch.nn.Linear(H, 1, bias=False, dtype=dtype)
    layers = load(hidden, W1.T), torch.nn.Sigmoid()
    layers += load(output, W2.T), torch.nn.Sigmoid()
    return torch.nn.Sequential(*layers)
    # --8<-- [end:build]


# --8<-- [start:loop]
def fit(model, X, y, eta=0.05, steps=10_000):
    """Losses before each step on the rows X (N, D), targets y (N, 1)."""
    dtype = model[0].weight.dtype
    X_t, y_t = torch.tensor(X, dtype=dtype), torch.tensor(y, dtype=dtype)
    criterion = torch.nn.MSELoss(reduction="mean")
    optimizer = torch.optim.SGD(model.parameters(), lr=eta)
    losses = []
    for _ in range(steps):
        loss = criterion(model(X_t), y_t)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return np.array(losses)
    # --8<-- [end:loop]


# --8<-- [start:value]
class Value:
    """A number that remembers what it came from, with local slopes."""

    def __init__(self, data, *came_from):
        """Keep the number, and pairs of a parent and a local slope."""
        self.data, self.came_from = data, came_from
        self.grad, self.visits = 0.0, 0

    def __add__(self, other):
        """Add; a nudge of either arrives as it is."""
        return Value(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        """Multiply; a nudge of one arrives times the other."""
        slopes = (self, other.data), (other, self.data)
        return Value(self.data * other.data, *slopes)
        # --8<-- [end:value]


# --8<-- [start:walks]
def recurse(v):
    """Hand the slope of v on, and go on from there at once: wrong."""
    v.visits += 1
    for parent, slope in v.came_from:
        parent.grad += slope * v.grad
        recurse(parent)


def follow_paths(v, portion=1.0):
    """Carry only the new portion on: right, once for every path."""
    v.visits += 1
    v.grad += portion
    for parent, slope in v.came_from:
        follow_paths(parent, slope * portion)
        # --8<-- [end:walks]


# --8<-- [start:in_order]
def in_order(v, order):
    """Append to the list all that v came from, then v; each value once."""
    if v not in order:
        for parent, _ in v.came_from:
            in_order(parent, order)
        order.append(v)
    return order


def walk_back(v):
    """Let each value hand its slope on when the whole slope is there."""
    v.grad = 1.0
    for value in reversed(in_order(v, [])):
        value.visits += 1
        for parent, slope in value.came_from:
            parent.grad += slope * value.grad
            # --8<-- [end:in_order]


# --8<-- [start:plot_fork]
def draw_fork():
    """Figure of the two forks, with values above and slopes below."""
    fig, ax = plt.subplots(figsize=(5.4, 2.2))
    nodes = (0, "x = 3", "24"), (1, "u = 6", "12"), (2, "L = 36", "1")
    for place, value, slope in nodes:
        ax.text(place, 0.06, value, color="#0072b2", ha="center", size=15)
        ax.text(place, -0.16, slope, color="#c1440e", ha="center", size=15)
    for place, slope in ((0, "1"), (1, "6")):
        for side in (-1, 1):
            bend = f"arc3,rad={side * 0.5}"
            arrow = {"arrowstyle": "->", "connectionstyle": bend, "lw": 1.5}
            tail, head = (place + 0.75, 0), (place + 0.25, 0)
            ax.annotate("", head, tail, arrowprops=arrow)
            ax.text(place + 0.5, side * 0.23 - 0.03, slope, ha="center")
    ax.set(xlim=(-0.3, 2.3), ylim=(-0.4, 0.4))
    ax.axis("off")
    return fig
    # --8<-- [end:plot_fork]
