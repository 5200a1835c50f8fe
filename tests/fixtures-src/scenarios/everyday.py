"""Shuffles whose output is reused (skipped stages), cached and uncached data, SQL with adaptive execution, a broadcast join, files."""

import os

from pyspark import StorageLevel
from session import start

spark = start("everyday", "local[2]")
sc = spark.sparkContext

pairs = sc.parallelize(range(400), 4).map(lambda n: (n % 7, n))
sums = pairs.reduceByKey(lambda a, b: a + b, 3)
sums.count()
sums.map(lambda pair: pair[1]).sum()  # its map stage is skipped

sc.setJobGroup("reports", "the weekly report – „Zażółć” <b>&</b>")
if hasattr(sc, "addJobTag"):
    sc.addJobTag("weekly")
    sc.addJobTag("a first")
sums.join(pairs.mapValues(lambda n: -n).distinct(2)).count()
sc.setLocalProperty("spark.jobGroup.id", None)
sc.setLocalProperty("spark.job.description", None)
if hasattr(sc, "clearJobTags"):
    sc.clearJobTags()

kept = sc.parallelize([b"x" * 1000] * 200, 4).persist(StorageLevel.MEMORY_AND_DISK)
kept.count()
kept.count()
gone = sc.parallelize(range(100), 2).setName("gone again").persist(StorageLevel.DISK_ONLY)
gone.count()
gone.unpersist(blocking=True)
sc.parallelize([], 1).count()
sc.parallelize(range(10), 5).take(3)  # runs some of its partitions only

spark.range(2000).createOrReplaceTempView("numbers")
big = spark.sql("SELECT id % 10 AS key, count(*) AS n, sum(id) AS total FROM numbers GROUP BY id % 10")
big.collect()
names = spark.createDataFrame([(n, f"name {n}") for n in range(10)], ["key", "name"]).cache()
big.join(names, "key").orderBy("n").collect()
target = os.environ["FIXTURE_LOCAL"] + "/out"
spark.range(500).repartition(3).write.parquet(target)
spark.read.parquet(target).filter("id > 250").count()
spark.stop()
