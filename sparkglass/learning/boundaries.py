"""The line that a linear model of two features draws between its classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MOST_ROWS = 200


def weights(model: Any) -> list[float]:
    """Bias and the two weights of a linear model.

    Known are ``w_`` (bias first, as in Raschka's Perceptron and Adaline), scikit-learn's ``coef_`` with ``intercept_``, and pyspark.ml's
    ``coefficients`` with ``intercept``.

    Raises
    ------
    ValueError
        For a model that has none of these, is not fitted, or has not two features.
    """
    name = type(model).__name__
    if getattr(model, "w_", None) is not None:
        found = _numbers(model.w_)
    elif getattr(model, "coef_", None) is not None:
        found = _numbers(model.intercept_)[:1] + _numbers(model.coef_)
    elif getattr(model, "coefficients", None) is not None:
        found = [float(model.intercept), *_numbers(model.coefficients.toArray())]
    else:
        raise ValueError(f"{name} has neither w_ nor coef_: it is no linear model, or it is not fitted yet")
    if len(found) != 3:
        raise ValueError(
            f"a boundary needs a model of two features and two classes; {name} has {len(found) - 1} weights"
        )
    return found


def sample(X: Any, y: Any, index: Any) -> list[list[float]]:
    """At most 200 rows, evenly taken: the two features and the index of the class.

    Parameters
    ----------
    X, y
        Rows of two numbers, and their labels.
    index
        Gives a label's index.
    """
    rows = X.to_numpy().tolist() if hasattr(X, "to_numpy") else X.tolist() if hasattr(X, "tolist") else list(X)
    labels = y.tolist() if hasattr(y, "tolist") else list(y)
    if len(rows) != len(labels):
        raise ValueError(f"there are {len(rows)} rows and {len(labels)} labels")
    if rows and len(rows[0]) != 2:
        raise ValueError(f"a boundary needs two features, not {len(rows[0])}")
    step = max(1, -(-len(rows) // MOST_ROWS))
    taken = range(0, len(rows), step)
    return [[float(rows[n][0]), float(rows[n][1]), index(labels[n])] for n in taken]


def names(features: Sequence[str] | None, X: Any) -> list[str]:
    """The names of the two features."""
    found = features if features is not None else getattr(X, "columns", None)
    return ["x1", "x2"] if found is None else [str(name) for name in found]


def _numbers(values: Any) -> list[float]:
    import numpy

    return [float(value) for value in numpy.asarray(values).reshape(-1)]
