"""Spark's event log, as Spark wrote it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from frame_reader import METRICS, Event

_METRICS = [
    "Executor Deserialize Time",
    "Executor Deserialize CPU Time",
    "Executor Run Time",
    "Executor CPU Time",
    "Result Size",
    "JVM GC Time",
    "Result Serialization Time",
    "Memory Bytes Spilled",
    "Disk Bytes Spilled",
    "Peak Execution Memory",
    "Input Metrics/Bytes Read",
    "Input Metrics/Records Read",
    "Output Metrics/Bytes Written",
    "Output Metrics/Records Written",
    "Shuffle Read Metrics/Remote Blocks Fetched",
    "Shuffle Read Metrics/Local Blocks Fetched",
    "Shuffle Read Metrics/Remote Bytes Read",
    "Shuffle Read Metrics/Remote Bytes Read To Disk",
    "Shuffle Read Metrics/Local Bytes Read",
    "Shuffle Read Metrics/Fetch Wait Time",
    "Shuffle Read Metrics/Total Records Read",
    "Shuffle Read Metrics/Remote Requests Duration",
    "Shuffle Write Metrics/Shuffle Bytes Written",
    "Shuffle Write Metrics/Shuffle Write Time",
    "Shuffle Write Metrics/Shuffle Records Written",
]
_REASONS = [
    "Success",
    "Resubmitted",
    "FetchFailed",
    "ExceptionFailure",
    "TaskResultLost",
    "TaskKilled",
    "TaskCommitDenied",
    "ExecutorLostFailure",
    "UnknownReason",
]


def read_log(folder: Path) -> list[Event]:
    """The events of the only log in a folder; of a log that is still being written, the whole lines."""
    [path] = [path for path in folder.iterdir() if not path.name.startswith(".")]
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return [json.loads(line) for line in lines]


def metrics_of(end: Event) -> dict[str, int]:
    """A TaskEnd's metrics under the names of our columns; zeros when it has none."""
    metrics: dict[str, int] = {}
    for name, path in zip(METRICS, _METRICS, strict=True):
        value: Any = end.get("Task Metrics", {})
        for step in path.split("/"):
            value = value.get(step, {})
        metrics[name] = value or 0
    return metrics


def reason_of(end: Event) -> int:
    """The protocol's number for a TaskEnd's reason."""
    return _REASONS.index(end["Task End Reason"]["Reason"]) + 1
