"""Labels that come later than their rows: each is scored against what was predicted when its row came."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from course_classes import Perceptron
from kernels import Kernel, session
from river import datasets, evaluate, linear_model, metrics, preprocessing, stream
from told import Told, listen

from sparkglass import curve
from sparkglass.learning import awaited


@pytest.fixture(autouse=True)
def _listening() -> None:
    listen()


class Counting:
    """Predicts how often it has learnt, so that a prediction shows when it was made."""

    def __init__(self) -> None:
        self.steps = 0
        self.learnt: list[float] = []

    def predict(self, X: np.ndarray) -> np.ndarray:
        return np.full(len(X), self.steps)

    def partial_fit(self, X: np.ndarray, y: np.ndarray) -> None:
        self.steps += 1
        self.learnt += X[:, 0].tolist()


def test_the_prediction_of_then_is_scored_where_its_row_stands() -> None:
    c = curve("delayed", classes=list(range(10)))
    model = Counting()
    late = c.delayed(model, name="counting")
    # The label of each row comes when three more rows have come.
    for i in range(8):
        assert late.predict([i], [[float(i)]]).tolist() == [max(0, i - 3)]
        if i >= 3:
            late.label([i - 3], [0])
    line = late.learners[0].line
    told = Told(c)
    assert told.column(line, "At") == [1, 2, 3, 4, 5]
    assert told.column(line, "Examples") == [1] * 5
    # Rows 0 to 3 were predicted before anything was learnt; a prediction made anew would be 1, 2, 3, 4.
    assert [c.classes.labels[n] for n in told.rows(line, "Predictions")] == [0, 0, 0, 0, 1]
    assert told.column(line, "Loss Sum") == [0, 0, 0, 0, 1]
    assert model.learnt == [0, 1, 2, 3, 4]
    assert told.column(line, "Visits") == [1, 2, 3, 4, 5]
    (*_, awaits) = told.events("Awaited")
    assert (awaits["Awaited"], awaits["Labelled"], awaits["Delays"], awaits["Let Go"]) == (3, 5, [3, 3], 0)
    assert (line.at, c.seen, c.come) == (5, 5, 8)
    assert told.marks("mistake") == []


def test_as_river_scores_delayed_labels() -> None:
    rows = [({"a": float(n), "b": float(np.sin(n))}, y) for n, (_, y) in enumerate(datasets.AirlinePassengers())]

    def model() -> object:
        return preprocessing.StandardScaler() | linear_model.LinearRegression()

    metric = evaluate.progressive_val_score(rows, model(), metrics.MSE(), delay=7)
    c = curve("river")
    late = c.delayed(model(), ["a", "b"], loss="squared")
    for n, x, y in stream.simulate_qa(rows, moment=None, delay=7):
        if y is None:
            late.predict([n], [list(x.values())])
        else:
            late.label([n], [y])
    line = late.learners[0].line
    told = Told(c)
    losses = told.column(line, "Loss Sum")
    assert len(losses) == len(rows) == 144
    assert np.mean(losses) == pytest.approx(metric.get(), rel=1e-12)
    assert told.column(line, "At") == list(range(1, 145))


def test_labels_in_any_order_and_some_never() -> None:
    c = curve("order", classes=["no", "yes"])
    line = c.line("mine")
    line.predicted(np.arange(6), ["no", "yes", "no", "yes", "no", "yes"])
    line.labelled([4, 1], ["no", "no"])
    line.labelled(0, "no")
    line.labelled([2, 3], [None, float("nan")])
    line.labelled([5], ["yes"])
    told = Told(c)
    # In the order of their rows; the late label of row 0 is counted where the newest labelled row stands.
    assert told.column(line, "At") == [5, 5, 6]
    assert told.column(line, "Examples") == [2, 1, 1]
    assert told.rows(line, "Labels") == [0, 0, 0, 1]
    assert told.rows(line, "Predictions") == [1, 0, 0, 1]
    (*_, awaits) = told.events("Awaited")
    # Of rows 2, 5, 1 and 6 of six, when all six had come: 4, 1, 5 and 0 rows late.
    assert (awaits["Awaited"], awaits["Labelled"], awaits["Delays"]) == (2, 4, [2.5, 5])


def test_what_is_wrong_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(awaited, "MOST_AWAITED", 3)
    c = curve("wrong", classes=[0, 1])
    line = c.line("mine")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        line.labelled("a", 1)
        line.predicted(["a", "a"], [1, 0])
        line.labelled(["a", "a"], [1, 1])
        line.predicted(list("bcdef"), [1] * 5)
        line.labelled(list("bcd"), [1, 1, 1])
    told = Told(c)
    assert [mark["Name"] for mark in told.marks("mistake")] == ["label of no row", "key predicted twice", "rows let go"]
    assert len(said) == 3 and "newest 3 rows" in str(said[2].message)
    # The first prediction of a key counts, and its label counts once.
    assert told.rows(line, "Predictions") == [1, 1]
    assert [told.events("Awaited")[-1][name] for name in ("Awaited", "Let Go")] == [2, 2]
    with pytest.raises(ValueError, match="2 keys and 1 predictions"):
        line.predicted([1, 2], [1])
    with pytest.raises(ValueError, match="1 keys and 2 labels"):
        line.labelled([1], [1, 2])


def test_a_detection_and_a_mark_stand_where_their_rows_do() -> None:
    c = curve("marks", classes=[0, 1])
    line = c.line("mine")
    heard: list[tuple[list[float], int]] = []
    c.on_scored(lambda _, losses, before: heard.append((losses.tolist(), before)))
    line.predicted(range(10), [0] * 10)
    c.mark("now")
    line.labelled(range(4), [0, 1, 0, 1])
    assert heard == [([0, 1, 0, 1], 0)]
    assert Told(c).marks("mark")[0]["Start"] == 10


def test_the_courses_perceptron_behind_its_labels() -> None:
    """Two lists of rows: what is not learnt yet cannot be predicted, and its rows are learnt without a score."""
    random = np.random.default_rng(1)
    y = random.choice([-1, 1], 60)
    X = random.normal(size=(60, 2)) + 1.5 * y[:, None]

    class Online(Perceptron):
        def partial_fit(self, X: np.ndarray, y: np.ndarray) -> None:
            if not hasattr(self, "w_"):
                self.w_ = np.zeros(1 + X.shape[1])
            for xi, target in zip(X, y, strict=True):
                update = self.eta * (target - self.predict(xi))
                self.w_[1:] += update * xi
                self.w_[0] += update

    c = curve("perceptron", classes=[-1, 1])
    late = c.delayed(Online(0.1))
    for start in range(0, 60, 20):
        late.predict(np.arange(start, start + 20), X[start : start + 20])
        if start:
            late.label(np.arange(start - 20, start), y[start - 20 : start])
    line = late.learners[0].line
    told = Told(c)
    # Nothing could be said of the first 20; of the second neither, as the first labels came after them.
    assert told.column(line, "Examples") == [0, 0]
    assert (line.at, told.column(line, "Visits")) == (40, [20, 40])
    late.label(np.arange(40, 60), y[40:])
    by_hand = Online(0.1)
    by_hand.partial_fit(X[:20], y[:20])
    told = Told(c)
    assert told.column(line, "Examples") == [0, 0, 20] and told.column(line, "At") == [20, 40, 60]
    assert told.column(line, "Loss Sum")[2] == np.count_nonzero(by_hand.predict(X[40:]) != y[40:])


STREAMS = """
import json, time
from pathlib import Path
import numpy as np
from sparkglass import curve

