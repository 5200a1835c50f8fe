"""A Chromium of a mode's own, driven by ``browser.mjs`` over lines of JSON."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from environments import HERE, ROOT


class PageError(RuntimeError):
    """The page or the browser refused what it was asked."""


class Browser:
    """One browser with one page; end it with ``close``."""

    def __init__(self, width: int = 1280, height: int = 900) -> None:
        self.process = subprocess.Popen(
            ["node", str(HERE / "browser.mjs"), str(width), str(height)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            encoding="utf-8",
        )

    def ask(self, op: str, **args: Any) -> Any:
        """Do one thing in the browser (see ``browser.mjs``) and return what came of it."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None and stdout is not None
        stdin.write(json.dumps({"op": op, **args}) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise PageError(f"the browser ended during {op}")
        answer = json.loads(line)
        if "error" in answer:
            raise PageError(f"{op}: {answer['error']}")
        return answer["value"]

    def call(self, function: str, *args: Any) -> Any:
        """Call a function of ``bench/page`` in the page."""
        return self.ask("call", function=function, args=list(args))

    def close(self) -> None:
        """End the browser."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
