"""What batches print reaches the page, each text with its query and its batch; and goes where it went before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from kernels import Kernel, session

EVENT = "SparkglassStreamOutput"
TERMINATED = "org.apache.spark.sql.streaming.StreamingQueryListener$QueryTerminatedEvent"
RATES = "rates = spark.readStream.format('rate').option('rowsPerSecond', 50).load()\n"
CONSOLE = (
    RATES
    + """
query = rates.writeStream.format('console').option('truncate', False).trigger(processingTime='300 milliseconds').start()
print(query.runId)
"""
)
PRINTS = (
    RATES
    + """
def each(frame, number):
    print('batch', number, 'zażółć')
    frame.limit(1).show()
    print('x' * 30000)
    print('not told any more')

query = rates.writeStream.foreachBatch(each).trigger(processingTime='300 milliseconds').start()
print(query.runId)
"""
)


@pytest.fixture(scope="module")
def streaming(python: str) -> Iterator[Kernel]:
    kernel = Kernel(python)
    kernel.attach()
    kernel.ok(session("local[2]"), "session")
    yield kernel
    kernel.stop()


def texts(kernel: Kernel, run_id: str, batches: int) -> dict[int, str]:
    """What each batch of a run printed, once so many have."""

    def told(story) -> dict[int, str]:  # type: ignore[no-untyped-def]
        by_batch: dict[int, str] = {}
        for event in story.events(EVENT):
            if event["Run ID"] == run_id:
                by_batch[event["Batch ID"]] = by_batch.get(event["Batch ID"], "") + event["Text"]
        return by_batch

    enough: Callable[..., bool] = lambda story: len(told(story)) > batches  # noqa: E731
    kernel.wait_for(enough)
    kernel.ok("query.stop()", "stop")
    # Not until all jobs have ended: one that a stop breaks off in Python may hang until Spark stops.
    ended: Callable[..., bool] = lambda story: run_id in [e["runId"] for e in story.events(TERMINATED)]  # noqa: E731
    return told(kernel.wait_for(ended))


def test_what_cells_print_is_their_own(streaming: Kernel) -> None:
    before = len(streaming.settle("session").events(EVENT))
    reply = streaming.ok(
        "print('of a cell')\nspark.range(3).show()\nsc._jvm.scala.Console.println('of the driver')", "cell"
    )
    assert "of a cell" in reply.text and "| id|" in reply.text.replace(" ", " ")
    assert len(streaming.settle("cell").events(EVENT)) == before


def test_the_console_sink_batch_by_batch(streaming: Kernel) -> None:
    run_id = streaming.ok(CONSOLE, "console").text.strip().splitlines()[0]
    told = texts(streaming, run_id, 3)
    for batch, text in list(told.items())[:-1]:
        assert f"Batch: {batch}\n" in text and "|timestamp" in text


def test_what_foreach_batch_prints(streaming: Kernel) -> None:
    run_id = streaming.ok(PRINTS, "prints").text.strip().splitlines()[0]
    told = texts(streaming, run_id, 2)
    for batch, text in list(told.items())[:-1]:
        assert text.startswith(f"batch {batch} zażółć\n")
        assert "|timestamp" in text or "|           timestamp" in text
        assert len(text) == 16384 and "not told" not in text


def test_the_console_of_another_session(streaming: Kernel) -> None:
    streaming.ok("spark.stop()", "over")
    streaming.ok(session("local[2]"), "anew")
    run_id = streaming.ok(CONSOLE, "console anew").text.strip().splitlines()[0]
    told = texts(streaming, run_id, 2)
    assert "Batch: 1\n" in told[1]


def test_detached_it_has_given_everything_back(streaming: Kernel) -> None:
    assert "Echo" in streaming.ok("import sys\nprint(type(sys.stdout.echo).__name__)", "look").text
    streaming.request("detach")
    reply = streaming.ok(PRINTS + "import sys, time\nprint(sys.stdout.echo, sys.stderr.echo)", "detached")
    assert "None None" in reply.text
    streaming.ok(
        "while not query.recentProgress and query.isActive: time.sleep(0.2)\nprint(query.exception())\nquery.stop()",
        "stop it",
    )
    assert not [e for e in streaming.story.events(EVENT) if e["Run ID"] == reply.text.split()[0]]
