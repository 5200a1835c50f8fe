"""Frames and the bounded history."""

from __future__ import annotations

import json
import os
import struct
import zlib

import pytest
from frame_reader import decode

from sparkglass.kernel.frames import PROTOCOL, History, pack_events, read_events, read_header, without_rows

SUMS = {"Event": "SparkglassTasksDropped", "Stage ID": 3, "Stage Attempt ID": 0, "Rows": 2}


def frame_with_rows(rows: int, size: int = 1000) -> bytes:
    """A frame whose row section cannot be told from a real one without unpacking it."""
    events = zlib.compress(b'{"Event":"x"}\n')
    sums = zlib.compress(json.dumps(SUMS).encode() + b"\n")
    section = os.urandom(size)
    lengths = (14, len(events), size, size, len(json.dumps(SUMS)) + 1, len(sums))
    return struct.pack("<4sHH8I", b"SGL1", PROTOCOL, 0, 1, rows, *lengths) + events + section + sums


def test_packs_events_as_lines() -> None:
    events = [{"Event": "a", "n": 1}, {"Event": "b", "text": "zażółć 🦆 \ud83d \u2028\n"}]
    frame = pack_events(events, application=3, flags=1)
    assert decode(frame).events == events
    assert read_events(frame) == events
    assert (decode(frame).application, decode(frame).is_backfill) == (3, True)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (b"SGL1", "at least 40 bytes"),
        (b"x" * 40, "begins with SGL1"),
        (b"SGL1" + struct.pack("<H", 2) + b"\0" * 34, "protocol 2 instead of 1"),
    ],
)
def test_refuses_what_it_cannot_read_in_words(frame: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_header(frame)


def test_rows_go_and_their_sums_stay() -> None:
    shorter = without_rows(frame_with_rows(7))
    assert read_header(shorter).rows == 7
    assert len(shorter) < 200
    left = decode(shorter)
    assert (left.flags, left.rows, left.sums, left.events) == (2, [], [SUMS], [{"Event": "x"}])
    assert without_rows(shorter) == shorter


def test_history_numbers_without_holes_and_pages_by_size() -> None:
    history = History()
    frames = [pack_events([{"Event": "e", "n": n, "pad": os.urandom(200).hex()}]) for n in range(10)]
    assert [history.add(frame) for frame in frames] == list(range(1, 11))
    assert history.since(1, 1 << 20) == (1, frames)
    assert history.since(4, len(frames[3]) + len(frames[4])) == (4, frames[3:5])
    assert history.since(4, 1) == (4, frames[3:4])
    assert history.since(0, 1) == (1, frames[:1])
    assert history.since(11, 1 << 20) == (11, [])
    assert history.since(500, 1 << 20) == (500, [])


def test_over_the_limit_rows_go_first_then_the_oldest_frames() -> None:
    history = History(limit=20_000)
    for _ in range(40):
        history.add(frame_with_rows(10))
    assert history.size_bytes <= 20_000
    first, frames = history.since(1, 1 << 20)
    assert first == 1, "no event may be lost while there are rows to drop"
    assert len(frames) == 40
    gone = [n for n, frame in enumerate(frames) if decode_flags(frame) & 2]
    assert gone == list(range(len(gone))), "the oldest rows go first"
    assert 0 < len(gone) < 40
    assert history.rows_gone == 10 * len(gone)
    for _ in range(200):
        history.add(frame_with_rows(10))
    first, frames = history.since(1, 1 << 20)
    assert history.size_bytes <= 20_000
    assert first > 1
    assert first + len(frames) - 1 == history.last == 240
    assert sum(len(frame) for frame in frames) == history.size_bytes


def test_one_frame_above_the_limit_is_kept() -> None:
    history = History(limit=500)
    history.add(pack_events([{"Event": "small"}]))
    history.add(frame_with_rows(1, 5000))
    first, frames = history.since(1, 1 << 20)
    assert len(frames) == 1
    assert first == history.last == 2


def decode_flags(frame: bytes) -> int:
    return read_header(frame).flags
