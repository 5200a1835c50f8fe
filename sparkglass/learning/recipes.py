"""Two small streams on which batch and online learners part: a threshold that moves, and two flowers with a sensor, a flood and a drift."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .faults import BrokenSensor, Drift, Fault, Flood
from .injected import inject

__all__ = ["Flowers", "flowers", "payments"]


def payments(seed: int = 42) -> tuple[np.ndarray, np.ndarray]:
    """1,000 payments, even from 10 to 2,000: ``X`` (1000, 1), and ``y`` (1000,), 1 where they are suspicious.

    That is above 1,000 at first and, from row 500 on, above 500: the concept drifts at once, while the amounts stay what
    they were. With the seed 42 these are the rows of the figure "Concept drift" in S. Zając's lecture "Batch vs online" (*Analiza
    danych w czasie rzeczywistym*, SGH).
    """
    amounts = np.random.RandomState(seed).uniform(10, 2000, 1000)
    limits = np.repeat([1000, 500], 500)
    return amounts.reshape(-1, 1), (amounts > limits).astype(int)


class Flowers(NamedTuple):
    """A stream with faults in it, and clean rows that nobody learns from."""

    X: np.ndarray
    y: np.ndarray
    faults: list[Fault]
    probe: tuple[np.ndarray, np.ndarray]
    """Clean rows of the concept before the drift: (500, 2) and (500,)."""
    drifted_probe: tuple[np.ndarray, np.ndarray]
    """Clean rows of the concept after it."""


def flowers(seed: int = 0) -> Flowers:
    """2,000 rows of two features like those of iris setosa (-1) and versicolor (1): ``X`` (2000, 2), ``y`` (2000,).

    From 400 to 499 the second feature is stuck at 0; from 800 to 999 each row is one forged setosa that is called versicolor; from
    1,400 on petals are 3 cm longer and the labels change places, so that of what is now called versicolor, half
    looks as before. Features are scaled by the first 200 rows, as nobody knows the future's.
    """
    random = np.random.RandomState(seed)
    X, y = _drawn(random, 2000)
    faults: list[Fault] = [
        BrokenSensor("petal", 400, 500, value=0.0),
        Flood({"sepal": 5.0, "petal": 1.46, "label": 1}, 800, 1000),
        Drift(1400, labels={-1: 1, 1: -1}, shift={"petal": 3.0}),
    ]
    faulty, labels = inject((X, y), faults, features=["sepal", "petal"])
    probe, probe_labels = _drawn(random, 500)
    mean, deviation = X[:200].mean(axis=0), X[:200].std(axis=0)

    def scaled(rows: Any) -> Any:
        return (rows - mean) / deviation

    moved = probe + np.array([0.0, 3.0])
    return Flowers(scaled(faulty), labels, faults, (scaled(probe), probe_labels), (scaled(moved), -probe_labels))


def _drawn(random: np.random.RandomState, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Means and deviations of sepal and petal length of iris's first two kinds (Fisher 1936)."""
    y = np.where(random.random_sample(count) < 0.5, -1, 1)
    is_setosa = (y == -1)[:, None]
    means = np.where(is_setosa, [5.006, 1.462], [5.936, 4.260])
    deviations = np.where(is_setosa, [0.352, 0.174], [0.516, 0.470])
    return means + deviations * random.standard_normal((count, 2)), y
