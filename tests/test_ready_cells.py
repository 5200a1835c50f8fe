"""The cells that the page inserts run as they are, on both Sparks: rows arrive, and running a cell again starts anew."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from kafka_broker import kafka
from kernels import ROOT, Kernel, session
from wire import PATIENCE

pytestmark = pytest.mark.spark

WAIT = f"""
import threading, time
def wait_for(met, what, patience={PATIENCE}):
    deadline = time.monotonic() + patience
    while not met():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)
def rows_of(query):
    if query.exception() is not None:
        raise query.exception()
    return sum(progress['numInputRows'] for progress in query.recentProgress)
"""
FRAMES = """
from pyspark.sql import functions as F
rates = spark.readStream.format('rate').option('rowsPerSecond', 40).load()
odd = rates.select((F.col('value') % 5).alias('a<b>'), F.lit('<i>&').alias('x'), F.lit(None).alias('x'),
    F.repeat(F.lit('y'), 5000).alias('long'), F.array('value').alias('list'))
counted = rates.groupBy((F.col('value') % 30).alias('kind')).count()
ranked = counted.orderBy('kind')
still = spark.range(3)
"""
PREVIEWED = ("rates", "odd", "counted", "ranked", "still")


@pytest.fixture(scope="session")
def code() -> dict[str, dict[str, str]]:
    """What the page inserts, by language and kind."""
    command = ["node", str(ROOT / "tests" / "ready_cells.mjs"), *PREVIEWED]
    return json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd=ROOT).stdout)


@pytest.fixture(scope="module")
def cells(python: str) -> Iterator[Kernel]:
    kernel = Kernel(python)
    kernel.ok(session("local[2]") + WAIT + FRAMES)
    yield kernel
    kernel.stop()


def test_every_cell_is_python_with_one_comment_in_either_language(code: dict[str, dict[str, str]]) -> None:
    for language, texts in code.items():
        for kind, text in texts.items():
            compile(text, f"{language} {kind}", "exec")
            comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
            assert comments == [text.splitlines()[0]], kind
    assert all(code["en"][kind] != code["pl"][kind] for kind in code["en"])


def test_the_session_is_the_one_that_is_there(cells: Kernel, code: dict[str, dict[str, str]]) -> None:
    cells.ok("before = spark.sparkContext.applicationId")
    shown = cells.ok(code["en"]["session"])
    assert "Spark" in shown.outputs[-1][1]["data"]["text/html"]
    assert cells.ok("print(spark.sparkContext.applicationId == before, F.lit(1) is not None)").text == "True True\n"


# What tells that rows came out at the other end.
RUNS = {
    "rate": ("rates", "rows_of(query) > 20"),
    "files": ("files", "rows_of(query) > 9"),
    "socket": ("words", "sum(row['count'] for row in spark.table('words').collect()) > 7"),
    "window": ("counts", "spark.table('counts').count() > 2"),
    "batches": ("batches", "query.recentProgress and spark.read.parquet(folder + '/rows').count() > 20"),
    "online": ("online", "c.seen > 40 and learn.learners[0].has_learnt"),
    "fault": ("fault", "c.seen > 40 and [mark.name for mark in c.truths] == ['flood'] and len(c.lines) == 2"),
    "compare": ("compare", "c.seen > 40 and {'online', 'fitted anew'} <= {line.name for line in c.lines}"),
}


@pytest.mark.parametrize("kind", RUNS)
def test_rows_arrive_and_the_cell_runs_again(cells: Kernel, code: dict[str, dict[str, str]], kind: str) -> None:
    name, arrived = RUNS[kind]
    cells.ok("before = set(threading.enumerate())")
    for language, variable in (("en", "first"), ("pl", "again")):
        cells.ok(code[language][kind])
        cells.ok(f"{variable} = query\nwait_for(lambda: rows_of(query) > 0 and {arrived}, 'rows')")
    said = cells.ok(
        "print(first.isActive, first.exception(), first.id == again.id, [one.name for one in spark.streams.active])"
    )
    assert said.text == f"False None False ['{name}']\n"
    # Threads that feed a query end with it.
    cells.ok(
        """
