import type { ITranslation } from '../draw/words';
import type { LearningKind } from './learning-code';
import type { ReadyKind } from './ready-cells';
import { start } from './session-code';

const RATES =
  'rates = spark.readStream.format("rate").option("rowsPerSecond", 10).load()';

const session = (trans: ITranslation): string => `# ${trans.__(
  'A Spark session on all cores of this machine, or the one that is there already.'
)}
from pyspark.sql import SparkSession, functions as F

spark = SparkSession.builder.master("local[*]").appName("notebook").getOrCreate()
spark`;

const rate = (trans: ITranslation): string => `# ${trans.__(
  'Ten numbers a second, read and let go; the Stream tab below shows and stops it, and so does query.stop().'
)}
${start('from pyspark.sql import SparkSession', 'rates')}

${RATES}
query = rates.writeStream.queryName("rates").format("noop").start()`;

const files = (trans: ITranslation): string => `# ${trans.__(
  'Reads a folder into which a thread moves a small JSON file twice a second, as long as the query runs.'
)}
${start(
  `import json
import random
import tempfile
import threading
import time
from datetime import datetime, timezone
from pathlib import Path

from pyspark.sql import SparkSession`,
  'files'
)}

folder = Path(tempfile.mkdtemp(prefix="stream-"))
(folder / "in").mkdir()
events = spark.readStream.schema("time TIMESTAMP, kind STRING, amount DOUBLE").json((folder / "in").as_uri())
query = (
    events.writeStream.queryName("files")
    .format("noop")
    .option("checkpointLocation", (folder / "checkpoint").as_uri())
    .start()
)


def write_files(folder, query):
    number = 0
    while query.isActive:
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        rows = [{"time": now, "kind": random.choice("abc"), "amount": round(random.uniform(0, 100), 2)} for _ in range(5)]
        whole = folder / "next.json"
        whole.write_text("\\n".join(json.dumps(row) for row in rows))
        whole.rename(folder / "in" / f"{number:06}.json")
        number += 1
        time.sleep(0.5)


threading.Thread(target=write_files, args=(folder, query), daemon=True).start()`;

const socket = (trans: ITranslation): string => `# ${trans.__(
  'Counts the words of lines that a thread sends through a socket, as long as the query runs; spark.table("words").show() prints them.'
)}
${start(
  `import random
import socket
import threading

from pyspark.sql import SparkSession, functions as F`,
  'words'
)}
spark.conf.set("spark.sql.shuffle.partitions", 4)

server = socket.create_server(("127.0.0.1", 0))
lines = (
    spark.readStream.format("socket")
    .option("host", "127.0.0.1")
    .option("port", server.getsockname()[1])
    .load()
)
words = lines.select(F.explode(F.split("value", " ")).alias("word")).groupBy("word").count()
query = words.writeStream.queryName("words").format("memory").outputMode("complete").start()


def send_lines(server, query):
    server.settimeout(0.5)
    readers = []
    while query.isActive:
        try:
            readers.append(server.accept()[0])
        except TimeoutError:
            pass
        line = " ".join(random.sample(["spark", "reads", "what", "a", "socket", "says"], 4))
        for reader in list(readers):
            try:
                reader.sendall(f"{line}\\n".encode())
            except OSError:
                readers.remove(reader)
    for one in [*readers, server]:
        one.close()


threading.Thread(target=send_lines, args=(server, query), daemon=True).start()`;

const KAFKA = `scala = "2.12" if pyspark.__version__.startswith("3.") else "2.13"
connector = f"org.apache.spark:spark-sql-kafka-0-10_{scala}:{pyspark.__version__}"
spark = SparkSession.builder.config("spark.jars.packages", connector).getOrCreate()`;

const kafka = (trans: ITranslation): string => `# ${trans.__(
  'Reads the topic "events" of Kafka at localhost:9092. Spark fetches its connector (spark.jars.packages) when the session is made: restart the kernel if there is one without.'
)}
${start('import pyspark\nfrom pyspark.sql import SparkSession', 'kafka', KAFKA)}

messages = (
    spark.readStream.format("kafka")
    .option("kafka.bootstrap.servers", "localhost:9092")
    .option("subscribe", "events")
    .option("startingOffsets", "earliest")
    .load()
    .selectExpr("CAST(key AS STRING)", "CAST(value AS STRING)", "partition", "offset", "timestamp")
)
query = messages.writeStream.queryName("kafka").format("noop").start()`;

