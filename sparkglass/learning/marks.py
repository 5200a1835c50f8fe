"""Marks on a curve: what happened at a moment or over a stretch of examples."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from . import telling

if TYPE_CHECKING:
    from .axes import Axes
    from .lines import Line

KINDS = ("fault", "drift", "detection", "retrain", "policy", "version", "mark", "mistake")
DIRECTIONS = ("worse", "better")
# Of a drift; of a fault.
PATTERNS = ("sudden", "gradual", "recurring", "sensor", "flood")


class Mark:
    """Made by ``Curve.mark``; can be changed afterwards, and closed as a context manager.

    Attributes
    ----------
    start, end
        In examples; ``end`` is None for a moment, and for what is not over yet.
    """

    def __init__(self, curve: Axes, ordinal: int, kind: str, name: str, **fields: Any) -> None:
        self.curve = curve
        self.ordinal = ordinal
        self.kind = kind
        self.name = name
        self.detail: str = ""
        self.start: float | None = None
        self.end: float | None = None
        self.line: Line | None = None
        self.direction: str | None = None
        self.pattern: str | None = None
        self.update(**fields)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name!r} of {self.curve.name!r}: {self.start} to {self.end}>"

    def update(self, **fields: Any) -> None:
        """Changes some of ``name``, ``detail``, ``start``, ``end``, ``line``, ``direction``, ``pattern``, and tells of it.

        Raises
        ------
        TypeError
            For another name.
        ValueError
            For a direction or a pattern that there is not.
        """
        for key, value in fields.items():
            if key not in ("name", "detail", "start", "end", "line", "direction", "pattern"):
                raise TypeError(f"a mark has no {key!r}")
            if key == "direction" and value is not None:
                one_of("direction", value, DIRECTIONS)
            if key == "pattern" and value is not None:
                one_of("pattern", value, PATTERNS)
            setattr(self, key, value)
        telling.tell(
            {
                "Event": "SparkglassCurveMark",
                "Curve": self.curve.ordinal,
                "Line": None if self.line is None else self.line.ordinal,
                "Mark": self.ordinal,
                "Kind": self.kind,
                "Name": str(self.name),
                "Detail": str(self.detail),
                "Start": self.start,
                "End": self.end,
                "Direction": self.direction,
                "Pattern": self.pattern,
                "Time": int(time.time() * 1000),
            }
        )

    def close(self, end: float | None = None) -> None:
        """It is over: at ``end`` examples, or now."""
        self.update(end=self.curve.come if end is None else end)

    def __enter__(self) -> Mark:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def one_of(what: str, value: Any, known: tuple[str, ...]) -> None:
    """Raises ValueError in words when a value is none of the known ones."""
    if value not in known:
        raise ValueError(f"{what} must be one of {', '.join(known)}, not {value!r}")
