"""Learners on the micro-batches of a stream: test, then train, each batch once."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from . import models, rows
from .online import Learner, OnlineLearner, Step
from .state import State

if TYPE_CHECKING:
    from .axes import Axes

MOST_ROWS = 1_000_000
# Local properties of the thread that runs a micro-batch: StreamExecution and MicroBatchExecution in Spark, and our own.
_QUERY = "sql.streaming.queryId"
_QUERY_RUN = "spark.jobGroup.id"
_RUN = "sparkglass.cell"


# Runs of queries that are known; whoever restarts a query all day has more.
_MOST_RUNS = 16

_numbers = itertools.count(1)


class Origin(NamedTuple):
    """Where a micro-batch comes from: the id of the run of its query, that of the query (empty outside of one), and the cell."""

    id: str | None
    query: str
    cell: str | None


class _Run(NamedTuple):
    """A run of a query: its id, that of the query (empty outside of one), the cell it was started in, and how its rows are read."""

    id: str | None
    query: str
    cell: str | None
    reader: rows.Reader


class EachBatch:
    """For ``foreachBatch``, made by ``Curve.each_batch``. Above a function ``learn(X, y)`` it is a decorator.

    Attributes
    ----------
    learners
        One for each model, in order; ``learners[0].model`` is the first model.
    """

    def __init__(
        self,
        curve: Axes,
        given: Sequence[Any],
        features: Sequence[str] | None,
        label: str,
        name: str | None,
        loss: str,
        state: str | os.PathLike[str] | None,
        max_rows: int,
    ) -> None:
        self.number = next(_numbers)
        self.curve = curve
        self._given = given
        self._features = [features] if isinstance(features, str) else features
        self._label = label
        self._name = name
        self._loss = loss
        self._folder = state
        self.max_rows = max_rows
        self._learn: models.Learn | None = None
        self._lock = threading.Lock()
        self._state: State | None = None
        self._batches: dict[str, int] = {}
        self._learners: list[Learner] | None = None
        self._is_plain = False
        self._session: Any = None
        self._queries: set[str] = set()
        self._runs: dict[str, _Run] = {}
        for model in given:
            if model is None:
                raise TypeError("each_batch: give a model; also a function learn(X, y) needs one that predicts")
            if isinstance(model, type):
                models.check(model, "each_batch")

    def __call__(self, df: Any, batch_id: int | None = None) -> Any:
        """A micro-batch, as Spark hands it over; or, with one argument, the function that learns."""
        if batch_id is None:
            if not callable(df):
                raise TypeError(
                    "each_batch: foreachBatch gives a DataFrame and a batch id; without an id, give a function learn(X, y)"
                )
            return self._with_function(df)
        with self._lock:
            self._batch(df, int(batch_id))
        return None

    def __reduce__(self) -> Any:
        raise TypeError(
            "each_batch works in the Python of this kernel, where the curve is: it cannot be sent to a Spark Connect server"
        )

    def step(self, X: Any, y: Any) -> None:
        """The same for rows of a plain loop: predict, score, learn.

        Parameters
        ----------
        X
            Shape (rows, features).
        y
            Shape (rows,).
        """
        import numpy

        X, y = numpy.asarray(X), numpy.asarray(y)
        if X.ndim != 2 or len(X) != len(y):
            raise ValueError(
                f"step needs X of shape (rows, features) and y of shape (rows,), not {X.shape} and {y.shape}"
            )
        self._is_plain = True
        with self._lock:
            self.set_up(self._features or [f"x{n + 1}" for n in range(X.shape[1])])
            for learner in self.learners:
                learner.step(X, y)

    def save(self) -> None:
        """Writes the state now; after each micro-batch it is written anyway."""
        self.set_up(self._features or [])
        if self._state is not None:
            self._state.save(self._batches)

    @property
    def goes_on(self) -> bool:
        """Whether batches may still come: no query has brought one yet, or one that has is active."""
        if self._is_plain:
            return False
        try:
            return not self._queries or any(query.id in self._queries for query in self._session.streams.active)
        except Exception:
            return False

    @property
    def learners(self) -> list[Learner]:
        if self._learners is None:
            self.set_up(self._features or [])
        return self._learners or []

    # ---- setting up ------------------------------------------------------------------

    def _with_function(self, learn: Callable[..., Any]) -> EachBatch:
        if len(self._given) != 1:
            raise TypeError("each_batch: a function learns for one model, not for a list of them")
        self._learn = learn
        if self._learners is not None:
            raise TypeError("each_batch: it has learnt already; put it above the function")
        self.__name__ = getattr(learn, "__name__", "learn")
        self.__doc__ = learn.__doc__
        return self

    def set_up(self, features: Sequence[str]) -> None:
        """Makes the learners, on the first rows or when somebody asks: until then a function may still come."""
        if self._learners is not None:
            for learner in self._learners:
                learner.features = learner.features or list(features)
            return
        made: list[Learner] = []
        for model in self._given:
            if isinstance(model, Learner):
                model.features = model.features or list(features)
                made.append(model)
            else:
                name, model = model if isinstance(model, tuple) else (None, model)
                name = name or (self._name if len(self._given) == 1 else None) or models.line_name(model)
                made.append(OnlineLearner(self.curve, model, self._unused(name), features, self._loss, self._learn))
        if self._folder is not None:
            self._state = State(self._folder, made)
            self._batches = self._state.restore()
        self._learners = made

    def _unused(self, name: str) -> str:
        """The name, or the first with a number after it that no living learner has."""
        lines = {line.name: line for line in self.curve.lines}
        number = 1
        found = name
        while found in lines and lines[found].owner is not None:
            number += 1
            found = f"{name} ({number})"
        return found

    # ---- a batch ---------------------------------------------------------------------

    def _batch(self, df: Any, batch_id: int) -> None:
        session = df.sparkSession
        origin = self.origin(df)
        run = self._run_of(df, origin, f"batch {batch_id}")
        query = run.query
        self.set_up(self._features or [])
        last = self._batches.get(query, -1)
        step = Step(batch_id, run.id if query else None, run.cell, batch_id <= last, session)
        arrays = self._read(run, df, f"batch {batch_id}")
        self.set_up(arrays.features)
        if step.repeat:
            self.curve.mistake(
                "batch delivered twice",
                f"batch {batch_id} was delivered again, as foreachBatch may do after a restart. It is drawn, and not learnt a second time.",
            )
        else:
            self._look_for_new_models(query, batch_id)
        if arrays.unlabelled and not len(arrays.y):
            self.curve.mistake(
                "no labels",
                f"none of the {arrays.unlabelled} rows of batch {batch_id} has a label in {self._label!r}: nothing is scored or learnt.",
            )
        for learner in self.learners:
            learner.step(arrays.X, arrays.y, step)
        if not step.repeat:
            self._batches[query] = batch_id
            if self._state is not None:
                self._state.save(self._batches)

    def origin(self, df: Any) -> Origin:
        """Where a micro-batch comes from: asked on the thread that hands it over."""
        self._session = df.sparkSession
        context = self._session.sparkContext
        query = context.getLocalProperty(_QUERY) or ""
        self._queries.add(query)
        return Origin(context.getLocalProperty(_QUERY_RUN), query, context.getLocalProperty(_RUN))

    def _run_of(self, df: Any, origin: Origin, what: str) -> _Run:
        """What holds for all batches of a run of a query: of a stream, the columns and where it was started do not change."""
        run_id, query, cell = origin
        known = self._runs.get(str(run_id))
        if known is not None and query == known.query:
            return known
        reader = rows.Reader(df, self._features, self._label, self.max_rows, what)
        found = _Run(run_id, query, cell, reader)
        if query:
            if len(self._runs) >= _MOST_RUNS:
                self._runs.clear()
            self._runs[str(run_id)] = found
        return found

    def _read(self, run: _Run, df: Any, what: str) -> rows.Arrays:
        try:
            return run.reader.read(df, what)
        except Exception:
            # A function of the user's may have changed the columns since; whether it has is too dear to ask of every batch.
            if run.reader.fits(df):
                raise
        reader = rows.Reader(df, self._features, self._label, self.max_rows, what)
        if run.query:
            self._runs[str(run.id)] = run._replace(reader=reader)
        return reader.read(df, what)

    def _look_for_new_models(self, query: str, batch_id: int) -> None:
        """A model that is made in every batch forgets all it has learnt; it comes with an each_batch of its own."""
        before = self.curve.of_query.get(query, self.number)
        self.curve.of_query[query] = self.number
        if before != self.number and not any(learner.has_learnt for learner in self.learners):
            names = ", ".join(learner.name for learner in self.learners)
            self.curve.mistake(
                "new model in every batch",
                f"batch {batch_id} comes with a new {names} that has learnt nothing: the model of the batch before is lost. Make the model "
                "and each_batch once, before the query starts.",
            )
