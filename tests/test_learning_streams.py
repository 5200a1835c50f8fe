"""Learners on real streams: files, micro-batches, restarts; what is told of each batch, on Spark 4 and on 3.5."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from frame_reader import Story, run_of
from kernels import Kernel, session

pytestmark = pytest.mark.spark

SET_UP = """
import json, time
from pathlib import Path
import numpy as np
from pyspark.sql import functions as F
from sparkglass import curve

class Learner:
    '''The delta rule, a batch at a time.'''
    def predict(self, X):
        return np.where(X @ self.w_[1:] + self.w_[0] >= 0, 1, -1)
    def partial_fit(self, X, y):
        if not hasattr(self, 'w_'):
            self.w_, self.steps_ = np.zeros(1 + X.shape[1]), 0
        for xi, target in zip(X, y):
            error = target - (xi @ self.w_[1:] + self.w_[0])
            self.w_[1:] += 0.05 * error * xi
            self.w_[0] += 0.05 * error
        self.steps_ += 1

def write(folder, first, last, rows=20):
    '''A file a batch; in each, one row has no label.'''
    Path(folder).mkdir(exist_ok=True)
    for number in range(first, last):
        random = np.random.default_rng(number)
        y = random.choice([-1, 1], rows)
        X = random.normal(size=(rows, 2)) + y[:, None]
        lines = [json.dumps({'a': a, 'b': b, 'y': int(label), 'note': 'x'}) for (a, b), label in zip(X, y)]
        (Path(folder) / f'{number:03}.json').write_text('\\n'.join([*lines, json.dumps({'a': 0.0, 'b': 0.0})]))
        time.sleep(0.02)  # batches are in the order of the files' times

def read(folder):
    return (spark.readStream.schema('a double, b double, y int, note string')
            .option('maxFilesPerTrigger', 1).json(folder))

def rows(number):
    table = [json.loads(line) for line in Path(f'files/{number:03}.json').read_text().splitlines()[:-1]]
    return np.array([[row['a'], row['b']] for row in table]), np.array([row['y'] for row in table])

def finish(query):
    query.awaitTermination(90)
    assert query.exception() is None
"""


@pytest.fixture(scope="module")
def streaming(python: str) -> Iterator[Kernel]:
    """A session with four files of rows; the curves attach by themselves."""
    kernel = Kernel(python)
    kernel.ok(session("local[2]") + SET_UP + "write('files', 0, 4)\nimport sparkglass.learning", "session")
    yield kernel
    kernel.stop()


def points(story: Story, curve: str, line: str) -> list[dict[str, Any]]:
    """The points of a line, each with its columns; per example the predictions, as labels."""
    number = next((event["Curve"] for event in story.events("Curve") if event["Name"] == curve), None)
    if number is None:
        return []
    classes = [event["Classes"] for event in story.events("Curve") if event["Curve"] == number][-1]
    ordinal = next(
        (event["Line"] for event in story.events("CurveLine") if event["Curve"] == number and event["Name"] == line),
        None,
    )
    found: list[dict[str, Any]] = []
    for event in story.events("CurvePoints"):
        if event["Curve"] == number and event["Line"] == ordinal:
            at = 0
            for n in range(event["Points"]):
                point = {
                    key: value[n] if isinstance(value, list) else value for key, value in event.items() if key[0] != "L"
                }
                for key in ("Loss Sum", "Loss Squares"):
                    value = event.get(key, 0)
                    point[key] = value[n] if isinstance(value, list) else value
                count = point.get("Examples", 0)
                point["Labels"] = [classes[k] for k in event.get("Labels", [])[at : at + count]]
                point["Predictions"] = [classes[k] for k in event.get("Predictions", [])[at : at + count]]
                point["Losses"] = event.get("Losses", [])[at : at + count]
                at += count
                found.append(point)
    return found


def stderr(kernel: Kernel) -> str:
    """Of all cells: an older ipykernel gives what a thread writes to the cell in which Spark's first thread was started."""
    with kernel._heard.changed:
        outputs = [each for every in kernel._heard.outputs.values() for each in every]
    return "".join(content["text"] for kind, content in outputs if kind == "stream" and content["name"] == "stderr")


