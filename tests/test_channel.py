"""The two ways between kernel and page: numbered pushes that never flood it, requests that are served while a cell runs."""

from __future__ import annotations

import time
from typing import Any

import pytest
from kernels import Kernel
from wire import Client, Push, most_in_a_second

JOB = "spark.range(0, 20, 1, 2).write.format('noop').mode('overwrite').save()"
# Tasks that end at once when they are cancelled: Python ones would hold their core for the tests to come.
SLOW = """
def slow():
    sc.setLocalProperty('spark.job.interruptOnCancel', 'true')
    try: spark.range(0, 2, 1, 2).selectExpr("java_method('java.lang.Thread', 'sleep', 60000L)").collect()
    finally: sc.setLocalProperty('spark.job.interruptOnCancel', None)
"""


def test_a_burst_leaves_slowly_and_in_order(python: str) -> None:
    kernel = Kernel(python)
    try:
        kernel.attach()
        kernel.ok(
            "from sparkglass.kernel import attach, frames\nimport sys\n"
            "channel = sys.modules['sparkglass.kernel.attach']._watch.channel\n"
            "for n in range(35): channel.push(frames.pack_events([{'Event': 'TestBurst', 'N': n}]))"
        )
        assert kernel.request("status")[0]["last"] == 36
        assert len(kernel.pushes) < 30, "what may not leave yet waits, and nobody waits for it"
        story = kernel.wait_for(lambda story: len(story.frames) == 36)
        assert [event["N"] for event in story.events("TestBurst")] == list(range(35))
        assert [push.seq for push in kernel.pushes] == list(range(1, 37))
        assert most_in_a_second(kernel.pushes) == 10
    finally:
        kernel.stop()


def pushes_of(kernel: Client, code: str, cell: str) -> list[Push]:
    before = len(kernel.pushes)
    kernel.ok(code, cell)
    kernel.settle(cell)
    return kernel.pushes[before:]


@pytest.mark.spark
def test_two_hundred_jobs_in_one_cell(busy: Kernel) -> None:
    pushes = pushes_of(busy, f"for _ in range(200): {JOB}", "200 jobs")
    assert len(busy.story.jobs_of("200 jobs")) == 200
    assert most_in_a_second(pushes) <= 10


@pytest.mark.spark
def test_run_all(busy: Kernel) -> None:
    before = len(busy.pushes)
    requests = [busy.send(f"{JOB}\nx = {n}", f"run all {n}") for n in range(40)]
    for request in requests:
        busy.wait(request)
    story = busy.settle("run all 39")
    assert all(len(story.jobs_of(f"run all {n}")) == 1 for n in range(40))
    assert most_in_a_second(busy.pushes[before:]) <= 10


@pytest.mark.spark
def test_numbers_without_holes(busy: Kernel) -> None:
    pushes = busy.pushes
    assert [push.seq for push in pushes] == list(range(1, len(pushes) + 1))
    assert len({push.kernel for push in pushes}) == 1
    assert {push.v for push in pushes} == {1}


@pytest.mark.spark
def test_the_history_while_a_cell_runs(busy: Kernel) -> None:
    request = busy.send("time.sleep(4)", "sleeping")
    busy.wait_for(lambda story: story.runs_of("sleeping"))
    before = time.monotonic()
    reply, frames = busy.request("history", **{"from": 1})
    status, _ = busy.request("status")
    took = time.monotonic() - before
    assert len(busy.wait_for(lambda _: True).events("CellEnd")) < len(busy.story.events("CellStart")), (
        "the cell still runs"
    )
    assert took < 3.5
    assert (reply["status"], reply["v"], reply["first"], reply["next"]) == ("ok", 1, 1, len(frames) + 1)
    assert (status["attached"], status["rowsGone"], status["kernel"]) == (True, 0, reply["kernel"])
    assert frames == [push.frame for push in busy.pushes[: len(frames)]]
    time.sleep(0.3)
    assert busy.state == "busy", "a request is no reason to call the kernel idle"
    busy.wait(request)
    time.sleep(0.3)
    assert busy.state == "idle"


@pytest.mark.spark
def test_the_history_in_pages(busy: Kernel) -> None:
    begin, frames, last = 1, [], None
    while last is None or begin <= last:
        reply, some = busy.request("history", **{"from": begin, "max": 20_000})
        assert reply["first"] == begin
        assert len(some) == 1 or sum(map(len, some)) <= 20_000
        frames += some
        begin, last = reply["next"], last or reply["last"]
    assert frames == [push.frame for push in busy.pushes[: len(frames)]]
    reply, some = busy.request("history", **{"from": 10**9})
    assert (some, reply["next"]) == ([], 10**9)


@pytest.mark.spark
def test_a_second_page_hears_everything_from_then_on(busy: Kernel) -> None:
    page = busy.another_page()
    try:
        reply, past = page.request("history", **{"from": 1, "max": 1 << 24})
        busy.ok(JOB, "two pages")
        busy.settle("two pages")
        last = busy.pushes[-1].seq
        deadline = time.monotonic() + 10
        while (not page.pushes or page.pushes[-1].seq < last) and time.monotonic() < deadline:
            time.sleep(0.05)
        whole = {reply["first"] + n: frame for n, frame in enumerate(past)} | {
            push.seq: push.frame for push in page.pushes
        }
        assert whole == {push.seq: push.frame for push in busy.pushes[: len(whole)]}
        assert len(whole) >= last
    finally:
        page.close()


