"""Spark's own status store as a source: the past of a session that ran before us, and all there is when Janino refuses the listener.

The store answers what the REST API answers; here that becomes events again (no lineage: the store does not know it).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .cells import now_ms

Event = dict[str, Any]


# Task rows in one frame of the past: what Spark keeps of one stage.
MAX_ROWS = 100_000


class Past(NamedTuple):
    """Events before the task rows; the stage attempts whose rows are wanted, with the number of their tasks; events after them."""

    opening: list[Event]
    stages: list[tuple[int, int, int]]
    closing: list[Event]
    ended: frozenset[int]

    def batches(self) -> Iterator[str]:
        """The stage attempts in groups that fit into a frame each, as ``3.0,4.0,…``."""
        group: list[str] = []
        tasks = 0
        for stage, attempt, count in self.stages:
            if group and tasks + count > MAX_ROWS:
                yield ",".join(group)
                group, tasks = [], 0
            group.append(f"{stage}.{attempt}")
            tasks += count
        if group:
            yield ",".join(group)


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
        stages = self._read(self._store.stageList(None, False, False, self._none, self._all))
        return sorted(stages, key=lambda stage: (stage["stageId"], stage["attemptId"]))

    def executors(self) -> list[Event]:
        return self._read(self._store.executorList(False))

    def rdds(self) -> list[Event]:
        return self._read(self._store.rddList(True))


def past(sc: Any, before: int, known: frozenset[int]) -> Past:
    """What the store knows of jobs that were submitted before a moment (ms since 1970), but for those with the ids ``known``."""
    store = _Store(sc)
    jobs = [job for job in store.jobs() if (job["submissionTime"] or 0) < before and job["jobId"] not in known]
    wanted = {stage for job in jobs for stage in job["stageIds"]}
    stages = [stage for stage in store.stages() if stage["stageId"] in wanted] if wanted else []
    rdds = {rdd["id"]: rdd for rdd in store.rdds()}
    opening = [job_start(job, stages, rdds) for job in jobs]
    closing: list[Event] = []
    rows: list[tuple[int, int, int]] = []
    for stage in stages:
        if stage["submissionTime"] is None:
            continue
        opening.append(stage_event("SparkListenerStageSubmitted", stage, rdds))
        rows.append((stage["stageId"], stage["attemptId"], stage["numTasks"]))
        if stage["status"] in ("COMPLETE", "FAILED"):
            closing.append(stage_event("SparkListenerStageCompleted", stage, rdds))
    if not known:
        opening.extend(block for rdd in rdds.values() for block in _blocks(rdd))
    ended = [job for job in jobs if job["completionTime"] is not None]
    closing.extend(job_end(job) for job in ended)
    return Past(opening, rows, closing, known | {job["jobId"] for job in ended})


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


class Follower:
    """The listener's stand-in when Janino refuses the source: reads the store about twice a second.

    Jobs, stages and counts; no single tasks.
    """

    def __init__(self, sc: Any) -> None:
        self._sc = sc
        self._said: list[Event] = []
        self._lock = threading.Lock()
        self._wake = threading.Event()

    def say(self, event: Event) -> None:
        """One of our own events, to go out with the next reading; asks for that reading when it ends a cell."""
        with self._lock:
            self._said.append(event)
        if event["Event"] == "SparkglassCellEnd":
            self._wake.set()

    def follow(self, push: Callable[[list[Event]], None], stop: Callable[[], bool]) -> None:
        """Pushes what has changed, until the context stops."""
        store = _Store(self._sc)
        known: dict[Any, Any] = {}
        while not stop() and self._sc._jsc is not None and not self._sc._jsc.sc().isStopped():
            with self._lock:
                said, self._said = self._said, []
            push(said + _news(store, known))
            self._wake.wait(0.5)
            self._wake.clear()
        push(self._said)


def _news(store: _Store, known: dict[Any, Any]) -> list[Event]:
    stages = store.stages()
    jobs = store.jobs()
    events: list[Event] = []
    for job in jobs:
        if ("job", job["jobId"]) not in known:
            known["job", job["jobId"]] = True
            events.append(job_start(job, stages, {}))
    for stage in stages:
        events.extend(_stage_news(stage, known))
    for job in jobs:
        if job["completionTime"] is not None and ("end", job["jobId"]) not in known:
            known["end", job["jobId"]] = True
            events.append(job_end(job))
    return events


def _stage_news(stage: Event, known: dict[Any, Any]) -> list[Event]:
    key = (stage["stageId"], stage["attemptId"])
    events: list[Event] = []
    if stage["submissionTime"] is None:
        return events
    if ("submitted", key) not in known:
        known["submitted", key] = True
        events.append(stage_event("SparkListenerStageSubmitted", stage, {}))
    ended = {
        "Succeeded": stage["numCompleteTasks"],
        "Failed": stage["numFailedTasks"],
        "Killed": stage["numKilledTasks"],
    }
    counts = {"Started": stage["numActiveTasks"] + sum(ended.values()), **ended}
    sums = {name: stage[rest] for name, rest in _SUMS.items()}
    nothing = ({name: 0 for name in counts}, {name: 0 for name in sums})
    counts_before, sums_before = known.get(("sums", key), nothing)
    if (counts, sums) != (counts_before, sums_before):
        known["sums", key] = (counts, sums)
        news = {name: counts[name] - counts_before[name] for name in counts}
        events.append(
            {
                "Event": "SparkglassTasksDropped",
                "Stage ID": key[0],
                "Stage Attempt ID": key[1],
                "Rows": news["Succeeded"] + news["Failed"] + news["Killed"],
                **news,
                "Sums": {name: sums[name] - sums_before[name] for name in sums},
            }
        )
    if stage["status"] in ("COMPLETE", "FAILED") and ("completed", key) not in known:
        known["completed", key] = True
        events.append(stage_event("SparkListenerStageCompleted", stage, {}))
    return events


# Column of a task row -> field of REST's StageData: totals over the tasks.
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
