"""Which cell is running: runs, their events, and the hooks in IPython that tell of them."""

from __future__ import annotations

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

    def started(self) -> Event:
        """The event that opens this run."""
        return {
            "Event": "SparkglassCellStart",
            "Run ID": self.id,
            "Cell ID": self.cell_id,
            "Number": self.number,
            "Time": self.start_time,
        }

    def ended(self, error: BaseException | None, data_frames: list[Event]) -> Event:
        """The event that closes it."""
        return {
            "Event": "SparkglassCellEnd",
            "Run ID": self.id,
            "Time": now_ms(),
            "Status": "ok" if error is None else "error",
            "Error": None if error is None else type(error).__name__,
            "DataFrames": data_frames,
        }


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
        self.current: Run | None = None
        self._shell = shell
        self._began = began
        self._ended = ended
        self._count = 0
        shell.events.register("pre_run_cell", self._before)
        shell.events.register("post_run_cell", self._after)

    def close(self) -> None:
        """Takes the hooks away."""
        for name, hook in (("pre_run_cell", self._before), ("post_run_cell", self._after)):
            try:
                self._shell.events.unregister(name, hook)
            except ValueError:
                pass

    def adopt(self, cell_id: str | None) -> None:
        """Takes note of a cell that was already running when the hooks were set (``%load_ext`` inside it)."""
        if self.current is None:
            self._open(cell_id)

    def _open(self, cell_id: str | None) -> Run:
        self._count += 1
        cell = cell_id or f"cell-{self._count}"
        self.current = Run(f"{cell}/{self._count}", cell, self._count, now_ms())
        return self.current

    def _before(self, info: Any) -> None:
        try:
            if getattr(info, "silent", False):
                return
            self._began(self._open(getattr(info, "cell_id", None)))
        except Exception:
            pass

    def _after(self, result: Any) -> None:
        try:
            run = self.current
            if run is None or getattr(getattr(result, "info", None), "silent", False):
                return
            self.current = None
            error = getattr(result, "error_in_exec", None) or getattr(
                result, "error_before_exec", None
            )
            self._ended(run, error)
        except Exception:
            pass
