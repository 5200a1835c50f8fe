"""``sparkglass-api`` answers about SQL executions as the History Server of the Spark that ran them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from compared import differing, spark_home, without_clock, write_log, write_renamed
from history_server import HistoryServer, sql_paths_of

pytestmark = pytest.mark.spark

PROGRAM = """
import tempfile
from pathlib import Path
from pyspark import TaskContext
from pyspark.sql import functions as F

folder = tempfile.mkdtemp()
local = sc.getConf().get("spark.local.dir")
spark.conf.set("spark.sql.shuffle.partitions", "5")

@F.udf("long", useArrow=False)
def shaky(n):
    context = TaskContext.get()
    if context.partitionId() == 1 and context.attemptNumber() == 0 and n % 10 == 7:
        raise ValueError("not yet")
    return n

@F.udf("long", useArrow=False)
def broken(n):
    raise ValueError("never")

@F.udf("long", useArrow=False)
def careless(n):
    mark = Path(local, "careless")
    if not mark.exists():
        mark.touch()
        for file in Path(local).glob("**/shuffle_*"):
            file.unlink()
    return n

people = spark.range(0, 1000, 1, 3).selectExpr("id", "id % 7 AS team", "id * 1.5 AS score")
teams = spark.range(7).selectExpr("id AS team", "concat('team ', id) AS name")
people.groupBy("team").agg(F.sum("score"), F.count("*")).orderBy("team").collect()
people.join(F.broadcast(teams), "team").filter("score > 30").count()
spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
people.join(teams, "team").groupBy("name").count().collect()
spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "10000")
people.join(teams.filter("team < 3"), "team").collect()  # planned as a sort-merge join, run as a broadcast one
spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
sums = people.groupBy("team").agg(F.sum("score").alias("total"))
sums.join(sums.withColumnRenamed("total", "again"), "team").collect()  # the exchange is used twice
people.createOrReplaceTempView("people")
spark.sql("SELECT * FROM people WHERE score > (SELECT avg(score) FROM people) AND id < (SELECT max(id) FROM people)").collect()
spark.conf.set("spark.sql.adaptive.enabled", "false")
spark.sql("SELECT team, count(*), (SELECT avg(score) FROM people), (SELECT avg(score) + 1 FROM people) FROM people GROUP BY team").collect()
sums.join(sums.withColumnRenamed("total", "again"), "team").collect()
spark.range(0, 100, 1, 1).repartition(8).agg(F.sum(careless("id"))).collect()  # its map stage runs twice
spark.conf.set("spark.sql.adaptive.enabled", "true")
for n in range(6):  # more stages and jobs than a small set of Scala's holds
    sums = sums.join(people.groupBy((F.col("id") % (n + 9)).alias("team")).agg(F.max("score").alias(f"max{n}")), "team")
sums.collect()
people.cache()
people.count()
people.groupBy("team").count().collect()
people.unpersist()
people.write.partitionBy("team").parquet(folder + "/people")
spark.read.parquet(folder + "/people").filter("team = 3 AND score > 100").count()
spark.range(0, 100, 1, 3).select(shaky("id").alias("id")).groupBy("id").count().count()
for query in (
    lambda: spark.range(0, 10, 1, 2).select(broken("id")).groupBy().count().collect(),
    lambda: spark.range(0, 10, 1, 2).select(broken("id").alias("id")).groupBy("id").count().collect(),
    lambda: spark.sql("SELECT raise_error('no')").collect(),
    lambda: spark.sql("SELECT nothing FROM people"),
    lambda: spark.range(5).write.parquet(folder + "/people"),
):
    try:
        query()
    except Exception as error:
        print("failed as it should:", type(error).__name__)
spark.range(0, 1000, 1, 4).repartitionByRange(3, "id").sortWithinPartitions("id").collect()  # samples in a job of its own
spark.range(0, 100, 1, 2).repartition(40).selectExpr("sum(id)").collect()
people.limit(3).show()
spark.createDataFrame([(1, "a")], "id int, word string").show()
spark.sql("SHOW TABLES").show()
people.createOrReplaceTempView("people")
spark.sql("CACHE TABLE kept AS SELECT team, count(*) AS n FROM people GROUP BY team")
spark.sql("SELECT * FROM kept WHERE n > 3").collect()
spark.range(3).filter("id > 5").join(people, "id").collect()  # empty
stream = spark.readStream.schema("id long, score double").parquet(folder + "/people")
query = (
    stream.groupBy("id").count().writeStream.format("memory").queryName("counts").outputMode("complete")
    .trigger(availableNow=True).option("checkpointLocation", folder + "/checkpoint").start()
)
query.awaitTermination()
spark.sql("SELECT * FROM counts ORDER BY id LIMIT 3").collect()
spark.stop()
"""

# Where the same log is cut, as shares of its lines: executions that run, in all their states.
CUTS = (0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95)


@pytest.fixture(scope="module")
def logs(python: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a log, the same as far as it was at several times, and the same without the ends of executions."""
    folder = tmp_path_factory.mktemp("sql")
    local = tmp_path_factory.mktemp("local")
    lines = write_log(python, folder, PROGRAM, {"spark.local.dir": str(local)})
    for cut in CUTS:
        name = f"cut-{round(cut * 100)}"
        write_renamed(folder / f"{name}.inprogress", lines[: round(len(lines) * cut)], name)
    write_renamed(
        folder / "endless", (line for line in lines if "SparkListenerSQLExecutionEnd" not in line[:100]), "endless"
    )
    return folder


@pytest.fixture(scope="module")
def server(python: str, logs: Path) -> Iterator[HistoryServer]:
    """The History Server of the same Spark."""
    with HistoryServer(spark_home(python), logs) as server:
        yield server


def test_answers(server: HistoryServer, logs: Path) -> None:
    [finished] = [path.name for path in logs.glob("local-*")]
    paths = list(sql_paths_of(server, finished))
    assert len(paths) > 40
    assert differing(server, logs, paths, lambda answer: answer) == {}


def test_running(server: HistoryServer, logs: Path) -> None:
    """Executions that have not ended: how long they run is how long ago they began, and differs."""
    names = [f"cut-{round(cut * 100)}" for cut in CUTS]
    paths = [f"applications/{name}/sql?length=1000" for name in [*names, "endless"]]
    assert differing(server, logs, paths, without_clock) == {}
