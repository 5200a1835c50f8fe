"""A cell without Spark (``x = 1``): its time, and what is added to it.

Two times: as the page sees it (from the command to its end, most of it JupyterLab's own), and the kernel's own from ``busy`` to ``idle``.
"""

from __future__ import annotations

from typing import Any

from context import Context
from figures import summary
from table import Row, amount, number

NAME = "plain"
TITLE = "A cell without Spark"


def measure(context: Context) -> dict[str, Any]:
    """The cell again and again, modes taking turns, with a live session in every kernel."""
    sessions = context.start()
    times = 10 if context.quick else 60
    runs: dict[str, list[dict[str, Any]]] = {mode.name: [] for mode in context.modes}
    for mode in context.modes:
        for _ in range(5):
            sessions[mode.name].browser.call("runTimed", "plain")
    for i in range(times):
        for mode in context.in_turn(i):
            runs[mode.name].append(sessions[mode.name].browser.call("runTimed", "plain"))
    result = {}
    for name, own in runs.items():
        added = {
            key: [run[key] - bare[key] for run, bare in zip(own, runs["without"], strict=True)]
            for key in ("kernelMs", "roundTripMs")
        }
        result[name] = {
            "kernelMs": summary([run["kernelMs"] for run in own]),
            "roundTripMs": summary([run["roundTripMs"] for run in own]),
            "addedKernelMs": summary(added["kernelMs"]),
            "addedRoundTripMs": summary(added["roundTripMs"]),
            "addedNodes": own[-1]["nodes"] - runs["without"][-1]["nodes"],
            "addedHeightPx": own[-1]["heightPx"] - runs["without"][-1]["heightPx"],
        }
    return result


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    watched = {mode: own for mode, own in result.items() if mode != "without"}
    return [
        Row("kernel busy with it", {m: number(own["kernelMs"], "ms") for m, own in result.items()}),
        Row("  added", {m: number(own["addedKernelMs"], "ms") for m, own in watched.items()}, "≤ 1 ms"),
        Row("as the page sees it", {m: number(own["roundTripMs"], "ms") for m, own in result.items()}),
        Row("  added", {m: number(own["addedRoundTripMs"], "ms") for m, own in watched.items()}),
        Row("  nodes added to the cell", {m: amount(own["addedNodes"]) for m, own in watched.items()}, "0"),
        Row("  height added to the cell", {m: amount(own["addedHeightPx"], "px") for m, own in watched.items()}, "0"),
    ]
