"""Policies, on 2,000 rows with a stuck sensor, a flood and a drift: what saves a learner from the one harms it at the other."""

from __future__ import annotations

import copy
import pickle
import threading
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from river import drift
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.preprocessing import StandardScaler

from sparkglass.learning.detectors import DDM, Band, judge
from sparkglass.learning.guarded import Guarded
from sparkglass.learning.learners import AdalineSGD, MiniBatchSGD, Perceptron
from sparkglass.learning.policies import Policy, Quarantine, Rollback
from sparkglass.learning.recipes import flowers, payments

FLOOD, DRIFT = slice(800, 1000), slice(1400, 2000)
ROWS = flowers()


class Course(NamedTuple):
    """What a learner did: its error on each row before learning it, and on the clean probes after it."""

    errors: np.ndarray
    probe: np.ndarray
    drifted_probe: np.ndarray

    @property
    def total(self) -> int:
        return int(self.errors[200:].sum())


def course(learner: Any, step: int = 1) -> Course:
    errors, probe, drifted = np.zeros(2000), np.zeros(2000), np.zeros(2000)
    for begin in range(0, 2000, step):
        rows = slice(begin, begin + step)
        if begin:
            errors[rows] = learner.predict(ROWS.X[rows]) != ROWS.y[rows]
        learner.partial_fit(ROWS.X[rows], ROWS.y[rows])
        probe[rows], drifted[rows] = 1 - learner.score(*ROWS.probe), 1 - learner.score(*ROWS.drifted_probe)
    return Course(errors, probe, drifted)


@pytest.fixture(scope="module")
def plain() -> Course:
    return course(AdalineSGD(0.01))


def test_the_errors_praise_the_poisoned_learner(plain: Course) -> None:
    once = LogisticRegression().fit(ROWS.X[:200], ROWS.y[:200])
    assert (once.predict(ROWS.X) != ROWS.y)[FLOOD].mean() == 1 and once.score(*ROWS.probe) > 0.99
    assert (once.predict(ROWS.X) != ROWS.y)[DRIFT].mean() == pytest.approx(0.5, abs=0.05)
    perceptron = course(Perceptron())
    assert perceptron.errors[FLOOD].mean() <= 0.01 and perceptron.probe[999] == pytest.approx(0.5, abs=0.05)
    assert plain.errors[FLOOD].mean() < 0.15 and plain.probe[999] == pytest.approx(0.5, abs=0.05)
    mini = course(MiniBatchSGD(0.1), step=20)
    assert plain.errors[FLOOD].mean() < mini.errors[FLOOD].mean() < 0.5
    assert perceptron.total < plain.total < mini.total


def test_a_policy_of_none_is_the_learner_alone(plain: Course) -> None:
    guarded = Guarded(AdalineSGD(0.01))
    same = course(guarded)
    np.testing.assert_array_equal(same.errors, plain.errors)
    np.testing.assert_array_equal(same.probe, plain.probe)
    assert not guarded.actions and [found.direction for found in guarded.detections] == ["worse"] * len(
        guarded.detections
    )
    bands = [Band(400, 500), Band(800, 1000), Band(1400)]
    judged = judge([found.at for found in guarded.detections], bands)
    assert judged.missed == 0 and all(delay < 50 for delay in judged.delays if delay is not None)


def test_a_rollback_alone_does_nothing_in_a_flood(plain: Course) -> None:
    guarded = Guarded(AdalineSGD(0.01), "rollback")
    rolled = course(guarded)
    assert rolled.probe[999] == pytest.approx(plain.probe[999], abs=0.02)
    assert plain.errors[FLOOD].mean() < rolled.errors[FLOOD].mean() < 0.25 and rolled.total > plain.total
    flood = [action for action in guarded.actions if 800 <= action.at < 1000]
    assert [action.name for action in flood] == ["rollback"]
    assert int(flood[0].detail.split()[-2]) <= 801, "the snapshot is not younger than the warning"


