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
shared = (
    sc.parallelize(range(60), 6).mapPartitions(wait(1.0)).map(lambda n: (n % 3, n)).reduceByKey(lambda a, b: a + b, 2)
)


def stage_of(tasks: int, done: int) -> bool:
    """Whether a stage of so many tasks is running and has got that far."""
    tracker = sc.statusTracker()
    infos = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return any(info is not None and info.numTasks == tasks and info.numCompletedTasks >= done for info in infos)


def job(pool: str, rdd, begin) -> threading.Thread:
    def body() -> None:
        while not begin():
            time.sleep(0.02)
        sc.setLocalProperty("spark.scheduler.pool", pool)
        rdd.count()

    thread = threading.Thread(target=body)
    thread.start()
    return thread


threads = [
    job("first", shared.mapPartitions(wait(4.0)), lambda: True),
    job("second", shared.mapPartitions(wait(0.1)), lambda: stage_of(6, 1)),  # while the shared stage runs
    job("third", shared.mapPartitions(wait(0.1)), lambda: stage_of(2, 0)),  # it has completed, the first job has not
    job("fourth", sc.parallelize(range(8), 8).mapPartitions(wait(0.1)), lambda: stage_of(6, 0)),
]
for thread in threads:
    thread.join()
spark.stop()
