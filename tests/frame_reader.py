"""Reads frames as docs/protocol.md describes them, independent of what writes them."""

from __future__ import annotations

import json
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Event = dict[str, Any]
Row = dict[str, int]

# The document is the contract, so the columns are the ones it names.
_PROTOCOL = (Path(__file__).parent.parent / "docs" / "protocol.md").read_text(encoding="utf-8")
_TABLE = re.findall(r"^\| (\d+) \| (\w+) \| (Δ?) *\|", _PROTOCOL, re.MULTILINE)
COLUMNS = [name for _, name, _ in _TABLE]
DELTA = {name for _, name, delta in _TABLE if delta}
METRICS = COLUMNS[COLUMNS.index("executorDeserializeTimeMs") :]
assert [int(number) for number, _, _ in _TABLE] == list(range(42))
STARTED, ENDED, RUNNING, FETCHING = range(4)
SPECULATIVE, FAILED, KILLED, HAS_METRICS = 1, 2, 4, 8


@dataclass
class Frame:
    """A decoded frame."""

    application: int
    flags: int
    events: list[Event]
    rows: list[Row]
    sums: list[Event]
    size: int

    @property
    def is_backfill(self) -> bool:
        return bool(self.flags & 1)


def decode(frame: bytes) -> Frame:
    """Raises AssertionError where the bytes are not what the protocol says."""
    magic, version, flags, application, count, *lengths = struct.unpack_from("<4sHH8I", frame)
    assert (magic, version) == (b"SGL1", 1)
    assert len(frame) == 40 + lengths[1] + lengths[3] + lengths[5]
    sections = []
    at = 40
    for raw, packed in zip(lengths[::2], lengths[1::2], strict=True):
        data = zlib.decompress(frame[at : at + packed]) if packed else b""
        assert len(data) == raw
        sections.append(data)
        at += packed
    return Frame(
        application,
        flags,
        _lines(sections[0]),
        _rows(sections[1], count) if sections[1] else [],
        _lines(sections[2]),
        len(frame),
    )


def _lines(data: bytes) -> list[Event]:
    assert not data or data.endswith(b"\n")
    return [json.loads(line) for line in data.decode().split("\n")[:-1]]


def _rows(data: bytes, count: int) -> list[Row]:
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                assert value < 1 << 54
                return value
            shift += 7

    columns = []
    for name in COLUMNS:
        mode = data[at]
        at += 1
        if mode == 0:
            columns.append([0] * count)
            continue
        values = [varint()] * count if mode == 1 else [varint() for _ in range(count)]
        if name in DELTA:
            total = 0
            for n, value in enumerate(values):
                total += value >> 1 if value % 2 == 0 else -(value >> 1) - 1
                values[n] = total
        columns.append(values)
    assert at == len(data)
    return [dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)]


class Story:
    """What the frames of one kernel tell, in order."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def add(self, frame: bytes) -> None:
        self.frames.append(decode(frame))

    def events(self, name: str, application: int | None = None) -> list[Event]:
        """Events of a kind (``JobStart`` or a full name)."""
        names = (name, f"SparkListener{name}", f"Sparkglass{name}")
        return [
            event
            for frame in self.frames
            if application is None or frame.application == application
            for event in frame.events
            if event["Event"] in names or event["Event"].endswith(f".SparkListener{name}")
        ]

    def rows(self, application: int = 1, kind: int | None = ENDED) -> list[Row]:
        return [
            row
            for frame in self.frames
            if frame.application == application
            for row in frame.rows
            if kind is None or row["kind"] == kind
        ]

    def strings(self, application: int = 1) -> list[str]:
        strings: list[str] = []
        for event in self.events("Strings", application):
            strings[event["Base"] :] = event["Values"]
        return strings

    def jobs_of(self, cell: str, application: int | None = None) -> list[Event]:
        """The jobs that carry a run of this cell."""
        return [job for job in self.events("JobStart", application) if run_of(job).rpartition("/")[0] == cell]

    def runs_of(self, cell: str) -> list[str]:
        runs = [event["Run ID"] for event in self.events("CellStart") if event["Cell ID"] == cell]
        return list(dict.fromkeys(runs))

    def notices(self) -> list[str]:
        return [event["Code"] for event in self.events("Notice")]

    def is_settled(self, cell: str) -> bool:
        """Whether this cell's runs have ended and no job is open."""
        ended = {event["Run ID"] for event in self.events("CellEnd")}
        runs = self.runs_of(cell)
        over = {
            (frame.application, event["Job ID"])
            for frame in self.frames
            for event in frame.events
            if event["Event"] == "SparkListenerJobEnd"
        }
        begun = {
            (frame.application, event["Job ID"])
            for frame in self.frames
            for event in frame.events
            if event["Event"] == "SparkListenerJobStart"
        }
        return bool(runs) and ended.issuperset(runs) and over.issuperset(begun)


def run_of(job: Event) -> str:
    """The run id on a JobStart; empty when there is none."""
    return job["Properties"].get("sparkglass.cell", "")
