"""What JupyterLab loads for an extension at start, before any notebook is open, and how large the extension is altogether.

The server sends files as they are; gzip sizes are what a server that compresses would send.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from browser import Browser
from context import Context
from environments import python_of
from modes import Mode
from table import Row, amount

NAME = "startup"
TITLE = "Loaded at start"


def measure(context: Context) -> dict[str, Any]:
    """Files of each mode that has a JupyterLab extension."""
    sessions = context.start()
    result = {}
    for mode in context.modes:
        if mode.extension is None:
            continue
        browser = Browser()
        try:
            files = browser.ask("files", url=f"{sessions[mode.name].lab.url}/lab/workspaces/empty?reset")
        finally:
            browser.close()
        own = [file for file in files if file["extension"] == mode.extension]
        result[mode.name] = {
            "files": own,
            "bytes": sum(file["bytes"] for file in own),
            "gzipBytes": sum(file["gzipBytes"] for file in own),
            "all": _everything(mode),
        }
    return result


def _everything(mode: Mode) -> dict[str, int]:
    prefix = python_of(mode).parent.parent
    static = prefix / "share" / "jupyter" / "labextensions" / str(mode.extension) / "static"
    files = [path for path in sorted(static.rglob("*.js")) if path.is_file()]
    return {
        "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
        "gzipBytes": sum(_gzip(path) for path in files),
    }


def _gzip(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""

    def kilobytes(*path: str) -> dict[str, str]:
        cells = {}
        for mode, value in result.items():
            for key in path:
                value = value[key]
            cells[mode] = amount(value / 1000, "kB", 1)
        return cells

    return [
        Row("at start, gzip", kilobytes("gzipBytes"), "≤ 10 kB"),
        Row("  as sent by Jupyter", kilobytes("bytes")),
        Row("  files", {mode: amount(len(own["files"])) for mode, own in result.items()}),
        Row("all of its scripts, gzip", kilobytes("all", "gzipBytes"), "≤ 150 kB"),
    ]
