"""Frames: the bytes that travel to the page, and the bounded memory of those already sent (docs/protocol.md, sections 1 and 6)."""

from __future__ import annotations

import json
import struct
import threading
import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple

PROTOCOL = 1
BACKFILL = 1
ROWS_GONE = 2

_HEADER = struct.Struct("<4sHH8I")


class Header(NamedTuple):
    """The fixed 40 bytes before a frame's sections; lengths in bytes."""

    flags: int
    application: int
    rows: int
    events_raw: int
    events_packed: int
    rows_raw: int
    rows_packed: int
    sums_raw: int
    sums_packed: int


def pack_events(events: Iterable[dict[str, Any]], application: int = 0, flags: int = 0) -> bytes:
    """A frame of event lines without task rows.

    Parameters
    ----------
    events
        JSON-able events, in order; each has a key ``Event``.
    application
        0 for the kernel itself, n for its n-th SparkContext.
    """
    text = "".join(json.dumps(event, separators=(",", ":")) + "\n" for event in events)
    raw = text.encode()
    packed = zlib.compress(raw, 1)
    header = _HEADER.pack(b"SGL1", PROTOCOL, flags, application, 0, len(raw), len(packed), 0, 0, 0, 0)
    return header + packed


def read_header(frame: bytes) -> Header:
    """Raises ValueError when the bytes are no frame of this protocol."""
    if len(frame) < _HEADER.size:
        raise ValueError(f"a frame has at least {_HEADER.size} bytes, this one {len(frame)}")
    magic, version, *rest = _HEADER.unpack_from(frame)
    if magic != b"SGL1":
        raise ValueError(f"a frame begins with SGL1, this one with {magic!r}")
    if version != PROTOCOL:
        raise ValueError(f"protocol {version} instead of {PROTOCOL}")
    return Header(*rest)


def read_events(frame: bytes) -> list[dict[str, Any]]:
    """The event lines of a frame; for tests and tools."""
    header = read_header(frame)
    raw = zlib.decompress(frame[40 : 40 + header.events_packed]) if header.events_packed else b""
    return [json.loads(line) for line in raw.splitlines()]


def without_rows(frame: bytes) -> bytes:
    """The same frame without its task rows; its sums stay, so counts and totals are not lost."""
    h = read_header(frame)
    if not h.rows_packed:
        return frame
    start = _HEADER.size + h.events_packed
    head = _HEADER.pack(
        b"SGL1",
        PROTOCOL,
        h.flags | ROWS_GONE,
        h.application,
        h.rows,
        h.events_raw,
        h.events_packed,
        0,
        0,
        h.sums_raw,
        h.sums_packed,
    )
    return head + frame[_HEADER.size : start] + frame[start + h.rows_packed :]


class History:
    """Every frame of this kernel, numbered from 1, in at most ``limit`` bytes.

    Over the limit the oldest task rows go first, a frame at a time; when no rows are left, whole frames go, oldest first (the page then
    shows a gap). Safe to use from several threads.
    """

    def __init__(self, limit: int = 64 << 20) -> None:
        self._lock = threading.Lock()
        self._frames: dict[int, bytes] = {}
        self._limit = limit
        self._size = 0
        self._last = 0
        self._rows_kept_from = 1
        self.rows_gone = 0

    @property
    def last(self) -> int:
        """Number of the newest frame; 0 when there is none."""
        return self._last

    @property
    def size_bytes(self) -> int:
        """Memory in use."""
        return self._size

    def add(self, frame: bytes) -> int:
        """Keeps a frame and returns its number."""
        with self._lock:
            self._last += 1
            self._frames[self._last] = frame
            self._size += len(frame)
            if self._size > self._limit:
                self._shrink()
            return self._last

    def _shrink(self) -> None:
        while self._size > self._limit and self._rows_kept_from < self._last:
            number = self._rows_kept_from
            frame = self._frames.get(number)
            if frame is not None and read_header(frame).rows_packed:
                self.rows_gone += read_header(frame).rows
                shorter = without_rows(frame)
                self._size -= len(frame) - len(shorter)
                self._frames[number] = shorter
            self._rows_kept_from += 1
        while self._size > self._limit and len(self._frames) > 1:
            self._size -= len(self._frames.pop(next(iter(self._frames))))

    def since(self, first: int, limit: int) -> tuple[int, list[bytes]]:
        """Frames from number ``first`` on, at least one and then up to ``limit`` bytes together.

        Returns
        -------
        tuple
            The number of the first frame returned, and the frames, numbered without holes from it.
        """
        with self._lock:
            oldest = next(iter(self._frames), self._last + 1)
            start = max(first, oldest, 1)
            frames: list[bytes] = []
            size = 0
            for number in range(start, self._last + 1):
                frame = self._frames[number]
                if frames and size + len(frame) > limit:
                    break
                frames.append(frame)
                size += len(frame)
            return start, frames
