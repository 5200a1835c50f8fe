"""How long an event log of 100,000 tasks (zstd, one file) takes to open, against Spark's own History Server.

Ours: from the double click in a JupyterLab page, fresh in every round, to the end of the first frame whose timeline holds all tasks.
History Server: a fresh one in every round that has listed the log; from the first request for the application's stages to the whole answer.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from browser import Browser
from context import Context
from environments import ROOT
from figures import ratios, summary
from modes import ALL
from server import Lab
from table import Row, amount, number, ratio

sys.path.insert(0, str(ROOT / "tests"))
from history_server import HistoryServer  # noqa: E402

NAME = "open-log"
TITLE = "Opening an event log of 100,000 tasks"
TASKS = 100_000

PROGRAM = """
import sys
from pyspark.sql import SparkSession
builder = SparkSession.builder.master("local[2]").appName("bench").config("spark.driver.memory", "1400m")
for option in sys.argv[2:]:
    builder = builder.config(*option.split("=", 1))
spark = builder.getOrCreate()
tasks = int(sys.argv[1])
spark.sparkContext._jsc.sc().range(0, tasks, 1, tasks).count()
spark.stop()
"""


def _write_log(folder: Path, tasks: int) -> Path:
    options = [
        "spark.ui.enabled=false",
        "spark.eventLog.enabled=true",
        f"spark.eventLog.dir={folder.as_uri()}",
        "spark.eventLog.compress=true",
        "spark.eventLog.compression.codec=zstd",
        "spark.eventLog.rolling.enabled=false",
    ]
    subprocess.run([sys.executable, "-c", PROGRAM, str(tasks), *options], check=True, capture_output=True)
    [log] = folder.glob("local-*")
    return log


def _history_server(log: Path) -> float:
    import pyspark

    with HistoryServer(Path(pyspark.__file__).parent, log.parent) as server:
        began = time.perf_counter()
        answer = server.answer(f"applications/{log.name.split('.')[0]}/stages")
        took = time.perf_counter() - began
    if answer["status"] != 200:
        raise RuntimeError(f"the History Server answered {answer}")
    return took


def _ours(lab: Lab, log: Path, tasks: int) -> dict[str, float]:
    browser = Browser()
    try:
        browser.ask("files", url=f"{lab.url}/lab/workspaces/empty?reset")
        return browser.call("openLog", log.name, tasks)
    finally:
        browser.close()


def measure(context: Context) -> dict[str, Any]:
    """Rounds in which one goes first, then the other."""
    tasks = TASKS // 10 if context.quick else TASKS
    folder = Path(tempfile.mkdtemp(prefix="sparkglass-bench-log-"))
    lab = Lab(next(mode for mode in ALL if mode.name == "sparkglass"))
    theirs: list[float] = []
    ours: list[float] = []
    longest: list[float] = []
    try:
        log = _write_log(folder, tasks)
        shutil.copy(log, lab.files)
        for round_number in range(context.rounds):
            context.say(f"round {round_number + 1} of {context.rounds}")

            def open_ours() -> None:
                opened = _ours(lab, log, tasks)
                ours.append(opened["drawnMs"] / 1000)
                longest.append(opened["longestTaskMs"])

            turns = [open_ours, lambda: theirs.append(_history_server(log))]
            for turn in turns if round_number % 2 else turns[::-1]:
                turn()
        return {
            "tasks": tasks,
            "bytes": log.stat().st_size,
            "drawnSeconds": summary(ours),
            "historyServerSeconds": summary(theirs),
            "ratio": summary(ratios(ours, theirs)),
            "longestTaskMs": summary(longest),
        }
    finally:
        lab.close()
        shutil.rmtree(folder, ignore_errors=True)


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    return [
        Row("opened to a drawn timeline", {"sparkglass": number(result["drawnSeconds"], "s")}),
        Row("  History Server's first stages", {"sparkglass": number(result["historyServerSeconds"], "s")}),
        Row("  ours by theirs", {"sparkglass": ratio(result["ratio"])}, "≤ 0.2"),
        Row("  longest main-thread task", {"sparkglass": number(result["longestTaskMs"], "ms")}, "≤ 50 ms"),
        Row("  the file", {"sparkglass": amount(result["bytes"] / 1e6, "MB", 1)}),
    ]
