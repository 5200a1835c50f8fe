"""The rows of a line whose labels have not come, and what was predicted of them."""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .scoring import is_many

if TYPE_CHECKING:
    from .lines import Line

# Rows of a line that may await their labels; beyond it the oldest are let go.
MOST_AWAITED = 100_000
# The delays are those of so many labels, the newest.
_NEWEST = 1000


class Foretold(NamedTuple):
    """What was predicted of a row, the how-manieth of its line it is, and the row itself for who learns it."""

    place: int
    prediction: Any
    row: Any


class Awaited:
    """The rows of a line whose labels have not come. Its owner sees to it that one thread is in it at a time.

    Attributes
    ----------
    predicted
        Rows that have come so far.
    """

    def __init__(self, predicted: int) -> None:
        self.predicted = predicted
        self.has_news = False
        self._rows: dict[Any, Foretold] = {}
        self._delays: deque[int] = deque(maxlen=_NEWEST)
        self._labelled = 0
        self._let_go = 0

    def note(self, keys: Sequence[Any], predictions: Sequence[Any], rows: Sequence[Any] | None) -> list[str]:
        """Keeps what was predicted; the mistakes that were met."""
        met: list[str] = []
        for n, (key, prediction) in enumerate(zip(keys, predictions, strict=True)):
            self.predicted += 1
            if key in self._rows:
                met.append("key predicted twice")
                continue
            self._rows[key] = Foretold(self.predicted, prediction, None if rows is None else rows[n])
        while len(self._rows) > MOST_AWAITED:
            del self._rows[next(iter(self._rows))]
            self._let_go += 1
            met.append("rows let go")
        self.has_news = True
        return list(dict.fromkeys(met))

    def answer(self, keys: Sequence[Any], labels: Sequence[Any]) -> tuple[list[Foretold], list[Any], int]:
        """The rows whose labels have come and the labels, in the order in which the rows came; and how many labels no row awaits."""
        found: list[tuple[Foretold, Any]] = []
        unknown = 0
        for key, label in zip(keys, labels, strict=True):
            if label is None or label != label:
                continue  # it says that there is no label yet
            row = self._rows.pop(key, None)
            if row is None:
                unknown += 1
            else:
                found.append((row, label))
        found.sort(key=lambda each: each[0].place)
        self._delays.extend(self.predicted - row.place for row, _ in found)
        self._labelled += len(found)
        self.has_news = self.has_news or bool(found)
        return [row for row, _ in found], [label for _, label in found], unknown

    def event(self, curve: int, line: int) -> dict[str, Any]:
        """How things stand, for the page."""
        self.has_news = False
        delays = [statistics.median(self._delays), max(self._delays)] if self._delays else None
        return {
            "Event": "SparkglassCurveAwaited",
            "Curve": curve,
            "Line": line,
            "Awaited": len(self._rows),
            "Labelled": self._labelled,
            "Delays": delays,
            "Let Go": self._let_go,
            "Time": int(time.time() * 1000),
        }


def listed(values: Any) -> list[Any]:
    """One value, or many of anybody's, as a list of Python's own: only those find each other in a dict."""
    if not is_many(values):
        return [values.item() if hasattr(values, "item") else values]
    return values.tolist() if hasattr(values, "tolist") else list(values)


def tell_mistakes(line: Line, met: Sequence[str]) -> None:
    """Says what was met while rows came."""
    for name in met:
        if name == "rows let go":
            line.curve.mistake(
                name,
                f"{line.name} awaits the labels of the newest {MOST_AWAITED} rows; older ones are let go, and not scored.",
                line,
            )
        else:
            line.curve.mistake(
                name,
                f"{line.name} has predicted two rows of one key while their labels are awaited: the first counts. Give each row a key of "
                "its own.",
                line,
            )


def tell_unknown(line: Line, labels: int) -> None:
    """Says that labels came of which no row is awaited."""
    if labels:
        line.curve.mistake(
            "label of no row",
            f"{labels} of the labels that came for {line.name} are of no row that awaits one: it was never predicted, or has its label. "
            "They are left out.",
            line,
        )
