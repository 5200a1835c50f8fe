"""Cells that have too little memory, and the same cells with smaller partitions or more memory: see `faults.py`."""

import os
import sys

from cells import cell
from session import start

roomy = "roomy" in sys.argv
spark = start("memory", "local[2]", driver_memory="3g" if roomy else "512m")
sc = spark.sparkContext
lines = os.environ["FIXTURE_LOCAL"] + "/lines"
spark.range(0, 4_000_000, 1, 8).selectExpr("hex(xxhash64(id))").write.text(lines)

if not roomy:
    wide = "xxhash64(id) AS x", "repeat(hex(xxhash64(id, 1)), 4) AS text"
    with cell(sc, "spill/fault"):
        spark.range(0, 5_000_000, 1, 2).selectExpr(*wide).sortWithinPartitions("x").write.format("noop").mode(
            "overwrite"
        ).save()
    with cell(sc, "spill/mended"):
        spark.range(0, 5_000_000, 1, 64).selectExpr(*wide).sortWithinPartitions("x").write.format("noop").mode(
            "overwrite"
        ).save()
with cell(sc, "gc/mended" if roomy else "gc/fault"):
    # Objects of the JVM: what Python makes is kept as bytes. Each task holds half of all lines at once.
    words = sc._jsc.textFile(lines, 8).cache()
    for _ in range(3):
        words.coalesce(2).glom().count()
spark.stop()
