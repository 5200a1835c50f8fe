"""Streaming queries: a watermark with late rows over files, a restart from a checkpoint, `foreachBatch`, rates, and one that fails.

The last line of the log is no event of Spark: what `recentProgress` of each run said.
"""

import json
import os
import time
from pathlib import Path

import pyspark
from pyspark.sql import functions as F
from session import start

spark = start("streams", "local[2]", sql_shuffle_partitions="2", sql_streaming_noDataProgressEventInterval="200")
local = Path(os.environ["FIXTURE_LOCAL"])
said = {}


def keep(query):
    said[query.runId] = {
        "id": query.id,
        "name": query.name,
        "isActive": query.isActive,
        "exception": str(query.exception()) if query.exception() else None,
        "progress": [json.loads(one.json()) for one in query._jsq.recentProgress()],
    }


def write(name, *times):
    rows = "".join(json.dumps({"at": at, "n": n}) + "\n" for n, at in enumerate(times))
    part = local / f".{name}"
    part.write_text(rows)
    part.rename(local / "in" / f"{name}.json")


(local / "in").mkdir()
events = spark.readStream.schema("at TIMESTAMP, n INT").option("maxFilesPerTrigger", 1).json(str(local / "in"))
counts = events.withWatermark("at", "10 seconds").groupBy(F.window("at", "10 seconds")).count()


def sums():
    writer = counts.writeStream.queryName("late rows").outputMode("append").format("noop")
    return writer.option("checkpointLocation", str(local / "checkpoint")).start()


write("a", *(f"2026-01-01T10:00:{second:02}Z" for second in range(0, 30, 3)))
query = sums()
query.processAllAvailable()
write("b", *(f"2026-01-01T10:01:{second:02}Z" for second in range(0, 30, 3)))
query.processAllAvailable()
write("c", "2026-01-01T10:00:01Z", "2026-01-01T10:01:31Z", "2026-01-01T10:00:02Z")
query.processAllAvailable()
time.sleep(1)
query.stop()
keep(query)
write("d", "2026-01-01T10:02:00Z")
query = sums()
query.processAllAvailable()
query.stop()
keep(query)

rates = spark.readStream.format("rate").option("rowsPerSecond", 40).load()
query = rates.writeStream.queryName("rates").trigger(processingTime="500 milliseconds").format("memory").start()
each = rates.writeStream.foreachBatch(lambda frame, batch: frame.count()).trigger(processingTime="1 second").start()
time.sleep(6)
for one in (query, each):
    one.stop()
    keep(one)

query = rates.writeStream.queryName("broken").foreachBatch(lambda frame, batch: undefined_name(frame)).start()  # noqa: F821
try:
    query.awaitTermination(60)
except Exception:
    pass
keep(query)
line = {"Event": "FixtureProgress", "Time": 1 << 50, "Queries": said}
text = json.dumps(line, separators=(",", ":"))
here = {
    local.parent: "/tmp/spark",
    Path(__file__).parent: "/home/reader",
    Path(pyspark.__file__).parents[1]: "/opt/python",
}
for path, there in here.items():
    text = text.replace(str(path), there)
Path(os.environ["FIXTURE_CELLS"]).write_text(text + "\n")
spark.stop()
