"""The DataFrames that a cell made, told without running anything."""

from __future__ import annotations

import statistics
from typing import Any

import pytest
from kernels import Kernel

pytestmark = pytest.mark.spark


def notes_of(busy: Kernel, code: str, cell: str) -> dict[str, dict[str, Any]]:
    """What the end of this cell says of DataFrames, by name; the cell must have run no job."""
    busy.ok(code, cell)
    story = busy.settle(cell)
    assert story.jobs_of(cell) == []
    [end] = [event for event in story.events("CellEnd") if event["Run ID"] == story.runs_of(cell)[-1]]
    notes = {note["Name"]: note for note in end["DataFrames"]}
    assert len(notes) == len(end["DataFrames"])
    return notes


def test_operations_from_the_source_up(busy: Kernel) -> None:
    code = """
a = spark.range(10)
b = a.filter('id > 3')
c = b.select('id').withColumn('x', b.id * 2).groupBy('x').count().orderBy('x').limit(3)
"""
    notes = notes_of(busy, code, "chain")
    assert notes["a"]["Operations"] == notes["a"]["New"] == ["Range"]
    assert notes["b"]["Operations"] == ["Range", "Filter"]
    assert notes["b"]["New"] == ["Filter"]
    assert notes["c"]["Operations"][:4] == ["Range", "Filter", "Project", "Project"]
    assert notes["c"]["New"][:3] == ["Project", "Project", "Aggregate"]
    assert notes["c"]["New"][3] == "Sort"
    assert [note["Streaming"] for note in notes.values()] == [False, False, False]


def test_only_what_this_cell_made_or_changed(busy: Kernel) -> None:
    notes_of(busy, "kept = spark.range(5)\nchanged = spark.range(6)", "before")
    assert notes_of(busy, "x = 1", "nothing") == {}
    notes = notes_of(busy, "changed = changed.filter('id > 1')\nalias = kept", "after")
    assert set(notes) == {"changed", "alias"}
    assert notes["changed"]["New"] == ["Filter"]
    assert notes_of(busy, "del alias, changed", "deleted") == {}


def test_two_sources_and_a_stream(busy: Kernel) -> None:
    code = """
left, right = spark.range(3).toDF('k'), spark.range(4).toDF('k')
both = left.join(right, 'k')
stream = spark.readStream.format('rate').load().where('value > 1')
"""
    notes = notes_of(busy, code, "sources")
    assert notes["both"]["Operations"].count("Range") == 2
    assert "Join" in notes["both"]["New"]
    assert (notes["stream"]["Streaming"], notes["both"]["Streaming"]) == (True, False)
    assert notes["stream"]["Operations"][-1] == "Filter"


def test_a_file_is_a_relation(busy: Kernel) -> None:
    busy.ok("spark.range(3).write.mode('overwrite').parquet('relation')", "write")
    notes = notes_of(
        busy,
        "schema = spark.range(1).schema\nread = spark.read.schema(schema).parquet('relation').filter('id > 1')",
        "file",
    )
    assert notes["read"]["Operations"] == ["Relation", "Filter"]
    notes = notes_of(busy, "read.createOrReplaceTempView('v')\nview = spark.sql('SELECT id + 1 AS n FROM v')", "view")
    assert notes["view"]["Operations"] == ["Relation", "Filter", "Project"]


def test_what_is_no_data_frame_is_left_alone(busy: Kernel) -> None:
    code = """
class Nosy:
    def __getattr__(self, name): raise RuntimeError('do not look at me')
    def __eq__(self, other): raise RuntimeError('do not compare me')
class DataFrame: pass
nosy, own, rdd, grouped, _hidden = Nosy(), DataFrame(), sc.parallelize([1]), spark.range(3).groupBy('id'), spark.range(8)
"""
    assert notes_of(busy, code, "nosy") == {}


def test_lazy_errors_stay_the_users(busy: Kernel) -> None:
    result = busy.run("good = spark.range(3)\nbad = good.select('no_such_column')", "bad plan")
    assert "no_such_column" in result.reply["evalue"]
    story = busy.settle("bad plan")
    [end] = [event for event in story.events("CellEnd") if event["Run ID"] in story.runs_of("bad plan")]
    assert (end["Status"], [note["Name"] for note in end["DataFrames"]]) == ("error", ["good"])


def end_of(busy: Kernel, code: str, cell: str) -> dict[str, Any]:
    """The end of a cell with this code, which may run jobs."""
    busy.ok(code, cell)
    story = busy.settle(cell)
    return next(event for event in story.events("CellEnd") if event["Run ID"] == story.runs_of(cell)[-1])


