"""A real Kafka broker for the tests of one file: the same that ``npm run kafka`` starts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kernels import ROOT
from wire import PATIENCE


@dataclass
class Kafka:
    """A running broker, and the jars of Spark's connector by the beginning of Spark's version."""

    address: str
    spark: dict[str, list[str]]


@contextmanager
def kafka() -> Iterator[Kafka]:
    """Starts a broker on a free port; it ends, and its data are deleted, when its input does, also when this process is killed."""
    command = ["node", str(ROOT / "scripts" / "kafka.mjs"), "--port=0", "--piped"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout
    said = []
    try:
        for line in process.stdout:
            if line.startswith("{"):
                yield Kafka(**json.loads(line))
                break
            said.append(line)
        else:
            raise AssertionError("Kafka did not start: " + "".join(said))
    finally:
        process.communicate(timeout=PATIENCE)
