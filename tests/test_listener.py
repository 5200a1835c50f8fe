"""Every task exactly once, with the numbers of Spark's own event log; redaction, odd names, heartbeats, a bound."""

from __future__ import annotations

import base64
import json

import pytest
from event_log import metrics_of, read_log, reason_of
from frame_reader import FAILED, HAS_METRICS, KILLED, METRICS, RUNNING, Row, Story, decode
from kernels import Kernel
from status_store import metrics_of_row
from wire import most_in_a_second

pytestmark = pytest.mark.spark
TASKS = 20_000


@pytest.fixture(scope="module")
def flood(busy: Kernel) -> tuple[Kernel, list[bytes]]:
    """20,000 tasks in one job, and the frames that came of it."""
    before = len(busy.pushes)
    busy.ok(f"sc._jsc.sc().range(0, {TASKS}, 1, {TASKS}).count()", "flood")
    busy.settle("flood")
    return busy, [push.frame for push in busy.pushes[before:]]


def rows_of(story: Story, cell: str, kind: int | None = 1) -> list[Row]:
    stages = {stage for job in story.jobs_of(cell) for stage in job["Stage IDs"]}
    return [row for row in story.rows(kind=kind) if row["stageId"] in stages]


def test_every_task_of_a_large_job_comes_once(flood: tuple[Kernel, list[bytes]]) -> None:
    busy, frames = flood
    rows = rows_of(busy.story, "flood")
    assert len(rows) == TASKS
    assert {row["index"] for row in rows} == set(range(TASKS))
    starts = {row["taskId"] for row in rows_of(busy.story, "flood", kind=0)}
    assert starts <= {row["taskId"] for row in rows}
    size = sum(map(len, frames))
    print(f"\n{size / TASKS:.1f} bytes a task, {len(frames)} frames")
    assert size / TASKS <= 30
    assert most_in_a_second(busy.pushes) <= 10
    assert not busy.story.events("Queue")


def test_failed_retried_and_killed_tasks(busy: Kernel) -> None:
    code = """
def shaky(rows):
    context = TaskContext.get()
    if context.partitionId() % 2 and context.attemptNumber() < 2:
        raise ValueError('not yet ' + 'x' * (context.partitionId() // 2) + '\\U0001f986' * 3000)
    return rows
def slow(rows):
    time.sleep(20 if TaskContext.get().partitionId() else 0.1)
    if TaskContext.get().partitionId() == 0: raise ValueError('never')
    return rows
print(sc.parallelize(range(8), 4).map(lambda n: (n % 2, n)).mapPartitions(shaky).groupByKey(3).count())
try: sc.parallelize(range(2), 2).mapPartitions(slow).count()
except Exception as error: print('failed')
"""
    assert busy.ok(code, "failures").text == "2\nfailed\n"
    story = busy.settle("failures")
    rows = busy.wait_for(
        lambda story: [row for row in rows_of(story, "failures") if row["flags"] & KILLED]
    ) and rows_of(story, "failures")
    failed = [row for row in rows if row["flags"] & FAILED]
    assert {row["reason"] for row in failed} == {4}
    strings = story.strings()
    texts = {text for row in failed if "ValueError: not yet" in (text := strings[row["error"] - 1])}
    assert {len(text.encode("utf-16-le", "surrogatepass")) for text in texts} == {4000}
    assert {text[-1] for text in texts} == {"\U0001f986", "\ud83e"}, "a cut can go through the middle of a character"
    assert sorted(row["attempt"] for row in failed if row["stageId"] == failed[0]["stageId"]) == [0, 0, 1, 1]
    killed = [row for row in rows if row["flags"] & KILLED]
    assert [row["reason"] for row in killed] == [6]
    assert all(strings[row["error"] - 1] for row in killed)


def test_sql_shuffles_writes_and_reads(busy: Kernel) -> None:
    code = """
values = spark.range(0, 20000, 1, 4).selectExpr('id % 100 AS k', 'repeat(string(id), 20) AS v')
values.repartition(5, 'k').write.mode('overwrite').parquet('table')
spark.read.parquet('table').groupBy('k').count().orderBy('count').collect()
spark.range(0, 200000, 1, 2).repartition(3).sortWithinPartitions('id').write.format('noop').mode('overwrite').save()
"""
    busy.ok(code, "sql")
    rows = rows_of(busy.settle("sql"), "sql")
    for column in (
        "inputBytesRead",
        "outputBytesWritten",
        "shuffleBytesWritten",
        "shuffleLocalBytesRead",
        "executorCpuTimeNs",
    ):
        assert sum(row[column] for row in rows) > 0, column


