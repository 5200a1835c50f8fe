"""What needs a cluster to happen: Spark's own event logs of it, replayed by Spark into the listener."""

from __future__ import annotations

import base64
import gzip
import json

import pytest
from event_log import metrics_of, reason_of
from frame_reader import FAILED, KILLED, SPECULATIVE, Event, Frame, Row, decode
from kernels import ROOT, Kernel
from status_store import metrics_of_row

pytestmark = pytest.mark.spark
LOGS = ROOT / "src" / "model" / "fixtures"
REPLAY = """
import base64, gzip, json, sys
new_listener, watch = sys.modules['sparkglass.kernel.driver']._new_listener, sys.modules['sparkglass.kernel.attach']._watch
replayed = new_listener(sc, sc._jsc.sc(), 9, watch._source, 100000)
bus = sc._jvm.org.apache.spark.scheduler.ReplayListenerBus()
bus.addListener(replayed)
stream = sc._jvm.java.io.ByteArrayInputStream(gzip.decompress(open({path!r}, 'rb').read()))
everything = sc._jvm.org.apache.spark.scheduler.ReplayListenerBus.SELECT_ALL_FILTER()
bus.replay(stream, 'log', False, everything)
frames = []
while True:
    frame = replayed.poll(0, 0, 0, 500)
    if not frame: break
    frames.append(base64.b64encode(frame).decode())
print(json.dumps(frames))
"""


def replay(busy: Kernel, name: str) -> tuple[list[Frame], list[Event]]:
    version = ".".join(busy.evaluate("sc.version").strip("'").split(".")[:2])
    path = LOGS / f"{name}-{version}.jsonl.gz"
    log = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    frames = json.loads(busy.ok(REPLAY.format(path=str(path)), f"replay {name}").text)
    return [decode(base64.b64decode(frame)) for frame in frames], log


@pytest.mark.parametrize("name", ["speculation", "retries", "failures"])
def test_every_end_as_spark_wrote_it(busy: Kernel, name: str) -> None:
    frames, log = replay(busy, name)
    ends = [event for event in log if event["Event"] == "SparkListenerTaskEnd"]
    rows = [row for frame in frames for row in frame.rows if row["kind"] == 1]
    strings: list[str] = []
    for frame in frames:
        for event in frame.events:
            if event["Event"] == "SparkglassStrings":
                strings[event["Base"] :] = event["Values"]
    assert len(rows) == len(ends)
    for row, event in zip(rows, ends, strict=True):
        info = event["Task Info"]
        assert row["taskId"] == info["Task ID"]
        assert (row["stageId"], row["stageAttemptId"], row["attempt"]) == (
            event["Stage ID"],
            event["Stage Attempt ID"],
            info["Attempt"],
        )
        flags = [bool(row["flags"] & flag) for flag in (SPECULATIVE, FAILED, KILLED)]
        assert flags == [info["Speculative"], info["Failed"], info["Killed"]]
        assert row["reason"] == reason_of(event)
        assert metrics_of_row(row) == metrics_of(event)
        assert (row["error"] > 0) == (event["Task End Reason"]["Reason"] != "Success")
        assert strings[row["executor"]] == info["Executor ID"]
    reasons = {event["Task End Reason"]["Reason"] for event in ends}
    expected = {"speculation": "TaskKilled", "retries": "FetchFailed", "failures": "ExceptionFailure"}
    assert expected[name] in reasons


def test_starts_are_told_once_or_by_their_end(busy: Kernel) -> None:
    frames, log = replay(busy, "speculation")
    started: set[int] = set()
    rows: list[Row] = [row for frame in frames for row in frame.rows]
    for row in rows:
        started.add(row["taskId"])
    assert started == {event["Task Info"]["Task ID"] for event in log if event["Event"] == "SparkListenerTaskStart"}
    assert any(row["flags"] & SPECULATIVE for row in rows)
