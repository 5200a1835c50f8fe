"""Ten streams at once, as many batches a second as the machine does: what watching them costs, and whether the page stays as it is.

Each mode in turn starts the queries, lets them run in, and is measured over a span; ours is measured once more over three minutes. The
queries are stopped between two spans, so that only one mode works at a time.
"""

from __future__ import annotations

import ast
import json
import time
from typing import Any

from context import Context
from figures import quantile, ratios, summary
from session import Session
from table import Row, amount, number, ratio
from workloads import STREAMS, STREAMS_CELL

NAME = "streams"
TITLE = "Ten streams at once"

ROUNDS = 2
#: Seconds until queries have run in, and seconds that are measured.
RUN_IN, SPAN, LONG = 15, 45, 180
#: Seconds after the end of the queries in which the page may still hear of them.
AFTER = 3


def measure(context: Context) -> dict[str, Any]:
    """Spans of every mode in turn, and a long one of ours."""
    sessions = context.start()
    modes = [mode for mode in context.modes if mode.lock is None]
    span = 10 if context.quick else SPAN
    spans: dict[str, list[dict[str, Any]]] = {mode.name: [] for mode in modes}
    for mode in modes:
        sessions[mode.name].browser.call("silent", STREAMS)
    for round_number in range(ROUNDS):
        for mode in [mode for mode in context.in_turn(round_number) if mode in modes]:
            spans[mode.name].append(_once(sessions[mode.name], span))
            last = spans[mode.name][-1]
            context.say(
                f"{mode.title}: a batch takes {last['durationMs']:.1f} ms, {last['batchesASecond']:.1f} a second"
            )
    result = {"modes": {name: _judge(own, spans["without"]) for name, own in spans.items()}}
    if context.has("sparkglass"):
        long = _once(sessions["sparkglass"], 30 if context.quick else LONG)
        context.say(
            f"Three minutes: heap {long['heapGrowthBytes'] / 1e6:+.1f} MB, {len(long['longTasksMs'])} long tasks"
        )
        result["long"] = long
    return result


def _once(session: Session, seconds: float) -> dict[str, Any]:
    ours = session.mode.name == "sparkglass"
    session.browser.call("run", STREAMS_CELL)
    if ours:
        session.browser.call("openStreams", STREAMS_CELL)
    time.sleep(RUN_IN)
    heap = session.browser.ask("heap")
    session.browser.call("silent", "streams_begin()")
    session.browser.call("beginLongTasks")
    time.sleep(seconds)
    long_tasks = session.browser.call("endLongTasks")
    session.browser.call("silent", "streams_end()")
    heap_after = session.browser.ask("heap")
    session.browser.call("silent", "streams_stop()")
    time.sleep(AFTER)
    said = json.loads(ast.literal_eval(session.browser.call("evaluate", "streams_said()")))
    once = _figures(said) | {
        "heapBytes": heap,
        "heapGrowthBytes": heap_after - heap,
        "longTasksMs": long_tasks,
        "seconds": seconds,
    }
    if ours:
        page = session.browser.call("streamsTold")
        once["equal"] = sum(page.get(run) == told for run, told in said["told"].items())
        once["queries"] = len(said["told"])
    session.rest()
    return once


def _figures(said: dict[str, Any]) -> dict[str, Any]:
    durations = said["durations"]
    batches = len(durations)
    return {
        "batches": batches,
        "batchesASecond": batches / said["seconds"],
        "durationMs": quantile(durations, 0.5),
        "meanDurationMs": sum(durations) / batches,
        "p95DurationMs": quantile(durations, 0.95),
        "cpuMsABatch": 1000 * said["cpu"] / batches,
    }


def _judge(own: list[dict[str, Any]], without: list[dict[str, Any]]) -> dict[str, Any]:
    def of(name: str) -> list[float]:
        return [span[name] for span in own]

    def base(name: str) -> list[float]:
        return [span[name] for span in without]

    return {
        "batchesASecond": summary(of("batchesASecond")),
        "meanDurationMs": summary(of("meanDurationMs")),
        "durationRatio": summary(ratios(of("meanDurationMs"), base("meanDurationMs"))),
        "cpuRatio": summary(ratios(of("cpuMsABatch"), base("cpuMsABatch"))),
        "spans": own,
    }


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    modes = result["modes"]
    watched = {mode: own for mode, own in modes.items() if mode != "without"}
    found = [
        Row("batches a second", {m: number(own["batchesASecond"], "") for m, own in modes.items()}),
        Row("mean time of a batch", {m: number(own["meanDurationMs"], "ms") for m, own in modes.items()}),
        Row("  : without", {m: ratio(own["durationRatio"]) for m, own in watched.items()}, "≤ 1.02"),
        Row("driver and kernel CPU a batch : without", {m: ratio(own["cpuRatio"]) for m, own in watched.items()}),
    ]
    long = result.get("long")
    if long:
        mode = "sparkglass"
        worst = max(long["longTasksMs"], default=0)
        minutes = f"{long['seconds']:.0f} s"
        found += [
            Row(f"{minutes}: growth of live objects", {mode: amount(long["heapGrowthBytes"] / 1e6, "MB", 1)}, "≤ 5 MB"),
            Row("  tasks over 50 ms", {mode: amount(len(long["longTasksMs"]))}, "0"),
            Row("  the longest", {mode: amount(worst, "ms")}, "≤ 50 ms"),
            Row("  queries as recentProgress says", {mode: f"{long['equal']} of {long['queries']}"}, "all"),
        ]
    return found
