"""Files of a contents manager that is not on this disk, kept in temporary files so that they can be read in ranges."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import tempfile
import time
from collections import OrderedDict
from typing import Any, NamedTuple

from jupyter_core.utils import ensure_async
from tornado.web import HTTPError

# A manager that says neither when a file changed nor how long it is: its file is fetched anew after this many seconds.
FRESH_S = 30.0


class _Kept(NamedTuple):
    state: tuple[Any, Any]
    file: str
    size: int
    fetched: float


class Spool:
    """At most so many files with so many bytes together; over it the one that was asked for longest ago goes first."""

    def __init__(self, most_files: int = 8, most_bytes: int = 2 << 30) -> None:
        self._most_files = most_files
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = asyncio.Lock()
        # Nobody else may look into it, and it goes with the process.
        self._folder = tempfile.TemporaryDirectory(prefix="sparkglass-logs-")
        self._count = 0

    async def file(self, contents: Any, path: str) -> str:
        """The temporary file that holds what the manager has under this path now.

        Raises
        ------
        HTTPError
            404 when there is no such file, 413 when it is larger than all files may be together.
        """
        model = await ensure_async(contents.get(path, content=False))
        if model["type"] == "directory":
            raise HTTPError(404)
        state = (model.get("last_modified"), model.get("size"))
        # One at a time: the second who asks for a file finds it.
        async with self._lock:
            kept = self._kept.get(path)
            if kept is None or not _is_fresh(kept, state):
                kept = await self._fetch(contents, path, state)
            self._kept.move_to_end(path)
            return kept.file

    def close(self) -> None:
        """Removes everything."""
        self._kept.clear()
        self._folder.cleanup()

    async def _fetch(self, contents: Any, path: str, state: tuple[Any, Any]) -> _Kept:
        content = await _bytes_of(contents, path)
        if len(content) > self._most_bytes:
            raise HTTPError(413, f"{path} has {len(content)} bytes; at most {self._most_bytes} can be kept here")
        self._drop(path)
        while self._kept and (
            len(self._kept) >= self._most_files
            or sum(kept.size for kept in self._kept.values()) + len(content) > self._most_bytes
        ):
            self._drop(next(iter(self._kept)))
        self._count += 1
        file = os.path.join(self._folder.name, str(self._count))
        await asyncio.to_thread(_write, file, content)
        self._kept[path] = _Kept(state, file, len(content), time.monotonic())
        return self._kept[path]

    def _drop(self, path: str) -> None:
        kept = self._kept.pop(path, None)
        if kept is not None:
            # Windows keeps a file that somebody reads; it goes with the folder then.
            with contextlib.suppress(OSError):
                os.remove(kept.file)


def _is_fresh(kept: _Kept, state: tuple[Any, Any]) -> bool:
    if state == (None, None):
        return time.monotonic() - kept.fetched < FRESH_S
    return kept.state == state


async def _bytes_of(contents: Any, path: str) -> bytes:
    try:
        model = await ensure_async(contents.get(path, type="file", format="base64"))
    except HTTPError as error:
        # Some managers know text only.
        if error.status_code != 400:
            raise
        model = await ensure_async(contents.get(path, type="file"))
    content = model["content"]
    if model["format"] == "base64":
        return base64.b64decode(content)
    return content if isinstance(content, bytes) else str(content).encode()


def _write(file: str, content: bytes) -> None:
    with open(file, "wb") as target:
        target.write(content)
