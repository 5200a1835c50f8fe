"""Noticing a SparkContext the moment it is ready: without importing PySpark, and without a frame of ours in the user's tracebacks."""

from __future__ import annotations

import importlib.abc
import sys
from collections.abc import Callable
from typing import Any

# Where SparkContext is defined: the first until Spark 3.5, the second since 4.0.
MODULES = ("pyspark.context", "pyspark.core.context")
# The last attribute that a SparkContext gets; afterwards it can be used.
_LAST_SET = "profiler_collector"


class Contexts:
    """Calls back for every SparkContext that comes to life, however it does.

    Parameters
    ----------
    imported
        Called when PySpark's SparkContext is defined, before there can be one.
    appeared
        Called with a SparkContext, and whether it is new: on the thread that made it and before its first job, or, for one that was
        running already, on the caller of ``look``. Must not raise.
    """

    def __init__(self, imported: Callable[[], None], appeared: Callable[[Any, bool], None]) -> None:
        self._imported = imported
        self._appeared = appeared
        self._finder: _Finder | None = None

    def look(self) -> None:
        """Finds the context that is there, or waits for one."""
        found = False
        for name in MODULES:
            module = sys.modules.get(name)
            if module is not None:
                found = self._hook(module) or found
        if not found and self._finder is None:
            self._finder = _Finder(self._hook)
            sys.meta_path.insert(0, self._finder)

    def close(self) -> None:
        """Takes every hook back."""
        if self._finder is not None and self._finder in sys.meta_path:
            sys.meta_path.remove(self._finder)
        self._finder = None
        for name in MODULES:
            kind = getattr(sys.modules.get(name), "SparkContext", None)
            if isinstance(vars(kind).get(_LAST_SET) if kind is not None else None, _Ready):
                delattr(kind, _LAST_SET)

    def _hook(self, module: Any) -> bool:
        kind = getattr(module, "SparkContext", None)
        if kind is None or kind.__module__ != module.__name__:
            return False
        self._imported()
        if not isinstance(vars(kind).get(_LAST_SET), _Ready):
            setattr(kind, _LAST_SET, _Ready(self._appeared))
        active = kind._active_spark_context
        if active is not None and getattr(active, "_jsc", None) is not None:
            self._appeared(active, False)
        return True


class _Ready:
    """Stands for the attribute on the class. Wrapping ``_do_init`` would do, but every error in there would name us."""

    def __init__(self, appeared: Callable[[Any, bool], None]) -> None:
        self._appeared = appeared

    def __get__(self, context: Any, kind: Any = None) -> Any:
        if context is None or _LAST_SET not in vars(context):
            raise AttributeError(_LAST_SET)
        return vars(context)[_LAST_SET]

    def __set__(self, context: Any, value: Any) -> None:
        vars(context)[_LAST_SET] = value
        self._appeared(context, True)


class _Finder(importlib.abc.MetaPathFinder):
    """Waits for the module that defines SparkContext."""

    def __init__(self, hook: Callable[[Any], bool]) -> None:
        self._hook = hook

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname not in MODULES:
            return None
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(fullname, path, target)
            if spec is not None and spec.loader is not None:
                self._wrap(spec.loader)
                return spec
        return None

    def _wrap(self, loader: Any) -> None:
        execute = loader.exec_module
        hook = self._hook

        def exec_module(module: Any) -> None:
            execute(module)
            try:
                hook(module)
            except Exception:
                pass

        loader.exec_module = exec_module
