"""Fits are drawn from what models keep of their epochs: the course's classes as they are, scikit-learn's as they come."""

from __future__ import annotations

import time

import numpy as np
import pytest
from course_classes import Adaline, Perceptron
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from told import Told, listen

from sparkglass import curve


@pytest.fixture(autouse=True)
def _listening() -> None:
    listen()


@pytest.fixture(scope="module")
def iris() -> tuple[np.ndarray, np.ndarray]:
    """Rows 0–99, lengths of sepal and petal, −1 and 1."""
    data = load_iris()
    return data.data[:100, [0, 2]], np.where(data.target[:100] == 0, -1, 1)


def test_the_courses_perceptron(iris) -> None:  # type: ignore[no-untyped-def]
    X, y = iris
    c = curve("perceptron")
    model = c.fit(Perceptron(0.1, 10), X, y)
    assert isinstance(model, Perceptron) and model.w_ == pytest.approx([-0.4, -0.68, 1.82])
    told = Told(c)
    (begun,) = told.events("Line")
    assert (begun["Name"], begun["Kind"], begun["Loss"], begun["Learner"]) == (
        "Perceptron",
        "epochs",
        "value",
        "Perceptron",
    )
    (line,) = c.lines
    # The numbers of the book, which two public repositories assert as well.
    assert told.column(line, "Loss Sum") == [2, 2, 3, 2, 1, 0, 0, 0, 0, 0]
    assert told.column(line, "At") == list(range(1, 11))
    assert told.column(line, "Visits") == [100 * n for n in range(1, 11)]
    assert told.column(line, "Examples") == [1] * 10


def test_the_courses_adaline_diverging(iris) -> None:  # type: ignore[no-untyped-def]
    c = curve("adaline")
    with np.errstate(all="ignore"):
        c.fit(Adaline(0.01, 200), *iris, name="raw")
        c.fit(Adaline(0.0001, 10), *iris, name="small steps")
    told = Told(c)
    raw, small = c.lines
    costs = told.column(raw, "Loss Sum")
    assert costs[:2] == pytest.approx([50, 2232.17], rel=1e-5)
    assert len(costs) == 200 and told.column(raw, "Examples")[-1] == 0  # beyond all numbers: a gap
    assert told.column(small, "Loss Sum") == pytest.approx(
        [50, 48.07, 46.75, 45.67, 44.68, 43.74, 42.83, 41.95, 41.08, 40.24], abs=0.005
    )


def test_a_fit_is_told_while_it_goes_on(iris) -> None:  # type: ignore[no-untyped-def]
    seen: list[int] = []
    c = curve("live")

    class Slow(Perceptron):
        def net_input(self, X):  # type: ignore[no-untyped-def]
            if len(self.errors_) > len(seen):
                # An epoch later than its end, a page knows of it.
                deadline = time.monotonic() + 5
                while not (c.lines and sum(Told(c).column(c.lines[0], "Examples")) == len(self.errors_)):
                    assert time.monotonic() < deadline
                    time.sleep(0.01)
                seen.append(len(self.errors_))
            return super().net_input(X)

    c.fit(Slow(0.1, 4), *iris)
    assert seen == [1, 2, 3]
    assert Told(c).column(c.lines[0], "Loss Sum") == [2, 2, 3, 2]


def test_a_second_fit_begins_a_line_of_its_own(iris) -> None:  # type: ignore[no-untyped-def]
    c = curve("twice")
    model = Perceptron(0.1, 3)
    c.fit(model, *iris)
    c.fit(model, *iris)
    assert [line.name for line in c.lines] == ["Perceptron", "Perceptron (2)"]
    assert [Told(c).column(line, "Loss Sum") for line in c.lines] == [[2, 2, 3]] * 2


def test_scikit_learn(iris) -> None:  # type: ignore[no-untyped-def]
    c = curve("scikit-learn")
    with pytest.warns(UserWarning, match="Maximum iterations"):
        network = c.fit(MLPClassifier([3], max_iter=7, random_state=1), *iris)
    told = Told(c)
    assert told.column(c.lines[0], "Loss Sum") == network.loss_curve_
    c.fit(LogisticRegression(), *iris)
    assert len(c.lines) == 1
    (mark,) = Told(c).marks("mark")
    assert mark["Name"] == "LogisticRegression fitted" and "keeps no numbers" in mark["Detail"]


def test_what_a_model_works_out_is_asked_for_afterwards() -> None:
    class Booster:
        """As XGBoost's and LightGBM's."""

        def fit(self, X: object, y: object) -> None:
            self._history = {"validation_0": {"error": [0.5, 0.25]}, "validation_1": {"error": [0.5, 0.5]}}

        @property
        def evals_result_(self) -> dict[str, dict[str, list[float]]]:
            return self._history

    c = curve("boosting")
    assert c.fit(Booster(), [[1]], [1], name="booster") is None
    assert [line.name for line in c.lines] == ["booster", "booster validation_1 error"]
    assert [Told(c).column(line, "Loss Sum") for line in c.lines] == [[0.5, 0.25], [0.5, 0.5]]


def test_evaluations_of_a_booster_are_told_while_it_fits() -> None:
    c = curve("boosting, live")

    class Booster:
        def fit(self, X: object, y: object) -> None:
            self.evals_result_ = {"train": {"error": [0.5]}, "test": {"error": [0.6]}}
            for round in range(1, 4):
                deadline = time.monotonic() + 5
                # A round later than its end, a page knows of it.
                while [sum(Told(c).column(line, "Examples")) for line in c.lines] != [round, round]:
                    assert time.monotonic() < deadline
                    time.sleep(0.01)
                self.evals_result_["train"]["error"].append(0.5 / (round + 1))
                self.evals_result_["test"]["error"].append(0.6)

    c.fit(Booster(), [[1]], [1])
    assert [line.name for line in c.lines] == ["Booster", "Booster test error"]
    assert [Told(c).column(line, "Loss Sum") for line in c.lines] == [[0.5, 0.25, 0.5 / 3, 0.125], [0.6] * 4]


def test_a_fit_that_fails_fails_as_it_would() -> None:
    c = curve("fails")
    with pytest.raises(AttributeError, match="shape"):
        c.fit(Perceptron(), None, [1], name="none")
    with pytest.raises(TypeError, match="int has no fit"):
        c.fit(3, None)
