"""Jobs from the user's threads, given to the cell that started the thread.

A Python thread gets a JVM thread of its own with its first call into the JVM, and that one inherits nothing. So: note the run at the start of a
thread, and set it in the JVM when the thread makes its connection. Threads that never talk to Spark cost one attribute.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

# Workers of a pool outlive the cell that made them and then work for others: for those the time of submission is the better witness.
_POOLS = ("ThreadPoolExecutor-", "Thread-pool", "asyncio_")


class ThreadRuns:
    """Remembers which run started which thread."""

    def __init__(self, current: Callable[[], str | None]) -> None:
        self._current = current
        self._original = threading.Thread.start
        runs = self

        def start(thread: threading.Thread) -> None:
            try:
                run = runs._current()
                if run is not None:
                    thread._sparkglass_run = run  # type: ignore[attr-defined]
            except Exception:
                pass
            runs._original(thread)

        start.__doc__ = self._original.__doc__
        self._start = start
        threading.Thread.start = start  # type: ignore[method-assign]

    def close(self) -> None:
        """Puts ``Thread.start`` back, unless somebody else has wrapped it since."""
        if threading.Thread.start is self._start:
            threading.Thread.start = self._original  # type: ignore[method-assign]
        self._current = lambda: None

    def run_of(self, thread: threading.Thread) -> str | None:
        """The run that started this thread; None for the main thread, pool workers and threads older than the hook."""
        if thread.name.startswith(_POOLS):
            return None
        return getattr(thread, "_sparkglass_run", None)


def follow_connections(
    client: Any, run_of: Callable[[threading.Thread], str | None], claim: Callable[[str], None]
) -> None:
    """Calls ``claim(run)`` on each thread that makes its first connection to the JVM, when a run started it.

    ``client`` is py4j's ``JavaClient`` (one connection a thread: PySpark's pinned mode); other clients are left alone.
    """
    original = getattr(client, "_create_new_connection", None)
    if original is None or not hasattr(client, "thread_connection"):
        return
    if getattr(client, "_sparkglass_claim", None) is not None:
        client._sparkglass_claim = claim
        return
    client._sparkglass_claim = claim

    def create() -> Any:
        connection = original()
        try:
            run = run_of(threading.current_thread())
            if run is not None:
                client._sparkglass_claim(run)
                # The nested call has given the connection back to the pool; the caller is about to use it.
                client.deque.remove(connection)
        except Exception:
            pass
        return connection

    client._create_new_connection = create
