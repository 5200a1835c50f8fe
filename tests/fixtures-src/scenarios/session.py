"""The Spark session of a scenario: logs what is needed, and no more."""

import os

from pyspark.sql import SparkSession


def start(name: str, master: str, **settings: str) -> SparkSession:
    """A session that writes one plain event log; `settings` with `_` for `.`, without the leading `spark.`."""
    builder = (
        SparkSession.builder.appName(name)
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "512m")
        .config("spark.local.dir", os.environ["FIXTURE_LOCAL"])
        .config("spark.sql.warehouse.dir", os.environ["FIXTURE_LOCAL"] + "/warehouse")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.eventLog.enabled", "true")
        .config("spark.eventLog.dir", os.environ["FIXTURE_LOGS"])
        .config("spark.eventLog.compress", "false")
        .config("spark.eventLog.rolling.enabled", "false")
        .config("spark.eventLog.logBlockUpdates.enabled", "true")
        .config("spark.eventLog.logStageExecutorMetrics", "true")
    )
    for key, value in settings.items():
        builder = builder.config("spark." + key.replace("_", "."), value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session
