"""Sizes of shuffles and of cached blocks: what no event of Spark's log tells."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from frame_reader import Story
from kernels import Kernel

pytestmark = pytest.mark.spark


def shuffle_of(story: Story, cell: str, position: int = 0) -> dict[str, Any]:
    stages = [stage for job in story.jobs_of(cell) for stage in job["Stage IDs"]]
    return [event for event in story.events("Shuffle") if event["Stage ID"] in stages][position]


@pytest.mark.parametrize(
    ("maps", "reducers", "rows"),
    [(3, 5, 30_000), (2, 700, 200_000), (700, 2, 200_000), (80, 80, 200_000), (2, 2500, 200_000)],
)
def test_shuffle_sizes_are_those_of_the_tasks(busy: Kernel, maps: int, reducers: int, rows: int) -> None:
    cell = f"shuffle {maps} {reducers}"
    busy.ok(
        f"spark.range(0, {rows}, 1, {maps}).selectExpr('id % {rows // 3} AS k', 'repeat(string(id), 5) AS v')"
        f".repartition({reducers}, 'k').write.format('noop').mode('overwrite').save()",
        cell,
    )
    story = busy.settle(cell)
    shuffle = shuffle_of(story, cell)
    assert (shuffle["Maps"], shuffle["Reducers"]) == (maps, reducers)
    tasks = [row for row in story.rows() if row["stageId"] == shuffle["Stage ID"]]
    exact = sum(row["shuffleBytesWritten"] for row in tasks)
    share = shuffle["Sampled Maps"] / maps
    assert sum(shuffle["Map Sizes"]) == sum(shuffle["Reduce Sizes"])
    assert len(shuffle["Map Sizes"]) == min(maps, 512) and len(shuffle["Reduce Sizes"]) == min(reducers, 512)
    # Above 2,000 reducers Spark itself keeps averages only: rounded down, the empty ones apart.
    assert exact * share * (0.9 if reducers > 2000 else 1) <= sum(shuffle["Map Sizes"]) <= exact * share * 1.1
    if maps <= 512:
        for row in tasks:
            assert shuffle["Map Sizes"][row["index"]] == pytest.approx(row["shuffleBytesWritten"], rel=0.1)
    matrix = shuffle["Matrix"]
    cells = base64.b64decode(matrix["Log Sizes"])
    assert (matrix["Rows"], matrix["Columns"]) == (min(maps, 512), min(reducers, 512))
    assert len(cells) == matrix["Rows"] * matrix["Columns"]
    assert sum(1.1**size for size in cells if size) == pytest.approx(sum(shuffle["Map Sizes"]), rel=0.11)


def test_cached_blocks_come_and_go(busy: Kernel) -> None:
    before = {event["Block Updated Info"]["Block ID"] for event in busy.story.events("BlockUpdated")}
    busy.ok(
        "frame = spark.range(0, 1000, 1, 3).cache(); frame.count()\nrdd = sc.parallelize(range(100), 2).cache(); rdd.count()",
        "cached",
    )
    story = busy.settle("cached")
    blocks = {
        event["Block Updated Info"]["Block ID"]: event["Block Updated Info"]
        for event in story.events("BlockUpdated")
        if event["Block Updated Info"]["Block ID"] not in before
    }
    assert len(blocks) == 5
    assert all(block["Memory Size"] > 0 for block in blocks.values())
    number = {int(name.split("_")[1]) for name in blocks}
    assert len(number) == 2
    busy.ok("frame.unpersist(blocking=True); rdd.unpersist(blocking=True)", "uncached")
    busy.wait_for(lambda story: {event["RDD ID"] for event in story.events("UnpersistRDD")} >= number)
