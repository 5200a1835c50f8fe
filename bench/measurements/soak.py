"""Three minutes of ten streams, ten batches a second in all: whether the page stays as it is, and says what Spark says.

What a page keeps of a stream is bounded, and fills up in the first minutes: of each query the work of 100 batches (125 before they are let
go). Growth is measured when that is full.
"""

from __future__ import annotations

import time
from typing import Any

from context import Context
from table import Row, amount
from workloads import STREAMS

from measurements.streams import figures, said, start_in_page, stop

NAME = "soak"
TITLE = "Three minutes of ten streams"

#: Seconds until the page keeps as much as it ever will of the work of batches, and seconds that are measured.
FULL, SPAN = 150, 180
QUICK_FULL, QUICK_SPAN = 15, 30
#: Seconds after the end of the queries in which the page may still hear of them.
AFTER = 3


def measure(context: Context) -> dict[str, Any]:
    """One long span with the page open at the charts."""
    if not context.has("sparkglass"):
        return {}
    session = context.session("sparkglass")
    full, span = (QUICK_FULL, QUICK_SPAN) if context.quick else (FULL, SPAN)
    session.kernel.silent(STREAMS)
    session.come_back()
    start_in_page(session)
    time.sleep(full)
    before = session.browser.ask("heap")
    session.kernel.silent("streams_begin()")
    session.browser.ask("tasks", begin=True)
    time.sleep(span)
    tasks = session.browser.ask("tasks", begin=False)
    session.kernel.silent("streams_end()")
    after = session.browser.ask("heap")
    stop(session)
    time.sleep(AFTER)
    told = said(session)
    page = session.browser.call("streamsTold")
    result = figures(told) | {
        "seconds": span,
        "heapBytes": before,
        "heapGrowthBytes": after - before,
        "tasks": tasks,
        "equal": sum(page.get(run) == numbers for run, numbers in told["told"].items()),
        "queries": len(told["told"]),
    }
    context.say(f"heap {result['heapGrowthBytes'] / 1e6:+.1f} MB, {len(tasks['long'])} long tasks")
    return result


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    if not result:
        return []
    mode = "sparkglass"
    tasks = result["tasks"]
    long = tasks["long"]
    return [
        Row("batches a second", {mode: amount(result["batchesASecond"], "", 1)}, "10"),
        Row("growth of live objects", {mode: amount(result["heapGrowthBytes"] / 1e6, "MB", 1)}, "≤ 5 MB"),
        Row("tasks of the page over 50 ms", {mode: amount(len(long))}, "0"),
        Row("  over 50 ms of CPU", {mode: amount(sum(task["cpuMs"] > 50 for task in long))}),
        Row("the longest", {mode: amount(max((task["ms"] for task in long), default=0), "ms")}, "≤ 50 ms"),
        Row("  the most CPU of one", {mode: amount(tasks["mostCpuMs"], "ms")}),
        Row("the page's main thread at work", {mode: f"{tasks['cpuMs'] / (10 * result['seconds']):.1f} % of a core"}),
        Row("queries as recentProgress says", {mode: f"{result['equal']} of {result['queries']}"}, "all"),
    ]
