"""A JupyterLab server of a mode's own, with nobody's settings."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from environments import python_of
from modes import Mode

FIRST_PORT = 9100

QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + 200):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port")


class Lab:
    """JupyterLab of one mode; end it with ``close``."""

    def __init__(self, mode: Mode) -> None:
        self.mode = mode
        self.home = Path(tempfile.mkdtemp(prefix=f"sparkglass-bench-{mode.name}-"))
        self.files = self.home / "files"
        self.files.mkdir()
        self._configure()
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = (self.home / "server.log").open("wb")
        self.process = subprocess.Popen(
            self._command(), env=self._environment(), stdout=self.log, stderr=self.log, cwd=self.files
        )
        self._wait()

    def _command(self) -> list[str]:
        return [
            str(python_of(self.mode)),
            *("-m", "jupyterlab", "--no-browser", "--allow-root"),
            *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0"),
            *("--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"),
            *("--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={self.files}"),
        ]

    def _environment(self) -> dict[str, str]:
        python = python_of(self.mode)
        own = {
            "JUPYTER_CONFIG_DIR": self.home / "config",
            "JUPYTER_DATA_DIR": self.home / "data",
            "JUPYTER_RUNTIME_DIR": self.home / "runtime",
            "IPYTHONDIR": self.home / "ipython",
            "PYSPARK_PYTHON": python,
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PATH": f"{python.parent}{os.pathsep}{os.environ.get('PATH', '')}",
        }
        without = {key: value for key, value in os.environ.items() if key not in ("SPARK_HOME", "PYTHONPATH")}
        return without | {key: str(value) for key, value in own.items()}

    def _configure(self) -> None:
        for plugin, values in (QUIET | self.mode.settings).items():
            package, name = plugin.split(":")
            path = self.home / "config" / "lab" / "user-settings" / package / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))
        page = self.home / "config" / "labconfig" / "page_config.json"
        page.parent.mkdir(parents=True)
        page.write_text(json.dumps({"disabledExtensions": {name: True for name in self.mode.disabled}}))
        profile = self.home / "ipython" / "profile_default"
        profile.mkdir(parents=True)
        (profile / "ipython_kernel_config.py").write_text(f"c = get_config()\n{self.mode.kernel_config}")

    def _wait(self) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/api", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        log = (self.home / "server.log").read_text(errors="replace")
        self.close()
        raise RuntimeError(f"JupyterLab of mode {self.mode.name} did not answer:\n{log[-2000:]}")

    def close(self) -> None:
        """End the server and its kernels, and remove its folder."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.home, ignore_errors=True)
