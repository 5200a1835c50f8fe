"""A real History Server of some Spark, and what to ask it about a log."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kernels import driver_options

PATIENCE = 120


def _environment(spark_home: Path) -> Path:
    """The virtual environment of a PySpark."""
    return next(folder for folder in spark_home.parents if (folder / "pyvenv.cfg").exists())


class HistoryServer:
    """Serves a folder of event logs with the History Server in ``spark_home``; a context manager."""

    def __init__(self, spark_home: Path, logs: Path) -> None:
        self._spark_home = spark_home
        self._logs = logs

    def __enter__(self) -> HistoryServer:
        with socket.socket() as free:
            free.bind(("localhost", 0))
            port = free.getsockname()[1]
        options = (
            f"-Dspark.history.fs.logDirectory={self._logs.as_uri()} -Dspark.history.ui.port={port} "
            "-Dspark.history.fs.update.interval=2s -Dspark.history.store.hybridStore.enabled=false"
        )
        self._base = f"http://localhost:{port}/api/v1/"
        self._log = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [str(self._spark_home / "bin" / "spark-class"), "org.apache.spark.deploy.history.HistoryServer"],
            env={
                **os.environ,
                "SPARK_HOME": str(self._spark_home),
                "SPARK_LOCAL_HOSTNAME": "localhost",
                "SPARK_DAEMON_JAVA_OPTS": f"{driver_options(_environment(self._spark_home))} {options}",
                "JAVA_TOOL_OPTIONS": options,
            },
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        try:
            self._wait(sum(1 for path in self._logs.iterdir() if not path.name.startswith(".")))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)
        self._log.close()

    def answer(self, path: str) -> dict[str, Any]:
        """``status`` with ``body`` (JSON), or with ``message``: Spark's words, null where it only has a page of HTML."""
        try:
            with urllib.request.urlopen(self._base + quote(path, safe="/?=&,:+-%"), timeout=60) as response:
                return {"status": 200, "body": json.load(response)}
        except urllib.error.HTTPError as error:
            is_text = error.headers.get_content_type() == "text/plain"
            return {"status": error.code, "message": error.read().decode() if is_text else None}

    def _wait(self, count: int) -> None:
        """Until all logs are listed."""
        deadline = time.time() + PATIENCE
        while True:
            try:
                if sum(len(application["attempts"]) for application in self.answer("applications")["body"]) == count:
                    return
            # A page of HTML, too: for a moment the port is bound and only the first page is attached, which then answers everything.
            except (OSError, KeyError, ValueError):
                pass
            if time.time() > deadline or self._process.poll() is not None:
                self._log.seek(0)
                raise RuntimeError("the History Server did not come up: " + self._log.read().decode()[-2000:])
            time.sleep(0.5)


