"""Fixtures: every test of Spark runs against the newest PySpark with ipykernel 7, and against PySpark 3.5 with ipykernel 6.29."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from kernels import Kernel, interpreter, session

# The quick loop has no second environment.
ENVIRONMENTS = [pytest.param("newest", id="newest"), pytest.param("spark35", id="spark35", marks=pytest.mark.spark)]

# Those that take minutes begin first, so that no process works on one of them alone when all others are done.
LONGEST = (
    "test_history_sql",
    "test_lab_cluster",
    "test_ready_cells",
    "test_history_server",
    "test_kafka",
    "test_learning_streams",
    "test_stream_figures",
    "test_record",
    "test_listener",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


@pytest.fixture(scope="session", params=ENVIRONMENTS)
def python(request: pytest.FixtureRequest) -> str:
    """The interpreter of an environment."""
    return interpreter(request.param)


@pytest.fixture(scope="module")
def kernel(python: str) -> Iterator[Kernel]:
    """A kernel that the tests of a file share; nothing is attached yet."""
    kernel = Kernel(python)
    yield kernel
    kernel.stop()


@pytest.fixture
def start(python: str) -> Iterator[Callable[..., Kernel]]:
    """Starts kernels for one test; arguments as ``Kernel``'s."""
    kernels: list[Kernel] = []

    def start(**options: object) -> Kernel:
        kernels.append(Kernel(python, **options))  # type: ignore[arg-type]
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.stop()


@pytest.fixture(scope="session")
def busy(python: str) -> Iterator[Kernel]:
    """A kernel with a session that several files share, attached from the start; Spark writes its event log beside it, into ``log``.

    Its heartbeats come every second, a task may fail three times, and one of its settings is a secret.
    """
    kernel = Kernel(python)
    kernel.attach()
    (kernel.folder / "log").mkdir()
    options = {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": (kernel.folder / "log").as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
        "spark.executor.heartbeatInterval": "1s",
        "spark.my.token": "a-secret-token",
    }
    kernel.ok(session("local[2,3]", options) + "import threading, time\nfrom pyspark import TaskContext", "session")
    yield kernel
    kernel.stop()
