"""Learners whose labels come later than their rows: what was predicted then is scored when they come, and the rows are learnt."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .awaited import listed
from .online import Step
from .rows import Reader

if TYPE_CHECKING:
    from .axes import Axes
    from .batches import EachBatch
    from .online import Learner


class Delayed:
    """Made by ``Curve.delayed``."""

    def __init__(self, curve: Axes, each: EachBatch, features: Sequence[str] | None, label: str, key: str) -> None:
        self._curve = curve
        self._each = each
        self._features = [features] if isinstance(features, str) else features
        self._label = label
        self._key = key
        self._last: dict[str, int] = {}
        # Rows and labels come on the threads of two queries.
        self._lock = threading.Lock()

    @property
    def learners(self) -> list[Learner]:
        """One for each model, in order."""
        return self._each.learners

    def predict(self, keys: Any, X: Any) -> Any:
        """Rows have come, without labels: they are predicted, and the predictions kept.

        Parameters
        ----------
        keys
            Of each row, by which its label will find it; shape (rows,).
        X
            Shape (rows, features).

        Returns
        -------
        What the first model predicts, shape (rows,); None while it has learnt nothing.
        """
        return self._predict(listed(keys), X, Step())

    def label(self, keys: Any, y: Any) -> None:
        """Labels have come: what was predicted of their rows is scored, and the rows are learnt. None and NaN are no labels.

        Parameters
        ----------
        keys, y
            Shape (labels,); in any order.
        """
        self._answer(listed(keys), listed(y), Step())

    def on_rows(self, df: Any, batch_id: int) -> None:
        """For ``foreachBatch`` of the stream of rows."""
        step = self._step(df, batch_id)
        if step is not None:
            features = self._features
            if features is None:
                other = [name for name in df.columns if name != self._label]
                df = df.select(*[f"`{name}`" for name in other])
            reader = Reader(df, features, self._key, self._each.max_rows, f"batch {batch_id}")
            found = reader.read(df, f"batch {batch_id}")
            self._features = found.features
            self._predict(found.y.tolist(), found.X, step)

    def on_labels(self, df: Any, batch_id: int) -> None:
        """For ``foreachBatch`` of the stream of labels, which has the key and the label."""
        step = self._step(df, batch_id)
        if step is not None:
            what = f"batch {batch_id}"
            reader = Reader(df, [self._key], self._label, self._each.max_rows, what)
            self._answer(*reader.pairs(df, what), step)

    def _step(self, df: Any, batch_id: int) -> Step | None:
        """Where a micro-batch comes from; None when it has come before."""
        run = self._each.origin(df)
        last = self._last.get(run.query, -1)
        if batch_id <= last:
            self._curve.mistake(
                "batch delivered twice",
                f"batch {batch_id} was delivered again, as foreachBatch may do after a restart: its rows keep what was predicted of them, "
                "and its labels count once.",
            )
            return None
        self._last[run.query] = batch_id
        return Step(batch_id, run.id if run.query else None, run.cell, False, df.sparkSession)

    def _predict(self, keys: list[Any], X: Any, step: Step) -> Any:
        import numpy

        X = numpy.asarray(X)
        if X.ndim != 2 or len(X) != len(keys):
            raise ValueError(
                f"predict needs X of shape (rows, features) and a key for each row, not {X.shape} and {len(keys)}"
            )
        with self._lock:
            self._each.set_up(self._features or [f"x{n + 1}" for n in range(X.shape[1])])
            return [learner.foretell(keys, X, step) for learner in self.learners][0]

    def _answer(self, keys: list[Any], labels: list[Any], step: Step) -> None:
        if len(keys) != len(labels):
            raise ValueError(f"label needs a key for each label, not {len(keys)} and {len(labels)}")
        with self._lock:
            for learner in self.learners:
                learner.answer(keys, labels, step)
