"""The Jupyter server part: event logs in ranges, also from contents managers that cannot serve them so, and models that kernels serve."""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join

from . import logs, served
from .spool import Spool


def _load_jupyter_server_extension(server: Any) -> None:
    base = server.web_app.settings["base_url"]
    routes = [*logs.handlers(Spool()), *served.handlers()]
    server.web_app.add_handlers(".*$", [(url_path_join(base, pattern), *rest) for pattern, *rest in routes])
