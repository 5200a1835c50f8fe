"""The points of a line that nobody has been told of, as the columns of `SparkglassCurvePoints` (docs/protocol.md, section 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Event = dict[str, Any]

IN_SAMPLE = 1
REPEAT = 2


class Point(NamedTuple):
    """What one step added to a line; the fields are the columns of the protocol, in the same units."""

    at: float
    examples: int
    loss_sum: float
    loss_squares: float
    elapsed_ms: int
    visits: int
    python_cpu_ns: int
    model_bytes: int
    batch_id: int
    flags: int


# The column's name, and what stands for all when it is missing; Loss Squares are missing when they equal the loss sum.
COLUMNS: tuple[tuple[str, float | None], ...] = (
    ("At", 0),
    ("Examples", 0),
    ("Loss Sum", 0),
    ("Loss Squares", None),
    ("Elapsed", 0),
    ("Visits", 0),
    ("Python CPU", 0),
    ("Model Bytes", -1),
    ("Batch ID", -1),
    ("Flags", 0),
)


class Rows(NamedTuple):
    """What is known of each example of a point: its loss, or its label and its prediction as indices of classes; else nothing."""

    losses: Sequence[float] | None = None
    labels: Sequence[int] | None = None
    predictions: Sequence[int] | None = None


@dataclass
class Chunk:
    """Points that may share an event: of one query run and one cell, and with the same kind of rows."""

    first: int
    key: tuple[str, str | None, str | None]
    points: list[Point] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    predictions: list[int] = field(default_factory=list)

    def event(self, curve: int, line: int) -> Event:
        """The event that tells of them."""
        _, query_run, run = self.key
        event: Event = {
            "Event": "SparkglassCurvePoints",
            "Curve": curve,
            "Line": line,
            "First": self.first,
            "Points": len(self.points),
            "Query Run ID": query_run,
            "Run ID": run,
        }
        columns = list(zip(*self.points, strict=True))
        if columns[3] == columns[2]:
            columns[3] = ()
        for (name, missing), column in zip(COLUMNS, columns, strict=True):
            if not column:
                continue
            if column.count(column[0]) < len(column):
                event[name] = list(column)
            elif column[0] != missing:
                event[name] = column[0]
        if self.losses:
            event["Losses"] = self.losses
        if self.labels:
            event["Labels"] = self.labels
            event["Predictions"] = self.predictions
        return event


class Pending:
    """Gathers points until they are told. Its owner sees to it that one thread is in it at a time."""

    def __init__(self) -> None:
        self.count = 0
        self._chunks: list[Chunk] = []

    def __bool__(self) -> bool:
        return bool(self._chunks)

    def add(self, point: Point, rows: Rows, query_run: str | None, run: str | None) -> None:
        """Adds a point with what is known of its rows."""
        kind = "losses" if rows.losses is not None else "labels" if rows.labels is not None else ""
        if kind == "" and point.examples == 0:
            # A gap says nothing of rows and goes with either kind.
            kind = self._chunks[-1].key[0] if self._chunks else ""
        key = (kind, query_run, run)
        if not self._chunks or self._chunks[-1].key != key:
            self._chunks.append(Chunk(self.count, key))
        chunk = self._chunks[-1]
        chunk.points.append(point)
        if rows.losses is not None:
            chunk.losses.extend(rows.losses)
        elif rows.labels is not None and rows.predictions is not None:
            chunk.labels.extend(rows.labels)
            chunk.predictions.extend(rows.predictions)
        self.count += 1

    def take(self) -> list[Chunk]:
        """What was gathered; afterwards there is nothing."""
        chunks, self._chunks = self._chunks, []
        return chunks
