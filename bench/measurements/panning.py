"""Panning a timeline of 100,000 tasks: ms from frame to frame, and ms of script in a frame."""

from __future__ import annotations

from typing import Any

from context import Context
from figures import quantile
from table import Row
from workloads import TASKS_100K

NAME = "panning"
TITLE = "Panning 100,000 tasks"

PLOT = ".jp-Sparkglass-strip .jp-Sparkglass-timeline-plot"

#: Steps of the wheel: from everything to about a fifth of it, and to a few hundred tasks.
ZOOMS = {"wide": 4, "near": 14}


def measure(context: Context) -> dict[str, Any]:
    """Frames while the timeline is dragged, at two zooms."""
    if not context.has("sparkglass"):
        return {}
    session = context.start()["sparkglass"]
    session.warm_up((TASKS_100K,), 1)
    session.open_panel(TASKS_100K.cell)
    session.browser.call("show", TASKS_100K.cell)
    result = {}
    for name, steps in ZOOMS.items():
        session.browser.call("fitTimeline", TASKS_100K.cell)
        frames = session.browser.ask(
            "pan",
            selector=f"[data-bench-cell='{TASKS_100K.cell}'] {PLOT}",
            zoomSteps=steps,
            seconds=2 if context.quick else 6,
        )
        result[name] = {
            key: {"n": len(own), "p50": quantile(own, 0.5), "p95": quantile(own, 0.95), "max": max(own)}
            for key, own in frames.items()
        }
    return result


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    found = []
    for name, frames in result.items():
        for key, label in (("intervals", "from frame to frame"), ("work", "script in a frame")):
            own = frames[key]
            cell = f"{own['p50']:.1f} / {own['p95']:.1f} / {own['max']:.1f} ms"
            target = "≤ 16 ms" if key == "work" else ""
            found.append(Row(f"{name}: {label}, p50 / p95 / max", {"sparkglass": cell}, target))
    return found
