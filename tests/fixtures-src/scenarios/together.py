"""Jobs at the same time from several threads, some of them on one shuffle, in scheduler pools."""

import threading
import time

from session import start

spark = start("together", "local[4]", scheduler_mode="FAIR")
sc = spark.sparkContext


def wait(seconds):
    def pause(rows):
        time.sleep(seconds)
        return rows

    return pause


sc.parallelize(range(4), 4).mapPartitions(wait(0.1)).count()  # so that Python is there
shared = sc.parallelize(range(60), 6).mapPartitions(wait(1.0)).map(lambda n: (n % 3, n)).reduceByKey(lambda a, b: a + b, 2)


def job(pool: str, rdd, delay: float) -> threading.Thread:
    def body() -> None:
        time.sleep(delay)
        sc.setLocalProperty("spark.scheduler.pool", pool)
        rdd.count()

    thread = threading.Thread(target=body)
    thread.start()
    return thread


threads = [
    job("first", shared.mapPartitions(wait(3.0)), 0),
    job("second", shared.mapPartitions(wait(0.1)), 1.5),  # while the shared stage runs, some of its tasks done
    job("third", shared.mapPartitions(wait(0.1)), 3.5),  # when it has completed and the first job has not
    job("fourth", sc.parallelize(range(8), 8).mapPartitions(wait(0.1)), 0.2),
]
for thread in threads:
    thread.join()
spark.stop()
