"""The few statistics that the tables need."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median


def quantile(values: Sequence[float], share: float) -> float:
    """Sorted value at ``min(floor(share * n), n - 1)``, which is how Spark itself picks quantiles."""
    ordered = sorted(values)
    return ordered[min(math.floor(share * len(ordered)), len(ordered) - 1)]


def interval(values: Sequence[float]) -> tuple[float, float]:
    """An interval that holds the median with 95 % confidence.

    From order statistics (the binomial distribution of how many values lie below the median); with fewer than six values there is none
    that narrow, and the whole range is returned.
    """
    ordered = sorted(values)
    n = len(ordered)
    tail = 0.0
    drop = 0
    for k in range(n // 2):
        tail += math.comb(n, k) / 2**n
        if tail > 0.025:
            break
        drop = k
    return ordered[drop], ordered[n - 1 - drop]


def summary(values: Sequence[float]) -> dict[str, object]:
    """Median, its interval and the values themselves, for JSON."""
    low, high = interval(values)
    return {"median": median(values), "low": low, "high": high, "n": len(values), "values": list(values)}


def ratios(values: Sequence[float], base: Sequence[float]) -> list[float]:
    """Pair by pair: the value of a round by the base's value of the same round."""
    return [value / other for value, other in zip(values, base, strict=True)]
