"""Part of the wheel's build: the extension must be there, and made from the sources beside it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ExtensionHook(BuildHookInterface):
    """Builds the extension with Node in a checkout; a source distribution brings it along."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        # A renewed editable install has written it through the link by which JupyterLab finds the extension; what is built brings its own.
        (root / "sparkglass" / "labextension" / "install.json").unlink(missing_ok=True)
        if version == "editable":
            return
        if not (root / "PKG-INFO").exists():
            build(root)
        if not (root / "sparkglass" / "labextension" / "package.json").exists():
            raise RuntimeError("sparkglass/labextension is missing")


def build(root: Path) -> None:
    """Runs the part of the set-up that needs Node only; it does nothing when nothing has changed."""
    node = shutil.which("node")
    if node is None:
        raise RuntimeError("Building Sparkglass from a checkout needs Node 20 or later")
    subprocess.run([node, "scripts/build.mjs"], cwd=root, check=True)
