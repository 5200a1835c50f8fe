"""Cells of RDDs with the faults that the advice knows, and the same cells repaired: `<rule>/fault` and `<rule>/mended`."""

import hashlib

from cells import cell
from pyspark import TaskContext
from pyspark.sql import functions as F
from session import start

spark = start("faults", "local[4,3]")
sc = spark.sparkContext


def heavy(value, rounds=60):
    """Work that takes about as long for every row."""
    text = str(value).encode()
    for _ in range(rounds):
        text = hashlib.sha256(text).digest()
    return text[0]


def shaky(row):
    """Fails at the first try in one partition."""
    context = TaskContext.get()
    if context.partitionId() == 2 and context.attemptNumber() == 0:
        raise ValueError("the service did not answer")
    return row


sc.parallelize(range(4), 4).map(heavy).count()  # nobody's cell: Python gets ready

with cell(sc, "skew/fault"):
    rows = sc.parallelize(range(40_000), 8).map(lambda n: (0 if n % 10 < 7 else n % 31, n))
    rows.groupByKey(8).mapValues(lambda values: sum(heavy(value) for value in values)).count()
with cell(sc, "skew/mended"):
    rows = sc.parallelize(range(40_000), 8).map(lambda n: ((0 if n % 10 < 7 else n % 31, n % 640), n))
    parts = rows.groupByKey(8).mapValues(lambda values: sum(heavy(value) for value in values))
    parts.map(lambda pair: (pair[0][0], pair[1])).reduceByKey(lambda a, b: a + b, 8).count()

with cell(sc, "fewPartitions/fault"):
    sc.parallelize(range(30_000), 1).map(heavy).count()
with cell(sc, "fewPartitions/mended"):
    sc.parallelize(range(30_000), 8).map(heavy).count()

orders = spark.range(0, 20_000, 1, 4).selectExpr("id", "id % 4 AS part")
with cell(sc, "driverIdle/fault"):
    for part in range(4):
        found = orders.filter(F.col("part") == part).collect()
        sum(heavy(row.id, 100) for row in found)
with cell(sc, "driverIdle/mended"):
    orders.rdd.map(lambda row: (row.part, heavy(row.id, 100))).reduceByKey(lambda a, b: a + b).collect()

with cell(sc, "failedTasks/fault"):
    sc.parallelize(range(80), 8).map(shaky).count()
with cell(sc, "failedTasks/mended"):
    sc.parallelize(range(80), 8).count()

spark.stop()
