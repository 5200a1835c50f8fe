"""The small learners, against numbers computed apart from them: iris rows 0-99, sepal and petal length, and the gates."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_iris

from sparkglass.learning.learners import Adaline, AdalineSGD, MiniBatchSGD, Perceptron, stability_limit

IRIS = load_iris()
X = IRIS.data[:100][:, [0, 2]]
Y = np.where(IRIS.target[:100] == 0, -1, 1)
STANDARD = (X - X.mean(axis=0)) / X.std(axis=0)
INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
AND, XOR = np.array([-1, -1, -1, 1]), np.array([-1, 1, 1, -1])
LEARNERS = [Perceptron, Adaline, AdalineSGD, MiniBatchSGD]


@pytest.mark.parametrize("eta", [0.01, 0.1])
def test_perceptron_on_iris(eta: float) -> None:
    learner = Perceptron(eta, n_iter=10).fit(X, Y)
    assert learner.errors_ == [2, 2, 3, 2, 1, 0, 0, 0, 0, 0]
    # From zero, eta only scales the weights.
    np.testing.assert_allclose(learner.w_, np.array([-0.4, -0.68, 1.82]) * eta / 0.1, rtol=1e-9)
    assert learner.score(X, Y) == 1


def test_perceptron_on_gates() -> None:
    # Gates hit a net input of exactly 0, so eta has to be a binary fraction: 0.1 rounds, and stops two passes early.
    assert Perceptron(0.5, 6).fit(INPUTS, AND).errors_ == [2, 3, 3, 2, 1, 0]
    assert Perceptron(0.1, 6).fit(INPUTS, AND).errors_ == [2, 3, 3, 0, 0, 0]
    never = Perceptron(0.5, 200).fit(INPUTS, XOR)
    assert min(never.errors_) > 0
    assert Perceptron(0.5, 6).fit([[1], [2], [3], [4]], [-1, -1, 1, 1]).errors_[:3] == [2, 3, 3]


def mistakes(X: np.ndarray, y: np.ndarray) -> list[int]:
    """Which rows a perceptron gets wrong in one pass, each predicted before it is learnt."""
    learner, wrong = Perceptron(0.1).partial_fit(X[:0], y[:0]), []
    for row in range(len(y)):
        if learner.predict(X[row]) != y[row]:
            wrong.append(row)
        learner.partial_fit(X[row : row + 1], y[row : row + 1])
    return wrong


def test_order_matters_in_one_pass() -> None:
    assert mistakes(X, Y) == [0, 50]
    shuffled = np.random.RandomState(1).permutation(100)
    wrong = mistakes(X[shuffled], Y[shuffled])
    assert len(wrong) == 7 and max(wrong) < 20


def test_a_pass_of_partial_fit_is_a_pass_of_fit() -> None:
    rows = Perceptron(0.1)
    for row in range(100):
        rows.partial_fit(X[row : row + 1], Y[row : row + 1])
    np.testing.assert_array_equal(rows.w_, Perceptron(0.1, n_iter=1).fit(X, Y).w_)
    np.testing.assert_array_equal(Adaline(1e-4).partial_fit(X, Y).w_, Adaline(1e-4, n_iter=1).fit(X, Y).w_)
    ordered = AdalineSGD(0.01, n_iter=1, shuffle=False).fit(STANDARD, Y)
    np.testing.assert_array_equal(AdalineSGD(0.01).partial_fit(STANDARD, Y).w_, ordered.w_)
    whole = MiniBatchSGD(0.1, n_iter=1, batch_size=100).fit(STANDARD, Y)
    np.testing.assert_allclose(MiniBatchSGD(0.1).partial_fit(STANDARD, Y).w_, whole.w_, rtol=1e-12)


def test_adaline_raw() -> None:
    grows = Adaline(0.01, 10).fit(X, Y).cost_
    assert grows[:3] == pytest.approx([50, 2232.17, 3.477e6], rel=1e-4) and grows[-1] == pytest.approx(
        7.81e28, rel=1e-3
    )
    falls = Adaline(0.0001, 10).fit(X, Y).cost_
    assert np.round(falls, 2).tolist() == [50, 48.07, 46.75, 45.67, 44.68, 43.74, 42.83, 41.95, 41.08, 40.24]


def test_adaline_standardised() -> None:
    cost = Adaline(0.01, 15).fit(STANDARD, Y).cost_
    assert np.round(cost[:4], 2).tolist() == [50, 33.83, 23.16, 16.11] and round(cost[-1], 2) == 2.57
    with_bias = np.column_stack([np.ones(100), STANDARD])
    floor = np.linalg.lstsq(with_bias, Y, rcond=None)[1][0] / 2
    assert Adaline(0.01, 400).fit(STANDARD, Y).cost_[-1] == pytest.approx(floor, rel=1e-6) and round(floor, 3) == 2.430


def test_adaline_diverges_above_its_limit_and_not_below() -> None:
    assert stability_limit(X) == pytest.approx(0.000494, rel=1e-3)
    assert stability_limit(STANDARD) == pytest.approx(0.01103, rel=1e-3)
    for rows in (X, STANDARD):
        limit = stability_limit(rows)
        below, above = (Adaline(limit * factor, 2000).fit(rows, Y).cost_ for factor in (0.99, 1.01))
        assert below[-1] < below[0] and above[-1] > above[0]


def test_adaline_sgd() -> None:
    zero = AdalineSGD(0.01, 15).fit(STANDARD, Y)
    assert np.round(zero.cost_[:3] + zero.cost_[-1:], 4).tolist() == [0.2019, 0.0724, 0.0556, 0.0251]
    # The book's later edition starts at random, by the same generator that shuffles: 0.2039, 0.0730, 0.0558 … 0.0250.
    random, learner, costs = np.random.RandomState(1), AdalineSGD(0.01), []
    learner.w_ = random.normal(0, 0.01, 3)
    for _ in range(15):
        cost = 0.0
        for row in random.permutation(100):
            cost += (Y[row] - learner.net_input(STANDARD[row])) ** 2 / 2
            learner.partial_fit(STANDARD[row : row + 1], Y[row : row + 1])
        costs.append(cost / 100)
    assert np.round(costs[:3] + costs[-1:], 4).tolist() == [0.2039, 0.0730, 0.0558, 0.0250]


def test_mini_batches_of_everything_are_batch_gradient_descent() -> None:
    mean = MiniBatchSGD(0.01 * 100, n_iter=15, batch_size=100).fit(STANDARD, Y)
    np.testing.assert_allclose(np.array(mean.cost_) * 100, Adaline(0.01, 15).fit(STANDARD, Y).cost_, rtol=1e-9)
    small = MiniBatchSGD(0.1, n_iter=10, batch_size=20).fit(STANDARD, Y)
    assert small.score(STANDARD, Y) == 1 and small.cost_[-1] < small.cost_[0] / 5


@pytest.mark.parametrize("kind", LEARNERS)
def test_as_scikit_learn_has_it(kind: type) -> None:
    learner = kind(n_iter=3).fit(STANDARD, Y)
    again = clone(learner)
    assert again.get_params() == learner.get_params() and not hasattr(again, "w_")
    assert repr(again).startswith(f"{kind.__name__}(eta=")
    np.testing.assert_array_equal(again.fit(STANDARD, Y).w_, learner.w_)
    assert learner.set_params(eta=0.5).eta == 0.5
    assert learner.predict(STANDARD).shape == (100,) and learner.predict(STANDARD[0]).shape == ()


@pytest.mark.parametrize("kind", LEARNERS)
def test_what_cannot_be_learnt_is_said(kind: type) -> None:
    learner = kind()
    with pytest.raises(ValueError, match="has learnt nothing yet"):
        learner.predict(X)
    with pytest.raises(ValueError, match=r"knows the labels -1 and 1; y also has \[0\.0\]"):
        learner.fit(X, np.zeros(100))
    with pytest.raises(ValueError, match=r"100 rows in X, but y has the shape \(99,\)"):
        learner.fit(X, Y[1:])
    with pytest.raises(ValueError, match=r"has to be a table"):
        learner.fit(X[:, 0], Y)
    learner.fit(STANDARD, Y)
    with pytest.raises(ValueError, match=r"X has the shape \(2, 3\), but .* 2 features"):
        learner.predict(np.ones((2, 3)))
    with pytest.raises(ValueError, match="no parameter 'alpha'; it has eta"):
        learner.set_params(alpha=1)
