"""The ways in which the same notebook is watched, one JVM each."""

from __future__ import annotations

from dataclasses import dataclass, field

ENABLE_SPARKMONITOR = "c.InteractiveShellApp.extensions.append('sparkmonitor.kernelextension')\n"

# What SparkMonitor's README tells its users to paste, without the search for the one of its jars that fits.
SPARKMONITOR = """\
from pathlib import Path
import sparkmonitor
builder = builder.config("spark.extraListeners", "sparkmonitor.listener.JupyterSparkMonitorListener")
builder = builder.config("spark.driver.extraClassPath", str(Path(sparkmonitor.__file__).parent / "listener_spark4_2.13.jar"))
"""

# Its listener sends 251 task messages a second and keeps the rest: what one run leaves would load the next for minutes.
EMPTY_SPARKMONITOR = """\
for _listener in spark.sparkContext._jsc.sc().listenerBus().listeners():
    if _listener.getClass().getSimpleName() == "JupyterSparkMonitorListener":
        _listener.sparkTasksQueue().clear()
"""

SPARKMONITOR_WAITING = """\
sum(_l.sparkTasksQueue().size() for _l in spark.sparkContext._jsc.sc().listenerBus().listeners()
    if _l.getClass().getSimpleName() == "JupyterSparkMonitorListener")"""

# It asks a cloud's metadata server where it runs; here nobody is to be asked.
MANAGED = """\
import managed_spark_cell_monitoring
import managed_spark_cell_monitoring.kernelextension as _extension
_extension._METADATA_IP_BASE = "http://127.0.0.1:9"
get_ipython().run_line_magic("load_ext", "managed_spark_cell_monitoring")
builder = builder.config(
    "spark.extraListeners", "managed_spark_cell_monitoring.listener.JupyterManagedSparkCellMonitoringListener"
)
builder = builder.config("spark.driver.extraClassPath", managed_spark_cell_monitoring.get_jar_path("4"))
"""


@dataclass(frozen=True)
class Mode:
    """One way to watch a notebook."""

    name: str
    title: str
    #: Lock file in ``bench/peers`` of a peer's own environment; None = the environment of this checkout.
    lock: str | None = None
    #: Python that a user of it must run before the session exists; changes ``builder``.
    prepare: str = ""
    #: ``ipython_kernel_config.py``.
    kernel_config: str = ""
    #: JupyterLab's settings: plugin id to values.
    settings: dict[str, dict[str, object]] = field(default_factory=dict)
    #: Extensions that JupyterLab must not load.
    disabled: tuple[str, ...] = ()
    #: Name of its JupyterLab extension; None when it has none.
    extension: str | None = None
    #: CSS selector of its panel within a cell.
    panel: str | None = None
    #: CSS selector, within a cell, of the words that say how far a run has come.
    words: str | None = None
    #: Python to run between two runs, outside what is measured.
    between: str = ""
    #: A Python expression: how many messages are still waiting in the driver.
    waiting: str | None = None


WITHOUT = Mode("without", "without", disabled=("sparkglass",))
SPARKGLASS = Mode(
    "sparkglass",
    "Sparkglass",
    extension="sparkglass",
    panel=".jp-Sparkglass-strip",
    words=".jp-Sparkglass-stripLine",
)
PEERS = (
    Mode(
        "sparkmonitor",
        "SparkMonitor 3.3.0",
        lock="sparkmonitor.txt",
        prepare=SPARKMONITOR,
        kernel_config=ENABLE_SPARKMONITOR,
        extension="sparkmonitor",
        panel=".sparkMonitorCellRoot",
        words=".sparkMonitorCellRoot .badges",
        between=EMPTY_SPARKMONITOR,
        waiting=SPARKMONITOR_WAITING,
    ),
    Mode(
        "managed",
        "managed-spark-cell-monitoring 1.0.0",
        lock="managed-spark-cell-monitoring.txt",
        prepare=MANAGED,
        panel=".managedSparkCellMonitoringCellRoot",
        words=".managedSparkCellMonitoringCellRoot .active-jobs",
    ),
)
ALL = (WITHOUT, SPARKGLASS, *PEERS)