def test_a_quarantine_saves_the_flood_and_doubles_the_damage_of_a_drift(plain: Course) -> None:
    guarded = Guarded(AdalineSGD(0.01), Quarantine(rows=200))
    kept = course(guarded)
    assert kept.errors[FLOOD].mean() == 1 and kept.probe[FLOOD].max() < 0.01
    assert kept.errors[DRIFT].mean() > 2 * plain.errors[DRIFT].mean()
    assert kept.drifted_probe[DRIFT].mean() > 2 * plain.drifted_probe[DRIFT].mean()
    assert kept.total > 2 * plain.total
    bands = [(action.name, action.until - action.at) for action in guarded.actions if action.until]
    assert bands == [("quarantine", 200)] * 3


@pytest.mark.parametrize("policy", ["reset", "background"])
def test_beginning_anew_forgets_what_a_drift_made_wrong(plain: Course, policy: str) -> None:
    guarded = Guarded(AdalineSGD(0.01), policy)
    anew = course(guarded)
    assert anew.errors[DRIFT].mean() < plain.errors[DRIFT].mean()
    # And in a flood it has nothing but the forged rows to go by.
    assert anew.probe[999] > plain.probe[999] + 0.2
    # DDM also fires where errors are rare: a false alarm that costs a model.
    assert [action for action in guarded.actions if 1400 <= action.at < 1450]


def test_the_background_model_learns_only_in_warnings() -> None:
    guarded = Guarded(AdalineSGD(0.01), "background")
    for row in range(815):
        guarded.partial_fit(ROWS.X[row : row + 1], ROWS.y[row : row + 1])
    begun, swapped = list(guarded.actions)[-2:]
    assert (begun.name, swapped.name) == ("background model begun", "background model swapped in")
    assert 800 < begun.at < swapped.at < 815 and str(swapped.at - begun.at) in swapped.detail
    rows = slice(begun.at, 815)
    np.testing.assert_array_equal(guarded.learner.w_, AdalineSGD(0.01).partial_fit(ROWS.X[rows], ROWS.y[rows]).w_)


def test_a_background_model_is_dropped_when_it_is_calm_again() -> None:
    guarded = Guarded(Perceptron(), "background", DDM(drift_threshold=50))
    X, y = np.linspace(1, 2, 400).reshape(-1, 1), np.ones(400, dtype=int)
    y[[10, 100, 102, 104]] = -1
    for row in range(400):
        guarded.partial_fit(X[row : row + 1], y[row : row + 1])
    assert [action.name for action in guarded.actions] == ["background model begun", "background model dropped"]


def test_steps_of_many_rows_act_between_rows(plain: Course) -> None:
    guarded = Guarded(AdalineSGD(0.01), Quarantine(rows=200), drift.binary.DDM())
    by_rows = course(guarded, step=50)
    assert by_rows.errors[FLOOD].mean() > 0.75 and guarded.at == 2000
    held = [action for action in guarded.actions if action.name == "quarantine"]
    assert any(800 <= action.at < 850 for action in held)
    # One step of everything: what lies behind the detection is set aside, what lies before is learnt.
    once = Guarded(AdalineSGD(0.01), Quarantine(rows=200))
    once.partial_fit(ROWS.X[:300], ROWS.y[:300])
    once.partial_fit(ROWS.X[300:700], ROWS.y[300:700])
    quarantine = once.actions[0]
    assert quarantine.name == "quarantine" and 400 <= quarantine.at < 420
    made_at = int(quarantine.detail.split(" examples")[0].split()[-1])
    assert 300 <= made_at <= quarantine.at
    alone = AdalineSGD(0.01).partial_fit(ROWS.X[:made_at], ROWS.y[:made_at])
    rest = slice(quarantine.at + 200, 700)
    np.testing.assert_allclose(once.learner.w_, alone.partial_fit(ROWS.X[rest], ROWS.y[rest]).w_, rtol=1e-12)


def test_a_quarantine_can_be_released() -> None:
    guarded = Guarded(AdalineSGD(0.01), Quarantine(rows=300))
    frame = pd.DataFrame(ROWS.X, columns=["sepal", "petal"])
    for begin in range(0, 600, 30):
        guarded.partial_fit(frame.iloc[begin : begin + 30], ROWS.y[begin : begin + 30])
    policy = guarded.policy
    assert isinstance(policy, Quarantine) and policy.aside == 600 - guarded.actions[0].at
    before = guarded.learner.w_.copy()
    held = policy.aside
    assert policy.release() == held and policy.aside == 0
    assert not np.array_equal(guarded.learner.w_, before) and guarded.actions[-1].name == "quarantine released"


