"""Which partitions feed which: narrow and wide steps, unions, coalescing, partial jobs, reused shuffles, data cached in several ways."""

import os

from pyspark import StorageLevel
from pyspark.sql import functions as F
from session import start

spark = start(
    "lineage",
    "local[2]",
    # So little that not all of what is cached below fits in.
    testing_memory="471859200",
    testing_reservedMemory="0",
    memory_fraction="0.05",
    memory_storageFraction="0.1",
)
sc = spark.sparkContext


def job(name):
    sc.setJobDescription(name)


job("word count")
lines = sc.parallelize(["the quick brown fox", "jumps over the lazy dog"] * 20, 4)
counts = lines.flatMap(str.split).map(lambda word: (word, 1)).reduceByKey(lambda a, b: a + b, 3)
counts.collect()
job("word count again")
counts.count()
job("narrow")
sc.parallelize(range(80), 8).map(lambda n: n * 2).filter(lambda n: n % 3 == 0).count()
job("union")
sc.parallelize(range(10), 2).union(sc.parallelize(range(30), 3).map(lambda n: n + 1)).collect()
job("coalesce")
sc.parallelize(range(100), 8).coalesce(3).count()
job("take")
sc.parallelize(range(100), 8).map(lambda n: n + 1).take(1)
job("zip")
sc.parallelize(range(10), 2).zip(sc.parallelize(range(10), 2)).collect()
job("cartesian")
sc.parallelize(range(3), 3).cartesian(sc.parallelize(range(4), 2)).count()
job("join")
counts.join(lines.map(lambda line: (line[:3], line)), 3).count()

job("grouped")
spark.range(0, 1000, 1, 8).groupBy((F.col("id") % 3).alias("key")).count().collect()
job("repartitioned")
spark.range(0, 1000, 1, 4).repartition(40).selectExpr("sum(id)").collect()
job("joined")
a = spark.range(0, 1000, 1, 3).withColumnRenamed("id", "key")
b = spark.range(0, 2000, 1, 2).selectExpr("id % 1000 AS key", "id AS value")
a.hint("merge").join(b, "key").groupBy("key").count().filter("count > 1").count()
job("united")
spark.range(0, 10, 1, 2).union(spark.range(0, 10, 1, 3)).coalesce(2).collect()

job("cached whole")
whole = spark.range(0, 1000, 1, 4).selectExpr("id", "id * 2 AS twice").cache()
whole.count()
job("cached whole again")
whole.filter("twice > 10").count()
job("cached in part")
part = spark.range(0, 900_000, 1, 6).selectExpr("id", "uuid() AS name").persist(StorageLevel.MEMORY_ONLY)
part.count()
job("cached in part again")
part.count()
part.unpersist(blocking=True)
job("cached, some on disk")
rest = sc.parallelize(range(6), 6).map(lambda n: os.urandom(6_000_000)).persist(StorageLevel.MEMORY_AND_DISK)
rest.count()
rest.unpersist(blocking=True)
job("cached on disk")
disk = sc.parallelize(range(60), 3).persist(StorageLevel.DISK_ONLY)
disk.count()
spark.range(0, 400, 1, 4).write.parquet(os.environ["FIXTURE_LOCAL"] + "/files")
job("files, cached")
files = spark.read.parquet(os.environ["FIXTURE_LOCAL"] + "/files").cache()
files.count()
job("files, cached, again")
files.filter("id > 10").count()
job("cached by a take")
spark.range(0, 1000, 1, 8).cache().take(1)
spark.stop()