class Counting:
    '''Predicts in how many steps it has learnt.'''
    steps = 0
    def predict(self, X):
        return np.full(len(X), self.steps)
    def partial_fit(self, X, y):
        self.steps += 1

def write(folder, number, rows):
    Path(folder).mkdir(exist_ok=True)
    (Path(folder) / f'{number:03}.json').write_text('\\n'.join(map(json.dumps, rows)))

def run(folder, schema, act):
    query = (spark.readStream.schema(schema).option('maxFilesPerTrigger', 1).json(folder).writeStream
             .foreachBatch(act).option('checkpointLocation', folder + '-checkpoint').trigger(availableNow=True).start())
    query.awaitTermination(90)
    assert query.exception() is None

c = curve('two streams', classes=list(range(5)))
late = c.delayed(Counting(), ['x'], 'y', key='id', name='counting')
write('rows', 0, [{'id': f'k{n}', 'x': float(n)} for n in range(4)])
run('rows', 'id string, x double', late.on_rows)
write('labels', 0, [{'id': 'k1', 'y': 0}, {'id': 'k0', 'y': 1}, {'id': None, 'y': 3}, {'id': 'k2', 'y': None}])
run('labels', 'id string, y int', late.on_labels)
write('rows', 1, [{'id': f'k{n}', 'x': float(n)} for n in range(4, 6)])
run('rows', 'id string, x double', late.on_rows)
write('labels', 1, [{'id': 'k5', 'y': 1}, {'id': 'k3', 'y': 1}])
run('labels', 'id string, y int', late.on_labels)
"""


@pytest.fixture
def streaming(python: str) -> Iterator[Kernel]:
    kernel = Kernel(python)
    yield kernel
    kernel.stop()


@pytest.mark.spark
def test_a_stream_of_rows_and_one_of_labels(streaming: Kernel) -> None:
    streaming.ok(session("local[2]"), "session")
    streaming.ok(STREAMS, "streams")
    story = streaming.wait_for(lambda story: sum(event["Points"] for event in story.events("CurvePoints")) == 2)
    points = story.events("CurvePoints")
    columns = {name: [] for name in ("At", "Examples", "Loss Sum", "Batch ID")}
    for event in points:
        for name, values in columns.items():
            value = event.get(name, 0)
            values.extend(value if isinstance(value, list) else [value] * event["Points"])
    # k0 and k1 were predicted as 0 and are 1 and 0; k3 was predicted as 0 and k5, after a step, as 1: both are 1.
    assert columns["At"] == [2, 6] and columns["Examples"] == [2, 2]
    assert columns["Loss Sum"] == [1, 1] and columns["Batch ID"] == [0, 1]
    assert [label for event in points for label in event["Labels"]] == [1, 0, 1, 1]
    assert [said for event in points for said in event["Predictions"]] == [0, 0, 0, 1]
    assert {event["Run ID"] for event in points} == set(story.runs_of("streams"))
    (*_, awaits) = story.events("CurveAwaited")
    assert (awaits["Awaited"], awaits["Labelled"]) == (2, 4)
    # Delivered again: the rows keep what was predicted of them, the labels count once.
    streaming.ok("late.on_rows(spark.createDataFrame([('k9', 1.0)], 'id string, x double'), 0)\n" * 2, "again")
    story = streaming.wait_for(lambda story: story.events("CurveMark"))
    assert [mark["Name"] for mark in story.events("CurveMark")] == ["batch delivered twice"]