def test_the_event_log_tells_the_same(flood: tuple[Kernel, list[bytes]]) -> None:
    """Runs after the tests above: all the tasks of this session so far."""
    busy, _ = flood
    log = read_log(busy.folder / "log")
    ends = {event["Task Info"]["Task ID"]: event for event in log if event["Event"] == "SparkListenerTaskEnd"}
    story = busy.story
    strings = story.strings()
    rows: dict[int, Row] = {}
    for row in story.rows():
        assert row["taskId"] not in rows, "once"
        rows[row["taskId"]] = row
    assert set(rows) >= set(ends)
    assert len(ends) > TASKS
    for number, event in ends.items():
        row, info = rows[number], event["Task Info"]
        assert metrics_of_row(row) == metrics_of(event), number
        assert bool(row["flags"] & HAS_METRICS) == ("Task Metrics" in event)
        assert (row["stageId"], row["stageAttemptId"]) == (event["Stage ID"], event["Stage Attempt ID"])
        assert (row["index"], row["attempt"], row["partitionId"]) == (
            info["Index"],
            info["Attempt"],
            info["Partition ID"],
        )
        assert (row["launchTime"], row["durationMs"]) == (
            info["Launch Time"],
            info["Finish Time"] - info["Launch Time"],
        )
        assert (strings[row["executor"]], strings[row["host"]]) == (info["Executor ID"], info["Host"])
        assert ["PROCESS_LOCAL", "NODE_LOCAL", "NO_PREF", "RACK_LOCAL", "ANY"][row["locality"]] == info["Locality"]
        assert (bool(row["flags"] & FAILED), bool(row["flags"] & KILLED)) == (info["Failed"], info["Killed"])
        assert row["reason"] == reason_of(event)
        fetched = info["Getting Result Time"]
        assert row["gettingResult"] == (fetched - info["Launch Time"] + 1 if fetched else 0)


def test_events_are_the_lines_of_the_event_log(busy: Kernel) -> None:
    log = read_log(busy.folder / "log")
    story = busy.story
    for name in ("JobEnd", "StageCompleted", "SQLExecutionEnd", "SQLAdaptiveExecutionUpdate", "DriverAccumUpdates"):
        theirs = [event for event in log if event["Event"].endswith(f"SparkListener{name}")]
        ours = story.events(name)
        for told, written in zip(ours, theirs, strict=False):
            # The user's thread adds its own stack trace to a failed job's exception, before or after either of us has looked.
            for event in (told, written):
                event.get("Job Result", {}).get("Exception", {}).pop("Stack Trace", None)
            assert told == written
        assert 0 < len(theirs) <= len(ours), name
    for event in story.events("JobStart"):
        assert len(json.dumps(event["Properties"])) < 6000, "not the whole configuration"


def test_secrets_never_leave_the_driver(busy: Kernel) -> None:
    code = """
sc.setJobGroup('group', 'load with password=hunter2')
spark.range(10).count()
sc.parallelize(range(2), 2).count()
sc.setLocalProperty('spark.jobGroup.id', None); sc.setLocalProperty('spark.job.description', None)
"""
    busy.ok(code, "secrets")
    story = busy.settle("secrets")
    busy.wait_for(lambda story: story.events("EnvironmentUpdate"))
    everything = json.dumps([frame.events for frame in story.frames])
    assert "hunter2" not in everything
    assert "a-secret-token" not in everything
    assert {job["Properties"]["spark.job.description"] for job in story.jobs_of("secrets")} == {"*********(redacted)"}
    assert story.events("EnvironmentUpdate")[0]["Spark Properties"]["spark.my.token"] == "*********(redacted)"
    assert "*********(redacted)" in {event["description"] for event in story.events("SQLExecutionStart")}


def test_names_of_any_kind(busy: Kernel) -> None:
    code = r"""
name = 'zażółć gęślą jaźń \U0001f986 "quoted" \\ \n \t <b> \u2028'
sc.setJobGroup(name, name * 500)
rdd = sc.parallelize([1, 2, 3], 2).setName(name * 500)
rdd.count()
sc.setLocalProperty('spark.jobGroup.id', None); sc.setLocalProperty('spark.job.description', None)
"""
    busy.ok(code, "names")
    story = busy.settle("names")
    [job] = story.jobs_of("names")
    name = 'zażółć gęślą jaźń \U0001f986 "quoted" \\ \n \t <b> \u2028'
    assert job["Properties"]["spark.jobGroup.id"] == name
    assert job["Properties"]["spark.job.description"] == name * 500
    assert name * 500 in {rdd["Name"] for stage in job["Stage Infos"] for rdd in stage["RDD Info"]}


