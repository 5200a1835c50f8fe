"""The versions of a model that is served, and how its requests went."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

MOST_LATENCIES = 1000
# Versions that nobody has been told of yet; of more, the oldest are left out.
MOST_UNTOLD = 64


@dataclass(frozen=True)
class Version:
    """A model as it was published; nobody teaches it any more."""

    number: int
    model: Any
    trained_on: int
    """Examples that it has learnt from."""
    published_at: float
    """Seconds since 1970."""
    features: tuple[str, ...] | None
    """In the order of the model's columns; None where they have no names."""

    @property
    def width(self) -> int | None:
        """Columns that the model expects, where it is known."""
        if self.features is not None:
            return len(self.features)
        found = getattr(self.model, "n_features_in_", None)
        weights = getattr(self.model, "w_", None)
        if found is None and weights is not None:
            found = len(weights) - 1
        return None if found is None else int(found)


class Shelf:
    """Holds the version that answers; replacing it is one assignment, so a request has the old one or the new one.

    Parameters
    ----------
    seen
        How many examples there are by now; None where nobody counts.
    """

    def __init__(self, seen: Callable[[], int] | None = None) -> None:
        self.current: Version | None = None
        self.requests = 0
        self.errors = 0
        self.has_news = True
        self._untold: deque[tuple[int, int, int]] = deque(maxlen=MOST_UNTOLD)
        self._latencies_ms: deque[float] = deque(maxlen=MOST_LATENCIES)
        self._lock = threading.Lock()
        self._seen = seen

    def publish(self, model: Any, trained_on: int, features: Sequence[str] | None) -> Version:
        """Puts a model in the place of the one that answers."""
        if features is None:
            features = getattr(model, "feature_names_in_", None)
        names = None if features is None else tuple(str(name) for name in features)
        with self._lock:
            number = 1 if self.current is None else self.current.number + 1
            self.current = Version(number, model, int(trained_on), time.time(), names)
            self._untold.append((number, int(trained_on), max(int(trained_on), self._seen() if self._seen else 0)))
            self.has_news = True
            return self.current

    def news(self) -> tuple[Version | None, list[tuple[int, int, int]]]:
        """The version that answers, and those published since this was asked last: number, examples learnt from, examples there were."""
        with self._lock:
            published = list(self._untold)
            self._untold.clear()
            return self.current, published

    def answered(self, took_ms: float, is_error: bool) -> None:
        """A request for a prediction was answered."""
        with self._lock:
            self.requests += 1
            self.errors += is_error
            self._latencies_ms.append(took_ms)
            self.has_news = True

    @property
    def examples(self) -> int | None:
        """Examples that there are by now, never fewer than the version has learnt from."""
        if self._seen is None:
            return None
        return max(self._seen(), 0 if self.current is None else self.current.trained_on)

    @property
    def lag(self) -> int | None:
        """Examples that came since the version was trained."""
        seen = self.examples
        return None if seen is None or self.current is None else seen - self.current.trained_on

    def latencies_ms(self) -> list[float] | None:
        """Median, 95 % and maximum of the last 1,000 requests; None before the first. Quantiles as Spark's: the sorted value at ⌊q·n⌋."""
        with self._lock:
            ordered = sorted(self._latencies_ms)
        if not ordered:
            return None
        last = len(ordered) - 1
        return [round(ordered[min(int(share * len(ordered)), last)], 3) for share in (0.5, 0.95, 1.0)]