again.stop()
feeders = [one for one in set(threading.enumerate()) - before if one.name.endswith(('(write_files)', '(send_lines)'))]
wait_for(lambda: not any(one.is_alive() for one in feeders), 'the end of the threads')
"""
    )


def test_a_batch_learner_is_fitted_anew(cells: Kernel, code: dict[str, dict[str, str]]) -> None:
    for language in ("en", "pl"):
        cells.ok(code[language]["batch"])
        said = cells.ok(
            "print(c.seen, c.lines[0].name, learn.learners[0].version, learn.learners[0].trained_on, c.is_finished)"
        )
        # After 250 rows, 500, …, 2,000.
        assert said.text == "2000 fitted anew 8 2000 True\n"


def test_a_served_model_answers(cells: Kernel, code: dict[str, dict[str, str]]) -> None:
    if cells.run("import fastapi, uvicorn").status == "error":
        result = cells.run(code["en"]["serve"])
        assert result.status == "error" and "%pip install fastapi uvicorn" in result.error
        return
    ports = set()
    for language in ("en", "pl"):
        shown = cells.ok(code[language]["serve"])
        assert "'prediction': 1" in shown.outputs[-1][1]["data"]["text/plain"]
        ports.add(cells.ok("print(served.port)").text)
    assert len(ports) == 2
    said = cells.ok("print([one.name for one in spark.streams.active]); served.stop(); query.stop()")
    assert said.text == "['serve']\n"


def test_state_has_few_partitions(cells: Kernel, code: dict[str, dict[str, str]]) -> None:
    cells.ok("spark.conf.set('spark.sql.shuffle.partitions', 200)")
    cells.ok(code["en"]["window"])
    cells.ok("wait_for(lambda: query.lastProgress and query.lastProgress['stateOperators'], 'state')")
    assert (
        cells.ok("print(query.lastProgress['stateOperators'][0]['numShufflePartitions']); query.stop()").text == "4\n"
    )


def test_without_the_connector_kafka_says_what_is_missing(cells: Kernel, code: dict[str, dict[str, str]]) -> None:
    result = cells.run(code["en"]["kafka"])
    assert result.status == "error" and "Failed to find data source: kafka" in result.error


def test_the_cell_of_kafka_reads_a_topic(
    start: Callable[..., Kernel], code: dict[str, dict[str, str]], python: str
) -> None:
    with kafka() as broker:
        kernel = start()
        jars = broker.spark["4" if python == sys.executable else "3.5"]
        kernel.ok(session("local[2]", {"spark.jars": ",".join(jars)}) + WAIT)
        kernel.ok(
            f"""
values = spark.range(100).selectExpr("CAST(id AS STRING) AS value")
values.write.format("kafka").option("kafka.bootstrap.servers", "{broker.address}").option("topic", "events").save()
"""
        )
        for language in ("en", "pl"):
            assert "localhost:9092" in code[language]["kafka"]
            kernel.ok(code[language]["kafka"].replace("localhost:9092", broker.address))
            kernel.ok("wait_for(lambda: rows_of(query) == 100, 'rows')")
        assert kernel.ok("print([one.name for one in spark.streams.active])").text == "['kafka']\n"


class Preview:
    """A cell that shows a DataFrame, and what its table has shown."""

    def __init__(self, kernel: Kernel, text: str) -> None:
        self._kernel = kernel
        self._request = kernel.send(text)
        result = kernel.wait(self._request)
        assert result.status == "ok", result.error

    @property
    def tables(self) -> list[str]:
        """The first says that there is none yet."""
        return [data["text/html"] for data in self._kernel.displays(self._request)]

    def wait(self, tables: int) -> list[str]:
        self._kernel.wait_for(lambda _: len(self.tables) > tables)
        return self.tables[1:]


def rows_in(table: str) -> list[list[str]]:
    body = table.partition("<tbody>")[2]
    return [
        [unescape(cell) for cell in re.findall("<td>(.*?)</td>", row, re.S)]
        for row in re.findall("<tr>(.*?)</tr>", body, re.S)
    ]


def batch_in(table: str) -> tuple[int, int]:
    """The number of the batch, and its rows."""
    number, rows = re.findall(r"\d+", table.partition("</p>")[0])
    return int(number), int(rows)


def told_by(kernel: Kernel, query: str) -> dict[int, int]:
    """Rows by batch, as Spark says it of those that have ended."""
    told = kernel.ok(
        f"""
