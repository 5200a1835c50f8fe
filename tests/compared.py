"""What ``sparkglass-api`` answers beside what a History Server answers, and logs to ask them about."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from history_server import HistoryServer
from kernels import ROOT, session

COMMAND = ROOT / "lib" / "api" / "cli.js"


def write_log(python: str, folder: Path, program: str, options: dict[str, str] | None = None) -> list[str]:
    """Run a program with a session and have Spark write its log into the folder. Returns the log's lines."""
    code = folder.parent / f"{folder.name}.py"
    code.write_text(session("local[2,3]", {**log_options(folder), **(options or {})}) + program)
    subprocess.run([python, str(code)], check=True, timeout=300)
    [log] = folder.glob("local-*")
    return log.read_text(encoding="utf-8").splitlines()


def log_options(folder: Path) -> dict[str, str]:
    return {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": folder.as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.logBlockUpdates.enabled": "true",
        "spark.eventLog.logStageExecutorMetrics": "true",
        "spark.my.token": "a-secret-token",
    }


def write_renamed(path: Path, lines: Iterable[str], application: str, attempt: str | None = None) -> None:
    """Write a log again, as that of another application."""
    text = "".join(renamed(line, application, attempt) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def spark_home(python: str) -> Path:
    """Where the Spark of an interpreter is."""
    where = "import pyspark; print(pyspark.__path__[0])"
    return Path(subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip())


def renamed(line: str, application: str, attempt: str | None) -> str:
    """A line of a log as it would be in a log of another application, or of an attempt at one as YARN counts them."""
    event = json.loads(line)
    if event["Event"] == "SparkListenerApplicationStart":
        event["App ID"] = application
        if attempt:
            event["App Attempt ID"] = attempt
            event["Timestamp"] += int(attempt)
    return json.dumps(event, separators=(",", ":"))


def command(logs: Path, path: str) -> dict[str, Any]:
    """What the command answers, as ``HistoryServer.answer`` tells it."""
    command = ["node", str(COMMAND), "--logs", str(logs), path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode == 0:
        return {"status": 200, "body": json.loads(done.stdout)}
    assert done.returncode == 1, done.stderr
    status, _, message = done.stderr.removesuffix("\n").partition(" ")
    return {"status": int(status), "message": message}


def ours(logs: Path, paths: list[str]) -> list[dict[str, Any]]:
    """What the command would answer to each path, from one process."""
    program = ["node", str(ROOT / "tests" / "answers.mjs"), str(logs)]
    done = subprocess.run(program, input=json.dumps(paths), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(answers) == len(paths)
    return answers


def differing(server: HistoryServer, logs: Path, paths: list[str], steady: Callable[[Any], Any]) -> dict[str, object]:
    """The paths that are answered differently, and how; ``steady`` is what of an answer does not depend on when it was asked for.

    The first and the last path are asked of the command itself.
    """
    found = {}
    answers = dict(zip(paths, ours(logs, paths), strict=True))
    for path in (paths[0], paths[-1]):
        answers[path] = command(logs, path)
    for path, answered in answers.items():
        theirs = server.answer(path)
        if theirs.get("message", "") is None:
            # A page of the server, which is not Spark's own words.
            theirs["message"] = answered.get("message")
        if steady(answered) != steady(theirs):
            found[path] = (steady(answered), steady(theirs))
    return found


def without_clock(answer: Any) -> Any:
    """An answer without what a History Server counts up to the time at which it last looked, or is asked."""
    if isinstance(answer, list):
        return [without_clock(item) for item in answer]
    if not isinstance(answer, dict):
        return answer
    kept = {name: without_clock(value) for name, value in answer.items()}
    if kept.get("completed") is False:
        del kept["lastUpdated"], kept["lastUpdatedEpoch"]
    if kept.get("status") == "RUNNING" and "taskLocality" in kept:
        kept.pop("duration", None)
    if kept.get("status") == "RUNNING" and "planDescription" in kept:
        del kept["duration"]
    if kept.get("id") == "driver" and "totalDuration" in kept:
        del kept["totalDuration"]
    return kept
