"""The neuron that learns OR, carried over to PyTorch one thing at a time.

>>> # --8<-- [start:convert]
>>> X_t, y_t = torch.from_numpy(X), torch.from_numpy(y)
>>> w_t = torch.tensor(w_start)
>>> b_t = torch.tensor(b_start, dtype=torch.float64)
>>> print(X_t.dtype, w_t.dtype, b_t.dtype, "but", torch.tensor(0.5).dtype)
torch.float64 torch.float64 torch.float64 but torch.float32
>>> # --8<-- [end:convert]

>>> # --8<-- [start:repeat_by_hand]
>>> y_hat = torch.sigmoid(X_t @ w_t + b_t)  # (N,)
>>> delta = torch.sign(y_hat - y_t) * y_hat * (1 - y_hat)  # (N,)
>>> print("tensors", (X_t.T @ delta).numpy().round(8), f"{delta.sum():.8f}")
tensors [-0.42327401 -0.40401485] -0.39344746
>>> grad_w, grad_b = gradient(X, y, w_start, b_start)
>>> print("arrays ", grad_w.round(8), f"{grad_b:.8f}")
arrays  [-0.42327401 -0.40401485] -0.39344746
>>> # --8<-- [end:repeat_by_hand]

>>> # --8<-- [start:record]
>>> w_t.requires_grad, b_t.requires_grad = True, True
>>> loss = (torch.sigmoid(X_t @ w_t + b_t) - y_t).abs().sum()
>>> print(loss)
tensor(1.4673, dtype=torch.float64, grad_fn=<SumBackward0>)
>>> # --8<-- [end:record]

>>> # --8<-- [start:backward]
>>> loss.backward()
>>> print("autograd", w_t.grad.numpy().round(8), f"{b_t.grad:.8f}")
autograd [-0.42327401 -0.40401485] -0.39344746
>>> # --8<-- [end:backward]

>>> # --8<-- [start:accumulate]
>>> loss = (torch.sigmoid(X_t @ w_t + b_t) - y_t).abs().sum()
>>> loss.backward()
>>> print("second call ", w_t.grad.numpy().round(8))
second call  [-0.84654802 -0.80802969]
>>> w_t.grad, b_t.grad = None, None
>>> # --8<-- [end:accumulate]

>>> # --8<-- [start:descend]
>>> for step in range(1000):
...     loss = (torch.sigmoid(X_t @ w_t + b_t) - y_t).abs().sum()
...     loss.backward()
...     with torch.no_grad():
...         w_t -= 0.05 * w_t.grad
...         b_t -= 0.05 * b_t.grad
...     w_t.grad, b_t.grad = None, None
>>> w, b = train(X, y, w_start, b_start, steps=1000)[-1]
>>> print("autograd", w_t.detach().numpy().round(8), f"{b_t:.8f}")
autograd [4.82383171 4.83879356] -1.84313358
>>> print("by hand ", w.round(8), f"{b:.8f}")
by hand  [4.82383171 4.83879356] -1.84313358
>>> # --8<-- [end:descend]

>>> # --8<-- [start:inspect]
>>> model = neuron(w_start, b_start, torch.float64)
>>> print(model)
Sequential(
  (0): Linear(in_features=2, out_features=1, bias=True)
  (1): Sigmoid()
)
>>> for name, parameter in model.named_parameters():
...     print(name, tuple(parameter.shape))
0.weight (1, 2)
0.bias (1,)
>>> print("output", tuple(model(X_t).shape))
output (4, 1)
>>> # --8<-- [end:inspect]

>>> # --8<-- [start:misshape]
>>> wide = neuron(w_start, b_start, torch.float64)
>>> wide[0].bias = torch.nn.Parameter(torch.full((1, 1), b_start, dtype=torch.float64))
>>> print("same output:", torch.equal(wide(X_t), model(X_t)))
same output: True
>>> try:
...     model.load_state_dict(wide.state_dict())
... except RuntimeError as error:
...     print("size mismatch" in str(error))
True
>>> # --8<-- [end:misshape]

>>> # --8<-- [start:broadcast]
>>> column, row = model(X_t), y_t
>>> print("column minus row", tuple((column - row).shape))
column minus row (4, 4)
>>> print("right loss", f"{(column - row[:, None]).abs().sum():.4f}")
right loss 1.4673
>>> print("wrong loss", f"{(column - row).abs().sum():.4f}")
wrong loss 6.9345
>>> # --8<-- [end:broadcast]

>>> # --8<-- [start:fit]
>>> model = neuron(w_start, b_start, torch.float64)
>>> losses = fit(model, X_t, y_t[:, None])
>>> for step in range(0, 10_000, 1000):
...     print(f"step {step:5}  loss {losses[step]:.2e}")
step     0  loss 1.47e+00
step  1000  loss 2.33e-01
step  2000  loss 1.09e-01
step  3000  loss 6.98e-02
step  4000  loss 5.10e-02
step  5000  loss 4.00e-02
step  6000  loss 3.29e-02
step  7000  loss 2.79e-02
step  8000  loss 2.43e-02
step  9000  loss 2.14e-02
>>> weight, bias = model[0].weight.detach(), model[0].bias.detach()
>>> print(weight.numpy().round(8), f"{bias.item():.8f}")
[[9.98578506 9.98589032]] -4.52752860
>>> # --8<-- [end:fit]

>>> # --8<-- [start:answer]
>>> model = model.eval()
>>> with torch.no_grad():
...     print(model(X_t)[:, 0].numpy().round(6))
[0.010692 0.995758 0.995757 1.      ]
>>> # --8<-- [end:answer]

>>> # --8<-- [start:narrow]
>>> model32 = neuron(w_start, b_start, torch.float32)
>>> losses32 = fit(model32, X_t.float(), y_t.float()[:, None])
>>> weight, bias = model32[0].weight.detach(), model32[0].bias.detach()
>>> print(*(f"{loss:.2e}" for loss in losses32[::1000]))
1.47e+00 2.33e-01 1.09e-01 6.98e-02 5.10e-02 4.00e-02 3.29e-02 2.79e-02 2.43e-02 2.14e-02
>>> print(*(f"{v:.6f}" for v in weight[0]), f"{bias.item():.6f}")
9.985788 9.985894 -4.527527
>>> # --8<-- [end:narrow]

>>> # --8<-- [start:compare]
>>> path = train(X, y, w_start, b_start)
>>> ours = [np.abs(predict(X, w, b) - y).sum() for w, b in path[:-1]]
>>> slopes = gradient(X, y, w_start, b_start)
>>> for dtype, bound in ((torch.float64, 1e-12), (torch.float32, 1e-4)):
...     theirs = run(dtype)
...     mine = ours, flat(*slopes), flat(*path[-1])
...     largest = [np.abs(a - b).max() for a, b in zip(mine, theirs)]
...     print(dtype, f"agrees within {bound}:", max(largest) < bound)
torch.float64 agrees within 1e-12: True
torch.float32 agrees within 0.0001: True
>>> # --8<-- [end:compare]

>>> # --8<-- [start:draw_losses]
>>> draw_losses(ours, losses).savefig("with_pytorch_loss.svg")
>>> # --8<-- [end:draw_losses]

>>> # --8<-- [start:reorder]
>>> print((0.1 + 0.2) + 0.3, 0.1 + (0.2 + 0.3))
0.6000000000000001 0.6
>>> # --8<-- [end:reorder]

>>> # --8<-- [start:forget_zero]
>>> model = neuron(w_start, b_start, torch.float64)
>>> optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
>>> for step in range(151):
...     loss = (model(X_t) - y_t[:, None]).abs().sum()
...     if step % 25 == 0:
...         print(f"step {step:3}  loss {loss:.4f}  should be {losses[step]:.4f}")
...     loss.backward()
...     optimizer.step()
step   0  loss 1.4673  should be 1.4673
step  25  loss 0.8874  should be 1.1001
step  50  loss 0.8188  should be 0.9726
step  75  loss 0.0236  should be 0.9095
step 100  loss 0.0098  should be 0.8682
step 125  loss 0.1046  should be 0.8355
step 150  loss 0.0292  should be 0.8063
>>> # --8<-- [end:forget_zero]

>>> # --8<-- [start:try_cross_entropy]
>>> model = neuron(w_start, b_start, torch.float64)
>>> criterion = torch.nn.BCELoss(reduction="sum")
>>> criterion(model(X_t), y_t[:, None]).backward()
>>> delta = predict(X, w_start, b_start) - y  # (N,)
>>> print("autograd", model[0].weight.grad[0].numpy().round(8))
autograd [-0.63998904 -0.5700832 ]
>>> print("by hand ", (X.T @ delta).round(8))
by hand  [-0.63998904 -0.5700832 ]
>>> # --8<-- [end:try_cross_entropy]

>>> # --8<-- [start:compare_sigmoids]
>>> z = np.linspace(-30, 30, 601)
>>> ours = 1 / (1 + np.exp(-z))
>>> theirs = torch.sigmoid(torch.from_numpy(z)).numpy()
>>> print("differ by less than 1e-15:", np.abs(ours - theirs).max() < 1e-15)
differ by less than 1e-15: True
>>> # --8<-- [end:compare_sigmoids]
"""

