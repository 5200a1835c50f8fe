"""Lab 08 on the real thing: its master and workers end with the kernel, whatever becomes of it, and it runs again."""

from __future__ import annotations

import ast
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kernels import ROOT, Kernel, interpreter
from wire import PATIENCE

pytestmark = [
    pytest.mark.spark,
    # It starts three clusters, of up to six JVMs each.
    pytest.mark.timeout(900),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="The system does not tell who started a process."),
]


def cells() -> dict[str, str]:
    """The code of the lab's cells by their ids."""
    notebook = json.loads((ROOT / "examples" / "en" / "08-a-cluster.ipynb").read_text(encoding="utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"}


def members(sessions: set[int]) -> list[str]:
    """The programs of these sessions of processes: each part of the cluster has one, with all that it starts."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = status.read_text().rpartition(")")
        except OSError:  # it has just ended
            continue
        state, _, _, session = rest.split()[:4]
        if int(session) in sessions and state != "Z":
            found.append(name)
    return found


def wait_until_gone(sessions: set[int]) -> None:
    deadline = time.monotonic() + PATIENCE
    while left := members(sessions):
        assert time.monotonic() < deadline, f"left behind: {left}"
        time.sleep(0.2)


def run(kernel: Kernel, *ids: str) -> None:
    for name in ids:
        kernel.ok(cells()[name], name)


def parts(kernel: Kernel) -> set[int]:
    """The sessions of its parts: a master and two workers, with their executors."""
    found: set[int] = ast.literal_eval(kernel.evaluate("{process.pid for process in processes}"))
    assert len(found) == 3
    return found


def cluster(kernel: Kernel) -> set[int]:
    """The same, of one that is complete."""
    found = parts(kernel)
    # A keeper for each part, the part, and two executors.
    assert len(members(found)) >= 8
    return found


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    kernel = Kernel(interpreter("newest"))
    yield kernel
    kernel.stop()


def test_it_ends_with_the_kernel_and_runs_again(kernel: Kernel) -> None:
    run(kernel, "start", "session")
    killed = cluster(kernel)
    process = int(kernel.evaluate("os.getpid()"))
    # In the middle of a job, as a kernel ends for which there was not enough memory.
    kernel.send(cells()["loss"], "loss")
    time.sleep(1)
    os.kill(process, signal.SIGKILL)
    wait_until_gone(killed)

    # Once more from the top in the same kernel, with one worker dead and without the last cell between.
    kernel.restart()
    run(kernel, "start", "session")
    first = parts(kernel)
    kernel.ok("workers[1][0].stdin.close()", "kill")
    run(kernel, "start", "session")
    wait_until_gone(first)
    second = cluster(kernel)
    kernel.restart()
    wait_until_gone(second)
