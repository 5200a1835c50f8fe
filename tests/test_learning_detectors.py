"""Detectors: ours fire where river's do, a detection says which way it went, and is held against the truth."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from river import drift

from sparkglass.learning.detectors import DDM, Band, Detection, Judgement, PageHinkley, Watch, judge


def streams() -> dict[str, np.ndarray]:
    """Losses of 0 and 1: steady, worse at once and by and by, better, clean and then one error, none, and all; 2,000 each."""
    rng = np.random.default_rng(7)
    rates = {
        "steady": np.full(2000, 0.2),
        "sudden": np.repeat([0.05, 0.5], 1000),
        "gradual": np.r_[np.full(800, 0.1), np.linspace(0.1, 0.6, 600), np.full(600, 0.6)],
        "better": np.repeat([0.5, 0.02], 1000),
        "to and fro": np.tile(np.repeat([0.03, 0.6], 250), 4),
        "clean": np.zeros(2000),
        "all wrong": np.ones(2000),
    }
    drawn = {name: (rng.random(2000) < rate).astype(int) for name, rate in rates.items()}
    drawn["one error"] = (np.arange(2000) == 1000).astype(int)
    return drawn


STREAMS = streams()


def fires(detector: Any, losses: np.ndarray) -> tuple[list[int], list[int]]:
    """Where it detects a drift, and where it warns."""
    drifts, warnings = [], []
    for at, loss in enumerate(losses.tolist()):
        detector.update(loss)
        if detector.drift_detected:
            drifts.append(at)
        if getattr(detector, "warning_detected", False):
            warnings.append(at)
    return drifts, warnings


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize("options", [{}, {"warm_start": 10, "warning_threshold": 1.5, "drift_threshold": 2.5}])
def test_ddm_is_rivers(name: str, options: dict[str, Any]) -> None:
    assert fires(DDM(**options), STREAMS[name]) == fires(drift.binary.DDM(**options), STREAMS[name])


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize(
    "options", [{"threshold": 10}, {"threshold": 50}, {"threshold": 5, "mode": "up"}, {"threshold": 5, "mode": "down"}]
)
def test_page_hinkley_is_rivers(name: str, options: dict[str, Any]) -> None:
    for losses in (STREAMS[name], STREAMS[name] * 2.5 + np.sin(np.arange(2000))):
        assert fires(PageHinkley(**options), losses) == fires(drift.PageHinkley(**options), losses)


def test_the_streams_make_them_fire() -> None:
    # Else the two tests above would hold of detectors that never do.
    drifts, warnings = fires(DDM(), STREAMS["sudden"])
    assert any(1000 <= at < 1100 for at in drifts) and any(1000 <= at < 1100 for at in warnings)
    assert 1000 <= fires(PageHinkley(), STREAMS["sudden"])[0][0] < 1100
    assert len(fires(PageHinkley(), STREAMS["to and fro"])[0]) >= 6
    # What a student has to know of them.
    assert fires(DDM(), STREAMS["one error"])[0] == [1000]
    assert fires(drift.PageHinkley(), STREAMS["one error"])[0] == []


@pytest.mark.parametrize(
    "detector",
    [
        DDM(),
        PageHinkley(),
        drift.ADWIN(),
        drift.PageHinkley(threshold=10),
        drift.binary.DDM(),
        drift.KSWIN(seed=1),
        DDM,
        drift.ADWIN,
    ],
    ids=lambda one: f"{one if isinstance(one, type) else type(one)}",
)
def test_a_detection_says_which_way(detector: Any) -> None:
    watch = Watch(detector)
    worse = watch.read(STREAMS["sudden"], at_before=100)
    found = [one for one in worse if one.at > 1100]
    assert found and found[0].direction == "worse" and found[0].at < 1350 and found[0].detector == watch.name


@pytest.mark.parametrize("detector", [PageHinkley(), drift.ADWIN(), drift.PageHinkley(threshold=10)])
def test_fewer_errors_are_better(detector: Any) -> None:
    found = [one for one in Watch(detector).read(STREAMS["better"], 0) if one.at > 1000]
    assert found and found[0].direction == "better"


def test_a_watch_counts_examples_from_one_and_leaves_the_detector_alone() -> None:
    mine = DDM()
    watch = Watch(mine)
    assert watch.warns and not watch.warning
    assert watch.read([0] * 40, 0) == [] and watch.read([1], 40) == [Detection(41, "worse", "DDM")]
    assert not mine.drift_detected and mine._count == 0
    assert not Watch(drift.ADWIN()).warns


def test_what_is_no_detector_is_said() -> None:
    with pytest.raises(TypeError, match=r"needs update\(x\) and drift_detected"):
        Watch("ADWIN")
    with pytest.raises(ValueError, match=r"DDM reads losses of 0 and 1, and got 2\.5"):
        Watch(DDM()).update(2.5, 1)
    with pytest.raises(ValueError, match="not 'sideways'"):
        PageHinkley(mode="sideways")
    assert not math.isnan(DDM()._rate)


def test_detections_against_the_truth() -> None:
    bands = [Band(400, 500, "sensor"), Band(800, 1000, "flood"), Band(1400, None, "drift")]
    # The indices of section 10 of Adaline's losses with DDM, and one false alarm before all.
    judged = judge([120, 401, 810, 1002, 1414], bands)
    assert judged == Judgement((None, 0, 1, 1, 2), (1, 10, 14))
    assert judged.false_alarms == 1 and judged.missed == 0


def test_edges_of_bands() -> None:
    bands = [Band(100, 200), Band(350)]
    assert judge([100, 101, 400], bands).bands == (None, 0, 1)
    assert judge([400, 401], [Band(100, 200)]) == Judgement((0, None), (300,))
    assert judge([401], [Band(100, 200)], grace=201).bands == (0,)
    assert judge([], bands) == Judgement((), (None, None)) and judge([], bands).missed == 2
    # Of two, the one that began last; the other stays missed.
    assert judge([390], bands) == Judgement((1,), (None, 40))
    assert judge([420, 390], [Band(350)]).delays == (40,)
