"""Faults, detectors and policies on a curve: in a plain loop, and on a real stream of files on each Spark."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from kernels import Kernel, session
from river import drift
from told import Told, listen

from sparkglass.learning import curve
from sparkglass.learning.detectors import DDM
from sparkglass.learning.faults import BrokenSensor, Drift
from sparkglass.learning.learners import AdalineSGD, Perceptron
from sparkglass.learning.policies import Quarantine
from sparkglass.learning.recipes import flowers

ROWS = flowers()


@pytest.fixture(autouse=True)
def _listening() -> None:
    listen()


def test_detections_are_held_against_what_is_known() -> None:
    c = curve("detect", classes=[-1, 1])
    c.fault("broken sensor", start=400, end=500)
    c.fault("flood", start=800, end=1000)
    c.mark("drift", "new petals", start=1400, pattern="sudden")
    watched = c.detect(DDM())
    learn = c.each_batch([AdalineSGD(0.01), Perceptron()], ["sepal", "petal"])
    for begin in range(0, 2000, 10):
        learn.step(ROWS.X[begin : begin + 10], ROWS.y[begin : begin + 10])
    assert list(watched.found) == ["AdalineSGD", "Perceptron"]
    judged = watched.judged("AdalineSGD")
    assert judged.missed == 0 and judged.false_alarms == 0
    with pytest.raises(ValueError, match="say which, one of AdalineSGD, Perceptron"):
        watched.judged()
    told = Told(c).marks("detection")
    ours = [mark for mark in told if mark["Line"] == learn.learners[0].line.ordinal]
    assert [mark["Start"] for mark in ours] == [found.at for found in watched.found["AdalineSGD"]]
    assert all(mark["Name"] == "DDM" and mark["Direction"] == "worse" for mark in told)
    first = ours[0]
    assert first["Detail"] == f"{first['Start'] - 400} examples after: broken sensor"
    watched.stop()
    before = {name: len(found) for name, found in watched.found.items()}
    learn.step(ROWS.X[:500], -ROWS.y[:500])
    assert {name: len(found) for name, found in watched.found.items()} == before


def test_one_line_is_watched_and_a_false_alarm_is_called_so() -> None:
    c = curve("one", classes=[0, 1])
    watched = c.detect(drift.ADWIN, line="b")
    c.fault("far away", start=90_000, end=90_100)
    losses = np.repeat([0, 1, 0], 400)
    for name in ("a", "b"):
        for part in losses.reshape(-1, 50):
            c.line(name).add(losses=part)
    assert list(watched.found) == ["b"]
    marks = Told(c).marks("detection")
    assert [mark["Direction"] for mark in marks if mark["Start"] <= 800][:1] == ["worse"]
    assert "better" in [mark["Direction"] for mark in marks if mark["Start"] > 800]
    assert {mark["Detail"] for mark in marks} == {"false alarm"}
    assert watched.judged().false_alarms == len(marks)


def test_a_detector_that_fails_is_said_once_and_the_learner_goes_on() -> None:
    c = curve("fails")
    c.detect(DDM())
    line = c.line("squares", loss="squared")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line.add(losses=[0.5, 7.0])
        line.add(losses=[7.0])
    assert len(caught) == 1 and "DDM reads losses of 0 and 1, and got 7.0" in str(caught[0].message)
    assert line.at == 3 and len(Told(c).marks("mistake")) == 1
    with pytest.raises(TypeError, match="is no drift detector"):
        c.detect(np.mean)


def test_a_policy_whose_detector_fails_does_nothing_and_the_learner_goes_on() -> None:
    c = curve("deaf")
    guarded = c.policy(AdalineSGD(0.01), "reset", loss="squared")
    learn = c.each_batch(guarded, ["sepal", "petal"])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for begin in range(0, 600, 50):
            learn.step(ROWS.X[begin : begin + 50], ROWS.y[begin : begin + 50])
    assert guarded.at == 600 and not guarded.actions and c.seen == 600
    (mistake,) = Told(c).marks("mistake")
    assert mistake["Name"] == "policy failed" and "DDM reads losses of 0 and 1, and got 4" in mistake["Detail"]
    assert len(caught) == 1
    np.testing.assert_array_equal(guarded.learner.w_, AdalineSGD(0.01).partial_fit(ROWS.X[:600], ROWS.y[:600]).w_)


def test_a_policy_is_marked_where_it_acts() -> None:
    c = curve("policy", classes=[-1, 1])
    c.fault("flood", start=800, end=1000)
    guarded = c.policy(AdalineSGD(0.01), Quarantine(rows=200))
    learn = c.each_batch(guarded, ["sepal", "petal"])
    for begin in range(0, 1200, 25):
        learn.step(ROWS.X[begin : begin + 25], ROWS.y[begin : begin + 25])
    (line,) = c.lines
    assert line.name == "AdalineSGD, quarantine"
    told = Told(c)
    assert told.events("Line")[0]["Learner"] == "AdalineSGD"
    marks = told.marks("policy")
    assert [mark["Name"] for mark in marks] == ["quarantine"] * len(marks) and len(marks) >= 2
    assert all(mark["Line"] == line.ordinal and mark["End"] - mark["Start"] == 200 for mark in marks)
    in_flood = [mark for mark in marks if 800 <= mark["Start"] < 830]
    assert len(in_flood) == 1
    # The detection is of the example that the action comes before.
    detections = told.marks("detection")
    assert in_flood[0]["Start"] + 1 in [mark["Start"] for mark in detections]
    assert guarded.predict(ROWS.probe[0]).shape == (500,)
    assert not told.marks("mistake") and set(told.column(line, "Model Bytes")) != {-1}


def test_a_guarded_learner_comes_back_from_its_state(tmp_path: object) -> None:
    steps = [slice(begin, begin + 25) for begin in range(0, 1000, 25)]

    def run(parts: list[slice], whole: bool) -> tuple[object, list[str]]:
        c = curve("state", classes=[-1, 1])
        guarded = c.policy(AdalineSGD(0.01), "rollback")
        learn = c.each_batch(guarded, ["sepal", "petal"], state=None if whole else str(tmp_path))
        assert learn.learners
        for part in parts:
            learn.step(ROWS.X[part], ROWS.y[part])
        if not whole and learn._state is not None:
            learn._state.save({})
        return guarded, [mark["Name"] for mark in Told(c).marks("policy")]

    alone, actions = run(steps, True)
    run(steps[:20], False)
    again, later = run(steps[20:], False)
    np.testing.assert_array_equal(again.learner.w_, alone.learner.w_)  # type: ignore[attr-defined]
    assert again.at == 1000 and later and actions[-len(later) :] == later  # type: ignore[attr-defined]


def test_injected_faults_are_marked() -> None:
    c = curve("inject", classes=[-1, 1])
    X, y = np.ones((500, 2)), np.ones(500, dtype=int)
    faults = [
        BrokenSensor("petal", 100, 200),
        Drift(300, 400, labels={1: -1}, pattern="gradual"),
        Drift(400, labels={1: -1}, name="for good"),
    ]
    c.line("before").add(losses=[0] * 50)
    changed, labels = c.inject((X, y), faults, features=["sepal", "petal"])
    assert (changed[100:200, 1] == 0).all() and (labels[400:] == -1).all()
    told = Told(c)
    (fault,) = told.marks("fault")
    assert (fault["Name"], fault["Start"], fault["End"], fault["Detail"]) == ("broken sensor", 150, 250, "petal")
    drifts = [(mark["Name"], mark["Start"], mark["End"], mark["Pattern"]) for mark in told.marks("drift")]
    assert drifts == [("drift", 350, 450, "gradual"), ("for good", 450, None, "sudden")]


def test_faults_by_the_clock_are_marked_when_their_time_has_come() -> None:
    c = curve("clock")
    now = pd.Timestamp.now()
    times = now + pd.to_timedelta(np.arange(-30, 30), unit="s")
    frame = pd.DataFrame({"t": times, "x": 1.0})
    origin = (now - pd.Timedelta(seconds=30)).to_pydatetime()
    faulty = c.inject(
        frame, [BrokenSensor("x", 10, 20), BrokenSensor("x", 25, 900, name="later")], by="t", origin=origin
    )
    assert np.flatnonzero(faulty.x == 0).tolist() == [*range(10, 20), *range(25, 60)]
    assert not Told(c).marks("fault")
    c.line("a").add(losses=[0, 0, 1])
    marks = {mark["Name"]: (mark["Start"], mark["End"]) for mark in Told(c).marks("fault")}
    assert marks == {"broken sensor": (0, 0), "later": (0, None)}


STREAM = """
import os, tempfile, json
import pandas as pd
from sparkglass import curve
from sparkglass.learning.detectors import DDM, PageHinkley
from sparkglass.learning.faults import Drift, Flood
from sparkglass.learning.learners import AdalineSGD
import numpy as np

