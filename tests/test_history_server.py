"""``sparkglass-api`` answers about a log as the History Server of the Spark that wrote it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from compared import COMMAND, differing, spark_home, without_clock, write_log, write_renamed
from history_server import GENERAL, NOT_OF_ONE_APPLICATION, HistoryServer, paths_of

pytestmark = pytest.mark.spark

PROGRAM = """
from pyspark import StorageLevel, TaskContext

def shaky(rows):
    context = TaskContext.get()
    if context.partitionId() == 1 and context.attemptNumber() == 0:
        raise ValueError("not yet")
    return rows

def broken(rows):
    raise ValueError("never")

pairs = sc.parallelize(range(100), 4).map(lambda n: (n % 7, n))
sums = pairs.reduceByKey(lambda a, b: a + b, 3)
sums.count()
sums.count()  # its map stage is skipped
sc.setJobGroup("reports", "the weekly report")
sc.parallelize(range(20), 2).mapPartitions(shaky).count()
kept = sc.parallelize(range(100), 2).persist(StorageLevel.MEMORY_AND_DISK)
kept.count()
try:
    sc.parallelize(range(4), 2).mapPartitions(broken).count()
except Exception as error:
    print("failed as it should:", type(error).__name__)
sc.parallelize(range(2), 2).map(lambda n: b"x" * 2_000_000).collect()  # too large to come with the tasks' ends
spark.range(1000).selectExpr("id % 5 AS key", "id").groupBy("key").sum("id").collect()
spark.stop()
"""


@pytest.fixture(scope="module")
def logs(python: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a log, the same as two attempts at one application, and the same as far as it was while the last job ran."""
    folder = tmp_path_factory.mktemp("log")
    lines = write_log(python, folder, PROGRAM)
    for attempt in ("1", "2"):
        write_renamed(folder / f"tried_{attempt}", lines, "tried", attempt)
    last = max(number for number, line in enumerate(lines) if line.startswith('{"Event":"SparkListenerTaskEnd"'))
    write_renamed(folder / "running.inprogress", lines[:last], "running")
    return folder


@pytest.fixture(scope="module")
def server(python: str, logs: Path) -> Iterator[HistoryServer]:
    """The History Server of the same Spark."""
    with HistoryServer(spark_home(python), logs) as server:
        yield server


def test_answers(server: HistoryServer, logs: Path) -> None:
    [finished] = [path.name for path in logs.glob("local-*")]
    paths = list(paths_of(server, finished, True))
    assert len(paths) > 80
    assert differing(server, logs, paths, lambda answer: answer) == {}


def test_attempts(server: HistoryServer, logs: Path) -> None:
    paths = [
        f"applications/tried{path}" for path in ("", "/1", "/2", "/3", "/jobs", "/3/jobs", "/1/2/jobs", "/1/nothing")
    ]
    paths += [f"applications/tried/2{path}" for path in GENERAL]
    assert differing(server, logs, paths, lambda answer: answer) == {}


def test_running(server: HistoryServer, logs: Path) -> None:
    """Lists too: one of their applications has not ended. When it was looked at is in the answers; the rest must be equal."""
    paths = [*NOT_OF_ONE_APPLICATION, *paths_of(server, "running", False)]
    assert server.answer("applications/running/stages?status=active")["body"] != []
    assert differing(server, logs, paths, without_clock) == {}


def test_says_how_it_is_used(logs: Path) -> None:
    done = subprocess.run(["node", str(COMMAND), "version"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "--logs DIR PATH" in done.stderr
