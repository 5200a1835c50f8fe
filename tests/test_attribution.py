"""The cell that caused a job, in a kernel where the package is not installed: the page brings its files."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from frame_reader import Story, run_of
from kernels import ROOT, Kernel, session

FOLDER = ROOT / "sparkglass" / "kernel"
# What the page's code does: run inject.py in a scope of its own, hand it the files, call attach_json.
INJECT = """
(lambda scope: (__import__('builtins').exec({code!r}, scope), scope['RESULT'])[1])({{'__name__': '_sparkglass_inject', 'FILES': {files!r}}})
"""
ATTACH = "\nRESULT = install(FILES).attach_json(source=FILES['SparkglassListener.java'], max_rows=100000)"


def injection() -> str:
    files = {
        path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir() if path.suffix in (".py", ".java")
    }
    return INJECT.format(code=files["inject.py"] + ATTACH, files=files).strip()


@pytest.fixture(scope="module")
def injected(python: str) -> Iterator[Kernel]:
    """A kernel without the package, attached by the page before a session."""
    kernel = Kernel(python, is_installed=False)
    kernel.ok("import sys\nsys.modules['sparkglass'] = None", "block")
    names = kernel.evaluate("sorted(globals())")
    reply = json.loads(kernel.evaluate(injection()))
    assert (reply["attached"], reply["last"]) == (False, 1)
    assert kernel.evaluate("sorted(globals())") == names, "the user's names are the user's"
    kernel.ok(session(), "session")
    yield kernel
    kernel.stop()


pytestmark = pytest.mark.spark
JOB = "spark.range(0, 20, 1, 2).write.format('noop').mode('overwrite').save()"


def jobs_by_cell(story: Story, *cells: str) -> list[int]:
    return [len(story.jobs_of(cell)) for cell in cells]


def test_what_the_page_brought_is_what_runs(injected: Kernel) -> None:
    assert injected.evaluate("__import__('sys').modules['_sparkglass_kernel'].VERSION") == repr(
        json.loads((ROOT / "package.json").read_text())["version"]
    )
    assert json.loads(injected.evaluate(injection()))["attached"] is True, "a second page brings it in vain"
    injected.ok(JOB, "brought")
    assert jobs_by_cell(injected.settle("brought"), "brought") == [1]
    text = injected.evaluate(
        "__import__('linecache').getline('_sparkglass_kernel/cells.py', 1, vars(__import__('_sparkglass_kernel.cells', fromlist=['x'])))"
    )
    assert "Which cell is running" in text


def test_run_all_of_short_cells(injected: Kernel) -> None:
    cells = [f"short {n}" for n in range(36)]
    requests = [injected.send(JOB if n % 3 else f"{JOB}\n{JOB}", cell) for n, cell in enumerate(cells)]
    for request in requests:
        assert injected.wait(request).status == "ok"
    story = injected.settle(cells[-1])
    assert jobs_by_cell(story, *cells) == [1 if n % 3 else 2 for n in range(36)]
    numbers = [event["Number"] for event in story.events("CellStart") if event["Cell ID"] in cells]
    assert numbers == sorted(numbers)


def test_a_chain_with_a_failing_cell(injected: Kernel) -> None:
    codes = {"chain 1": JOB, "chain 2": f"{JOB}\n1/0", "chain 3": JOB, "chain 4": JOB}
    requests = [injected.send(code, cell) for cell, code in codes.items()]
    assert [injected.wait(request).status for request in requests] == ["ok", "error", "aborted", "aborted"]
    injected.ok(JOB, "chain 5")
    story = injected.settle("chain 5")
    assert jobs_by_cell(story, *codes, "chain 5") == [1, 1, 0, 0, 1]
    [end] = [event for event in story.events("CellEnd") if event["Run ID"] in story.runs_of("chain 2")]
    assert (end["Status"], end["Error"]) == ("error", "ZeroDivisionError")
    assert story.runs_of("chain 3") == []


def test_the_same_cell_twice_is_two_runs(injected: Kernel) -> None:
    injected.ok(JOB, "twice")
    injected.ok(JOB, "twice")
    story = injected.settle("twice")
    assert len(story.runs_of("twice")) == 2
    assert Counter(run_of(job) for job in story.jobs_of("twice")) == dict.fromkeys(story.runs_of("twice"), 1)


def test_captured_cells(injected: Kernel) -> None:
    injected.ok(f"%%capture\n{JOB}", "captured")
    injected.ok(f"%%time\n{JOB}", "timed")
    story = injected.settle("timed")
    assert jobs_by_cell(story, "captured", "timed") == [1, 1]
    assert [len(story.runs_of(cell)) for cell in ("captured", "timed")] == [1, 1]


def test_threads_belong_to_the_cell_that_started_them(injected: Kernel) -> None:
    injected.ok(
        f"""
import threading, time
def in_thread(): {JOB}
def late(): time.sleep(1.5); in_thread()
def parent(): time.sleep(1); child = threading.Thread(target=in_thread); child.start(); child.join()
first = threading.Thread(target=in_thread); first.start(); first.join()
others = [threading.Thread(target=late), threading.Thread(target=parent)]
for thread in others: thread.start()
""",
        "threads",
    )
    injected.ok(f"{JOB}\nfor thread in others: thread.join()", "meanwhile")
    story = injected.settle("meanwhile")
    assert jobs_by_cell(story, "threads", "meanwhile") == [3, 1]


def test_pools_and_inheriting_threads(injected: Kernel) -> None:
    injected.ok(
        f"""
