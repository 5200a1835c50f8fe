"""What training curves cost in the kernel: a logged point, and ``each_batch`` beside a function that does the same without a curve.

    python bench/curve_cost.py [rounds]

A real kernel with Sparkglass attached and a real stream of files; the two functions take turns. Prints one JSON line: µs a logged point
(median of the rounds), and the medians of a batch's duration in ms (``addBatch``, as Spark tells it) with their ratio.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from kernels import Kernel, session  # noqa: E402

LOG = """
import json, time
from sparkglass.learning import curve
c = curve("cost")
began = time.perf_counter()
for i in range(100_000):
    c.log("line", loss=i * 0.5, step=i)
took = time.perf_counter() - began
c.finish()
print(json.dumps(took * 10))
"""

STREAM = """
import json, tempfile, time
import numpy as np
from sklearn.linear_model import SGDClassifier
from pyspark.sql import functions as F
from sparkglass.learning import curve
folder = tempfile.mkdtemp()
spark.range(0, 60_000, 1, 30).selectExpr("rand(1) - 0.5 AS a", "rand(2) - 0.5 AS b").withColumn(
    "label", (F.col("a") + F.col("b") > 0).cast("int")).write.parquet(folder + "/rows")
def model():
    return SGDClassifier(loss="log_loss", random_state=1)
def bare():
    learner, wrong = model(), []
    def learn(batch, number):
        rows = batch.select("a", "b", "label").toPandas()
        X, y = rows[["a", "b"]].to_numpy(), rows["label"].to_numpy()
        if number:
            wrong.append(float((learner.predict(X) != y).mean()))
        learner.partial_fit(X, y, classes=[0, 1])
    return learn
def drawn():
    return curve("batches", classes=[0, 1]).each_batch(model(), features=["a", "b"])
def run(learn):
    rows = spark.readStream.schema("a double, b double, label int").option("maxFilesPerTrigger", 1).parquet(folder + "/rows")
    query = rows.writeStream.foreachBatch(learn).trigger(availableNow=True).start()
    query.awaitTermination()
    return [one["durationMs"]["addBatch"] for one in query.recentProgress if one["numInputRows"]][3:]
run(bare()), run(drawn())
"""


def main(rounds: int) -> None:
    kernel = Kernel(sys.executable, SPARK_SUBMIT_OPTS="-XX:+UseSerialGC")
    try:
        kernel.attach()
        points = [json.loads(kernel.ok(LOG).text.splitlines()[-1]) for _ in range(rounds)]
        kernel.ok(session("local[2]"))
        kernel.ok(STREAM)
        durations: dict[str, list[float]] = {"bare": [], "drawn": []}
        for number in range(2 * rounds):
            # Which goes first changes, too.
            for name in ("bare", "drawn") if number % 2 else ("drawn", "bare"):
                said = kernel.ok(f"print(json.dumps(run({name}())))").text.splitlines()[-1]
                durations[name].extend(json.loads(said))
    finally:
        kernel.stop()
    bare, drawn = median(durations["bare"]), median(durations["drawn"])
    print(
        json.dumps(
            {
                "bench": "curve-cost",
                "pointUs": median(points),
                "batches": len(durations["bare"]),
                "bareMs": bare,
                "eachBatchMs": drawn,
                "ratio": round(drawn / bare, 3),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
