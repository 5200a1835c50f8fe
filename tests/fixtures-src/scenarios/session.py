"""The Spark session of a scenario: logs what is needed, and no more, and records what Sparkglass' own listener sends meanwhile."""

import atexit
import os
import struct
import sys
from pathlib import Path

from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[3]


def start(name: str, master: str, **settings: str) -> SparkSession:
    """A session that writes one plain event log; `settings` with `_` for `.`, without the leading `spark.`."""
    builder = (
        SparkSession.builder.appName(name)
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "512m")
        .config("spark.local.dir", os.environ["FIXTURE_LOCAL"])
        .config("spark.sql.warehouse.dir", os.environ["FIXTURE_LOCAL"] + "/warehouse")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.eventLog.enabled", "true")
        .config("spark.eventLog.dir", os.environ["FIXTURE_LOGS"])
        .config("spark.eventLog.compress", "false")
        .config("spark.eventLog.rolling.enabled", "false")
        .config("spark.eventLog.logBlockUpdates.enabled", "true")
        .config("spark.eventLog.logStageExecutorMetrics", "true")
    )
    for key, value in settings.items():
        builder = builder.config("spark." + key.replace("_", "."), value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    record(session.sparkContext, Path(os.environ["FIXTURE_FRAMES"]))
    return session


class Recorder:
    """In the place of the kernel's channel: keeps frames in a file, each after its length (u32, little-endian)."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def push(self, frame: bytes) -> None:
        self._file.write(struct.pack("<I", len(frame)) + frame)
        self._file.flush()

    def drained(self, timeout: float) -> None:
        """Nothing is ever waiting."""


def record(sc, path: Path) -> None:
    sys.path.insert(0, str(ROOT))
    from sparkglass.kernel.driver import Driver

    source = (ROOT / "sparkglass" / "kernel" / "SparkglassListener.java").read_text(encoding="utf-8")
    driver = Driver(sc, 1, Recorder(path), source, 200_000, lambda driver: None)
    driver.start(None, True)
    atexit.register(driver._thread.join, 20)
