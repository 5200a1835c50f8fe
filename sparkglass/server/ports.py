"""Which ports of this machine answer as the Spark UI of a driver."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterable
from typing import Any, NamedTuple

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from .listeners import owners

HOST = "127.0.0.1"
# Ports below this one are the system's, and no driver of a person's has one.
LEAST_PORT = 1024
MOST_PORT = 65535
# Spark tries 4040 and the sixteen after it (spark.port.maxRetries).
USUAL_PORTS = range(4040, 4057)
# How many ports a page may name beside the usual ones.
MOST_HINTS = 16
# For so long an answer holds: a page of the Spark UI asks for thirty files at once.
FRESH_S = 3.0
CONNECT_S = 20.0
# The first answer of a driver's REST takes seconds on a busy machine: it loads its classes then. It is waited for longer than a person
# waits: Spark complains of a broken pipe, into the user's cell, when nobody is left to hear it.
ANSWER_S = 90.0
# A list is answered with what has been heard by then; the rest is in the next one.
LIST_S = 8.0
# What Spark answers is a few hundred bytes.
MOST_BYTES = 1 << 20


class Driver(NamedTuple):
    """A driver with its UI."""

    port: int
    id: str
    name: str
    spark: str
    user: str
    start_time_ms: int


def read_driver(port: int, body: bytes) -> Driver | None:
    """What ``/api/v1/applications`` says, where a driver says it: exactly one application, which has not ended."""
    try:
        (application,) = json.loads(body)
        attempt = application["attempts"][-1]
        if attempt["completed"] is not False:
            return None
        texts = (application["id"], application["name"], attempt["appSparkVersion"], attempt["sparkUser"])
        if not all(isinstance(text, str) for text in texts):
            return None
        return Driver(port, *texts, int(attempt["startTimeEpoch"]))
    except (ValueError, TypeError, KeyError, IndexError):
        return None


class _Asked:
    """One port that is asked; what it answered holds for a moment."""

    def __init__(self, port: int) -> None:
        self.answer = asyncio.ensure_future(_ask(port))
        self._since: float | None = None
        self.answer.add_done_callback(self._heard)

    def _heard(self, _: object) -> None:
        self._since = time.monotonic()

    @property
    def is_fresh(self) -> bool:
        return self._since is None or time.monotonic() - self._since < FRESH_S


class Ports:
    """Asks ports, each once at a time, and keeps what they answered for a moment."""

    def __init__(self) -> None:
        self._asked: dict[int, _Asked] = {}

    async def driver(self, port: int) -> Driver | None:
        """The driver whose UI is at a port of this machine; None where there is something else or nothing."""
        if not LEAST_PORT <= port <= MOST_PORT:
            return None
        self._asked = {one: asked for one, asked in self._asked.items() if asked.is_fresh}
        asked = self._asked.get(port) or _Asked(port)
        self._asked[port] = asked
        return await asyncio.shield(asked.answer)

    async def drivers(self, hints: Iterable[int] = ()) -> list[Driver]:
        """The drivers at the usual ports and at others that somebody has heard of, by port."""
        ports = sorted({*USUAL_PORTS, *list(hints)[:MOST_HINTS]})
        done, late = await asyncio.wait([asyncio.ensure_future(self.driver(port)) for port in ports], timeout=LIST_S)
        for task in late:
            task.cancel()
        found = [driver for driver in (task.result() for task in done) if driver is not None]
        return sorted(found, key=lambda driver: driver.port)

    def forget(self, port: int) -> None:
        """Ask anew the next time."""
        self._asked.pop(port, None)


async def _ask(port: int) -> Driver | None:
    listening = owners(port)
    # Another person's process could say it is Spark, and its pages would run with this person's rights.
    if listening is not None and listening != {os.getuid()}:
        return None
    request = HTTPRequest(
        f"http://{HOST}:{port}/api/v1/applications",
        connect_timeout=CONNECT_S,
        request_timeout=ANSWER_S,
        follow_redirects=False,
    )
    client: Any = AsyncHTTPClient(force_instance=True, defaults=None, max_body_size=MOST_BYTES)
    try:
        answer = await client.fetch(request, raise_error=False)
    except Exception:
        # Nothing there, or what speaks something else than HTTP.
        return None
    finally:
        client.close()
    return read_driver(port, answer.body) if answer.code == 200 else None
