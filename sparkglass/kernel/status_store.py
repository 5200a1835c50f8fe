"""Spark's own status store as a source: the past of a session that was running before us, and all there is when Janino refuses the listener.

The store answers what the REST API answers; here that becomes events again (no lineage: the store does not know it).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from .cells import now_ms

Event = dict[str, Any]


class Past(NamedTuple):
    """Events before the task rows, the stage attempts whose rows are wanted, events after them."""

    opening: list[Event]
    stages: list[tuple[int, int]]
    closing: list[Event]


class _Store:
    def __init__(self, sc: Any) -> None:
        jvm = sc._jvm
        self._store = sc._jsc.sc().statusStore()
        self._mapper = jvm.com.fasterxml.jackson.databind.ObjectMapper()
        self._mapper.registerModule(jvm.com.fasterxml.jackson.module.scala.DefaultScalaModule())
        self._none = sc._gateway.new_array(jvm.double, 0)
        self._all = jvm.java.util.ArrayList()

    def _read(self, value: Any) -> Any:
        return json.loads(self._mapper.writeValueAsString(value))

    def jobs(self) -> list[Event]:
        return sorted(self._read(self._store.jobsList(None)), key=lambda job: job["jobId"])

    def stages(self) -> list[Event]:
        stages = self._read(
            self._store.stageList(None, False, False, self._none, self._all)
        )
        return sorted(stages, key=lambda stage: (stage["stageId"], stage["attemptId"]))

    def executors(self) -> list[Event]:
        return self._read(self._store.executorList(False))

    def rdds(self) -> list[Event]:
        return self._read(self._store.rddList(True))


def past(sc: Any) -> Past | None:
    """What the store knows of jobs that were submitted before now; None when there were none."""
    if sc._jsc.sc().statusStore().jobsList(None).isEmpty():
        return None
    store = _Store(sc)
    opening: list[Event] = []
    closing: list[Event] = []
    rows: list[tuple[int, int]] = []
    stages = store.stages()
    rdds = {rdd["id"]: rdd for rdd in store.rdds()}
    for job in store.jobs():
        opening.append(job_start(job, stages, rdds))
    for stage in stages:
        if stage["submissionTime"] is None:
            continue
        opening.append(stage_event("SparkListenerStageSubmitted", stage, rdds))
        rows.append((stage["stageId"], stage["attemptId"]))
        if stage["status"] in ("COMPLETE", "FAILED"):
            closing.append(stage_event("SparkListenerStageCompleted", stage, rdds))
    opening.extend(block for rdd in rdds.values() for block in _blocks(rdd))
    closing.extend(job_end(job) for job in store.jobs() if job["completionTime"] is not None)
    return Past(opening, rows, closing)


def beginning(sc: Any) -> list[Event]:
    """Version, application and executors; what the Java side says where it can."""
    scala = sc._jsc.sc()
    events: list[Event] = [
        {"Event": "SparkListenerLogStart", "Spark Version": scala.version()},
        {
            "Event": "SparkListenerApplicationStart",
            "App Name": scala.appName(),
            "App ID": scala.applicationId(),
            "Timestamp": scala.startTime(),
            "User": scala.sparkUser(),
        },
    ]
    for executor in _Store(sc).executors():
        host, _, port = str(executor["hostPort"]).rpartition(":")
        events.append(
            {
                "Event": "SparkListenerExecutorAdded",
                "Timestamp": executor["addTime"],
                "Executor ID": executor["id"],
                "Executor Info": {"Host": host, "Total Cores": executor["totalCores"]},
            }
        )
        events.append(
            {
                "Event": "SparkListenerBlockManagerAdded",
                "Block Manager ID": {
                    "Executor ID": executor["id"],
                    "Host": host,
                    "Port": int(port or 0),
                },
                "Maximum Memory": executor["maxMemory"],
                "Timestamp": executor["addTime"],
            }
        )
    return events


def follow(
    sc: Any, ordinal: int, push: Callable[[list[Event]], None], stop: Callable[[], bool]
) -> None:
    """Reads the store about twice a second until the context stops, and pushes what has changed: jobs, stages and counts, no single tasks.

    The listener's stand-in when Janino refuses the source.
    """
    store = _Store(sc)
    said: dict[Any, Any] = {}
    while not stop() and sc._jsc is not None and not sc._jsc.sc().isStopped():
        stages = store.stages()
        events: list[Event] = []
        for job in store.jobs():
            if ("job", job["jobId"]) not in said:
                said["job", job["jobId"]] = True
                events.append(job_start(job, stages, {}))
        for stage in stages:
            events.extend(_stage_news(stage, said))
        for job in store.jobs():
            if job["completionTime"] is not None and ("end", job["jobId"]) not in said:
                said["end", job["jobId"]] = True
                events.append(job_end(job))
        push(events)
        time.sleep(0.5)


def _stage_news(stage: Event, said: dict[Any, Any]) -> list[Event]:
    key = (stage["stageId"], stage["attemptId"])
    events: list[Event] = []
    if stage["submissionTime"] is None:
        return events
    if ("submitted", key) not in said:
        said["submitted", key] = True
        events.append(stage_event("SparkListenerStageSubmitted", stage, {}))
    now = {name: stage[rest] for name, rest in _SUMS.items()}
    counts = {
        "Started": stage["numActiveTasks"],
        "Succeeded": stage["numCompleteTasks"],
        "Failed": stage["numFailedTasks"],
        "Killed": stage["numKilledTasks"],
    }
    before_counts, before = said.get(("sums", key), ({name: 0 for name in counts}, {name: 0 for name in now}))
    if (counts, now) != (before_counts, before):
        said["sums", key] = (counts, now)
        events.append(
            {
                "Event": "SparkglassTasksDropped",
                "Stage ID": key[0],
                "Stage Attempt ID": key[1],
                "Rows": sum(counts.values()) - sum(before_counts.values()),
                **{name: counts[name] - before_counts[name] for name in counts},
                "Sums": {name: now[name] - before[name] for name in now},
            }
        )
    if stage["status"] in ("COMPLETE", "FAILED") and ("completed", key) not in said:
        said["completed", key] = True
        events.append(stage_event("SparkListenerStageCompleted", stage, {}))
    return events


# Column of a task row -> field of REST's StageData: totals over the ended tasks.
_SUMS = {
    "executorDeserializeTimeMs": "executorDeserializeTime",
    "executorRunTimeMs": "executorRunTime",
    "executorCpuTimeNs": "executorCpuTime",
    "resultSizeBytes": "resultSize",
    "jvmGcTimeMs": "jvmGcTime",
    "resultSerializationTimeMs": "resultSerializationTime",
    "memoryBytesSpilled": "memoryBytesSpilled",
    "diskBytesSpilled": "diskBytesSpilled",
    "inputBytesRead": "inputBytes",
    "inputRecordsRead": "inputRecords",
    "outputBytesWritten": "outputBytes",
    "outputRecordsWritten": "outputRecords",
    "shuffleRemoteBytesRead": "shuffleRemoteBytesRead",
    "shuffleLocalBytesRead": "shuffleLocalBytesRead",
    "shuffleRecordsRead": "shuffleReadRecords",
    "shuffleBytesWritten": "shuffleWriteBytes",
    "shuffleRecordsWritten": "shuffleWriteRecords",
}


def job_start(job: Event, stages: list[Event], rdds: dict[int, Event]) -> Event:
    """REST's JobData as a JobStart event."""
    submitted = job["submissionTime"] or 0
    wanted = set(job["stageIds"])
    infos = []
    for stage in stages:
        if stage["stageId"] not in wanted:
            continue
        wanted.discard(stage["stageId"])
        info = stage_info(stage, rdds)
        # A stage counts as done for this job only if it was done when the job was submitted.
        if (stage["completionTime"] or submitted + 1) > submitted:
            info.pop("Submission Time", None)
            info.pop("Completion Time", None)
        infos.append(info)
    properties = {}
    if job["jobGroup"] is not None:
        properties["spark.jobGroup.id"] = job["jobGroup"]
    if job["description"] is not None:
        properties["spark.job.description"] = job["description"]
    if job.get("jobTags"):
        properties["spark.job.tags"] = ",".join(job["jobTags"])
    return {
        "Event": "SparkListenerJobStart",
        "Job ID": job["jobId"],
        "Submission Time": submitted,
        "Stage Infos": infos,
        "Stage IDs": job["stageIds"],
        "Properties": properties,
    }


