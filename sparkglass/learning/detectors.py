"""Drift detectors that read losses one by one, and how their detections stand to the truth.

Any object serves that has ``update(x)`` and ``drift_detected``, river's among them; ``DDM`` and ``PageHinkley`` here are for kernels
without river and fire where river 0.26.1's do. On losses of 0 and 1, three habits are worth knowing: DDM fires on the first
error after a clean period (its deviation was 0), Page-Hinkley fires late or never with river's threshold of 50, and ADWIN, which looks
every 32 examples, also fires when the errors become fewer.
"""

from __future__ import annotations

import copy
import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["DDM", "Band", "Detection", "Judgement", "PageHinkley", "Watch", "judge"]

Direction = Literal["worse", "better"]
RECENT = 30  # Examples that a change is judged by where the detector does not say itself which way it went.
GRACE = 200  # Examples after the end of a fault in which a detection is still of it.


class DDM:
    """Drift detection method of Gama, Medas, Castillo and Rodrigues (2004): the error rate against its own best.

    Warning and drift are where rate + deviation passes the lowest so far by ``warning_threshold`` and ``drift_threshold``
    of its deviations. It reads losses of 0 and 1 and begins anew after a drift.
    """

    direction: Direction = "worse"

    def __init__(self, warm_start: int = 30, warning_threshold: float = 2.0, drift_threshold: float = 3.0) -> None:
        self.warm_start = warm_start
        self.warning_threshold = warning_threshold
        self.drift_threshold = drift_threshold
        self._begin()

    def _begin(self) -> None:
        self.drift_detected = self.warning_detected = False
        self._count = 0
        self._rate = 0.0
        self._best_rate = self._best_deviation = math.inf

    def update(self, x: float) -> None:
        """Reads one loss, 0 or 1."""
        if not 0 <= x <= 1:
            raise ValueError(f"DDM reads losses of 0 and 1, and got {x!r}; PageHinkley and ADWIN read any number.")
        if self.drift_detected:
            self._begin()
        self._count += 1
        self._rate += (x - self._rate) / self._count
        if self._count <= self.warm_start:
            return
        # Rounding may carry the running mean a hair past 1.
        deviation = math.sqrt(max(0.0, self._rate * (1 - self._rate)) / self._count)
        if self._rate + deviation <= self._best_rate + self._best_deviation:
            self._best_rate, self._best_deviation = self._rate, deviation
        passed = self._rate + deviation
        self.drift_detected = passed > self._best_rate + self.drift_threshold * self._best_deviation
        self.warning_detected = (
            not self.drift_detected and passed > self._best_rate + self.warning_threshold * self._best_deviation
        )


class PageHinkley:
    """Page's test (1954) on the distance from the mean so far, summed with a slow forgetting; both ways.

    ``threshold`` is 10, for losses of 0 and 1; river's default is 50. It begins anew after a drift, whose ``direction`` it says.
    """

    def __init__(
        self,
        min_instances: int = 30,
        delta: float = 0.005,
        threshold: float = 10.0,
        alpha: float = 1 - 0.0001,
        mode: str = "both",
    ) -> None:
        if mode not in ("up", "down", "both"):
            raise ValueError(f"mode of PageHinkley is 'up', 'down' or 'both', not {mode!r}.")
        self.min_instances = min_instances
        self.delta = delta
        self.threshold = threshold
        self.alpha = alpha
        self.mode = mode
        self._begin()

    def _begin(self) -> None:
        self.drift_detected = False
        self.direction: Direction | None = None
        self._count = 0
        self._mean = self._up = self._down = 0.0
        # river's start; a drop is measured from -1 until the sum has been above it.
        self._lowest, self._highest = math.inf, -1.0

    def update(self, x: float) -> None:
        """Reads one loss, any number."""
        if self.drift_detected:
            self._begin()
        self._count += 1
        self._mean += (x - self._mean) / self._count
        distance = x - self._mean
        self._up = self.alpha * self._up + distance - self.delta
        self._down = self.alpha * self._down + distance + self.delta
        self._lowest, self._highest = min(self._lowest, self._up), max(self._highest, self._down)
        if self._count < self.min_instances:
            return
        worse = self.mode != "down" and self._up - self._lowest > self.threshold
        better = self.mode != "up" and self._highest - self._down > self.threshold
        self.drift_detected = worse or better
        self.direction = "worse" if worse else "better" if better else None


