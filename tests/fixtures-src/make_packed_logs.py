"""Have a real Spark write one of its own event logs again, in every layout and with every codec it knows.

    python make_packed_logs.py OUTPUT_FOLDER

The lines are those of `src/model/fixtures/together-<version>.jsonl.gz`, which Spark of the same version wrote; here they go through
Spark's `EventLogFileWriter`, set up as `spark.eventLog.compress`, `.compression.codec` and `.rolling.enabled` set it up, and are flushed
where `EventLoggingListener` flushes. What is written to OUTPUT_FOLDER/<version> must unpack to these lines. Run it once with each
Python environment that has a PySpark.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pyspark
from pyspark.sql import SparkSession

LOGS = Path(__file__).parents[2] / "src" / "model" / "fixtures"
CODECS = ("zstd", "lz4", "snappy", "lzf")
# The files of a rolling log are like single ones: two codecs are enough.
ROLLED = ("zstd", "lz4")
# `EventLoggingListener` flushes after these, among others.
FLUSHED = {
    "SparkListenerApplicationStart",
    "SparkListenerApplicationEnd",
    "SparkListenerJobStart",
    "SparkListenerJobEnd",
    "SparkListenerStageCompleted",
    "SparkListenerBlockManagerAdded",
    "SparkListenerExecutorAdded",
    "SparkListenerUnpersistRDD",
}


class Writers:
    """Spark's writers of event logs, over py4j."""

    def __init__(self, session: SparkSession, folder: Path) -> None:
        self._jvm: Any = session.sparkContext._jvm
        self._hadoop = session.sparkContext._jsc.hadoopConfiguration()
        self._folder = folder
        self._history = self._jvm.org.apache.spark.deploy.history

    def conf(self, codec: str | None, rolling: bool) -> Any:
        conf = self._jvm.org.apache.spark.SparkConf(False)
        conf.set("spark.eventLog.enabled", "true")
        conf.set("spark.eventLog.dir", self._folder.as_uri())
        conf.set("spark.eventLog.compress", "false" if codec is None else "true")
        conf.set("spark.eventLog.compression.codec", codec or "zstd")
        conf.set("spark.eventLog.rolling.enabled", "true" if rolling else "false")
        return conf

    def open(self, app: str, codec: str | None, rolling: bool, attempt: str | None = None) -> Any:
        option = self._jvm.scala.Option
        kind = self._history.RollingEventLogFilesWriter if rolling else self._history.SingleEventLogFileWriter
        uri = self._jvm.java.net.URI(self._folder.as_uri())
        made = kind(app, option.apply(attempt), uri, self.conf(codec, rolling), self._hadoop)
        made.start()
        return made

    def compact(self, log: Path) -> None:
        """Let the History Server's compactor put the older files of a finished rolling log together."""
        path = self._jvm.org.apache.hadoop.fs.Path(log.as_uri())
        files = path.getFileSystem(self._hadoop)
        reader = self._history.EventLogFileReader.apply(files, path).get()
        conf = self._jvm.org.apache.spark.SparkConf(False)
        compactor = self._history.EventLogFileCompactor(conf, self._hadoop, files, 1, 0.0)
        result = compactor.compact(reader.listEventLogFiles())
        print(f"{log.name}: {result.code().toString()}")


def write(writer: Any, lines: list[str]) -> None:
    for line in lines:
        writer.writeEvent(line, json.loads(line)["Event"] in FLUSHED)


def roll(writer: Any, lines: list[str]) -> None:
    """Write three files."""
    size = len(lines) // 3 + 1
    for at in range(0, len(lines), size):
        if at > 0:
            writer.rollEventLogFile()
        write(writer, lines[at : at + size])
    writer.stop()


def make(session: SparkSession, lines: list[str], output: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="spark-packed-"))
    try:
        writers = Writers(session, folder)
        for codec in CODECS:
            single = writers.open(f"app-{codec}", codec, rolling=False, attempt="1")
            write(single, lines)
            single.stop()
            # Copied while it is written: what follows the last flush is not there yet.
            running = writers.open(f"app-{codec}-running", codec, rolling=False)
            write(running, lines[: len(lines) // 2])
            name = f"app-{codec}-running.{codec}.inprogress"
            shutil.copy(folder / name, folder / f"{name}.copy")
            running.stop()
            (folder / f"app-{codec}-running.{codec}").unlink()
            (folder / f"{name}.copy").rename(folder / name)
        for codec in ROLLED:
            roll(writers.open(f"app-{codec}-rolled", codec, rolling=True), lines)
        roll(writers.open("app-compacted", "zstd", rolling=True), lines)
        writers.compact(folder / "eventlog_v2_app-compacted")
        for path in folder.rglob(".*"):
            path.unlink()
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(folder, output)
        print(f"{output}: {sum(path.stat().st_size for path in output.rglob('*') if path.is_file()):,} bytes")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    version = ".".join(pyspark.__version__.split(".")[:2])
    text = gzip.decompress((LOGS / f"together-{version}.jsonl.gz").read_bytes()).decode("utf-8")
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    try:
        make(session, text.splitlines(), arguments.output / version)
    finally:
        session.stop()


if __name__ == "__main__":
    main()
