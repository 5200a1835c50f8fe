"""A learner on a stream: predict, score, learn, and only then a point."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import models, spark_ml
from .points import Rows
from .scoring import Scored

if TYPE_CHECKING:
    from .axes import Axes
    from .lines import Line

GAP = Scored(0, 0.0, 0.0, Rows())
_BOUNDARY_EVERY_S = 1.0
# So many rows of one class are no accident any more.
_ROWS_OF_ONE_CLASS = 20


@dataclass(frozen=True)
class Step:
    """Where rows come from; nothing for those of a plain loop."""

    batch_id: int = -1
    query_run_id: str | None = None
    run_id: str | None = None
    # The batch was delivered before: it is scored, and not learnt.
    repeat: bool = False
    session: Any = None


class Learner:
    """A model with its line. ``OnlineLearner`` and ``BatchLearner`` differ in how they learn.

    Attributes
    ----------
    model
        What predicts; may be replaced between two steps or while a step's losses are heard (``Curve.on_scored``).
    is_learning
        Set to False, rows are scored and not learnt.
    """

    kind = "online"

    def __init__(
        self, curve: Axes, model: Any, name: str, features: Sequence[str], loss: str, learner: str | None = None
    ) -> None:
        self.curve = curve
        self.model = model
        self.name = name
        self.features = list(features)
        self.loss = loss
        self.is_learning = True
        self.has_learnt = False
        self.visits = 0
        self.line: Line = curve.line(name, self.kind, None, loss, learner or models.kind(model))
        self.line.owner = self
        self._size = models.Size()
        self._labels: set[Any] = set()
        self._boundary_at = 0.0

    def step(self, X: Any, y: Any, step: Step | None = None) -> None:
        """Scores rows and learns from them.

        Parameters
        ----------
        X
            Array of shape (rows, features).
        y
            Their labels, shape (rows,).
        """
        step = step or Step()
        with spark_ml.jobs_of(self.line, step.session if self.uses_spark else None):
            self._step(X, y, step)

    @property
    def uses_spark(self) -> bool:
        """Whether its steps may run jobs of their own."""
        return models.is_spark_ml(self.model)

    def _step(self, X: Any, y: Any, step: Step) -> None:
        self._before(step)
        predictions = self.predict(X, step) if len(y) else None
        scored, in_sample = GAP, False
        if predictions is not None:
            in_sample = self._is_in_sample(X, y)
            scored = self.line.score(y, predictions, repeat=step.repeat)
        elif not step.repeat:
            self.line.pass_by(len(y))
        self._learn_scored(X, y, scored, in_sample, step)

    def foretell(self, keys: Sequence[Any], X: Any, step: Step) -> Any:
        """Predicts rows whose labels come later; the predictions, None before the model can."""
        with spark_ml.jobs_of(self.line, step.session if self.uses_spark else None):
            predictions = self.predict(X, step) if len(X) else None
            # Copies: a row that is awaited long must not keep the others of its batch.
            rows = [row.copy() for row in X]
            self.line.predicted(keys, [None] * len(X) if predictions is None else predictions, rows)
            return predictions

    def answer(self, keys: Sequence[Any], labels: Sequence[Any], step: Step) -> None:
        """Scores rows by what ``foretell`` said of them, and learns them."""
        import numpy

        with spark_ml.jobs_of(self.line, step.session if self.uses_spark else None):
            self._before(step)
            rows, known, scored = self.line.match(keys, labels)
            if rows:
                X, y = numpy.asarray(rows), numpy.asarray(known)
                self._learn_scored(X, y, scored, scored.examples > 0 and self._is_in_sample(X, y), step)

    def _learn_scored(self, X: Any, y: Any, scored: Scored, in_sample: bool, step: Step) -> None:
        cpu_ns = 0
        try:
            if len(y) and not step.repeat:
                began = time.thread_time_ns()
                self._learn(X, y, step)
                cpu_ns = time.thread_time_ns() - began
                self._look_at(y)
        finally:
            self.line.commit(
                scored,
                visits=self.visits,
                python_cpu_ns=cpu_ns,
                model_bytes=self._size.measure(self.model) if self.has_learnt else -1,
                batch_id=step.batch_id,
                query_run_id=step.query_run_id,
                run_id=step.run_id,
                in_sample=in_sample,
                repeat=step.repeat,
            )
        for probe in self.curve.probes:
            probe.after(self, step)
        if self.has_learnt and len(y):
            self._tell_boundary(X, y)
        self._after()
        self.curve.learnt(self)

    def _tell_boundary(self, X: Any, y: Any) -> None:
        """The line that a linear model of two features draws, now and then."""
        now = time.monotonic()
        if X.shape[1] != 2 or now < self._boundary_at:
            return
        self._boundary_at = now + _BOUNDARY_EVERY_S
        try:
            self.curve.boundary(self.line, self.model, X, y, self.features)
        except Exception:
            self._boundary_at = float("inf")  # not a linear one

    def state(self) -> dict[str, Any]:
        """What it knows, to be pickled."""
        line = {"at": self.line.at, "visits": self.visits, "has_learnt": self.has_learnt}
        return {**line, "model": models.state(self.model)}

    def restore(self, kept: dict[str, Any]) -> None:
        """Gets back what ``state`` gave. Raises ValueError when that is of another class."""
        models.restore(self.model, kept["model"], self.name)
        self.restore_line(kept)

    def restore_line(self, kept: dict[str, Any]) -> None:
        """The line goes on where it stood."""
        self.visits, self.has_learnt = kept["visits"], kept["has_learnt"]
        if kept["at"] > self.line.at:
            self.line.pass_by(kept["at"] - self.line.at)

    def predict(self, X: Any, step: Step) -> Any:
        """The prediction for each row; None before the model can: what it raises until it has learnt says just that."""
        if self.model is None:
            return None
        try:
            return models.predict(self.model, X, self.features, self.loss, step.session or spark_ml.session())
        except Exception:
            if self.has_learnt:
                raise
            return None

    def _learn(self, X: Any, y: Any, step: Step) -> None:
        raise NotImplementedError

    def _is_in_sample(self, X: Any, y: Any) -> bool:
        """Whether the model was fitted on these very rows."""
        return False

    def _before(self, step: Step) -> None:
        """Looks at the model before it predicts."""

    def _after(self) -> None:
        """Looks at the model after it has learnt."""

    def _look_at(self, y: Any) -> None:
        if len(self._labels) < 2:
            self._labels.update(y.tolist())
            if len(self._labels) == 1 and self.line.at >= _ROWS_OF_ONE_CLASS:
                self.curve.mistake(
                    "one class",
                    f"{self.line.at} rows so far all have the label {next(iter(self._labels))!r}: {self.name} cannot be told from one that "
                    "always says so. Shuffle the rows, or let them come in another order.",
                    self.line,
                )


class OnlineLearner(Learner):
    """Learns each row once, as it comes.

    Parameters
    ----------
    learn
        How it learns from ``(X, y)``; None for the model's own ``partial_fit`` or ``learn_one``.
    """

    def __init__(
        self, curve: Axes, model: Any, name: str, features: Sequence[str], loss: str, learn: models.Learn | None
    ) -> None:
        if learn is None:
            models.check(model, name)
        super().__init__(curve, model, name, features, loss)
        self.learn = learn
        self._wants_classes = learn is None and not models.is_river(model) and models.wants_classes(model)
        self._fingerprint: int | None = None

    def _learn(self, X: Any, y: Any, step: Step) -> None:
        if not self.is_learning:
            return
        if self.learn is not None:
            self.learn(X, y)
        else:
            classes = None
            if self._wants_classes and not self.has_learnt:
                classes = self._classes(y)
                if classes is None:
                    return
            models.learn(self.model, X, y, self.features, classes)
        self.has_learnt = True
        self.visits += len(y)

    @property
    def uses_spark(self) -> bool:
        """As of every learner; and a function of the user's may do anything."""
        return self.learn is not None or super().uses_spark

    def _classes(self, y: Any) -> Any:
        """All classes, for the first step; None while only one is known, of which nothing can be learnt."""
        import numpy

        known = self.curve.classes.labels
        found = numpy.unique(numpy.asarray(known)) if self.curve.has_classes else numpy.unique(y)
        if len(found) < 2:
            self.curve.mistake(
                "one class",
                f"{self.name} has to know all classes before it learns, and the rows so far have only {found.tolist()[0]!r}: "
                f"say curve({self.curve.name!r}, classes=[…]). Until there are two, nothing is learnt.",
                self.line,
            )
            return None
        return found

    def _before(self, step: Step) -> None:
        if self._fingerprint is not None and not step.repeat and models.fingerprint(self.model) != self._fingerprint:
            self.curve.mistake(
                "scored after learning",
                f"{self.name} has learnt between two batches, outside of each_batch. If it has learnt the rows that are scored now, its "
                "errors are too low: let each_batch do the learning.",
                self.line,
            )

    def _after(self) -> None:
        self._fingerprint = models.fingerprint(self.model) if self.has_learnt and self.learn_is_alone else None

    @property
    def learn_is_alone(self) -> bool:
        """False where a policy may have changed the model: then nobody is to be blamed for it."""
        return not self.curve.is_heard
