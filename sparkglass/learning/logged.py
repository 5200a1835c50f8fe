"""Numbers that the user's own loop logs, in the shapes that other trackers know."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from .lines import Line

if TYPE_CHECKING:
    from .axes import Axes

VALIDATION = "val_"


class Logged:
    """Lines of numbers; a step that is left out is the examples seen by the curve or, where nothing is scored, one more than the last."""

    def __init__(self, curve: Axes) -> None:
        self._curve = curve
        self._lines: dict[tuple[str, str], Line] = {}
        self._steps: dict[Line, float] = {}

    def log(self, line: str, values: dict[str, Any], step: float | None, elapsed_ms: int | None = None) -> None:
        """Adds a number for each key; the key is empty for a line of one number."""
        if not values:
            raise ValueError(f"log({line!r}) needs a number: log({line!r}, 0.3) or log({line!r}, loss=0.3)")
        for key, value in values.items():
            try:
                number = float(value)
            except (TypeError, ValueError):
                what = f"{line} {key}".strip()
                raise ValueError(f"log: {what} must be a number, not {value!r}") from None
            found = self._lines.get((line, key))
            if found is None:
                found = self._lines[line, key] = self._line(line, key)
            at = step
            if at is None:
                at = self._curve.seen or self._steps.get(found, 0) + 1
            self._steps[found] = at
            found.value(number, at, elapsed_ms=elapsed_ms)

    def _line(self, line: str, key: str) -> Line:
        """A line of numbers; validation belongs to its training, a number of a learner to the learner."""
        name = f"{line} {key}".strip()
        known = {each.name: each for each in self._curve.lines}
        last = key or line
        of = None
        if last.startswith(VALIDATION):
            of = known.get(f"{line} {last[len(VALIDATION) :]}" if key else last[len(VALIDATION) :])
        if of is None and key:
            of = known.get(line)
        return self._curve.line(name, "metric", of, "value")


class Epochs:
    """A callback as Keras knows them: a line for each of the logs, ``val_…`` with its training."""

    def __init__(self, curve: Axes, name: str | None = None) -> None:
        self._curve = curve
        self._prefix = f"{name} " if name else ""

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Adds the numbers of an epoch, counted from 0."""
        for key, value in sorted((logs or {}).items(), key=lambda each: each[0].startswith(VALIDATION)):
            of = None
            if key.startswith(VALIDATION):
                training = self._prefix + key[len(VALIDATION) :]
                of = next((line for line in self._curve.lines if line.name == training), None)
            self._curve.line(self._prefix + key, "epochs", of, "value").value(value, epoch + 1)


def keras(curve: Axes, name: str | None) -> Epochs:
    """An ``Epochs``; where Keras is loaded, one that it takes for a callback of its own."""
    for module in ("keras.callbacks", "tensorflow.keras.callbacks"):
        base = getattr(sys.modules.get(module), "Callback", None)
        if base is not None:
            # Keras' own attributes come from its class; ours are set by our constructor.
            kind: Any = type("KerasEpochs", (Epochs, base), {})
            callback: Epochs = kind(curve, name)
            base.__init__(callback)
            return callback
    return Epochs(curve, name)
