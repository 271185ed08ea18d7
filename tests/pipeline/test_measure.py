"""Measurements keep their provenance, and none is written where nothing was measured."""

import pytest
import torch
from one_neuron import by_hand, on_a_gpu

from pipeline import measure


def test_without_a_gpu_nothing_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(on_a_gpu, "pick_device", lambda: torch.device("cpu"))
    monkeypatch.setattr(measure, "RESULTS", tmp_path / "results")
    with pytest.raises(SystemExit, match=r"no GPU: .*; nothing was written"):
        measure.measure("gpu")
    assert not (tmp_path / "results").exists()


def test_fingerprint_changes_with_the_measured_code(monkeypatch):
    before = measure.fingerprint()
    assert measure.fingerprint() == before
    monkeypatch.setattr(by_hand, "gradient", on_a_gpu.wait)
    assert measure.fingerprint() != before


def test_ratios_are_taken_round_by_round():
    seconds = {"base": [1.0, 2.0, 4.0], "other": [2.0, 2.0, 2.0]}
    assert measure.summary(seconds, "base") == {
        "base": {"seconds": 2.0, "ratio": 1.0},
        "other": {"seconds": 2.0, "ratio": 1.0},
    }


def test_first_round_is_not_counted():
    calls = []
    seconds = measure.side_by_side({"a": lambda: calls.append(1)}, rounds=3)
    assert len(calls) == 4
    assert len(seconds["a"]) == 3


def test_arithmetic_of_the_source_trains_the_same_neuron():
    w, b = by_hand.train(by_hand.X, by_hand.y, by_hand.np.array([0.4, 0.7]), 0.0, steps=100)[-1]
    w_column, b_factors, _ = measure.train_by_factors(
        by_hand.X, by_hand.y[:, None], by_hand.np.array([[0.4], [0.7]]), 0.0, steps=100
    )
    assert w_column[:, 0] == pytest.approx(w, rel=1e-12)
    assert b_factors == pytest.approx(b, rel=1e-12)


def test_provenance_names_device_versions_date_and_code():
    assert set(measure.provenance("CPU")) == {
        *("date", "device", "processor", "python", "numpy", "torch", "code"),
    }