from concurrent.futures import ThreadPoolExecutor
from pyspark import InheritableThread
def in_pool(n): {JOB}
pool = ThreadPoolExecutor(2)
list(pool.map(in_pool, range(4)))
thread = InheritableThread(target=in_pool, args=(0,)); thread.start(); thread.join()
""",
        "pool",
    )
    injected.ok("list(pool.map(in_pool, range(3))); pool.shutdown()", "pool again")
    story = injected.settle("pool again")
    assert jobs_by_cell(story, "pool", "pool again") == [1, 0], (
        "a worker belongs to no cell; the inheriting thread does"
    )
    for cell, count in (("pool", 4), ("pool again", 3)):
        [begin] = [event["Time"] for event in story.events("CellStart") if event["Cell ID"] == cell]
        [end] = [event["Time"] for event in story.events("CellEnd") if event["Run ID"] in story.runs_of(cell)]
        unnamed = [
            job for job in story.events("JobStart") if not run_of(job) and begin <= job["Submission Time"] <= end
        ]
        assert len(unnamed) == count, "time tells"


def test_a_stream_belongs_to_the_cell_that_started_it(injected: Kernel) -> None:
    injected.ok(
        "query = (spark.readStream.format('rate').option('rowsPerSecond', 20).load().groupBy().count()"
        ".writeStream.outputMode('complete').format('memory').queryName('counts').trigger(processingTime='1 second').start())",
        "stream",
    )
    for cell in ("beside 1", "beside 2"):
        injected.ok(f"time.sleep(1.5)\n{JOB}", cell)
    story = injected.wait_for(lambda story: len({batch_of(job) for job in story.jobs_of("stream")}) >= 3)
    injected.ok("query.stop()", "stop")
    story = injected.settle("stop")
    assert jobs_by_cell(story, "beside 1", "beside 2", "stop") == [1, 1, 0]
    stream = [job for job in story.events("JobStart") if "sql.streaming.queryId" in job["Properties"]]
    assert stream and all(job in story.jobs_of("stream") for job in stream)
    names = {
        event["Event"].rpartition("$")[2]
        for frame in story.frames
        for event in frame.events
        if "StreamingQueryListener" in event["Event"]
    }
    assert {"QueryStartedEvent", "QueryProgressEvent", "QueryTerminatedEvent"} <= names


def test_a_stream_that_calls_back_into_python(injected: Kernel) -> None:
    code = """
def each(batch, number): batch.groupBy('value').count().collect()
rates = spark.readStream.format('rate').load().writeStream
query = rates.foreachBatch(each).trigger(processingTime='1 second').start()
"""
    injected.ok(code, "calls back")
    injected.wait_for(lambda story: len({batch_of(job) for job in story.jobs_of("calls back")}) >= 2)
    injected.ok(f"query.stop()\n{JOB}", "stop calling")
    story = injected.settle("stop calling")
    assert jobs_by_cell(story, "stop calling") == [1]
    mine = story.jobs_of("calls back")
    query = mine[0]["Properties"]["sql.streaming.queryId"]
    assert all(
        job in mine for job in story.events("JobStart") if job["Properties"].get("sql.streaming.queryId") == query
    )


def batch_of(job: dict[str, dict[str, str]]) -> str | None:
    return job["Properties"].get("streaming.sql.batchId")


def test_the_users_group_description_and_tags_stay(injected: Kernel) -> None:
    injected.ok("sc.setJobGroup('my group', 'my description'); sc.addJobTag('mine')", "own")
    injected.ok(JOB, "grouped")
    assert (
        injected.ok("print(sc.getLocalProperty('spark.jobGroup.id'), sc.getJobTags())", "look").text
        == "my group {'mine'}\n"
    )
    story = injected.settle("look")
    [job] = story.jobs_of("grouped")
    assert job["Properties"]["spark.jobGroup.id"] == "my group"
    assert job["Properties"]["spark.job.description"] == "my description"
    assert "mine" in job["Properties"]["spark.job.tags"].split(",")
    injected.ok(
        "sc.clearJobTags(); sc.setLocalProperty('spark.jobGroup.id', None); sc.setLocalProperty('spark.job.description', None)",
        "clear",
    )


def test_between_cells_there_is_no_cell(injected: Kernel) -> None:
    injected.ok(JOB, "last")
    injected.evaluate("spark.range(0, 20, 1, 2).write.format('noop').mode('overwrite').save()")
    story = injected.settle("last")
    assert jobs_by_cell(story, "last") == [1]
    assert run_of(story.events("JobStart")[-1]) == ""


def test_asynchronous_cells(injected: Kernel) -> None:
    injected.ok(f"import asyncio\nawait asyncio.sleep(0.01)\n{JOB}\nawait asyncio.sleep(0.01)\n{JOB}", "awaiting")
    assert jobs_by_cell(injected.settle("awaiting"), "awaiting") == [2]


def test_an_interrupted_cell_has_ended(injected: Kernel) -> None:
    request = injected.send(f"{JOB}\ntime.sleep(60)", "interrupted")
    injected.wait_for(lambda story: story.jobs_of("interrupted"))
    time.sleep(0.5)
    injected.interrupt()
    assert injected.wait(request).status == "error"
    story = injected.settle("interrupted")
    [end] = [event for event in story.events("CellEnd") if event["Run ID"] in story.runs_of("interrupted")]
    assert (end["Status"], end["Error"]) == ("error", "KeyboardInterrupt")


def test_nothing_was_said_aside(injected: Kernel) -> None:
    assert "parkglass" not in injected.log
    assert injected.story.notices() == []
