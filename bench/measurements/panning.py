"""Panning a timeline of 100,000 tasks: ms from frame to frame, and ms of script in a frame."""

from __future__ import annotations

from typing import Any

from context import Context
from picture_frames import frames_of, rows_of
from table import Row
from workloads import TASKS_100K

NAME = "panning"
TITLE = "Panning 100,000 tasks"

PLOT = ".jp-Sparkglass-timeline-plot"


def measure(context: Context) -> dict[str, Any]:
    """Frames while the timeline is dragged, at two zooms."""
    if not context.has("sparkglass"):
        return {}
    session = context.start()["sparkglass"]
    session.warm_up((TASKS_100K,), 1)
    session.open_panel(TASKS_100K.cell)
    session.browser.call("show", TASKS_100K.cell)
    return frames_of(context, session, TASKS_100K.cell, PLOT)


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    return rows_of(result)
