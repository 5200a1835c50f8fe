"""A program that ends while its query runs: its process ends, or (`stopped`) it stops Spark; `mended` stops the query first."""

import sys
import time

from cells import cell
from session import start

variant = "".join(sys.argv[1:2])
NAMES = {"": "fault", "stopped": "fault by spark.stop()", "mended": "mended"}
spark = start("left stream", "local[2]", sql_shuffle_partitions="2")
sc = spark.sparkContext

with cell(sc, f"notStopped/{NAMES[variant]}"):
    source = spark.readStream.format("rate-micro-batch").option("rowsPerBatch", 200).option("numPartitions", 2)
    query = source.load().writeStream.queryName("left").format("noop").start()
    while query._jsq.lastProgress() is None or query._jsq.lastProgress().batchId() < 4:
        time.sleep(0.05)
    if variant == "mended":
        query.stop()
if variant:
    spark.stop()
