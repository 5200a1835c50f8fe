"""DStreams: files with words counted and kept by key, two output operations; and a second StreamingContext with a receiver of a socket.

The last line of the log is no event of Spark: how many lines each batch had, by its time.
"""

import json
import os
import socket
import threading
import time
import warnings
from pathlib import Path

from pyspark.streaming import StreamingContext
from session import start

warnings.simplefilter("ignore")
spark = start("dstreams", "local[2]", streaming_ui_retainedBatches="10")
sc = spark.sparkContext
local = Path(os.environ["FIXTURE_LOCAL"])
folder = local / "in"
folder.mkdir()
read = {}


def count(at, rdd):
    lines = rdd.count()
    if lines:
        read[str(int(at.timestamp() * 1000))] = lines


def write(number):
    part = local / f".{number}"
    part.write_text("".join(f"spark reads line {n % 3}\n" for n in range(10 + number)))
    part.rename(folder / f"{number}.txt")


sc.setLocalProperty("sparkglass.cell", "files/1")
context = StreamingContext(sc, 1)
context.checkpoint(str(local / "checkpoint"))
lines = context.textFileStream(folder.as_uri())
words = lines.flatMap(lambda line: line.split()).map(lambda word: (word, 1))
words.updateStateByKey(lambda new, old: sum(new) + (old or 0), 2).pprint(2)
lines.foreachRDD(count)
context.start()
for number in range(4):
    time.sleep(1.5)
    write(number)
time.sleep(3)
context.stop(stopSparkContext=False, stopGraceFully=True)

sc.setLocalProperty("sparkglass.cell", "socket/2")
server = socket.create_server(("127.0.0.1", 0))


def send():
    reader, _ = server.accept()
    for number in range(40):
        reader.sendall(f"line {number}\n".encode())
        time.sleep(0.1)


threading.Thread(target=send, daemon=True).start()
context = StreamingContext(sc, 1)
context.socketTextStream("127.0.0.1", server.getsockname()[1]).map(lambda line: line.upper()).pprint(2)
context.start()
time.sleep(5)
context.stop(stopSparkContext=False, stopGraceFully=False)

said = {"Event": "FixtureBatches", "Time": 1 << 50, "Lines": read}
Path(os.environ["FIXTURE_CELLS"]).write_text(json.dumps(said, separators=(",", ":")) + "\n")
spark.stop()
