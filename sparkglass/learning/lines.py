"""A line on a curve: one learner's errors, a probe's, a number that somebody logs, or the epochs of a fit."""

from __future__ import annotations

import math
import threading
import time
import weakref
from typing import TYPE_CHECKING, Any

from . import awaited, telling
from .points import IN_SAMPLE, REPEAT, Chunk, Pending, Point, Rows
from .scoring import Scored, given_losses, given_sums, is_many, score

if TYPE_CHECKING:
    from .axes import Axes
    from .online import Learner

KINDS = ("online", "batch", "probe", "metric", "epochs")
# Those that score rows of the shared axis; the others stand beside it.
SCORING = ("online", "batch")
# Types of a single label.
_ONE = (int, str, float, bool)
# Points kept for the exports; beyond it neighbours are added up.
MOST_KEPT = 50_000


class Line:
    """Made by ``Curve.line``.

    Attributes
    ----------
    at
        Distinct labelled rows that it has scored so far.
    visits
        Rows that its learner has touched so far, rows × epochs.
    """

    def __init__(
        self, curve: Axes, ordinal: int, name: str, kind: str, of: Line | None, loss: str, learner: str | None
    ) -> None:
        self.curve = curve
        self.ordinal = ordinal
        self.name = name
        self.kind = kind
        self.of = of
        self.loss = loss
        self.at = 0
        self.visits = 0
        self.kept: list[Point] = []
        # Who scores on it, where that is one of ours: a policy may change its model or have it pause. Not kept alive: a line whose learner
        # is gone is taken over by the next of its name.
        self._owner: weakref.ref[Learner] | None = None
        self._lock = threading.Lock()
        self._pending = Pending()
        self._awaited: awaited.Awaited | None = None
        self._is_queued = False
        telling.tell(
            {
                "Event": "SparkglassCurveLine",
                "Curve": curve.ordinal,
                "Line": ordinal,
                "Name": name,
                "Kind": kind,
                "Of": None if of is None else of.ordinal,
                "Loss": loss,
                "Learner": learner,
                "Time": int(time.time() * 1000),
            }
        )

    @property
    def owner(self) -> Learner | None:
        """The learner, as long as somebody has it."""
        return None if self._owner is None else self._owner()

    @owner.setter
    def owner(self, learner: Learner) -> None:
        self._owner = weakref.ref(learner)

    def __repr__(self) -> str:
        return f"<line {self.name!r} of {self.curve.name!r}: {self.kind}, {self.at} examples>"

    def add(
        self,
        labels: Any = None,
        predictions: Any = None,
        *,
        losses: Any = None,
        count: int | None = None,
        loss_sum: float | None = None,
        loss_squares: float | None = None,
        **step: Any,
    ) -> None:
        """Adds a point: rows that were predicted before the learner saw them.

        Parameters
        ----------
        labels, predictions
            One each a row, or a single value each; scored with the line's loss.
        losses
            Instead: the loss of each row.
        count, loss_sum, loss_squares
            Instead: how many rows there were and the sums of their losses and of the squares of these.
        step
            More about the step, as in ``commit``.

        Raises
        ------
        ValueError
            When it is not one of the three, or labels and predictions differ in number.
        """
        repeat = bool(step.get("repeat"))
        if labels is not None and predictions is not None and losses is None and count is None:
            scored = self.score(labels, predictions, repeat=repeat)
        elif losses is not None and labels is None and count is None:
            scored = self.scored(given_losses(losses), repeat)
        elif count is not None and loss_sum is not None and labels is None and losses is None:
            scored = self.scored(given_sums(count, loss_sum, loss_squares), repeat)
        else:
            raise ValueError(
                f"line {self.name!r}: give labels and predictions, or losses=…, or count=… and loss_sum=…, and no two of them"
            )
        self.commit(scored, **step)

    def score(self, labels: Any, predictions: Any, *, repeat: bool = False) -> Scored:
        """Scores rows before they are learnt, and lets detectors and policies hear of it; ``commit`` makes a point of them."""
        return self.scored(self._score(labels, predictions), repeat)

    def _score(self, labels: Any, predictions: Any) -> Scored:
        classes = self.curve.classes
        if self.loss == "zeroOne" and type(labels) in _ONE and type(predictions) in _ONE:
            known = classes.pairs.get((labels, predictions))
            if known is not None:
                return known
        try:
            return score(self.loss, labels, predictions, classes)
        except ValueError as error:
            raise ValueError(f"line {self.name!r}: {error}") from None

    def scored(self, scored: Scored, repeat: bool = False, place: int | None = None) -> Scored:
        """As ``score``, for rows that are scored already; ``place`` is that of the last of them, where their labels came late."""
        if self.curve.classes.has_grown:
            self.curve.tell_classes()
        if self.kind in SCORING and not repeat and (scored.examples or place is not None):
            with self._lock:
                self.at = self.at + scored.examples if place is None else max(self.at, place)
                before = self.at - scored.examples
            self.curve.has_seen(self.at)
            self.curve.heard(self, scored, before)
        return scored

    def commit(
        self,
        scored: Scored,
        *,
        at: float | None = None,
        visits: int | None = None,
        python_cpu_ns: int = 0,
        model_bytes: int = -1,
        batch_id: int = -1,
        query_run_id: str | None = None,
        run_id: str | None = None,
        in_sample: bool = False,
        repeat: bool = False,
    ) -> None:
        """Makes a point of scored rows.

        Parameters
        ----------
        at
            Where it stands on the axis of examples; for lines that do not score the stream. Left out: at the examples so far.
        visits
            Rows the learner has touched so far. Left out: every scored row once.
        python_cpu_ns
            What the learning alone cost this thread, ns.
        model_bytes
            Size of the pickled model; -1 = not measured.
        batch_id, query_run_id
            Of the micro-batch that the rows came in.
        run_id
            Of the cell that made it. Left out: the one that is running.
        in_sample
            The model was fitted on these rows.
        repeat
            They had been delivered before.
        """
        if self.curve.is_finished:
            self.curve.too_late()
            return
        if visits is not None:
            self.visits = int(visits)
        elif self.kind == "online" and not repeat:
            self.visits += scored.examples
        point = Point(
            (self.at if self.kind in SCORING else self.curve.seen) if at is None else number(at),
            scored.examples,
            scored.loss_sum,
            scored.loss_squares,
            self.curve.elapsed_ms(),
            self.visits,
            int(python_cpu_ns),
            int(model_bytes),
            int(batch_id),
            (IN_SAMPLE if in_sample else 0) | (REPEAT if repeat else 0),
        )
        self._keep(point, scored.rows, query_run_id, telling.run_id() if run_id is None else run_id)

    def value(
        self, value: float, at: float | None = None, *, visits: int | None = None, elapsed_ms: int | None = None
    ) -> None:
        """Adds a number that is no loss of rows; one that is not finite leaves a gap.

        Parameters
        ----------
        at
            Where it stands: a step or an epoch. Left out: at the examples so far.
        visits
            As for ``commit``.
        elapsed_ms
            Since the curve was opened. Left out: now.
        """
        if self.curve.is_finished:
            self.curve.too_late()
            return
        if visits is not None:
            self.visits = int(visits)
        found = float(value)
        known = 1 if math.isfinite(found) else 0
        found = found if known else 0.0
        squares = found * found if abs(found) < 1e150 else 1e300
        where = self.curve.seen if at is None else number(at)
        elapsed = self.curve.elapsed_ms() if elapsed_ms is None else elapsed_ms
        point = Point(where, known, found, squares, elapsed, self.visits, 0, -1, -1, 0)
        self._keep(point, Rows(), None, telling.run_id())

    def predicted(self, keys: Any, predictions: Any, rows: Any = None) -> None:
        """Notes what was predicted of rows whose labels come later; ``labelled`` scores it then.

        Parameters
        ----------
        keys, predictions
            One each a row, or a single one each. A prediction of None is none: its row will not be scored.
        rows
            The rows themselves, for a learner that learns them when their labels come.

        Raises
        ------
        ValueError
            When there are not as many keys as predictions.
        """
        found = awaited.listed(keys)
        # Probabilities of the classes are a prediction of one row, too.
        foretold = list(predictions) if is_many(keys) else [predictions]
        if len(found) != len(foretold):
            raise ValueError(f"line {self.name!r}: there are {len(found)} keys and {len(foretold)} predictions")
        with self._lock:
            if self._awaited is None:
                self._awaited = awaited.Awaited(self.at)
            self._awaited.predicted = max(self._awaited.predicted, self.at)
            met = self._awaited.note(found, foretold, rows)
            come = self._awaited.predicted
        self.curve.has_come(come)
        awaited.tell_mistakes(self, met)
        self._queue()

    def labelled(self, keys: Any, labels: Any, **step: Any) -> None:
        """Adds a point: labels that have come, each scored against what was predicted of its row when that came.

        The point stands where the newest row is whose label has come: at the row's own place, unless the label of a later one came first.

        Parameters
        ----------
        keys, labels
            One each a row, in any order, or a single one each. None and NaN are no labels.
        step
            More about the step, as in ``commit``.

        Raises
        ------
        ValueError
            When there are not as many keys as labels.
        """
        _, _, scored = self.match(keys, labels)
        if scored.examples:
            self.commit(scored, **step)

    def match(self, keys: Any, labels: Any) -> tuple[list[Any], list[Any], Scored]:
        """As ``labelled`` without a point: the rows and labels that belong together, and their scores."""
        keys, labels = awaited.listed(keys), awaited.listed(labels)
        if len(keys) != len(labels):
            raise ValueError(f"line {self.name!r}: there are {len(keys)} keys and {len(labels)} labels")
        with self._lock:
            found, known, unknown = ([], [], len(keys)) if self._awaited is None else self._awaited.answer(keys, labels)
        awaited.tell_unknown(self, unknown)
        pairs = [
            (label, each.prediction) for label, each in zip(known, found, strict=True) if each.prediction is not None
        ]
        scored = Scored(0, 0.0, 0.0, Rows())
        if len(pairs) == 1 and not is_many(pairs[0][1]):
            scored = self._score(*pairs[0])
        elif pairs:
            scored = self._score([label for label, _ in pairs], [said for _, said in pairs])
        if found:
            self.scored(scored, place=found[-1].place)
            self._queue()
        return [each.row for each in found], known, scored

    def pass_by(self, examples: int) -> None:
        """Rows of the stream that it could not score yet: the axis goes on, and the line has a gap."""
        with self._lock:
            self.at += examples
        self.curve.has_seen(self.at)

    def _keep(self, point: Point, rows: Rows, query_run: str | None, run: str | None) -> None:
        with self._lock:
            self._pending.add(point, rows, query_run, run)
        self._queue()

    def _queue(self) -> None:
        # Queued twice it is asked twice, and has nothing the second time.
        if not self._is_queued:
            self._is_queued = True
            telling.tell(self)

    def drain(self) -> list[dict[str, Any]]:
        """What has not been told yet (``telling.Source``)."""
        with self._lock:
            self._is_queued = False
            chunks: list[Chunk] = self._pending.take()
            for chunk in chunks:
                self.kept += chunk.points
            if len(self.kept) > MOST_KEPT:
                self.kept = [_joined(pair) for pair in zip(self.kept[::2], self.kept[1::2], strict=False)] + (
                    self.kept[-1:] if len(self.kept) % 2 else []
                )
            waiting = self._awaited
            told = [waiting.event(self.curve.ordinal, self.ordinal)] if waiting is not None and waiting.has_news else []
        return [chunk.event(self.curve.ordinal, self.ordinal) for chunk in chunks] + told


def number(given: float) -> float:
    """A number of numpy's, or anybody's, as Python's own: only those are JSON. Whole ones stay whole."""
    if type(given) is int:
        return given
    found = float(given)
    return int(found) if found.is_integer() else found


def _joined(pair: tuple[Point, Point]) -> Point:
    """Two neighbouring points as one: sums are added, the rest is where the second stands."""
    a, b = pair
    examples, losses, squares = a.examples + b.examples, a.loss_sum + b.loss_sum, a.loss_squares + b.loss_squares
    cpu_ns = a.python_cpu_ns + b.python_cpu_ns
    return Point(
        b.at, examples, losses, squares, b.elapsed_ms, b.visits, cpu_ns, b.model_bytes, b.batch_id, a.flags | b.flags
    )
