"""``sparkglass-api`` answers about a log as the History Server of the Spark that wrote it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from history_server import NOT_OF_ONE_APPLICATION, HistoryServer, paths_of
from kernels import ROOT, session

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
spark.range(1000).selectExpr("id % 5 AS key", "id").groupBy("key").sum("id").collect()
spark.stop()
"""


@pytest.fixture(scope="module")
def logs(python: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one log."""
    folder = tmp_path_factory.mktemp("log")
    options = {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": folder.as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.logBlockUpdates.enabled": "true",
        "spark.eventLog.logStageExecutorMetrics": "true",
        "spark.my.token": "a-secret-token",
    }
    program = folder.parent / f"{folder.name}.py"
    program.write_text(session("local[2,3]", options) + PROGRAM)
    subprocess.run([python, str(program)], check=True, timeout=300)
    return folder


@pytest.fixture(scope="module")
def server(python: str, logs: Path) -> Iterator[HistoryServer]:
    """The History Server of the same Spark."""
    where = "import pyspark; print(pyspark.__path__[0])"
    home = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip()
    with HistoryServer(Path(home), logs) as server:
        yield server


def ours(logs: Path, path: str) -> dict[str, object]:
    """What the command answers, as ``HistoryServer.answer`` tells it."""
    command = ["node", str(ROOT / "lib" / "api" / "cli.js"), "--logs", str(logs), path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode == 0:
        return {"status": 200, "body": json.loads(done.stdout)}
    assert done.returncode == 1, done.stderr
    status, _, message = done.stderr.removesuffix("\n").partition(" ")
    return {"status": int(status), "message": message}


def test_answers(server: HistoryServer, logs: Path) -> None:
    [application] = server.answer("applications")["body"]
    paths = [*NOT_OF_ONE_APPLICATION, *paths_of(server, application["id"], True)]
    assert len(paths) > 90
    differing = {}
    for path in paths:
        theirs = server.answer(path)
        answered = ours(logs, path)
        if theirs.get("message", "") is None:
            # A page of the server, which is not Spark's own words.
            theirs["message"] = answered.get("message")
        if answered != theirs:
            differing[path] = (answered, theirs)
    assert differing == {}


def test_says_how_it_is_used(logs: Path) -> None:
    done = subprocess.run(["node", str(ROOT / "lib" / "api" / "cli.js"), "version"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "--logs DIR PATH" in done.stderr
