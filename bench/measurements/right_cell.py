"""Whether jobs show under the cell that started them, when Run All starts short cells back to back.

Each Spark cell runs one job, with a number of tasks that no other cell and no recent Run All has; a Run All is right when every cell shows
that number and the cells without Spark show nothing.
"""

from __future__ import annotations

import time
from typing import Any

from context import Context
from session import Session
from table import Row
from workloads import RUN_ALL, run_all_tasks

NAME = "right-cell"
TITLE = "Jobs under the right cell"
RUN_ALLS = 36
FRESH_KERNEL_EVERY = 12


def measure(context: Context) -> dict[str, Any]:
    """Run Alls in every mode that shows jobs under cells, in sessions of their own."""
    result = {}
    for mode in context.modes:
        if mode.panel is None:
            continue
        context.say(f"Run All, {mode.title}")
        session = Session(mode)
        try:
            result[mode.name] = _run_alls(session, 3 if context.quick else RUN_ALLS)
        finally:
            session.close()
    return result


def _run_alls(session: Session, times: int) -> dict[str, Any]:
    wrong = []
    for i in range(times):
        of_kernel = i % FRESH_KERNEL_EVERY
        if of_kernel == 0:
            session.open_run_all(f"run-all-{i}")
        session.browser.call("runAll")
        time.sleep(1.5)
        expected = [[] if tasks is None else [run_all_tasks(tasks, of_kernel)] for tasks in RUN_ALL]
        shown = [session.browser.call("tasksShown", f"cell-{n}", session.mode.name) for n in range(len(RUN_ALL))]
        if shown != expected:
            wrong.append({"runAll": i, "ofKernel": of_kernel, "expected": expected, "shown": shown})
    return {"runAlls": times, "right": times - len(wrong), "wrong": wrong}


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    cells = {mode: f"{own['right']} of {own['runAlls']}" for mode, own in result.items()}
    return [Row("Run Alls with every job under its cell", cells, "all")]
