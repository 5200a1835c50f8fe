"""A Jupyter server of a test's own, below the base URL that a hub gives."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

TOKEN = "a-token-for-tests"
PATIENCE = 60


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """A Jupyter server of a test's own."""

    def __init__(self, folder: Path, manager: str | None = None) -> None:
        self.files = folder / "files"
        self.files.mkdir()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/user/ada/"
        config: dict[str, object] = {
            "ServerApp": {
                "port": port,
                "ip": "127.0.0.1",
                "base_url": "/user/ada/",
                "open_browser": False,
                "allow_root": True,
                "root_dir": str(self.files),
                "jpserver_extensions": {"sparkglass": True},
                **({"contents_manager_class": manager} if manager else {}),
            },
            "IdentityProvider": {"token": TOKEN},
        }
        (folder / "jupyter_server_config.json").write_text(json.dumps(config))
        self._temporary = folder / "tmp"
        self._temporary.mkdir()
        env = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(folder),
            "JUPYTER_DATA_DIR": str(folder / "data"),
            "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
            "PYTHONPATH": os.pathsep.join([str(folder), str(Path(__file__).parent.parent)]),
            "TMPDIR": str(self._temporary),
        }
        self._log = open(folder / "server.log", "wb")  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server"], env=env, cwd=folder, stdout=self._log, stderr=self._log
        )
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                if self.ask("api").status == 200:
                    return
            except OSError:
                pass
            ended = self._process.poll() is not None or time.monotonic() > deadline
            assert not ended, (folder / "server.log").read_text()
            time.sleep(0.1)

    def ask(self, path: str, token: str | None = TOKEN, method: str = "GET", **headers: str) -> Answer:
        request = urllib.request.Request(self.url + path, method=method, headers=headers)
        if token:
            request.add_header("Authorization", f"token {token}")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Answer(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())

    def log(self, path: str, wanted: str | None = None, **rest: str) -> Answer:
        headers = {"Range": wanted} if wanted else {}
        return self.ask(f"sparkglass/logs/{path}", **{**rest, **headers})  # type: ignore[arg-type]

    @property
    def spooled(self) -> list[Path]:
        """The temporary files of logs."""
        return [path for path in self._temporary.glob("sparkglass-logs-*/*") if path.is_file()]

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)
        self._log.close()
