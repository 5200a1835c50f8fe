"""How a user's model is asked and taught, whatever it comes from: scikit-learn's manner, river's, pyspark.ml's."""

from __future__ import annotations

import inspect
import pickle
import time
from collections.abc import Callable, Sequence
from typing import Any

from .guarded import Guarded

Learn = Callable[[Any, Any], object]

MEASURE_EVERY_S = 5.0
# A model that takes longer to pickle is measured more seldom: at most 1 % of the time goes there.
_SHARE = 100


def is_river(model: Any) -> bool:
    """Learns one row, a dict, at a time."""
    return hasattr(model, "learn_one") and hasattr(model, "predict_one")


def is_spark_ml(model: Any) -> bool:
    """An estimator or a model of pyspark.ml: it works on DataFrames."""
    return any(kind.__module__.startswith("pyspark.ml.") for kind in type(model).__mro__)


def kind(model: Any) -> str:
    """The model's class; of one under a policy, that of the learner."""
    return type(model.learner if isinstance(model, Guarded) else model).__name__


def line_name(model: Any) -> str:
    """What a line is called when nobody says: the class, and the policy."""
    return f"{kind(model)}, {model.policy.name}" if isinstance(model, Guarded) else kind(model)


def predict(model: Any, X: Any, features: Sequence[str], loss: str, session: Any = None) -> Any:
    """The model's prediction for each row; None when it says that it has none.

    Parameters
    ----------
    X
        Array of shape (rows, features).
    loss
        With ``log`` probabilities are asked for.
    session
        The SparkSession, for pyspark.ml.
    """
    if is_spark_ml(model):
        return _transform(model, X, features, session)
    if is_river(model):
        found = [model.predict_one(dict(zip(features, row, strict=True))) for row in X.tolist()]
        return None if None in found else found
    if loss == "log":
        return model.predict_proba(X)
    return model.predict(X)


def learn(model: Any, X: Any, y: Any, features: Sequence[str], classes: Sequence[Any] | None) -> None:
    """One step of learning; ``classes`` on the first, for models that ask for them."""
    if is_river(model):
        for row, label in zip(X.tolist(), y.tolist(), strict=True):
            model.learn_one(dict(zip(features, row, strict=True)), label)
    elif classes is not None:
        model.partial_fit(X, y, classes=classes)
    else:
        model.partial_fit(X, y)


def wants_classes(model: Any) -> bool:
    """Whether its first ``partial_fit`` has to be told all classes."""
    try:
        return "classes" in inspect.signature(model.partial_fit).parameters
    except (AttributeError, TypeError, ValueError):
        return False


def check(model: Any, name: str) -> None:
    """Raises TypeError in words for a model that cannot go on learning."""
    if isinstance(model, type):
        raise TypeError(f"{name}: give a model, {model.__name__}(…), not the class {model.__name__}")
    if is_river(model) or hasattr(model, "partial_fit"):
        return
    kind = type(model).__name__
    hint = (
        " Its fit begins anew each time; c.batch(model, every=…) refits it on all rows seen."
        if hasattr(model, "fit")
        else ""
    )
    raise TypeError(
        f"{name}: {kind} has no partial_fit, so it cannot learn batch after batch. Say how it does: "
        f"@c.each_batch(model, features=…, label=…) above def learn(X, y).{hint}"
    )


def fit(estimator: Any, X: Any, y: Any, features: Sequence[str], session: Any) -> Any:
    """Fits anew on all the rows; the fitted model."""
    if not is_spark_ml(estimator):
        result = estimator.fit(X, y)
        return estimator if result is None else result
    frame = data_frame(session, X, features, y, _param(estimator, "labelCol", "label"))
    return estimator.fit(_assembled(estimator, frame, features))


def epochs_of(model: Any) -> int:
    """How often a fit has gone over its rows."""
    found: Any = getattr(model, "n_iter_", None)
    if found is None:
        found = getattr(model, "n_iter", None)
    if found is None and is_spark_ml(model):
        try:
            found = model.summary.totalIterations
        except Exception:
            found = None
    if hasattr(found, "max"):
        found = found.max()
    try:
        return max(1, int(found))
    except (TypeError, ValueError):
        return 1


def fingerprint(model: Any) -> int | None:
    """A number that changes when a small model learns; None for one that keeps nothing to be seen."""
    parts: list[bytes] = []
    for key in ("w_", "coef_", "intercept_", "t_", "b_"):
        value = getattr(model, "__dict__", {}).get(key)
        if value is not None and getattr(value, "size", 0) <= 10_000:
            parts.append(value.tobytes() if hasattr(value, "tobytes") else repr(value).encode())
    return hash(b"|".join(parts)) if parts else None


class Size:
    """The pickled size of a model, measured now and then."""

    def __init__(self) -> None:
        self._next = 0.0
        self._is_possible = True

    def measure(self, model: Any) -> int:
        """Bytes; -1 when it was measured a moment ago, or cannot be."""
        began = time.monotonic()
        if not self._is_possible or began < self._next or is_spark_ml(model):
            return -1
        size = -1
        try:
            size = len(pickle.dumps(getattr(model, "__dict__", model), protocol=5))
        except Exception:
            self._is_possible = False
        took = time.monotonic() - began
        self._next = began + max(MEASURE_EVERY_S, took * _SHARE)
        return size


def state(model: Any) -> dict[str, Any]:
    """What a model knows, without its class: a class that a cell has defined anew cannot be pickled by its instances."""
    get = getattr(model, "__getstate__", None)
    found = get() if get is not None else None
    if not isinstance(found, dict):
        found = dict(getattr(model, "__dict__", {}))
    return {"class": type(model).__name__, "attributes": found}


def restore(model: Any, kept: dict[str, Any], name: str) -> None:
    """Gives a model back what ``state`` took from it, in place: the user's variable and functions hold this object.

    Raises
    ------
    ValueError
        When it is of another class.
    """
    if kept["class"] != type(model).__name__:
        raise ValueError(f"the state of {name} is of a {kept['class']}, not of a {type(model).__name__}")
    if hasattr(model, "__setstate__"):
        model.__setstate__(kept["attributes"])
    else:
        model.__dict__.clear()
        model.__dict__.update(kept["attributes"])


# ---- pyspark.ml ----------------------------------------------------------------------


def data_frame(session: Any, X: Any, features: Sequence[str], y: Any = None, label: str = "label") -> Any:
    """The rows as a DataFrame."""
    names = list(features)
    rows = [list(map(float, row)) for row in X.tolist()]
    if y is not None:
        names.append(label)
        rows = [[*row, value] for row, value in zip(rows, y.tolist(), strict=True)]
    return session.createDataFrame(rows, names)


def _assembled(stage: Any, frame: Any, features: Sequence[str]) -> Any:
    """With the vector column that a single stage reads; a pipeline makes its own."""
    column = _param(stage, "featuresCol", "")
    if not column or column in frame.columns:
        return frame
    from pyspark.ml.feature import VectorAssembler

    return VectorAssembler(inputCols=list(features), outputCol=column).transform(frame)


def _transform(model: Any, X: Any, features: Sequence[str], session: Any) -> Any:
    column = _param(model, "predictionCol", "prediction")
    frame = model.transform(_assembled(model, data_frame(session, X, features), features))
    return [row[0] for row in frame.select(column).collect()]


def _param(stage: Any, name: str, default: str) -> str:
    try:
        return str(stage.getOrDefault(name))
    except Exception:
        return default