random = np.random.RandomState(3)
label = np.where(random.random_sample(1500) < 0.5, -1, 1)
frame = pd.DataFrame({"n": np.arange(1500), "x": label + 0.3 * random.standard_normal(1500), "label": label})
folder = tempfile.mkdtemp()
for part in range(15):
    frame[part * 100 : part * 100 + 100].to_json(os.path.join(folder, f"{part:02}.json"), orient="records", lines=True)
    os.utime(os.path.join(folder, f"{part:02}.json"), (part, part))
stream = spark.readStream.schema("n bigint, x double, label int").option("maxFilesPerTrigger", 1).json(folder)

c = curve("stream", classes=[-1, 1])
faulty = c.inject(stream, [Flood({"x": -1.0, "label": 1}, 600, 800), Drift(1200, labels={-1: 1, 1: -1})], by="n")
watched = c.detect(PageHinkley())
guarded = c.policy(AdalineSGD(0.02), "quarantine")
query = faulty.writeStream.foreachBatch(c.each_batch(guarded, ["x"], "label", name="guarded")).trigger(availableNow=True).start()
query.awaitTermination()
c.finish()
probe = frame[:500]
print(json.dumps([query.exception() is None, [found.at for found in watched.found["guarded"]], c.seen,
    (guarded.predict(probe[["x"]].to_numpy()) == probe.label).mean()]))
