"""Stages of many tasks of about the same length, the second after the first; then a query that adaptive execution changes on its way."""

import time

from session import start

spark = start("steady", "local[4]", sql_shuffle_partitions="24", sql_adaptive_coalescePartitions_enabled="false")
sc = spark.sparkContext


def work(rows):
    time.sleep(0.6)  # long beside what a busy machine adds
    return rows


sc.parallelize(range(4), 4).mapPartitions(work).count()  # so that Python is there
sc.parallelize(range(600), 60).mapPartitions(work).map(lambda n: (n % 40, n)).groupByKey(40).mapPartitions(work).count()
spark.range(0, 1000, 1, 24).selectExpr("id % 7 AS key", "id").groupBy("key").count().orderBy("count").collect()
spark.stop()
