"""A real stream in which forged rows come, and then another world: what a learner's errors say, and what a probe says."""

from __future__ import annotations

import itertools
import json

import pytest
from kernels import Kernel, session
from test_learning_streams import points

pytestmark = pytest.mark.spark

STREAM = """
import json, time
from pathlib import Path
import numpy as np
from sklearn.linear_model import LogisticRegression
from sparkglass.learning import Drift, Flood, curve
from sparkglass.learning.learners import Perceptron

random = np.random.RandomState(0)

def drawn(count):
    '''Sepal and petal length of iris's first two kinds, around the middle between them.'''
    y = np.where(random.random_sample(count) < 0.5, -1, 1)
    means = np.where((y == -1)[:, None], [-0.465, -1.4], [0.465, 1.4])
    return means + [0.4, 0.3] * random.standard_normal((count, 2)), y

X, y = drawn(1200)
clean = drawn(200)
# One large batch to learn from, then small ones: in each, all rows are predicted before one is learnt.
edges = [0, *range(700, 1000, 5), *range(1000, 1201, 20)]
Path('files').mkdir()
for number, (first, last) in enumerate(zip(edges, edges[1:])):
    lines = [
        json.dumps({'n': n, 'sepal': X[n, 0], 'petal': X[n, 1], 'label': int(y[n])}) for n in range(first, last)
    ]
    (Path('files') / f'{number:03}.json').write_text('\\n'.join(lines))
    time.sleep(0.01)  # batches are in the order of the files' times

c = curve('flood', classes=[-1, 1])
faults = [
    Flood({'sepal': -0.5, 'petal': -1.5, 'label': 1}, 800, 1000),
    Drift(1100, labels={-1: 1, 1: -1}),
]
c.probe(*clean, every=20)
nightly = c.batch(LogisticRegression(), every=500, name='nightly')
learn = c.each_batch([('perceptron', Perceptron()), nightly], features=['sepal', 'petal'], label='label')
rows = (spark.readStream.schema('n long, sepal double, petal double, label int')
        .option('maxFilesPerTrigger', 1).json('files'))
query = c.inject(rows, faults, by='n').writeStream.foreachBatch(learn).trigger(availableNow=True).start()
query.awaitTermination(180)
assert query.exception() is None, query.exception()
c.finish()
"""


def test_the_errors_praise_the_poisoned_learner_and_its_probe_does_not(python: str) -> None:
    if "spark35" in python:
        pytest.skip("its environment has no scikit-learn")
    kernel = Kernel(python)
    try:
        kernel.ok(session("local[2]") + STREAM, "flood")
        story = kernel.wait_for(lambda story: bool(story.events("CurveEnd")))
    finally:
        kernel.stop()
    told = {
        name: points(story, "flood", name) for name in ("perceptron", "perceptron probe", "nightly", "nightly probe")
    }

    # Faded with 0.99, example after example, from the rows as they were told.
    faded: dict[str, dict[int, float]] = {}
    for name in ("perceptron", "nightly"):
        losses = [
            (point["At"] - len(point["Labels"]) + k + 1, label != prediction)
            for point in told[name]
            for k, (label, prediction) in enumerate(zip(point["Labels"], point["Predictions"], strict=True))
        ]
        sums = itertools.accumulate(losses, lambda s, loss: (loss[0], loss[1] + 0.99 * s[1]), initial=(0, 0.0))
        weights = itertools.accumulate(losses, lambda b, _: 1 + 0.99 * b, initial=0.0)
        faded[name] = {at: total / weight for (at, total), weight in zip(sums, weights, strict=True) if weight}

    def of_probe(name: str, first: int, last: int) -> list[float]:
        return [p["Loss Sum"] / p["Examples"] for p in told[name] if first < p["At"] <= last and p["Examples"]]

    def of_stream(name: str, first: int, last: int) -> list[float]:
        return [value for at, value in faded[name].items() if first < at <= last]

    # Before the flood all is well.
    assert max(of_stream("perceptron", 750, 800)) < 0.1 and max(of_probe("perceptron probe", 700, 800)) < 0.1
    # In it the perceptron looks well, and is wrong of nearly half of the clean rows.
    assert max(of_stream("perceptron", 800, 1000)) < 0.1
    assert max(of_probe("perceptron probe", 800, 1000)) > 0.4
    # The model of the night before is wrong of every forged row, and still right of the clean ones.
    assert of_stream("nightly", 950, 1000)[-1] > 0.8 and max(of_probe("nightly probe", 800, 1000)) < 0.1
    # In another world it does not find its way; who learns does.
    assert of_stream("nightly", 1150, 1200)[-1] > of_stream("perceptron", 1150, 1200)[-1] + 0.2

    marks = [(mark["Kind"], mark["Start"], mark["End"]) for mark in story.events("CurveMark")]
    assert ("fault", 800, 1000) in marks and ("drift", 1100, None) in marks
    assert len(told["perceptron"]) == 71


