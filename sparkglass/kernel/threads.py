"""Jobs from the user's threads, given to the cell that started the thread.

A Python thread gets a JVM thread of its own with its first call into the JVM, and that one inherits nothing. So: note the run at the start
of a thread, and set it in the JVM when the thread makes its connection. Threads that never talk to Spark cost one attribute.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

# Workers of a pool outlive the cell that made them and then work for others: for those the time of submission is the better witness.
# py4j's own threads answer whoever calls.
_POOLS = ("concurrent.futures.thread", "multiprocessing.pool", "py4j.")


class ThreadRuns:
    """Remembers which run started which thread; a thread of a thread belongs to the same run."""

    def __init__(self, current: Callable[[], str | None]) -> None:
        self._current = current
        self._original = threading.Thread.start
        runs = self

        def start(thread: threading.Thread) -> None:
            try:
                runs._note(thread)
            except Exception:
                pass
            runs._original(thread)

        start.__doc__ = self._original.__doc__
        self._start = start
        threading.Thread.start = start  # type: ignore[method-assign,assignment]

    def close(self) -> None:
        """Puts ``Thread.start`` back, unless somebody else has wrapped it since."""
        if threading.Thread.start is self._start:
            threading.Thread.start = self._original  # type: ignore[method-assign]
        self._current = lambda: None

    def _note(self, thread: threading.Thread) -> None:
        target = getattr(thread, "_target", None)
        owner = getattr(target, "__self__", target)
        module = getattr(owner, "__module__", None) or ""
        if not module.startswith(_POOLS):
            run = run_of(threading.current_thread()) or self._current()
            if run is not None:
                thread._sparkglass_run = run  # type: ignore[attr-defined]


def run_of(thread: threading.Thread) -> str | None:
    """The run that started this thread; None for the main thread, pool workers and threads older than the hook."""
    return getattr(thread, "_sparkglass_run", None)


def follow_connections(client: Any, claim: Callable[[str], None]) -> None:
    """Calls ``claim(run)`` on each thread that makes its first connection to the JVM, when a run started it.

    ``client`` is py4j's ``JavaClient`` (one connection a thread: PySpark's pinned mode); other clients are left alone. The hook sits where
    the connection is made already: a refused one is the user's error and must not name us.
    """
    if not hasattr(client, "thread_connection") or not hasattr(client, "set_thread_connection"):
        return
    if "_sparkglass_claim" in vars(client):
        client._sparkglass_claim = claim
        return
    client._sparkglass_claim = claim
    original = client.set_thread_connection

    def set_thread_connection(connection: Any) -> None:
        original(connection)
        try:
            run = run_of(threading.current_thread())
            # Java calls Python on connections of its own: there the JVM thread has its properties, and is waiting for an answer.
            if run is not None and connection.initiated_from_client:
                client._sparkglass_claim(run)
                # That call has given the connection back to the pool; the caller is about to use it.
                client.deque.remove(connection)
        except Exception:
            pass

    client.set_thread_connection = set_thread_connection
