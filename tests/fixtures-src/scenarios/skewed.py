"""One key has seven rows in ten: joins without and with adaptive execution, salted, and keys of many kinds."""

from pyspark.sql import functions as F
from session import start

spark = start("skewed", "local[2]", sql_shuffle_partitions="8")
sc = spark.sparkContext
spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
events = spark.range(0, 60000, 1, 4).selectExpr("if(id % 10 < 7, 0L, id % 97) AS key", "id AS value")
names = spark.range(97).selectExpr("id AS key", "concat('name ', id) AS name")

spark.conf.set("spark.sql.adaptive.enabled", "false")
events.join(names, "key").groupBy().agg(F.max("value"), F.max("name")).collect()
salted = events.withColumn("salt", F.col("value") % 8)
salts = names.crossJoin(spark.range(8).withColumnRenamed("id", "salt"))
salted.join(salts, ["key", "salt"]).groupBy().agg(F.max("value"), F.max("name")).collect()

spark.conf.set("spark.sql.adaptive.enabled", "true")
spark.conf.set("spark.sql.adaptive.advisoryPartitionSizeInBytes", "60k")
spark.conf.set("spark.sql.adaptive.coalescePartitions.minPartitionSize", "1k")
spark.conf.set("spark.sql.adaptive.skewJoin.skewedPartitionFactor", "2")
spark.conf.set("spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes", "60k")
events.join(names, "key").groupBy().agg(F.max("value"), F.max("name")).collect()  # coalesced, and the crowded one split

odd = events.withColumnRenamed("key", "my key").withColumnRenamed("value", "a.b")
odd.groupBy("my key", "`a.b`").count().groupBy().agg(F.sum("count")).collect()
events.groupBy(F.col("value") % 7).agg(F.collect_list("key")).selectExpr("1").collect()
events.repartitionByRange(3, "key").groupBy(F.spark_partition_id()).count().collect()
sc.parallelize(range(4000), 4).map(lambda i: (0 if i % 10 < 7 else i, i)).groupByKey(6).mapValues(len).collect()
spark.stop()
