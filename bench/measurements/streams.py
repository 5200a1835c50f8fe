"""Ten streams, ten batches a second in all: what watching them costs a batch, the kernel side and the page told apart.

One driver, one after the other in three states: nobody watches; the kernel side does, and no page is open; and a page is open too, with the
charts on screen. Two drivers would differ by what their compilers made of them, which is more than what is measured here. The queries are
started anew for each span.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from context import Context
from figures import quantile, ratios, summary
from session import Session
from table import Row, number, ratio
from workloads import STREAMS, STREAMS_CELL

NAME = "streams"
TITLE = "Ten streams at once"

ROUNDS = 4
#: Seconds until a driver that has just started has compiled what a batch needs.
WARM_UP = 150
#: Seconds until queries have run in, and seconds that are measured.
RUN_IN, SPAN = 12, 45
QUICK_WARM_UP, QUICK_SPAN = 20, 20

ATTACH = "__import__('sparkglass.kernel', fromlist=['attach_json']).attach_json()"
DETACH = "__import__('sparkglass.kernel', fromlist=['detach']).detach()"


def measure(context: Context) -> dict[str, Any]:
    """Spans of every state in turn."""
    if not context.has("sparkglass"):
        return {}
    session = context.session("sparkglass")
    session.kernel.silent(STREAMS)
    states = {"bare": _bare, "kernel": _kernel, "page": _page}
    spans: dict[str, list[dict[str, Any]]] = {name: [] for name in states}
    warm_up, span = (QUICK_WARM_UP, QUICK_SPAN) if context.quick else (WARM_UP, SPAN)
    _page(session)
    time.sleep(warm_up)
    stop(session)
    for round_number in range(min(ROUNDS, context.rounds)):
        order = list(states.items())
        for name, begin in order[::-1] if round_number % 2 else order:
            spans[name].append(_once(session, begin, span))
            last = spans[name][-1]
            context.say(
                f"{name}: a batch takes {last['meanDurationMs']:.1f} ms and {last['cpuMsABatch']:.1f} ms of CPU, "
                f"{last['batchesASecond']:.1f} a second"
            )
    return {"states": {name: _judge(own, spans["bare"]) for name, own in spans.items()}}


def _bare(session: Session) -> None:
    session.leave()
    session.kernel.silent(DETACH)
    session.kernel.run("streams_start()", STREAMS_CELL)


def _kernel(session: Session) -> None:
    session.leave()
    session.kernel.silent(ATTACH)
    session.kernel.run("streams_start()", STREAMS_CELL)


def _page(session: Session) -> None:
    # The page attaches by itself.
    session.come_back()
    start_in_page(session)


def start_in_page(session: Session) -> None:
    """Start the streams as a person does, and open what shows them."""
    session.browser.call("run", STREAMS_CELL)
    session.browser.call("openStreams", STREAMS_CELL)


def stop(session: Session) -> None:
    """Stop the streams, and let the driver collect its garbage."""
    session.kernel.silent("streams_stop()")
    session.kernel.silent("spark.sparkContext._jvm.System.gc()")


def said(session: Session) -> dict[str, Any]:
    """What the queries themselves say of the span."""
    return json.loads(session.kernel.evaluate("streams_said()"))


def _once(session: Session, begin: Callable[[Session], None], seconds: float) -> dict[str, Any]:
    begin(session)
    time.sleep(RUN_IN)
    session.kernel.silent("streams_begin()")
    time.sleep(seconds)
    session.kernel.silent("streams_end()")
    stop(session)
    return figures(said(session))


def figures(told: dict[str, Any]) -> dict[str, Any]:
    """Of the batches of a span."""
    durations = told["durations"]
    batches = len(durations)
    return {
        "batches": batches,
        "batchesASecond": batches / told["seconds"],
        "durationMs": quantile(durations, 0.5),
        "meanDurationMs": sum(durations) / batches,
        "p95DurationMs": quantile(durations, 0.95),
        "cpuMsABatch": 1000 * told["cpu"] / batches,
    }


def _judge(own: list[dict[str, Any]], bare: list[dict[str, Any]]) -> dict[str, Any]:
    def of(name: str, spans: list[dict[str, Any]]) -> list[float]:
        return [span[name] for span in spans]

    return {
        "batchesASecond": summary(of("batchesASecond", own)),
        "meanDurationMs": summary(of("meanDurationMs", own)),
        "cpuMsABatch": summary(of("cpuMsABatch", own)),
        "durationRatio": summary(ratios(of("meanDurationMs", own), of("meanDurationMs", bare))),
        "medianRatio": summary(ratios(of("durationMs", own), of("durationMs", bare))),
        "cpuRatio": summary(ratios(of("cpuMsABatch", own), of("cpuMsABatch", bare))),
        "spans": own,
    }


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    if not result:
        return []
    bare, kernel, page = (result["states"][name] for name in ("bare", "kernel", "page"))
    mode = "sparkglass"
    return [
        Row("batches a second, with a page", {mode: number(page["batchesASecond"], "")}, "10"),
        Row("mean time of a batch, nobody watches", {mode: number(bare["meanDurationMs"], "ms")}),
        Row("  the kernel side does, no page : nobody", {mode: ratio(kernel["durationRatio"])}, "≤ 1.02"),
        Row("  and a page with its charts : nobody", {mode: ratio(page["durationRatio"])}, "≤ 1.02"),
        Row("median time: kernel side : nobody", {mode: ratio(kernel["medianRatio"])}),
        Row("  and a page : nobody", {mode: ratio(page["medianRatio"])}),
        Row("driver's and kernel's CPU a batch, nobody watches", {mode: number(bare["cpuMsABatch"], "ms")}),
        Row("  kernel side : nobody", {mode: ratio(kernel["cpuRatio"])}),
        Row("  and a page : nobody", {mode: ratio(page["cpuRatio"])}),
    ]
