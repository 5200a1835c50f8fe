"""Parts of a scenario that count as runs of notebook cells: their jobs carry the run's id, as in a notebook."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyspark import SparkContext

_number = 0


def _write(event: dict[str, object]) -> None:
    with Path(os.environ["FIXTURE_CELLS"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(event) + "\n")


@contextmanager
def cell(sc: SparkContext, name: str, cell_id: str | None = None) -> Iterator[None]:
    """What is done within it is done by the run `name`; the log gets the two lines that a recording would have.

    Runs with the same `cell_id` are runs of one cell.
    """
    global _number
    _number += 1
    same = {"Run ID": name, "Cell ID": cell_id or name}
    _write({"Event": "SparkglassCellStart", **same, "Number": _number, "Time": int(time.time() * 1000)})
    sc.setLocalProperty("sparkglass.cell", name)
    yield
    sc.setLocalProperty("sparkglass.cell", None)
    _write({"Event": "SparkglassCellEnd", **same, "Time": int(time.time() * 1000), "Status": "ok"})
