"""Attaching to a kernel: find the SparkContext when it appears, however it appears, and never be noticed.

Nothing of this module may raise into the user's code or print.
"""

from __future__ import annotations

import functools
import importlib.abc
import json
import os
import sys
import threading
from typing import Any

from .cells import Cells, Event, Run, now_ms
from .channel import Channel, RequestError
from .dataframes import DataFrames
from .driver import Driver, jvm_alive, spark_is_too_old
from .frames import PROTOCOL, pack_events
from .threads import ThreadRuns, follow_connections
from .version import VERSION

# Where SparkContext is defined: the first until Spark 3.5, the second since 4.0.
_CONTEXT_MODULES = ("pyspark.context", "pyspark.core.context")
MAX_ROWS = 100_000


class Watch:
    """All that Sparkglass has in one kernel."""

    def __init__(self, shell: Any, source: str, max_rows: int) -> None:
        self.channel = Channel(getattr(shell, "kernel", None))
        self.drivers: list[Driver] = []
        self._shell = shell
        self._source = source
        self._max_rows = max_rows
        self._data_frames = DataFrames()
        self._lock = threading.RLock()
        self._finder: _ContextFinder | None = None
        self._threads: ThreadRuns | None = None
        self.cells = Cells(shell, self._began, self._ended)
        for op, handler in (
            ("cancel", self._cancel),
            ("status", self._status),
            ("detach", self._detach),
        ):
            self.channel.serve(op, handler)
        self.channel.push(pack_events([self._kernel_event()]))

    # ---- attaching -------------------------------------------------------------------

    def look(self) -> None:
        """Attaches to the context that is there, or waits for one."""
        found = False
        for name in _CONTEXT_MODULES:
            module = sys.modules.get(name)
            if module is not None:
                found = self._hook(module) or found
        if not found and self._finder is None:
            self._finder = _ContextFinder(self._hook)
            sys.meta_path.insert(0, self._finder)

    def _hook(self, module: Any) -> bool:
        kind = getattr(module, "SparkContext", None)
        if kind is None or kind.__module__ != module.__name__:
            return False
        if not hasattr(kind._do_init, "_sparkglass"):
            original = kind._do_init

            @functools.wraps(original)
            def do_init(context: Any, *args: Any, **kwargs: Any) -> Any:
                result = original(context, *args, **kwargs)
                watch = _watch
                if watch is not None:
                    watch.appeared(context)
                return result

            do_init._sparkglass = original  # type: ignore[attr-defined]
            kind._do_init = do_init
        active = kind._active_spark_context
        if active is not None and getattr(active, "_jsc", None) is not None:
            self.appeared(active)
        return True

    def appeared(self, sc: Any) -> None:
        """Attaches to a SparkContext, on the thread that made it and before its first job."""
        try:
            with self._lock:
                if any(driver.alive and driver._sc is sc for driver in self.drivers):
                    return
                if spark_is_too_old(sc):
                    self._notice("sparkTooOld", str(sc.version))
                    return
                driver = Driver(
                    sc,
                    len(self.drivers) + 1,
                    self.channel,
                    self._source,
                    self._max_rows,
                    self._gone,
                )
                self.drivers.append(driver)
                if self._threads is None:
                    self._threads = ThreadRuns(
                        lambda: self.cells.current.id if self.cells.current else None
                    )
                follow_connections(
                    sc._gateway._gateway_client, self._threads.run_of, self._claim
                )
                run = self.cells.current
                driver.start(run, _is_connect())
                if run is not None:
                    run.announced = True
                    driver.began(run)
        except Exception as error:
            self._notice("attachFailed", f"{type(error).__name__}: {error}"[:300])

    @property
    def driver(self) -> Driver | None:
        """The context that is alive, if any; Spark allows one at a time."""
        return next((driver for driver in reversed(self.drivers) if driver.alive), None)

    def _gone(self, driver: Driver) -> None:
        driver.alive = False

    def _claim(self, run: str) -> None:
        driver = self.driver
        if driver is not None:
            driver.claim(run)

    # ---- cells -----------------------------------------------------------------------

    def _began(self, run: Run) -> None:
        driver = self._reachable()
        if driver is not None:
            run.announced = True
            driver.began(run)

    def _ended(self, run: Run, error: BaseException | None) -> None:
        if error is not None and "JAVA_GATEWAY_EXITED" in str(error):
            self._notice("noJava", os.environ.get("JAVA_HOME", ""))
        if not run.announced:
            return
        driver = self._reachable()
        if driver is None:
            self.channel.push(pack_events([run.ended(error, [])]))
            return
        notes: list[Event] = []
        try:
            notes = self._data_frames.changed(self._shell.user_ns, driver.operators)
        except Exception:
            pass
        driver.ended(run.ended(error, notes))

    def _reachable(self) -> Driver | None:
        """The live driver, unless its JVM or its context has gone since we looked."""
        driver = self.driver
        if driver is None or driver._sc._jsc is None:
            return None
        return driver if jvm_alive(driver._sc) else None

    # ---- requests --------------------------------------------------------------------

    def _cancel(self, content: Event) -> tuple[Event, list[bytes]]:
        ordinal = int(content.get("application", 0))
        drivers = [d for d in self.drivers if d.alive and ordinal in (0, d.ordinal)]
        if not drivers:
            raise RequestError("gone", "this Spark application has ended")
        jobs = [int(job) for job in content.get("jobs") or []]
        if content.get("job") is not None:
            jobs.append(int(content["job"]))
        run = content.get("run")
        stage = content.get("stage")
        count = sum(driver.cancel(jobs, stage, run) for driver in drivers)
        return {"cancelled": count}, []

    def _status(self, content: Event) -> tuple[Event, list[bytes]]:
        return self.status(), []

    def _detach(self, content: Event) -> tuple[Event, list[bytes]]:
        detach()
        return {}, []

    def status(self) -> Event:
        """Where we stand, for the page and for the curious."""
        history = self.channel.history
        return {
            "v": PROTOCOL,
            "version": VERSION,
            "kernel": self.channel.kernel_id,
            "last": history.last,
            "attached": self.driver is not None,
            "historyBytes": history.bytes,
            "rowsGone": history.rows_gone,
        }

    def close(self) -> None:
        """Takes everything back."""
        if self._finder is not None and self._finder in sys.meta_path:
            sys.meta_path.remove(self._finder)
        for name in _CONTEXT_MODULES:
            kind = getattr(sys.modules.get(name), "SparkContext", None)
            original = getattr(getattr(kind, "_do_init", None), "_sparkglass", None)
            if original is not None:
                kind._do_init = original  # type: ignore[union-attr]
        if self._threads is not None:
            self._threads.close()
        self.cells.close()
        for driver in self.drivers:
            if driver.alive:
                driver.detach()
        self.channel.close()

    def _kernel_event(self) -> Event:
        from importlib.metadata import PackageNotFoundError, version

        def of(package: str) -> str | None:
            try:
                return version(package)
            except PackageNotFoundError:
                return None

        return {
            "Event": "SparkglassKernel",
            "Protocol Version": PROTOCOL,
            "Sparkglass Version": VERSION,
            "Python Version": sys.version.split()[0],
            "PySpark Version": of("pyspark"),
            "Ipykernel Version": of("ipykernel"),
            "Time": now_ms(),
        }

    def _notice(self, code: str, detail: str) -> None:
        event = {"Event": "SparkglassNotice", "Code": code, "Detail": detail, "Time": now_ms()}
        self.channel.push(pack_events([event]))


