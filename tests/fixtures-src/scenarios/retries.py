"""Lost shuffle files (a fetch failure and new stage attempts) and lost executors (resubmitted tasks), on two executors."""

import os
import signal
import time
from pathlib import Path

from pyspark import TaskContext
from session import start

spark = start("retries", "local-cluster[2,1,1024]", executor_memory="512m", python_worker_reuse="true")
sc = spark.sparkContext
local = os.environ["FIXTURE_LOCAL"]

pairs = sc.parallelize(range(80), 4).map(lambda n: (n % 5, n)).groupByKey(3)
print(pairs.count())
for path in list(Path(local).glob("**/shuffle_*.data")) + list(Path(local).glob("**/shuffle_*.index")):
    path.unlink()
print(pairs.mapValues(len).count())


def deadly(rows):
    """Kill the executor it runs on, once, when other tasks have ended there."""
    context = TaskContext.get()
    mark = Path(local) / "killed"
    if context.partitionId() == 4 and not mark.exists():
        time.sleep(1.5)
        mark.write_text("once")
        daemon = os.getppid()
        with open(f"/proc/{daemon}/stat") as stat:
            executor = int(stat.read().rsplit(")", 1)[1].split()[1])
        os.kill(executor, signal.SIGKILL)
        time.sleep(5)
    time.sleep(0.3)
    return rows


cached = sc.parallelize([b"x" * 500] * 80, 4).cache()
print(cached.count())
print(sc.parallelize(range(80), 6).map(lambda n: (n % 5, n)).mapPartitions(deadly).groupByKey(2).count())
print(cached.count())
time.sleep(2)
spark.stop()
