"""The pages for users: their Python runs as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from kernels import ROOT


def test_the_page_of_curves(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "curves.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    assert len(blocks) >= 5
    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning", "-c", "\n".join(blocks)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": ""},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert re.match(r"http://127\.0\.0\.1:\d+ \S+", done.stdout)
