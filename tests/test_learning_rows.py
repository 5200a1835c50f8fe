"""Test, then train, on the rows of a plain loop: what each learner is scored on, learns, and is told of."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from course_classes import Perceptron
from river import linear_model as river_linear
from river import preprocessing
from sklearn.linear_model import LinearRegression, LogisticRegression, SGDClassifier
from sklearn.tree import DecisionTreeClassifier
from told import Told, listen

from sparkglass import curve


@pytest.fixture(autouse=True)
def _listening() -> None:
    listen()


def rows(count: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Two clouds that a line parts."""
    random = np.random.default_rng(seed)
    y = random.choice([-1, 1], count)
    return random.normal(size=(count, 2)) + 1.5 * y[:, None], y


def test_scored_first_then_learnt() -> None:
    X, y = rows(500)
    c = curve("sgd", classes=[-1, 1])
    each = c.each_batch(SGDClassifier(random_state=1))
    by_hand, predictions = SGDClassifier(random_state=1), []
    for start in range(0, 500, 50):
        batch, labels = X[start : start + 50], y[start : start + 50]
        each.step(batch, labels)
        if start:
            predictions += by_hand.predict(batch).tolist()
        by_hand.partial_fit(batch, labels, classes=[-1, 1])
    told, line = Told(c), each.learners[0].line
    assert [c.classes.labels[n] for n in told.rows(line, "Predictions")] == predictions
    # It could not say anything of the first batch: a gap, and the axis goes on.
    assert told.column(line, "Examples") == [0] + [50] * 9
    assert told.column(line, "At") == told.column(line, "Visits") == list(range(50, 501, 50))
    errors = np.sum(np.array(predictions) != y[50:])
    assert sum(told.column(line, "Loss Sum")) == errors
    assert min(told.column(line, "Python CPU")) > 0
    assert told.column(line, "Model Bytes")[0] == len(
        pickle.dumps(SGDClassifier(random_state=1).partial_fit(X[:50], y[:50], classes=[-1, 1]).__dict__, protocol=5)
    )
    assert told.column(line, "Model Bytes")[1] == -1
    assert told.marks("mistake") == []


def test_a_function_says_how_to_learn() -> None:
    X, y = rows(60)
    c = curve("function", classes=[-1, 1])
    model = Perceptron(0.1)
    heard: list[np.ndarray] = []

    @c.each_batch(model, ["a", "b"], "y", name="perceptron")
    def learn(X: np.ndarray, y: np.ndarray) -> None:
        """Mine."""
        heard.append(X)
        if not hasattr(model, "w_"):
            model.w_ = np.zeros(3)
        for xi, target in zip(X, y, strict=True):
            update = 0.1 * (target - model.predict(xi))
            model.w_[1:] += update * xi
            model.w_[0] += update

    assert learn.__name__ == "learn" and learn.__doc__ == "Mine."
    learn.step(X[:30], y[:30])
    learn.step(X[30:], y[30:])
    assert len(heard) == 2
    told = Told(c)
    assert told.events("Line")[0]["Name"] == "perceptron" and told.events("Line")[0]["Learner"] == "Perceptron"
    assert told.column(learn.learners[0].line, "Examples") == [0, 30]


def test_models_that_cannot_go_on_learning_are_refused() -> None:
    c = curve("refused")
    with pytest.raises(TypeError, match="LogisticRegression has no partial_fit.*def learn"):
        c.each_batch(LogisticRegression()).step([[1, 2]], [1])
    with pytest.raises(TypeError, match=r"give a model, SGDClassifier\(…\), not the class"):
        c.each_batch(SGDClassifier)
    with pytest.raises(ValueError, match="loss must be one of zeroOne, squared, log"):
        c.each_batch(SGDClassifier(), loss="hinge")
    with pytest.raises(ValueError, match="X of shape"):
        c.each_batch(SGDClassifier()).step([1, 2], [1, 2])


def test_river_and_regression() -> None:
    X, y = rows(200)
    c = curve("river", classes=[False, True])
    each = c.each_batch(preprocessing.StandardScaler() | river_linear.LogisticRegression(), name="river")
    for start in range(0, 200, 20):
        each.step(X[start : start + 20], y[start : start + 20] > 0)
    told, line = Told(c), each.learners[0].line
    assert sum(told.column(line, "Examples")) >= 180 and sum(told.column(line, "Loss Sum")) < 20
    squared = c.each_batch(_Mean(), loss="squared", name="mean")
    squared.step([[0.0], [0.0]], [1.0, 3.0])
    squared.step([[0.0]], [5.0])
    assert Told(c).rows(squared.learners[0].line, "Losses") == [9.0]


class _Mean:
    """Predicts the mean of the labels so far."""

    def partial_fit(self, X: np.ndarray, y: np.ndarray) -> None:
        self.labels = [*getattr(self, "labels", []), *y]

    def predict(self, X: np.ndarray) -> np.ndarray:
        return np.full(len(X), np.mean(self.labels))


