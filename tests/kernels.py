"""Real kernels, driven over the wire as a page drives them."""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from pathlib import Path

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec
from wire import PATIENCE, Client

ROOT = Path(__file__).parent.parent
# A JVM that lives for seconds is twice as fast without its second compiler.
FAST_JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def driver_options(environment: Path) -> str:
    """What the Spark of a virtual environment is started with: `npm test` makes archives of classes, which halve its start."""
    archive = ROOT / ".cache" / "classes" / f"{environment.name}.jsa"
    return f"{FAST_JVM} -XX:SharedArchiveFile={archive}" if archive.exists() else FAST_JVM


SESSION = """
from pyspark.sql import SparkSession
builder = SparkSession.builder.master({master!r}).appName('tests')
for key, value in {options!r}.items():
    builder = builder.config(key, value)
spark = builder.getOrCreate()
sc = spark.sparkContext
sc.setLogLevel('OFF')
"""
OPTIONS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
}


def session(master: str = "local[2]", options: dict[str, str] | None = None) -> str:
    """Code of a cell that starts a session."""
    return SESSION.format(master=master, options={**OPTIONS, **(options or {})})


def interpreter(environment: str) -> str:
    """The Python of the newest PySpark (this one), or of PySpark 3.5 beside it."""
    if environment == "newest":
        return sys.executable
    named = os.environ.get("SPARKGLASS_SPARK35_PYTHON")
    where = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    path = Path(named) if named else ROOT / ".venv-spark35" / where
    assert path.exists(), (
        f"No Python with PySpark 3.5 at {path}: run `npm test`, which makes one, or set SPARKGLASS_SPARK35_PYTHON."
    )
    return str(path)


class Kernel(Client):
    """A kernel process and the first page that talks to it.

    Parameters
    ----------
    python
        Its interpreter.
    is_installed
        Whether ``import sparkglass`` works there.
    environment
        Variables of its own; None takes one away.
    """

    def __init__(self, python: str, is_installed: bool = True, **environment: str | None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="sparkglass-")
        self.folder = Path(self._folder.name)
        self._log = open(self.folder / "kernel.log", "wb")  # noqa: SIM115
        inherited = {
            key: value for key, value in os.environ.items() if not key.startswith(("SPARK_", "PYSPARK_", "PYTHONPATH"))
        }
        own = {
            "PYSPARK_PYTHON": python,
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_SUBMIT_OPTS": driver_options(Path(python).parent.parent),
            "SPARK_LAUNCHER_OPTS": FAST_JVM,
            "IPYTHONDIR": str(self.folder),
            "PYTHONPATH": str(ROOT) if is_installed else None,
            **environment,
        }
        env = {**inherited, **{key: value for key, value in own.items() if value is not None}}
        for key, value in own.items():
            if value is None:
                env.pop(key, None)
        argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        for attempt in itertools.count():
            self._manager = KernelManager(connection_file=str(self.folder / f"connection-{attempt}.json"))
            self._manager._kernel_spec = KernelSpec(argv=argv, language="python", display_name="test")
            self._manager.start_kernel(env=env, cwd=str(self.folder), stdout=self._log, stderr=self._log)
            try:
                super().__init__(self._manager)
                break
            except RuntimeError:
                # Its ports were free when they were chosen; a test beside this one may have taken one since.
                self._manager.shutdown_kernel(now=True)
                if attempt == 2:
                    raise

    def another_page(self) -> Client:
        return Client(self._manager)

    def interrupt(self) -> None:
        self._manager.interrupt_kernel()

    def restart(self) -> None:
        # A socket is one thread's at a time: two that read get halves of messages.
        self._stop_listening()
        self._manager.restart_kernel(now=True)
        self._client.wait_for_ready(PATIENCE)
        self._start_listening()

    def stop(self) -> None:
        self.close()
        self._manager.shutdown_kernel(now=True)
        self._log.close()
        self._folder.cleanup()

    @property
    def log(self) -> str:
        """What the kernel process itself wrote: never the user's to see, and ours must not be in it."""
        return (self.folder / "kernel.log").read_text(errors="replace")
