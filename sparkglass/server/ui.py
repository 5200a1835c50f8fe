"""The routes ``sparkglass/ui`` and ``sparkglass/ui/<port>/…``: the Spark UIs of drivers on this machine, for whoever is signed in."""

from __future__ import annotations

import importlib.util
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

from .ports import Ports

PROXY = "jupyter_server_proxy"


class DriversHandler(APIHandler):
    """The Spark applications on this machine that have a UI."""

    auth_resource = "kernels"

    def initialize(self, ports: Ports, has_proxy: bool) -> None:
        self._ports = ports
        self._has_proxy = has_proxy

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """JSON: ``hasProxy`` and ``applications``, each with ``port``, ``id``, ``name``, ``spark``, ``user`` and ``startTimeMs``.

        The parameter ``ports``, numbers with commas between, names ports beside the usual ones.
        """
        hints = [int(text) for text in self.get_query_argument("ports", "").split(",") if text.isdecimal()]
        found = await self._ports.drivers(hints)
        self.set_header("Cache-Control", "no-store")
        self.finish(
            {
                "hasProxy": self._has_proxy,
                "applications": [
                    {
                        "port": driver.port,
                        "id": driver.id,
                        "name": driver.name,
                        "spark": driver.spark,
                        "user": driver.user,
                        "startTimeMs": driver.start_time_ms,
                    }
                    for driver in found
                ],
            }
        )


def handlers() -> list[tuple[str, type[Any], dict[str, Any]]]:
    """The routes, below the base URL. Without jupyter-server-proxy there is the list alone, which says so."""
    ports = Ports()
    has_proxy = importlib.util.find_spec(PROXY) is not None
    routes: list[tuple[str, type[Any], dict[str, Any]]] = [
        ("sparkglass/ui/?", DriversHandler, {"ports": ports, "has_proxy": has_proxy})
    ]
    if has_proxy:
        from .ui_route import SparkUiHandler

        # No segment of it is `proxy` or `history`: Spark's utils.js takes what follows one for an application id.
        routes.append((r"sparkglass/ui/([0-9]{1,5})(|/.*)", SparkUiHandler, {"ports": ports}))
    return routes
