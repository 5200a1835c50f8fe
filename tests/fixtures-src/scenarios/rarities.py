"""Executors that are excluded, accumulators with names, off-heap and replicated blocks, a process beside driver and executors."""

import os
import time

from pyspark import StorageLevel
from pyspark.sql import functions
from session import start

spark = start(
    "rarities",
    "local-cluster[2,1,1024]",
    executor_memory="512m",
    excludeOnFailure_enabled="true",
    excludeOnFailure_stage_maxFailedExecutorsPerNode="5",
    excludeOnFailure_application_maxFailedExecutorsPerNode="5",
    memory_offHeap_enabled="true",
    memory_offHeap_size="32m",
)
sc = spark.sparkContext


def not_there(rows):
    """Fails wherever the first executor runs it."""
    if os.getcwd().rstrip("/").endswith("/0"):
        raise ValueError("not on this one")
    time.sleep(0.3)
    return rows


def wait(rows):
    time.sleep(0.5)
    return rows


sc.parallelize(range(8), 8).mapPartitions(wait).count()  # so that both executors are there
off_heap = sc.parallelize(range(200), 4).mapPartitions(wait).persist(StorageLevel.OFF_HEAP)
off_heap.count()
twice = sc.parallelize(range(200), 4).mapPartitions(wait).persist(StorageLevel.MEMORY_AND_DISK_2)
twice.count()
sc.parallelize(range(40), 6).mapPartitions(not_there).count()
spark.range(100).observe("seen", functions.count(functions.lit(1)).alias("rows")).repartition(3).collect()
jvm = sc._jvm
details = jvm.org.apache.spark.scheduler.MiscellaneousProcessDetails(
    "localhost:7077", 2, jvm.PythonUtils.toScalaMap({"stdout": "http://localhost/stdout"})
)
added = jvm.org.apache.spark.scheduler.SparkListenerMiscellaneousProcessAdded(1795520000000, "master", details)
sc._jsc.sc().listenerBus().post(added)
time.sleep(1)
spark.stop()
