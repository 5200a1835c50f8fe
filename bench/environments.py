"""Where each mode's JupyterLab and kernel are installed: this checkout's environment, or one a peer has to itself."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

from modes import Mode

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CONSTRAINTS = ROOT / "requirements" / "dev.txt"


def interpreter(folder: Path) -> Path:
    """The Python of a virtual environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def python_of(mode: Mode) -> Path:
    """The Python that runs a mode's JupyterLab and its kernel."""
    return Path(sys.executable) if mode.lock is None else interpreter(HERE / ".envs" / mode.name)


def ensure(mode: Mode, say) -> None:
    """Make a peer's environment when it is missing or its lock has changed.

    Everything that peers share with this checkout is installed in the version that the checkout has, so that modes differ in the peer only.
    """
    if mode.lock is None:
        return
    lock = HERE / "peers" / mode.lock
    digest = hashlib.sha256(lock.read_bytes() + CONSTRAINTS.read_bytes()).hexdigest()
    folder = HERE / ".envs" / mode.name
    stamp = folder / ".sparkglass-packages"
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(f"Installing {mode.title} into its own environment (about 750 MB)")
    venv.create(folder, with_pip=True, clear=True)
    subprocess.run(
        [interpreter(folder), "-m", "pip", "install", "--quiet", "--no-input", "-c", CONSTRAINTS, "-r", lock],
        check=True,
    )
    stamp.write_text(digest)
