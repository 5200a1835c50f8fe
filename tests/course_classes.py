"""The classes that a course writes for its first lab (Raschka's), unchanged: nothing in them knows of us."""

from __future__ import annotations

import numpy as np


class Perceptron:
    def __init__(self, eta=0.01, n_iter=10):  # type: ignore[no-untyped-def]
        self.eta = eta
        self.n_iter = n_iter

    def fit(self, X, y):  # type: ignore[no-untyped-def]
        self.w_ = np.zeros(1 + X.shape[1])
        self.errors_ = []
        for _ in range(self.n_iter):
            errors = 0
            for xi, target in zip(X, y):  # noqa: B905
                update = self.eta * (target - self.predict(xi))
                self.w_[1:] += update * xi
                self.w_[0] += update
                errors += int(update != 0.0)
            self.errors_.append(errors)
        return self

    def net_input(self, X):  # type: ignore[no-untyped-def]
        return np.dot(X, self.w_[1:]) + self.w_[0]

    def predict(self, X):  # type: ignore[no-untyped-def]
        return np.where(self.net_input(X) >= 0.0, 1, -1)


class Adaline:
    def __init__(self, eta=0.01, n_iter=10):  # type: ignore[no-untyped-def]
        self.eta = eta
        self.n_iter = n_iter

    def fit(self, X, y):  # type: ignore[no-untyped-def]
        self.w_ = np.zeros(1 + X.shape[1])
        self.cost_ = []
        for _ in range(self.n_iter):
            errors = y - self.net_input(X)
            self.w_[1:] += self.eta * X.T.dot(errors)
            self.w_[0] += self.eta * errors.sum()
            self.cost_.append((errors**2).sum() / 2.0)
        return self

    def net_input(self, X):  # type: ignore[no-untyped-def]
        return np.dot(X, self.w_[1:]) + self.w_[0]

    def predict(self, X):  # type: ignore[no-untyped-def]
        return np.where(self.net_input(X) >= 0.0, 1, -1)
