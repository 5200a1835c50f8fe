"""Speculative copies of slow tasks. Spark never runs a copy on the host of the original, so: a cluster of two hosts."""

import os
import subprocess
import time
from pathlib import Path

from pyspark import TaskContext
from session import start

MASTER_PORT = "17077"


def launch(*words: str) -> subprocess.Popen:
    program = Path(os.environ["SPARK_HOME"]) / "bin" / "spark-class"
    return subprocess.Popen([str(program), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def uneven(rows):
    context = TaskContext.get()
    first = context.attemptNumber() == 0
    time.sleep(12 if context.partitionId() in (1, 4) and first else 0.3)
    return rows


def failing(rows):
    """The slow original succeeds late; its copy fails."""
    context = TaskContext.get()
    if context.partitionId() == 2:
        if context.attemptNumber() > 0:
            raise ValueError("the copy fails")
        time.sleep(4)
    time.sleep(0.3)
    return rows


package = "org.apache.spark.deploy"
processes = [launch(f"{package}.master.Master", "--host", "localhost", "--port", MASTER_PORT, "--webui-port", "18481")]
try:
    time.sleep(4)
    for host in ("localhost", "127.0.0.2"):
        place = [
            "--host",
            host,
            "--cores",
            "2",
            "--memory",
            "1g",
            "--webui-port",
            "0",
            "--work-dir",
            os.environ["FIXTURE_LOCAL"],
        ]
        processes.append(launch(f"{package}.worker.Worker", *place, f"spark://localhost:{MASTER_PORT}"))
    time.sleep(4)
    spark = start(
        "speculation",
        f"spark://localhost:{MASTER_PORT}",
        speculation="true",
        speculation_interval="100ms",
        speculation_multiplier="1.5",
        speculation_quantile="0.3",
        executor_memory="512m",
        executor_cores="2",
        scheduler_minRegisteredResourcesRatio="1.0",
        cores_max="4",
    )
    sc = spark.sparkContext
    print(sc.parallelize(range(80), 8).map(lambda n: (n % 5, n)).mapPartitions(uneven).groupByKey(3).count())
    print(sc.parallelize(range(80), 8).mapPartitions(uneven).count())
    print(sc.parallelize(range(80), 6).mapPartitions(failing).count())
    time.sleep(8)  # until the last copies are gone
    spark.stop()
finally:
    for process in processes:
        process.terminate()
        process.wait(20)