def test_heartbeats_tell_of_running_tasks(busy: Kernel) -> None:
    code = """
def slow(rows):
    rows = list(rows)
    time.sleep(4)
    return rows
sc.parallelize(range(100), 2).map(lambda n: (n, n)).groupByKey(2).mapPartitions(slow).count()
"""
    busy.ok(code, "heartbeats")
    story = busy.settle("heartbeats")
    slow = {row["taskId"]: row for row in rows_of(story, "heartbeats") if row["durationMs"] > 3900}
    beats = [row for row in story.rows(kind=RUNNING) if row["taskId"] in slow]
    assert {row["taskId"] for row in beats} == set(slow)
    for row in beats:
        assert row["flags"] == HAS_METRICS
        assert row["shuffleRecordsRead"] <= slow[row["taskId"]]["shuffleRecordsRead"]
    assert beats[-1]["shuffleRecordsRead"] == slow[beats[-1]["taskId"]]["shuffleRecordsRead"] > 0
    memory = story.events("ExecutorMetrics")
    assert memory and memory[-1]["Metrics"]["JVMHeapMemory"] > 1 << 20


def test_rows_and_lines_keep_their_order(busy: Kernel) -> None:
    for frame in busy.story.frames:
        places = [row["after"] for row in frame.rows]
        assert places == sorted(places)
        assert all(0 <= place <= len(frame.events) for place in places)


STALL = """
import base64, json, sys
kernel = sys.modules['sparkglass.kernel.driver']
watch = sys.modules['sparkglass.kernel.attach']._watch
stalled = kernel._new_listener(sc, sc._jsc.sc(), 9, watch._source, 1000)
stalled.join()
sc._jsc.sc().range(0, 3000, 1, 3000).count()
sc.parallelize(range(4), 4).count()
time.sleep(1)
frames = []
while True:
    frame = stalled.poll(0, 0, 0, 500)
    if not frame: break
    frames.append(base64.b64encode(frame).decode())
stalled.leave()
print(json.dumps(frames))
"""


def test_a_poller_that_does_not_come_costs_rows_and_no_counts(busy: Kernel) -> None:
    frames = [decode(base64.b64decode(text)) for text in json.loads(busy.ok(STALL, "stall").text)]
    rows = [row for frame in frames for row in frame.rows]
    assert len(rows) <= 1000
    dropped = [event for frame in frames for event in frame.events if event["Event"] == "SparkglassTasksDropped"]
    [queue] = [event for frame in frames for event in frame.events if event["Event"] == "SparkglassQueue"]
    assert (queue["Dropped Events"], queue["Dropped Rows"]) == (0, sum(event["Rows"] for event in dropped))
    ended = [row for row in rows if row["kind"] == 1]
    assert len(ended) + sum(event["Succeeded"] for event in dropped) == 3004
    story = busy.settle("stall")
    truth = rows_of(story, "stall")
    for name in [*METRICS, "durationMs"]:
        told = sum(row[name] for row in ended) + sum(event["Sums"].get(name, 0) for event in dropped)
        assert told == sum(row[name] for row in truth), name
    assert min(event["First Launch Time"] for event in dropped) >= min(row["launchTime"] for row in truth)
    assert max(event["Last Finish Time"] for event in dropped) == max(
        row["launchTime"] + row["durationMs"] for row in truth
    )
    names = [event["Event"] for frame in frames for event in frame.events]
    assert names.count("SparkListenerJobStart") == names.count("SparkListenerJobEnd") == 2


def test_sums_of_a_frame_are_the_sums_of_its_rows(flood: tuple[Kernel, list[bytes]]) -> None:
    busy, frames = flood
    stage = rows_of(busy.story, "flood")[0]["stageId"]
    started = ended = 0
    for frame in map(decode, frames):
        kept = [row for row in frame.rows if row["kind"] in (0, 1)]
        for event in frame.sums:
            rows = [row for row in kept if row["stageId"] == event["Stage ID"]]
            assert event["Rows"] == len(rows)
            assert event["Succeeded"] == sum(1 for row in rows if row["reason"] == 1)
            assert event["Failed"] + event["Killed"] == sum(1 for row in rows if row["reason"] > 1)
            for name in METRICS:
                assert event["Sums"].get(name, 0) == sum(row[name] for row in rows)
            if event["Stage ID"] == stage:
                started += event["Started"]
                ended += event["Succeeded"]
    assert started == ended == TASKS
