"""Result files become tables that say where they come from; without them the build stops."""

import json

import pytest
from planted import refusal

from pipeline import results

CPU = {
    "date": "2026-11-21",
    "device": "CPU",
    "processor": "Some CPU, 2 cores",
    "python": "3.11.7",
    "numpy": "2.4.6",
    "torch": "2.13.0",
    "code": "now",
    "parity": {
        "float64": {"losses": 4.6e-16, "gradient": 0.0, "parameters": 0.0},
        "float32": {"losses": 3.6e-7, "gradient": 2.8e-8, "parameters": 3.9e-6},
    },
    "neuron": {
        "plain Python": {"seconds": 0.01, "ratio": 0.0657},
        "NumPy, as on this site": {"seconds": 0.09, "ratio": 0.494},
        "NumPy, factor by factor": {"seconds": 0.19, "ratio": 1.0},
        "PyTorch on the CPU": {"seconds": 2.1, "ratio": 10.65},
    },
    "layers": [{"width": 4096, "rows": 8192, "cpu": 7.3673}],
}
GPU = {
    **CPU,
    "device": "Some GPU",
    "careless": {"cold": 0.5, "not waiting": 0.0001, "properly": 0.0124},
    "neuron": {"PyTorch on the GPU": {"seconds": 4.2, "ratio": 31.4}},
    "layers": [{"width": 4096, "rows": 8192, "cpu": 7.3673, "cuda": 0.0124}],
}


def files(folder, cpu=CPU, gpu=None):
    for name, result in (("cpu", cpu), ("gpu", gpu)):
        if result:
            (folder / f"{name}.json").write_text(json.dumps(result, indent=2))
    return folder


def write(folder, current="now"):
    skipped = results.write_fragments(folder, folder, current)
    return skipped, {path.stem: path.read_text() for path in folder.glob("results/*.md")}


def test_fragments_hold_the_measured_numbers_and_where_they_come_from(tmp_path):
    _, fragments = write(files(tmp_path))
    source = (
        "Measured on 2026-11-21 on Some CPU, 2 cores, Python 3.11.7, NumPy 2.4.6, PyTorch 2.13.0.\n"
    )
    assert sorted(fragments) == ["gpu", "ladder", "layers", "parity"]
    assert "| NumPy, the loop of *By hand* | 0.49 |" in fragments["ladder"]
    assert "| 4,096 | 8,192 | 7,367 |" in fragments["layers"]
    assert "| `float64` | 4.6e-16 | 0, equal bits | 0, equal bits |" in fragments["parity"]
    assert all(fragments[name].endswith(source) for name in ("ladder", "layers", "parity"))


def test_gpu_row_stays_open_until_a_gpu_was_measured(tmp_path):
    skipped, fragments = write(files(tmp_path))
    assert skipped == ["GPU times: no GPU has been measured (nox -s gpu)"]
    assert "| PyTorch on the GPU | not measured yet |" in fragments["ladder"]
    assert fragments["gpu"].startswith('!!! note "No GPU has been measured yet"')


def test_gpu_row_is_filled_from_its_file(tmp_path):
    skipped, fragments = write(files(tmp_path, gpu=GPU))
    assert skipped == []
    assert "| PyTorch on the GPU, in a run of its own | 31 |" in fragments["ladder"]
    assert "| 4,096 | 8,192 | 7,367 | 12 |" in fragments["gpu"]
    assert "with Some GPU, Python" in fragments["gpu"]
    assert "Timed without waiting for the end: 0.1 ms." in fragments["gpu"]


def test_gpu_times_of_earlier_code_say_so(tmp_path):
    skipped, fragments = write(files(tmp_path, gpu={**GPU, "code": "then"}))
    assert skipped == ["new GPU times: the code has changed (nox -s gpu)"]
    assert "these times are of its earlier version" in fragments["gpu"]


def test_missing_result_file_is_named(tmp_path):
    assert refusal(write, tmp_path) == (
        f"{tmp_path}/cpu.json is missing; run nox -s bench and commit it"
    )


def test_times_of_other_code_are_refused(tmp_path):
    assert refusal(write, files(tmp_path), "other") == (
        f"{tmp_path}/cpu.json:8: measured with other code than is shown; run nox -s bench"
    )


@pytest.mark.parametrize(("kind", "session"), [("cpu", "bench"), ("gpu", "gpu")])
def test_damaged_result_file_is_named(tmp_path, kind, session):
    files(tmp_path)
    (tmp_path / f"{kind}.json").write_text('{\n  "code": "now",\n}')
    assert refusal(write, tmp_path) == (
        f"{tmp_path}/{kind}.json:3: this is no JSON; run nox -s {session} again"
    )


def test_result_file_without_a_table_is_named(tmp_path):
    cpu = {name: value for name, value in CPU.items() if name != "parity"}
    assert refusal(write, files(tmp_path, cpu)) == (
        f"{tmp_path}/cpu.json:1: 'parity' is not in it; measure again"
    )
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0657, "0.066"),
        (1.0, "1"),
        (10.65, "11"),
        (123.4, "123"),
        (7367.3, "7,367"),
        (0.00002, "0.000020"),
    ],
)
def test_measured_number_is_short_and_has_no_exponent(value, text):
    assert results.number(value) == text
