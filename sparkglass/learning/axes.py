"""The axes that learners share: lines, marks, and who listens to what is scored."""

from __future__ import annotations

import itertools
import threading
import time
import warnings
import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from . import boundaries, lines, marks, telling
from .lines import Line
from .marks import Mark, one_of
from .scoring import LOSSES, Classes, Scored

if TYPE_CHECKING:
    from typing_extensions import Self

    from .batches import EachBatch
    from .online import Learner
    from .probes import Probe

# A line's name, the losses of the rows it has just scored (a numpy array), and how many it had scored before them.
OnScored = Callable[[Line, Any, int], object]

_ordinals = itertools.count(1)


class Axes:
    """What ``Curve`` adds the ways of use to.

    Attributes
    ----------
    seen
        Examples on the shared axis: distinct labelled rows that have been scored.
    come
        The same with the rows that still await their labels: what happens now happens here.
    """

    def __init__(self, name: str, classes: Iterable[Any] | None, alpha: float) -> None:
        if not 0 <= alpha < 1:
            raise ValueError(f"alpha, the fading factor, must be at least 0 and less than 1, not {alpha!r}")
        if isinstance(classes, str):
            raise ValueError(f"classes must be a list of labels, not the text {classes!r}")
        telling.attach()
        self.name = str(name)
        self.ordinal = next(_ordinals)
        self.alpha = float(alpha)
        self.classes = Classes(classes)
        self.seen = 0
        self.come = 0
        self.is_finished = False
        self.is_observing = False
        # Whether the labels were named from the start.
        self.has_classes = bool(self.classes.labels)
        self.probes: list[Probe] = []
        # The number of the each_batch that worked for a query last, by the query's id.
        self.of_query: dict[str, int] = {}
        self.streams: weakref.WeakSet[EachBatch] = weakref.WeakSet()
        # Faults and drifts that are known; detections are held against them.
        self.truths: list[Mark] = []
        self._lock = threading.RLock()
        self._lines: dict[str, Line] = {}
        self._marks = itertools.count(0)
        self._heard: list[OnScored] = []
        self._taught: list[Callable[[Learner], object]] = []
        self._said: set[str] = set()
        self._at_end: list[Callable[[], object]] = []
        self.time_ms = int(time.time() * 1000)
        self._began = time.monotonic_ns()
        self._run = telling.run_id()
        self.tell_classes()

    def __repr__(self) -> str:
        return f"<curve {self.name!r}: {len(self._lines)} lines, {self.seen} examples>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        # A stream that was started goes on when the cell that opened the curve has ended, also when somebody interrupts the waiting for it.
        if not self.is_observing and not any(each.goes_on for each in self.streams):
            self.finish("finished" if error is None else "error")

    def at_end(self, act: Callable[[], object]) -> None:
        """Calls ``act()`` when the curve is finished; what it raises is let go."""
        self._at_end.append(act)

    def finish(self, reason: str = "finished") -> None:
        """No more points: ``finished``, or ``error``. Again does no harm."""
        one_of("reason", reason, ("finished", "error"))
        if not self.is_finished:
            self.is_finished = True
            for act in self._at_end:
                try:
                    act()
                except Exception:
                    pass
            telling.flush()
            telling.tell(
                {
                    "Event": "SparkglassCurveEnd",
                    "Curve": self.ordinal,
                    "Time": int(time.time() * 1000),
                    "Reason": reason,
                }
            )
            telling.flush()

    # ---- lines and marks -------------------------------------------------------------

    @property
    def lines(self) -> list[Line]:
        """The lines so far, by ordinal."""
        return list(self._lines.values())

    def line(
        self,
        name: str,
        kind: str = "online",
        of: Line | None = None,
        loss: str = "zeroOne",
        learner: str | None = None,
    ) -> Line:
        """The line of this name; a new one when there is none.

        Parameters
        ----------
        kind
            ``online`` or ``batch`` learner, ``probe``, ``metric`` (a number), or ``epochs``.
        of
            The line that a probe, a number or the epochs of a retrain belong to.
        loss
            ``zeroOne``, ``squared``, ``log``, or ``value``: a number that is no loss.
        learner
            The learner's class.

        Raises
        ------
        ValueError
            When there is a line of this name of another kind, or no such kind or loss.
        """
        one_of("kind", kind, lines.KINDS)
        one_of("loss", loss, LOSSES)
        with self._lock:
            found = self._lines.get(name)
            if found is None:
                found = self._lines[name] = Line(self, len(self._lines), str(name), kind, of, loss, learner)
            elif found.kind != kind:
                raise ValueError(f"curve {self.name!r}: the line {name!r} is of kind {found.kind}, not {kind}")
            return found

    def mark(
        self,
        kind: str,
        name: str | None = None,
        start: float | None = None,
        end: float | None = None,
        detail: str = "",
        line: Line | None = None,
        direction: str | None = None,
        pattern: str | None = None,
    ) -> Mark:
        """Marks a moment or a stretch of examples.

        Parameters
        ----------
        kind
            ``fault``, ``drift``, ``detection``, ``retrain``, ``policy``, ``version``, ``mark`` or ``mistake``; with no name, this is the
            name of a plain ``mark``.
        start, end
            In examples; ``start`` left out: now.
        direction
            Of a detection: ``worse`` or ``better``.
        pattern
            Of a drift: ``sudden``, ``gradual`` or ``recurring``; of a fault: ``sensor`` or ``flood``.

        Raises
        ------
        ValueError
            When there is no such kind, direction or pattern.
        """
        if name is None:
            kind, name = "mark", kind
        one_of("kind", kind, marks.KINDS)
        found = Mark(
            self,
            next(self._marks),
            kind,
            name,
            start=self.come if start is None else start,
            end=end,
            detail=detail,
            line=line,
            direction=direction,
            pattern=pattern,
        )
        if kind in ("fault", "drift"):
            self.truths.append(found)
        return found

    def fault(
        self, name: str, start: float | None = None, end: float | None = None, pattern: str | None = None
    ) -> Mark:
        """Marks a fault that was injected: from ``start`` examples (or now) until ``end`` (or ``close()``, or the end of a ``with``).

        ``pattern`` says how it is drawn: ``sensor`` (a value that stands still) or ``flood`` (forged rows).
        """
        return self.mark("fault", name, start, end, pattern=pattern)

    def mistake(self, name: str, detail: str, line: Line | None = None) -> None:
        """Says once in the cell, and in a mark, that something is done in a way that spoils what the curve shows."""
        key = f"{name} {line.ordinal if line else ''}"
        if key in self._said:
            return
        self._said.add(key)
        self.mark("mistake", name, detail=detail, line=line)
        _warn(f"curve {self.name!r}: {detail}")

    def boundary(self, line: Line, model: Any, X: Any, y: Any, features: Sequence[str] | None = None) -> None:
        """Tells of the line that a linear model of two features draws, with at most 200 of the rows around it.

        Raises
        ------
        ValueError
            When the model is not linear, not fitted, or has not two features.
        """
        telling.tell(
            {
                "Event": "SparkglassCurveBoundary",
                "Curve": self.ordinal,
                "Line": line.ordinal,
                "At": line.at,
                "Features": boundaries.names(features, X),
                "Weights": boundaries.weights(model),
                "Sample": boundaries.sample(X, y, self.classes.index),
                "Time": int(time.time() * 1000),
            }
        )
        if self.classes.has_grown:
            self.tell_classes()

    # ---- who listens -----------------------------------------------------------------

    def on_scored(self, callback: OnScored) -> None:
        """Calls ``callback(line, losses, at_before)`` after each scoring of rows of the stream and before they are learnt.

        ``losses`` is a numpy array with the loss of each row; ``at_before`` how many the line had scored before. What it raises is said
        once and does not stop the stream.
        """
        self._heard.append(callback)

    @property
    def is_heard(self) -> bool:
        """Whether anybody listens to what is scored."""
        return bool(self._heard)

    def heard(self, line: Line, scored: Scored, before: int) -> None:
        """Passes on what a line has scored."""
        if not self._heard:
            return
        losses = scored.losses()
        if losses is None:
            return
        import numpy

        for callback in list(self._heard):
            try:
                callback(line, numpy.asarray(losses, dtype=float), before)
            except Exception as error:
                self.mistake(
                    "callback failed", f"a callback of on_scored failed: {type(error).__name__}: {error}", line
                )

    def on_learnt(self, callback: Callable[[Learner], object]) -> None:
        """Calls ``callback(learner)`` after each step of a learner, when it has learnt; with errors as ``on_scored`` has them."""
        self._taught.append(callback)

    def learnt(self, learner: Learner) -> None:
        """Passes on that a learner has learnt."""
        for callback in list(self._taught):
            try:
                callback(learner)
            except Exception as error:
                self.mistake(
                    "callback failed",
                    f"a callback of on_learnt failed: {type(error).__name__}: {error}",
                    learner.line,
                )

    # ---- for the lines ---------------------------------------------------------------

    def elapsed_ms(self) -> int:
        """Milliseconds since the curve was opened."""
        return (time.monotonic_ns() - self._began) // 1_000_000

    def has_seen(self, at: int) -> None:
        """A line has scored so many rows by now."""
        if at > self.seen:
            self.seen = at
        self.has_come(at)

    def has_come(self, rows: int) -> None:
        """So many rows of a line have come by now, with labels or without."""
        if rows > self.come:
            self.come = rows

    def too_late(self) -> None:
        """A point came after the end; it is not told."""
        if "too late" not in self._said:
            self._said.add("too late")
            _warn(f"the curve {self.name!r} is finished; points are not added any more.")

    def tell_classes(self) -> None:
        """Tells of the curve: at its beginning, and again when it has met another class."""
        if self.has_classes and self.classes.has_grown:
            label = self.classes.labels[-1]
            kind = type(label).__name__
            self.mistake(
                "unknown label", f"the label {label!r} ({kind}) is not among the classes that were named; it is added."
            )
        self.classes.has_grown = False
        telling.tell(
            {
                "Event": "SparkglassCurve",
                "Curve": self.ordinal,
                "Name": self.name,
                "Run ID": self._run,
                "Classes": [str(label) for label in self.classes.labels] or None,
                "Alpha": self.alpha,
                "Time": self.time_ms,
            }
        )


def _warn(text: str) -> None:
    """One line in the output of the cell: which line of ours says so is of no use there."""
    try:
        warnings.warn_explicit(text, UserWarning, "sparkglass", 1)
    except Warning:
        pass  # where warnings are errors, the stream goes on all the same