def mistakes(story: Story, curve: str) -> list[str]:
    number = [event["Curve"] for event in story.events("Curve") if event["Name"] == curve][-1]
    marks = [event for event in story.events("CurveMark") if event["Curve"] == number]
    return [mark["Name"] for mark in marks if mark["Kind"] == "mistake"]


def test_each_batch_is_predicted_scored_and_learnt(streaming: Kernel) -> None:
    reply = streaming.ok(
        """
c = curve('online', classes=[-1, 1])
model = Learner()
query = read('files').writeStream.foreachBatch(c.each_batch(model, features=['a', 'b'], label='y')).trigger(availableNow=True).start()
finish(query)
by_hand, predictions = Learner(), []
for number in range(4):
    X, y = rows(number)
    predictions.append([str(p) for p in by_hand.predict(X)] if number else [])
    by_hand.partial_fit(X, y)
assert by_hand.w_.tolist() == model.w_.tolist()
print(json.dumps([str(query.runId), predictions, [[str(label) for label in rows(n)[1]] for n in range(4)]]))
""",
        "online",
    )
    run, predictions, labels = json.loads(reply.text)
    story = streaming.wait_for(lambda story: len(points(story, "online", "Learner")) == 4)
    told = points(story, "online", "Learner")
    assert [point["Predictions"] for point in told] == predictions
    assert [point["Labels"] for point in told][1:] == labels[1:]
    assert [point["At"] for point in told] == [20, 40, 60, 80]
    assert [point.get("Examples", 0) for point in told] == [0, 20, 20, 20]
    assert [point.get("Batch ID") for point in told] == [0, 1, 2, 3]
    assert [point["Visits"] for point in told] == [20, 40, 60, 80]
    assert {point["Query Run ID"] for point in told} == {run}
    assert {point["Run ID"] for point in told} == set(story.runs_of("online"))
    assert all(point["Python CPU"] > 0 for point in told)
    assert mistakes(story, "online") == [] and reply.stderr == ""
    # One job a batch, found by its query and its batch; nothing else runs.
    jobs = streaming.settle("online").jobs_of("online")
    assert [job["Properties"]["streaming.sql.batchId"] for job in jobs] == ["0", "1", "2", "3"]


def test_online_and_batch_see_the_same_rows_once(streaming: Kernel) -> None:
    streaming.ok(
        """
from pyspark.ml.classification import LogisticRegression
c = curve('both', classes=[0, 1])
online, nightly = Learner(), c.batch(LogisticRegression(maxIter=5), every=40, name='nightly')
clean = spark.read.schema('a double, b double, y int').json('files').selectExpr('a', 'b', 'if(y > 0, 1, 0) AS y')
probe = c.probe(clean, label='y', every=40)
class Sign(Learner):
    def predict(self, X):
        return (super().predict(X) > 0).astype(int)
each = c.each_batch([Sign(), nightly], features=['a', 'b'], label='y')
frame = read('files').withColumn('y', F.when(F.col('y') > 0, 1).when(F.col('y') < 0, 0))
finish(frame.writeStream.foreachBatch(each).trigger(availableNow=True).start())
assert c.seen == 80
""",
        "both",
    )
    story = streaming.wait_for(lambda story: len(points(story, "both", "nightly probe")) == 2)
    online, nightly = points(story, "both", "Sign"), points(story, "both", "nightly")
    assert [point["At"] for point in online] == [point["At"] for point in nightly] == [20, 40, 60, 80]
    assert [point.get("Examples", 0) for point in nightly] == [0, 0, 20, 20]
    assert [point["Loss Sum"] < 10 for point in nightly[2:]] == [True, True]
    marks = [event for event in story.events("CurveMark") if event["Kind"] == "retrain"]
    assert [(mark["Name"], mark["Start"]) for mark in marks] == [("nightly 1", 40), ("nightly 2", 80)]
    epochs = points(story, "both", "nightly 1 epochs")
    assert len(epochs) >= 2 and epochs[-1]["Loss Sum"] < epochs[0]["Loss Sum"]
    assert [point["At"] for point in points(story, "both", "Sign probe")] == [20, 40, 80]
    assert [point["At"] for point in points(story, "both", "nightly probe")] == [40, 80]


