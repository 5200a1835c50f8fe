"""Attaching with nothing configured: before PySpark is there, later, again, and to whatever comes next."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from frame_reader import run_of
from kernels import ROOT, Kernel, interpreter, session
from wire import INSTALLED


@pytest.mark.spark
class TestBeforePySpark:
    """One kernel, attached before anything else: its tests are its life, in order."""

    def test_nothing_is_imported_and_nothing_said(self, kernel: Kernel) -> None:
        reply = json.loads(kernel.attach())
        assert (reply["v"], reply["attached"], reply["last"]) == (1, False, 1)
        assert json.loads(kernel.attach()) == reply, "attaching twice is attaching once"
        kernel.ok("x = 1", "A")
        assert (
            kernel.ok("import sys; print([name for name in sys.modules if name.startswith(('pyspark', 'py4j'))])").text
            == "[]\n"
        )
        [event] = kernel.wait_for(lambda story: story.frames).frames[0].events
        assert event["Event"] == "SparkglassKernel"
        assert event["PySpark Version"][:2] in ("3.", "4.")
        assert len(kernel.story.frames) == 1, "cells without Spark are not spoken of"

    def test_the_first_job_of_the_first_session(self, kernel: Kernel) -> None:
        kernel.ok(session() + "result = spark.range(100).count()", "first")
        story = kernel.settle("first")
        [application] = story.events("Application")
        assert (application["Application"], application["UI"], application["Cores"]) == (1, None, 2)
        assert (application["Source"], application["Connect"], application["App Name"]) == ("listener", False, "tests")
        assert application["Run ID"] == story.runs_of("first")[0]
        assert [job["Job ID"] for job in story.jobs_of("first")] == list(range(len(story.events("JobStart"))))
        assert len(story.rows()) == sum(
            event["Stage Info"]["Number of Tasks"] for event in story.events("StageCompleted")
        )
        assert json.loads(kernel.attach())["attached"] is True

    def test_the_beginning_that_a_listener_from_the_start_would_have_heard(self, kernel: Kernel) -> None:
        story = kernel.wait_for(lambda story: story.events("BlockManagerAdded"))
        for name in ("LogStart", "ApplicationStart", "EnvironmentUpdate", "ExecutorAdded", "BlockManagerAdded"):
            assert story.events(name), name
        [application] = story.events("Application")
        assert story.events("ApplicationStart")[0]["App ID"] == application["App ID"]
        assert story.events("ExecutorAdded")[0]["Executor Info"]["Total Cores"] == 2
        assert "Classpath Entries" not in story.events("EnvironmentUpdate")[0]

    def test_the_users_variables_can_have_any_name(self, kernel: Kernel) -> None:
        kernel.ok("session = spark\nconf = spark = sc = attach = sparkglass = 'mine'", "names")
        kernel.ok("session.range(10).count()", "after names")
        assert kernel.settle("after names").jobs_of("after names")
        assert kernel.ok("print(conf, spark, sc, attach, sparkglass)").text == "mine mine mine mine mine\n"

    def test_reset_forgets_nothing_of_ours(self, kernel: Kernel) -> None:
        kernel.ok("%reset -f", "reset")
        kernel.ok(
            "from pyspark.sql import SparkSession\nSparkSession.getActiveSession().range(10).count()", "after reset"
        )
        assert kernel.settle("after reset").jobs_of("after reset")

    def test_stop_and_a_new_session_in_the_same_cell(self, kernel: Kernel) -> None:
        kernel.ok(
            "from pyspark.sql import SparkSession\nSparkSession.getActiveSession().stop()"
            + session()
            + "spark.range(5).count()",
            "again",
        )
        story = kernel.settle("again")
        first, second = story.events("Application")
        assert first["App ID"] != second["App ID"]
        [end] = story.events("SparkglassApplicationEnd")
        assert (end["Application"], end["Reason"]) == (1, "stopped")
        assert [job["Job ID"] for job in story.jobs_of("again", 2)][:1] == [0], "ids begin anew"
        assert story.jobs_of("first", 1)[0]["Job ID"] == 0

    def test_stop_and_a_new_session_in_another_cell(self, kernel: Kernel) -> None:
        kernel.ok("spark.stop()", "stop")
        kernel.wait_for(lambda story: len(story.events("SparkglassApplicationEnd")) == 2)
        assert json.loads(kernel.attach())["attached"] is False
        kernel.ok("'nothing here'", "between")
        kernel.ok(session() + "spark.range(5).count()", "third")
        story = kernel.settle("third")
        assert len({event["App ID"] for event in story.events("Application")}) == 3
        assert story.jobs_of("third", 3)
        assert "between" not in str(story.events("CellStart"))
        for run in story.runs_of("stop"):
            assert run in [event["Run ID"] for event in story.events("CellEnd")]

    def test_detached_it_hears_nothing_and_attached_again_everything(self, kernel: Kernel) -> None:
        reply, _ = kernel.request("detach")
        assert reply["status"] == "ok"
        kernel.ok("spark.range(3).count()", "unseen")
        assert kernel.evaluate("vars(type(spark.sparkContext)).get('profiler_collector')") == "None"
        assert kernel.evaluate("__import__('threading').Thread.start.__module__") == "'threading'"
        status, _ = kernel.request("status")
        assert status["attached"] is False
        before = status["last"]
        assert json.loads(kernel.attach())["kernel"] == status["kernel"], "the history goes on"
        kernel.ok("spark.range(3).count()", "seen again")
        story = kernel.settle("seen again")
        assert story.jobs_of("seen again", 4)
        assert story.runs_of("unseen") == []
        past = [frame for frame in story.frames[before:] if frame.is_backfill and frame.rows]
        assert past, "what ran meanwhile is in Spark's own store"

    def test_restart_is_a_new_kernel(self, kernel: Kernel) -> None:
        before = kernel.pushes[-1]
        kernel.restart()
        reply = json.loads(kernel.attach())
        assert reply["last"] == 1
        assert reply["kernel"] != before.kernel
        kernel.wait_for(lambda story: kernel.pushes[-1].kernel == reply["kernel"])
        assert kernel.pushes[-1].seq == 1


@pytest.mark.spark
def test_load_ext_needs_no_page_and_claims_its_own_cell(start: Callable[..., Kernel]) -> None:
    kernel = start()
    result = kernel.ok("import pyspark\n%load_ext sparkglass" + session() + "spark.range(10).count()", "A")
    assert [kind for kind, _ in result.outputs if kind != "stream"] == ["execute_result"]
    story = kernel.settle("A")
    assert [event["Cell ID"] for event in story.events("CellStart")] == ["A"]
    assert all(run_of(job) == story.runs_of("A")[0] for job in story.events("JobStart"))
    kernel.ok("%reload_ext sparkglass\nspark.range(10).count()", "B")
    assert kernel.settle("B").jobs_of("B")
    kernel.ok("%unload_ext sparkglass\nspark.range(10).count()", "C")
    kernel.ok("%load_ext sparkglass\nspark.range(10).count()", "D")
    story = kernel.settle("D")
    assert story.jobs_of("D")
    assert len({push.kernel for push in kernel.pushes}) == 1


@pytest.fixture
def connect() -> Iterator[Kernel]:
    """PySpark 3.5 brings no Spark Connect server."""
    kernel = Kernel(interpreter("newest"))
    yield kernel
    kernel.stop()


@pytest.mark.spark
def test_a_local_spark_connect_session(connect: Kernel) -> None:
    kernel = connect
    kernel.attach()
    kernel.ok(
        "from pyspark.sql import SparkSession\nspark = SparkSession.builder.remote('local[2]').getOrCreate()\nspark.range(100).count()",
        "A",
    )
    story = kernel.settle("A")
    [application] = story.events("Application")
    assert (application["Connect"], application["Source"]) == (True, "listener")
    jobs = story.events("JobStart")
    assert jobs
    [begin], [end] = story.events("CellStart"), story.events("CellEnd")
    for job in jobs:
        assert begin["Time"] <= job["Submission Time"] <= end["Time"], (
            "jobs come from a thread of the server: time is the only witness"
        )
    kernel.ok("frame = spark.range(10).filter('id > 3').select('id')", "B")
    story = kernel.wait_for(lambda story: len(story.events("CellEnd")) == 2)
    [note] = story.events("CellEnd")[1]["DataFrames"]
    assert note["Name"] == "frame"
    assert note["Operations"][-2:] == ["Filter", "Project"]


def test_a_kernel_without_pyspark_stays_silent(python: str) -> None:
    kernel = Kernel(python)
    try:
        kernel.ok("import sys\nsys.modules['pyspark'] = None", "A")
        assert json.loads(kernel.attach())["attached"] is False
        assert kernel.run("import pyspark", "B").error.startswith("ModuleNotFoundError")
        assert kernel.ok("1 + 1", "C").outputs[0][1]["data"] == {"text/plain": "2"}
        assert len(kernel.pushes) == 1
        assert "parkglass" not in kernel.log
    finally:
        kernel.stop()


def test_outside_ipython_there_is_nothing_to_watch() -> None:
    code = f"print({INSTALLED}.attach_json())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert json.loads(done.stdout) == {"v": 1, "version": json.loads(done.stdout)["version"], "shell": False}
    assert done.stderr == ""
