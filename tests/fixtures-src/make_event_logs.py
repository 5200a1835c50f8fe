"""Run small programs on a real Spark, and keep its event logs and what its own History Server says about them.

    python make_event_logs.py OUTPUT_FOLDER [SCENARIO ...]

writes for every scenario `<scenario>-<version>.jsonl.gz`, the event log, `<scenario>-<version>.json.gz`, the answers of the REST API
of that version's History Server to the same log, and `<scenario>-<version>.frames.gz`, what Sparkglass' listener sent about the same
jobs. Run it once with each Python environment that has a PySpark.

Only one thing is changed in a log: the environment (paths and class path of the machine that made it) is cut down to a few
properties, and folders of that machine are renamed. The History Server reads the log after this change.
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
import urllib.request
import zlib
from pathlib import Path

import pyspark

SPARK_HOME = Path(pyspark.__file__).parent
SCENARIOS = Path(__file__).parent / "scenarios"
KEPT_PROPERTIES = (
    "spark.app.id",
    "spark.app.name",
    "spark.master",
    "spark.speculation",
    "spark.scheduler.mode",
    "spark.task.cpus",
    "spark.executor.cores",
)


def run(scenario: Path, folder: Path) -> Path:
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
    }
    subprocess.run([sys.executable, scenario.name], cwd=scenario.parent, env=environment, check=True, timeout=300)
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
            )
            or key in ("spark.rdd.scope", "sparkglass.cell")
        }
        if kept != properties:
            event["Properties"] = kept
            line = json.dumps(event, separators=(",", ":"), ensure_ascii=False) + "\n"
    for path, name in ((folder, "/tmp/spark"), (SCENARIOS, "/home/reader"), (SPARK_HOME, "/opt/spark")):
        line = line.replace(str(path), name)
    return line


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


def get(url: str) -> object:
    with urllib.request.urlopen(url, timeout=30) as response:
        return json.load(response)


def ask_history_server(logs: Path, port: int) -> dict[str, object]:
    """What the History Server of this Spark version says about the only log in `logs`."""
    options = (
        f"-Dspark.history.fs.logDirectory={logs.as_uri()} -Dspark.history.ui.port={port} "
        "-Dspark.history.fs.update.interval=2s -Dspark.history.store.hybridStore.enabled=false"
    )
    server = subprocess.Popen(
        [str(SPARK_HOME / "bin" / "spark-class"), "org.apache.spark.deploy.history.HistoryServer"],
        env={
            **os.environ,
            "SPARK_HOME": str(SPARK_HOME),
            "SPARK_LOCAL_HOSTNAME": "localhost",
            "SPARK_HISTORY_OPTS": options,
            "SPARK_DAEMON_JAVA_OPTS": options,
            "JAVA_TOOL_OPTIONS": options,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        base = f"http://localhost:{port}/api/v1/applications"
        deadline = time.time() + 90
        while True:
            try:
                applications = get(base)
                if applications:
                    break
            except OSError:
                pass
            if time.time() > deadline or server.poll() is not None:
                raise SystemExit("the History Server did not come up")
            time.sleep(0.5)
        app = f"{base}/{applications[0]['id']}"
        return {
            "application": applications[0],
            "jobs": get(f"{app}/jobs"),
            "stages": get(f"{app}/stages?details=true"),
            "executors": get(f"{app}/allexecutors"),
            "rdds": get(f"{app}/storage/rdd"),
            "sql": get(f"{app}/sql?details=false&length=1000"),
        }
    finally:
        server.terminate()
        server.wait(30)


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


def make(scenario: Path, output: Path, port: int) -> None:
    version = ".".join(pyspark.__version__.split(".")[:2])
    folder = Path(tempfile.mkdtemp(prefix="spark-fixture-"))
    try:
        log = run(scenario, folder)
        lines = [neutral(line, folder) for line in log.read_text(encoding="utf-8").splitlines(keepends=True)]
        served = folder / "served"
        served.mkdir()
        (served / log.name).write_text("".join(lines), encoding="utf-8")
        answers = slim(ask_history_server(served, port))
        name = f"{scenario.stem}-{version}"
        for path, data in (
            (output / f"{name}.jsonl.gz", "".join(lines).encode()),
            (output / f"{name}.json.gz", json.dumps(answers, separators=(",", ":")).encode()),
            (output / f"{name}.frames.gz", neutral_frames((folder / "frames").read_bytes(), folder)),
        ):
            path.write_bytes(gzip.compress(data, 9, mtime=0))
            print(f"{path.name}: {path.stat().st_size:,} bytes")
        print(f"  {len(answers['jobs'])} jobs, {len(answers['stages'])} stage attempts, {len(lines)} lines")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("scenarios", nargs="*", help="all when none is named")
    parser.add_argument("--port", type=int, default=18480)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    names = arguments.scenarios or sorted(path.stem for path in SCENARIOS.glob("*.py") if path.stem != "session")
    for name in names:
        make(SCENARIOS / f"{name}.py", arguments.output, arguments.port)


if __name__ == "__main__":
    main()
