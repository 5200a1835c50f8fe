"""What travels to the page: bytes and web-socket messages of a run, less those of the same run in the mode without anything.

Counted by the browser's own protocol, in runs of their own, as watching costs the browser time.
"""

from __future__ import annotations

import time
from typing import Any

from context import Context
from figures import quantile
from session import Session
from table import Row, amount
from workloads import JOBS_200, TASKS_20K, Workload

NAME = "traffic"
TITLE = "What travels to the page"

#: SparkMonitor writes when a task finished into each of its messages; escaped JSON within JSON.
FINISH = r'finishTime\\*":\s*(\d{13})'

#: Seconds to wait until a driver has nothing left to say. SparkMonitor needs 156 for 20,000 tasks.
PATIENCE = 240


def measure(context: Context) -> dict[str, Any]:
    """Traffic of each workload in each mode."""
    sessions = context.start()
    result: dict[str, Any] = {}
    for workload in (TASKS_20K, JOBS_200):
        modes: dict[str, Any] = {}
        for mode in context.modes:
            session = sessions[mode.name]
            session.warm_up((workload,), 1)
            session.open_panel(workload.cell)
            session.rest()
            modes[mode.name] = _count(session, workload, context.quick)
            session.rest()
        for counted in modes.values():
            counted["addedBytes"] = counted["bytes"] - modes["without"]["bytes"]
            counted["addedBytesPerTask"] = counted["addedBytes"] / workload.tasks
            counted["addedFrames"] = counted["frames"] - modes["without"]["frames"]
        result[workload.cell] = {"title": workload.title, "tasks": workload.tasks, "modes": modes}
    return result


def _count(session: Session, workload: Workload, quick: bool) -> dict[str, Any]:
    session.browser.ask("traffic", begin=True, finish=FINISH if session.mode.name == "sparkmonitor" else "")
    run = session.run(workload)
    waiting = session.mode.waiting
    began = time.monotonic()
    patience = 20 if quick else PATIENCE
    while waiting and time.monotonic() - began < patience and session.browser.call("evaluate", waiting) != "0":
        time.sleep(2)
    drained = time.monotonic() - began if waiting else None
    time.sleep(3)
    counted = session.browser.ask("traffic", begin=False)
    delays = counted.pop("delays")
    if delays:
        counted["taskEndToBrowserMs"] = {
            "n": len(delays),
            "p50": quantile(delays, 0.5),
            "p95": quantile(delays, 0.95),
            "max": max(delays),
        }
    return counted | {"run": run, "drainedSeconds": drained, "cutShort": drained is not None and drained >= patience}


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    found = []
    for workload in result.values():
        modes = workload["modes"]
        title = workload["title"]
        watched = {mode: own for mode, own in modes.items() if mode != "without"}
        per_task = {m: amount(own["addedBytesPerTask"], "B", 1) for m, own in watched.items()}
        found.append(Row(f"{title}: bytes a task", per_task, "≤ 30" if workload["tasks"] >= 20_000 else ""))
        found.append(Row("  bytes", {m: amount(own["bytes"]) for m, own in modes.items()}))
        found.append(Row("  messages", {m: amount(own["frames"]) for m, own in modes.items()}))
        found.append(
            Row("  messages in the fullest second", {m: amount(own["mostInASecond"]) for m, own in modes.items()})
        )
        late = {m: own["taskEndToBrowserMs"] for m, own in modes.items() if "taskEndToBrowserMs" in own}
        if late:
            words = {m: f"{own['p50'] / 1000:.1f} / {own['p95'] / 1000:.1f} s" for m, own in late.items()}
            found.append(Row("  task end → browser, p50 / p95", words))
    return found
