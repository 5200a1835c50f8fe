"""Jupyter Server as the browser tests need it.

Never use it for real work: it drops authentication and exposes JupyterLab's objects on `window`.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

# Nobody's own settings, workspaces or IPython start-up files.
home = Path(os.environ.get("UI_TEST_HOME") or tempfile.mkdtemp(prefix="sparkglass-ui-"))
os.environ["JUPYTER_CONFIG_DIR"] = str(home / "config")
os.environ["JUPYTER_DATA_DIR"] = str(home / "data")
os.environ["JUPYTER_RUNTIME_DIR"] = str(home / "runtime")
os.environ["IPYTHONDIR"] = str(home / "ipython")
files = home / "files"
files.mkdir(parents=True, exist_ok=True)
os.environ["JUPYTERLAB_GALATA_ROOT_DIR"] = str(files)

from jupyterlab.galata import configure_jupyter_server  # noqa: E402

configure_jupyter_server(c)
# Its default was read from the environment before this file: without it, servers side by side share the settings of whoever runs the tests.
c.LabServerApp.user_settings_dir = str(home / "config" / "lab" / "user-settings")
c.ServerApp.port = int(os.environ.get("UI_TEST_PORT", "8899"))
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.allow_root = True
# What the server has to say goes to a file; only what it cannot log (a crash) is left on the terminal.
c.Application.logging_config = {
    "handlers": {
        "file": {"class": "logging.FileHandler", "formatter": "console", "filename": str(home / "server.log")},
    },
    "loggers": {
        name: {"level": "INFO", "handlers": ["file"], "propagate": False}
        for name in ("ServerApp", "LabApp", "JupyterNotebookApp", "tornado")
    },
}
# Galata exposes `window.jupyterapp` for JupyterLab only.
c.JupyterNotebookApp.expose_app_in_browser = True

# The kernel with the oldest supported PySpark and ipykernel, when there is one.
spark35 = os.environ.get("SPARKGLASS_SPARK35_PYTHON")
if spark35:
    folder = home / "data" / "kernels" / "spark35"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kernel.json").write_text(
        json.dumps(
            {
                "argv": [spark35, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                "display_name": "Python (PySpark 3.5)",
                "language": "python",
                "env": {"PYSPARK_PYTHON": spark35},
            }
        )
    )
