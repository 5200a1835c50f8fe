"""What curves of this process tell: the frames that a page would get, read by the protocol."""

from __future__ import annotations

from typing import Any

from frame_reader import Event, decode
from IPython.core.interactiveshell import InteractiveShell

from sparkglass.kernel import attach
from sparkglass.learning import Curve, Line, telling

# Columns that are missing hold this for every point; Loss Squares are the losses.
MISSING = {"Model Bytes": -1, "Batch ID": -1}


class Told:
    """Everything about one curve, so far."""

    def __init__(self, curve: Curve) -> None:
        telling.flush()
        frames = telling.watch().channel.history.since(1, 1 << 40)[1]
        decoded = [decode(frame) for frame in frames]
        assert all(frame.application == 0 for frame in decoded)
        self._events = [event for frame in decoded for event in frame.events if event.get("Curve") == curve.ordinal]

    def events(self, name: str) -> list[Event]:
        return [event for event in self._events if event["Event"] == f"SparkglassCurve{name}"]

    def points(self, line: Line) -> list[Event]:
        return [event for event in self.events("Points") if event["Line"] == line.ordinal]

    def column(self, line: Line, name: str) -> list[Any]:
        """A column of all points of a line."""
        values: list[Any] = []
        for event in self.points(line):
            assert event["First"] == len(values)
            missing = event.get("Loss Sum", 0) if name == "Loss Squares" else MISSING.get(name, 0)
            value = event.get(name, missing)
            values += value if isinstance(value, list) else [value] * event["Points"]
            assert len(values) == event["First"] + event["Points"]
        return values

    def rows(self, line: Line, name: str) -> list[Any]:
        """What is told of each example."""
        return [value for event in self.points(line) for value in event.get(name, [])]

    def marks(self, kind: str) -> list[Event]:
        """The marks of a kind, each as it was told last."""
        newest = {event["Mark"]: event for event in self.events("Mark") if event["Kind"] == kind}
        return list(newest.values())


def listen() -> None:
    """Attaches to a shell without a kernel, which keeps the frames."""
    attach(InteractiveShell.instance())
