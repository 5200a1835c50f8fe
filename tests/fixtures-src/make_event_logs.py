"""Run small programs on a real Spark, and keep its event logs and what its own History Server says about them.

    python make_event_logs.py OUTPUT_FOLDER [SCENARIO ...]

writes for every scenario `<scenario>-<version>.jsonl.gz`, the event log, `<scenario>-<version>.json.gz`, the answers of the REST API
of that version's History Server to the same log, and `<scenario>-<version>.frames.gz`, what Sparkglass' listener sent about the same
jobs. Run it once with each Python environment that has a PySpark.

    python make_event_logs.py --rest OUTPUT_FOLDER FOLDER ...

runs no program: it asks that version's History Server about the logs in these folders together, many more paths, and writes
`rest-<version>.json.gz`.

Only one thing is changed in a log: the environment (paths and class path of the machine that made it) is cut down to a few
properties, and folders of that machine are renamed. The History Server reads the log after this change. Of the logs in `LEAN` what is long
and not looked at is left out too: stacks, the plans' second form, and what each task added to accumulators.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

import pyspark

sys.path.insert(0, str(Path(__file__).parents[1]))
from history_server import NOT_OF_ONE_APPLICATION, HistoryServer, paths_of  # noqa: E402

SPARK_HOME = Path(pyspark.__file__).parent
SCENARIOS = Path(__file__).parent / "scenarios"
# Those of which only the log is kept (src/api/fixtures, src/analysis/fixtures, src/analysis/advice/fixtures), and what is not made when
# none is named.
ONLY_LOGS = (
    *("queries", "rarities", "plans", "faults", "faulty_queries", "memory", "memory-roomy", "streams"),
    *("faulty_streams", "left_stream", "left_stream-stopped", "left_stream-mended", "left_stream-again", "dstreams"),
    *("one_checkpoint",),
)
LEAN = ("faulty_streams", "one_checkpoint", "dstreams")
# Those of which the log and the frames are kept (src/analysis/fixtures).
NOT_ASKED = ("lineage",)
NOT_OF_ALL = ("session", "cells", *ONLY_LOGS, *NOT_ASKED)
KEPT_PROPERTIES = (
    "spark.app.id",
    "spark.app.name",
    "spark.master",
    "spark.speculation",
    "spark.scheduler.mode",
    "spark.task.cpus",
    "spark.executor.cores",
    "spark.driver.memory",
)


def run(scenario: Path, variant: list[str], folder: Path) -> Path:
    """Run a scenario in its own process; return the event log it wrote."""
    logs = folder / "raw"
    local = folder / "local"
    logs.mkdir()
    local.mkdir()
    environment = {
        **os.environ,
        "SPARK_HOME": str(SPARK_HOME),
        "SPARK_LOCAL_HOSTNAME": "localhost",
        "SPARK_USER": "reader",
        "PYSPARK_PYTHON": sys.executable,
        "FIXTURE_LOGS": logs.as_uri(),
        "FIXTURE_LOCAL": str(local),
        "FIXTURE_FRAMES": str(folder / "frames"),
        "FIXTURE_CELLS": str(folder / "cells"),
    }
    subprocess.run(
        [sys.executable, scenario.name, *variant], cwd=scenario.parent, env=environment, check=True, timeout=1800
    )
    # A driver that nobody stopped ends a little after its program.
    deadline = time.monotonic() + 120
    while any(path.name.endswith(".inprogress") for path in logs.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.2)
    written = [path for path in logs.iterdir() if not path.name.endswith(".inprogress")]
    if len(written) != 1:
        raise SystemExit(f"{scenario.stem}: expected one finished log, found {written}")
    return written[0]


def neutral(line: str, folder: Path) -> str:
    """A log line without the folders of this machine."""
    event = json.loads(line)
    if event["Event"] == "SparkListenerEnvironmentUpdate":
        for name in ("Hadoop Properties", "System Properties", "Metrics Properties", "Classpath Entries"):
            event[name] = {}
        properties = event.get("Spark Properties", {})
        event["Spark Properties"] = {key: properties[key] for key in KEPT_PROPERTIES if key in properties}
        event.get("JVM Information", {}).pop("Java Home", None)
        return json.dumps(event, separators=(",", ":")) + "\n"
    if event["Event"] == "SparkListenerJobStart" or event["Event"] == "SparkListenerStageSubmitted":
        properties = event.get("Properties", {})
        kept = {
            key: value
            for key, value in properties.items()
            if key.startswith(
                ("spark.job.", "spark.jobGroup.", "callSite.", "spark.sql.execution.", "spark.scheduler.pool")
                + ("spark.streaming.internal.",)
            )
            or key in ("spark.rdd.scope", "sparkglass.cell", "sql.streaming.queryId", "streaming.sql.batchId")
        }
        if kept != properties:
            event["Properties"] = kept
            line = json.dumps(event, separators=(",", ":"), ensure_ascii=False) + "\n"
    packages = SPARK_HOME.parent
    for path, name in (
        (folder, "/tmp/spark"),
        (SCENARIOS, "/home/reader"),
        (SPARK_HOME, "/opt/spark"),
        (packages, "/opt/python"),
    ):
        line = line.replace(str(path), name)
    return line


def lean(line: str) -> str:
    """A log line without its longest texts and lists."""
    event = json.loads(line)
    for stage in (event.get("Stage Info"), *event.get("Stage Infos", ())):
        if stage:
            stage["Details"] = ""
    for text in ("details", "physicalPlanDescription"):
        if text in event:
            event[text] = ""
    if event["Event"] == "SparkListenerTaskEnd":
        event["Task Info"]["Accumulables"] = []
        event["Task Executor Metrics"] = {}
    return json.dumps(event, separators=(",", ":"), ensure_ascii=False) + "\n"


def with_cells(lines: list[str], cells: Path) -> list[str]:
    """A log with the lines of a recording that say when its cells ran, each before the first event that says a later time."""
    if not cells.exists():
        return lines
    waiting = [(json.loads(line)["Time"], line) for line in cells.read_text(encoding="utf-8").splitlines(keepends=True)]
    out = []
    for line in lines:
        event = json.loads(line)
        time = (
            event.get("Submission Time") or event.get("Completion Time") or event.get("time") or event.get("Timestamp")
        )
        while waiting and time is not None and waiting[0][0] <= time:
            out.append(waiting.pop(0)[1])
        out.append(line)
    return out + [line for _, line in waiting]


def neutral_frames(recording: bytes, folder: Path) -> bytes:
    """Frames whose event lines do not name folders of this machine; all else as it was sent."""
    out = []
    at = 0
    while at < len(recording):
        (length,) = struct.unpack_from("<I", recording, at)
        frame = recording[at + 4 : at + 4 + length]
        at += 4 + length
        packed = struct.unpack_from("<I", frame, 20)[0]
        if packed:
            raw = zlib.decompress(frame[40 : 40 + packed]).decode()
            raw = "".join(neutral(line, folder) for line in raw.splitlines(keepends=True))
            again = zlib.compress(raw.encode(), 9)
            sizes = struct.pack("<II", len(raw.encode()), len(again))
            frame = frame[:16] + sizes + frame[24:40] + again + frame[40 + packed :]
        out.append(struct.pack("<I", len(frame)) + frame)
    return b"".join(out)


def ask_history_server(logs: Path) -> dict[str, object]:
    """What the History Server of this Spark version says about the only log in `logs`."""
    with HistoryServer(SPARK_HOME, logs) as server:
        application = server.answer("applications")["body"][0]
        app = f"applications/{application['id']}"
        return {
            "application": application,
            "jobs": server.answer(f"{app}/jobs")["body"],
            "stages": server.answer(f"{app}/stages?details=true")["body"],
            "executors": server.answer(f"{app}/allexecutors")["body"],
            "rdds": server.answer(f"{app}/storage/rdd")["body"],
            "sql": server.answer(f"{app}/sql?details=false&length=1000")["body"],
        }


def ask_rest(output: Path, folders: list[Path]) -> None:
    """Record what the History Server of this Spark version says about all logs of that version, path by path."""
    version = version_here()
    with tempfile.TemporaryDirectory(prefix="spark-fixture-") as name:
        logs = Path(name)
        for path in (path for folder in folders for path in sorted(folder.glob(f"*-{version}.jsonl.gz"))):
            text = gzip.decompress(path.read_bytes())
            # What follows a point in the name is a codec to Spark.
            served = logs / path.name.split("-")[0]
            served.write_bytes(text)
            # When a file was last written is in the answers; here it is a second after the application's end.
            last = json.loads(text.splitlines()[-1])
            time = (last["Timestamp"] + 1000) * 1_000_000
            os.utime(served, ns=(time, time))
        answers = {}
        with HistoryServer(SPARK_HOME, logs) as server:
            paths = list(NOT_OF_ONE_APPLICATION)
            for number, application in enumerate(server.answer("applications")["body"]):
                paths += paths_of(server, application["id"], number == 0)
            for path in paths:
                answers[path] = server.answer(path)
        data = json.dumps(answers, separators=(",", ":")).replace(logs.as_uri(), "file:///logs")
    target = output / f"rest-{version}.json.gz"
    target.write_bytes(gzip.compress(data.encode(), 9, mtime=0))
    print(f"{target.name}: {len(answers)} paths, {target.stat().st_size:,} bytes")


def slim(answers: dict[str, object]) -> dict[str, object]:
    """Without what is long and not compared (accumulators of tasks and stages), and without folders of this machine."""
    for field in ("logSourceName", "logSourceFullPath"):
        answers["application"].pop(field, None)
        for attempt in answers["application"].get("attempts", []):
            attempt.pop(field, None)
    for stage in answers["stages"]:
        stage.pop("accumulatorUpdates", None)
        for task in stage.get("tasks", {}).values():
            task.pop("accumulatorUpdates", None)
            task.pop("executorLogs", None)
    return answers


def version_here() -> str:
    return ".".join(pyspark.__version__.split(".")[:2])


def make(name: str, output: Path, parts: list[str]) -> None:
    stem, *variant = name.split("-")
    scenario = SCENARIOS / f"{stem}.py"
    version = version_here()
    folder = Path(tempfile.mkdtemp(prefix="spark-fixture-"))
    try:
        log = run(scenario, variant, folder)
        lines = [neutral(line, folder) for line in log.read_text(encoding="utf-8").splitlines(keepends=True)]
        if name in LEAN:
            lines = [lean(line) for line in lines]
        lines = with_cells(lines, folder / "cells")
        data = {"jsonl": "".join(lines).encode()}
        if "json" in parts:
            served = folder / "served"
            served.mkdir()
            (served / log.name).write_bytes(data["jsonl"])
            data["json"] = json.dumps(slim(ask_history_server(served)), separators=(",", ":")).encode()
        if "frames" in parts:
            data["frames"] = neutral_frames((folder / "frames").read_bytes(), folder)
        for part in parts:
            path = output / f"{name}-{version}.{part}.gz"
            path.write_bytes(gzip.compress(data[part], 9, mtime=0))
            print(f"{path.name}: {path.stat().st_size:,} bytes")
        print(f"  {len(lines)} lines")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("scenarios", nargs="*", help="all when none is named")
    parser.add_argument("--rest", action="store_true", help="ask about the logs that are there")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    if arguments.rest:
        ask_rest(arguments.output, [Path(name) for name in arguments.scenarios])
        return
    names = arguments.scenarios or sorted(path.stem for path in SCENARIOS.glob("*.py") if path.stem not in NOT_OF_ALL)
    for name in names:
        parts = ["jsonl"]
        if name not in ONLY_LOGS:
            parts += ["frames"] if name in NOT_ASKED else ["json", "frames"]
        make(name, arguments.output, parts)


if __name__ == "__main__":
    main()
