"""pyspark.ml: what its fits say of themselves, and which line their jobs belong to."""

from __future__ import annotations

import contextlib
import functools
import importlib.abc
import sys
import threading
import weakref
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .axes import Axes
    from .lines import Line

MODULE = "pyspark.ml.base"
PROPERTY = "sparkglass.curve"
# A grid search fits hundreds of models; the first of them are drawn.
_MOST_LINES = 20

# Not kept alive: a notebook opens curves again and again, and finishes few of them.
_open: list[weakref.ref[Axes]] = []
_here = threading.local()


def history(model: Any) -> list[float]:
    """``summary.objectiveHistory`` of a fitted model, iterations + 1 values; empty where there is none."""
    if not type(model).__module__.startswith("pyspark.ml.") or not getattr(model, "hasSummary", False):
        return []
    try:
        return [float(value) for value in model.summary.objectiveHistory]
    except Exception:
        return []  # trees and clusterings have a summary without one; LinearRegression has it with l-bfgs only


def session() -> Any:
    """The SparkSession of this thread, or None."""
    module = sys.modules.get("pyspark.sql")
    return None if module is None else module.SparkSession.getActiveSession()


@contextlib.contextmanager
def own_step(line: Line, spark: Any) -> Iterator[None]:
    """While this lasts, jobs of this thread belong to the line, and fits are told by whoever makes them."""
    outer = getattr(_here, "is_own", False)
    _here.is_own = True
    try:
        with jobs_of(line, spark):
            yield
    finally:
        _here.is_own = outer


@contextlib.contextmanager
def jobs_of(line: Line, spark: Any) -> Iterator[None]:
    """Jobs of this thread carry the line (docs/protocol.md, section 7)."""
    context, before = None, None
    try:
        context = None if spark is None else spark.sparkContext
        if context is not None:
            before = context.getLocalProperty(PROPERTY)
            context.setLocalProperty(PROPERTY, f"{line.curve.ordinal}:{line.ordinal}")
    except Exception:
        context = None
    try:
        yield
    finally:
        if context is not None:
            with contextlib.suppress(Exception):
                context.setLocalProperty(PROPERTY, before)


# ---- fits that the user makes --------------------------------------------------------


def notice_fits(curve: Axes) -> None:
    """From now on, and until the curve is finished, the fits of pyspark.ml are drawn on it; of several curves, on the one opened last."""
    _open.append(weakref.ref(curve))
    module = sys.modules.get(MODULE)
    if module is not None:
        _wrap(module)
    elif not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


@contextlib.contextmanager
def drawn_on(curve: Axes) -> Iterator[None]:
    """While this lasts, fits are drawn on this curve, whichever was opened last."""
    mine = weakref.ref(curve)
    _open.append(mine)
    try:
        yield
    finally:
        if mine in _open:
            del _open[len(_open) - 1 - _open[::-1].index(mine)]


def _newest() -> Axes | None:
    """The curve that was opened last and is not finished."""
    while _open:
        curve = _open[-1]()
        if curve is not None and not curve.is_finished:
            return curve
        _open.pop()
    return None


def _wrap(module: Any) -> None:
    original = module.Estimator.fit
    if hasattr(original, "_sparkglass"):
        return

    @functools.wraps(original)
    def fit(self: Any, dataset: Any, *args: Any, **named: Any) -> Any:
        curve = None if getattr(_here, "is_own", False) else _newest()
        if curve is None:
            return original(self, dataset, *args, **named)
        return _told(curve, self, lambda: original(self, dataset, *args, **named), dataset)

    fit._sparkglass = True  # type: ignore[attr-defined]
    module.Estimator.fit = fit


def _told(curve: Axes, estimator: Any, run: Any, dataset: Any) -> Any:
    """Runs a fit; draws what it says of its iterations. Nothing of ours may fail it."""
    line = None
    try:
        line = _line(curve, estimator)
    except Exception:
        pass
    if line is None:
        return run()
    with jobs_of(line, getattr(dataset, "sparkSession", None)):
        result = run()
    try:
        _tell(curve, line, estimator, result)
    except Exception:
        pass
    return result


def _line(curve: Axes, estimator: Any) -> Line | None:
    """A line for what goes in iterations; pipelines and searches call the fits of what is in them."""
    if not estimator.hasParam("maxIter") or not estimator.hasParam("predictionCol"):
        return None
    name = type(estimator).__name__
    before = sum(line.kind == "epochs" and line.name.startswith(name) for line in curve.lines)
    if before >= _MOST_LINES:
        return None
    return curve.line(name if not before else f"{name} ({before + 1})", "epochs", None, "value", name)


def _tell(curve: Axes, line: Line, estimator: Any, result: Any) -> None:
    for model in result if isinstance(result, list) else [result]:
        values = history(model)
        for number, value in enumerate(values):
            line.value(value, number)
        if not values:
            name = type(estimator).__name__
            curve.mark("mark", f"{name} fitted", detail=f"{name} keeps no history of its objective", line=line)


def _execute(original: Any, module: Any) -> None:
    """Runs the module, and wraps what it has defined."""
    original(module)
    with contextlib.suppress(Exception):
        _wrap(module)


class _Finder(importlib.abc.MetaPathFinder):
    """Waits for pyspark.ml: importing it for its own sake would cost whoever does not use it."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname != MODULE:
            return None
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(fullname, path, target)
            if spec is not None and spec.loader is not None:
                spec.loader.exec_module = functools.partial(_execute, spec.loader.exec_module)  # type: ignore[method-assign]
                if self in sys.meta_path:
                    sys.meta_path.remove(self)
                return spec
        return None
