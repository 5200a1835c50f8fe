"""The way between kernel and page: pushes on a comm that the page adopts by its fixed id, requests as control messages.

Why neither is an ordinary comm: ipykernel 7.4 routes a page's comm messages behind the running cell once a thread has pushed on that comm, and
a page that reloads during a cell cannot ask for anything on the shell channel. docs/protocol.md, section 4.
"""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Callable
from typing import Any

from .frames import PROTOCOL, History

TARGET = "sparkglass.v1"
COMM_ID = "sparkglass-push"

Handler = Callable[[dict[str, Any]], tuple[dict[str, Any], list[bytes]]]


class RequestError(Exception):
    """A request that cannot be served; ``code`` is for programs, the text for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Channel:
    """Numbers frames, keeps them, and pushes them to whoever listens.

    Without an ipykernel (plain IPython, a test) it only keeps them.
    """

    def __init__(self, kernel: Any, history: History | None = None) -> None:
        self.history = history or History()
        self.kernel_id = uuid.uuid4().hex
        self._kernel = kernel
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self._comm: Any = None
        self._handlers: dict[str, Handler] = {"history": self._history}
        if kernel is not None:
            self._comm = _make_comm()
            kernel.control_handlers["sparkglass_request"] = self._on_request

    def push(self, frame: bytes) -> None:
        """Keeps a frame and sends it. Never raises: a page that is not there is no fault."""
        if os.getpid() != self._pid:  # a forked child must not write to its parent's sockets
            return
        with self._lock:  # frames must leave in the order of their numbers
            number = self.history.add(frame)
            if self._comm is None:
                return
            try:
                data = {"v": PROTOCOL, "kernel": self.kernel_id, "seq": number}
                self._comm.send(data=data, buffers=[frame])
            except Exception:
                pass

    def serve(self, op: str, handler: Handler) -> None:
        """Answers requests named ``op``; the handler runs on the control thread, also while a cell runs."""
        self._handlers[op] = handler

    def close(self) -> None:
        """Takes the requests away. The comm stays: closing it would say so to every page."""
        if self._kernel is not None:
            self._kernel.control_handlers.pop("sparkglass_request", None)

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
        self._kernel.session.send(
            stream, "sparkglass_reply", content, parent=parent, ident=ident, buffers=buffers
        )


def _make_comm() -> Any:
    """A comm that nobody was told of: a page without our target would otherwise close it for every other page."""
    from comm import get_comm_manager
    from ipykernel.comm import Comm

    comm = Comm(target_name=TARGET, comm_id=COMM_ID, primary=False, show_warning=False)
    # A page never sends on it; if one does, ipykernel would run the cell hooks around an empty handler.
    comm.handle_msg = lambda msg: None
    get_comm_manager().register_comm(comm)
    return comm
