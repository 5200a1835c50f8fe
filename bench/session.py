"""A mode at work: its JupyterLab, its browser, its notebook and its JVM, kept warm from one measurement to the next."""

from __future__ import annotations

import json
import time
from typing import Any

from browser import Browser
from kernel import KernelClient
from machine import Meter
from modes import Mode
from server import Lab
from workloads import Workload, write_run_all, write_workloads

COLLECT = "spark.sparkContext._jvm.System.gc()"


class Session:
    """One mode's notebook, open in its browser; end it with ``close``."""

    def __init__(self, mode: Mode) -> None:
        self.mode = mode
        self.lab = Lab(mode)
        self._kernel: KernelClient | None = None
        try:
            self.browser = Browser()
        except BaseException:
            self.lab.close()
            raise

    def open(self) -> None:
        """Open the notebook of the workloads and make the session."""
        write_workloads(self.lab.files / "workloads.ipynb", self.mode)
        self.browser.ask("open", url=self._address("workloads.ipynb"))
        self.browser.call("run", "session")
        self.browser.call("run", "tools")

    def open_run_all(self, name: str) -> None:
        """Open the notebook for Run All under a name of its own, with a fresh kernel."""
        write_run_all(self.lab.files / f"{name}.ipynb", self.mode)
        self.browser.ask("open", url=self._address(f"{name}.ipynb"))

    def _address(self, name: str) -> str:
        return f"{self.lab.url}/lab/workspaces/bench-{name.split('.')[0]}/tree/{name}?reset"

    @property
    def kernel(self) -> KernelClient:
        """A way to the notebook's kernel that no page is in."""
        if self._kernel is None:
            self._kernel = KernelClient(self.lab.home / "runtime")
        return self._kernel

    def leave(self) -> None:
        """The page leaves; the kernel goes on, and nobody looks on."""
        self.browser.ask("leave")

    def come_back(self) -> None:
        """The page opens the notebook again, which is still the same kernel's."""
        self.browser.ask("open", url=self._address("workloads.ipynb"))

    @property
    def pids(self) -> list[int]:
        """The processes a mode consists of: the server (with kernel and JVM) and the browser."""
        return [self.lab.process.pid, self.browser.process.pid]

    def run(self, workload: Workload, settle: float = 0.0) -> dict[str, Any]:
        """Run a workload's cell once.

        ``settle``: seconds to go on counting CPU after the cell has ended. Returns what the cell measured itself (``wall`` in
        seconds, times in ms since 1970, CPU seconds of the driver's two processes), ``roundTripMs`` as the page saw it, and the
        meter's figures.
        """
        meter = Meter(self.pids)
        page = self.browser.call("run", workload.cell)
        time.sleep(settle)
        return json.loads(page["text"]) | {"called": page["called"], "roundTripMs": page["roundTripMs"]} | meter.read()

    def rest(self) -> None:
        """Between two runs: nothing left waiting, and every JVM with its garbage collected."""
        self.browser.call("silent", self.mode.between + COLLECT)

    def warm_up(self, workloads: tuple[Workload, ...], times: int) -> None:
        """Run workloads until the JVM has compiled what they need."""
        for _ in range(times):
            for workload in workloads:
                self.run(workload)
                self.rest()

    def open_panel(self, cell: str) -> None:
        """Open Sparkglass's strip under a cell that has run. The peers' panels are measured as they first appear."""
        if self.mode.name == "sparkglass":
            self.browser.call("openStrip", cell)

    def close(self) -> None:
        """End the browser, the kernel and the server."""
        if self._kernel is not None:
            self._kernel.close()
        self.browser.close()
        self.lab.close()
