"""``sparkglass-api`` answers about a log as the History Server of the Spark that wrote it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from history_server import GENERAL, NOT_OF_ONE_APPLICATION, HistoryServer, paths_of
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
sc.parallelize(range(2), 2).map(lambda n: b"x" * 2_000_000).collect()  # too large to come with the tasks' ends
spark.range(1000).selectExpr("id % 5 AS key", "id").groupBy("key").sum("id").collect()
spark.stop()
"""


def renamed(line: str, application: str, attempt: str | None) -> str:
    """A line of a log as it would be in a log of another application, or of an attempt at one as YARN counts them."""
    event = json.loads(line)
    if event["Event"] == "SparkListenerApplicationStart":
        event["App ID"] = application
        if attempt:
            event["App Attempt ID"] = attempt
            event["Timestamp"] += int(attempt)
    return json.dumps(event, separators=(",", ":"))


@pytest.fixture(scope="module")
def logs(python: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a log, the same as two attempts at one application, and the same as far as it was while the last job ran."""
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
    [log] = folder.glob("local-*")
    lines = log.read_text(encoding="utf-8").splitlines()
    for attempt in ("1", "2"):
        text = "".join(renamed(line, "tried", attempt) + "\n" for line in lines)
        (folder / f"tried_{attempt}").write_text(text, encoding="utf-8")
    last = max(number for number, line in enumerate(lines) if line.startswith('{"Event":"SparkListenerTaskEnd"'))
    text = "".join(renamed(line, "running", None) + "\n" for line in lines[:last])
    (folder / "running.inprogress").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(python: str, logs: Path) -> Iterator[HistoryServer]:
    """The History Server of the same Spark."""
    where = "import pyspark; print(pyspark.__path__[0])"
    home = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip()
    with HistoryServer(Path(home), logs) as server:
        yield server


def ours(logs: Path, path: str) -> dict[str, Any]:
    """What the command answers, as ``HistoryServer.answer`` tells it."""
    command = ["node", str(ROOT / "lib" / "api" / "cli.js"), "--logs", str(logs), path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode == 0:
        return {"status": 200, "body": json.loads(done.stdout)}
    assert done.returncode == 1, done.stderr
    status, _, message = done.stderr.removesuffix("\n").partition(" ")
    return {"status": int(status), "message": message}


def differing(server: HistoryServer, logs: Path, paths: list[str], steady: Callable[[Any], Any]) -> dict[str, object]:
    """The paths that are answered differently, and how; ``steady`` is what of an answer does not depend on when it was asked for."""
    found = {}
    for path in paths:
        theirs = server.answer(path)
        answered = ours(logs, path)
        if theirs.get("message", "") is None:
            # A page of the server, which is not Spark's own words.
            theirs["message"] = answered.get("message")
        if steady(answered) != steady(theirs):
            found[path] = (steady(answered), steady(theirs))
    return found


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


def without_clock(answer: Any) -> Any:
    """An answer without what a History Server counts up to the time at which it last looked, or is asked."""
    if isinstance(answer, list):
        return [without_clock(item) for item in answer]
    if not isinstance(answer, dict):
        return answer
    kept = {name: without_clock(value) for name, value in answer.items()}
    if kept.get("completed") is False:
        del kept["lastUpdated"], kept["lastUpdatedEpoch"]
    if kept.get("status") == "RUNNING" and "taskLocality" in kept:
        kept.pop("duration", None)
    if kept.get("id") == "driver" and "totalDuration" in kept:
        del kept["totalDuration"]
    return kept


def test_says_how_it_is_used(logs: Path) -> None:
    done = subprocess.run(["node", str(ROOT / "lib" / "api" / "cli.js"), "version"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "--logs DIR PATH" in done.stderr