BY_TIME = """
import json, time
import numpy as np
from pyspark.sql import functions as F
from sparkglass.learning import BrokenSensor, curve

class Sign:
    '''Predicts by the sign of x, and has nothing to learn.'''
    def predict(self, X):
        return np.where(X[:, 0] > 0, 1, -1)
    def partial_fit(self, X, y):
        self.w_ = np.ones(1)

c = curve('by time', classes=[-1, 1])
rows = (spark.readStream.format('rate').option('rowsPerSecond', 40).option('numPartitions', 2).load()
        .withColumn('x', F.when(F.col('value') % 2 == 0, 1.0).otherwise(-1.0))
        .withColumn('label', F.when(F.col('value') % 2 == 0, 1).otherwise(-1)))
# A first query takes a slow machine many seconds to start, and the fault does not wait for it.
first = rows.writeStream.foreachBatch(lambda frame, number: frame.count()).start()
until = time.time() + 60
while time.time() < until and not first.recentProgress and first.isActive:
    time.sleep(0.1)
first.stop()
before = time.time()
rows = c.inject(rows, BrokenSensor('x', 6, 12, value=-1.0), by='timestamp', truth='fault')
after = time.time()
learn = c.each_batch(Sign(), features=['x'], label='label')
batches, came = [], []
def each(frame, number):
    frame = frame.persist()
    for row in frame.sort('value').collect():
        came.append([row.value, row.timestamp.timestamp(), row.x, row.label, row.fault])
    seen, began = c.seen, time.time()
    learn(frame, number)
    batches.append([seen, began, time.time(), c.seen])
    frame.unpersist()
query = rows.writeStream.foreachBatch(each).start()
until = time.time() + 60
while time.time() < until and not (came and came[-1][1] > after + 14) and query.isActive:
    time.sleep(0.1)
query.stop()
assert query.exception() is None, query.exception()
c.finish()
print(json.dumps([before, after, batches, came]))
"""


def test_a_fault_by_time_hits_the_rows_of_its_seconds_and_is_marked_where_they_are(python: str) -> None:
    kernel = Kernel(python)
    try:
        text = kernel.ok(session("local[2]") + BY_TIME, "by time").text
        story = kernel.wait_for(lambda story: bool(story.events("CurveEnd")))
    finally:
        kernel.stop()
    before, after, batches, came = json.loads(text.splitlines()[-1])
    # The rows themselves: those of the seconds from 6 to before 12 after the moment at which the fault was put in.
    assert [row[0] for row in came] == list(range(len(came)))
    for _, at, x, label, fault in came:
        if after + 6 <= at < before + 12:
            assert (x, fault) == (-1, "broken sensor")
        elif not before + 6 <= at < after + 12:
            assert (x, fault) == (label, None)
    hit = [n for n, (*_, fault) in enumerate(came) if fault]
    assert 200 <= len(hit) <= 240 and hit == list(range(hit[0], hit[-1] + 1))

    # Some come without a row, as the source counts whole seconds.
    batches = [batch for batch in batches if batch[3] > batch[0]]
    # The mark: from the first batch that is scored when the time has come, to the first when it is over.
    opened, closed = [mark for mark in story.events("CurveMark") if mark["Kind"] == "fault"]
    assert (opened["Mark"], opened["End"], closed["Start"]) == (closed["Mark"], None, opened["Start"])
    for place, second in ((opened["Start"], 6), (closed["End"], 12)):
        number = next(n for n, (seen, *_) in enumerate(batches) if seen == place)
        _, _, ended, _ = batches[number]
        assert ended >= before + second
        # The first batch of all is not scored: nothing has been learnt.
        assert number <= 1 or batches[number - 1][1] < after + second
    # It is no later than the first row that was hit, and the band and the rows overlap.
    assert opened["Start"] <= hit[0] < closed["End"] <= len(came)
    # What the curve counts there are the errors that the fault makes: every second row of it.
    told = points(story, "by time", "Sign")
    wrong = sum(point["Loss Sum"] for point in told)
    first = batches[0][-1]
    assert wrong == sum(1 for n in hit if came[n][3] == 1 and n >= first)
