"""What a curve of a plain Python loop tells, column by column; no Spark, no page."""

from __future__ import annotations

import subprocess
import sys
import time
import warnings

import numpy as np
import pytest
from told import Told, listen

from sparkglass import curve
from sparkglass.learning import Curve, telling


@pytest.fixture(autouse=True)
def _listening() -> None:
    listen()


def test_the_package_brings_nothing_with_it() -> None:
    code = (
        "import sys, sparkglass\n"
        "assert not {'numpy', 'sparkglass.learning'} & set(sys.modules)\n"
        "from sparkglass import curve\n"
        "c = curve('alone', classes=[0, 1])\n"
        "c.line('a').add(1, 0)\n"
        "c.log('loss', 0.5)\n"
        "c.finish()\n"
        "assert not {'numpy', 'pandas', 'sklearn', 'pyspark', 'IPython'} & set(sys.modules)\n"
        "print('fine')"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "fine\n"


def test_one_example_after_the_other() -> None:
    with curve("loop", classes=["no", "yes"], alpha=0.9) as c:
        line = c.line("majority", learner="Majority")
        for label in ["no", "yes", "yes", "no"]:
            line.add(label, "yes", python_cpu_ns=7)
        assert (line.at, line.visits, c.seen) == (4, 4, 4)
    told = Told(c)
    (opened,) = told.events("")
    assert opened["Name"] == "loop" and opened["Classes"] == ["no", "yes"] and opened["Alpha"] == 0.9
    (begun,) = told.events("Line")
    assert (begun["Kind"], begun["Of"], begun["Loss"], begun["Learner"]) == ("online", None, "zeroOne", "Majority")
    assert told.column(line, "At") == [1, 2, 3, 4]
    assert told.column(line, "Examples") == [1, 1, 1, 1]
    assert told.column(line, "Loss Sum") == told.column(line, "Loss Squares") == [1, 0, 0, 1]
    assert told.column(line, "Visits") == [1, 2, 3, 4]
    assert told.column(line, "Python CPU") == [7] * 4 and told.points(line)[0]["Python CPU"] == 7
    assert told.rows(line, "Labels") == [0, 1, 1, 0]
    assert told.rows(line, "Predictions") == [1, 1, 1, 1]
    assert [end["Reason"] for end in told.events("End")] == ["finished"]


def test_rows_by_the_batch_and_classes_as_they_come() -> None:
    c = curve("batches")
    line = c.line("a")
    line.add(np.array([3, 1, 1]), np.array([1, 1, 5]), batch_id=0, query_run_id="q")
    line.add(np.array([5, 1]), np.array([5, 5]), batch_id=1, query_run_id="q")
    told = Told(c)
    classes = told.events("")[-1]["Classes"]
    assert sorted(classes) == ["1", "3", "5"]
    assert [classes[k] for k in told.rows(line, "Labels")] == ["3", "1", "1", "5", "1"]
    # 5 was no label yet when it was predicted.
    assert [classes[k] if k >= 0 else None for k in told.rows(line, "Predictions")] == ["1", "1", None, "5", "5"]
    assert told.column(line, "At") == [3, 5] and told.column(line, "Loss Sum") == [2, 1]
    assert told.column(line, "Batch ID") == [0, 1]
    assert {event["Query Run ID"] for event in told.points(line)} == {"q"}


def test_real_losses_and_sums_alone() -> None:
    c = curve("losses")
    squared = c.line("squared", loss="squared")
    squared.add([1.0, 2.0], [1.5, 4.0])
    squared.add(losses=[0.5])
    squared.add(count=10, loss_sum=5.0, loss_squares=4.0)
    log = c.line("log", loss="log")
    log.add([0, 1], [[0.5, 0.5], [0.75, 0.25]])
    log.add([0, 1], [0.25, 0.0])
    told = Told(c)
    assert told.rows(squared, "Losses") == [0.25, 4.0, 0.5]
    assert told.column(squared, "Loss Sum") == [4.25, 0.5, 5.0]
    assert told.column(squared, "Loss Squares") == [16.0625, 0.25, 4.0]
    assert told.column(squared, "At") == [2, 3, 13]
    # Points of which only the sums are known have an event of their own.
    assert ["Losses" in event for event in told.points(squared)] == [True, False]
    assert told.rows(log, "Losses") == pytest.approx([np.log(2), np.log(4), -np.log(0.75), 36.04365338911715])


def test_bad_rows_are_refused_in_words() -> None:
    c = curve("bad")
    line = c.line("a")
    with pytest.raises(ValueError, match="line 'a': there are 2 labels and 1 predictions"):
        line.add([1, 2], [1])
    with pytest.raises(ValueError, match="give labels and predictions, or losses"):
        line.add([1, 2])
    with pytest.raises(ValueError, match="kind must be one of online, batch"):
        c.line("b", kind="offline")
    with pytest.raises(ValueError, match="the line 'a' is of kind online, not batch"):
        c.line("a", kind="batch")
    with pytest.raises(ValueError, match="alpha"):
        curve("bad", alpha=1.0)
    with pytest.raises(ValueError, match="list of labels"):
        curve("bad", classes="yes")
    assert Told(c).points(line) == []


def test_what_is_not_finite_spoils_no_frame() -> None:
    c = curve("diverging")
    line = c.line("squared", loss="squared")
    line.add([1.0], [1e200])
    line.add([1.0], [float("nan")])
    c.log("cost", float("inf"))
    c.log("cost", 2.0)
    telling.tell({"Event": "SparkglassCurveServing", "Curve": c.ordinal, "Version": float("nan")})
    told = Told(c)
    assert told.column(line, "Loss Sum") == [1e300, 1e300]
    assert told.events("Serving") == []
    cost = c.line("cost", "metric")
    assert told.column(cost, "Examples") == [0, 1] and told.column(cost, "Loss Sum") == [0, 2.0]


def test_numbers_of_numpy_are_numbers() -> None:
    c = curve("numpy", classes=np.array([0, 1]))
    line = c.line("a")
    line.add(np.int64(1), np.int64(0), visits=np.int64(3), batch_id=np.int32(2))
    c.log("x", np.float32(0.5), step=np.int64(4))
    c.mark("fault", "f", start=np.int64(1), end=np.float64(2.0))
    c.line("sums").add(count=np.int64(3), loss_sum=np.float64("nan"))
    told = Told(c)
    assert told.events("")[0]["Classes"] == ["0", "1"]
    assert (told.column(line, "Visits"), told.column(line, "Batch ID")) == ([3], [2])
    assert told.column(c.line("x", "metric"), "At") == [4]
    assert (told.marks("fault")[0]["Start"], told.marks("fault")[0]["End"]) == (1, 2.0)
    assert told.column(c.line("sums"), "Loss Sum") == [1e300]


def test_marks_are_replaced_by_their_ordinal() -> None:
    c = curve("marks")
    line = c.line("a")
    line.add([1] * 5, [1] * 5)
    found = c.mark("detection", "DDM", line=line, direction="worse", detail="delay 3")
    with c.fault("broken sensor", start=2):
        line.add([1] * 5, [1] * 5)
    drift = c.mark("drift", "concept", start=20, end=30, pattern="gradual")
    c.mark("deployed")
    told = Told(c)
    (detection,) = told.marks("detection")
    assert (detection["Mark"], detection["Start"], detection["End"]) == (found.ordinal, 5, None)
    assert (detection["Direction"], detection["Line"], detection["Detail"]) == ("worse", line.ordinal, "delay 3")
    (fault,) = told.marks("fault")
    assert (fault["Name"], fault["Start"], fault["End"]) == ("broken sensor", 2, 10)
    assert len([event for event in told.events("Mark") if event["Mark"] == fault["Mark"]]) == 2
    assert told.marks("drift")[0]["Pattern"] == "gradual"
    assert told.marks("mark")[0]["Name"] == "deployed"
    drift.update(end=40)
    assert Told(c).marks("drift")[0]["End"] == 40
    with pytest.raises(ValueError, match="direction must be one of worse, better"):
        c.mark("detection", "x", direction="up")


def test_who_listens_hears_each_loss_before_it_is_learnt() -> None:
    c = curve("heard")
    line = c.line("a")
    heard: list[tuple[str, list[float], int]] = []
    c.on_scored(lambda line, losses, before: heard.append((line.name, losses.tolist(), before)))
    line.add([0, 1], [0, 0])
    line.add(1, 0)
    line.add([1], [0], repeat=True)
    c.line("probe", "probe", line).add([1], [0], at=3)
    assert heard == [("a", [0.0, 1.0], 0), ("a", [1.0], 2)]

    def breaks(*_: object) -> None:
        raise RuntimeError("mine")

    c.on_scored(breaks)
    with pytest.warns(UserWarning, match="RuntimeError: mine"):
        line.add(1, 0)
    line.add(1, 0)
    assert Told(c).column(line, "At") == [2, 3, 3, 4, 5]


def test_a_boundary() -> None:
    class Perceptron:
        w_ = np.array([-0.4, -0.68, 1.82])

    c = curve("boundary", classes=[-1, 1])
    line = c.line("perceptron")
    X = np.column_stack([np.arange(450.0), np.arange(450.0) * 2])
    c.boundary(line, Perceptron(), X, np.where(X[:, 0] < 225, -1, 1), features=["sl", "pl"])
    (boundary,) = Told(c).events("Boundary")
    assert boundary["Weights"] == [-0.4, -0.68, 1.82] and boundary["Features"] == ["sl", "pl"]
    assert (
        len(boundary["Sample"]) == 150
        and boundary["Sample"][0] == [0, 0, 0]
        and boundary["Sample"][-1] == [447, 894, 1]
    )
    with pytest.raises(ValueError, match="neither w_ nor coef_"):
        c.boundary(line, object(), X, X[:, 0])


def test_numbers_in_the_shapes_of_other_trackers() -> None:
    c = curve("logged")
    c.log("loss", 0.5)
    c.log("val_loss", 0.6)
    c.log("loss", 0.4)
    c.log("perceptron", loss=0.12, updates=3, step=7)
    c.log_metric("mlflow", 1.5, step=2, timestamp=c.time_ms + 1234)
    keras = c.keras()
    keras.on_epoch_end(0, {"accuracy": 0.5, "val_accuracy": 0.4})
    keras.on_epoch_end(1, {"accuracy": 0.7, "val_accuracy": 0.6})
    told = Told(c)
    lines = {event["Name"]: event for event in told.events("Line")}
    assert lines["val_loss"]["Of"] == lines["loss"]["Line"]
    assert lines["val_accuracy"]["Of"] == lines["accuracy"]["Line"] and lines["accuracy"]["Kind"] == "epochs"
    assert {lines[name]["Loss"] for name in lines} == {"value"}
    column = lambda name, what: told.column(c.line(name, lines[name]["Kind"]), what)  # noqa: E731
    assert column("loss", "At") == [1, 2] and column("loss", "Loss Sum") == [0.5, 0.4]
    assert column("perceptron updates", "At") == [7] and column("perceptron updates", "Loss Sum") == [3]
    assert column("mlflow", "Elapsed") == [1234]
    assert column("val_accuracy", "At") == [1, 2] and column("val_accuracy", "Loss Sum") == [0.4, 0.6]
    with pytest.raises(ValueError, match="perceptron loss must be a number, not 'low'"):
        c.log("perceptron", loss="low")  # type: ignore[arg-type]


def test_many_points_share_a_frame_and_are_all_told() -> None:
    channel = telling.watch().channel
    before = channel.history.last
    c = curve("fast")
    line = c.line("a")
    began = time.monotonic()
    for n in range(60_000):
        line.add(n % 2, 1)
    seconds = time.monotonic() - began
    told = Told(c)
    assert told.column(line, "At") == list(range(1, 60_001))
    assert channel.history.last - before <= seconds / telling.INTERVAL_S + 3
    # What is kept for the exports is bounded: neighbours were added up.
    assert len(line.kept) <= 50_000 and line.kept[-1].at == 60_000
    assert sum(point.examples for point in line.kept) == 60_000 and sum(point.loss_sum for point in line.kept) == 30_000
    print(f"{seconds / 60_000 * 1e6:.1f} µs a point")


def test_after_the_end_nothing_is_told_and_nothing_breaks() -> None:
    with pytest.raises(KeyError), curve("error") as c:
        line = c.line("a")
        line.add(1, 1)
        raise KeyError
    with pytest.warns(UserWarning, match="the curve 'error' is finished"):
        line.add(1, 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        line.add(1, 1)
    told = Told(c)
    assert told.column(line, "At") == [1]
    assert [end["Reason"] for end in told.events("End")] == ["error"]


def test_csv_has_every_point(tmp_path) -> None:  # type: ignore[no-untyped-def]
    c = curve("csv")
    c.line("a").add([1, 1, 0], [1, 0, 0], python_cpu_ns=5, batch_id=4)
    c.log("b", 0.25, step=9)
    c.to_csv(tmp_path / "points.csv")
    rows = [row.split(",") for row in (tmp_path / "points.csv").read_text().splitlines()]
    assert rows[0][:8] == ["Curve", "Line", "Kind", "Of", "Loss", "At", "Examples", "Loss Sum"]
    assert rows[1][:8] == ["csv", "a", "online", "", "zeroOne", "3", "3", "1"] and rows[1][-2:] == ["4", "0"]
    assert rows[2][:8] == ["csv", "b", "metric", "", "value", "9", "1", "0.25"]
    for name, export in (("tensorboard", lambda: c.to_tensorboard(tmp_path)), ("mlflow", c.to_mlflow)):
        if name not in sys.modules and not _is_installed(name):
            with pytest.raises(ImportError, match=f"pip install {name}"):
                export()


def _exported() -> Curve:
    """A curve whose points 2, 4 and 5 have the mean losses 0.5, 1 and 0; a gap, and a number beside them."""
    c = curve("exported")
    line = c.line("a/b")
    line.add([1, 0], [1, 1])
    line.add([1, 1], [0, 0])
    line.add([], [])
    line.add([1], [1])
    c.log("beside", 0.25, step=9)
    return c


def test_tensorboard_reads_what_was_exported(tmp_path) -> None:  # type: ignore[no-untyped-def]
    accumulators = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    _exported().to_tensorboard(tmp_path)
    found = {}
    for folder in tmp_path.iterdir():
        events = accumulators.EventAccumulator(str(folder))
        events.Reload()
        found[folder.name] = [(scalar.step, scalar.value) for scalar in events.Scalars("exported")]
    assert found == {"a_b": [(2, 0.5), (4, 1.0), (5, 0.0)], "beside": [(9, 0.25)]}


def test_mlflow_has_what_was_exported(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    mlflow = pytest.importorskip("mlflow")
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")  # a folder will do
    mlflow.set_tracking_uri((tmp_path / "runs").as_uri())
    with mlflow.start_run() as run:
        _exported().to_mlflow()
    history = mlflow.MlflowClient().get_metric_history(run.info.run_id, "exported/a/b")
    assert [(metric.step, metric.value) for metric in history] == [(2, 0.5), (4, 1.0), (5, 0.0)]


def _is_installed(name: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(name) is not None
