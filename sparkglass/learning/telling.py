"""Events of learners on their way to the page: gathered for a moment, then one frame of the kernel itself (application 0).

Nothing here raises, and nothing waits for a page: where no kernel is, the events are let go.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any, Protocol

from ..kernel.frames import pack_events

Event = dict[str, Any]

# Frames leave at most ten times a second together with Spark's (docs/protocol.md, section 4); what is logged meanwhile shares one.
INTERVAL_S = 0.15
# Packed events of this many characters together; a page works on a frame at a time.
_FRAME_CHARS = 2_000_000
# Installed, or made by the page from the text it carries.
_MODULES = ("sparkglass.kernel.attach", "_sparkglass_kernel.attach")


class Source(Protocol):
    """What gathers by itself, and is asked when a frame is made."""

    def drain(self) -> list[Event]:
        """The events since it was asked last."""


class Teller:
    """Gathers events and has them sent by a thread that lives as long as there is something to send."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Two flushes at once would send the second part of a line before the first.
        self._sending = threading.Lock()
        self._queue: list[Event | Source] = []
        self._thread: threading.Thread | None = None
        self._pid = os.getpid()
        self._tried = False

    def tell(self, event: Event | Source) -> None:
        """Queues an event, or a source that has some; from any thread, and never raises."""
        if os.getpid() != self._pid:  # a forked child must not write to its parent's sockets
            return
        try:
            with self._lock:
                self._queue.append(event)
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="sparkglass-learning", daemon=True)
                    self._thread.start()
        except Exception:
            self._thread = None  # no thread any more: the interpreter is ending

    def flush(self) -> None:
        """Sends what is there now. Never raises."""
        if os.getpid() != self._pid:
            return
        with self._sending:
            with self._lock:
                queue, self._queue = self._queue, []
            try:
                self._send(queue)
            except Exception:
                pass

    def attach(self) -> None:
        """Sees to it that somebody listens: attaches if this is an ipykernel and nobody has yet. Costs nothing the second time."""
        if self._tried or watch() is not None:
            return
        self._tried = True
        try:
            shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
            if getattr(shell, "kernel", None) is not None:
                from .. import load_ipython_extension

                load_ipython_extension(shell)
        except Exception:
            pass

    def _run(self) -> None:
        while True:
            time.sleep(INTERVAL_S)
            with self._lock:
                if not self._queue:
                    self._thread = None
                    return
            self.flush()
            try:
                found = watch()
                if found is not None:
                    found.channel.drained(2.0)  # what cannot leave yet may as well share a frame
            except Exception:
                pass

    def _send(self, queue: list[Event | Source]) -> None:
        events: list[Event] = []
        for source in queue:
            if isinstance(source, dict):
                events.append(source)
            else:
                events += source.drain()
        found = watch()
        if found is None or not found.is_open:
            return
        frame: list[Event] = []
        chars = 0
        for each in events:
            event, size = _sized(each)
            if event is None:
                continue
            if frame and chars + size > _FRAME_CHARS:
                found.channel.push(pack_events(frame))
                frame, chars = [], 0
            frame.append(event)
            chars += size
        if frame:
            found.channel.push(pack_events(frame))


def _sized(event: Event) -> tuple[Event | None, int]:
    """An event, and about how many characters it is as JSON; None for what cannot be: it must not spoil the frame of the others."""
    numbers = sum(len(value) for value in event.values() if isinstance(value, list))
    if event.get("Event") == "SparkglassCurvePoints":
        return event, 200 + 8 * numbers  # made by `points`, of plain numbers
    try:
        text = json.dumps(event, allow_nan=False, default=_plain)
        return json.loads(text), len(text)
    except (TypeError, ValueError):
        return None, 0


def _plain(value: Any) -> Any:
    """numpy's numbers and arrays as Python's."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(type(value).__name__)


def watch() -> Any:
    """The watch of this kernel (``kernel.attach.Watch``); None where nothing is attached."""
    global _watch
    if _watch is None:  # there is one in a process, from its attaching to the end
        for name in _MODULES:
            _watch = getattr(sys.modules.get(name), "_watch", None)
            if _watch is not None:
                break
    return _watch


def run_id() -> str | None:
    """The run of the cell that is being executed, if any; the page has heard of it then."""
    found = watch()
    run = None if found is None else found.cells.current
    if run is None:
        return None
    if not run.announced:
        # Where there is no Spark, nobody else tells of the cell; without it the page has no place for what it shows.
        try:
            found.announce(run)
        except Exception:
            pass
    return str(run.id)


_watch: Any = None
_teller = Teller()
tell = _teller.tell
flush = _teller.flush
attach = _teller.attach
