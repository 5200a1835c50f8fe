"""One Spark UI behind ``sparkglass/ui/<port>/``, through the handler of jupyter-server-proxy."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import ensure_async, url_path_join
from jupyter_server_proxy.handlers import LocalProxyHandler
from tornado import httputil, web

from .ports import HOST, Ports

# What is Jupyter's to know, and no driver's.
_PRIVATE = ("Cookie", "Authorization", "X-XSRFToken", "Origin")
# What a driver may not say for Jupyter's address.
_FOREIGN = re.compile(
    r"set-cookie2?|access-control-.*|service-worker-allowed|clear-site-data|strict-transport-security", re.I
)
# Pages that end something: Spark takes GET for them, too, because YARN's proxy knows no POST (SPARK-6846).
_KILLS = re.compile(r"/kill(/|$)", re.I)
_TRICKS = re.compile(r"(^|/)\.\.?(/|$)|[\\\x00-\x1f\x7f]")

_GONE = {
    "en": ("The driver has ended", "No Spark UI answers on port {port} of the machine that Jupyter runs on. Run the cell that makes the "
           "SparkSession again, and open the Spark UI from there."),
    "pl": ("Driver zakończył pracę", "Na porcie {port} maszyny, na której działa Jupyter, nie odpowiada żaden Spark UI. Uruchom "
           "ponownie komórkę, która tworzy SparkSession, i otwórz stamtąd Spark UI."),
}  # fmt: skip


class SparkUiHandler(LocalProxyHandler):
    """Whoever may run code may see the UI of the Spark that code has started.

    Only ports of this machine where a driver of this user answers are asked, and they hear nothing of Jupyter's cookies and tokens. A page
    of another site can neither read nor end anything here: what it sends has the person's cookie, so each request has to show where it
    comes from.
    """

    auth_resource = "kernels"

    def __init__(self, *args: Any, ports: Ports, **rest: Any) -> None:
        super().__init__(*args, rewrite_response=_rewrite, **rest)
        self._ports = ports

    def initialize(self) -> None:
        """Nothing is left to do."""

    async def prepare(self, *args: Any, **rest: Any) -> None:
        """Before any method: who asks, from where, and for what."""
        await super().prepare(*args, **rest)
        if self._finished:
            return
        method, path = self.request.method or "", self.path_args[1]
        is_kill = bool(_KILLS.search(path or ""))
        if method not in ("GET", "HEAD") and not (method == "POST" and is_kill):
            raise web.HTTPError(405)
        if self.request.headers.get("Upgrade"):
            raise web.HTTPError(403)
        if not self._is_same_site(is_kill):
            raise web.HTTPError(
                403,
                "Open the Spark UI from JupyterLab: this request comes from another site, or does not say from where.",
            )
        action = "execute" if is_kill else "read"
        if not await ensure_async(self.authorizer.is_authorized(self, self.current_user, action, self.auth_resource)):
            raise web.HTTPError(403)

    def _is_same_site(self, is_kill: bool) -> bool:
        if self.token_authenticated or self.settings.get("disable_check_xsrf", False):
            # No browser sends a token by itself.
            return True
        headers = self.request.headers
        origin = headers.get("Origin")
        if origin is not None and urlsplit(origin.lower()).netloc != headers.get("Host", "").lower():
            return False
        # Browsers tell it of secure addresses and of this machine's.
        site = headers.get("Sec-Fetch-Site")
        if site is not None:
            # `none` is the person: an address that was typed.
            return site == "same-origin" or (site == "none" and not is_kill)
        return origin is not None or self.check_referer()

    async def proxy(self, port: str, proxied_path: str) -> None:
        """The answer of the driver."""
        if proxied_path in ("", "/"):
            self.redirect(url_path_join(self.base_url, "sparkglass/ui", str(int(port)), "jobs/"))
            return
        if _TRICKS.search(proxied_path):
            raise web.HTTPError(404)
        if await self._ports.driver(int(port)) is None:
            raise web.HTTPError(502 if int(port) >= 1024 else 404)
        try:
            # Not LocalProxyHandler's: it asks `localhost`, which may be another address.
            await super(LocalProxyHandler, self).proxy(HOST, int(port), proxied_path)
        except (OSError, web.HTTPError) as error:
            # What Spark says itself, be it of a fault, is no exception here.
            self._ports.forget(int(port))
            raise web.HTTPError(502) from error

    def _get_context_path(self, host: str, port: int) -> str:
        # Spark puts it before each of its links (UIUtils.uiRoot).
        return str(url_path_join(self.base_url, "sparkglass/ui", str(port)))

    def proxy_request_headers(self) -> httputil.HTTPHeaders:
        headers = super().proxy_request_headers()
        for name in _PRIVATE:
            headers.pop(name, None)
        return headers

    def proxy_request_options(self) -> dict[str, Any]:
        # A heap histogram or the plan of a large query takes its time.
        return {**super().proxy_request_options(), "connect_timeout": 5.0, "request_timeout": 60.0}

    def write_error(self, status_code: int, **rest: Any) -> None:
        """A page that stands in for Spark's; ``data-sparkglass-error`` tells ours from it."""
        if status_code != 502:
            JupyterHandler.write_error(self, status_code, **rest)
            return
        lang = "pl" if self.request.headers.get("Accept-Language", "").lower().startswith("pl") else "en"
        title, text = (escape(words.format(port=int(self.path_args[0]))) for words in _GONE[lang])
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(
            f'<!doctype html><html lang="{lang}" data-sparkglass-error="gone"><meta charset="utf-8"><title>{title}</title>'
            f"<body><h1>{title}</h1><p>{text}</p></body></html>"
        )


def _rewrite(response: Any, port: str, path: str) -> None:
    """Leave out what is not a driver's to say, and keep redirects below the route."""
    for name in list(response.headers):
        if _FOREIGN.fullmatch(name):
            del response.headers[name]
    location = response.headers.get("Location")
    if location is not None:
        response.headers["Location"] = relative(location, int(port), path)
    # Spark has other policies, or none; of several, each holds.
    response.headers.add("Content-Security-Policy", "frame-ancestors 'self'")


def relative(location: str, port: int, path: str) -> str:
    """A redirect of the driver as the way from the page that was asked for.

    Spark makes an absolute address of what it believes to be its own host, with the route's prefix before the path or without it.
    """
    parts = urlsplit(location)
    below = re.sub(rf"^.*?/sparkglass/ui/{port}(?=/)", "", parts.path).lstrip("/") or "jobs/"
    query = f"?{parts.query}" if parts.query else ""
    # `./`: what has a colon before the first slash would be taken for a scheme.
    return f"{'../' * (path.count('/') - 1) or './'}{below}{query}"
