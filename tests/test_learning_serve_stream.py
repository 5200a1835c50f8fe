"""Models that are served from a real kernel: one that a real stream teaches meanwhile, and those of ``pyspark.ml``."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from kernels import Kernel, interpreter, session

pytestmark = pytest.mark.spark

LEARN = """
import json
from pyspark.sql import functions as F
from sparkglass import curve
from sparkglass.learning.learners import AdalineSGD

rates = spark.readStream.format("rate").option("rowsPerSecond", 200).load()
# Both labels in each partition of the source, which takes every other value.
label = F.when(F.col("value") % 4 < 2, -1).otherwise(1)
stream = rates.select((label + F.rand(1) - 0.5).alias("x"), label.alias("label"))
c = curve("served", classes=[-1, 1])
learn = c.each_batch(AdalineSGD(0.05), ["x"], "label")
served = c.serve(learn)
query = stream.writeStream.foreachBatch(learn).trigger(processingTime="300 milliseconds").start()
print(json.dumps([served.url, served.token]))
"""


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    kernel = Kernel(interpreter("newest"))
    kernel.attach()
    kernel.ok(session("local[2]"), "session")
    yield kernel
    kernel.stop()


def ask(url: str, token: str, path: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{url}/{path}", data, {"Authorization": f"token {token}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


def test_the_stream_goes_on_and_so_do_the_versions(kernel: Kernel) -> None:
    url, token = json.loads(kernel.ok(LEARN, "learn").text.splitlines()[-1])
    versions: list[tuple[int, int]] = []
    # The cell waits for the query, and the page's model is asked meanwhile.
    waiting = kernel.send("query.awaitTermination(300)", "wait")
    trained_on = 0
    for _ in range(3):
        # Told of a model that has learnt more than the one that was asked last.
        story = kernel.wait_for(
            lambda story, than=trained_on: any(
                event["Trained On"] > than for event in story.events("SparkglassCurveServing")
            )
        )
        health = ask(url, token, "health")
        assert health["status"] == "ok" and health["lag"] >= 0 and health["learner"] == "AdalineSGD"
        answer = ask(url, token, "predict", {"rows": [{"x": 1.2}, {"x": -1.2}]})
        assert set(answer["predictions"]) <= {1, -1} and answer["model_version"] >= health["model_version"]
        trained_on = answer["trained_on"]
        versions.append((answer["model_version"], trained_on))
    assert versions == sorted(set(versions)) and len({number for number, _ in versions}) == 3
    assert answer["predictions"] == [1, -1]
    run_id = story.events("org.apache.spark.sql.streaming.StreamingQueryListener$QueryStartedEvent")[0]["runId"]
    kernel.request("cancel", application=0, query=run_id)
    assert kernel.wait(waiting).status == "ok"
    kernel.settle("wait")
    # It is told once a second.
    story = kernel.wait_for(lambda story: story.events("SparkglassCurveServing")[-1]["Requests"] == 3)
    told = story.events("SparkglassCurveServing")
    assert [event["Line"] for event in told] == [0] * len(told)
    assert told[-1]["Requests"] == 3 and told[-1]["Errors"] == 0 and told[-1]["Examples"] >= told[-1]["Trained On"] > 0
    times = [event["Time"] for event in told]
    assert all(later - earlier > 900 for earlier, later in zip(times, times[1:], strict=False))
    kernel.ok("served.stop(); c.finish()", "end")


SPARK_ML = """
import json
from pyspark.ml import Pipeline
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import VectorAssembler
from sparkglass import curve
from sparkglass.learning import serve

rows = [(float(x), float(-x), int(x > 0)) for x in range(-50, 50)]
frame = spark.createDataFrame(rows, "a double, b double, label int")
assembler = VectorAssembler(inputCols=["a", "b"], outputCol="together")
pipeline = Pipeline(stages=[assembler, LogisticRegression(featuresCol="together", maxIter=5)])
whole = serve(pipeline.fit(frame), features=["a", "b"], trained_on=100)

import numpy as np
X, y = np.array([row[:2] for row in rows]), np.array([row[2] for row in rows])
order = np.random.RandomState(0).permutation(100)
c = curve("refitted", classes=[0, 1])
learner = c.batch(LogisticRegression(maxIter=5), every=50)
c.each_batch([learner]).step(X[order[:50]], y[order[:50]])
refitted = c.serve(learner)
print(json.dumps([[one.url, one.token] for one in (whole, refitted)]))
"""


def test_models_of_spark_answer(kernel: Kernel) -> None:
    """A pipeline takes the columns it was fitted on, an estimator of a curve the features in their order."""
    whole, refitted = json.loads(kernel.ok(SPARK_ML, "spark-ml").text.splitlines()[-1])
    named = [{"a": -9.0, "b": 9.0}, {"b": -9.0, "a": 9.0}]
    answer = ask(*whole, "predict", {"rows": named})
    assert answer["predictions"] == [0, 1] and (answer["model_version"], answer["trained_on"]) == (1, 100)
    answer = ask(*refitted, "predict", {"rows": [[-9.0, 9.0], [9.0, -9.0]]})
    assert answer["predictions"] == [0, 1] and (answer["model_version"], answer["trained_on"]) == (1, 50)
    kernel.ok("whole.stop(); refitted.stop(); c.finish()", "end of spark-ml")
