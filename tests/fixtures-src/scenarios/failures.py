"""Tasks that fail and are tried again, a job that fails for good, one that is cancelled, one of no stages."""

import threading
import time

from pyspark import TaskContext
from session import start

spark = start("failures", "local[2,3]")
sc = spark.sparkContext


def shaky(rows):
    context = TaskContext.get()
    if context.partitionId() % 2 == 1 and context.attemptNumber() < 2:
        raise ValueError("not yet <script>alert(1)</script>")
    return rows


def broken(rows):
    if TaskContext.get().partitionId() == 2:
        raise RuntimeError("never")
    time.sleep(0.2)
    return rows


def slow(rows):
    time.sleep(8)
    return rows


print(sc.parallelize(range(60), 6).mapPartitions(shaky).count())
print(sc.parallelize(range(60), 6).map(lambda n: (n % 3, n)).mapPartitions(shaky).groupByKey(2).count())
try:
    sc.parallelize(range(60), 6).map(lambda n: (n % 3, n)).mapPartitions(broken).groupByKey(2).count()
except Exception as error:
    print("failed as it should:", type(error).__name__)


def cancelled() -> None:
    sc.setJobGroup("to be cancelled", "sleeps", interruptOnCancel=True)
    try:
        sc.parallelize(range(60), 6).map(lambda n: (n % 3, n)).mapPartitions(slow).groupByKey(2).count()
    except Exception as error:
        print("cancelled as it should:", type(error).__name__)


thread = threading.Thread(target=cancelled)
thread.start()
time.sleep(2)
sc.cancelJobGroup("to be cancelled")
thread.join()
spark.range(100).selectExpr("raise_error('bad row ' || id)").limit(0).collect()
try:
    spark.range(100).selectExpr("if(id = 77, raise_error('bad row'), id) AS id").groupBy("id").count().collect()
except Exception as error:
    print("failed as it should:", type(error).__name__)
time.sleep(1)
spark.stop()