def test_fits_of_pyspark_ml_are_noticed(streaming: Kernel) -> None:
    reply = streaming.ok(
        """
from pyspark.ml import Pipeline
from pyspark.ml.feature import VectorAssembler
from pyspark.ml.clustering import KMeans
c = curve('fits')
table = spark.read.schema('a double, b double, y int').json('files').where('y is not null').selectExpr('a', 'b', 'if(y > 0, 1, 0) AS label')
fitted = Pipeline(stages=[VectorAssembler(inputCols=['a', 'b'], outputCol='features'), LogisticRegression(maxIter=4)]).fit(table)
KMeans(k=2, maxIter=2).fit(VectorAssembler(inputCols=['a', 'b'], outputCol='features').transform(table))
other = curve('opened later')
c.fit(LogisticRegression(maxIter=2), fitted.stages[0].transform(table))
assert [line.name for line in c.lines] == ['LogisticRegression', 'KMeans', 'LogisticRegression (2)'] and not other.lines
assert other.finish() is None and c.finish() is None
LogisticRegression(maxIter=1).fit(fitted.stages[0].transform(table))
assert sc.getLocalProperty('sparkglass.curve') is None
print(json.dumps(list(fitted.stages[1].summary.objectiveHistory)))
""",
        "fits",
    )
    story = streaming.wait_for(lambda story: len(story.events("CurveEnd")) == 2)
    assert [point["Loss Sum"] for point in points(story, "fits", "LogisticRegression")] == json.loads(reply.text)
    assert [point["At"] for point in points(story, "fits", "LogisticRegression")] == list(
        range(len(json.loads(reply.text)))
    )
    said = [event["Detail"] for event in story.events("CurveMark") if event["Name"] == "KMeans fitted"]
    assert said == ["KMeans keeps no history of its objective"]


def test_losses_that_spark_adds_up(streaming: Kernel) -> None:
    reply = streaming.ok(
        """
c = curve('observed')
frame = read('files').withColumn('p', F.when(F.col('a') > 0, 1).otherwise(-1))
frame = c.observe(frame, sign=F.col('y') != F.col('p'), distance=(F.col('y') - F.col('a')) ** 2)
query = frame.writeStream.format('noop').trigger(availableNow=True).start()
finish(query)
sums = []
for number in range(4):
    X, y = rows(number)
    squares = (y - X[:, 0]) ** 2
    sums.append([int(np.sum((X[:, 0] > 0) != (y > 0))), squares.sum(), (squares ** 2).sum()])
print(json.dumps([str(query.runId), sums]))
""",
        "observed",
    )
    run, sums = json.loads(reply.text)
    story = streaming.wait_for(
        lambda story: len([p for p in points(story, "observed", "distance") if p.get("Examples")]) == 4
    )
    sign = [point for point in points(story, "observed", "sign") if point.get("Examples")]
    distance = [point for point in points(story, "observed", "distance") if point.get("Examples")]
    assert [(point["At"], point["Batch ID"], point["Query Run ID"]) for point in sign] == [
        (20 * (n + 1), n, run) if n else (20, sign[0].get("Batch ID", 0), run) for n in range(4)
    ]
    assert [point["Loss Sum"] for point in sign] == [each[0] for each in sums]
    assert [point["Loss Sum"] for point in distance] == pytest.approx([each[1] for each in sums])
    assert [point["Loss Squares"] for point in distance] == pytest.approx([each[2] for each in sums])
    kinds = {event["Name"]: event["Loss"] for event in story.events("CurveLine")}
    assert (kinds["sign"], kinds["distance"]) == ("zeroOne", "squared")


