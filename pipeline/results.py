"""Turn the committed result files into the tables and sentences that pages include.

The fragments say when, where and with which versions the times were taken, and, if the code has
changed since, that they are older than what they measure.
"""

import json
from pathlib import Path

from pipeline.errors import BuildError

RUNGS = {
    "plain Python": "plain Python, no arrays",
    "NumPy, as on this site": "NumPy, the loop of *By hand*",
    "NumPy, factor by factor": "NumPy, factor by factor",
    "PyTorch on the CPU": "PyTorch on the CPU",
    "PyTorch on the GPU": "PyTorch on the GPU",
}


def number(value):
    """Return ``value`` with two significant digits, without an exponent."""
    digits = f"{value:.2g}"
    return digits if "e" not in digits else f"{value:,.0f}" if value > 1 else f"{value:.6f}"


def provenance(result, current):
    """Return the sentence that names device, versions and date, and owns up to old code."""
    text = (
        f"Measured on {result['date']} on {result['processor']}"
        f"{'' if result['device'] == 'CPU' else ' with ' + result['device']}, Python "
        f"{result['python']}, NumPy {result['numpy']}, PyTorch {result['torch']}."
    )
    if result["code"] != current:
        text += " **The code has changed since; these times are of its earlier version.**"
    return text


def ladder(cpu, gpu):
    """Return the table of the ladder, as ratios; without a GPU result its row stays open."""
    lines = ["| 10,000 steps with | time, as a ratio |", "|---|---:|"]
    for rung, name in RUNGS.items():
        if rung in cpu["neuron"]:
            lines.append(f"| {name} | {number(cpu['neuron'][rung]['ratio'])} |")
    if gpu:
        on_gpu = gpu["neuron"]["PyTorch on the GPU"]["ratio"]
        lines.append(f"| PyTorch on the GPU, in a run of its own | {number(on_gpu)} |")
    else:
        lines.append("| PyTorch on the GPU | not measured yet |")
    return "\n".join(lines)


def layers(result, devices):
    """Return the table of the seconds that one training step of a layer takes, per size."""
    heads = {"cpu": "CPU", "cuda": "GPU", "mps": "GPU"}
    shown = [device for device in devices if device in result["layers"][0]]
    lines = [
        "| neurons | rows | " + " | ".join(f"{heads[d]}, ms a step" for d in shown) + " |",
        "|---:|---:|" + "---:|" * len(shown),
    ]
    for row in result["layers"]:
        times = " | ".join(number(row[device] * 1000) for device in shown)
        lines.append(f"| {row['width']:,} | {row['rows']:,} | {times} |")
    return "\n".join(lines)


def parity(cpu):
    """Return the table of the largest differences between NumPy and PyTorch."""
    lines = ["| | losses | gradient | parameters |", "|---|---:|---:|---:|"]
    for dtype, largest in cpu["parity"].items():
        cells = (f"{value:.1e}" if value else "0, equal bits" for value in largest.values())
        lines.append(f"| `{dtype}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def gpu_section(gpu, current):
    """Return what the GPU page says about the GPU: its tables, or that nobody has measured one."""
    if not gpu:
        return (
            '!!! note "No GPU has been measured yet"\n\n'
            "    The programs above ran on a CPU when this site was built, and this table has no\n"
            "    GPU column, because nobody has run `nox -s gpu` on a machine with one and sent\n"
            "    in its result file. Until then this page quotes no GPU time of its own."
        )
    careless = gpu["careless"]
    return "\n\n".join(
        [
            layers(gpu, ["cpu", "cuda", "mps"]),
            f"Medians of five. {provenance(gpu, current)}",
            "The largest of these steps, timed without warm-up: "
            f"{number(careless['cold'] * 1000)} ms. "
            f"Timed without waiting for the end: {number(careless['not waiting'] * 1000)} ms. "
            f"Timed properly: {number(careless['properly'] * 1000)} ms.",
        ]
    )


def _read(path, session):
    """Return the result file ``path``; raise BuildError if it is damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise BuildError(
            f"{path}:{error.lineno}: this is no JSON; run nox -s {session} again"
        ) from error


def write_fragments(results, fragments, current):
    """Write the fragments; raise BuildError if the CPU's times are missing or of other code."""
    path, gpu_path = Path(results) / "cpu.json", Path(results) / "gpu.json"
    if not path.exists():
        raise BuildError(f"{path} is missing; run nox -s bench and commit it")
    cpu = _read(path, "bench")
    gpu = _read(gpu_path, "gpu") if gpu_path.exists() else None
    if cpu.get("code") != current:
        lines = path.read_text(encoding="utf-8").split("\n")
        line = next((n for n, text in enumerate(lines, 1) if '"code"' in text), 1)
        raise BuildError(f"{path}:{line}: measured with other code than is shown; run nox -s bench")
    try:
        texts = {
            "ladder": f"{ladder(cpu, gpu)}\n\nMedians of five rounds. {provenance(cpu, current)}",
            "layers": f"{layers(cpu, ['cpu'])}\n\nMedians of five. {provenance(cpu, current)}",
            "parity": f"{parity(cpu)}\n\n{provenance(cpu, current)}",
            "gpu": gpu_section(gpu, current),
        }
    except KeyError as missing:
        files = f"{path} or {gpu_path}" if gpu else path
        raise BuildError(f"{files}:1: {missing} is not in it; measure again") from missing
    fragments = Path(fragments) / "results"
    fragments.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (fragments / f"{name}.md").write_text(text + "\n", encoding="utf-8")
    if not gpu:
        return ["GPU times: no GPU has been measured (nox -s gpu)"]
    return [] if gpu["code"] == current else ["new GPU times: the code has changed (nox -s gpu)"]
