"""SQL executions of many kinds: joins that adaptive execution plans anew, what is used twice, a stage that runs again, failures."""

import os
from pathlib import Path

from pyspark import TaskContext
from pyspark.sql import functions as F
from session import start

spark = start("queries", "local[2,3]", sql_shuffle_partitions="3")
local = os.environ["FIXTURE_LOCAL"]


@F.udf("long", useArrow=False)
def shaky(n):
    context = TaskContext.get()
    if context.partitionId() == 1 and context.attemptNumber() == 0 and n % 10 == 7:
        raise ValueError("not yet")
    return n


@F.udf("long", useArrow=False)
def careless(n):
    """The first to run throws away what the shuffle wrote."""
    mark = Path(local, "careless")
    if not mark.exists():
        mark.touch()
        for file in Path(local).glob("**/shuffle_*"):
            file.unlink()
    return n


people = spark.range(0, 300, 1, 3).selectExpr("id", "id % 7 AS team", "id * 1.5 AS score")
teams = spark.range(7).selectExpr("id AS team", "concat('team ', id) AS name")
people.join(F.broadcast(teams), "team").groupBy("name").count().collect()
spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "10000")
people.join(teams.filter("team < 3"), "team").collect()  # planned as a sort-merge join, run as a broadcast one
spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
sums = people.groupBy("team").agg(F.sum("score").alias("total"))
sums.join(sums.withColumnRenamed("total", "again"), "team").collect()  # the exchange is used twice
people.createOrReplaceTempView("people")
spark.sql("SELECT id FROM people WHERE score > (SELECT avg(score) FROM people)").collect()
spark.conf.set("spark.sql.adaptive.enabled", "false")
spark.sql(
    "SELECT team, (SELECT avg(score) FROM people), (SELECT avg(score) FROM people) + 1 FROM people LIMIT 2"
).collect()
spark.range(0, 100, 1, 1).repartition(8).agg(F.sum(careless("id"))).collect()  # its map stage runs twice
spark.conf.set("spark.sql.adaptive.enabled", "true")
for n in range(4):  # more jobs than a small map of Scala's holds
    sums = sums.join(people.groupBy((F.col("id") % (n + 9)).alias("team")).agg(F.max("id").alias(f"max{n}")), "team")
sums.collect()
spark.range(0, 100, 1, 3).select(shaky("id").alias("id")).groupBy("id").count().count()
spark.range(0, 100, 1, 4).repartitionByRange(3, "id").sortWithinPartitions(
    "id"
).collect()  # samples in a job of its own
people.write.parquet(local + "/people")
try:
    spark.sql("SELECT raise_error('no')").collect()
except Exception as error:
    print("failed as it should:", type(error).__name__)
spark.sql("CACHE TABLE kept AS SELECT team, count(*) AS n FROM people GROUP BY team")
spark.sql("SELECT * FROM kept WHERE n > 3").collect()
spark.stop()
