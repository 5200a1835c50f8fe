"""The route for event logs in ranges, on a real Jupyter server: with files on its disk, and with a contents manager that has none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from own_server import Server

CONTENT = bytes(range(256)) * 40

MEMORY = """
import base64, datetime
from jupyter_server.services.contents.checkpoints import Checkpoints
from jupyter_server.services.contents.manager import {base}
from tornado.web import HTTPError

CONTENT = bytes(range(256)) * 40
fetched = 0

class Memory({base}):
    checkpoints_class = Checkpoints

    {a}def is_hidden(self, path):
        return path.rpartition("/")[2].startswith(".")

    {a}def file_exists(self, path):
        return path in ("log", "folder/log", ".hidden", "count")

    {a}def dir_exists(self, path):
        return path in ("", "folder")

    {a}def get(self, path, content=True, type=None, format=None, **_):
        global fetched
        now = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
        model = dict(name=path, path=path, type="file", writable=True, created=now, last_modified=now, mimetype=None,
            content=None, format=None, size=len(CONTENT))
        if path == "" or path == "folder":
            return {{**model, "type": "directory", "size": None, "content": [] if content else None}}
        if path == "count":
            text = str(fetched)
            now = datetime.datetime.now(datetime.timezone.utc)
            return {{**model, "size": len(text), "last_modified": now, "content": text, "format": "text"}}
        if not path in ("log", "folder/log", ".hidden"):
            raise HTTPError(404)
        if content:
            fetched += 1
            model.update(content=base64.b64encode(CONTENT).decode(), format="base64")
        return model
"""


@pytest.fixture(scope="module", params=["local", "ContentsManager", "AsyncContentsManager"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One with files on its disk; one with a manager that has them in memory; the same, asynchronous."""
    folder = tmp_path_factory.mktemp("server")
    is_local = request.param == "local"
    if not is_local:
        is_async = request.param.startswith("Async")
        (folder / "memory.py").write_text(MEMORY.format(base=request.param, a="async " if is_async else ""))
    server = Server(folder, None if is_local else "memory.Memory")
    if is_local:
        (server.files / "folder").mkdir()
        for name in ("log", "folder/log", ".hidden", "../outside"):
            (server.files / name).write_bytes(CONTENT)
        (server.files / "empty").touch()
    yield server
    server.stop()
    assert server.spooled == []


SIZE = len(CONTENT)


@pytest.mark.parametrize(
    ("wanted", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        (f"bytes={SIZE - 1}-{SIZE - 1}", SIZE - 1, SIZE),
        (f"bytes={SIZE - 1}-{SIZE + 500}", SIZE - 1, SIZE),
        ("bytes=5-", 5, SIZE),
        ("bytes=-3", SIZE - 3, SIZE),
        (f"bytes=-{SIZE + 9}", 0, SIZE),
        (f"bytes=0-{SIZE - 1}", 0, SIZE),
    ],
)
def test_ranges(server: Server, wanted: str, first: int, end: int) -> None:
    for path in ("log", "folder/log"):
        answer = server.log(path, wanted)
        assert (answer.status, answer.body) == (206, CONTENT[first:end])
        assert answer.headers["Content-Range"] == f"bytes {first}-{end - 1}/{SIZE}"


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 1}", "bytes=-0"])
def test_behind_the_end(server: Server, wanted: str) -> None:
    answer = server.log("log", wanted)
    assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize("wanted", [None, "bytes=9-3", "bytes=-", "lines=1-2", "bytes=0-1,5-6", f"bytes={'9' * 40}-"])
def test_no_range_is_the_whole_file(server: Server, wanted: str | None) -> None:
    answer = server.log("log", wanted)
    assert (answer.status, answer.body) == (200, CONTENT)


def test_head_says_how_long(server: Server) -> None:
    answer = server.log("log", method="HEAD")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", str(SIZE))
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_strangers_are_refused(server: Server) -> None:
    for token in (None, "a-wrong-token"):
        # A page is sent to sign in.
        answer = server.log("log", "bytes=0-9", token=token)  # type: ignore[arg-type]
        assert CONTENT[:10] not in answer.body
        assert answer.status in (200, 403)
        assert answer.status == 403 or b"login" in answer.body.lower()


@pytest.mark.parametrize(
    "path",
    [
        "../outside",
        "%2e%2e/outside",
        "..%2foutside",
        "folder/../../outside",
        "folder/%2e%2e/%2e%2e/outside",
        "%2fetc/passwd",
        "/etc/passwd",
        "..%5coutside",
        "log%00",
        ".hidden",
        "folder",
        "nothing",
    ],
)
def test_nothing_else_is_there(server: Server, path: str) -> None:
    answer = server.log(path, "bytes=0-9")
    assert answer.status in (400, 404)
    assert CONTENT[:10] not in answer.body


def test_an_empty_file(server: Server) -> None:
    if (server.files / "empty").exists():
        assert server.log("empty").body == b""
        assert server.log("empty", "bytes=0-9").status == 416


def test_what_is_not_on_the_disk_is_fetched_once(server: Server) -> None:
    if (server.files / "log").exists():
        assert server.spooled == []
        return
    for first in range(5):
        server.log("log", f"bytes={first}-{first + 3}")
        server.log("folder/log", f"bytes={first}-")
    assert server.log("count").body == b"2"
    assert len(server.spooled) <= 3


def test_a_kernels_environment_needs_no_server() -> None:
    code = "import sys, sparkglass; print([name for name in sys.modules if name.split('.')[0] in ('jupyter_server', 'pyspark', 'tornado')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
