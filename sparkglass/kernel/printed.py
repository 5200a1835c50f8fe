"""What functions of `foreachBatch` print: told to the listener as well, which knows the batch.

They run on threads of py4j in this process, and what they print goes to whichever cell ran last. Nothing of PySpark or IPython is wrapped:
ipykernel's streams have a place for a copy of what is written to them (`echo`), and who prints is read off the stack.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import Any

# `ForeachBatchFunction.call` in PySpark's `sql/utils.py`.
_FILE = os.path.join("pyspark", "sql", "utils.py")
_DEPTH = 60
_MOST_CHARS = 8192


class Echo:
    """Takes a copy of what is written to a stream of ipykernel.

    Parameters
    ----------
    before
        What had the place before; it goes on to be written to.
    tell
        Called with whole lines, on the thread that printed them.
    """

    def __init__(self, before: Any, tell: Callable[[str], None]) -> None:
        self.before = before
        self._tell = tell
        self._lines = threading.local()

    def write(self, text: str) -> int:
        """As of a file; never fails by itself."""
        if self.before is not None:
            self.before.write(text)
        try:
            if threading.current_thread() is not threading.main_thread() and _is_batch(sys._getframe(1)):
                self._keep(text)
        except Exception:
            pass  # what is printed is printed all the same
        return len(text)

    def flush(self) -> None:
        """As of a file."""
        if self.before is not None:
            self.before.flush()

    def _keep(self, text: str) -> None:
        kept = getattr(self._lines, "text", "") + text
        if kept.endswith("\n") or len(kept) > _MOST_CHARS:
            self._lines.text = ""
            self._tell(kept)
        else:
            self._lines.text = kept


class Printed:
    """The places of our echoes, to set and to give back."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._set: list[tuple[Any, Echo]] = []

    def listen(self) -> None:
        """Sets them on the streams that have such a place; again does no harm."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "echo") and not isinstance(stream.echo, Echo):
                echo = Echo(stream.echo, self._tell)
                stream.echo = echo
                self._set.append((stream, echo))

    def close(self) -> None:
        """Gives them back."""
        for stream, echo in self._set:
            if stream.echo is echo:
                stream.echo = echo.before
        self._set.clear()


def _is_batch(frame: Any) -> bool:
    """Whether a function of `foreachBatch` is among the callers."""
    for _ in range(_DEPTH):
        if frame is None:
            return False
        code = frame.f_code
        if code.co_name == "call" and code.co_filename.endswith(_FILE):
            return True
        frame = frame.f_back
    return False
