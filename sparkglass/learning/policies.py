"""What to do when a detector fires: nothing, begin anew, swap in a model raised meanwhile, go back to a snapshot, stop learning for a time.

Faults and drifts need opposite reactions, and nothing in the errors tells them apart: what saves a model from a flood of
forged rows makes it slow at a real drift. So the default is to do nothing, and each action is told (``Guarded``).
"""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Action", "Background", "Policy", "Quarantine", "Reset", "Rollback", "named"]


@dataclass(frozen=True)
class Action:
    """What a policy did after ``at`` examples; ``until`` is where it ends, if it lasts."""

    at: int
    name: str
    detail: str = ""
    until: int | None = None


class Policy:
    """Does nothing; the others change what they need. It holds the learner that answers, and teaches it.

    ``learner`` has ``partial_fit``; ``at`` counts the rows that were handed on. ``warned``, ``calmed`` and ``drifted`` are called between
    two rows: before the row is learnt whose loss made the detector speak.
    """

    name = "none"
    needs_warnings = False
    needs_copies = False

    def begin(self, learner: Any, teach: Callable[[Any, Any, Any], None], act: Callable[[Action], None]) -> None:
        """Takes over a learner; ``teach(learner, X, y)`` has it learn, ``act`` is told of actions."""
        self.learner = learner
        self.at = 0
        self.teach = teach
        self.act = act
        # Set where what the detector has read so far says nothing of what comes.
        self.is_detector_stale = False
        if self.needs_copies:
            try:
                self._unlearnt = copy.deepcopy(learner)
            except Exception as error:
                name = type(learner).__name__
                raise TypeError(
                    f"The policy {self.name!r} needs copies of the learner, and {name} cannot be copied: {error}"
                ) from error

    def __getstate__(self) -> dict[str, Any]:
        # Bound to the one that holds the policy; that one binds them again.
        return {name: value for name, value in self.__dict__.items() if name not in ("teach", "act")}

    def fresh(self) -> Any:
        """The learner as it was handed over."""
        return copy.deepcopy(self._unlearnt)

    def learn(self, X: Any, y: Any) -> None:
        """Hands rows on to the learner."""
        self.teach(self.learner, X, y)
        self.at += len(y)

    def warned(self) -> None:
        """The detector has entered its warning zone."""

    def calmed(self) -> None:
        """It has left it, and there was no drift."""

    def drifted(self) -> None:
        """It has detected a drift."""


class Reset(Policy):
    """On a drift, the learner begins anew, as it was when it was handed over."""

    name = "reset"
    needs_copies = True

    def drifted(self) -> None:
        self.learner = self.fresh()
        self.act(Action(self.at, "reset"))


class Background(Policy):
    """From a warning on, a second learner learns too; a drift swaps it in, and the end of the warning lets it go.

    As river's ``DriftRetrainingClassifier``, which keeps the second one over warnings that came to nothing.
    """

    name = "background"
    needs_copies = True
    needs_warnings = True

    def begin(self, learner: Any, teach: Callable[[Any, Any, Any], None], act: Callable[[Action], None]) -> None:
        super().begin(learner, teach, act)
        self._raised: Any = None
        self._raised_since = 0

    def learn(self, X: Any, y: Any) -> None:
        if self._raised is not None:
            self.teach(self._raised, X, y)
        super().learn(X, y)

    def warned(self) -> None:
        self._raised, self._raised_since = self.fresh(), self.at
        self.act(Action(self.at, "background model begun"))

    def calmed(self) -> None:
        self._raised = None
        self.act(Action(self.at, "background model dropped"))

    def drifted(self) -> None:
        learnt = self.at - self._raised_since if self._raised is not None else 0
        self.learner = self._raised if learnt else self.fresh()
        self._raised = None
        self.act(Action(self.at, "background model swapped in", f"it has learnt from {learnt} examples"))


