"""Attaching to a session that has been running: its past comes from Spark's status store, and nothing is counted twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from frame_reader import FAILED, KILLED, Row, Story, run_of
from kernels import Kernel, session
from status_store import metrics_of, metrics_of_row, read_store

pytestmark = pytest.mark.spark

PAST = """
import threading, time
from pyspark import TaskContext
spark.range(0, 1000, 1, 4).selectExpr('id % 7 AS k').groupBy('k').count().collect()
cached = spark.range(0, 100, 1, 3).cache()
cached.count()
def shaky(rows):
    if TaskContext.get().partitionId() == 1 and TaskContext.get().attemptNumber() == 0:
        raise ValueError('once, with a long tail ' + 'x' * 5000)
    return rows
print(sc.parallelize(range(8), 4).mapPartitions(shaky).count())
def broken(rows):
    raise ValueError('always')
try:
    sc.parallelize(range(4), 2).mapPartitions(broken).count()
except Exception as error:
    print('failed')
def slow(rows):
    time.sleep(1.5)
    return rows
thread = threading.Thread(target=lambda: sc.parallelize(range(10), 8).mapPartitions(slow).count())
thread.start()
time.sleep(1)
old = spark.range(10).filter('id > 3')
"""


@pytest.fixture(scope="module")
def late(kernel: Kernel) -> tuple[Kernel, dict[str, Any]]:
    """A kernel that was attached by a cell in the middle of a job, when that job is over, and what Spark's store says then."""
    past = session("local[2,2]") + PAST
    assert kernel.ok(past, "past").text == "8\nfailed\n"
    kernel.ok("%load_ext sparkglass\nnew = old.select('id')\nspark.range(10).count()", "now")
    kernel.ok("thread.join()", "wait")
    kernel.wait_for(lambda story: story.is_settled("wait") and story.is_settled("now"))
    # Until the store has been looked at for the second time.
    kernel.ok("time.sleep(3.5)", "idle")
    return kernel, read_store(kernel)


def ended(story: Story) -> dict[int, Row]:
    """Ended tasks by id, as a reader keeps them."""
    return {row["taskId"]: row for row in story.rows()}


def test_every_job_and_its_end(late: tuple[Kernel, dict[str, Any]]) -> None:
    kernel, store = late
    starts = {event["Job ID"]: event for event in kernel.story.events("JobStart")}
    ends = {event["Job ID"]: event for event in kernel.story.events("JobEnd")}
    assert set(starts) == set(ends) == {job["jobId"] for job in store["jobs"]}
    for job in store["jobs"]:
        start, end = starts[job["jobId"]], ends[job["jobId"]]
        assert start["Submission Time"] == job["submissionTime"]
        assert sorted(start["Stage IDs"]) == sorted(job["stageIds"])
        assert end["Completion Time"] == job["completionTime"]
        assert (end["Job Result"]["Result"] == "JobSucceeded") == (job["status"] == "SUCCEEDED")


def test_every_stage_attempt(late: tuple[Kernel, dict[str, Any]]) -> None:
    kernel, store = late
    completed = {
        (e["Stage Info"]["Stage ID"], e["Stage Info"]["Stage Attempt ID"]): e["Stage Info"]
        for e in kernel.story.events("StageCompleted")
    }
    ran = [stage for stage in store["stages"] if stage["submissionTime"]]
    assert set(completed) == {(stage["stageId"], stage["attemptId"]) for stage in ran}
    for stage in ran:
        info = completed[stage["stageId"], stage["attemptId"]]
        assert (info["Stage Name"], info["Number of Tasks"]) == (stage["name"], stage["numTasks"])
        assert (info["Submission Time"], info["Completion Time"]) == (stage["submissionTime"], stage["completionTime"])
        assert ("Failure Reason" in info) == (stage["status"] == "FAILED")


def test_every_task_with_its_numbers(late: tuple[Kernel, dict[str, Any]]) -> None:
    kernel, store = late
    rows = ended(kernel.story)
    strings = kernel.story.strings()
    tasks = {task["taskId"]: (key, task) for key, tasks in store["tasks"].items() for task in tasks}
    assert set(rows) == set(tasks)
    for number, (key, task) in tasks.items():
        row = rows[number]
        assert f"{row['stageId']}.{row['stageAttemptId']}" == key
        assert (row["index"], row["attempt"], row["partitionId"]) == (
            task["index"],
            task["attempt"],
            task["partitionId"],
        )
        assert (row["launchTime"], row["durationMs"]) == (task["launchTime"], task["duration"])
        assert (strings[row["executor"]], strings[row["host"]]) == (task["executorId"], task["host"])
        assert {0: "SUCCESS", FAILED: "FAILED", KILLED: "KILLED"}[row["flags"] & (FAILED | KILLED)] == task["status"]
        assert metrics_of_row(row) == metrics_of(task), task["status"]
        if task["status"] == "FAILED":
            assert strings[row["error"] - 1].startswith(task["errorMessage"][:100])
            assert len(strings[row["error"] - 1]) <= 2000


def test_the_job_that_ran_meanwhile_is_whole(late: tuple[Kernel, dict[str, Any]]) -> None:
    kernel, store = late
    job = max((job for job in store["jobs"] if job["numTasks"] == 8), key=lambda job: job["jobId"])
    in_past = [
        row
        for frame in kernel.story.frames
        if frame.is_backfill
        for row in frame.rows
        if row["stageId"] == job["stageIds"][0]
    ]
    live = [
        row
        for frame in kernel.story.frames
        if not frame.is_backfill
        for row in frame.rows
        if row["stageId"] == job["stageIds"][0]
    ]
    assert {row["kind"] for row in in_past} >= {0}, "some of its tasks were running when we came"
    assert live, "and some ended while we watched"
    assert len({row["taskId"] for row in in_past + live if row["kind"] == 1}) == 8


def test_cached_blocks_of_the_past(late: tuple[Kernel, dict[str, Any]]) -> None:
    kernel, _ = late
    blocks = [event["Block Updated Info"] for event in kernel.story.events("BlockUpdated")]
    assert len({block["Block ID"] for block in blocks}) == 3
    assert all(block["Memory Size"] > 0 and block["Storage Level"]["Use Memory"] for block in blocks)


def test_the_cell_that_attached_has_its_own_jobs_and_no_others(late: tuple[Kernel, dict[str, Any]]) -> None:
    kernel, _ = late
    story = kernel.story
    [run] = story.runs_of("now")
    mine = {job["Job ID"] for job in story.jobs_of("now")}
    assert mine
    for job in story.events("JobStart"):
        assert run_of(job) in (run, "")
        assert job["Job ID"] in mine or job["Submission Time"] < story.events("Application")[0]["Time"]


def test_frames_of_old_are_marked(late: tuple[Kernel, dict[str, Any]]) -> None:
    kernel, _ = late
    assert json.loads(kernel.attach())["attached"]
    attached = kernel.story.events("Application")[0]["Time"]
    for frame in kernel.story.frames:
        for event in frame.events:
            if event["Event"] == "SparkListenerJobStart":
                assert frame.is_backfill == (event["Submission Time"] < attached)


def test_data_frames_of_old_are_not_new(late: tuple[Kernel, dict[str, Any]]) -> None:
    kernel, _ = late
    [note] = [note for event in kernel.story.events("CellEnd") for note in event["DataFrames"]]
    assert (note["Name"], note["New"]) == ("new", ["Project"])
