"""What Spark's own status store says, which is what its REST API says, read in the kernel and independent of the code under test."""

from __future__ import annotations

import json
from typing import Any

from frame_reader import METRICS, Row
from kernels import Kernel

# Leaves no name behind but these two, and runs no job.
_READ = """
def _read_store(sc):
    import json
    jvm = sc._jvm
    store = sc._jsc.sc().statusStore()
    mapper = jvm.com.fasterxml.jackson.databind.ObjectMapper()
    mapper.registerModule(jvm.com.fasterxml.jackson.module.scala.DefaultScalaModule())
    read = lambda value: json.loads(mapper.writeValueAsString(value))
    stages = read(store.stageList(None, False, False, sc._gateway.new_array(jvm.double, 0), jvm.java.util.ArrayList()))
    tasks = {f"{s['stageId']}.{s['attemptId']}": read(store.taskList(s['stageId'], s['attemptId'], 100000)) for s in stages}
    with open('store.json', 'w') as file:
        json.dump({'jobs': read(store.jobsList(None)), 'stages': stages, 'tasks': tasks}, file)
_read_store(__import__('pyspark').SparkContext._active_spark_context)
"""

_FIELDS = """
executorDeserializeTime executorDeserializeCpuTime executorRunTime executorCpuTime resultSize jvmGcTime resultSerializationTime
memoryBytesSpilled diskBytesSpilled peakExecutionMemory inputMetrics.bytesRead inputMetrics.recordsRead outputMetrics.bytesWritten
outputMetrics.recordsWritten shuffleReadMetrics.remoteBlocksFetched shuffleReadMetrics.localBlocksFetched
shuffleReadMetrics.remoteBytesRead shuffleReadMetrics.remoteBytesReadToDisk shuffleReadMetrics.localBytesRead
shuffleReadMetrics.fetchWaitTime shuffleReadMetrics.recordsRead shuffleReadMetrics.remoteReqsDuration shuffleWriteMetrics.bytesWritten
shuffleWriteMetrics.writeTime shuffleWriteMetrics.recordsWritten
"""
FIELDS = dict(zip(METRICS, _FIELDS.split(), strict=True))


def read_store(kernel: Kernel, cell: str = "the store") -> dict[str, Any]:
    """Jobs, stages and tasks (by ``stage.attempt``), as REST words them."""
    kernel.ok(_READ, cell)
    return json.loads((kernel.folder / "store.json").read_text())


def metrics_of(task: dict[str, Any]) -> dict[str, int]:
    """A REST task's metrics under the names of our columns."""
    metrics: dict[str, int] = {}
    for name, path in FIELDS.items():
        value: Any = task["taskMetrics"]
        for step in path.split("."):
            value = value[step]
        metrics[name] = value
    return metrics


def metrics_of_row(row: Row) -> dict[str, int]:
    return {name: row[name] for name in METRICS}
