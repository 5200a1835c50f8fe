"""Cells of streaming queries with the faults that the advice knows, and the same cells repaired: see `faults.py`.

A cell waits for batches, never for seconds. With the argument `other` and a folder it is another program, which goes on with the query
whose checkpoint is in that folder.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from cells import cell
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from session import start

START = 1_767_225_600_000


def micro(rows, advance=10_000):
    """The same rows every time, those of a batch so many ms of event time after those before; the next batch can begin at once."""
    source = spark.readStream.format("rate-micro-batch").option("rowsPerBatch", rows).option("numPartitions", 1)
    return source.option("startTimestamp", START).option("advanceMillisPerBatch", advance).load()


def wait_for(query, batches):
    """Until so many batches are over."""
    while query.isActive and (query._jsq.lastProgress() is None or query._jsq.lastProgress().batchId() < batches - 1):
        time.sleep(0.05)


def run(name, frame, batches, mode="append", **trigger):
    """Start a query that writes to nowhere, and stop it when it has done so many batches."""
    writer = frame.writeStream.queryName(name).outputMode(mode).format("noop")
    query = (writer.trigger(**trigger) if trigger else writer).start()
    wait_for(query, batches)
    query.stop()


def other(checkpoint):
    writer = micro(100).writeStream.format("noop").option("checkpointLocation", checkpoint)
    query = writer.start()
    wait_for(query, 5)
    query.stop()


if sys.argv[1:2] == ["other"]:
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    other(sys.argv[2])
    spark.stop()
    sys.exit()

# What no rule for streams looks at is left out: there are many tasks.
LESS = (
    "eventLog_includeTaskMetricsAccumulators",
    "eventLog_logBlockUpdates_enabled",
    "eventLog_logStageExecutorMetrics",
)
spark = start("faulty streams", "local[2]", sql_shuffle_partitions="2", **dict.fromkeys(LESS, "false"))
sc = spark.sparkContext
local = Path(os.environ["FIXTURE_LOCAL"])
seconds = F.window("timestamp", "1 second"), "value"

with cell(sc, "noWatermark/fault"):
    run("by window", micro(100).groupBy(F.window("timestamp", "5 seconds")).count(), 4, "update")
with cell(sc, "noWatermark/fault of distinct rows"):
    run("distinct", micro(100).dropDuplicates(["value"]), 4)
with cell(sc, "noWatermark/fault of keys that keep coming"):
    run("by value", micro(100).groupBy("value").count(), 6, "update")
with cell(sc, "noWatermark/fault of a join"):
    orders = micro(20).selectExpr("value AS id", "timestamp AS ordered")
    payments = micro(20).selectExpr("value AS id", "timestamp AS paid")
    run("joined", orders.join(payments, "id"), 4)
with cell(sc, "noWatermark/mended"):
    timed = micro(100).withWatermark("timestamp", "10 seconds")
    run("by window", timed.groupBy(F.window("timestamp", "5 seconds")).count(), 4)
with cell(sc, "noWatermark/mended: few keys"):
    run("by key", micro(100).groupBy((F.col("value") % 10).alias("key")).count(), 6, "update")

for name, partitions in (("fault", 200), ("mended", 2)):
    spark.conf.set("spark.sql.shuffle.partitions", partitions)
    with cell(sc, f"statePartitions/{name}"):
        timed = micro(100).withWatermark("timestamp", "10 seconds")
        run("toy", timed.groupBy(F.window("timestamp", "5 seconds")).count(), 3)

with cell(sc, "growingState/fault of complete"):
    timed = micro(200, 200_000).withWatermark("timestamp", "10 seconds")
    run("all of them", timed.groupBy(*seconds).count(), 14, "complete")
with cell(sc, "growingState/fault of a key without time"):
    run("once", micro(200).withWatermark("timestamp", "10 seconds").dropDuplicates(["value"]), 14)
with cell(sc, "growingState/fault of a long delay"):
    timed = micro(200, 200_000).withWatermark("timestamp", "30 days")
    run("late", timed.groupBy(*seconds).count(), 14)
with cell(sc, "growingState/mended"):
    timed = micro(200, 200_000).withWatermark("timestamp", "10 seconds")
    run("closed ones", timed.groupBy(*seconds).count(), 14)
with cell(sc, "growingState/mended: a key with time"):
    run("once", micro(200).withWatermark("timestamp", "10 seconds").dropDuplicates(["value", "timestamp"]), 14)

with cell(sc, "tinyBatches/fault"):
    run("drops", micro(10).selectExpr("value * 2 AS twice"), 40)
with cell(sc, "tinyBatches/mended"):
    rates = spark.readStream.format("rate").option("rowsPerSecond", 500).load()
    run("cups", rates.selectExpr("value * 2 AS twice"), 30, processingTime="1 second")


def slow(seconds_a_row):
    def work(frame, batch):
        time.sleep(frame.count() * seconds_a_row)

    return work


rates = spark.readStream.format("rate").option("rowsPerSecond", 1000).load()
for name, cost in (("fault", 0.0015), ("mended", 0.0002)):
    with cell(sc, f"fallingBehind/{name}"):
        query = rates.writeStream.queryName("slow").foreachBatch(slow(cost)).start()
        wait_for(query, 8)
        query.stop()


def gated(frame, batch):
    frame.count()
    if batch == 2:
        (local / "waits").touch()
        while not (local / "goes on").exists():
            time.sleep(0.05)


with cell(sc, "sharedCheckpoint/fault"):
    writer = micro(100).writeStream.queryName("ours").foreachBatch(gated)
    query = writer.option("checkpointLocation", str(local / "shared")).start()
    while not (local / "waits").exists():
        time.sleep(0.05)
    subprocess.run([sys.executable, __file__, "other", str(local / "shared")], check=True)
    (local / "goes on").touch()
    while query.isActive:
        time.sleep(0.05)
for title, second in (("fault of two names", "one"), ("mended", "two")):
    with cell(sc, f"sharedCheckpoint/{title}"):
        queries = []
        for name, checkpoint in (("doubled", "one"), ("halved", second)):
            writer = micro(100).selectExpr("value").writeStream.queryName(name).format("noop")
            place = local / title / checkpoint
            queries.append(writer.option("checkpointLocation", str(place)).start())
            wait_for(queries[-1], 3 * len(queries))
        for query in queries:
            query.stop()

spark.stop()
