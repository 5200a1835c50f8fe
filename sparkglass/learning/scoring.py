"""The loss of each example, predicted before it was learnt from: zero-one, squared, log."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from .points import Rows

LOSSES = ("zeroOne", "squared", "log", "value")
# Above it labels are no classes but numbers or names: then only the losses travel.
MOST_CLASSES = 100
# As scikit-learn's log_loss: a probability of 0 would cost infinitely much.
_LEAST_PROBABILITY = 2.220446049250313e-16


class Scored(NamedTuple):
    """What scoring some rows gave: how many there were, the sums of their losses and of their squares, and what is known of each."""

    examples: int
    loss_sum: float
    loss_squares: float
    rows: Rows

    def losses(self) -> list[float] | None:
        """The loss of each row, in order; None where only the sums are known."""
        if self.rows.losses is not None:
            return list(self.rows.losses)
        if self.rows.labels is None or self.rows.predictions is None:
            return None
        pairs = zip(self.rows.labels, self.rows.predictions, strict=True)
        return [float(label != prediction or label < 0) for label, prediction in pairs]


class Classes:
    """The labels that a curve knows, in the order of their indices; it grows with labels that are met."""

    def __init__(self, labels: Iterable[Any] | None) -> None:
        self.labels: list[Any] = []
        self.has_grown = False
        self._index: dict[Any, int] = {}
        # What one row gives, by its label and prediction: a loop asks for the same few again and again.
        self.pairs: dict[tuple[Any, Any], Scored] = {}
        for label in () if labels is None else labels:
            self.index(label)
        self.has_grown = False

    def index(self, label: Any) -> int:
        """The index of a label, a new one for a new label; -1 when there are too many."""
        found = self._index.get(label)
        if found is None:
            if len(self.labels) >= MOST_CLASSES:
                return -1
            found = self._index[label] = len(self.labels)
            self.labels.append(label.item() if hasattr(label, "item") else label)
            self.has_grown = True
        return found

    def known(self, prediction: Any) -> int:
        """The index of a prediction; -1 when it is no label that was met."""
        return self._index.get(prediction, -1)

    def __contains__(self, label: Any) -> bool:
        return label in self._index

    def indices(self, labels: Any, grow: bool) -> list[int]:
        """The index of each of an array's labels."""
        import numpy

        distinct, inverse = numpy.unique(labels, return_inverse=True)
        find = self.index if grow else self.known
        indices = numpy.array([find(label) for label in distinct.tolist()], dtype=int)
        return [] if not len(distinct) else indices[inverse.reshape(-1)].tolist()


def score(loss: str, labels: Any, predictions: Any, classes: Classes) -> Scored:
    """Scores rows.

    Parameters
    ----------
    loss
        ``zeroOne``: 0 where the prediction is the label, else 1. ``squared``: (label − prediction)². ``log``: −ln of the probability that
        was given to the label; predictions are then probabilities, one a row of the second class or a row of them in the order of classes.
    labels, predictions
        One each a row; or a single value each for one row.

    Raises
    ------
    ValueError
        When there are not as many predictions as labels.
    """
    if not is_many(labels):
        if loss == "zeroOne":
            label, prediction = classes.index(labels), classes.known(predictions)
            if label >= 0:
                error = 0 if label == prediction else 1
                scored = Scored(1, error, error, Rows(labels=(label,), predictions=(prediction,)))
                if prediction >= 0:
                    classes.pairs[labels, predictions] = scored
                return scored
            return _of_losses([0 if labels == predictions else 1])
        labels, predictions = [labels], [predictions]
    import numpy

    labels, predictions = numpy.asarray(labels), numpy.asarray(predictions)
    labels = labels.reshape(-1)
    if len(labels) != len(predictions):
        raise ValueError(f"there are {len(labels)} labels and {len(predictions)} predictions")
    if loss == "zeroOne":
        predictions = predictions.reshape(-1)
        of_labels = classes.indices(labels, grow=True)
        if -1 in of_labels:
            return _of_losses((labels != predictions).astype(int).tolist())
        of_predictions = classes.indices(predictions, grow=False)
        errors = int(numpy.count_nonzero(numpy.asarray(of_labels) != numpy.asarray(of_predictions)))
        return Scored(len(labels), errors, errors, Rows(labels=of_labels, predictions=of_predictions))
    if loss == "squared":
        with numpy.errstate(all="ignore"):  # of a diverging learner
            return _of_losses(((labels.astype(float) - predictions.reshape(-1).astype(float)) ** 2).tolist())
    indices = numpy.array(classes.indices(labels, grow=True), dtype=int)
    table = predictions.astype(float)
    if table.ndim == 1:
        table = numpy.column_stack((1 - table, table))
    if len(indices) and indices.max() >= table.shape[1]:
        raise ValueError(f"there are probabilities for {table.shape[1]} classes, but labels of {len(classes.labels)}")
    given = table[numpy.arange(len(indices)), indices].clip(_LEAST_PROBABILITY, 1.0)
    return _of_losses((-numpy.log(given)).tolist())


def given_losses(losses: Any) -> Scored:
    """Rows that somebody else has scored."""
    if not is_many(losses):
        losses = [losses]
    return _of_losses(losses.tolist() if hasattr(losses, "tolist") else [float(loss) for loss in losses])


def given_sums(count: int, loss_sum: float, loss_squares: float | None) -> Scored:
    """Rows of which only the sums are known. Losses of 0 and 1 have the same sum as their squares."""
    total = _bounded(float(loss_sum))
    return Scored(int(count), total, total if loss_squares is None else _bounded(float(loss_squares)), Rows())


def _of_losses(losses: list[float]) -> Scored:
    total = sum(losses)
    if not math.isfinite(total):
        losses = [_bounded(loss) for loss in losses]
        total = _bounded(sum(losses))
    squares = _bounded(sum(loss * loss for loss in losses))
    return Scored(len(losses), total, squares, Rows(losses=losses))


def _bounded(number: float) -> float:
    """JSON has no word for what a diverging learner says; 1e300 is as large as it gets."""
    return number if math.isfinite(number) else 1e300


def is_many(values: Any) -> bool:
    """True for rows of values, false for one value."""
    if isinstance(values, (str, bytes)):
        return False
    shape = getattr(values, "shape", None)
    return len(shape) > 0 if isinstance(shape, tuple) else hasattr(values, "__len__")
