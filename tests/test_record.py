"""The event log that the page records, in the History Server of the same Spark: it answers as about Spark's own log."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from compared import renamed
from history_server import HistoryServer
from kernels import ROOT, Kernel, session

pytestmark = pytest.mark.spark

CELLS = [
    """
def broken(rows):
    raise ValueError("never")

pairs = sc.parallelize(range(100), 4).map(lambda n: (n % 7, n))
sums = pairs.reduceByKey(lambda a, b: a + b, 3)
sums.count()
sums.count()  # its map stage is skipped
""",
    """
sc.setJobGroup("reports", "the weekly report")
kept = sc.parallelize(range(100), 2).cache()
kept.count()
try:
    sc.parallelize(range(4), 2).mapPartitions(broken).count()
except Exception as error:
    print("failed as it should:", type(error).__name__)
""",
    """
sc.setLocalProperty("spark.jobGroup.id", None)
sc.setLocalProperty("spark.job.description", None)
sc.parallelize(range(2), 2).map(lambda n: b"x" * 2_000_000).collect()  # too large to come with the tasks' ends
spark.range(1000).selectExpr("id % 5 AS key", "id").groupBy("key").sum("id").collect()
""",
]
# Not in what the listener sends: docs/protocol.md, section 2. Texts are cut there.
UNKNOWN = {
    "peakExecutorMetrics",
    "peakMemoryMetrics",
    "peakOnHeapExecutionMemory",
    "peakOffHeapExecutionMemory",
    "accumulatorUpdates",
    "executorLogs",
    "executorMetricsDistributions",
}


def known(answer: Any) -> Any:
    """An answer as far as the listener can know it."""
    if isinstance(answer, list):
        return [known(item) for item in answer]
    if isinstance(answer, dict):
        # Names may be texts, too: why a task was killed.
        kept = {name[:900]: known(value) for name, value in answer.items() if name not in UNKNOWN}
        # A set in Spark, in no order.
        return {**kept, "stageIds": sorted(kept["stageIds"])} if "stageIds" in kept else kept
    return answer[:900] if isinstance(answer, str) else answer


def differences(ours: Any, theirs: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two answers differ."""
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for number, (our, their) in enumerate(zip(ours, theirs, strict=True)):
            yield from differences(our, their, f"{where}[{number}]")
    elif isinstance(ours, dict) and isinstance(theirs, dict):
        for name in ours.keys() | theirs.keys():
            yield from differences(ours.get(name), theirs.get(name), f"{where}.{name}")
    elif ours != theirs:
        yield where, ours, theirs


def recorded(kernel: Kernel) -> list[str]:
    """The lines that the page writes of what this kernel says."""
    frames: list[str] = []
    start, last = 1, 1
    while start <= last:
        content, buffers = kernel.request("history", **{"from": start, "max": 1 << 21})
        frames += [base64.b64encode(buffer).decode() for buffer in buffers]
        start, last = content["next"], content["last"]
    command = ["node", str(ROOT / "tests" / "write_log.mjs")]
    done = subprocess.run(command, input=json.dumps(frames), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def run(kernel: Kernel, is_late: bool) -> None:
    """Some cells, and the application's end; attached before or after the jobs."""
    (kernel.folder / "log").mkdir()
    options = {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": (kernel.folder / "log").as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.logBlockUpdates.enabled": "true",
    }
    if not is_late:
        kernel.attach()
    kernel.ok(session("local[2]", options), "session")
    for number, code in enumerate(CELLS):
        kernel.ok(code, f"cell {number}")
    if is_late:
        kernel.attach()
        kernel.ok("sc.parallelize(range(4), 2).count()", "after")
        kernel.settle("after")
    kernel.ok("spark.stop()", "stop")
    kernel.wait_for(lambda story: story.events("ApplicationEnd"))


@pytest.mark.parametrize("is_late", [False, True], ids=["from the start", "attached late"])
def test_history_server_reads_it(python: str, start: Any, tmp_path: Path, is_late: bool) -> None:
    kernel = start()
    run(kernel, is_late)
    lines = recorded(kernel)
    [log] = (kernel.folder / "log").glob("local-*")
    (tmp_path / log.name).write_bytes(log.read_bytes())
    text = "".join(renamed(line, "recorded", None) + "\n" for line in lines)
    (tmp_path / "recorded").write_text(text, encoding="utf-8")
    names = [json.loads(line)["Event"] for line in lines]
    assert names[0] == "SparkListenerLogStart"
    assert names.count("SparkglassCellStart") == names.count("SparkglassCellEnd") > 0
    if not is_late:
        assert "SparkglassSqlMetrics" in names and "SparkglassShuffleRead" in names
    where = "import pyspark; print(pyspark.__path__[0])"
    home = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip()
    with HistoryServer(Path(home), tmp_path) as server:
        compare(server, log.name, is_late)


def compare(server: HistoryServer, spark: str, is_late: bool) -> None:
    """The answers about the two logs. The status store, which tells of the past, knows neither lineage nor the description of a stage."""
    base = "applications/recorded"
    stages = server.answer(f"applications/{spark}/stages")["body"]
    assert len(stages) > 5
    [theirs] = server.answer(f"applications/{spark}")["body"]["attempts"]
    [ours] = server.answer(base)["body"]["attempts"]
    for field in ("sparkUser", "completed", "appSparkVersion", "startTime"):
        assert ours[field] == theirs[field]
    paths = ["/jobs", "/stages"]
    for stage in stages:
        attempt = f"/stages/{stage['stageId']}/{stage['attemptId']}"
        paths += [f"{attempt}/taskList?length=100", f"{attempt}/taskSummary?quantiles=0,0.5,1"]
    for path in paths:
        ours, theirs = (known(server.answer(f"applications/{name}{path}")) for name in ("recorded", spark))
        found = list(differences(ours, theirs, path))
        if is_late:
            found = [
                difference for difference in found if difference[0].rpartition(".")[2] not in ("rddIds", "description")
            ]
        assert found == []
