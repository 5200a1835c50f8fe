"""Panning the bars of 100,000 partitions."""

from __future__ import annotations

from typing import Any

from context import Context
from picture_frames import frames_of, rows_of
from table import Row
from workloads import TASKS_100K

NAME = "partition-frames"
TITLE = "Panning 100,000 partitions"

BARS = ".jp-Sparkglass-bars"


def measure(context: Context) -> dict[str, Any]:
    """Frames while the bars are dragged, at two zooms."""
    if not context.has("sparkglass"):
        return {}
    session = context.start()["sparkglass"]
    session.warm_up((TASKS_100K,), 1)
    session.browser.call("openTab", TASKS_100K.cell, "Partitions", BARS)
    session.browser.call("show", TASKS_100K.cell)
    return frames_of(context, session, TASKS_100K.cell, BARS)


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    return rows_of(result)