# --8<-- [start:import]
import matplotlib.pyplot as plt
import numpy as np
import torch

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)  # (N, D)
y = np.array([0, 1, 1, 1], dtype=float)  # (N,)
random = np.random.RandomState(1)
w_start, b_start = random.rand(2), random.rand()
# --8<-- [end:import]


# --8<-- [start:by_hand]
def predict(X, w, b):
    """Prediction between 0 and 1 for each row of X (N, D), as (N,)."""
    return 1 / (1 + np.exp(-(X @ w + b)))  # (N,)


def gradient(X, y, w, b):
    """Slopes of the loss along w, as (D,), and along b, for rows X (N, D)."""
    y_hat = predict(X, w, b)
    delta = np.sign(y_hat - y) * y_hat * (1 - y_hat)  # (N,)
    return X.T @ delta, delta.sum()


def train(X, y, w, b, eta=0.05, steps=10_000):
    """List of the parameters (w, b) before each step and after the last."""
    path = [(w, b)]
    for _ in range(steps):
        grad_w, grad_b = gradient(X, y, w, b)
        w, b = w - eta * grad_w, b - eta * grad_b
        path.append((w, b))
    return path
    # --8<-- [end:by_hand]


# --8<-- [start:build]
def neuron(w, b, dtype):
    """Model of one neuron that starts from the weights w (D,) and the bias b."""
    model = torch.nn.Sequential(
        torch.nn.Linear(len(w), 1, dtype=dtype),
        torch.nn.Sigmoid(),
    )
    with torch.no_grad():
        model[0].weight.copy_(torch.from_numpy(w)[None, :])
        model[0].bias.fill_(b)
    return model
    # --8<-- [end:build]


