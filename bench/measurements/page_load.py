"""What a page full of jobs is like: 200 jobs in one cell, with the panel on screen.

Long tasks of the main thread (over 50 ms, as the browser counts them), nodes, height, live JavaScript objects after a collection.
"""

from __future__ import annotations

import time
from typing import Any

from context import Context
from session import Session
from table import Row, amount
from workloads import JOBS_200, TASKS_20K, Workload

NAME = "page"
TITLE = "The page"


def measure(context: Context) -> dict[str, Any]:
    """One run (with --quick) or three, after warm ones, in each mode."""
    sessions = context.start()
    result: dict[str, Any] = {}
    for workload in (JOBS_200, TASKS_20K):
        modes = {}
        for mode in context.modes:
            session = sessions[mode.name]
            session.warm_up((workload,), 1)
            session.open_panel(workload.cell)
            session.rest()
            modes[mode.name] = [_once(session, workload) for _ in range(1 if context.quick else 3)]
        result[workload.cell] = {"title": workload.title, "modes": modes}
    return result


def _once(session: Session, workload: Workload) -> dict[str, Any]:
    session.browser.call("beginLongTasks")
    run = session.run(workload)
    time.sleep(3)
    long_tasks = session.browser.call("endLongTasks")
    session.browser.call("unfoldCell", workload.cell)
    size = session.browser.call("size", workload.cell, session.mode.panel or ".none")
    heap = session.browser.ask("heap")
    session.rest()
    return {"run": run, "longTasksMs": long_tasks, "heapBytes": heap} | size


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    found = []
    for cell, workload in result.items():
        modes = workload["modes"]
        small = cell == JOBS_200.cell
        worst = {m: max((max(run["longTasksMs"], default=0) for run in runs), default=0) for m, runs in modes.items()}
        count = {m: max(len(run["longTasksMs"]) for run in runs) for m, runs in modes.items()}
        found.append(
            Row(
                f"{workload['title']}: longest task",
                {m: amount(value, "ms") for m, value in worst.items()},
                "≤ 50 ms" if small else "",
            )
        )
        found.append(Row("  tasks over 50 ms in a run, at most", {m: amount(value) for m, value in count.items()}))
        last = {m: runs[-1] for m, runs in modes.items()}
        nodes = {m: amount(run["pageNodes"]) for m, run in last.items()}
        found.append(Row("  nodes of the whole page", nodes, "≤ 2,200" if small else ""))
        height = {m: amount(run["panelHeightPx"], "px") for m, run in last.items() if m != "without"}
        found.append(Row("  height of the panel", height, "≤ 240 px" if small else ""))
        found.append(
            Row("  live JavaScript objects", {m: amount(run["heapBytes"] / 1e6, "MB", 1) for m, run in last.items()})
        )
    return found