@dataclass(frozen=True)
class Detection:
    """A detector has fired after ``at`` examples."""

    at: int
    direction: Direction
    detector: str


class Watch:
    """A detector on one line of losses; it fires with a direction, whether or not the detector has one."""

    def __init__(self, detector: Any) -> None:
        made = detector() if isinstance(detector, type) else copy.deepcopy(detector)
        self._unread = copy.deepcopy(made)
        if not callable(getattr(made, "update", None)) or not hasattr(made, "drift_detected"):
            raise TypeError(
                f"{detector!r} is no drift detector: it needs update(x) and drift_detected, as river's have."
            )
        self.name = type(made).__name__
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forgets all that was read."""
        self.detector = copy.deepcopy(self._unread)
        self._recent: deque[float] = deque(maxlen=RECENT)
        self._count = 0
        self._sum = 0.0

    @property
    def warning(self) -> bool:
        """Whether the detector is in its warning zone; never, if it has none."""
        return bool(getattr(self.detector, "warning_detected", False))

    @property
    def warns(self) -> bool:
        """Whether the detector has a warning zone at all."""
        return hasattr(self.detector, "warning_detected")

    def update(self, loss: float, at: int) -> Detection | None:
        """Reads the loss of the example that is the ``at``-th, counted from 1."""
        value = int(loss) if loss in (0, 1) else float(loss)
        before = getattr(self.detector, "estimation", None)
        self.detector.update(value)
        self._recent.append(value)
        self._count += 1
        self._sum += value
        if not self.detector.drift_detected:
            return None
        found = Detection(at, self._direction(before), self.name)
        self._recent.clear()
        self._count, self._sum = 0, 0.0
        return found

    def read(self, losses: Iterable[float], at_before: int) -> list[Detection]:
        """Reads losses in order; the first is that of example ``at_before + 1``."""
        updates = (self.update(loss, at) for at, loss in enumerate(losses, at_before + 1))
        return [found for found in updates if found]

    def _direction(self, before: float | None) -> Direction:
        said = getattr(self.detector, "direction", None)
        if said in ("worse", "better"):
            return "worse" if said == "worse" else "better"
        # ADWIN has just dropped the older part of its window: what is left tells.
        now = getattr(self.detector, "estimation", None)
        if before is None or now is None:
            before, now = self._sum / self._count, sum(self._recent) / len(self._recent)
        return "worse" if now >= before else "better"


@dataclass(frozen=True)
class Band:
    """What is known to be wrong after ``start`` examples, until ``end`` of them; without an end, a moment."""

    start: int
    end: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Judgement:
    """How detections stand to the truth.

    ``bands``: of each detection the index of its band, or None for a false alarm. ``delays``: of each band the examples
    from its start to its first detection, or None if it was missed.
    """

    bands: tuple[int | None, ...]
    delays: tuple[int | None, ...]

    @property
    def false_alarms(self) -> int:
        """Detections of nothing that is known."""
        return self.bands.count(None)

    @property
    def missed(self) -> int:
        """Bands that no detection is of."""
        return self.delays.count(None)


def judge(detections: Sequence[int], bands: Sequence[Band], grace: int = GRACE) -> Judgement:
    """Detections (examples at which they were made) against the truth.

    A detection after ``start`` and at most ``grace`` examples after ``end`` (of a moment: after ``start``) is of that
    band, of the one that began last if there are several, and counts once for its delay, in examples from ``start``.
    """
    of: list[int | None] = []
    delays: list[int | None] = [None] * len(bands)
    for at in detections:
        until = [(band.start if band.end is None else band.end) + grace for band in bands]
        fitting = [index for index, band in enumerate(bands) if band.start < at <= until[index]]
        found = max(fitting, key=lambda index: bands[index].start, default=None)
        of.append(found)
        if found is not None:
            delay = at - bands[found].start
            so_far = delays[found]
            delays[found] = delay if so_far is None else min(so_far, delay)
    return Judgement(tuple(of), tuple(delays))
