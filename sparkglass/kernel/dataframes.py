"""The DataFrames that a cell made, used or changed: read off the plans that exist already, without running or planning anything."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import Any

Event = dict[str, Any]
# Given py4j object ids, what the listener says of each; with a minus before an id, only of what can change without a new DataFrame.
Describe = Callable[[list[str]], list[Event]]

_LIMIT = 100
# Longer code is not searched for names.
_LONGEST_CODE = 200_000
# Analysis wraps plans in nodes that no user wrote.
_SILENT = {"SubqueryAlias", "View", "ResolvedHint", "UnresolvedHint"}
_STATE = ("Partitions", "Planned", "Storage Level", "RDD ID")


class DataFrames:
    """Remembers the DataFrame variables of a namespace from cell to cell."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, str]] = {}
        self._states: dict[str, Event] = {}
        self._known: set[tuple[str, ...]] = set()

    def changed(self, namespace: dict[str, Any], describe: Describe, code: str = "") -> Event:
        """What to say of the variables that hold DataFrames, as against the cell before.

        Parameters
        ----------
        namespace
            The user's variables; only read.
        describe
            What the driver knows of DataFrames; one call for all.
        code
            What the cell ran, to find the names that it uses.

        Returns
        -------
        dict
            The fields ``DataFrames…`` of ``SparkglassCellEnd`` (docs/protocol.md), of at most 100 variables each; sources come before
            what is made of them.
        """
        seen: dict[str, tuple[int, str]] = {}
        notes: dict[str, Event] = {}
        wanted: dict[str, str] = {}
        known: dict[str, str] = {}
        for name, value in list(namespace.items()):
            if name.startswith("_") or not _is_data_frame(value):
                continue
            target = _target(value)
            seen[name] = (id(value), target)
            if self._seen.get(name) == seen[name]:
                if target:
                    known[name] = f"-{target}"
            elif len(wanted) + len(notes) >= _LIMIT:
                continue
            elif target:
                wanted[name] = target
            else:
                notes[name] = _connect(value)
        gone = sorted(self._seen.keys() - seen.keys())
        self._seen = seen
        # The new ones first; of the others, the oldest.
        rest = dict(list(known.items())[: _LIMIT - len(wanted)])
        states = self._look({**wanted, **rest}, describe, notes)
        for name in gone:
            self._states.pop(name, None)
        return {
            "DataFrames": self._describe(notes),
            "DataFrame States": states,
            "DataFrames Used": sorted(names_in(code) & seen.keys()),
            "DataFrames Gone": gone,
        }

    def _look(self, wanted: dict[str, str], describe: Describe, notes: dict[str, Event]) -> list[Event]:
        """Fills in the notes of new DataFrames; returns the states of others that have changed."""
        changed = []
        if wanted:
            for (name, target), found in zip(wanted.items(), describe(list(wanted.values())), strict=False):
                if not found:
                    continue
                state = {field: found[field] for field in _STATE if field in found}
                if not target.startswith("-"):
                    notes[name] = found
                else:
                    # How many partitions it will have was said when it was new.
                    before = self._states.get(name, {})
                    if state.get("Partitions") is None:
                        state.update({field: before.get(field) for field in ("Partitions", "Planned")})
                    if state != before:
                        changed.append({"Name": name, **state})
                self._states[name] = state
        return changed

    def _describe(self, notes: dict[str, Event]) -> list[Event]:
        events: list[Event] = []
        for name, note in sorted(notes.items(), key=lambda note: len(note[1]["Operations"])):
            operations = [_plain(o) for o in note["Operations"] if _plain(o) not in _SILENT]
            if not operations:
                continue
            before = next(
                (n for n in range(len(operations) - 1, 0, -1) if tuple(operations[:n]) in self._known),
                0,
            )
            self._known.add(tuple(operations))
            events.append({**note, "Name": name, "Operations": operations, "New": operations[before:]})
        return events


def names_in(code: str) -> set[str]:
    """The variables that some code reads; none of code that is not plain Python, or very long."""
    if not code or len(code) > _LONGEST_CODE:
        return set()
    try:
        tree = ast.parse(_without_magics(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def _without_magics(code: str) -> str:
    """``%%time`` runs the rest of its cell; lines for the shell are none of Python's."""
    lines: Iterable[str] = code.splitlines()
    return "\n".join(re.sub(r"^(\s*)[%!?].*", r"\1pass", line) for line in lines)


def _is_data_frame(value: Any) -> bool:
    kind = type(value)
    return kind.__name__ == "DataFrame" and kind.__module__.startswith("pyspark.sql")


def _target(value: Any) -> str:
    """py4j's id of the Dataset behind a classic DataFrame; empty for a Spark Connect one."""
    return str(getattr(value.__dict__.get("_jdf"), "_target_id", ""))


def _plain(operator: str) -> str:
    """``Relation [a#1,b#2] csv`` and ``LogicalRelation`` are one thing to a reader."""
    return re.sub(r"^Logical(?=Relation)", "", operator.split(" ", 1)[0])


def _connect(value: Any) -> Event:
    """The client-side plan of a Spark Connect DataFrame, source first."""
    names: list[str] = []

    def walk(plan: Any) -> None:
        if plan is None or len(names) > 60:
            return
        for child in (
            getattr(plan, "_child", None),
            getattr(plan, "left", None),
            getattr(plan, "right", None),
        ):
            if child is not None:
                walk(child)
        names.append(type(plan).__name__)

    walk(getattr(value, "_plan", None))
    return {"Operations": names, "Streaming": False}