class _ContextFinder(importlib.abc.MetaPathFinder):
    """Waits for the module that defines SparkContext, without importing PySpark itself."""

    def __init__(self, hook: Any) -> None:
        self._hook = hook

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname not in _CONTEXT_MODULES:
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


def _is_connect() -> bool:
    return "SPARK_CONNECT_MODE_ENABLED" in os.environ or "SPARK_REMOTE" in os.environ


class Json(str):
    """A string whose repr is itself: user expressions travel as reprs."""

    def __repr__(self) -> str:
        return str(self)


_watch: Watch | None = None


def attach(
    shell: Any = None,
    source: str | None = None,
    cell_id: str | None = None,
    max_rows: int = MAX_ROWS,
) -> Event:
    """Begins to watch this kernel's Spark; again and again does no harm.

    Parameters
    ----------
    shell
        IPython's shell; the current one when left out.
    source
        Java source of the listener; read from beside this module when left out (the page brings it when it injects us).
    cell_id
        The cell that is running right now, if the call comes from one.
    max_rows
        Task rows the listener may hold when nobody fetches them.

    Returns
    -------
    dict
        ``Watch.status()``; ``{"v": …, "shell": False}`` outside IPython.
    """
    global _watch
    if shell is None:
        shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is None:
        return {"v": PROTOCOL, "version": VERSION, "shell": False}
    if _watch is None:
        if source is None:
            path = os.path.join(os.path.dirname(__file__), "SparkglassListener.java")
            with open(path, encoding="utf-8") as file:
                source = file.read()
        _watch = Watch(shell, source, max_rows)
        if cell_id is not None:
            _watch.cells.adopt(cell_id)
    _watch.look()
    return _watch.status()


def attach_json(**options: Any) -> Json:
    """``attach`` for the page: the answer as JSON, and never an exception."""
    try:
        return Json(json.dumps(attach(**options)))
    except Exception as error:
        return Json(json.dumps({"v": PROTOCOL, "error": f"{type(error).__name__}: {error}"}))


def detach() -> None:
    """Stops watching and takes every hook back; Spark is not touched."""
    global _watch
    if _watch is not None:
        watch, _watch = _watch, None
        watch.close()


def watching() -> Watch | None:
    """The kernel's watch, if there is one."""
    return _watch
