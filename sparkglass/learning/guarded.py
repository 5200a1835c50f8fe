"""A learner with a detector and a policy, to be used like the learner alone."""

from __future__ import annotations

import inspect
import warnings
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from .detectors import DDM, Detection, Watch
from .policies import Action, Policy, named

__all__ = ["Guarded"]

MOST_KEPT = 1000  # Actions and detections that are remembered; the page has been told of all.


class Ears:
    """Who hears of actions and detections; a pickle or a copy of a learner has nobody."""

    acted: Callable[[Action, int], object] | None = None
    detected: Callable[[Detection, int], object] | None = None
    failed: Callable[[str], object] | None = None

    def __reduce__(self) -> Any:
        return Ears, ()


class Guarded:
    """Predicts with the learner that the policy holds, and lets policy and detector see each row before it is learnt.

    The detector reads the losses of a batch as they were when it came: predicted by the learner from before it. What the
    policy does takes effect between two rows of the batch. It acts where things get worse, not where they get better.

    Parameters
    ----------
    learner
        With ``predict`` and ``partial_fit``, as scikit-learn's; it is not learnt from outside any more.
    policy
        ``none``, ``reset``, ``background``, ``rollback``, ``quarantine``, or one with options: ``Quarantine(rows=500)``.
    detector
        Any with ``update(x)`` and ``drift_detected``; ``DDM()`` when it is left out.
    loss
        ``zeroOne`` or ``squared``: what the detector reads.
    classes
        All labels there may be, for learners that want to know them; those of the first batches when they are left out.
    """

    def __init__(
        self,
        learner: Any,
        policy: str | Policy = "none",
        detector: Any = None,
        *,
        loss: str = "zeroOne",
        classes: Iterable[Any] | None = None,
    ) -> None:
        if not callable(getattr(learner, "partial_fit", None)) or not callable(getattr(learner, "predict", None)):
            raise TypeError(f"{learner!r} cannot be put under a policy: it needs predict and partial_fit.")
        if loss not in ("zeroOne", "squared"):
            raise ValueError(f"loss is 'zeroOne' or 'squared', not {loss!r}.")
        self.policy = named(policy)
        self.watch = Watch(DDM() if detector is None else detector)
        if self.policy.needs_warnings and not self.watch.warns:
            raise ValueError(
                f"The policy {self.policy.name!r} needs a detector that warns, as DDM; {self.watch.name} does not."
            )
        self.actions: deque[Action] = deque(maxlen=MOST_KEPT)
        self.detections: deque[Detection] = deque(maxlen=MOST_KEPT)
        self.loss = loss
        self._classes = None if classes is None else list(classes)
        self._wants_classes = "classes" in inspect.signature(learner.partial_fit).parameters
        self._ears = Ears()
        self._is_deaf = False
        self._rest = 0
        self.policy.begin(learner, self._teach, self._acted)

    def hear(
        self,
        acted: Callable[[Action, int], object] | None = None,
        detected: Callable[[Detection, int], object] | None = None,
        failed: Callable[[str], object] | None = None,
    ) -> None:
        """Has them called with an ``Action`` or a ``Detection`` and the number of rows of the step from there on; with what failed."""
        self._ears.acted, self._ears.detected, self._ears.failed = acted, detected, failed

    def __setstate__(self, state: dict[str, Any]) -> None:
        ears = self.__dict__.get("_ears", Ears())
        self.__dict__.clear()
        self.__dict__.update(state, _ears=ears)
        self.policy.teach, self.policy.act = self._teach, self._acted

    @property
    def learner(self) -> Any:
        """The learner that answers now."""
        return self.policy.learner

    @property
    def at(self) -> int:
        """Rows that ``partial_fit`` was given so far, learnt or set aside."""
        return self.policy.at

    def predict(self, X: Any) -> Any:
        """What the learner predicts of ``X`` (n, d): (n,)."""
        return self.learner.predict(X)

    def score(self, X: Any, y: Any) -> float:
        """Share of rows whose class is right, 0 to 1."""
        import numpy as np

        return float(np.mean(np.asarray(self.predict(X)) == np.asarray(y)))

    def partial_fit(self, X: Any, y: Any, classes: Iterable[Any] | None = None) -> Guarded:
        """Sees rows ``X`` (n, d) with labels ``y`` (n,), and learns from those that the policy lets pass."""
        import numpy as np

        y = np.asarray(y)
        if len(X) != len(y):
            raise ValueError(f"There are {len(X)} rows in X and {len(y)} labels in y.")
        if classes is not None:
            self._classes = list(classes)
        if self.policy.is_detector_stale:
            self.watch.begin_anew()
            self.policy.is_detector_stale = False
        begin = 0
        for row, event in self._heard(X, y) if self.at and not self._is_deaf else ():
            self._learn(X, y, begin, row)
            begin = row
            self._rest = len(y) - row
            if isinstance(event, Detection):
                self.detections.append(event)
                if self._ears.detected is not None:
                    self._ears.detected(event, self._rest)
                # Fewer errors are no reason to give up what was learnt.
                if event.direction == "worse":
                    self.policy.drifted()
            else:
                event()
        self._learn(X, y, begin, len(y))
        self._rest = 0
        return self

    def __getattr__(self, name: str) -> Any:
        # What else a learner has (predict_proba, coef_, w_) is that of the learner in place.
        policy = self.__dict__.get("policy")
        if policy is None or name.startswith("__") or "learner" not in policy.__dict__:
            raise AttributeError(name)
        return getattr(policy.learner, name)

    def __repr__(self) -> str:
        return f"Guarded({self.learner!r}, {self.policy.name!r}, {self.watch.name})"

    def _heard(self, X: Any, y: Any) -> list[tuple[int, Any]]:
        """What the detector says, by the row at which it says it."""
        import numpy as np

        predicted = np.asarray(self.predict(X)).reshape(-1)
        losses = (predicted != y) if self.loss == "zeroOne" else (predicted - y) ** 2
        events: list[tuple[int, Any]] = []
        was_warned = self.watch.warning
        for row, loss in enumerate(losses.astype(float).tolist()):
            try:
                found = self.watch.update(loss, self.at + row + 1)
            except Exception as error:
                self._failed(
                    f"{self.watch.name} failed, and the policy {self.policy.name!r} does nothing any more: {error}"
                )
                break
            is_warned = self.watch.warning
            if found is not None:
                events.append((row, found))
                if was_warned and found.direction == "better":
                    events.append((row, self.policy.calmed))
            elif is_warned != was_warned:
                events.append((row, self.policy.warned if is_warned else self.policy.calmed))
            was_warned = is_warned
        return events

    def _failed(self, reason: str) -> None:
        """A detector's fault is no reason to stop a stream."""
        self._is_deaf = True
        if self._ears.failed is not None:
            self._ears.failed(reason)
            return
        try:
            warnings.warn(f"Sparkglass: {reason}", stacklevel=2)
        except Warning:
            pass  # where warnings are errors, the learner goes on all the same

    def _learn(self, X: Any, y: Any, begin: int, end: int) -> None:
        if end > begin:
            self.policy.learn(X.iloc[begin:end] if hasattr(X, "iloc") else X[begin:end], y[begin:end])

    def _teach(self, learner: Any, X: Any, y: Any) -> None:
        if not self._wants_classes:
            learner.partial_fit(X, y)
            return
        if self._classes is None:
            import numpy as np

            self._classes = np.unique(y).tolist()
        learner.partial_fit(X, y, classes=self._classes)

    def _acted(self, action: Action) -> None:
        self.actions.append(action)
        if self._ears.acted is not None:
            self._ears.acted(action, self._rest)
