"""Runs what most tests have a driver do, and ends it in peace: the JVM then archives the classes that it has loaded (class-archive.mjs)."""

import tempfile
import time

from pyspark.sql import SparkSession, functions

with tempfile.TemporaryDirectory() as folder:
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.eventLog.enabled", "true")
        .config("spark.eventLog.dir", folder)
        .getOrCreate()
    )
    sc = spark.sparkContext
    sc.parallelize(range(10), 2).map(lambda i: (i % 2, i)).groupByKey().count()

    rows = spark.range(100).withColumn("key", functions.col("id") % 3)
    rows.cache().groupBy("key").count().join(rows, "key").orderBy("id").collect()
    rows.write.parquet(f"{folder}/rows")
    spark.read.parquet(f"{folder}/rows").createOrReplaceTempView("kept")
    spark.sql("select key, count(distinct id) from kept group by key").collect()
    spark.createDataFrame([(1, "a")], ["id", "name"]).toPandas()

    def look(batch, number):
        batch.count()

    stream = spark.readStream.format("rate").option("rowsPerSecond", 50).load()
    counted = stream.withWatermark("timestamp", "1 second").groupBy(functions.window("timestamp", "1 second")).count()
    queries = [
        stream.writeStream.foreachBatch(look).option("checkpointLocation", f"{folder}/1").start(),
        counted.writeStream.format("memory").queryName("counted").outputMode("update").start(),
    ]
    for query in queries:
        while not query.lastProgress or query.lastProgress["batchId"] < 2:
            assert query.isActive, query.exception()
            time.sleep(0.1)
        query.stop()

    jvm = sc._gateway.proc
    spark.stop()
    # It ends when nobody is left to tell it anything, and archives then.
    jvm.stdin.close()
    jvm.wait(300)