@pytest.mark.spark
@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ({"v": 2, "op": "status"}, "version", "protocol 1"),
        ({"op": "status"}, "version", "protocol 1"),
        ({}, "version", "protocol 1"),
        ({"v": 1, "op": "fly"}, "op", "fly"),
        ({"v": 1}, "op", "None"),
        ({"v": 1, "op": ["history"]}, "op", "history"),
        ({"v": 1, "op": "history", "from": "somewhere"}, "failed", "somewhere"),
        ({"v": 1, "op": "history", "from": {"a": 1}}, "failed", ""),
        ({"v": 1, "op": "cancel", "job": "all"}, "failed", "all"),
        ({"v": 1, "op": "cancel", "jobs": 3}, "failed", ""),
        ({"v": 1, "op": "cancel", "application": 77, "job": 1}, "gone", "ended"),
    ],
)
def test_what_cannot_be_served_is_refused_in_words(busy: Kernel, content: Any, code: str, words: str) -> None:
    reply, frames = busy.request_raw(content)
    assert (reply["status"], reply["v"], reply["code"], frames) == ("error", 1, code, [])
    assert words in reply["detail"]
    assert busy.request("status")[0]["status"] == "ok"


@pytest.mark.spark
def test_garbage_on_the_wire_is_survived(busy: Kernel) -> None:
    busy.send_garbage("history")
    busy.send_garbage("{")
    assert busy.request("status")[0]["status"] == "ok"


@pytest.mark.spark
def test_comm_messages_from_a_page_change_nothing(busy: Kernel) -> None:
    runs = len(busy.story.events("CellStart"))
    busy.send_comm("comm_msg", {"comm_id": "sparkglass-push", "data": {"any": "thing"}})
    busy.send_comm("comm_close", {"comm_id": "sparkglass-push", "data": {}})
    busy.send_comm("comm_open", {"comm_id": "another", "target_name": "sparkglass.v1", "data": {}})
    busy.send_comm("comm_msg", {"comm_id": "sparkglass-push", "data": {}})
    pushes = pushes_of(busy, JOB, "after close")
    assert pushes
    assert len(busy.story.events("CellStart")) == runs + 1


@pytest.mark.spark
class TestCancel:
    """Cancelling while the kernel is busy, and what the user's cell says then."""

    def running(self, busy: Kernel, code: str, cell: str, jobs: int) -> tuple[str, list[dict[str, Any]]]:
        request = busy.send(SLOW + code, cell)

        def started(story: Any) -> bool:
            mine = {stage for job in story.jobs_of(cell) for stage in job["Stage IDs"]}
            return (
                len(story.jobs_of(cell)) == jobs and len({row["stageId"] for row in story.rows(kind=None)} & mine) >= 1
            )

        return request, busy.wait_for(started).jobs_of(cell)

    def test_a_job(self, busy: Kernel) -> None:
        request, [job] = self.running(busy, "slow()", "cancel job", 1)
        assert busy.request("cancel", job=job["Job ID"])[0]["cancelled"] == 1
        result = busy.wait(request, 25)
        assert (result.status, result.reply["ename"]) == ("error", "Py4JJavaError")
        assert "cancelled from the notebook" in result.reply["evalue"]
        assert "parkglass" not in str(result.outputs)

    def test_a_stage(self, busy: Kernel) -> None:
        request, [job] = self.running(busy, "slow()", "cancel stage", 1)
        assert busy.request("cancel", stage=job["Stage IDs"][0])[0]["cancelled"] == 1
        assert "cancelled" in busy.wait(request, 25).reply["evalue"]

    def test_everything_of_a_run(self, busy: Kernel) -> None:
        code = """
def job():
    try: slow()
    except Exception as error: print('cancelled')
threads = [threading.Thread(target=job) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
        request, jobs = self.running(busy, code, "cancel run", 3)
        run = jobs[0]["Properties"]["sparkglass.cell"]
        assert busy.request("cancel", run="no such run/1")[0]["cancelled"] == 0
        assert busy.request("cancel", run=run, application=1)[0]["cancelled"] == 3
        result = busy.wait(request, 25)
        assert result.status == "ok"
        assert result.text.count("cancelled") == 3
        story = busy.settle("cancel run")
        ends = {event["Job ID"]: event["Job Result"]["Result"] for event in story.events("JobEnd")}
        assert {ends[job["Job ID"]] for job in jobs} == {"JobFailed"}

    def test_what_is_over_cannot_be_cancelled_and_says_so(self, busy: Kernel) -> None:
        assert busy.request("cancel", job=0)[0]["status"] == "ok"
        busy.ok(JOB, "afterwards")
        assert len(busy.settle("afterwards").jobs_of("afterwards")) == 1


@pytest.mark.spark
def test_never_more_than_ten_messages_a_second(busy: Kernel) -> None:
    assert most_in_a_second(busy.pushes) <= 10
