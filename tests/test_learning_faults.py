"""Faults put into rows: into a real stream of files, on each Spark, exactly where they are put into plain arrays."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from kernels import Kernel, session

from sparkglass.learning.faults import BrokenSensor, Drift, Flood, draw
from sparkglass.learning.injected import inject

# 600 rows in three files; `n` counts them, in an order that no file keeps.
STREAM = """
import json, os, random, tempfile
from pyspark.sql import functions as F
from sparkglass.learning.faults import BrokenSensor, Drift, Flood
from sparkglass.learning.injected import inject

folder = tempfile.mkdtemp()
rows = [json.dumps({"n": n, "sl": n / 10, "pl": n % 7, "label": 1 if n % 3 else -1, "t": f"2026-01-01T00:{n // 60:02}:{n % 60:02}"})
    for n in range(600)]
for part in range(3):
    shuffled = rows[part * 200 : part * 200 + 200]
    random.Random(part).shuffle(shuffled)
    with open(os.path.join(folder, f"{part}.json"), "w") as file:
        file.write("\\n".join(shuffled))
schema = "n bigint, sl double, pl int, label int, t timestamp_ntz"
stream = spark.readStream.schema(schema).option("maxFilesPerTrigger", 1).json(folder)

def came(faulty, name):
    batches = []
    def each(df, batch):
        batches.append(sorted(map(list, df.drop("t").collect())))
    query = faulty.writeStream.foreachBatch(each).trigger(availableNow=True).start()
    query.awaitTermination()
    print(json.dumps(batches))
