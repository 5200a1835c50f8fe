"""What a stream's learners know, in a folder: it outlives the kernel, as the query's checkpoint does."""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from pathlib import Path

from .online import Learner

VERSION = 1
FILE = "learners.pickle"


class State:
    """The models and the last batch that each query has had learnt, written together: a batch is in both or in neither.

    Parameters
    ----------
    folder
        Of this stream alone; made when it is missing. What is in it is unpickled, so it must be yours.
    """

    def __init__(self, folder: str | os.PathLike[str], learners: Sequence[Learner]) -> None:
        self._path = Path(folder) / FILE
        self._learners = learners
        self._path.parent.mkdir(parents=True, exist_ok=True)

    def restore(self) -> dict[str, int]:
        """Gives the models back what they knew, in place; the last learnt batch by query id.

        Raises
        ------
        ValueError
            When the folder is of other learners.
        """
        try:
            kept = pickle.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except Exception as error:
            raise ValueError(
                f"state={str(self._path.parent)!r} cannot be read: {type(error).__name__}: {error}"
            ) from error
        names = [learner.name for learner in self._learners]
        if kept.get("version") != VERSION or list(kept["learners"]) != names:
            raise ValueError(
                f"state={str(self._path.parent)!r} is of the learners {list(kept['learners'])}, not of {names}: give another folder"
            )
        for learner in self._learners:
            learner.restore(kept["learners"][learner.name])
        return dict(kept["batches"])

    def save(self, batches: dict[str, int]) -> None:
        """Writes all; the file is the old one or the new one, also when the process is killed meanwhile."""
        kept = {
            "version": VERSION,
            "learners": {learner.name: learner.state() for learner in self._learners},
            "batches": batches,
        }
        new = self._path.with_suffix(".new")
        with open(new, "wb") as file:
            pickle.dump(kept, file, protocol=5)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self._path)
