"""Cells of DataFrames with the faults that the advice knows, and the same cells repaired: see `faults.py`."""

import os
from pathlib import Path

from cells import cell
from pyspark.sql import functions as F
from session import start

spark = start("faulty queries", "local[4]")
sc = spark.sparkContext
local = Path(os.environ["FIXTURE_LOCAL"])

# Nobody's cells: files come to be.
lines = str(local / "lines")
spark.range(0, 3_000_000, 1, 4).selectExpr("id", "id % 97 AS team", "id * 0.5 AS score").write.csv(lines)
for folder, files, rows in (("small", 600, 20), ("large", 4, 3000)):
    (local / folder).mkdir()
    for number in range(files):
        text = "".join(f"{row},{number},{row * 0.5}\n" for row in range(rows))
        (local / folder / f"part-{number}.csv").write_text(text)
SCHEMA = "id LONG, team LONG, score DOUBLE"

spark.conf.set("spark.sql.adaptive.enabled", "false")
groups = spark.range(0, 40_000, 1, 4).groupBy((F.col("id") % 1000).alias("key")).count()
for name, partitions in (("fault", 600), ("mended", 8)):
    spark.conf.set("spark.sql.shuffle.partitions", partitions)
    with cell(sc, f"tinyTasks/{name}"):
        groups.agg(F.max("count")).collect()
spark.conf.set("spark.sql.adaptive.enabled", "true")
spark.conf.set("spark.sql.shuffle.partitions", 4)

with cell(sc, "rereadSource/fault"):
    scores = spark.read.schema(SCHEMA).csv(lines)
    scores.filter("score > 10").count()
    scores.groupBy("team").count().collect()
    scores.agg(F.avg("score")).collect()
with cell(sc, "rereadSource/mended"):
    scores = spark.read.schema(SCHEMA).csv(lines).cache()
    scores.filter("score > 10").count()
    scores.groupBy("team").count().collect()
    scores.agg(F.avg("score")).collect()
    scores.unpersist(True)

with cell(sc, "unusedCache/fault"):
    kept = spark.range(0, 2_000_000, 1, 4).selectExpr("id", "xxhash64(id) AS hash").cache()
    kept.count()
    kept.unpersist(True)
with cell(sc, "unusedCache/mended"):
    kept = spark.range(0, 2_000_000, 1, 4).selectExpr("id", "xxhash64(id) AS hash").cache()
    kept.count()
    kept.filter("hash > 0").count()
    kept.unpersist(True)

left = spark.range(0, 4000, 1, 4).selectExpr("id AS a", "id % 100 AS key")
right = spark.range(0, 4000, 1, 4).selectExpr("id AS b", "id % 100 AS other")
with cell(sc, "cartesian/fault"):
    left.crossJoin(right).filter("a < b").count()
spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
with cell(sc, "cartesian/fault without broadcast"):
    left.crossJoin(right).filter("a < b").count()
spark.conf.unset("spark.sql.autoBroadcastJoinThreshold")
with cell(sc, "cartesian/mended"):
    left.join(right, F.expr("key = other")).filter("a < b").count()

numbers = spark.range(0, 400_000, 1, 4).select(*(F.rand(n).alias(f"x{n}") for n in range(12)))
with cell(sc, "bigCollect/fault"):
    print(len(numbers.collect()))
with cell(sc, "bigCollect/fault with pandas"):
    print(len(numbers.toPandas()))
with cell(sc, "bigCollect/mended"):
    print(len(numbers.agg(*(F.avg(name) for name in numbers.columns)).collect()))

names = spark.range(0, 400_000, 1, 4).selectExpr("concat('name ', id) AS name")
with cell(sc, "pythonUdf/fault"):
    upper = F.udf(lambda text: text.upper(), "string")
    names.select(F.max(upper("name"))).collect()
with cell(sc, "pythonUdf/mended"):
    names.select(F.max(F.upper("name"))).collect()

sales = spark.range(0, 4_000_000, 1, 4).selectExpr("id % 1000 AS shop", "id * 0.5 AS price", "repeat('x', 20) AS note")
shops = spark.range(0, 1000, 1, 2).selectExpr("id AS shop", "concat('town ', id % 20) AS town")
spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
with cell(sc, "broadcast/fault"):
    sales.join(shops, "shop").groupBy("town").agg(F.sum("price"), F.sum(F.length("note"))).collect()
with cell(sc, "broadcast/mended"):
    sales.join(F.broadcast(shops), "shop").groupBy("town").agg(F.sum("price"), F.sum(F.length("note"))).collect()
spark.conf.unset("spark.sql.autoBroadcastJoinThreshold")

with cell(sc, "smallFiles/fault"):
    spark.read.schema(SCHEMA).csv(str(local / "small")).groupBy("id").count().collect()
with cell(sc, "smallFiles/mended"):
    spark.read.schema(SCHEMA).csv(str(local / "large")).groupBy("id").count().collect()
days = spark.range(0, 80_000, 1, 8).selectExpr("id", "id % 40 AS day")
with cell(sc, "smallFiles/fault of writing"):
    days.write.partitionBy("day").parquet(str(local / "days"))
with cell(sc, "smallFiles/mended writing"):
    days.repartition("day").write.partitionBy("day").parquet(str(local / "days again"))

spark.stop()
