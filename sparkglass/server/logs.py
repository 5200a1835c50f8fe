"""The route ``sparkglass/logs/<path>``: files of the contents manager, in ranges."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.contents.fileio import FileManagerMixin
from tornado import web

from .ranges import Unsatisfiable, read_range
from .spool import Spool

CHUNK_BYTES = 1 << 20


class LogHandler(JupyterHandler):
    """Whoever may read contents may read here, and nobody else."""

    auth_resource = "contents"

    def initialize(self, spool: Spool) -> None:
        self._spool = spool

    @property
    def content_security_policy(self) -> str:
        """Nothing in a file is to run, whatever it is."""
        return super().content_security_policy + "; sandbox"

    @web.authenticated
    @authorized
    async def get(self, path: str) -> None:
        """The file, or the range that is asked for."""
        await self._answer(path, True)

    @web.authenticated
    @authorized
    async def head(self, path: str) -> None:
        """The same without its bytes: how long the file is."""
        await self._answer(path, False)

    async def _answer(self, path: str, with_body: bool) -> None:
        self.check_xsrf_cookie()
        file = await self._file(path)
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Accept-Ranges", "bytes")
        try:
            source = open(file, "rb")  # noqa: SIM115
        except OSError:
            raise web.HTTPError(404) from None
        with source:
            size = os.fstat(source.fileno()).st_size
            try:
                wanted = read_range(self.request.headers.get("Range"), size)
            except Unsatisfiable:
                self.set_status(416)
                self.set_header("Content-Range", f"bytes */{size}")
                self.set_header("Content-Length", 0)
                return
            first, end = wanted or (0, size)
            if wanted is not None:
                self.set_status(206)
                self.set_header("Content-Range", f"bytes {first}-{end - 1}/{size}")
            self.set_header("Content-Length", end - first)
            if not with_body:
                return
            source.seek(first)
            while first < end:
                chunk = await asyncio.to_thread(source.read, min(CHUNK_BYTES, end - first))
                if not chunk:
                    break
                first += len(chunk)
                self.write(chunk)
                await self.flush()

    async def _file(self, path: str) -> str:
        """The file on this disk that holds what is under a path of the contents."""
        contents = self.contents_manager
        parts = path.strip("/").split("/")
        if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
            raise web.HTTPError(404)
        path = "/".join(parts)
        if not getattr(contents, "allow_hidden", False) and await ensure_async(contents.is_hidden(path)):
            raise web.HTTPError(404)
        if not isinstance(contents, FileManagerMixin):
            return await self._spool.file(contents, path)
        file = str(contents._get_os_path(path))
        if not os.path.isfile(file):
            raise web.HTTPError(404)
        return file

    def compute_etag(self) -> None:
        """A log grows: what is in the range is not what was there."""
        return None


def handlers(spool: Spool) -> list[tuple[str, type[LogHandler], dict[str, Any]]]:
    """The routes, below the base URL."""
    return [("sparkglass/logs/(.+)", LogHandler, {"spool": spool})]