def test_batch_and_online_on_the_same_rows() -> None:
    X, y = rows(1000)
    c = curve("both", classes=[-1, 1])
    nightly = c.batch(LogisticRegression(), every=200, name="nightly")
    once = c.batch(LogisticRegression(), at=[100], name="once")
    each = c.each_batch([SGDClassifier(random_state=1), nightly, once])
    for start in range(0, 1000, 50):
        each.step(X[start : start + 50], y[start : start + 50])
    told = Told(c)
    assert c.seen == 1000
    for line in c.lines[:3]:
        assert told.column(line, "At") == list(range(50, 1001, 50))
    assert told.column(nightly.line, "Examples") == [0] * 4 + [50] * 16
    assert told.column(once.line, "Examples") == [0] * 2 + [50] * 18
    retrains = told.marks("retrain")
    assert [mark["Start"] for mark in retrains if mark["Line"] == nightly.line.ordinal] == [200, 400, 600, 800, 1000]
    assert [mark["Name"] for mark in retrains if mark["Line"] == once.line.ordinal] == ["once 1"]
    # The version of 200 rows scored the rows up to 400.
    model = LogisticRegression().fit(X[:200], y[:200])
    assert sum(told.column(nightly.line, "Loss Sum")[4:8]) == np.sum(model.predict(X[200:400]) != y[200:400])
    # Rows of all fits, each as often as it went over them.
    iterations = [int(LogisticRegression().fit(X[:n], y[:n]).n_iter_[0]) for n in range(200, 1001, 200)]
    assert told.column(nightly.line, "Visits")[-1] == sum(
        n * k for n, k in zip(range(200, 1001, 200), iterations, strict=True)
    )
    # What one learner's fit takes is no other's.
    assert told.column(nightly.line, "Python CPU")[3] > 0
    kinds = {event["Name"]: event["Kind"] for event in told.events("Line")}
    assert kinds["nightly"] == "batch" and kinds["SGDClassifier"] == "online"


def test_rows_of_the_fit_are_in_sample() -> None:
    X, y = rows(300)
    c = curve("in-sample", classes=[-1, 1])
    model = c.batch(LogisticRegression(), fit_on=(X[:100], y[:100]), at=[10_000], name="batch")
    each = c.each_batch(model)
    with pytest.warns(UserWarning, match="scored on rows that it was fitted on"):
        each.step(X[:50], y[:50])
    each.step(X[50:100], y[50:100])
    each.step(X[100:200], y[100:200])
    told = Told(c)
    assert told.column(model.line, "Flags") == [1, 1, 0]
    assert [mark["Name"] for mark in told.marks("mistake")] == ["scored on its own training rows"]


def test_a_probe_beside_each_learner() -> None:
    X, y = rows(400)
    clean_X, clean_y = rows(80, seed=2)
    c = curve("probe", classes=[-1, 1])
    probe = c.probe(clean_X, clean_y, every=100)
    each = c.each_batch([SGDClassifier(random_state=1), c.batch(LogisticRegression(), every=200, name="batch")])
    for start in range(0, 400, 25):
        each.step(X[start : start + 25], y[start : start + 25])
    told = Told(c)
    lines = {line.name: line for line in c.lines}
    beside = lines["SGDClassifier probe"]
    assert told.column(beside, "At") == [25, 100, 200, 300, 400] and told.column(beside, "Examples") == [80] * 5
    assert c.seen == 400
    event = next(event for event in told.events("Line") if event["Line"] == beside.ordinal)
    assert event["Kind"] == "probe" and event["Of"] == lines["SGDClassifier"].ordinal
    model = each.learners[1].model
    assert told.column(lines["batch probe"], "Loss Sum")[-1] == np.sum(model.predict(clean_X) != clean_y)
    probe.score(c.line("by hand"), clean_y)
    assert Told(c).column(c.line("by hand probe", "probe"), "Loss Sum") == [0]
    with pytest.raises(ValueError, match="probe: X must be of shape"):
        c.probe(clean_X, clean_y[:3])


def test_one_class_only() -> None:
    X, y = rows(100)
    c = curve("one")
    each = c.each_batch(SGDClassifier())
    with pytest.warns(UserWarning, match="the rows so far have only 1: say"):
        each.step(X[:40], np.ones(40, dtype=int))
    each.step(X[40:60], np.ones(20, dtype=int))
    assert not each.learners[0].has_learnt
    each.step(X, y)
    each.step(X, y)
    told = Told(c)
    assert told.column(each.learners[0].line, "Examples") == [0, 0, 0, 100]
    assert [mark["Name"] for mark in told.marks("mistake")] == ["one class"]


def test_learning_outside_is_noticed() -> None:
    X, y = rows(100)
    c = curve("outside", classes=[-1, 1])
    model = SGDClassifier(random_state=1)
    each = c.each_batch(model)
    each.step(X[:50], y[:50])
    model.partial_fit(X[50:], y[50:])
    with pytest.warns(UserWarning, match="has learnt between two batches"):
        each.step(X[50:], y[50:])
    assert [mark["Name"] for mark in Told(c).marks("mistake")] == ["scored after learning"]


