"""Panning a shuffle's matrix of 2,000 × 2,000 cells."""

from __future__ import annotations

from typing import Any

from context import Context
from picture_frames import frames_of, rows_of
from table import Row
from workloads import SHUFFLE

NAME = "matrix-frames"
TITLE = "Panning a matrix of 2,000 × 2,000"

MATRIX = ".jp-Sparkglass-matrix"
SIDE = 2000


def measure(context: Context) -> dict[str, Any]:
    """Frames while the matrix is dragged, at two zooms; it is put in the place of a real one in the page."""
    if not context.has("sparkglass"):
        return {}
    session = context.start()["sparkglass"]
    session.warm_up((SHUFFLE,), 1)
    session.browser.call("widenMatrix", SIDE)
    session.browser.call("openTab", SHUFFLE.cell, "Shuffles", MATRIX)
    session.browser.call("show", SHUFFLE.cell)
    return frames_of(context, session, SHUFFLE.cell, MATRIX)


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    return rows_of(result)
