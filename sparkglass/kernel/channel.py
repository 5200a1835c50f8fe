"""The way between kernel and page: pushes on a comm that the page adopts by its fixed id, requests as control messages.

Why neither is an ordinary comm: ipykernel 7.4 routes a page's comm messages behind the running cell once a thread has pushed on that comm,
and a page that reloads during a cell cannot ask for anything on the shell channel. docs/protocol.md, section 4.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any

from .frames import PROTOCOL, History

TARGET = "sparkglass.v1"
COMM_ID = "sparkglass-push"
# Jupyter drops output, the user's too, from a kernel that sends more than 1,000 messages a second; this is far below.
MESSAGES_A_SECOND = 10

Handler = Callable[[dict[str, Any]], tuple[dict[str, Any], list[bytes]]]


class RequestError(Exception):
    """A request that cannot be served; ``code`` is for programs, the text for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Channel:
    """Numbers frames, keeps them, and pushes them to whoever listens.

    Without an ipykernel (plain IPython, a test) it only keeps them.

    Parameters
    ----------
    kernel
        The ipykernel, or None.
    while_running
        Calls what it is given if a cell is running, and keeps that cell from ending before it returns.
    """

    def __init__(self, kernel: Any, while_running: Callable[[Callable[[], None]], None]) -> None:
        self.history = History()
        self._while_running = while_running
        self.kernel_id = uuid.uuid4().hex
        self._kernel = kernel
        self._pid = os.getpid()
        self._lock = threading.Condition()  # frames must leave in the order of their numbers
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._sent: deque[float] = deque(maxlen=MESSAGES_A_SECOND)
        self._timer: threading.Timer | None = None
        self._comm: Any = None
        self._handlers: dict[str, Handler] = {"history": self._history}
        if kernel is not None:
            self._comm = _make_comm()
            kernel.control_handlers["sparkglass_request"] = self._on_request

    def push(self, frame: bytes) -> None:
        """Keeps a frame and sends it, at once or as soon as the rate allows. Never raises: a page that is not there is no fault."""
        if os.getpid() != self._pid:  # a forked child must not write to its parent's sockets
            return
        with self._lock:
            number = self.history.add(frame)
            if self._comm is not None:
                self._waiting.append((number, frame))
                self._flush()

    def drained(self, timeout: float) -> None:
        """Waits until everything has been sent, at most ``timeout`` seconds: who fetches frames should not fetch more than can leave."""
        with self._lock:
            self._lock.wait_for(lambda: not self._waiting, timeout)

    def _flush(self) -> None:
        """Sends what may be sent; the caller holds the lock."""
        while self._waiting:
            now = time.monotonic()
            if len(self._sent) == MESSAGES_A_SECOND and now - self._sent[0] < 1.0:
                if self._timer is None:
                    self._timer = threading.Timer(1.0 - (now - self._sent[0]), self._resume)
                    self._timer.daemon = True
                    self._timer.start()
                return
            number, frame = self._waiting.popleft()
            self._sent.append(now)
            try:
                data = {"v": PROTOCOL, "kernel": self.kernel_id, "seq": number}
                self._comm.send(data=data, buffers=[frame])
            except Exception:
                pass
        self._lock.notify_all()

    def _resume(self) -> None:
        with self._lock:
            self._timer = None
            self._flush()

    def serve(self, op: str, handler: Handler) -> None:
        """Answers requests named ``op``; the handler runs on the control thread, also while a cell runs."""
        self._handlers[op] = handler

    def answer(self, content: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """The reply to a request's content, and its buffers."""
        try:
            if content.get("v") != PROTOCOL:
                raise RequestError("version", f"this kernel speaks protocol {PROTOCOL}")
            handler = self._handlers.get(str(content.get("op")))
            if handler is None:
                raise RequestError("op", f"no request is called {content.get('op')!r}")
            reply, buffers = handler(content)
            return {"status": "ok", "v": PROTOCOL, **reply}, buffers
        except RequestError as error:
            return {
                "status": "error",
                "v": PROTOCOL,
                "code": error.code,
                "detail": str(error),
            }, []
        except Exception as error:
            detail = f"{type(error).__name__}: {error}"
            return {"status": "error", "v": PROTOCOL, "code": "failed", "detail": detail}, []

    def _history(self, content: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        limit = min(int(content.get("max", 4 << 20)), 16 << 20)
        first, frames = self.history.since(int(content.get("from", 1)), limit)
        reply = {
            "kernel": self.kernel_id,
            "first": first,
            "next": first + len(frames),
            "last": self.history.last,
        }
        return reply, frames

    async def _on_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        content, buffers = self.answer(parent.get("content") or {})
        self._kernel.session.send(stream, "sparkglass_reply", content, parent=parent, ident=ident, buffers=buffers)
        asyncio.get_running_loop().call_soon(self._still_busy)

    def _still_busy(self) -> None:
        """ipykernel calls itself idle after every request, and pages believe it; in the middle of a cell it is not true."""
        try:
            self._while_running(lambda: self._kernel._publish_status("busy", "shell"))
        except Exception:
            pass


def _make_comm() -> Any:
    """A comm that nobody was told of: a page without our target would otherwise close it for every other page."""
    from comm import get_comm_manager
    from ipykernel.comm import Comm

    comm = Comm(target_name=TARGET, comm_id=COMM_ID, primary=False, show_warning=False)
    # A page never sends on it; if one does, ipykernel would run the cell hooks around an empty handler.
    comm.handle_msg = lambda msg: None  # type: ignore[method-assign]
    get_comm_manager().register_comm(comm)
    return comm
