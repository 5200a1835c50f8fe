"""What can go wrong with a stream, done on purpose: a broken sensor, a flood of forged rows, a drift.

A fault says where it acts, in positions of rows, and what it makes of the columns there. The same few lines work on numpy arrays and
on Spark's columns, so a recipe gives the same rows with Spark and without (``injected.inject``). Faults replace values and never add
or take away rows: a position is the same row before and after, and ``start`` and ``end`` are places on the axis of examples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["BrokenSensor", "Change", "Drift", "Fault", "Flood", "draw"]

# A prime below 2^31: products of two remainders stay below 2^63, where Spark 4's arithmetic would raise and numpy's would wrap.
PRIME = 2**31 - 1


@dataclass(frozen=True)
class Change:
    """Where ``condition`` holds, ``column`` has ``value``: arrays or Spark columns, or one value."""

    column: str
    condition: Any
    value: Any


@dataclass(frozen=True)
class BrokenSensor:
    """A column that is stuck at ``value`` from position ``start`` until before ``end``; None where the sensor is silent (null)."""

    column: str
    start: float
    end: float
    value: Any = 0.0
    name: str = "broken sensor"

    kind = "fault"
    pattern = "sensor"

    def __post_init__(self) -> None:
        _check_band(self.name, self.start, self.end)

    def columns(self) -> list[str]:
        """The columns that it changes."""
        return [self.column]

    def changes(self, columns: Mapping[str, Any], position: Any, chance: Any) -> Iterator[Change]:
        """What it makes of ``columns``, given the position of each row and a number from [0, 1) for each."""
        yield Change(self.column, _within(position, self.start, self.end), self.value)


@dataclass(frozen=True)
class Flood:
    """One forged row, its label among it, in place of each row (or of a ``share`` of them) from ``start`` until before ``end``.

    The forged rows push the others out, as a full queue would; so the stream keeps its pace and its positions.
    """

    row: Mapping[str, Any]
    start: float
    end: float
    share: float = 1.0
    name: str = "flood"

    kind = "fault"
    pattern = "flood"

    def __post_init__(self) -> None:
        _check_band(self.name, self.start, self.end)
        if not 0 < self.share <= 1:
            raise ValueError(f"share of the fault {self.name!r} is above 0 and at most 1, not {self.share!r}.")
        if not self.row:
            raise ValueError(f"The fault {self.name!r} has an empty row: give the forged values by column.")

    def columns(self) -> list[str]:
        """The columns that it changes."""
        return list(self.row)

    def changes(self, columns: Mapping[str, Any], position: Any, chance: Any) -> Iterator[Change]:
        """What it makes of ``columns``, given the position of each row and a number from [0, 1) for each."""
        forged = _within(position, self.start, self.end)
        if self.share < 1:
            forged = forged & (chance < self.share)
        for column, value in self.row.items():
            yield Change(column, forged, value)


@dataclass(frozen=True)
class Drift:
    """Another concept from position ``start``: labels change by ``labels`` (old to new), numbers move by ``shift``.

    ``sudden``: at once, and until ``end`` if there is one. ``gradual``: from ``start`` to ``end`` ever more rows are of the new
    concept, all of them after ``end``. ``recurring``: ``period`` rows of the new concept, as many of the old, and so on until ``end``.
    """

    start: float
    end: float | None = None
    labels: Mapping[Any, Any] = field(default_factory=dict)
    label: str = "label"
    shift: Mapping[str, float] = field(default_factory=dict)
    pattern: Literal["sudden", "gradual", "recurring"] = "sudden"
    period: float | None = None
    name: str = "drift"

    kind = "drift"

    def __post_init__(self) -> None:
        if self.end is not None:
            _check_band(self.name, self.start, self.end)
        if self.pattern not in ("sudden", "gradual", "recurring"):
            raise ValueError(f"pattern of {self.name!r} is 'sudden', 'gradual' or 'recurring', not {self.pattern!r}.")
        if self.pattern == "gradual" and self.end is None:
            raise ValueError(f"The gradual drift {self.name!r} needs an end: where the new concept has taken over.")
        if self.pattern == "recurring" and not (self.period and self.period > 0):
            raise ValueError(f"The recurring drift {self.name!r} needs a period: how many rows a concept lasts.")
        if not self.labels and not self.shift:
            raise ValueError(
                f"The drift {self.name!r} changes nothing: give labels={{old: new}} or shift={{column: by}}."
            )

    def columns(self) -> list[str]:
        """The columns that it changes."""
        return [*([self.label] if self.labels else []), *self.shift]

    def changes(self, columns: Mapping[str, Any], position: Any, chance: Any) -> Iterator[Change]:
        """What it makes of ``columns``, given the position of each row and a number from [0, 1) for each."""
        new = self._new(position, chance)
        for old, label in self.labels.items():
            yield Change(self.label, new & (columns[self.label] == old), label)
        for column, by in self.shift.items():
            yield Change(column, new, columns[column] + by)

    def _new(self, position: Any, chance: Any) -> Any:
        """Which rows are of the new concept."""
        if self.pattern == "gradual" and self.end is not None:
            return chance * (self.end - self.start) < position - self.start
        new = position >= self.start if self.end is None else _within(position, self.start, self.end)
        if self.pattern == "recurring" and self.period:
            # Before the start the remainder means nothing, in any of the two arithmetics.
            new = new & ((position - self.start) % (2 * self.period) < self.period)
        return new


Fault = BrokenSensor | Flood | Drift


def draw(position: Any, seed: int) -> Any:
    """A number in [0, 1) for each whole position, the same from numpy and from Spark, and again when a batch is delivered again.

    Twice a quadratic and a linear remainder modulo a prime, as in a quadratic congruential generator (Knuth, TAOCP 2,
    3.2.2). Spark's own ``rand`` depends on partitions and on the run.
    """
    # Spark's remainder of a negative number is negative, numpy's is not: one more PRIME makes them equal.
    x = (position % PRIME + (PRIME + (seed * 1_000_003 + 12_345) % PRIME)) % PRIME
    for _ in range(2):
        x = ((x * x) % PRIME * 48_271 % PRIME + x * 69_621) % PRIME
    return x / PRIME


def _within(position: Any, start: float, end: float) -> Any:
    return (position >= start) & (position < end)


def _check_band(name: str, start: float, end: float) -> None:
    if not end > start:
        raise ValueError(f"The fault {name!r} ends at {end!r}, which is not after its start {start!r}.")
