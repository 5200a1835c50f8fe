"""What the machine did meanwhile: CPU of a mode's processes, of everybody else, and what machine it is."""

from __future__ import annotations

import os
import platform
import subprocess
import time

import psutil


def _tree(pids: list[int]) -> list[psutil.Process]:
    found: list[psutil.Process] = []
    for pid in pids:
        try:
            process = psutil.Process(pid)
            found += [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            pass
    return found


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of processes and all below them."""
    total = 0.0
    for process in _tree(pids):
        try:
            times = process.cpu_times()
            total += times.user + times.system
        except psutil.NoSuchProcess:
            pass
    return total


class Meter:
    """CPU seconds of a mode's processes, and how many cores everybody else kept busy, from its making to ``read``."""

    def __init__(self, pids: list[int]) -> None:
        self.pids = pids
        self.began = time.perf_counter()
        self.own = cpu_seconds(pids)
        self.all = self._busy()

    @staticmethod
    def _busy() -> float:
        times = psutil.cpu_times()
        return sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0)

    def read(self) -> dict[str, float]:
        """``cpu`` in seconds, ``otherCores`` as a mean."""
        own = cpu_seconds(self.pids) - self.own
        seconds = time.perf_counter() - self.began
        return {"cpu": own, "otherCores": max(0.0, (self._busy() - self.all - own) / seconds)}


def load() -> float | None:
    """The load average of the last minute, where there is such a thing."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _first_line(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    except OSError:
        return "missing"
    return (done.stdout or done.stderr).strip().splitlines()[0]


def describe() -> dict[str, object]:
    """The machine and its programs, for the head of the results."""
    return {
        "system": platform.platform(),
        "cores": psutil.cpu_count(),
        "memoryBytes": psutil.virtual_memory().total,
        "python": platform.python_version(),
        "node": _first_line("node", "--version"),
        "java": _first_line("java", "-version"),
        "load": load(),
    }