def test_partitions_as_far_as_they_are_known(busy: Kernel) -> None:
    code = """
from pyspark.sql import functions as F
p_range = spark.range(0, 10, 1, 7).filter('id > 3')
p_rdd = sc.parallelize(range(10), 4).map(lambda n: (n,)).toDF(['n'])
p_repartitioned = p_range.repartition(5)
p_fewer = p_repartitioned.coalesce(2)
p_grouped = p_range.groupBy('id').count()
p_sum = p_range.agg(F.sum('id'))
p_by = p_range.repartition(6, 'id').groupBy('id').count()
p_union = p_range.union(p_range)
p_join = p_range.join(p_union, 'id')
"""
    end = end_of(busy, code, "partitions")
    notes = {note["Name"]: (note["Partitions"], note["Planned"]) for note in end["DataFrames"]}
    expected = {
        "p_range": (7, False),
        "p_rdd": (4, False),
        "p_repartitioned": (5, False),
        "p_fewer": (2, False),
        "p_grouped": (2, True),
        "p_sum": (1, False),
        "p_by": (None, False),
        "p_union": (14, False),
        "p_join": (None, False),
    }
    assert notes == expected
    for name, (partitions, planned) in expected.items():
        if partitions is not None and not planned:
            assert int(busy.ok(f"print({name}.rdd.getNumPartitions())").text) == partitions, name
    [grouped] = [note for note in end["DataFrames"] if note["Name"] == "p_grouped"]
    assert (grouped["Columns"], grouped["Column Count"]) == (["id", "count"], 2)


def test_what_is_cached_and_who_uses_it(busy: Kernel) -> None:
    made = end_of(busy, "kept = spark.range(0, 10, 1, 3)", "made")
    assert "Storage Level" not in made["DataFrames"][0]
    marked = end_of(busy, "%time\nkept.cache(); other = kept.filter('id > 1')", "marked")
    assert "kept" in marked["DataFrames Used"]
    [state] = [state for state in marked["DataFrame States"] if state["Name"] == "kept"]
    assert state == {
        "Name": "kept",
        "Partitions": 3,
        "Planned": False,
        "Storage Level": "Disk Memory Deserialized 1x Replicated",
    }
    filled = end_of(busy, "for n in range(2): kept.count()", "filled")
    [state] = [state for state in filled["DataFrame States"] if state["Name"] == "kept"]
    blocks = {event["Block Updated Info"]["Block ID"] for event in busy.story.events("BlockUpdated")}
    assert {f"rdd_{state['RDD ID']}_{n}" for n in range(3)} <= blocks
    assert filled["DataFrames Used"] == ["kept"]
    idle = end_of(busy, "pass", "idle cell")
    assert (idle["DataFrame States"], idle["DataFrames Used"], idle["DataFrames"]) == ([], [], [])
    given = end_of(busy, "kept.unpersist(blocking=True)\ndel other", "given back")
    [state] = [state for state in given["DataFrame States"] if state["Name"] == "kept"]
    assert "Storage Level" not in state
    assert given["DataFrames Gone"] == ["other"]


def test_planning_stays_lazy(busy: Kernel) -> None:
    """Telling of a DataFrame makes no plan for it."""
    code = """
lazy = spark.range(10).groupBy('id').count()
query = lazy._jdf.queryExecution()
"""
    end_of(busy, code, "lazy")
    look = """
def planned():
    kind = query.getClass()
    names = [field.getName() for field in kind.getDeclaredFields()]
    def read(of, name):
        field = of.getClass().getDeclaredField(name); field.setAccessible(True); return field.get(of)
    if 'lazyExecutedPlan' in names: return read(read(query, 'lazyExecutedPlan'), 'tryT') is not None
    return read(query, 'executedPlan') is not None
print(planned())
lazy.collect()
print(planned())
"""
    assert busy.ok(look, "look").text == "False\nTrue\n"
    story = busy.settle("look")
    [end] = [event for event in story.events("CellEnd") if event["Run ID"] in story.runs_of("look")]
    [state] = [state for state in end["DataFrame States"] if state["Name"] == "lazy"]
    assert state["Planned"] is False and state["Partitions"] >= 1


def test_a_hundred_variables(busy: Kernel) -> None:
    """How long is printed, not judged: a busy machine is no fault."""
    notes = notes_of(
        busy,
        "for n in range(100): globals()[f'f{n}'] = spark.range(n).filter('id > 1').selectExpr('id + 1 AS n')",
        "hundred",
    )
    assert len(notes) == 100
    code = """
from time import perf_counter
import sys
module, watch = sys.modules['sparkglass.kernel.dataframes'], sys.modules['sparkglass.kernel.attach']._watch
def look(times):
    frames = module.DataFrames()
    begin = perf_counter(); frames.changed(globals(), watch.driver.data_frames); times[0].append((perf_counter() - begin) * 1000)
    begin = perf_counter(); frames.changed(globals(), watch.driver.data_frames); times[1].append((perf_counter() - begin) * 1000)
times = [], []
for _ in range(50): look(times)
print(times)
"""
    first, again = eval(busy.ok(code, "timing").text)
    print(
        f"\n100 DataFrames: {statistics.median(first):.2f} ms when all are new, {statistics.median(again):.2f} ms when none is"
    )
    assert notes_of(busy, "for n in range(130): globals()[f'g{n}'] = spark.range(n)", "more") != {}
    busy.ok(
        "for name in [name for name in globals() if name[0] in 'fg' and name[1:].isdigit()]: del globals()[name]",
        "tidy",
    )