"""


@pytest.fixture(scope="module")
def stream(python: str) -> Iterator[Kernel]:
    kernel = Kernel(python)
    kernel.attach()
    kernel.ok(session("local[2]"), "session")
    yield kernel
    kernel.stop()


def test_a_stream_with_faults_detections_and_a_policy(stream: Kernel) -> None:
    import json

    is_well, found, seen, share = json.loads(stream.ok(STREAM, "stream").text.splitlines()[-1])
    assert is_well and seen == 1500
    told = stream.settle("stream").events("SparkglassCurveMark")
    newest = list({event["Mark"]: event for event in told}.values())
    faults = [
        (mark["Kind"], mark["Name"], mark["Start"], mark["End"])
        for mark in newest
        if mark["Kind"] in ("fault", "drift")
    ]
    assert faults == [("fault", "flood", 600, 800), ("drift", "drift", 1200, None)]
    actions = [mark["Start"] for mark in newest if mark["Kind"] == "policy"]
    assert any(600 <= at < 700 for at in actions) and any(1200 <= at < 1300 for at in actions)
    assert any(600 < at < 700 for at in found) and all(
        mark["Line"] is not None for mark in newest if mark["Kind"] in ("detection", "policy")
    )
    # At the end it has learnt the new concept: of clean rows of the old one it knows the opposite.
    assert share < 0.1
