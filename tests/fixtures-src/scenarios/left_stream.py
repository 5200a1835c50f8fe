"""A program that ends while its query runs: its process ends, or (`stopped`) it stops Spark; `mended` stops the query first.

With `again` the cell runs twice, and each run starts the query, before the process ends.
"""

import sys
import time

from cells import cell
from session import start

variant = "".join(sys.argv[1:2])
NAMES = {"": "fault", "stopped": "fault by spark.stop()", "mended": "mended"}
spark = start("left stream", "local[2]", sql_shuffle_partitions="2")
sc = spark.sparkContext


def left(name):
    source = spark.readStream.format("rate-micro-batch").option("rowsPerBatch", 200).option("numPartitions", 2)
    query = source.load().writeStream.queryName(name).format("noop").start()
    while query._jsq.lastProgress() is None or query._jsq.lastProgress().batchId() < 4:
        time.sleep(0.05)
    return query


if variant == "again":
    for number in ("first", "second"):
        with cell(sc, f"notStopped/fault: the {number} of two runs", "again"):
            left(number)
else:
    with cell(sc, f"notStopped/{NAMES[variant]}"):
        query = left("left")
        if variant == "mended":
            query.stop()
    if variant:
        spark.stop()