def test_a_learner_that_a_policy_stops_is_scored_all_the_same() -> None:
    X, y = rows(150)
    c = curve("paused", classes=[-1, 1])
    each = c.each_batch(SGDClassifier(random_state=1))
    c.on_scored(lambda line, losses, before: setattr(line.owner, "is_learning", before < 50))
    for start in range(0, 150, 50):
        each.step(X[start : start + 50], y[start : start + 50])
    told = Told(c)
    assert told.column(each.learners[0].line, "Examples") == [0, 50, 50]
    assert told.column(each.learners[0].line, "Visits") == [50, 50, 50]


def test_a_state_goes_on_where_it_stood(tmp_path: Path) -> None:
    X, y = rows(200)
    whole = curve("whole", classes=[-1, 1]).each_batch(SGDClassifier(random_state=1))
    first = curve("first", classes=[-1, 1]).each_batch(SGDClassifier(random_state=1), state=tmp_path)
    for start in range(0, 100, 50):
        whole.step(X[start : start + 50], y[start : start + 50])
        first.step(X[start : start + 50], y[start : start + 50])
    first.save()
    model = SGDClassifier(random_state=1)
    again = curve("again", classes=[-1, 1])
    second = again.each_batch(model, state=tmp_path)
    for start in range(100, 200, 50):
        whole.step(X[start : start + 50], y[start : start + 50])
        second.step(X[start : start + 50], y[start : start + 50])
    assert model.coef_.tolist() == whole.learners[0].model.coef_.tolist()
    assert Told(again).column(second.learners[0].line, "At") == [150, 200]
    assert Told(again).column(second.learners[0].line, "Visits") == [150, 200]
    with pytest.raises(ValueError, match="of a SGDClassifier, not of a _Mean"):
        curve("other").each_batch(_Mean(), name="SGDClassifier", state=tmp_path).step(X, y)
    with pytest.raises(ValueError, match=r"of the learners \['SGDClassifier'\], not of \['_Mean'\]"):
        curve("other").each_batch(_Mean(), state=tmp_path).step(X, y)


def test_a_batch_learner_of_numbers() -> None:
    X = np.arange(40.0).reshape(-1, 1)
    c = curve("regression")
    learner = c.batch(LinearRegression(), every=10, loss="squared", name="line")
    each = c.each_batch(learner, loss="squared")
    for start in range(0, 40, 10):
        each.step(X[start : start + 10], 3 * X[start : start + 10, 0] + 1)
    assert max(Told(c).rows(learner.line, "Losses")) < 1e-9
    with pytest.raises(ValueError, match="say when it is fitted"):
        c.batch(LinearRegression())


def test_a_plain_loop_ends_with_its_block() -> None:
    X, y = rows(20)
    with curve("block", classes=[-1, 1]) as c:
        c.each_batch(SGDClassifier()).step(X, y)
    with curve("stream", classes=[-1, 1]) as waits:
        each = waits.each_batch(SGDClassifier())
    assert [end["Reason"] for end in Told(c).events("End")] == ["finished"]
    # Its query has yet to bring a batch.
    assert Told(waits).events("End") == [] and not waits.is_finished
    assert each.goes_on
    with pytest.raises(KeyboardInterrupt), waits:
        raise KeyboardInterrupt
    assert not waits.is_finished


def test_learners_of_one_class_have_lines_of_their_own() -> None:
    X, y = rows(20)
    c = curve("names", classes=[-1, 1])
    one, other = c.each_batch(SGDClassifier()), c.each_batch([("mine", SGDClassifier()), SGDClassifier()])
    for each in (one, other):
        each.step(X, y)
    assert [line.name for line in c.lines] == ["SGDClassifier", "mine", "SGDClassifier (2)"]
    for _ in range(2):
        c.each_batch(SGDClassifier(), name="made anew").step(X, y)
    assert len(c.lines) == 4


def test_labels_that_are_no_classes_are_said() -> None:
    y = rows(40)[1]
    c = curve("labels", classes=["-1", "1"])
    with pytest.warns(UserWarning, match=r"the label 1 \(int\) is not among the classes"):
        c.line("p").add(y, y)
    assert [mark["Name"] for mark in Told(c).marks("mistake")] == ["unknown label"]


def test_the_boundary_of_a_linear_model_is_told_as_it_learns() -> None:
    X, y = rows(300)
    c = curve("line", classes=[-1, 1])
    model = SGDClassifier(random_state=1)
    each = c.each_batch([model, c.batch(DecisionTreeClassifier(), every=100, name="tree")], features=["a", "b"])
    each.step(X[:250], y[:250])
    (told,) = Told(c).events("Boundary")
    assert told["Weights"] == [*model.intercept_, *model.coef_[0]] and told["Features"] == ["a", "b"]
    assert (told["Line"], told["At"], len(told["Sample"])) == (each.learners[0].line.ordinal, 250, 125)
    c.fit(Perceptron(), X, y)
    assert len(Told(c).events("Boundary")) == 2
