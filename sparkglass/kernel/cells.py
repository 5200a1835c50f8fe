"""Which cell is running: runs, their events, and the hooks in IPython that tell of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Event = dict[str, Any]


@dataclass
class Run:
    """One execution of one cell. ``id`` is unique in this kernel; the same cell run twice is two runs."""

    id: str
    cell_id: str
    number: int
    start_time: int
    announced: bool = False
    code: str = ""

    def started(self) -> Event:
        """The event that opens this run."""
        return {
            "Event": "SparkglassCellStart",
            "Run ID": self.id,
            "Cell ID": self.cell_id,
            "Number": self.number,
            "Time": self.start_time,
        }

    def ended(self, error: BaseException | None, data_frames: Event) -> Event:
        """The event that closes it, with what ``DataFrames.changed`` says."""
        return {
            "Event": "SparkglassCellEnd",
            "Run ID": self.id,
            "Time": now_ms(),
            "Status": "ok" if error is None else "error",
            "Error": None if error is None else type(error).__name__,
            **data_frames,
        }


@dataclass
class _Open:
    """A run on one thread, and how many cells deep it is: ``%%capture`` runs the rest of its cell as a cell of its own."""

    run: Run
    message: str | None
    depth: int = 1


def now_ms() -> int:
    """Milliseconds since 1970, as Spark's events count them."""
    return int(time.time() * 1000)


class Cells:
    """Follows IPython's cells.

    Parameters
    ----------
    shell
        IPython's shell.
    began, ended
        Called around each cell that the user ran (not for silent requests), on the user's thread; what they raise is swallowed.
    """

    def __init__(
        self,
        shell: Any,
        began: Callable[[Run], None],
        ended: Callable[[Run, BaseException | None], None],
    ) -> None:
        self._shell = shell
        self._began = began
        self._ended = ended
        self._count = 0
        # By thread: a subshell runs cells beside the main one.
        self._open: dict[int, _Open] = {}
        self._ending = threading.Lock()

    @property
    def current(self) -> Run | None:
        """The run of the calling thread; of a thread that runs no cell, the one that began last."""
        mine = self._open.get(threading.get_ident())
        if mine is not None:
            return mine.run
        others = list(self._open.values())
        return others[-1].run if others else None

    def while_running(self, act: Callable[[], None]) -> None:
        """Acts if a cell is running; that cell does not end before."""
        with self._ending:
            if self._open:
                act()

    def watch(self) -> None:
        """Sets the hooks."""
        self._shell.events.register("pre_run_cell", self._before)
        self._shell.events.register("post_run_cell", self._after)

    def close(self) -> list[Run]:
        """Takes the hooks away; returns the runs whose end will not be seen."""
        for name, hook in (("pre_run_cell", self._before), ("post_run_cell", self._after)):
            try:
                self._shell.events.unregister(name, hook)
            except ValueError:
                pass
        runs = [each.run for each in self._open.values()]
        self._open.clear()
        return runs

    def adopt(self, cell_id: str | None) -> None:
        """Takes note of a cell that was already running when the hooks were set (``%load_ext`` inside it)."""
        if self.current is None:
            self._start(cell_id)

    def _start(self, cell_id: str | None, code: str = "") -> Run:
        self._count += 1
        cell = cell_id or f"cell-{self._count}"
        run = Run(f"{cell}/{self._count}", cell, self._count, now_ms(), code=code)
        self._open[threading.get_ident()] = _Open(run, self._message())
        return run

    def _message(self) -> str | None:
        """Id of the request that is being served; None outside a kernel."""
        get_parent = getattr(getattr(self._shell, "kernel", None), "get_parent", None)
        parent: dict[str, Any] = (get_parent() if get_parent else None) or {}
        return (parent.get("header") or {}).get("msg_id")

    def _before(self, info: Any) -> None:
        try:
            if getattr(info, "silent", False):
                return
            mine = self._open.get(threading.get_ident())
            if mine is not None and mine.message == self._message():
                mine.depth += 1
                return
            self._began(self._start(getattr(info, "cell_id", None), str(getattr(info, "raw_cell", ""))))
        except Exception:
            pass

    def _after(self, result: Any) -> None:
        try:
            mine = self._open.get(threading.get_ident())
            if mine is None or getattr(getattr(result, "info", None), "silent", False):
                return
            mine.depth -= 1
            if mine.depth > 0:
                return
            with self._ending:
                self._open.pop(threading.get_ident(), None)
            self._ended(mine.run, _error(result))
        except Exception:
            pass


def _error(result: Any) -> BaseException | None:
    if result is None:  # an interrupted cell has no result
        return KeyboardInterrupt()
    error = getattr(result, "error_in_exec", None)
    return error if error is not None else getattr(result, "error_before_exec", None)