def job_end(job: Event) -> Event:
    """REST's JobData as a JobEnd event."""
    failed = job["status"] == "FAILED"
    result: Event = {"Result": "JobFailed" if failed else "JobSucceeded"}
    if failed:
        result["Exception"] = {"Message": "", "Stack Trace": []}
    return {
        "Event": "SparkListenerJobEnd",
        "Job ID": job["jobId"],
        "Completion Time": job["completionTime"] or now_ms(),
        "Job Result": result,
    }


def stage_event(name: str, stage: Event, rdds: dict[int, Event]) -> Event:
    """REST's StageData as a StageSubmitted or StageCompleted event."""
    info = stage_info(stage, rdds)
    if name == "SparkListenerStageSubmitted":
        info.pop("Completion Time", None)
        info.pop("Failure Reason", None)
        return {
            "Event": name,
            "Stage Info": info,
            "Properties": {"spark.scheduler.pool": stage["schedulingPool"]},
        }
    return {"Event": name, "Stage Info": info}


def stage_info(stage: Event, rdds: dict[int, Event]) -> Event:
    """REST's StageData as StageInfo; lineage is unknown to the store."""
    info: Event = {
        "Stage ID": stage["stageId"],
        "Stage Attempt ID": stage["attemptId"],
        "Stage Name": stage["name"],
        "Number of Tasks": stage["numTasks"],
        "Parent IDs": [],
        "Details": stage["details"],
        "RDD Info": [_rdd_info(rdds[rdd]) for rdd in stage.get("rddIds") or [] if rdd in rdds],
    }
    for key, field in (
        ("Submission Time", "submissionTime"),
        ("Completion Time", "completionTime"),
        ("Failure Reason", "failureReason"),
    ):
        if stage[field] is not None:
            info[key] = stage[field]
    return info


def _rdd_info(rdd: Event) -> Event:
    level = str(rdd["storageLevel"])
    return {
        "RDD ID": rdd["id"],
        "Name": rdd["name"],
        "Number of Partitions": rdd["numPartitions"],
        "Number of Cached Partitions": rdd["numCachedPartitions"],
        "Parent IDs": [],
        "Storage Level": {
            "Use Disk": "Disk" in level,
            "Use Memory": "Memory" in level,
            "Deserialized": "Deserialized" in level,
            "Replication": 1,
        },
    }


def _blocks(rdd: Event) -> list[Event]:
    level = _rdd_info(rdd)["Storage Level"]
    events = []
    for partition in rdd.get("partitions") or []:
        for executor in partition["executors"][:1]:
            events.append(
                {
                    "Event": "SparkListenerBlockUpdated",
                    "Block Updated Info": {
                        "Block Manager ID": {"Executor ID": executor, "Host": "", "Port": 0},
                        "Block ID": partition["blockName"],
                        "Storage Level": level,
                        "Memory Size": partition["memoryUsed"],
                        "Disk Size": partition["diskUsed"],
                    },
                }
            )
    return events
