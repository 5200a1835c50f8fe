"""When something is missing or dies: the user's cell says what it would say without us, and the page is told in one word why."""

from __future__ import annotations

import os
import re
import signal
import time

import pytest
from frame_reader import Event
from kernels import Kernel, session
from status_store import read_store
from wire import INSTALLED, Result, most_in_a_second

from sparkglass.kernel.driver import spark_is_too_old

JOB = "spark.range(0, 20, 1, 2).write.format('noop').mode('overwrite').save()"
NO_JAVA = "import os\nkept = {name: os.environ.get(name) for name in ('JAVA_HOME', 'PATH')}\nos.environ['JAVA_HOME'] = '/nowhere'"
JAVA_AGAIN = (
    "for name, value in kept.items(): os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)"
)


@pytest.mark.parametrize(
    ("version", "is_old"),
    [("3.4.4", True), ("2.4", True), ("3.5.0", False), ("4.3.0", False), ("10.0", False), ("3.5.1-amzn-0", False)],
)
def test_spark_before_3_5_is_too_old(version: str, is_old: bool) -> None:
    assert spark_is_too_old(type("Context", (), {"version": version})()) is is_old


def words(result: Result) -> list[str]:
    """What the cell says; which frames a broken connection passes through is chance."""
    assert "parkglass" not in str(result.reply.get("traceback")) + result.stderr
    said = [result.status, result.reply.get("ename"), result.reply.get("evalue"), result.stderr]
    return [re.sub(r"0x[0-9a-f]+|\d+|\x1b\[[0-9;]*m", "~", str(part)) for part in said]


