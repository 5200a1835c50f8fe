"""``sparkglass-api`` answers about logs of Spark 1.3 to 3.0 as the History Server of the newest Spark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from compared import differing, spark_home
from history_server import HistoryServer, paths_of
from kernels import interpreter

pytestmark = pytest.mark.spark

LOGS = Path(__file__).parent / "fixtures" / "old-logs"
NAMES = sorted(path.name for path in LOGS.iterdir() if path.suffix != ".md")


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the logs and nothing else."""
    folder = tmp_path_factory.mktemp("old")
    for name in NAMES:
        shutil.copyfile(LOGS / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def server(logs: Path) -> Iterator[HistoryServer]:
    """The History Server of the newest Spark, which is what reads such logs today."""
    with HistoryServer(spark_home(interpreter("newest")), logs) as server:
        yield server


def test_list(server: HistoryServer, logs: Path) -> None:
    assert sum(len(application["attempts"]) for application in server.answer("applications")["body"]) == len(NAMES)
    assert differing(server, logs, ["applications", "applications?status=completed"], lambda answer: answer) == {}


def test_answers(server: HistoryServer, logs: Path) -> None:
    paths = []
    for application in server.answer("applications")["body"]:
        for attempt in application["attempts"]:
            steps = [application["id"], attempt.get("attemptId")]
            paths += paths_of(server, "/".join(step for step in steps if step), False)
    assert len(paths) > 300
    assert differing(server, logs, paths, lambda answer: answer) == {}
