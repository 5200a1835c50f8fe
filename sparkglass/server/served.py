"""The route ``sparkglass/serve/<port>/…``: a model that a kernel of this machine serves, for whoever is signed in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

# As the kernel's side has them (sparkglass/learning/serving.py); a model may be slow.
HOST = "127.0.0.1"
TIMEOUT_S = 60.0


class ServedHandler(APIHandler):
    """Whoever may run code may ask a model that code has made.

    Only ports of which a kernel has left a note in Jupyter's runtime folder are asked, with the token of the note: so this is no way to
    anything else on this machine, and a page needs no other token than Jupyter's.
    """

    auth_resource = "kernels"

    @web.authenticated
    @authorized
    async def get(self, port: str, what: str) -> None:
        """How the model stands."""
        await self._forward(port, what, "health", None)

    @web.authenticated
    @authorized
    async def post(self, port: str, what: str) -> None:
        """Predictions."""
        await self._forward(port, what, "predict", self.request.body)

    async def _forward(self, port: str, what: str, served: str, body: bytes | None) -> None:
        if what != served:
            raise web.HTTPError(405)
        request = HTTPRequest(
            f"http://{HOST}:{int(port)}/{served}",
            method="GET" if body is None else "POST",
            body=body,
            headers={"Authorization": f"token {self._token(int(port))}", "Content-Type": "application/json"},
            request_timeout=TIMEOUT_S,
            follow_redirects=False,
            allow_nonstandard_methods=True,
        )
        try:
            answer = await AsyncHTTPClient().fetch(request, raise_error=False)
        except OSError:
            raise web.HTTPError(502, "The model is not served any more.") from None
        if answer.code == 599:
            raise web.HTTPError(504, "The model takes too long to answer.")
        self.set_status(answer.code)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(answer.body)

    def _token(self, port: int) -> str:
        note = Path(jupyter_runtime_dir()) / f"sparkglass-serve-{port}.json"
        try:
            return str(json.loads(note.read_text())["token"])
        except (OSError, ValueError, KeyError):
            raise web.HTTPError(404, f"No kernel serves a model on port {port}.") from None


def handlers() -> list[tuple[str, type[ServedHandler], dict[str, Any]]]:
    """The routes, below the base URL."""
    return [(r"sparkglass/serve/([0-9]{1,5})/(predict|health)", ServedHandler, {})]