@pytest.mark.spark
class TestFaults:
    """One kernel that goes from bad to worse; the tests are its life, in order."""

    def test_no_java(self, kernel: Kernel) -> None:
        kernel.ok(NO_JAVA, "hide")
        bare = kernel.run(session(), "bare")
        kernel.attach("source='class Broken {'")
        attached = kernel.run(session(), "attached")
        assert words(attached) == words(bare)
        assert "JAVA_GATEWAY_EXITED" in attached.reply["evalue"]
        kernel.wait_for(lambda story: story.notices() == ["noJava"])
        kernel.ok(JAVA_AGAIN, "show")
        kernel.run(
            "import subprocess\nfrom pyspark import SparkConf\n" + session(options={"spark.driver.memory": "nonsense"}),
            "nonsense",
        )
        kernel.ok("1", "after")
        assert kernel.story.notices() == ["noJava"], "another reason is not ours to name"

    def test_janino_refuses_the_source(self, kernel: Kernel) -> None:
        result = kernel.ok(session(), "session")
        assert "Broken" not in result.stderr and "janino" not in result.stderr.lower()
        story = kernel.wait_for(lambda story: story.events("Application"))
        assert story.events("Application")[0]["Source"] == "statusStore"
        [notice] = [event for event in story.events("Notice") if event["Code"] == "compileFailed"]
        assert "CompileException" in notice["Detail"]

    def test_then_the_status_store_is_read(self, kernel: Kernel) -> None:
        kernel.ok(
            f"{JOB}\nspark.range(0, 1000, 1, 3).selectExpr('id % 5 AS k').groupBy('k').count().collect()", "store 1"
        )
        broken = "def broken(rows): raise ValueError('no')\nsc.parallelize(range(4), 2).mapPartitions(broken).count()"
        assert kernel.run(broken, "store 2").status == "error"
        kernel.ok(f"sc._jsc.sc().range(0, 500, 1, 500).count()\n{JOB}", "store 3")
        store = read_store(kernel)
        story = kernel.wait_for(lambda story: len(story.events("JobEnd")) == len(store["jobs"]))
        kernel.wait_for(
            lambda story: (
                counts(story.events("TasksDropped"), "Succeeded") == sum(s["numCompleteTasks"] for s in store["stages"])
            )
        )
        for name, field in (("Failed", "numFailedTasks"), ("Killed", "numKilledTasks")):
            assert counts(story.events("TasksDropped"), name) == sum(stage[field] for stage in store["stages"])
        started = counts(story.events("TasksDropped"), "Started")
        assert started == sum(counts(story.events("TasksDropped"), name) for name in ("Succeeded", "Failed", "Killed"))
        for column, field in (("executorRunTimeMs", "executorRunTime"), ("shuffleBytesWritten", "shuffleWriteBytes")):
            told = sum(event["Sums"][column] for event in story.events("TasksDropped"))
            assert told == sum(stage[field] for stage in store["stages"])
        results = {event["Job ID"]: event["Job Result"]["Result"] for event in story.events("JobEnd")}
        assert results == {
            job["jobId"]: {"SUCCEEDED": "JobSucceeded", "FAILED": "JobFailed"}[job["status"]] for job in store["jobs"]
        }
        times = {event["Run ID"]: event["Time"] for event in story.events("CellStart")}
        [run] = story.runs_of("store 3")
        last = story.events("JobStart")[-1]
        assert last["Submission Time"] >= times[run], "time tells which cell it was"

    def test_many_cells_do_not_flood_the_page(self, kernel: Kernel) -> None:
        before = len(kernel.pushes)
        for request in [kernel.send(f"x = {n}", f"quick {n}") for n in range(60)]:
            kernel.wait(request)
        kernel.wait_for(
            lambda story: len([event for event in story.events("CellEnd") if event["Run ID"].startswith("quick")]) == 60
        )
        assert most_in_a_second(kernel.pushes[before:]) <= 10

    def test_a_queue_of_spark_that_overflows_is_told(self, kernel: Kernel) -> None:
        kernel.ok("spark.stop()", "stop")
        kernel.request("detach")
        kernel.attach()
        kernel.ok(session(options={"spark.scheduler.listenerbus.eventqueue.sparkglass.capacity": "1"}), "narrow")
        kernel.ok("sc._jsc.sc().range(0, 3000, 1, 3000).count()", "overflow")
        story = kernel.wait_for(lambda story: "eventsDropped" in story.notices())
        [notice] = [event for event in story.events("Notice") if event["Code"] == "eventsDropped"][-1:]
        lost = int(notice["Detail"])
        assert lost > 0
        assert story.events("Queue")[-1]["Dropped Events"] == lost
        kernel.ok("spark.stop()\n" + session(), "wide")
        assert [event["Source"] for event in kernel.story.events("Application")] == [
            "statusStore",
            "listener",
            "listener",
        ]
        ends = kernel.wait_for(lambda story: len(story.events("SparkglassApplicationEnd")) == 2).events(
            "SparkglassApplicationEnd"
        )
        assert [event["Reason"] for event in ends] == ["stopped", "stopped"]

    def test_the_driver_dies_in_the_middle_of_a_job(self, kernel: Kernel) -> None:
        result = die(kernel, "dies")
        story = kernel.wait_for(
            lambda story: [event for event in story.events("SparkglassApplicationEnd") if event["Reason"] == "gone"]
        )
        assert "driverGone" in story.notices()
        assert "attachFailed" not in story.notices()
        [run] = story.runs_of("dies")
        kernel.wait_for(lambda story: run in [event["Run ID"] for event in story.events("CellEnd")])
        again = kernel.run(JOB, "after death")
        assert kernel.ok("print('still here')", "alive").outputs == [
            ("stream", {"name": "stdout", "text": "still here\n"})
        ]
        reply, _ = kernel.request("cancel", run=run)
        assert (reply["status"], reply["code"]) == ("error", "gone")
        assert kernel.evaluate(f"{INSTALLED}.attach()['attached']") == "False"
        assert "parkglass" not in kernel.log
        kernel.restart()
        kernel.ok(session(), "bare session")
        # Whether Py4J meets a reset or an end, and so whether it logs one, is a matter of microseconds.
        assert words(result)[:3] == words(die(kernel, "bare dies"))[:3]
        assert words(again)[:3] == words(kernel.run(JOB, "bare after death"))[:3]


def die(kernel: Kernel, cell: str) -> Result:
    """Kills the driver while a cell waits for a job; what the cell says."""
    kernel.ok(
        "def slow(rows):\n    import time; open('begun', 'w').close(); time.sleep(60); return rows", f"{cell} prepare"
    )
    (kernel.folder / "begun").unlink(missing_ok=True)
    pid = int(kernel.evaluate("sc._jvm.java.lang.ProcessHandle.current().pid()"))
    request = kernel.send("sc.parallelize(range(2), 2).mapPartitions(slow).count()", cell)
    deadline = time.monotonic() + 60
    while not (kernel.folder / "begun").exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    return kernel.wait(request)


def counts(events: list[Event], name: str) -> int:
    return sum(event[name] for event in events)
