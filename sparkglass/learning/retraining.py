"""A learner that is fitted anew on all rows seen, now and then, as a nightly job would."""

from __future__ import annotations

import copy
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import epochs, models, spark_ml
from .online import Learner, Step

if TYPE_CHECKING:
    from .axes import Axes

# Rows kept for the next fit; beyond it the oldest go.
MOST_ROWS = 1_000_000
# Fits whose epochs get a line of their own.
_MOST_EPOCH_LINES = 20


class BatchLearner(Learner):
    """Made by ``Curve.batch``: between two fits it predicts with the version that was published last.

    Parameters
    ----------
    every, at
        Fitted whenever another ``every`` rows have come, or when ``at`` so many have.
    fit_on
        Rows ``(X, y)`` that it is fitted on before the stream.
    df
        A DataFrame that pyspark.ml fits on instead of the rows seen.
    """

    kind = "batch"

    def __init__(
        self,
        curve: Axes,
        estimator: Any,
        name: str,
        features: Sequence[str],
        loss: str,
        every: int | None,
        at: Sequence[int] | None,
        fit_on: tuple[Any, Any] | None,
        df: Any,
    ) -> None:
        if not hasattr(estimator, "fit"):
            raise TypeError(f"batch: {type(estimator).__name__} has no fit")
        if (every is None) == (at is None) and fit_on is None:
            raise ValueError("batch: say when it is fitted, every=200 or at=[200, 1000]")
        if every is not None and every < 1:
            raise ValueError(f"batch: every must be at least 1, not {every!r}")
        super().__init__(curve, None, name, features, loss, type(estimator).__name__)
        self.estimator = estimator
        self.version = 0
        self.trained_on = 0
        self._every = every
        self._at = sorted(at or [])
        self._df = df
        self._rows: list[tuple[Any, Any]] = []
        self._count = 0
        self._fitted_rows: set[bytes] = set()
        if fit_on is not None:
            import numpy

            X, y = numpy.asarray(fit_on[0]), numpy.asarray(fit_on[1])
            self._rows.append((X, y))
            self._fitted_rows = set(_keys(X, y))
            self._fit(Step())

    @property
    def uses_spark(self) -> bool:
        """As of every learner, also before its first fit."""
        return models.is_spark_ml(self.estimator)

    def _learn(self, X: Any, y: Any, step: Step) -> None:
        before, self._count = self._count, self._count + len(y)
        if not self.is_learning:
            return
        self._rows.append((X, y))
        self._let_go()
        due = any(before < at <= self._count for at in self._at)
        if self._every is not None:
            due = due or self._count // self._every > before // self._every
        if due:
            self._fit(step)

    def _fit(self, step: Step) -> None:
        import numpy

        X = numpy.concatenate([each[0] for each in self._rows])
        y = numpy.concatenate([each[1] for each in self._rows])
        if self.loss == "zeroOne" and len(numpy.unique(y)) < 2 and self._df is None:
            self.curve.mistake(
                "one class",
                f"{self.name} was to be fitted on {len(y)} rows that all have the label {y[0]!r}; it waits for another class.",
                self.line,
            )
            return
        spark = models.is_spark_ml(self.estimator)
        session = step.session or spark_ml.session()
        began = time.monotonic()
        # The version that predicts stays as it is until the next is ready; the estimator stays unfitted, so that none begins where
        # another has ended.
        estimator = self.estimator if spark else copy.deepcopy(self.estimator)
        with spark_ml.own_step(self.line, session):
            own_rows = self._df is None
            model = models.fit(estimator, X, y, self.features, session) if own_rows else estimator.fit(self._df)
        took_ms = (time.monotonic() - began) * 1000
        self.model = model
        self.has_learnt = True
        self.version += 1
        self.trained_on = len(y)
        self.visits += len(y) * models.epochs_of(model)
        self.curve.mark(
            "retrain",
            f"{self.name} {self.version}",
            start=self.line.at,
            detail=f"fitted on {len(y)} rows in {took_ms:.0f} ms",
            line=self.line,
        )
        if self.version <= _MOST_EPOCH_LINES:
            epochs.tell_fitted(self.curve, model, f"{self.name} {self.version} epochs", len(y), self.line)

    def _let_go(self) -> None:
        while len(self._rows) > 1 and sum(len(y) for _, y in self._rows) > MOST_ROWS:
            del self._rows[0]
            self.curve.mistake(
                "rows let go",
                f"{self.name} keeps the newest {MOST_ROWS} rows for its fits; older ones are let go.",
                self.line,
            )

    def _is_in_sample(self, X: Any, y: Any) -> bool:
        """The rows it was given before the stream, coming again."""
        if not self._fitted_rows or not len(y) or not self._fitted_rows.issuperset(_keys(X, y)):
            return False
        self.curve.mistake(
            "scored on its own training rows",
            f"{self.name} is scored on rows that it was fitted on: they say nothing of how it does on new ones.",
            self.line,
        )
        return True

    def state(self) -> dict[str, Any]:
        """As ``Learner.state``; with the rows, which the next fit needs."""
        own = {"rows": self._rows, "count": self._count, "version": self.version, "trained_on": self.trained_on}
        line = {"at": self.line.at, "visits": self.visits, "has_learnt": self.has_learnt}
        return {**line, **own, "model": None if models.is_spark_ml(self.estimator) else self.model}

    def restore(self, kept: dict[str, Any]) -> None:
        """As ``Learner.restore``; a model of pyspark.ml predicts again after its next fit."""
        self.restore_line(kept)
        self._rows, self._count = kept["rows"], kept["count"]
        self.version, self.trained_on, self.model = kept["version"], kept["trained_on"], kept["model"]
        self.has_learnt = self.model is not None


def _keys(X: Any, y: Any) -> list[bytes]:
    """A row and its label as bytes."""
    import numpy

    table = numpy.ascontiguousarray(X, dtype=float)
    return [row.tobytes() + str(label).encode() for row, label in zip(table, y.tolist(), strict=True)]
