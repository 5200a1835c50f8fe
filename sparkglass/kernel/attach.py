"""Attaching to a kernel: watch its cells and its SparkContexts, and never be noticed.

Nothing of this module may raise into the user's code or print.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from typing import Any

from .cells import Cells, Event, Run, now_ms
from .channel import Channel, RequestError
from .contexts import Contexts
from .dataframes import DataFrames
from .driver import Driver, quiet, spark_is_too_old
from .frames import PROTOCOL, pack_events
from .printed import Printed
from .threads import ThreadRuns, follow_connections
from .version import VERSION

MAX_ROWS = 100_000


class Watch:
    """All that Sparkglass has in one kernel. Opened and closed any number of times; the history stays."""

    def __init__(self, shell: Any) -> None:
        self.cells = Cells(shell, self._began, self._ended)
        self.channel = Channel(getattr(shell, "kernel", None), self.cells.while_running)
        self.is_open = False
        self._shell = shell
        self._source = ""
        self._max_rows = MAX_ROWS
        self._drivers: list[Driver] = []
        self._count = 0
        self._contexts = Contexts(self._imported, self.appeared)
        self._data_frames = DataFrames()
        self._lock = threading.RLock()
        self._threads: ThreadRuns | None = None
        self._printed = Printed(self._tell_printed)
        for op, handler in (
            ("cancel", self._cancel),
            ("status", self._status),
            ("detach", self._detach),
        ):
            self.channel.serve(op, handler)
        self.channel.push(pack_events([self._kernel_event()]))

    # ---- attaching -------------------------------------------------------------------

    def open(self, cell_id: str | None, source: str, max_rows: int) -> None:
        """Begins to watch; the parameters as in ``attach``."""
        if not self.is_open:
            self.is_open = True
            self._source = source
            self._max_rows = max_rows
            self.cells.watch()
            self._printed.listen()
            if cell_id is not None:
                self.cells.adopt(cell_id)
        self._contexts.look()

    def _tell_printed(self, text: str) -> None:
        driver = self.driver
        if driver is not None:
            driver.printed(text)

    def _imported(self) -> None:
        if self._threads is None:
            self._threads = ThreadRuns(lambda: self.cells.current.id if self.cells.current else None)

    def appeared(self, sc: Any, is_new: bool) -> None:
        """Attaches to a SparkContext, on the thread that made it and before its first job; or later, and then learns of its past."""
        try:
            with self._lock, quiet.here():
                if any(driver.alive and driver.watches(sc) for driver in self._drivers):
                    return
                if spark_is_too_old(sc):
                    self._notice("sparkTooOld", str(sc.version))
                    return
                self._count += 1
                driver = Driver(sc, self._count, self.channel, self._source, self._max_rows, self._gone)
                self._drivers.append(driver)
                follow_connections(sc._gateway._gateway_client, self._claim)
                run = self.cells.current
                driver.start(run, is_new)
                if run is not None:
                    run.announced = True
                    driver.began(run)
                if not is_new:
                    # What is there already was not made by the cell that runs next.
                    found = self._data_frames.changed(self._shell.user_ns, driver.data_frames)["DataFrames"]
                    driver.say({"Event": "SparkglassDataFrames", "DataFrames": found})
        except Exception as error:
            self._notice("attachFailed", f"{type(error).__name__}: {error}"[:300])

    @property
    def driver(self) -> Driver | None:
        """The context that is alive, if any; Spark allows one at a time."""
        return next((driver for driver in reversed(self._drivers) if driver.alive), None)

    def _gone(self, driver: Driver) -> None:
        with self._lock:
            if driver in self._drivers:
                self._drivers.remove(driver)

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

    def announce(self, run: Run) -> None:
        """Tells of a cell without Spark that has something to show all the same: a training curve."""
        if not run.announced:
            run.announced = True
            self.channel.push(pack_events([run.started()]))

    def _ended(self, run: Run, error: BaseException | None) -> None:
        if error is not None and "JAVA_GATEWAY_EXITED" in str(error) and not _has_java():
            self._notice("noJava", os.environ.get("JAVA_HOME", ""))
        if not run.announced:
            return
        driver = self._reachable()
        notes: Event = {"DataFrames": []}
        if driver is not None:
            try:
                notes = self._data_frames.changed(self._shell.user_ns, driver.data_frames, run.code)
            except Exception:
                pass
        event = run.ended(error, notes)
        try:
            if driver is not None:
                driver.ended(event)
                return
        except Exception:
            pass  # it died between our question and now
        self.channel.push(pack_events([event]))

    def _reachable(self) -> Driver | None:
        """The live driver, unless its JVM or its context has gone since we looked."""
        driver = self.driver
        return driver if driver is not None and driver.reachable else None

    # ---- requests --------------------------------------------------------------------

    def _cancel(self, content: Event) -> tuple[Event, list[bytes]]:
        ordinal = int(content.get("application", 0))
        drivers = [d for d in self._drivers if d.reachable and ordinal in (0, d.ordinal)]
        if not drivers:
            raise RequestError("gone", "this Spark application has ended")
        jobs = [int(job) for job in content.get("jobs") or []]
        if content.get("job") is not None:
            jobs.append(int(content["job"]))
        run = content.get("run")
        stage = content.get("stage")
        query = content.get("query")
        count = sum(driver.cancel(jobs, stage, run, query) for driver in drivers)
        return {"cancelled": count}, []

    def _status(self, content: Event) -> tuple[Event, list[bytes]]:
        return self.status(), []

    def _detach(self, content: Event) -> tuple[Event, list[bytes]]:
        self.close()
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
            "historyBytes": history.size_bytes,
            "rowsGone": history.rows_gone,
        }

    def close(self) -> None:
        """Stops watching and takes every hook back; requests for the history are still answered."""
        self.is_open = False
        self._contexts.close()
        self._printed.close()
        if self._threads is not None:
            self._threads.close()
            self._threads = None
        for run in self.cells.close():
            self._ended(run, None)
        for driver in list(self._drivers):
            driver.detach()

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


def _has_java() -> bool:
    """Whether Spark's start script can find a Java: in JAVA_HOME when that is set, else on the path."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which(os.path.join(home, "bin", "java") if home else "java") is not None


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
    if source is None:
        path = os.path.join(os.path.dirname(__file__), "SparkglassListener.java")
        with open(path, encoding="utf-8") as file:
            source = file.read()
    if _watch is None:
        _watch = Watch(shell)
    _watch.open(cell_id, source, max_rows)
    return _watch.status()


def attach_json(**options: Any) -> Json:
    """``attach`` for the page: the answer as JSON, and never an exception."""
    try:
        return Json(json.dumps(attach(**options)))
    except Exception as error:
        return Json(json.dumps({"v": PROTOCOL, "error": f"{type(error).__name__}: {error}"}))


def detach() -> None:
    """Stops watching and takes every hook back; Spark is not touched."""
    if _watch is not None:
        _watch.close()
