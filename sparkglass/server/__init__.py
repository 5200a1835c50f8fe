"""The Jupyter server part: event logs in ranges, models that kernels serve, and Spark UIs."""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join

from . import logs, served, ui
from .spool import Spool


def _load_jupyter_server_extension(server: Any) -> None:
    base = server.web_app.settings["base_url"]
    routes = [*logs.handlers(Spool()), *served.handlers(), *ui.handlers()]
    server.web_app.add_handlers(".*$", [(url_path_join(base, pattern), *rest) for pattern, *rest in routes])
