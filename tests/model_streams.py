"""The streaming queries of a kernel as the page's model knows them, from the frames that the kernel has pushed."""

from __future__ import annotations

import base64
import json
import subprocess
from typing import Any

from kernels import ROOT, Kernel
from wire import PATIENCE


def model_streams(kernel: Kernel) -> list[dict[str, Any]]:
    """Every query since the kernel's newest start, with its batches and what is advised."""
    pushes = [push for push in kernel.pushes if push.kernel == kernel.pushes[-1].kernel]
    frames = [base64.b64encode(push.frame).decode() for push in pushes]
    command = ["node", str(ROOT / "tests" / "word_streams.mjs")]
    done = subprocess.run(command, input=json.dumps(frames), capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