class Always:
    """Says 1, whatever it is taught."""

    def partial_fit(self, X: Any, y: Any) -> None:
        pass

    def predict(self, X: Any) -> np.ndarray:
        return np.ones(len(X))


@pytest.mark.parametrize("policy", ["reset", "rollback", "quarantine"])
@pytest.mark.parametrize("turn", ["better", "worse"])
def test_fewer_errors_change_nothing(policy: str, turn: str) -> None:
    y = np.r_[np.tile([-1, 1], 500), np.ones(1000)]
    guarded = Guarded(Always(), policy, drift.ADWIN())
    for part in (y if turn == "better" else y[::-1]).reshape(-1, 20):
        guarded.partial_fit(np.zeros((20, 1)), part)
    assert {found.direction for found in guarded.detections} == {turn}
    assert bool(guarded.actions) == (turn == "worse")


def test_scikit_learns_learners_are_told_all_classes() -> None:
    heard: list[tuple[str, int]] = []
    guarded = Guarded(SGDClassifier(random_state=1), "reset")
    guarded.hear(acted=lambda action, rest: heard.append((action.name, rest)))
    for begin in range(0, 2000, 100):
        guarded.partial_fit(ROWS.X[begin : begin + 100], ROWS.y[begin : begin + 100])
    assert heard and all(name == "reset" and 1 <= rest <= 100 for name, rest in heard)
    assert guarded.learner.classes_.tolist() == [-1, 1] and guarded.coef_.shape == (1, 2)
    again = pickle.loads(pickle.dumps(Guarded(Perceptron().partial_fit(ROWS.X[:50], ROWS.y[:50]))))
    assert again.score(*ROWS.probe) > 0.5 and copy.deepcopy(again).policy is not again.policy


def test_what_cannot_be_guarded_is_said() -> None:
    with pytest.raises(TypeError, match="needs predict and partial_fit"):
        Guarded(StandardScaler())
    with pytest.raises(ValueError, match="no policy 'panic': use one of none, reset, background, rollback, quarantine"):
        Guarded(Perceptron(), "panic")
    with pytest.raises(ValueError, match="'background' needs a detector that warns, as DDM; ADWIN does not"):
        Guarded(Perceptron(), "background", drift.ADWIN())
    with pytest.raises(ValueError, match="rows of a quarantine"):
        Quarantine(rows=0)
    with pytest.raises(ValueError, match="every and keep"):
        Rollback(every=0)
    locked = Perceptron()
    locked.lock = threading.Lock()  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="'rollback' needs copies of the learner, and Perceptron cannot be copied"):
        Guarded(locked, "rollback")
    assert Guarded(locked).learner is locked
    with pytest.raises(ValueError, match="3 rows in X and 2 labels"):
        Guarded(Perceptron()).partial_fit(ROWS.X[:3], ROWS.y[:2])
    shared = Rollback()
    assert Guarded(Perceptron(), shared).policy is not shared and isinstance(Guarded(Perceptron()).policy, Policy)


def test_the_lectures_figure() -> None:
    X, y = payments()
    # As the lecture does it: the scaler knows the future, the batch model is judged on its own training rows.
    rows = StandardScaler().fit_transform(X)
    batch = (LogisticRegression().fit(rows[:500], y[:500]).predict(rows) == y)[1:]
    learner = SGDClassifier(loss="log_loss", random_state=42).partial_fit(rows[:1], y[:1], classes=[0, 1])
    online = []
    for row in range(1, 1000):
        online.append(learner.predict(rows[row : row + 1])[0] == y[row])
        learner.partial_fit(rows[row : row + 1], y[row : row + 1])
    accuracies = [np.mean(part) for part in (online[:499], online[499:], batch[:499], batch[499:])]
    assert np.round(accuracies, 3).tolist() == [0.958, 0.958, 0.984, 0.76]
