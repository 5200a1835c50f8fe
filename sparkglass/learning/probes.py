"""Fixed clean rows beside the stream: what the stream's own errors hide shows there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import rows
from .scoring import given_sums, score

if TYPE_CHECKING:
    from .axes import Axes
    from .lines import Line
    from .online import Learner, Step

MOST_ROWS = 100_000


class Probe:
    """Made by ``Curve.probe``.

    Attributes
    ----------
    X, y
        The rows, shape (rows, features), and their labels, shape (rows,).
    """

    def __init__(
        self, curve: Axes, data: Any, y: Any, features: Sequence[str] | None, label: str, every: int | None, name: str
    ) -> None:
        import numpy

        if every is not None and every < 1:
            raise ValueError(f"probe: every must be at least 1, not {every!r}")
        if y is None and isinstance(data, tuple) and len(data) == 2:
            data, y = data
        if y is None:
            found = rows.collect(data, features, label, MOST_ROWS, "the probe")
            self.X, self.y = found.X, found.y
        else:
            self.X, self.y = numpy.asarray(data), numpy.asarray(y)
        if self.X.ndim != 2 or len(self.X) != len(self.y):
            raise ValueError(
                f"probe: X must be of shape (rows, features) and y of shape (rows,), not {self.X.shape} and {self.y.shape}"
            )
        self.curve = curve
        self.name = name
        self._every = every
        self._last: dict[Line, int] = {}

    def after(self, learner: Learner, step: Step) -> None:
        """A learner has made a step: scores it when it is time. A model that cannot predict these rows does not stop the stream."""
        line = learner.line
        last = self._last.get(line)
        if last is not None and self._every is not None and line.at // self._every <= last // self._every:
            return
        try:
            predictions = learner.predict(self.X, step)
            if predictions is not None:
                self._last[line] = line.at
                self._add(line, predictions)
        except Exception as error:
            self.curve.mistake(
                "probe failed", f"{learner.name} cannot be scored on the probe: {type(error).__name__}: {error}", line
            )

    def score(self, line: Line, predictions: Any) -> None:
        """Adds what a learner of the user's own loop predicts for the probe's rows.

        Raises
        ------
        ValueError
            When there are not as many predictions as rows.
        """
        self._add(line, predictions)

    def _add(self, line: Line, predictions: Any) -> None:
        beside = self.curve.line(f"{line.name} {self.name}", "probe", line, line.loss)
        scored = score(line.loss, self.y, predictions, self.curve.classes)
        # The rows are the same each time; their sums are enough.
        beside.commit(given_sums(scored.examples, scored.loss_sum, scored.loss_squares), at=line.at, visits=line.visits)