const window = (trans: ITranslation): string => `# ${trans.__(
  'Counts rows in windows of 5 seconds; one is done when the watermark, 5 seconds behind the newest row, has passed it. spark.table("counts").show() prints those.'
)}
${start('from pyspark.sql import SparkSession, functions as F', 'counts')}
spark.conf.set("spark.sql.shuffle.partitions", 4)

${RATES}
counts = (
    rates.withWatermark("timestamp", "5 seconds")
    .groupBy(F.window("timestamp", "5 seconds"), (F.col("value") % 3).alias("kind"))
    .count()
)
query = counts.writeStream.queryName("counts").format("memory").outputMode("append").start()`;

const batches = (trans: ITranslation): string => `# ${trans.__(
  'Your own code for each batch, an ordinary DataFrame. A batch may come again after a failure, with the same number: so its folder is overwritten.'
)}
${start(
  `import tempfile
from pathlib import Path

from pyspark.sql import SparkSession`,
  'batches'
)}

${RATES}
folder = Path(tempfile.mkdtemp(prefix="stream-")).as_uri()


def write_batch(batch, number):
    batch.write.mode("overwrite").parquet(f"{folder}/rows/batch={number}")


query = (
    rates.writeStream.queryName("batches")
    .foreachBatch(write_batch)
    .option("checkpointLocation", f"{folder}/checkpoint")
    .trigger(processingTime="2 seconds")
    .start()
)`;

/** The code of the ready-made cells: each runs as it is, and may be run again. Its one comment is in the language of the words. */
export const CELL_CODE: Readonly<
  Record<Exclude<ReadyKind, LearningKind>, (trans: ITranslation) => string>
> = { session, rate, files, socket, kafka, window, batches };

/**
 * The code of a cell that shows a streaming DataFrame as a table which follows its batches.
 *
 * The batch is kept while it is counted, which computes all of its partitions: `tail()` alone would compute some, and leave the state of the
 * others behind. Values are cut before they leave Spark, and all else is in variables of one call, so that two previews do not mix. What a
 * stop breaks off is not told to Spark, whose search for the cause in a long message may overflow its stack.
 *
 * @param name - the variable that holds it.
 */
export function previewCode(name: string, trans: ITranslation): string {
  return `# ${trans.__(
    'The newest rows of %1, at most 20, batch by batch. The Stream tab below stops it, and so does preview_%1.stop().',
    name
  )}
from collections import deque
from html import escape

from IPython.display import HTML, display
from pyspark.errors import AnalysisException
from pyspark.sql import functions as F


def preview(frame, name, most=20):
    session = frame.sparkSession
    if "connect" in type(frame).__module__:
        raise TypeError("${trans.__('A preview needs Spark in this kernel; this DataFrame is another server’s (Spark Connect).')}")
    for other in session.streams.active:
        if other.name == name:
            other.stop()
    query = problem = None
    newest = deque(maxlen=most)
    table = display(HTML("${trans.__('waiting for the first batch')}"), display_id=True)

    def row(tag, cells):
        inner = "".join(f"<{tag}>{escape('null' if cell is None else str(cell))}</{tag}>" for cell in cells)
        return f"<tr>{inner}</tr>"

    def show(batch, number):
        columns = [f"c{i}" for i in range(len(batch.columns))]
        texts = batch.toDF(*columns).select([F.substring(F.col(c).cast("string"), 1, 200) for c in columns])
        texts.persist()
        try:
            count = texts.count()
            last = texts.tail(most)
        except Exception:
            if query is None or query.isActive:
                raise
            return
        finally:
            texts.unpersist()
        if mode == "complete":
            newest.clear()
        newest.extend((number, *values) for values in last)
        head = row("th", ["${trans.__('batch')}", *batch.columns])
        body = "".join(row("td", cells) for cells in reversed(newest))
        words = f"${trans.__('Batch %1; rows in it: %2', '{number}', '{count}')}"
        table.update(HTML(f"<p>{words}</p><table><thead>{head}</thead><tbody>{body}</tbody></table>"))

    shuffles = session.conf.get("spark.sql.shuffle.partitions")
    session.conf.set("spark.sql.shuffle.partitions", min(4, int(shuffles)))
    try:
        for mode in ("append", "update", "complete"):
            writer = frame.writeStream.queryName(name).outputMode(mode).foreachBatch(show)
            try:
                query = writer.trigger(processingTime="1 second").start()
                return query
            except AnalysisException as error:
                problem = problem or error
    finally:
        session.conf.set("spark.sql.shuffle.partitions", shuffles)
    raise problem


preview_${name} = preview(${name}, "preview_${name}")`;
}
