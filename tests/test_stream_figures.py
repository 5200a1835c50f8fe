"""Ten queries at once: every number of every batch is what `recentProgress` says. And two queries with one checkpoint."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from kernels import Kernel, session
from model_streams import model_streams

pytestmark = pytest.mark.spark

# So long, and until each has some batches.
QUERIES, SECONDS, BATCHES = 10, 20, 3
# Their triggers differ by some ms, or Spark would fire all of them at each full second.
TEN = f"""
import json, time
rates = spark.readStream.format('rate').option('rowsPerSecond', 20).option('numPartitions', 1).load()
counted = rates.withWatermark('timestamp', '2 seconds').groupBy('timestamp').count().coalesce(1)
spark.conf.set('spark.sql.shuffle.partitions', 1)
ten = []
for n in range({QUERIES}):
    frame = counted if n == 0 else rates
    writer = frame.writeStream.queryName(f'stream {{n}}').format('noop').outputMode('append')
    ten.append(writer.trigger(processingTime=f'{{1000 + 20 * n}} milliseconds').start())
time.sleep({SECONDS})
for query in ten:
    while query._jsq.lastProgress() is None or query._jsq.lastProgress().batchId() < {BATCHES}:
        time.sleep(0.1)
for query in ten:
    query.stop()
"""
# Its JSON has the rates with one decimal only.
SAID = """
def progress_of(query):
    for one in query._jsq.recentProgress():
        rates = {'inputRate': one.inputRowsPerSecond(), 'processedRate': one.processedRowsPerSecond()}
        yield {**json.loads(one.json()), **rates}
print(json.dumps({str(query.runId): list(progress_of(query)) for query in ten}))
"""


@pytest.fixture(scope="module")
def streams(kernel: Kernel) -> Iterator[Kernel]:
    kernel.attach()
    kernel.ok(session(options={"spark.sql.streaming.numRecentProgressUpdates": "10000"}), "session")
    yield kernel


def ms(text: str) -> float:
    return datetime.fromisoformat(text).timestamp() * 1000


def rate(value: float) -> float | None:
    return value if math.isfinite(value) else None


def theirs(progress: dict[str, Any]) -> dict[str, Any]:
    """What Spark says of a batch, by the names of our columns."""
    duration, states, times = progress["durationMs"], progress["stateOperators"], progress.get("eventTime", {})
    rows = {
        "batchId": progress["batchId"],
        "time": ms(progress["timestamp"]),
        "durationMs": duration["triggerExecution"],
        "inputRows": progress["numInputRows"],
        "inputRate": rate(progress["inputRate"]),
        "processedRate": rate(progress["processedRate"]),
        "eventTimeMin": ms(times["min"]) if "min" in times else None,
        "eventTimeMax": ms(times["max"]) if "max" in times else None,
        # Before the first rows Spark says 1970.
        "watermark": (ms(times["watermark"]) or None) if "watermark" in times else None,
        "stateRows": sum(one["numRowsTotal"] for one in states),
        "stateBytes": sum(one["memoryUsedBytes"] for one in states),
        "removedRows": sum(one["numRowsRemoved"] for one in states),
        "lateRows": sum(one["numRowsDroppedByWatermark"] for one in states),
    }
    for part in ("latestOffset", "getBatch", "queryPlanning", "walCommit", "addBatch", "commitOffsets"):
        rows[f"{part}Ms"] = duration.get(part, 0)
    return rows


def test_ten_queries_say_what_recent_progress_says(streams: Kernel) -> None:
    streams.ok(TEN, "ten")
    said = json.loads(streams.ok(SAID, "said").text)
    streams.settle("said")
    ours = {query["runId"]: query["batches"] for query in model_streams(streams)}
    assert set(ours) == set(said) and len(said) == QUERIES
    for run_id, progress in said.items():
        # Spark keeps a trigger without a batch in `recentProgress`, too; listeners hear of it as an idle event.
        ran = [theirs(one) for one in progress if "addBatch" in one["durationMs"]]
        assert len(ran) >= BATCHES
        assert [{name: batch[name] for name in ran[0]} for batch in ours[run_id]] == ran
    assert any(batch["watermark"] for batch in ours[next(iter(said))])


# Two threads start a query with one checkpoint at the same moment, while a third has it: until they have met, and one start has raised.
AT_ONCE = """
import tempfile, threading
from pathlib import Path

checkpoints = Path(tempfile.mkdtemp())
raised, queries = [], []

def begin(session, name, place):
    frame = session.readStream.format('rate-micro-batch').option('rowsPerBatch', 100).option('numPartitions', 1).load()
    return frame.writeStream.queryName(name).format('noop').option('checkpointLocation', str(checkpoints / place)).start()

def one_of_two(session, name, place, meet):
    meet.wait()
    try:
        queries.append(begin(session, name, place))
    except Exception as error:
        raised.append(str(error))

for turn in range(20):
    had = begin(spark, 'had it', str(turn))
    while had.lastProgress is None:
        time.sleep(0.05)
    meet = threading.Barrier(2)
    both = [(spark, 'one'), (spark.newSession(), 'other')]
    threads = [threading.Thread(target=one_of_two, args=(*who, str(turn), meet)) for who in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for query in queries:
        query.stop()
    if raised:
        break
print(json.dumps([raised[0], str(had.runId), str(queries[-1].runId), had.exception() is None]))
"""


def test_two_queries_on_one_checkpoint_are_advised_of(streams: Kernel) -> None:
    streams.ok("import json, time", "import")
    error, had, took, was_silent = json.loads(streams.ok(AT_ONCE, "at once").text)
    assert "CONCURRENT_QUERY" in error
    # The one that lost its checkpoint is told nothing by Spark: it looks as if somebody had stopped it.
    assert was_silent
    streams.settle("at once")
    ours = {query["runId"]: query for query in model_streams(streams)}
    assert ours[had]["id"] == ours[took]["id"] and ours[had]["status"] == "stopped"
    assert "sharedCheckpoint" in ours[had]["advised"] + ours[took]["advised"]
    others = [query for query in ours.values() if query["name"].startswith("stream ")]
    assert not any("sharedCheckpoint" in query["advised"] for query in others)