def test_what_is_wrong_is_said_once_in_words(streaming: Kernel) -> None:
    reply = streaming.ok(
        """
c = curve('wrong', classes=[-1, 1])
def forgets(frame, number):
    c.each_batch(Learner(), features=['a', 'b'], label='y')(frame, number)
finish(read('files').writeStream.foreachBatch(forgets).trigger(availableNow=True).start())
def fails(each):
    query = read('files').writeStream.foreachBatch(each).trigger(availableNow=True).start()
    try:
        query.awaitTermination(90)
    except Exception as error:
        print(str(error))
fails(c.each_batch(Learner(), features=['a', 'c'], label='y', name='column'))
fails(c.each_batch(Learner(), features=['a'], label='y', name='rows', max_rows=7))
unlabelled = read('files').withColumn('y', F.lit(None).cast('int'))
each = c.each_batch(Learner(), features=['a', 'b'], label='y', name='unlabelled')
finish(unlabelled.writeStream.foreachBatch(each).trigger(availableNow=True).start())
assert not each.learners[0].has_learnt

# A function may run jobs: they are the line's.
properties = []
@c.each_batch(model := Learner(), features=['a', 'b'], label='y', name='function')
def learn(X, y):
    properties.append(sc.getLocalProperty('sparkglass.curve'))
    model.partial_fit(X, y)
finish(read('files').writeStream.foreachBatch(learn).trigger(availableNow=True).start())
assert properties == [f'{c.ordinal}:{learn.learners[0].line.ordinal}'] * 4, properties
time.sleep(1)
""",
        "wrong",
    )
    story = streaming.wait_for(lambda story: "new model in every batch" in mistakes(story, "wrong"))
    assert mistakes(story, "wrong") == ["new model in every batch", "no labels"]
    assert stderr(streaming).count("comes with a new Learner that has learnt nothing") == 1
    assert "batch 0 has no column 'c'; there are 'a', 'b', 'y', 'note'" in reply.text
    assert "batch 0 has more than 7 rows" in reply.text


RESTARTED = (
    SET_UP
    + """
c = curve(NAME, classes=[-1, 1])
model = Learner()
each = c.each_batch(model, features=['a', 'b'], label='y', state='learnt')
def batch(frame, number):
    each(frame, number)
    while number == STUCK:
        Path('learnt', 'stuck').touch()
        time.sleep(0.1)
query = (read('files').writeStream.foreachBatch(batch).option('checkpointLocation', 'checkpoint')
         .trigger(availableNow=True).start())
"""
)


def test_killed_and_restarted_each_batch_is_learnt_once(streaming: Kernel) -> None:
    # Batch 2 is learnt, but Spark does not know yet: the kernel is killed before its function returns.
    streaming.ok("NAME, STUCK = 'before', 2\n" + RESTARTED, "before")
    streaming.ok("while not Path('learnt', 'stuck').exists(): time.sleep(0.1)", "wait")
    streaming.wait_for(lambda story: len(points(story, "before", "Learner")) == 3)
    streaming.restart()
    frames = len(streaming.story.frames)

    def since(story: Story) -> Story:
        """What the new kernel tells: its curves count from 1 again."""
        new = Story()
        new.frames = story.frames[frames:]
        return new

    code = (
        "NAME, STUCK = 'after', -1\n"
        + RESTARTED
        + (
            "finish(query)\nby_hand = Learner()\nfor number in range(4): by_hand.partial_fit(*rows(number))\n"
            "assert model.steps_ == 4 and model.w_.tolist() == by_hand.w_.tolist(), (model.steps_, model.w_, by_hand.w_)"
        )
    )
    streaming.ok(session("local[2]") + code, "after")
    story = since(streaming.wait_for(lambda story: len(points(since(story), "after", "Learner")) == 2))
    repeat, last = points(story, "after", "Learner")
    assert (repeat["Batch ID"], repeat["Flags"], repeat["At"], repeat["Visits"]) == (2, 2, 60, 60)
    assert (last["Batch ID"], last.get("Flags", 0), last["At"], last["Visits"]) == (3, 0, 80, 80)
    assert mistakes(story, "after") == ["batch delivered twice"]
    assert stderr(streaming).count("batch 2 was delivered again") == 1


def test_run_of_is_the_cells(streaming: Kernel) -> None:
    """The property that ties jobs to cells is left as it was by the steps of ours."""
    reply = streaming.ok("spark.range(3).count()\nprint(sc.getLocalProperty('sparkglass.curve'))", "later")
    assert reply.text.strip().endswith("None")
    assert [run_of(job) for job in streaming.settle("later").jobs_of("later")]