import json
print(json.dumps([(p['batchId'], p['numInputRows']) for p in {query}.recentProgress if 'addBatch' in p['durationMs']]))
"""
    )
    return dict(json.loads(told.text))


def test_previews_show_the_newest_rows_and_do_not_mix(cells: Kernel, code: dict[str, dict[str, str]]) -> None:
    odd = Preview(cells, code["pl"]["preview:odd"])
    rates = Preview(cells, code["en"]["preview:rates"])
    shown, others = rates.wait(5), odd.wait(5)
    assert "waiting" in rates.tables[0] and "Batch " in shown[0] and "Paczka " in others[0]

    batches = dict(batch_in(table) for table in shown)
    assert list(batches) == list(range(len(shown)))
    told = told_by(cells, "preview_rates")
    assert all(rows == told[number] for number, rows in batches.items() if number in told) and len(told) > 2
    total = 0
    for table, rows in zip(shown, batches.values(), strict=True):
        total += rows
        assert len(rows_in(table)) == min(20, total)
    rows = rows_in(shown[-1])
    numbers = [int(number) for number, _, _ in rows]
    assert numbers == sorted(numbers, reverse=True)
    # The newest of the rate source have the highest values.
    assert str(total - 1) in [value for _, _, value in rows]

    assert "<th>a&lt;b&gt;</th>" in others[-1] and "<i>" not in others[-1]
    assert len(rows_in(others[-1])) <= 20
    row = rows_in(others[-1])[0]
    assert row[2:5] == ["<i>&", "null", "y" * 200] and re.fullmatch(r"\[\d+\]", row[5])
    cells.ok("preview_rates.stop(); preview_odd.stop()")
    # What is kept of a batch is let go, also where it was stopped in the middle.
    cells.ok("wait_for(lambda: len(sc._jsc.getPersistentRDDs()) == 0, 'the end of what was kept')")
    assert cells.ok("print(spark.streams.active)").text == "[]\n"


# Groups change from batch to batch; sorted ones come whole with each.
@pytest.mark.parametrize("name", ["counted", "ranked"])
def test_a_preview_of_state_keeps_that_of_all_partitions(
    cells: Kernel, code: dict[str, dict[str, str]], name: str
) -> None:
    cells.ok("spark.conf.set('spark.sql.shuffle.partitions', 200)")
    Preview(cells, code["en"][f"preview:{name}"]).wait(2)
    again = Preview(cells, code["en"][f"preview:{name}"])
    again.wait(6)
    cells.ok(f"wait_for(lambda: rows_of(preview_{name}) > 200, 'rows')")
    assert cells.ok("print([one.name for one in spark.streams.active])").text == f"['preview_{name}']\n"
    cells.ok(f"preview_{name}.stop()")
    told = told_by(cells, f"preview_{name}")
    whole = [table for table in again.tables[1:] if batch_in(table)[0] in told]
    for table in whole[-4:]:
        batch, _ = batch_in(table)
        total = sum(rows for number, rows in told.items() if number <= batch)
        rows = [row for row in rows_in(table) if name == "ranked" or int(row[0]) == batch]
        assert 0 < len(rows) <= 20
        assert all(int(count) == len(range(int(kind), total, 30)) for _, kind, count in rows)
    assert len(whole) > 4
    if name == "ranked":
        assert [kind for _, kind, _ in rows_in(whole[-1])] == [str(kind) for kind in reversed(range(10, 30))]
    else:
        # A batch that the stop broke off is told of, too, with nothing in its state.
        states = f"[progress['stateOperators'][0] for progress in preview_{name}.recentProgress]"
        said = cells.ok(
            f"state = [one for one in {states} if one['numShufflePartitions']][-1]\n"
            "print(state['numShufflePartitions'], state['numRowsTotal'])"
        )
        assert said.text == "4 30\n"


def test_what_is_no_stream_says_so(cells: Kernel, code: dict[str, dict[str, str]]) -> None:
    result = cells.run(code["en"]["preview:still"])
    assert result.status == "error" and "writeStream" in result.error
    assert cells.ok("print(spark.conf.get('spark.sql.shuffle.partitions'))").text == "200\n"


def test_event_times_are_sampled_within_bounds(cells: Kernel, code: dict[str, dict[str, str]]) -> None:
    cells.ok(
        "from datetime import timedelta\n"
        "fast = spark.readStream.format('rate').option('rowsPerSecond', 2000).load()\n"
        "late = fast.withColumn('timestamp', F.col('timestamp') - F.expr('INTERVAL 30 SECONDS')).repartition(3)"
    )
    text = code["pl"]["times"].replace("sample_event_times(rates", "sample_event_times(late")
    request = cells.send(text)
    assert cells.wait(request).status == "ok"
    tables = lambda: [data["text/html"] for data in cells.displays(request)]  # noqa: E731
    cells.wait_for(lambda _: len(tables()) > 4)
    first = cells.send(code["en"]["times"])
    assert cells.wait(first).status == "ok"
    said = cells.ok("print([one.name for one in spark.streams.active], event_times.exception())")
    assert said.text == "['event_times'] None\n"
    cells.ok("event_times.stop()")
    dots = [table.count("<circle") for table in tables()[1:]]
    # 25 of each batch that has rows.
    assert dots[-1] > 25 and all(25 >= b - a >= 0 for a, b in zip(dots, dots[1:], strict=False))
    delays = [float(text) for text in re.findall(r"\d+\.\d", tables()[-1].partition("</p>")[0])]
    assert "Paczka" in tables()[-1] and len(delays) == 3
    assert delays == sorted(delays) and 30 <= delays[0] < 120
