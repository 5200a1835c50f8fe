"""Spark reads from a real Kafka broker: rows, and what waits in each partition, as Spark says them; also after a kill and a restart."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from kafka_broker import Kafka, kafka
from kernels import Kernel, session
from model_streams import model_streams

pytestmark = pytest.mark.spark

# A quarter of the rows in one partition, three in the other; a batch takes 256 of both in that proportion.
ROWS = {"0": 256, "1": 768}
FILL = """
for partition, rows in {rows!r}.items():
    values = spark.range(rows).selectExpr('CAST(id AS STRING) AS value', f'{{partition}} AS partition')
    values.write.format('kafka').option('kafka.bootstrap.servers', {address!r}).option('topic', {topic!r}).save()
"""
START = """
import time
from pathlib import Path

folder, held = Path('kept').absolute(), Path('held')

def keep(rows, batch):
    rows.selectExpr('partition', 'CAST(value AS STRING) AS value').write.mode('overwrite').parquet(f'{{folder}}/rows/batch={{batch}}')
    while batch == {hold}:
        held.touch()
        time.sleep(0.05)

numbers = (
    spark.readStream.format('kafka')
    .option('kafka.bootstrap.servers', {address!r})
    .option('subscribe', {topic!r})
    .option('startingOffsets', 'earliest')
    .option('maxOffsetsPerTrigger', 256)
    .load()
)
query = numbers.writeStream.queryName('numbers').foreachBatch(keep).option('checkpointLocation', f'{{folder}}/checkpoint').start()
"""
# The cell ends in the middle of a batch.
HOLD = """
while not held.exists() and query.isActive:
    time.sleep(0.05)
assert query.isActive, query.exception()
"""
FINISH = """
query.processAllAvailable()
query.stop()
"""
SAID = """
import json
print(json.dumps([str(query.id), str(query.runId), [json.loads(one.json()) for one in query._jsq.recentProgress()]]))
"""
COUNT = """
rows = spark.read.parquet(f'{folder}/rows')
print(json.dumps([rows.count(), rows.select('partition', 'value').distinct().count()]))
"""


@dataclass
class Run:
    """A run of the query: as Spark told it to the user, and as our model knows it."""

    id: str
    run_id: str
    progress: list[dict[str, Any]]
    ours: dict[str, Any]

    @property
    def batches(self) -> list[dict[str, Any]]:
        """The progress of what ran a batch: listeners hear of the rest as an idle event."""
        return [one for one in self.progress if "addBatch" in one["durationMs"]]


@dataclass
class Story:
    """A run that was killed in the middle of its third batch, the run after it, and the rows that were kept (all, and different ones)."""

    killed: Run
    restarted: Run
    kept: tuple[int, int]


@pytest.fixture(scope="module")
def broker() -> Iterator[Kafka]:
    with kafka() as running:
        yield running


def read(kernel: Kernel) -> Run:
    id, run_id, progress = json.loads(kernel.ok(SAID, "said").text)
    kernel.settle("said")
    (ours,) = model_streams(kernel)
    return Run(id, run_id, progress, ours)


@pytest.fixture(scope="module")
def story(broker: Kafka, kernel: Kernel, python: str) -> Story:
    newest = python == sys.executable
    topic = "numbers-newest" if newest else "numbers-spark35"
    code = session(options={"spark.jars": ",".join(broker.spark["4" if newest else "3.5"])})
    place = {"address": broker.address, "topic": topic}
    kernel.attach()
    kernel.ok(code, "session")
    kernel.ok(FILL.format(rows=ROWS, **place), "fill")
    kernel.ok(START.format(hold=2, **place), "start")
    kernel.ok(HOLD, "hold")
    killed = read(kernel)
    kernel.restart()
    kernel.attach()
    kernel.ok(code, "session")
    kernel.ok(START.format(hold=-1, **place), "start")
    kernel.ok(FINISH, "finish")
    restarted = read(kernel)
    return Story(killed, restarted, json.loads(kernel.ok(COUNT, "count").text))


def waiting(progress: dict[str, Any]) -> int | None:
    """The rows that were in the topic and not in the batch, by what Spark says of its offsets."""
    (source,) = progress["sources"]
    if not source["latestOffset"]:
        return None
    (latest,), (end,) = source["latestOffset"].values(), source["endOffset"].values()
    return sum(latest[partition] - end[partition] for partition in latest)


def test_rows_and_what_waits_are_what_spark_says(story: Story) -> None:
    for run in (story.killed, story.restarted):
        theirs = [
            {"batchId": one["batchId"], "inputRows": one["numInputRows"], "backlogRows": waiting(one)}
            for one in run.batches
        ]
        assert [{name: batch[name] for name in theirs[0]} for batch in run.ours["batches"]] == theirs
    assert [one["backlogRows"] for one in story.killed.ours["batches"]] == [768, 512]
    assert story.restarted.ours["batches"][-1]["backlogRows"] == 0


def test_offsets_are_told_for_each_partition(story: Story) -> None:
    (source,) = story.killed.ours["sources"]
    (ends,), (latest,) = json.loads(source["endOffset"]).values(), json.loads(source["latestOffset"]).values()
    assert (ends, latest) == ({"0": 128, "1": 384}, ROWS)


def test_after_a_kill_the_query_is_the_same_and_its_run_another(story: Story) -> None:
    killed, restarted = story.killed, story.restarted
    for run in (killed, restarted):
        assert (run.ours["id"], run.ours["runId"], run.ours["name"]) == (run.id, run.run_id, "numbers")
    assert restarted.id == killed.id and restarted.run_id != killed.run_id
    assert (killed.ours["status"], restarted.ours["status"]) == ("running", "stopped")


def test_a_batch_that_was_killed_is_read_again_and_no_row_twice(story: Story) -> None:
    batches = [one["batchId"] for run in (story.killed, story.restarted) for one in run.ours["batches"]]
    assert batches == [0, 1, 2, 3]
    rows = sum(one["inputRows"] for run in (story.killed, story.restarted) for one in run.ours["batches"])
    assert rows == sum(ROWS.values())
    assert story.kept == [rows, rows]
