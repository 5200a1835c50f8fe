"""How soon one sees it: task end → on screen, action returned → final words, action returned → every task drawn.

One clock for all: the driver's `System.currentTimeMillis`, Python's `time.time` and the page's `Date.now` on the same machine.
"""

from __future__ import annotations

import time
from typing import Any

from context import Context
from figures import quantile, summary
from session import Session
from table import Row, amount
from workloads import TASKS_20K, TASKS_100K, Workload

NAME = "latency"
TITLE = "How soon one sees it"


def measure(context: Context) -> dict[str, Any]:
    """Runs of 20,000 tasks in every mode that shows something, of 100,000 in ours."""
    sessions = context.start()
    result: dict[str, Any] = {}
    for workload in (TASKS_20K, TASKS_100K):
        times = 1 if context.quick else 5 if workload is TASKS_20K else 3
        modes = {}
        for mode in context.modes:
            if mode.words is None or (mode.lock is not None and workload is TASKS_100K):
                continue
            session = sessions[mode.name]
            session.warm_up((workload,), 1)
            session.open_panel(workload.cell)
            session.rest()
            modes[mode.name] = _judge([_once(session, workload) for _ in range(times)])
        result[workload.cell] = {"title": workload.title, "modes": modes}
    return result


def _once(session: Session, workload: Workload) -> dict[str, Any]:
    ours = session.mode.name == "sparkglass"
    session.browser.call("watchWords", workload.cell, session.mode.words)
    if ours:
        session.browser.call("watchTasks", workload.cell)
    run = session.run(workload)
    time.sleep(3)
    words = session.browser.call("endWords")
    tasks = session.browser.call("endTasks") if ours else None
    session.rest()
    last = words[-1] if words else None
    once: dict[str, Any] = {
        "run": run,
        "changes": len(words),
        "lastWords": last and last["words"],
        "firstWordsMs": next(
            (w["setAt"] - run["began"] for w in words if w["words"] and w["setAt"] >= run["began"]), None
        ),
        "finalSetMs": last and last["setAt"] - run["returned"],
        "finalDrawnMs": last and last["drawnAt"] and last["drawnAt"] - run["returned"],
    }
    if tasks:
        once["drawings"] = tasks["drawings"]
        once["tasks"] = tasks["tasks"]
        once["allDrawnMs"] = tasks["allDrawnAt"] and tasks["allDrawnAt"] - run["returned"]
        for name in ("modelMs", "screenMs"):
            delays = tasks[name]
            if delays:
                once[name] = {
                    "n": len(delays),
                    "p50": quantile(delays, 0.5),
                    "p95": quantile(delays, 0.95),
                    "max": max(delays),
                }
    return once


def _judge(runs: list[dict[str, Any]]) -> dict[str, Any]:
    def of(name: str, part: str | None = None) -> dict[str, Any] | None:
        found = [run[name] if part is None else run[name][part] for run in runs if run.get(name) is not None]
        return summary(found) if found else None

    return {
        "firstWordsMs": of("firstWordsMs"),
        "finalSetMs": of("finalSetMs"),
        "finalDrawnMs": of("finalDrawnMs"),
        "allDrawnMs": of("allDrawnMs"),
        "screenP50Ms": of("screenMs", "p50"),
        "screenP95Ms": of("screenMs", "p95"),
        "modelP50Ms": of("modelMs", "p50"),
        "modelP95Ms": of("modelMs", "p95"),
        "runs": runs,
    }


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    found = []
    for cell, workload in result.items():
        large = cell == TASKS_100K.cell
        title = workload["title"]
        lines = (
            (f"{title}: task end → on screen, p50", "screenP50Ms", "" if large else "≤ 200 ms"),
            ("  the same, p95", "screenP95Ms", "" if large else "≤ 400 ms"),
            ("  task end → in the model, p50", "modelP50Ms", ""),
            ("  action called → first words", "firstWordsMs", ""),
            ("  action returned → final words", "finalSetMs", ""),
            ("  … and that frame drawn", "finalDrawnMs", "≤ 50 ms"),
            ("  action returned → every task drawn", "allDrawnMs", "≤ 1,000 ms" if large else "≤ 500 ms"),
        )
        for label, name, target in lines:
            cells = {
                mode: f"{amount(own[name]['median'], 'ms')} [{own[name]['low']:.0f}–{own[name]['high']:.0f}]"
                for mode, own in workload["modes"].items()
                if own[name]
            }
            found.append(Row(label, cells, target))
    return found
