"""A detector on the lines of a curve."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from .detectors import Band, Detection, Judgement, Watch, judge

if TYPE_CHECKING:
    from .axes import Axes
    from .lines import Line

MOST_KEPT = 1000  # Detections a line that are remembered; the page has been told of all.


class Detecting:
    """Made by ``Curve.detect``.

    Attributes
    ----------
    found
        Detections by the name of the line.
    """

    def __init__(self, curve: Axes, detector: Any, line: Line | str | None) -> None:
        Watch(detector)  # what is no detector is said here, not in the middle of a stream
        self.curve = curve
        self.found: dict[str, deque[Detection]] = {}
        self._detector = detector
        self._line = line
        self._watches: dict[str, Watch] = {}
        self._is_on = True
        curve.on_scored(self._hear)

    def judged(self, line: Line | str | None = None) -> Judgement:
        """The detections of a line, or of the only one, against the faults and drifts that are known."""
        name = next(iter(self.found), "") if line is None else _name(line)
        if line is None and len(self.found) > 1:
            raise ValueError(f"There are detections of several lines: say which, one of {', '.join(self.found)}.")
        return judge([found.at for found in self.found.get(name, ())], bands(self.curve, self.curve.seen))

    def stop(self) -> None:
        """Watches no more."""
        self._is_on = False

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}: {len(found)}" for name, found in self.found.items()) or "nothing yet"
        return f"<detections of {Watch(self._detector).name}: {counts}>"

    def _hear(self, line: Line, losses: Any, at_before: int) -> None:
        if not self._is_on or (self._line is not None and _name(self._line) != line.name):
            return
        watch = self._watches.get(line.name)
        if watch is None:
            watch = self._watches[line.name] = Watch(self._detector)
            self.found[line.name] = deque(maxlen=MOST_KEPT)
        try:
            detections = watch.read(losses.tolist(), at_before)
        except Exception:
            self.stop()  # said once by the curve; the next batch would only fail again
            raise
        for detection in detections:
            self.found[line.name].append(detection)
            detail = of_truth(detection.at, bands(self.curve, detection.at))
            self.curve.mark(
                "detection", detection.detector, detection.at, detail=detail, line=line, direction=detection.direction
            )


def bands(curve: Axes, at: int) -> list[Band]:
    """The faults and drifts that are marked on a curve; a fault that is not over is one until ``at``."""
    found = []
    for mark in curve.truths:
        if mark.start is not None:
            is_on = mark.end is None and mark.kind == "fault"
            end = max(at, mark.start) if is_on else mark.end
            found.append(Band(int(mark.start), None if end is None else int(end), mark.name))
    return found


def of_truth(at: int, known: list[Band]) -> str:
    """How a detection stands to what is known: "19 examples after: flood", "false alarm", or nothing where nothing is known."""
    if not known:
        return ""
    (index,) = judge([at], known).bands
    return "false alarm" if index is None else f"{at - known[index].start} examples after: {known[index].name}"


def _name(line: Line | str) -> str:
    return line if isinstance(line, str) else line.name
