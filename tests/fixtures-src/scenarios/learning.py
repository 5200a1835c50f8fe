"""Two thousand rows of two classes in batches of ten: a perceptron beside a model that is fitted anew, while data go bad.

A sensor that is stuck (400 to 499), a flood of one forged row (800 to 999), and a drift (from 1,400); clean rows are kept aside.
"""

import numpy as np
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression, Perceptron

from sparkglass import curve
from sparkglass.learning import telling

ROWS, BATCH = 2000, 10
random = np.random.default_rng(7)


def rows(count, turned=False):
    """Rows like iris' sepal and petal length, shuffled; after the drift the classes have changed places."""
    y = random.integers(0, 2, count)
    X = np.column_stack([random.normal(5.0 + 0.9 * y, 0.4), random.normal(1.5 + 2.8 * y, 0.4)])
    return X, 1 - y if turned else y


class Rosenblatt:
    """The course's perceptron, as its `errors_` are known from books."""

    def __init__(self, eta=0.5, epochs=10):
        self.eta, self.epochs = eta, epochs

    def fit(self, X, y):
        self.w = np.zeros(1 + X.shape[1])
        self.errors_ = []
        for _ in range(self.epochs):
            errors = 0
            for x, label in zip(X, y, strict=True):
                step = self.eta * (label - self.predict(x))
                self.w += step * np.array([1.0, *x])
                errors += int(step != 0.0)
            self.errors_.append(errors)
        return self

    def predict(self, x):
        return 1 if self.w[0] + np.dot(x, self.w[1:]) >= 0 else -1


X, y = rows(ROWS)
X[1400:], y[1400:] = rows(600, turned=True)
X[400:500, 0] = 0.0
X[800:1000], y[800:1000] = [5.9, 4.3], 0

with curve("faults", classes=[0, 1], alpha=0.95) as c:
    learners = [Perceptron(random_state=0), c.batch(LogisticRegression(), every=400, name="nightly")]
    step = c.each_batch(learners, ["sepal", "petal"], "label").step
    c.probe(*rows(200), features=["sepal", "petal"], every=50)
    c.fault("stuck sensor", 400, 500)
    c.fault("flood", 800, 1000)
    c.mark("drift", "classes change places", 1400, pattern="sudden")
    sums = c.line("sums")
    for at in range(0, ROWS, BATCH):
        step(X[at : at + BATCH], y[at : at + BATCH])
        sums.add(count=BATCH, loss_sum=int(y[at : at + BATCH].sum()))
        telling.flush()

with curve("epochs") as fitted:
    # Sepal and petal length of the first two kinds.
    fitted.fit(Rosenblatt(), load_iris().data[:100, [0, 2]], np.repeat([-1, 1], 50))
