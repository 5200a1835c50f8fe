"""The notebook that every mode runs: what its cells say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from modes import Mode

SESSION = """\
from pyspark.sql import SparkSession
builder = SparkSession.builder.master("local[2]").appName("bench")
builder = builder.config("spark.driver.memory", "1400m").config("spark.ui.showConsoleProgress", "false")
{prepare}spark = builder.getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
"""

# `range` and `count` of the Scala RDD: tasks that never leave the JVM, started by one call.
TOOLS = """\
import json, time
import psutil

_sc = spark.sparkContext
_java = psutil.Process(_sc._gateway.proc.pid)
_java = next((p for p in [_java, *_java.children(recursive=True)] if "java" in p.name()), _java)
_python = psutil.Process()

def _cpu(process):
    times = process.cpu_times()
    return times.user + times.system

def run_tasks(tasks):
    _sc._jsc.sc().range(0, tasks, 1, tasks).count()

def run_jobs(jobs, tasks):
    for _ in range(jobs):
        run_tasks(tasks)

def measured(action, *args):
    python, java, began, start = _cpu(_python), _cpu(_java), time.time(), time.perf_counter()
    action(*args)
    wall, returned = time.perf_counter() - start, time.time()
    print(json.dumps({"wall": wall, "began": began * 1000, "returned": returned * 1000,
                      "pythonCpu": _cpu(_python) - python, "javaCpu": _cpu(_java) - java}))
"""


@dataclass(frozen=True)
class Workload:
    """One cell whose cost is measured."""

    cell: str
    title: str
    source: str
    jobs: int
    tasks: int


TASKS_20K = Workload("tasks-20k", "20,000 tasks", "measured(run_tasks, 20000)", 1, 20_000)
JOBS_200 = Workload("jobs-200", "200 jobs of 4 tasks", "measured(run_jobs, 200, 4)", 200, 800)
TASKS_100K = Workload("tasks-100k", "100,000 tasks", "measured(run_tasks, 100000)", 1, 100_000)
WORKLOADS = (TASKS_20K, JOBS_200, TASKS_100K)

#: A shuffle, for the picture of its matrix.
SHUFFLE = Workload(
    "shuffle",
    "a shuffle of 64 × 64",
    "measured(lambda: spark.range(0, 64000, 1, 64).repartition(64, 'id').count())",
    2,
    129,
)

#: The cell that starts ten streams.
STREAMS_CELL = "streams"

# What the streams are, and what they say of themselves. A batch each a second, ten in all: what two cores can carry beside a page. One
# partition, so that a batch is one task. Their triggers differ by some ms, or Spark would fire all of them at each full second. Only
# batches whose trigger fired within the span are counted.
STREAMS = """\
def streams_start(queries=10, trigger_ms=1000):
    global _queries
    spark.conf.set("spark.sql.streaming.numRecentProgressUpdates", 100000)
    rates = spark.readStream.format("rate").option("rowsPerSecond", 20).option("numPartitions", 1).load()
    writers = [rates.writeStream.queryName(f"stream {i}").format("noop") for i in range(queries)]
    _queries = [
        writer.trigger(processingTime=f"{trigger_ms + 20 * i - 10 * (queries - 1)} milliseconds").start()
        for i, writer in enumerate(writers)
    ]

def streams_begin():
    global _began
    _began = (time.time(), _cpu(_python) + _cpu(_java))

def streams_end():
    global _span
    _span = (_began[0], time.time(), _cpu(_python) + _cpu(_java) - _began[1])

def streams_stop():
    for query in _queries:
        query.stop()

def streams_said():
    from datetime import datetime
    durations, told = [], {}
    for query in _queries:
        progress = [json.loads(one.json()) for one in query._jsq.recentProgress()]
        # A trigger without a batch is an idle event, which is no batch to anybody.
        ran = [one for one in progress if "addBatch" in one["durationMs"]]
        told[query.runId] = [len({one["batchId"] for one in ran}), sum(one["numInputRows"] for one in ran)]
        for one in ran:
            if _span[0] <= datetime.fromisoformat(one["timestamp"]).timestamp() <= _span[1]:
                durations.append(one["durationMs"]["triggerExecution"])
    return json.dumps({"durations": durations, "told": told, "seconds": _span[1] - _span[0], "cpu": _span[2]})
"""

#: A cell without Spark.
PLAIN = "x = 1"

COUNT = "spark.sparkContext._jsc.sc().range(0, n, 1, n).count()"

#: The cells of the notebook for Run All: what tells the Spark cells apart (each runs one job); None = a cell without Spark.
RUN_ALL = (2, None, 3, 4, None, 5)

#: After so many Run Alls the numbers of tasks come again.
RUN_ALL_ROUNDS = 6


def run_all_tasks(cell: int, run_all: int) -> int:
    """How many tasks a Spark cell of the Run All notebook runs, the ``run_all``-th time (from 0) in its kernel."""
    return cell + 4 * (run_all % RUN_ALL_ROUNDS)


def _code(cell: str, source: str) -> dict[str, object]:
    return {"id": cell, "cell_type": "code", "execution_count": None, "metadata": {}, "source": source, "outputs": []}


def _write(path: Path, cells: list[dict[str, object]]) -> None:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.write_text(
        json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
    )


def session_source(mode: Mode) -> str:
    """The cell that makes the session, with what a mode asks of its users."""
    return SESSION.format(prepare=mode.prepare)


def write_workloads(path: Path, mode: Mode) -> None:
    """The notebook for everything but Run All."""
    cells = [_code("session", session_source(mode)), _code("tools", TOOLS), _code("plain", PLAIN)]
    cells += [_code(workload.cell, workload.source) for workload in (*WORKLOADS, SHUFFLE)]
    _write(path, [*cells, _code(STREAMS_CELL, "streams_start()")])


def write_run_all(path: Path, mode: Mode) -> None:
    """A notebook of short cells that Run All starts back to back."""
    session = session_source(mode) + f"run_all = (globals().get('run_all', -1) + 1) % {RUN_ALL_ROUNDS}\n"
    cells = [_code("session", session)]
    for i, cell in enumerate(RUN_ALL):
        source = PLAIN if cell is None else f"n = {cell} + 4 * run_all\n{COUNT}"
        cells.append(_code(f"cell-{i}", source))
    _write(path, cells)