# --8<-- [start:loop]
def fit(model, X, y, eta=0.05, steps=10_000):
    """Train the model on rows X (N, D), targets y (N, 1); its loss before each step."""
    criterion = torch.nn.L1Loss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=eta)
    losses = []
    for _ in range(steps):
        loss = criterion(model(X), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
    # --8<-- [end:loop]


# --8<-- [start:summarise]
def flat(w, b):
    """Weights w, as a row or a column, and bias b, or their slopes, in one array (D + 1,)."""
    return np.append(w, b)


def run(dtype):
    """Losses of a run in PyTorch, its first gradient and its last parameters."""
    model = neuron(w_start, b_start, dtype)
    X_t, y_t = torch.tensor(X, dtype=dtype), torch.tensor(y, dtype=dtype)
    first = torch.nn.L1Loss(reduction="sum")(model(X_t), y_t[:, None])
    slopes = torch.autograd.grad(first, list(model.parameters()))
    losses = fit(model, X_t, y_t[:, None])
    trained = [parameter.detach() for parameter in model.parameters()]
    return np.array(losses), flat(*slopes), flat(*trained)
    # --8<-- [end:summarise]


# --8<-- [start:plot_losses]
def draw_losses(ours, theirs):
    """Figure of the loss at each step, by hand and in PyTorch, one curve over the other."""
    steps = np.arange(1, len(ours) + 1)
    fig, ax = plt.subplots()
    ax.loglog(steps, ours, color="#0072b2", lw=7, alpha=0.35, label="NumPy, by hand")
    ax.loglog(steps, theirs, "--", color="#0072b2", label="PyTorch")
    ax.set(xlabel="step, counted from 1", ylabel="loss, sum over four rows")
    ax.legend()
    return fig
    # --8<-- [end:plot_losses]