# Of an application that has one log: what every log is asked, and what is wrong with a path.
GENERAL = [
    "",
    "/jobs",
    "/jobs?status=succeeded",
    "/jobs?status=FAILED&status=running",
    "/jobs/0",
    "/jobs/00",
    "/stages",
    "/stages?status=complete&status=failed",
    "/stages?status=skipped",
    "/stages?details=true",
    "/stages?details=true&taskStatus=failed",
    "/stages?details=true&taskStatus=success&taskStatus=killed&status=complete",
    "/stages?withSummaries=true",
    "/stages?withSummaries=true&quantiles=0.9,0.1,,",
    "/stages/0",
    "/stages/0/0",
    "/stages/0/0?details=false",
    "/stages/0/0?details=false&withSummaries=true&quantiles=0.01,0.5,1.0,1.5",
    "/stages/0/0?taskStatus=RUNNING",
    "/stages/0/0/taskSummary?quantiles=0.5",
    "/stages/0/0/taskSummary?quantiles=1.0,0,0.333,1e-3",
    "/stages/0/0/taskList",
    "/stages/0/0/taskList?offset=1&length=2",
    "/stages/0/0/taskList?sortBy=runtime&length=100",
    "/stages/0/0/taskList?sortBy=-runtime&offset=1&length=3",
    "/stages/0/0/taskList?sortBy=decreasing_runtime&length=3",
    "/stages/0/0/taskList?status=success&offset=1&length=2",
    "/stages/0/0/taskList?status=failed&status=killed",
    "/stages/0/0/taskList?offset=1000",
    "/stages/0/0/taskList?offset=-1&length=3",
    "/stages/0/0/taskList?status=success&offset=-1&length=3",
    "/stages/0/0/taskList?status=success&length=0",
    "/executors",
    "/allexecutors",
    "/allmiscellaneousprocess",
    "/environment",
    "/storage/rdd",
]
# Of SQL executions.
SQL = [
    "/sql",
    "/sql?length=1000",
    "/sql?details=FALSE&planDescription=false",
    "/sql?details=maybe&planDescription=",
    "/sql?planDescription=false&offset=2&length=3",
    "/sql?details=false&planDescription=false&offset=3",
    "/sql?details=false&offset=1000",
    "/sql?details=false&planDescription=false&offset=-1&length=2",
    "/sql?details=false&planDescription=false&length=0",
    "/sql?details=false&planDescription=false&length=-5",
    "/sql/00?details=false",
    "/sql/1?planDescription=false",
]
WRONG = [
    "/jobs?status=done",
    "/jobs/999",
    "/jobs/99999999999",
    "/jobs/first",
    "/jobs/0/stages",
    "/stages?status=done",
    "/stages?quantiles=half",
    "/stages?quantiles=",
    "/stages?quantiles=0.5,,1",
    "/stages?details=true&taskStatus=lost",
    "/stages/999",
    "/stages/999?quantiles=half",
    "/stages/first",
    "/stages/0/9",
    "/stages/0/first",
    "/stages/999/0",
    "/stages/0/0/tasks",
    "/stages/0/0/taskSummary?quantiles=0.5,x",
    "/stages/0/0/taskSummary?quantiles=-1,0.5",
    "/stages/0/0/taskSummary?quantiles=,",
    "/stages/0/0?withSummaries=true&quantiles=-1,0.5",
    "/stages/999/0/taskSummary",
    "/stages/999/0/taskList",
    "/stages/0/0/taskList?length=many",
    "/stages/0/0/taskList?length=0",
    "/executors/driver/threads",
    "/executors/first/threads",
    "/stages/0/0/taskList?sortBy=name",
    "/storage",
    "/storage/rdd/999",
    "/storage/rdd/first",
    "/sql?length=many",
    "/sql?offset=1.5",
    "/sql/999",
    "/sql/00999",
    "/sql/99999999999999999999",
    "/sql/-1",
    "/sql/first",
    "/sql/0/jobs",
    "/nothing",
    "/nothing/of/it",
    "/7",
    "/7/jobs",
    "/7/8/jobs",
]
NOT_OF_ONE_APPLICATION = [
    "version",
    "applications",
    "applications/",
    "applications?status=completed",
    "applications?status=RUNNING",
    "applications?status=done",
    "applications?limit=1",
    "applications?limit=few",
    "applications?minDate=2030-01-01",
    "applications?maxDate=2000-01-01T00:00:00.000GMT",
    "applications?minDate=2000-01-01&maxDate=2100-12-31T23:59:59.999GMT",
    "applications?minEndDate=2030-01-01",
    "applications?maxEndDate=2000-01-01",
    "applications?minDate=yesterday",
    "applications/nobody",
    "applications/nobody/jobs",
    "applications/nobody/stages?quantiles=half",
    "applications/nobody/1",
    "applications/nobody/1/executors",
    "nothing",
]


def paths_of(server: HistoryServer, application: str, wrong: bool) -> Iterator[str]:
    """What to ask about an application: also every attempt of its stages, every cached RDD, and (``wrong``) what is no path."""
    base = f"applications/{application}"
    for path in GENERAL + (WRONG if wrong else []):
        yield base + path
    for stage in server.answer(f"{base}/stages")["body"]:
        attempt = f"{base}/stages/{stage['stageId']}/{stage['attemptId']}"
        yield f"{attempt}/taskSummary"
        yield f"{attempt}/taskList?sortBy=runtime&status=failed&length=5"
    for rdd in server.answer(f"{base}/storage/rdd")["body"]:
        yield f"{base}/storage/rdd/{rdd['id']}"
    yield from sql_paths_of(server, application)


def sql_paths_of(server: HistoryServer, application: str) -> Iterator[str]:
    """What to ask about an application's SQL executions, and each of them."""
    base = f"applications/{application}"
    for path in SQL:
        yield base + path
    for execution in server.answer(f"{base}/sql?length=1000&details=false")["body"]:
        yield f"{base}/sql/{execution['id']}?planDescription=false"
