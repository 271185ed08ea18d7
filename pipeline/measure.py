"""Measure how long the shown programs take, side by side in one run, and keep the result.

``python -m pipeline.measure cpu`` writes docs/results/cpu.json, ``… gpu`` docs/results/gpu.json.
Each file names its device, versions and date, and a fingerprint of the code it measured.
"""

import datetime
import hashlib
import inspect
import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, "snippets")

from one_neuron import by_hand, on_a_gpu, with_pytorch

RESULTS = Path("docs/results")
STEPS, ROUNDS = 10_000, 5
LAYERS = [(1, 4), (64, 64), (256, 256), (1024, 1024), (2048, 4096), (4096, 8192)]


def fingerprint():
    """Return the hash of the source of every function that is measured, and of the sizes."""
    measured = [
        *(by_hand.predict, by_hand.loss, by_hand.gradient, by_hand.train),
        *(on_a_gpu.neuron, on_a_gpu.fit, on_a_gpu.train_plain, on_a_gpu.layer_step),
        *(with_pytorch.neuron, with_pytorch.fit, with_pytorch.run, with_pytorch.flat),
        *(sigmoid, train_by_factors),
    ]
    code = "".join(inspect.getsource(function) for function in measured)
    code += str((STEPS, ROUNDS, LAYERS))
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def sigmoid(z):
    """Return the logistic function of z, any shape."""
    return 1 / (1 + np.exp(-z))


def train_by_factors(X, y, w, b, eta=0.05, steps=STEPS):
    """Train on columns y (N, 1), w (D, 1), factor by factor, as the source of this task does.

    It watches the loss, computes σ a second time for its slope and divides |e| by e for the sign.
    """
    for _ in range(steps):
        z = X @ w + b
        error = sigmoid(z) - y
        loss = np.sum(np.abs(error))
        loss_factor = np.abs(error) / error
        again = sigmoid(z)
        slope_factor = again * (1 - again)
        w = w - eta * np.sum(loss_factor * slope_factor * X, axis=0)[:, None]
        b = b - eta * np.sum(loss_factor * slope_factor)
    return w, b, loss


def processor():
    """Return the name of this machine's processor."""
    info = Path("/proc/cpuinfo")
    names = (
        [line for line in info.read_text().splitlines() if line.startswith("model name")]
        if info.exists()
        else []
    )
    return names[0].split(":")[1].strip() if names else platform.processor() or platform.machine()


def provenance(device):
    """Return what a reader needs to judge the times: device, versions, date, code."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "device": device,
        "processor": f"{processor()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "torch": torch.__version__,
        "code": fingerprint(),
    }


def side_by_side(rungs, rounds=ROUNDS):
    """Run each of the functions in turn, ``rounds`` times; return the seconds, per round."""
    seconds = {name: [] for name in rungs}
    for turn in range(rounds + 1):
        for name, work in rungs.items():
            begun = time.perf_counter()
            work()
            if turn:  # the first round warms up
                seconds[name].append(time.perf_counter() - begun)
        print(f"  round {turn} of {rounds}", flush=True)
    return seconds


def neuron_rungs(device):
    """Return one function a rung of the ladder: the same 10,000 steps, ever more machinery."""
    X, y, w, b = by_hand.X, by_hand.y, with_pytorch.w_start, with_pytorch.b_start
    rows = [(*map(float, x), float(target)) for x, target in zip(X, y)]
    X_t = torch.tensor(X, dtype=torch.float32)
    y_t = torch.tensor(y, dtype=torch.float32)[:, None]

    def in_pytorch(where):
        model = on_a_gpu.neuron(list(w), b).to(where)
        on_a_gpu.fit(model, X_t.to(where), y_t.to(where), steps=STEPS)
        on_a_gpu.wait(where)

    rungs = {
        "plain Python": lambda: on_a_gpu.train_plain(rows, *map(float, w), b, steps=STEPS),
        "NumPy, as on this site": lambda: by_hand.train(X, y, w, b, steps=STEPS),
        "NumPy, factor by factor": lambda: train_by_factors(X, y[:, None], w[:, None], b),
        "PyTorch on the CPU": lambda: in_pytorch(torch.device("cpu")),
    }
    if device.type != "cpu":
        rungs["PyTorch on the GPU"] = lambda: in_pytorch(device)
    return rungs


def summary(seconds, base):
    """Return for each rung its median seconds and median ratio to ``base``, round by round."""
    return {
        name: {
            "seconds": statistics.median(times),
            "ratio": statistics.median(t / t0 for t, t0 in zip(times, seconds[base])),
        }
        for name, times in seconds.items()
    }


def layers(devices):
    """Return the median seconds of one training step of a layer, for each size and device."""
    table = []
    for width, rows in LAYERS:
        row = {"width": width, "rows": rows}
        for device in devices:
            row[device.type] = on_a_gpu.median_time(
                on_a_gpu.layer_step(width, rows, device), device, repeats=ROUNDS
            )
        print(f"  layer of {width} neurons, {rows} rows", flush=True)
        table.append(row)
    return table


def careless(device):
    """Return the seconds of one large step: not warmed up, not waited for, and properly."""
    step = on_a_gpu.layer_step(*LAYERS[-1], device)
    begun = time.perf_counter()
    step()
    on_a_gpu.wait(device)
    cold = time.perf_counter() - begun
    begun = time.perf_counter()
    step()
    unfinished = time.perf_counter() - begun
    on_a_gpu.wait(device)
    return {"cold": cold, "not waiting": unfinished, "properly": on_a_gpu.median_time(step, device)}


def parity():
    """Return the largest differences between NumPy and PyTorch along one run."""
    X, y, w, b = by_hand.X, by_hand.y, with_pytorch.w_start, with_pytorch.b_start
    path = by_hand.train(X, y, w, b)
    losses = [by_hand.loss(by_hand.predict(X, *place), y) for place in path[:-1]]
    slopes = by_hand.gradient(X, y, w, b)
    ours = losses, with_pytorch.flat(*slopes), with_pytorch.flat(*path[-1])
    return {
        str(dtype).removeprefix("torch."): {
            name: float(np.abs(a - b).max())
            for name, a, b in zip(
                ("losses", "gradient", "parameters"), ours, with_pytorch.run(dtype)
            )
        }
        for dtype in (torch.float64, torch.float32)
    }


def measure(kind):
    """Measure on the ``cpu`` or the ``gpu`` and write the result file; exit without a GPU."""
    cpu, device = torch.device("cpu"), torch.device("cpu")
    if kind == "gpu":
        device = on_a_gpu.pick_device()
        if device.type == "cpu":
            sys.exit("no GPU: PyTorch finds neither CUDA nor Apple's MPS here; nothing was written")
    name = torch.cuda.get_device_name() if device.type == "cuda" else device.type.upper()
    result = provenance(name)
    if kind == "gpu":
        result["careless"] = careless(device)
    else:
        result["parity"] = parity()
    result["neuron"] = summary(side_by_side(neuron_rungs(device)), "NumPy, factor by factor")
    result["layers"] = layers(list(dict.fromkeys([cpu, device])))
    path = RESULTS / f"{kind}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    for rung, figures in result["neuron"].items():
        print(f"{rung:26} {figures['seconds']:8.4f} s  {figures['ratio']:6.3f} times the base")
    print(f"wrote {path}; review it with git diff and commit it")


if __name__ == "__main__":
    if sys.argv[1:] not in (["cpu"], ["gpu"]):
        sys.exit("say what to measure: python -m pipeline.measure cpu, or gpu")
    measure(sys.argv[1])