class Rollback(Policy):
    """On a drift, the learner is again what it was in its newest snapshot that is not younger than the warning.

    A snapshot is made each ``every`` examples, where a step ends, never in a warning zone; the newest ``keep`` are kept.
    """

    name = "rollback"
    needs_copies = True

    def __init__(self, every: int = 50, keep: int = 20) -> None:
        if every < 1 or keep < 1:
            raise ValueError(f"every and keep of a rollback are at least 1, not {every!r} and {keep!r}.")
        self.every = every
        self.keep = keep

    def begin(self, learner: Any, teach: Callable[[Any, Any, Any], None], act: Callable[[Action], None]) -> None:
        super().begin(learner, teach, act)
        self._snapshots: deque[tuple[int, Any]] = deque([(0, self.fresh())], maxlen=self.keep)
        self._is_warned = False

    def learn(self, X: Any, y: Any) -> None:
        super().learn(X, y)
        if not self._is_warned and self.at - self._snapshots[-1][0] >= self.every:
            self._snapshots.append((self.at, copy.deepcopy(self.learner)))

    def warned(self) -> None:
        self._is_warned = True

    def calmed(self) -> None:
        self._is_warned = False

    def drifted(self) -> None:
        self._is_warned = False
        made_at = self.go_back()
        self.act(Action(self.at, "rollback", f"to the snapshot of {made_at} examples"))

    def go_back(self) -> int:
        """Puts the newest snapshot in place; the examples after which it was made."""
        made_at, snapshot = self._snapshots[-1]
        self.learner = copy.deepcopy(snapshot)
        return made_at


class Quarantine(Rollback):
    """On a drift, a rollback, and the next ``rows`` examples are set aside, not learnt. Another drift meanwhile changes nothing,
    and the detector begins anew when it is over.

    The rows of the last quarantine are kept: ``release`` has them learnt after all, when they were no forgeries.
    """

    name = "quarantine"

    def __init__(self, rows: int = 200, every: int = 50, keep: int = 20) -> None:
        super().__init__(every, keep)
        if rows < 1:
            raise ValueError(f"rows of a quarantine is at least 1, not {rows!r}.")
        self.rows = rows

    def begin(self, learner: Any, teach: Callable[[Any, Any, Any], None], act: Callable[[Action], None]) -> None:
        super().begin(learner, teach, act)
        self._until = 0
        self._aside: list[tuple[Any, Any]] = []

    @property
    def aside(self) -> int:
        """Rows that are set aside."""
        return sum(len(y) for _, y in self._aside)

    def learn(self, X: Any, y: Any) -> None:
        held = min(max(0, self._until - self.at), len(y))
        if held:
            self._aside.append((_until(X, held), y[:held]))
            self.at += held
            # The errors of a quarantine are those of a model that was not allowed to learn.
            self.is_detector_stale = self.at >= self._until
        if held < len(y):
            super().learn(_from(X, held), y[held:])

    def drifted(self) -> None:
        self._is_warned = False
        if self.at < self._until:
            return
        made_at = self.go_back()
        self._aside = []
        self._until = self.at + self.rows
        detail = f"back to the snapshot of {made_at} examples; {self.rows} examples are set aside"
        self.act(Action(self.at, "quarantine", detail, self._until))

    def release(self) -> int:
        """Ends the quarantine and has the rows learnt that are set aside; how many they were."""
        count = self.aside
        for X, y in self._aside:
            self.teach(self.learner, X, y)
        self._aside, self._until = [], self.at
        self.act(Action(self.at, "quarantine released", f"{count} examples learnt after all"))
        return count


def _until(X: Any, row: int) -> Any:
    return X.iloc[:row] if hasattr(X, "iloc") else X[:row]


def _from(X: Any, row: int) -> Any:
    return X.iloc[row:] if hasattr(X, "iloc") else X[row:]


POLICIES: dict[str, type[Policy]] = {one.name: one for one in (Policy, Reset, Background, Rollback, Quarantine)}


def named(policy: str | Policy) -> Policy:
    """A policy, also by its name: ``none``, ``reset``, ``background``, ``rollback`` or ``quarantine``."""
    if isinstance(policy, Policy):
        return copy.deepcopy(policy)
    if policy not in POLICIES:
        raise ValueError(f"There is no policy {policy!r}: use one of {', '.join(POLICIES)}.")
    return POLICIES[policy]()
