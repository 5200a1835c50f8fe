"""A curve, and the ways in which learners are told to it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

from . import epochs, exports, logged, observed, spark_ml
from .batches import MOST_ROWS, EachBatch
from .delayed import Delayed
from .experiments import Experiments
from .marks import one_of
from .probes import Probe
from .retraining import BatchLearner
from .scoring import LOSSES


class Curve(Experiments):
    """Made by ``curve``."""

    def __init__(self, name: str, classes: Iterable[Any] | None, alpha: float) -> None:
        super().__init__(name, classes, alpha)
        self._logged = logged.Logged(self)
        self._observed = observed.Observed(self)
        spark_ml.notice_fits(self)

    def log(self, line: str, value: float | None = None, *, step: float | None = None, **values: float) -> None:
        """Logs a number (``log("val_loss", 0.3)``) or several of a line (``log("perceptron", loss=0.12, updates=3)``).

        Parameters
        ----------
        step
            Where they stand. Left out: at the examples the curve has seen or, when none are scored, one after the last.

        Raises
        ------
        ValueError
            When there is no number.
        """
        self._logged.log(line, values if value is None else {"": value, **values}, step)

    def log_metric(self, key: str, value: float, step: float | None = None, timestamp: int | None = None) -> None:
        """Logs a number as MLflow's function of this name does; ``timestamp`` in ms since 1970."""
        elapsed = None if timestamp is None else max(0, int(timestamp) - self.time_ms)
        self._logged.log(key, {"": value}, step, elapsed)

    def keras(self, name: str | None = None) -> Any:
        """A callback for Keras' ``fit``: a line for each of its logs, epoch by epoch."""
        return logged.keras(self, name)

    def fit(self, model: Any, X: Any, y: Any = None, name: str | None = None) -> Any:
        """``model.fit(X, y)``, drawn while it goes on from what the model keeps of its epochs.

        Known are ``errors_``, ``cost_``, ``losses_``, ``loss_curve_``, ``train_score_`` and ``evals_result_``: the model's class needs no
        change. The fit runs on the calling thread; what it returns is returned, what it raises is raised.
        """
        return epochs.fit(self, model, X, y, name)

    def each_batch(
        self,
        model: Any,
        features: Sequence[str] | None = None,
        label: str = "label",
        *,
        name: str | None = None,
        loss: str = "zeroOne",
        state: str | os.PathLike[str] | None = None,
        max_rows: int = MOST_ROWS,
    ) -> EachBatch:
        """For ``foreachBatch``: each batch is predicted, scored, learnt (once), and drawn.

        ``df.writeStream.foreachBatch(c.each_batch(model, ["x"], "y")).start()``, or as a decorator of a function ``learn(X, y)`` that says
        how the model learns. ``.step(X, y)`` does the same with the rows of a plain loop.

        Parameters
        ----------
        model
            With ``predict`` and ``partial_fit``, or river's ``predict_one`` and ``learn_one``; or ``c.batch(…)``; or a list of these, which
            see the same rows, each alone or as ``("name", model)``.
        features, label
            Columns; no features = all numeric columns. Rows without a label are left out.
        name
            Of the line; else the model's class.
        loss
            ``zeroOne``, ``squared`` or ``log``.
        state
            A folder in which the models and the last learnt batch are kept after each batch, and from which they are restored: with it, a
            query that goes on from its checkpoint learns each batch once. What is in it is unpickled.
        max_rows
            Most rows of a batch, which are all fetched to the driver.

        Raises
        ------
        TypeError
            For a model that cannot go on learning.
        ValueError
            For a loss that there is not. A batch with too many rows, or without a column, fails in its query.
        """
        one_of("loss", loss, tuple(each for each in LOSSES if each != "value"))
        models = list(model) if isinstance(model, (list, tuple)) else [model]
        each = EachBatch(self, models, features, label, name, loss, state, max_rows)
        self.streams.add(each)
        return each

    def delayed(
        self,
        model: Any,
        features: Sequence[str] | None = None,
        label: str = "label",
        *,
        key: str = "id",
        name: str | None = None,
        loss: str = "zeroOne",
        max_rows: int = MOST_ROWS,
    ) -> Delayed:
        """For labels that come later than their rows: when one comes, what was predicted of its row is scored, and the row is learnt.

        ``rows.writeStream.foreachBatch(late.on_rows)`` and ``labels.writeStream.foreachBatch(late.on_labels)`` for two streams;
        ``late.predict(keys, X)`` and ``late.label(keys, y)`` in a loop. For predictions of your own: ``line.predicted(keys, predictions)``
        and ``line.labelled(keys, labels)``.

        A point stands at its row's own place and is drawn when the label comes. Rows whose labels never come are not scored; the
        100,000 newest are awaited, and forgotten when the kernel ends.

        Parameters
        ----------
        model, features, label, name, loss, max_rows
            As for ``each_batch``; the stream of rows has the features, that of labels the label.
        key
            The column by which a label finds its row; both streams have it.

        Raises
        ------
        TypeError
            For a model that cannot go on learning.
        ValueError
            For a loss that there is not.
        """
        each = self.each_batch(model, features, label, name=name, loss=loss, max_rows=max_rows)
        return Delayed(self, each, features, label, key)

    def batch(
        self,
        estimator: Any,
        *,
        every: int | None = None,
        at: Sequence[int] | None = None,
        features: Sequence[str] | None = None,
        name: str | None = None,
        loss: str = "zeroOne",
        fit_on: tuple[Any, Any] | None = None,
        df: Any = None,
    ) -> BatchLearner:
        """A learner that is fitted anew on all rows seen; for ``each_batch([model, c.batch(…, every=200)], …)``.

        Parameters
        ----------
        estimator
            scikit-learn's or pyspark.ml's.
        every, at
            It is fitted whenever so many more rows have come, or when these many have.
        fit_on
            Rows ``(X, y)`` that it is fitted on at once.
        df
            For pyspark.ml: the DataFrame that it is fitted on, instead of the rows seen.

        Raises
        ------
        ValueError
            When it is not said when to fit.
        """
        one_of("loss", loss, tuple(each for each in LOSSES if each != "value"))
        kind = type(estimator).__name__
        return BatchLearner(self, estimator, name or kind, features or [], loss, every, at, fit_on, df)

    def probe(
        self,
        data: Any,
        y: Any = None,
        *,
        features: Sequence[str] | None = None,
        label: str = "label",
        every: int | None = None,
        name: str = "probe",
    ) -> Probe:
        """Fixed clean rows that no learner learns: each learner of the curve is scored on them every so many examples.

        Parameters
        ----------
        data, y
            Arrays, or a DataFrame with ``features`` and ``label``.
        every
            Examples between two scorings; left out: after each step.
        name
            Follows the learner's name in that of the line.

        Raises
        ------
        ValueError
            When a column is missing, or X and y differ in length.
        """
        probe = Probe(self, data, y, features, label, every, name)
        self.probes.append(probe)
        return probe

    def observe(self, df: Any, **losses: Any) -> Any:
        """Draws a stream's own losses without fetching a row: ``df = c.observe(df, model=col("y") != col("prediction"))``.

        Parameters
        ----------
        df
            A streaming DataFrame; what is returned is to be written in its place.
        losses
            For each line the loss of a row: a column (or its name). True and false or whole numbers are errors (0, 1), others real losses.

        Raises
        ------
        ValueError
            When the DataFrame is no stream, or there is no loss.
        """
        self.is_observing = True
        return self._observed.observe(df, losses)

    def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Writes the points as a table, with the columns of the protocol."""
        exports.to_csv(self, path)

    def to_tensorboard(self, logdir: str | os.PathLike[str]) -> None:
        """Writes a TensorBoard run for each line. Raises ImportError in words where tensorboard is missing."""
        exports.to_tensorboard(self, logdir)

    def to_mlflow(self) -> None:
        """Logs the points as metrics of MLflow's active run. Raises ImportError in words where mlflow is missing."""
        exports.to_mlflow(self)


def curve(name: str, *, classes: Iterable[Any] | None = None, alpha: float = 0.99) -> Curve:
    """Opens a curve, on which learners are compared; ``with curve("iris") as c: …``, or ``c.finish()`` at the end.

    Parameters
    ----------
    name
        What it is called on the page.
    classes
        The labels there are, if they are known; else they are taken as they come.
    alpha
        The fading factor that the page begins with: an example's weight is alpha times that of the next.

    Raises
    ------
    ValueError
        For an alpha outside [0, 1), or classes that are no list.
    """
    return Curve(name, classes, alpha)
