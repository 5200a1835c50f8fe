"""What a model says of its own fit, epoch by epoch: read while it fits, from the attributes that such models keep."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import models, spark_ml
from .lines import Line

if TYPE_CHECKING:
    from .axes import Axes

# Updates an epoch (a Perceptron), the cost an epoch (Adaline), scikit-learn's networks, gradient boosting.
ATTRIBUTES = ("errors_", "cost_", "losses_", "loss_curve_", "train_score_", "evals_result_")
_LOOK_S = 0.05


class Growth:
    """The lists of numbers that a fit appends to; each look tells of what is new.

    Parameters
    ----------
    model
        Before its fit: what an earlier one has left is known and is not told.
    name
        Of the line; of further lists, the list's name follows it.
    rows
        Rows of an epoch, for the visits; 0 when they are not known.
    """

    def __init__(self, curve: Axes, model: Any, name: str, rows: int, of: Line | None = None) -> None:
        self._curve = curve
        self.model = model
        self._name = name
        self._rows = rows
        self._of = of
        self._before = {key: (values, len(values)) for key, values in _lists(model).items()}
        self._lines: dict[str, Line] = {}
        self._worked_out: dict[str, Any] = {}
        self._told: dict[str, tuple[Any, int]] = {}

    @property
    def is_empty(self) -> bool:
        """True when the model has said nothing so far."""
        return not self._lines

    @property
    def lines(self) -> list[Line]:
        """What it has told on, the first is that of the name."""
        return list(self._lines.values())

    def ask(self) -> None:
        """As ``look``, when the fit is over: attributes that the model works out may be asked for as well."""
        for key in ATTRIBUTES:
            if key not in getattr(self.model, "__dict__", {}) and hasattr(type(self.model), key):
                self._worked_out[key] = getattr(self.model, key)
        self.look()

    def look(self) -> None:
        """Tells of the numbers that were not there before."""
        for key, values in _lists(self.model, self._worked_out).items():
            old, length = self._before.get(key, (None, 0))
            told, start = self._told.get(key, (None, 0))
            if told is not values:
                # A fit begins a new list, or goes on with the one of the fit before.
                start = length if values is old else 0
            new = list(values[start:])
            if not new:
                continue
            line = self._lines.get(key)
            if line is None:
                name = f"{self._name} {key}" if self._lines else self._name
                line = self._lines[key] = self._curve.line(
                    unused(self._curve, name), "epochs", self._of, "value", type(self.model).__name__
                )
            for number, value in enumerate(new, start + 1):
                line.value(value, number, visits=number * self._rows)
            self._told[key] = (values, start + len(new))


def fit(curve: Axes, model: Any, X: Any, y: Any, name: str | None) -> Any:
    """``model.fit(X, y)`` on the calling thread, told as it goes on; returns what it returns, raises what it raises."""
    if not hasattr(model, "fit"):
        raise TypeError(f"fit: {type(model).__name__} has no fit")
    if y is None and models.is_spark_ml(model):
        with spark_ml.drawn_on(curve):
            return model.fit(X)
    name = name or type(model).__name__
    growth = Growth(curve, model, name, len(X) if hasattr(X, "__len__") else 0)
    done = threading.Event()

    def follow() -> None:
        while not done.wait(_LOOK_S):
            _quietly(growth.look)

    thread = threading.Thread(target=follow, name="sparkglass-fit", daemon=True)
    thread.start()
    try:
        result = model.fit(X) if y is None else model.fit(X, y)
    finally:
        done.set()
        thread.join()
        _quietly(growth.ask)
    for line in growth.lines[:1]:
        try:
            curve.boundary(line, model, X, y)
        except Exception:
            pass  # not a linear one of two features
    if growth.is_empty:
        curve.mark("mark", f"{name} fitted", detail=f"{type(model).__name__} keeps no numbers of its epochs")
    return result


def tell_fitted(curve: Axes, model: Any, name: str, rows: int, of: Line | None) -> bool:
    """Tells of the epochs of a fit that is over; whether the model has kept any."""
    growth = Growth(curve, None, name, rows, of)
    growth.model = model
    _quietly(growth.ask)
    history = spark_ml.history(model)
    if history:
        line = curve.line(unused(curve, name), "epochs", of, "value", type(model).__name__)
        for number, value in enumerate(history):
            line.value(value, number, visits=number * rows)
    return bool(history) or not growth.is_empty


def unused(curve: Axes, name: str) -> str:
    """The name, or the first of ``name (2)``, ``name (3)`` … that no line has."""
    names = {line.name for line in curve.lines}
    number = 1
    found = name
    while found in names:
        number += 1
        found = f"{name} ({number})"
    return found


def _quietly(look: Callable[[], object]) -> None:
    """A model whose attributes are of another kind is fitted all the same."""
    try:
        look()
    except Exception:
        pass


def _lists(model: Any, worked_out: dict[str, Any] | None = None) -> dict[str, Any]:
    """The lists of numbers that the model has by now. Not by ``getattr``: a property may work, or may not like to be asked meanwhile."""
    attributes = {**(worked_out or {}), **getattr(model, "__dict__", {})}
    found: dict[str, Any] = {}
    for key in ATTRIBUTES:
        value = attributes.get(key)
        if isinstance(value, dict):
            # XGBoost and LightGBM: data set → metric → numbers.
            for data, metrics in list(value.items()):
                for metric, numbers in list(metrics.items()):
                    found[f"{data} {metric}"] = numbers
        elif hasattr(value, "__len__") and not isinstance(value, str):
            found[key] = value
    return found
