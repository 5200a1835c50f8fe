"""Four linear learners of two classes, small enough to be read: perceptron, Adaline, and Adaline by single examples and by mini-batches.

They follow Rosenblatt (1957) and Widrow and Hoff (1960) as S. Raschka's *Python Machine Learning* writes them, but start from
zero, so that each run is the same run. Labels are -1 and 1, ``w_[0]`` is the bias, and ``net_input(X) >= 0`` is class 1. ``fit`` starts
anew and makes ``n_iter`` passes; ``partial_fit`` goes on from where the learner is, with one pass, and keeps no record of it.
"""

from __future__ import annotations

import inspect
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["Adaline", "AdalineSGD", "MiniBatchSGD", "Perceptron", "stability_limit"]

Ours = TypeVar("Ours", bound="_Linear")


class _Linear:
    """What the four share: weights, a net input, a threshold at 0. Subclasses say how the weights move, in ``_epoch``."""

    eta: float
    n_iter: int
    w_: np.ndarray

    def fit(self: Ours, X: ArrayLike, y: ArrayLike) -> Ours:
        """Learns from zero: ``n_iter`` passes over ``X`` (n, d) and ``y`` (n,) of -1 and 1; returns itself."""
        rows, labels = self._checked(X, y)
        self.w_ = np.zeros(1 + rows.shape[1])
        record: list[Any] = self._new_record()
        for _ in range(self.n_iter):
            record.append(self._epoch(rows, labels))
        return self

    def partial_fit(self: Ours, X: ArrayLike, y: ArrayLike, classes: ArrayLike | None = None) -> Ours:
        """Goes on learning: one pass over ``X`` (n, d) and ``y`` (n,); ``classes`` is scikit-learn's, and always -1 and 1 here."""
        rows, labels = self._checked(X, y)
        if not hasattr(self, "w_"):
            self.w_ = np.zeros(1 + rows.shape[1])
        if len(rows):
            self._step(rows, labels)
        return self

    def net_input(self, X: ArrayLike) -> np.ndarray:
        """``X`` (n, d) or one row (d,) times the weights, plus the bias: (n,) or a number."""
        if not hasattr(self, "w_"):
            raise ValueError(f"{type(self).__name__} has learnt nothing yet: call fit or partial_fit first.")
        rows = np.asarray(X, dtype=float)
        if rows.ndim not in (1, 2) or rows.shape[-1] != len(self.w_) - 1:
            raise ValueError(
                f"X has the shape {rows.shape}, but {type(self).__name__} has learnt from {len(self.w_) - 1} features."
            )
        return rows @ self.w_[1:] + self.w_[0]

    def predict(self, X: ArrayLike) -> np.ndarray:
        """The class of each row, -1 or 1: (n,), or a number for one row."""
        return np.where(self.net_input(X) >= 0, 1, -1)

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Share of rows whose class is right, 0 to 1."""
        return float(np.mean(self.predict(X) == np.asarray(y)))

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The constructor's arguments, so that ``sklearn.base.clone`` can make the same learner anew."""
        return {name: getattr(self, name) for name in inspect.signature(type(self)).parameters}

    def set_params(self: Ours, **params: Any) -> Ours:
        """Changes constructor's arguments by name."""
        for name, value in params.items():
            if name not in self.get_params():
                raise ValueError(
                    f"{type(self).__name__} has no parameter {name!r}; it has {', '.join(self.get_params())}."
                )
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.get_params().items())})"

    def _new_record(self) -> list[Any]:
        raise NotImplementedError

    def _epoch(self, X: np.ndarray, y: np.ndarray) -> float:
        raise NotImplementedError

    def _step(self, X: np.ndarray, y: np.ndarray) -> None:
        self._epoch(X, y)

    def _checked(self, X: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        rows, labels = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        name = type(self).__name__
        if rows.ndim != 2:
            raise ValueError(f"X of {name} has to be a table (rows, features); its shape is {rows.shape}.")
        if labels.shape != (len(rows),):
            raise ValueError(f"{name} got {len(rows)} rows in X, but y has the shape {labels.shape}.")
        other = set(labels.tolist()) - {-1.0, 1.0}
        if other:
            raise ValueError(f"{name} knows the labels -1 and 1; y also has {sorted(other)[:3]}.")
        return rows, labels


class Perceptron(_Linear):
    """Rosenblatt's perceptron: a wrong answer moves the weights by ``2 * eta`` times the row, a right one leaves them.

    After ``fit``: ``w_`` (1 + d,), the bias first, and ``errors_``, the updates of each pass (0: it has converged).
    """

    errors_: list[int]

    def __init__(self, eta: float = 0.01, n_iter: int = 10) -> None:
        self.eta = eta
        self.n_iter = n_iter

    def _new_record(self) -> list[Any]:
        self.errors_ = []
        return self.errors_

    def _epoch(self, X: np.ndarray, y: np.ndarray) -> int:
        errors = 0
        for row, target in zip(X, y, strict=True):
            update = self.eta * (target - self.predict(row))
            self.w_[1:] += update * row
            self.w_[0] += update
            errors += int(update != 0)
        return errors


class Adaline(_Linear):
    """Widrow and Hoff's adaptive linear neuron by batch gradient descent: one step a pass, down the sum of squared errors.

    After ``fit``: ``w_`` (1 + d,) and ``cost_``, before each step, half the sum of squares of ``y - net_input(X)``. It
    grows without end where ``eta`` is above ``stability_limit(X)``.
    """

    cost_: list[float]

    def __init__(self, eta: float = 0.01, n_iter: int = 10) -> None:
        self.eta = eta
        self.n_iter = n_iter

    def _new_record(self) -> list[Any]:
        self.cost_ = []
        return self.cost_

    def _epoch(self, X: np.ndarray, y: np.ndarray) -> float:
        errors = y - self.net_input(X)
        self.w_[1:] += self.eta * X.T @ errors
        self.w_[0] += self.eta * errors.sum()
        return float((errors**2).sum() / 2)


class AdalineSGD(_Linear):
    """Adaline by stochastic gradient descent (the delta rule): a step after each row; ``fit`` shuffles the rows before each pass.

    After ``fit``: ``w_`` (1 + d,) and ``cost_``, the mean of ``(y - net_input)² / 2`` of each pass, each before its step.
    ``partial_fit`` takes the rows in the order in which they come.
    """

    cost_: list[float]

    def __init__(self, eta: float = 0.01, n_iter: int = 10, shuffle: bool = True, random_state: int | None = 1) -> None:
        self.eta = eta
        self.n_iter = n_iter
        self.shuffle = shuffle
        self.random_state = random_state

    def _new_record(self) -> list[Any]:
        self.cost_ = []
        self._random = np.random.RandomState(self.random_state)
        return self.cost_

    def _epoch(self, X: np.ndarray, y: np.ndarray) -> float:
        order = self._random.permutation(len(y)) if self.shuffle else np.arange(len(y))
        return self._pass(X[order], y[order])

    def _step(self, X: np.ndarray, y: np.ndarray) -> None:
        self._pass(X, y)

    def _pass(self, X: np.ndarray, y: np.ndarray) -> float:
        cost = 0.0
        for row, target in zip(X, y, strict=True):
            error = target - self.net_input(row)
            self.w_[1:] += self.eta * error * row
            self.w_[0] += self.eta * error
            cost += error**2 / 2
        return float(cost / len(y)) if len(y) else 0.0


class MiniBatchSGD(_Linear):
    """Adaline by mini-batches: a step down the *mean* squared error of each ``batch_size`` rows, so ``eta`` means the same for any size.

    After ``fit``: ``w_`` (1 + d,) and ``cost_``, the mean of ``(y - net_input)² / 2`` of each pass, each before its step.
    ``partial_fit`` makes one step, whatever the number of rows: a micro-batch of a stream is a mini-batch.
    """

    cost_: list[float]

    def __init__(self, eta: float = 0.1, n_iter: int = 10, batch_size: int = 20, random_state: int | None = 1) -> None:
        self.eta = eta
        self.n_iter = n_iter
        self.batch_size = batch_size
        self.random_state = random_state

    def _new_record(self) -> list[Any]:
        self.cost_ = []
        self._random = np.random.RandomState(self.random_state)
        return self.cost_

    def _epoch(self, X: np.ndarray, y: np.ndarray) -> float:
        order = self._random.permutation(len(y))
        starts = range(0, len(y), self.batch_size)
        costs = [
            self._descend(X[part], y[part]) for part in (order[start : start + self.batch_size] for start in starts)
        ]
        return sum(costs) / len(y) if len(y) else 0.0

    def _step(self, X: np.ndarray, y: np.ndarray) -> None:
        self._descend(X, y)

    def _descend(self, X: np.ndarray, y: np.ndarray) -> float:
        errors = y - self.net_input(X)
        self.w_[1:] += self.eta * X.T @ errors / len(y)
        self.w_[0] += self.eta * errors.mean()
        return float((errors**2).sum() / 2)


def stability_limit(X: ArrayLike) -> float:
    """The ``eta`` above which ``Adaline`` on ``X`` (n, d) diverges: 2 / λmax, the largest eigenvalue of XᵀX with a column of ones.

    Batch gradient descent on SSE/2 multiplies the error along each eigenvector by 1 - eta·λ in a step (Widrow and Stearns 1985).
    """
    rows = np.asarray(X, dtype=float)
    with_bias = np.column_stack([np.ones(len(rows)), rows])
    return float(2 / np.linalg.eigvalsh(with_bias.T @ with_bias)[-1])
