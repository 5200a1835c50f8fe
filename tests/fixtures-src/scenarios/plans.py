"""Plans that adaptive execution changes while they run, what is cached, and a plan with well over a hundred operators."""

import os

from pyspark.sql import functions as F
from session import start

spark = start(
    "plans",
    "local[2]",
    sql_shuffle_partitions="8",
    sql_adaptive_advisoryPartitionSizeInBytes="64KB",
    sql_adaptive_coalescePartitions_minPartitionSize="1KB",
    sql_autoBroadcastJoinThreshold="20KB",
)
local = os.environ["FIXTURE_LOCAL"]

# Planned as a sort-merge join; the filter leaves so few rows that adaptive execution broadcasts them.
left = spark.range(0, 40000, 1, 4).withColumn("k", F.col("id") % 1000)
right = spark.range(0, 40000, 1, 2).withColumn("k", F.col("id") % 1000)
left.join(right.filter(F.col("id") * 3 % 997 == 3), "k").count()

# A key that most rows have.
spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
spark.conf.set("spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes", "64KB")
spark.conf.set("spark.sql.adaptive.skewJoin.skewedPartitionFactor", "2")
key = F.when(F.col("id") < 10000, F.lit(1)).otherwise(F.col("id") % 50)
many = spark.range(0, 12000, 1, 4).withColumn("k", key).withColumn("text", F.sha2(F.col("id").cast("string"), 512))
few = spark.range(0, 300, 1, 2).selectExpr("id AS b", "id % 50 AS k")
many.join(few, "k").selectExpr("max(text)", "sum(b)").collect()

# A side turns out to be empty.
none = spark.range(0, 30000, 1, 2).withColumn("k", F.col("id") % 50).filter(F.col("id") * 7 % 100000 == 100001)
many.join(none.groupBy("k").count(), "k").collect()

# Folders that are left out, known beforehand and from the rows of another table.
spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "20KB")
spark.range(0, 5000, 1, 2).selectExpr("id", "id * 0.5 AS v", "int(id % 5) AS day").write.partitionBy("day").parquet(
    local + "/days"
)
days = spark.read.parquet(local + "/days")
days.filter("day = 2 AND v > 10").groupBy("id").count().orderBy("id").limit(5).collect()
names = spark.createDataFrame([(1, "a"), (2, "b")], "day int, name string")
days.join(F.broadcast(names.filter("name = 'a'")), "day").count()

# Cached, and read again.
kept = days.filter("day < 3").cache()
kept.count()
kept.groupBy("day").avg("v").collect()

# Joins without equal keys, and by a hint.
days.join(names, days.id < names.day).count()
days.hint("shuffle_hash").join(names.hint("shuffle_hash"), "day").count()

spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
wide = spark.range(0, 2000, 1, 2).selectExpr("id % 5 AS k", "id").groupBy("k").agg(F.sum("id").alias("s"))
for n in range(10):
    more = spark.range(0, 2000, 1, 2).selectExpr(f"id % {n + 6} AS k", "id").groupBy("k")
    wide = wide.join(more.agg(F.max("id").alias(f"m{n}")), "k")
wide.collect()
spark.stop()
