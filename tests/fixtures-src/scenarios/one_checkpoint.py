"""Two threads of one program that start a query with one checkpoint at the same moment, while a third query has it.

One start raises CONCURRENT_QUERY in the thread that asked, and no event tells of it. The other takes the checkpoint from the query
that had it.
"""

import os
import threading
import time
from pathlib import Path

from cells import cell
from pyspark.sql import functions as F
from session import start

spark = start("one checkpoint", "local[2]", sql_shuffle_partitions="2")
sc = spark.sparkContext
local = Path(os.environ["FIXTURE_LOCAL"])


def begin(session, name, place):
    source = session.readStream.format("rate-micro-batch").option("rowsPerBatch", 100).option("numPartitions", 1)
    frame = source.load().select((F.col("value") * 2).alias("twice"))
    return frame.writeStream.queryName(name).format("noop").option("checkpointLocation", str(place)).start()


def wait_for(query, batches):
    while query.isActive and (query._jsq.lastProgress() is None or query._jsq.lastProgress().batchId() < batches - 1):
        time.sleep(0.05)


def at_once(number):
    """The query that had the checkpoint, the one that took it, and what the other start raised; None when they did not meet."""
    place = local / f"checkpoint {number}"
    had = begin(spark, "had it", place)
    wait_for(had, 2)
    meet = threading.Barrier(2)
    queries, raised = [], []

    def start_one(session, name):
        session.sparkContext.setLocalProperty("sparkglass.cell", "sharedCheckpoint/fault of two at once")
        meet.wait()
        try:
            queries.append(begin(session, name, place))
        except Exception as error:
            raised.append(str(error))

    threads = [
        threading.Thread(target=start_one, args=(session, name))
        for session, name in ((spark, "one"), (spark.newSession(), "other"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait_for(queries[-1], 4)
    for query in queries:
        query.stop()
    return raised


with cell(sc, "sharedCheckpoint/fault of two at once"):
    # Who comes first is chance: until they have met.
    for number in range(20):
        raised = at_once(number)
        if raised:
            break
    if not any("CONCURRENT_QUERY" in text for text in raised):
        raise SystemExit(f"nothing was raised: {raised}")
spark.stop()
