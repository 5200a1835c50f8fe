"""The Jupyter server part: event logs in ranges, also from contents managers that cannot serve them so."""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join

from .logs import handlers
from .spool import Spool


def _load_jupyter_server_extension(server: Any) -> None:
    base = server.web_app.settings["base_url"]
    routes = [(url_path_join(base, pattern), handler, options) for pattern, handler, options in handlers(Spool())]
    server.web_app.add_handlers(".*$", routes)