"""
FAULTS = """[
    BrokenSensor("pl", 100, 150, value=0),
    BrokenSensor("sl", 110, 120, value=None, name="silent"),
    Flood({"sl": 5.0, "pl": 1.9, "label": 1}, 200, 300),
    Flood({"sl": -5.0, "label": -1}, 300, 400, share=0.25, name="trickle"),
    Drift(400, 500, labels={1: -1, -1: 1}, pattern="gradual"),
    Drift(300, 560, shift={"sl": 2.0, "pl": 3}, pattern="recurring", period=20, name="season"),
]"""


def frame() -> pd.DataFrame:
    """The same rows, in order."""
    n = np.arange(600)
    label = np.where(n % 3 == 0, -1, 1)
    return pd.DataFrame({"n": n, "sl": n / 10, "pl": n % 7, "label": label})


@pytest.fixture(scope="module")
def stream(python: str) -> Iterator[Kernel]:
    kernel = Kernel(python)
    kernel.ok(session("local[2]"), "session")
    kernel.ok(STREAM, "stream")
    yield kernel
    kernel.stop()


def rows_of(kernel: Kernel, faulty: str) -> list[list[Any]]:
    """Rows of a faulty stream by ``n``; three batches, as there are files."""
    batches = json.loads(kernel.ok(f"came({faulty}, 'x')", "run").text)
    assert [len(batch) for batch in batches] == [200, 200, 200]
    return sorted((row for batch in batches for row in batch), key=lambda row: row[0])


def plain(rows: pd.DataFrame) -> list[list[Any]]:
    """Rows as JSON has them."""
    return [[None if value is None or value != value else value for value in row] for row in rows.values.tolist()]


def test_a_stream_has_the_same_faults_as_arrays(stream: Kernel) -> None:
    faults = eval(FAULTS)
    came = rows_of(stream, f"inject(stream, {FAULTS}, by='n', seed=3, truth='fault')")
    expected = inject(frame(), faults, seed=3, truth="fault")
    assert came == plain(expected)
    assert {row[4] for row in came} == {None, "broken sensor", "silent", "flood", "trickle", "drift", "season"}
    # Types are the stream's own.
    types = stream.ok(f"print(inject(stream, {FAULTS}, by='n').schema == stream.schema)", "types").text
    assert types.strip() == "True"
    assert stream.ok(f"print(inject(stream, {FAULTS}, by='n').isStreaming)", "streams").text.strip() == "True"


def test_a_batch_frame_and_another_origin(stream: Kernel) -> None:
    code = (
        "batch = spark.read.schema(schema).json(folder)\n"
        "faulty = inject(batch, Flood({'label': 9}, 0, 10, share=0.5), by='n', origin=250, seed=5)\n"
        "print(json.dumps(sorted(row.n for row in faulty.filter('label = 9').collect())))"
    )
    hit = json.loads(stream.ok(code, "origin").text)
    expected = inject(frame(), Flood({"label": 9}, 0, 10, share=0.5), by="n", origin=250, seed=5)
    assert hit == expected.n[expected.label == 9].tolist() and 0 < len(hit) < 10 and min(hit) >= 250 and max(hit) < 260


def test_by_a_time_positions_are_seconds(stream: Kernel) -> None:
    fault = "BrokenSensor('sl', 60, 61.5, value=-1.0)"
    origin = "__import__('datetime').datetime(2026, 1, 1)"
    came = rows_of(stream, f"inject(stream, {fault}, by='t', origin={origin})")
    assert [row[0] for row in came if row[1] == -1] == [60, 61]
    times = pd.date_range("2026-01-01", periods=600, freq="s")
    timed = inject(
        pd.DataFrame({"t": times, "sl": 0.0}),
        BrokenSensor("sl", 60, 61.5, -1.0),
        by="t",
        origin=datetime.datetime(2026, 1, 1),
    )
    assert np.flatnonzero(timed.sl == -1).tolist() == [60, 61]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("inject(stream, BrokenSensor('pl', 0, 9))", "has no row numbers: say by which column"),
        (
            "inject(stream, BrokenSensor('petal', 0, 9), by='n')",
            "'broken sensor' names the column 'petal', which is not there; there are n, sl",
        ),
        ("inject(stream, BrokenSensor('n', 0, 9), by='n')", "changes the column 'n', by which the rows are counted"),
        ("inject(stream, BrokenSensor('pl', 0, 9, 'off'), by='n')", "names the value 'off' of 'pl', which is int"),
        ("inject(stream, Drift(0, labels={'a': 1}), by='n')", "names the value 'a' of 'label', which is int"),
        ("inject(stream, Drift(0, shift={'t': 1}), by='n')", "shifts 't', which is no number but timestamp_ntz"),
        ("inject(stream, BrokenSensor('pl', 0, 9), by='t', origin=3)", "origin has to be a datetime, not 3"),
        (
            "inject(stream, BrokenSensor('pl', 0, 9), by='n', truth='sl')",
            "truth='sl' is a column that is there already",
        ),
        ("inject(stream, ['flood'], by='n')", "'flood' is no fault: use BrokenSensor, Flood or Drift"),
    ],
)
def test_what_cannot_be_is_said_before_the_stream_starts(stream: Kernel, call: str, message: str) -> None:
    code = f"try:\n    {call}\nexcept (TypeError, ValueError) as error:\n    print(error)"
    assert message in stream.ok(code, "wrong").text


def test_faults_that_mean_nothing_are_said() -> None:
    for make, message in [
        (lambda: BrokenSensor("x", 9, 9), "ends at 9, which is not after its start 9"),
        (lambda: Flood({}, 0, 9), "empty row"),
        (lambda: Flood({"x": 1}, 0, 9, share=0), "share of the fault 'flood' is above 0"),
        (lambda: Drift(5, labels={0: 1}, pattern="gradual"), "needs an end"),
        (lambda: Drift(5, labels={0: 1}, pattern="recurring"), "needs a period"),
        (lambda: Drift(5), "changes nothing"),
        (lambda: Drift(5, labels={0: 1}, pattern="slow"), "not 'slow'"),  # type: ignore[arg-type]
    ]:
        with pytest.raises(ValueError, match=message):
            make()


def test_arrays_and_where_the_faults_are() -> None:
    X, y = np.arange(2000.0).reshape(1000, 2), np.where(np.arange(1000) % 2, 1, -1)
    faults = [
        BrokenSensor("x1", 100, 200),
        Flood({"x0": 7, "x1": 7, "label": 1}, 300, 400),
        Drift(700, labels={1: -1, -1: 1}),
    ]
    changed, labels = inject((X, y), faults)
    assert X[150, 1] == 301 and y[300] == -1, "what was given stays as it was"
    assert (changed[100:200, 1] == 0).all() and (changed[100:200, 0] == X[100:200, 0]).all()
    assert (changed[300:400] == 7).all() and (labels[300:400] == 1).all()
    assert (labels[700:] == -y[700:]).all() and labels.dtype == y.dtype and changed.dtype == X.dtype
    untouched = np.r_[0:100, 200:300, 400:700]
    assert (changed[untouched] == X[untouched]).all() and (labels[untouched] == y[untouched]).all()
    named, _ = inject((X, y), BrokenSensor("pl", 0, 10, 5), features=["sl", "pl"])
    assert (named[:10, 1] == 5).all()


def test_gradual_and_recurring_drift() -> None:
    y = np.ones(30_000, dtype=int)
    X = np.zeros((30_000, 1))
    _, gradual = inject((X, y), Drift(10_000, 20_000, labels={1: 0}, pattern="gradual"))
    shares = (gradual == 0).reshape(-1, 1000).mean(axis=1)
    assert (shares[:10] == 0).all() and (shares[20:] == 1).all()
    np.testing.assert_allclose(shares[10:20], np.arange(0.05, 1, 0.1), atol=0.05)
    _, recurring = inject((X, y), Drift(10, 60, labels={1: 0}, pattern="recurring", period=20))
    assert np.flatnonzero(recurring == 0).tolist() == [*range(10, 30), *range(50, 60)]


def test_draws_are_even_and_free_of_their_place() -> None:
    for seed in (0, 1, 99):
        drawn = draw(np.arange(50_000), seed)
        counts = np.histogram(drawn, 20, (0, 1))[0]
        assert ((counts - 2500) ** 2 / 2500).sum() < 43.8, "chi-squared with 19 degrees of freedom, 0.1 %"
        assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 0.02
    assert not np.array_equal(draw(np.arange(9), 1), draw(np.arange(9), 2))
    assert (draw(np.array([-5, -(2**40)]), 0) >= 0).all()
