"""What is done to learners on a curve: faults in their rows, detectors on their losses, policies, a model that is served."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .axes import Axes
from .batches import EachBatch
from .detecting import Detecting, bands, of_truth
from .detectors import Detection
from .faults import BrokenSensor, Drift, Fault, Flood
from .guarded import Guarded
from .injected import counts_by_time, inject
from .lines import Line
from .online import Learner
from .policies import Action, Policy
from .serving import Served
from .versions import Shelf

if TYPE_CHECKING:
    from .marks import Mark


class Experiments(Axes):
    """Part of ``Curve``."""

    def detect(self, detector: Any, line: Line | str | None = None) -> Detecting:
        """Watches the losses of a line, or of all lines that score the stream, and marks what is detected.

        Each line has a copy of the detector. A mark says whether things got worse or better, and how long after the beginning of a known
        fault or drift it was made: those of ``inject`` and ``fault``, and marks of the kinds ``fault`` and ``drift``.

        Parameters
        ----------
        detector
            Any of river's, or another with ``update(x)`` and ``drift_detected``, or its class; ``DDM()`` and ``PageHinkley()`` of
            ``sparkglass.learning.detectors`` need no river.
        line
            One line only, or its name, also of one that is still to come.

        Returns
        -------
        Detecting
            ``found``, ``judged()``, ``stop()``.

        Raises
        ------
        TypeError
            When it is no detector.
        """
        return Detecting(self, detector, line)

    def policy(
        self,
        learner: Any,
        policy: str | Policy = "none",
        detector: Any = None,
        *,
        loss: str = "zeroOne",
        classes: Iterable[Any] | None = None,
    ) -> Guarded:
        """A learner that a policy acts on when a detector fires: ``c.each_batch(c.policy(model, "rollback"), …)``.

        Whatever the policy does is marked, and the detections it acts on are.

        Parameters
        ----------
        learner
            With ``predict`` and ``partial_fit``.
        policy
            ``none``, ``reset``, ``background``, ``rollback``, ``quarantine``; or one with options, as ``Quarantine(rows=500)`` of
            ``sparkglass.learning.policies``.
        detector
            As in ``detect``; ``DDM()`` when it is left out.
        loss
            What the detector reads: ``zeroOne`` or ``squared``.
        classes
            All labels there may be; those of the curve when they are left out.
        """
        known = list(self.classes.labels) if classes is None and self.has_classes else classes
        guarded = Guarded(learner, policy, detector, loss=loss, classes=known)

        def place(rest: int) -> tuple[Line | None, int]:
            """The guarded learner's line, and where on it the row stands that has ``rest - 1`` more after it in the step."""
            for line in self.lines:
                if getattr(line.owner, "model", None) is guarded:
                    return line, line.at - rest
            return None, self.seen - rest

        def acted(action: Action, rest: int) -> None:
            line, at = place(rest)
            end = None if action.until is None else at + action.until - action.at
            self.mark("policy", action.name, start=at, end=end, detail=action.detail, line=line)

        def detected(found: Detection, rest: int) -> None:
            line, at = place(rest)
            detail = of_truth(at + 1, bands(self, at + 1))
            self.mark("detection", found.detector, at + 1, detail=detail, direction=found.direction, line=line)

        guarded.hear(acted, detected, lambda reason: self.mistake("policy failed", reason, place(0)[0]))
        return guarded

    def inject(
        self,
        rows: Any,
        faults: Fault | Iterable[Fault],
        *,
        by: str | None = None,
        origin: float | datetime.datetime | None = None,
        seed: int = 0,
        truth: str | None = None,
        features: list[str] | None = None,
    ) -> Any:
        """The rows with faults in them, as ``sparkglass.learning.inject`` makes them, and the truth of each marked on the curve.

        Positions count from the examples that the curve has seen by now. Where rows are counted by a time, a fault's mark begins and
        ends with the step that is scored when its time has come: right to within a batch, as long as rows come when they happen.
        """
        wanted = [faults] if isinstance(faults, (BrokenSensor, Flood, Drift)) else list(faults)
        by_time = by is not None and counts_by_time(rows, by)
        if by_time and origin is None:
            origin = datetime.datetime.now()
        faulty = inject(rows, wanted, by=by, origin=origin, seed=seed, truth=truth, features=features)
        if by_time and isinstance(origin, datetime.datetime):
            self._mark_in_time(wanted, origin.timestamp())
        else:
            for fault in wanted:
                self._mark_fault(fault, self.come + fault.start, None if fault.end is None else self.come + fault.end)
        return faulty

    def serve(
        self, what: Any = None, *, features: list[str] | None = None, port: int = 0, token: str | None = None
    ) -> Served:
        """Serves a learner of this curve as it learns, or a model: ``POST /predict`` and ``GET /health``, on this machine only.

        Parameters
        ----------
        what
            What ``each_batch`` or ``batch`` has made, a line of theirs or its name: a copy answers, renewed as the stream is learnt; of
            a learner that is refitted, the newest fit. Or a model, which stays until ``publish``; or None, to publish one later.
        features
            Names of the columns of a model, in order; a learner knows its own.
        port, token
            As in ``sparkglass.learning.serve``.

        Raises
        ------
        ValueError
            When there is no line of this name, or nobody learns on it.
        ImportError
            Without FastAPI or uvicorn; says how they are installed.
        """
        learner = self._learner(what)
        served = Served(Shelf(lambda: self.seen), port, token, self)
        try:
            if learner is not None:
                served.follow(learner)
            elif what is not None:
                served.publish(what, features=features)
        except Exception:
            served.stop()
            raise
        return served

    def _learner(self, what: Any) -> Learner | None:
        """The learner that is meant; None for a model."""
        if isinstance(what, EachBatch):
            if len(what.learners) != 1:
                names = ", ".join(each.name for each in what.learners)
                raise ValueError(f"serve: there are several learners ({names}); give the name of one.")
            return what.learners[0]
        if isinstance(what, Learner):
            return what
        if isinstance(what, (str, Line)):
            name = what if isinstance(what, str) else what.name
            for line in self.lines:
                if line.name == name and line.owner is not None:
                    return line.owner
            names = ", ".join(line.name for line in self.lines if line.owner is not None) or "none yet"
            raise ValueError(f"serve: there is no learner {name!r} on this curve; there are: {names}.")
        return None

    def _mark_fault(self, fault: Fault, start: float, end: float | None) -> Mark:
        return self.mark(
            fault.kind, fault.name, start=start, end=end, detail=", ".join(fault.columns()), pattern=fault.pattern
        )

    def _mark_in_time(self, faults: list[Fault], since_s: float) -> None:
        waiting = list(faults)
        open_marks: list[tuple[Fault, Mark]] = []

        def look(line: Line, losses: Any, at_before: int) -> None:
            now = time.time() - since_s
            for fault in [one for one in waiting if one.start <= now]:
                waiting.remove(fault)
                open_marks.append((fault, self._mark_fault(fault, at_before, None)))
            for pair in [one for one in open_marks if one[0].end is not None and one[0].end <= now]:
                open_marks.remove(pair)
                pair[1].close(at_before)

        self.on_scored(look)
