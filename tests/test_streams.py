"""Streaming queries: their progress reaches the page as Spark says it, and they are stopped while a cell waits for them."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator

import pytest
from frame_reader import decode
from kernels import Kernel, session
from wire import PATIENCE

STREAM = "org.apache.spark.sql.streaming.StreamingQueryListener$Query"
START = """
rates = spark.readStream.format('rate').option('rowsPerSecond', 50).load()
writer = rates.writeStream.queryName('rates').format('noop').trigger(processingTime='200 milliseconds')
query = writer.start()
print(query.runId)
"""
SAID = """
import json
print(json.dumps([query.isActive, query.exception(), [json.loads(one.json()) for one in query._jsq.recentProgress()]]))
"""


@pytest.fixture(scope="module")
def streaming(python: str) -> Iterator[Kernel]:
    kernel = Kernel(python)
    kernel.attach()
    kernel.ok(session("local[2]"), "session")
    yield kernel
    kernel.stop()


def test_a_query_is_stopped_while_a_cell_waits_for_it(streaming: Kernel) -> None:
    run_id = streaming.ok(START, "start").text.strip()
    waiting = streaming.send("query.awaitTermination(100)", "wait")
    streaming.wait_for(lambda story: len(story.events(f"{STREAM}ProgressEvent")) > 4)
    reply, _ = streaming.request("cancel", application=0, query=run_id)
    assert reply["cancelled"] == 1
    began = time.monotonic()
    assert streaming.wait(waiting, timeout=PATIENCE).status == "ok"
    assert time.monotonic() - began < 60

    is_active, exception, said = json.loads(streaming.ok(SAID, "said").text)
    assert not is_active and exception is None
    story = streaming.settle("said")
    progress = [e["progress"] for e in story.events(f"{STREAM}ProgressEvent")]
    ours = {one["batchId"]: sum(s["numInputRows"] for s in one["sources"]) for one in progress}
    ran = {one["batchId"]: one["numInputRows"] for one in said if "addBatch" in one["durationMs"]}
    assert ours == ran and len(ran) > 4
    ended = story.events(f"{STREAM}TerminatedEvent")
    assert [(e["runId"], e.get("exception")) for e in ended] == [(run_id, None)]


def test_jobs_of_batches_name_query_batch_and_cell(streaming: Kernel) -> None:
    jobs = streaming.settle("said").events("JobStart")
    batches = [job["Properties"] for job in jobs if "sql.streaming.queryId" in job["Properties"]]
    assert batches
    assert all(b["sparkglass.cell"].startswith("start/") and b["streaming.sql.batchId"].isdigit() for b in batches)


FAST = """
rates = spark.readStream.format('rate').option('rowsPerSecond', 20).load()
fast = [rates.writeStream.queryName(f'fast {n}').format('noop').start() for n in range(2)]
"""
JOB = "spark.range(0, 20, 1, 2).write.format('noop').mode('overwrite').save()"


@pytest.fixture
def fast_streams(streaming: Kernel) -> Iterator[Kernel]:
    """Two queries that begin a batch when one ends."""
    streaming.ok(FAST, "fast")
    streaming.wait_for(lambda story: len(story.events(f"{STREAM}ProgressEvent")) > 20)
    yield streaming
    streaming.ok("for query in fast: query.stop()", "stop fast")


def test_batches_are_gathered_into_two_frames_a_second(fast_streams: Kernel) -> None:
    first, batches = len(fast_streams.pushes), len(fast_streams.story.events(f"{STREAM}ProgressEvent"))
    fast_streams.wait_for(lambda story: len(story.events(f"{STREAM}ProgressEvent")) > batches + 60)
    sent = [push.sent for push in fast_streams.pushes[first:]]
    seconds = sent[-1] - sent[0]
    assert len(sent) - 1 <= 2.5 * seconds + 2, f"{len(sent)} frames in {seconds:.1f} s"


def test_a_cell_beside_fast_streams_is_told_at_once(fast_streams: Kernel) -> None:
    delays = []
    for n in range(9):
        first = len(fast_streams.pushes)
        fast_streams.ok(JOB, f"beside {n}")
        fast_streams.settle(f"beside {n}")
        for push in fast_streams.pushes[first:]:
            ends = [e for e in decode(push.frame).events if e["Event"] == "SparkglassCellEnd"]
            delays += [push.sent * 1000 - end["Time"] for end in ends if end["Run ID"].startswith(f"beside {n}/")]
        time.sleep(0.3 * n)  # for some time what comes after a job counts as of it
    assert len(delays) == 9
    assert statistics.median(delays) < 100, delays


# It notes what it has begun and what it has finished.
BY_FUNCTION = """
import time
begun, done = [], []
def slow(frame, number):
    begun.append(number)
    time.sleep(0.5)
    frame.limit(5).collect()
    done.append(number)
writer = rates.writeStream.foreachBatch(slow).trigger(processingTime='5 seconds')
by_function = writer.start()
print(by_function.runId)
"""


def test_a_function_of_foreach_batch_is_not_broken_off(streaming: Kernel) -> None:
    # Within a batch, Spark 4 would print a trace of 1,000 lines: a StackOverflowError of its own.
    for n in range(2):
        run_id = streaming.ok(BY_FUNCTION, f"by function {n}").text.strip()
        within = "while by_function.isActive and not (done and len(begun) > len(done)): time.sleep(0.01)"
        streaming.ok(within, f"within a batch {n}")
        reply, _ = streaming.request("cancel", application=0, query=run_id)
        assert reply["cancelled"] == 1
        said = "print(by_function.awaitTermination(60), by_function.exception(), begun == done)"
        ended = streaming.ok(said, f"ended {n}")
        assert ended.text.strip() == "True None True"
        assert "StackOverflow" not in ended.stderr + streaming.log


DSTREAMS = """
from pyspark.streaming import StreamingContext
ssc = StreamingContext(spark.sparkContext, 1)
numbers = ssc.queueStream([spark.sparkContext.parallelize(range(10), 2) for _ in range(3)])
counted = []
numbers.foreachRDD(lambda at, rdd: counted.append((int(at.timestamp() * 1000), rdd.count())))
numbers.map(lambda n: n * 2).pprint(1)
ssc.start()
"""


def test_jobs_of_dstreams_name_batch_operation_and_cell(streaming: Kernel) -> None:
    streaming.ok(DSTREAMS, "dstreams")
    key = "spark.streaming.internal."
    streaming.wait_for(
        lambda story: len({j["Properties"].get(f"{key}batchTime") for j in story.events("JobStart")} - {None}) >= 3
    )
    streaming.ok("ssc.stop(stopSparkContext=False, stopGraceFully=True)", "stop")
    counted = json.loads(streaming.ok("import json; print(json.dumps(counted))", "counted").text)
    jobs = [j["Properties"] for j in streaming.settle("counted").events("JobStart")]
    ours = [j for j in jobs if f"{key}batchTime" in j]
    assert all(j["sparkglass.cell"].startswith("dstreams/") for j in ours)
    assert {j[f"{key}outputOpId"] for j in ours} == {"0", "1"}
    with_rows = {str(at) for at, rows in counted if rows == 10}
    assert len(with_rows) == 3 and with_rows <= {j[f"{key}batchTime"] for j in ours}


def test_what_is_not_there_is_not_stopped(streaming: Kernel) -> None:
    reply, _ = streaming.request("cancel", application=0, query="00000000-0000-0000-0000-000000000000")
    assert reply["cancelled"] == 0
