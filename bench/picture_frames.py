"""Frames while a picture of a tab is zoomed into and dragged."""

from __future__ import annotations

from typing import Any

from context import Context
from figures import quantile
from session import Session
from table import Row

#: Steps of the wheel: from everything to about a fifth of it, and far in.
ZOOMS = {"wide": 4, "near": 14}


def frames_of(context: Context, session: Session, cell: str, selector: str) -> dict[str, Any]:
    """ms from frame to frame and ms of work in a frame, at each zoom."""
    result = {}
    for name, steps in ZOOMS.items():
        session.browser.call("fitPicture", cell, selector)
        frames = session.browser.ask(
            "pan",
            selector=f"[data-bench-cell='{cell}'] {selector}",
            zoomSteps=steps,
            seconds=2 if context.quick else 6,
        )
        result[name] = {
            key: {"n": len(own), "p50": quantile(own, 0.5), "p95": quantile(own, 0.95), "max": max(own)}
            for key, own in frames.items()
        }
    return result


def rows_of(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    found = []
    for name, frames in result.items():
        for key, label in (("intervals", "from frame to frame"), ("work", "script, layout and paint in a frame")):
            own = frames[key]
            cell = f"{own['p50']:.1f} / {own['p95']:.1f} / {own['max']:.1f} ms"
            target = "≤ 16 ms" if key == "work" else ""
            found.append(Row(f"{name}: {label}, p50 / p95 / max", {"sparkglass": cell}, target))
    return found
