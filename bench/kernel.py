"""A notebook's kernel, spoken to past the page: to measure what it does when nobody looks on."""

from __future__ import annotations

import ast
import time
from pathlib import Path
from typing import Any

from jupyter_client import BlockingKernelClient

#: Seconds; a kernel that hangs must not hang the bench.
PATIENCE = 120


class KernelClient:
    """A client of the one kernel whose connection file is in a folder; end it with ``close``."""

    def __init__(self, runtime: Path) -> None:
        (file,) = runtime.glob("kernel-*.json")
        self._client = BlockingKernelClient(connection_file=str(file))
        self._client.load_connection_file()
        self._client.start_channels(iopub=False, stdin=False, hb=False)

    def run(self, code: str, cell: str) -> None:
        """Run a cell, as a notebook does."""
        self._ask(code, metadata={"cellId": cell}, silent=False, store_history=True)

    def silent(self, code: str) -> None:
        """Run Python behind the notebook's back: no output, no history, no cell."""
        self._ask(code)

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, by its ``repr``."""
        answer = self._ask("", user_expressions={"value": expression})["user_expressions"]["value"]
        if answer["status"] != "ok":
            raise RuntimeError(f"{answer['ename']}: {answer['evalue']}")
        return ast.literal_eval(answer["data"]["text/plain"])

    def _ask(self, code: str, metadata: dict[str, Any] | None = None, **content: Any) -> dict[str, Any]:
        body = {"silent": True, "store_history": False, "user_expressions": {}, "allow_stdin": False}
        message = self._client.session.msg("execute_request", {"code": code, **body, **content}, metadata=metadata)
        self._client.shell_channel.send(message)
        deadline = time.monotonic() + PATIENCE
        while True:
            reply = self._client.get_shell_msg(timeout=max(0.1, deadline - time.monotonic()))
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                break
        if reply["content"]["status"] != "ok":
            raise RuntimeError(f"{reply['content']['ename']}: {reply['content']['evalue']}")
        return reply["content"]

    def close(self) -> None:
        """Stop talking to it."""
        self._client.stop_channels()
