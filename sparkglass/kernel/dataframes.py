"""The DataFrames that a cell made: read off the plans that exist already, without running or planning anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
Operators = Callable[[list[str]], list[tuple[bool, list[str]]]]

_LIMIT = 100
# Analysis wraps plans in nodes that no user wrote.
_SILENT = {"SubqueryAlias", "View", "ResolvedHint", "UnresolvedHint"}


class DataFrames:
    """Remembers the DataFrame variables of a namespace from cell to cell."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, str]] = {}
        self._known: set[tuple[str, ...]] = set()

    def changed(self, namespace: dict[str, Any], operators: Operators) -> list[Event]:
        """What to say of the variables that hold another DataFrame than after the cell before.

        Parameters
        ----------
        namespace
            The user's variables; only read.
        operators
            Given py4j object ids, the operators of each plan, source first, and whether it is streaming; one call for all.

        Returns
        -------
        list
            ``{Name, Operations, New, Streaming}`` each, at most 100, sources before what is made of them.
        """
        seen: dict[str, tuple[int, str]] = {}
        classic: dict[str, str] = {}
        notes: dict[str, tuple[bool, list[str]]] = {}
        for name, value in list(namespace.items()):
            if name.startswith("_") or not _is_data_frame(value):
                continue
            target = _target(value)
            seen[name] = (id(value), target)
            if self._seen.get(name) == seen[name] or len(classic) + len(notes) >= _LIMIT:
                continue
            if target:
                classic[name] = target
            else:
                notes[name] = _connect_operators(value)
        self._seen = seen
        if classic:
            for name, found in zip(classic, operators(list(classic.values())), strict=False):
                notes[name] = found
        return self._describe(notes)

    def _describe(self, notes: dict[str, tuple[bool, list[str]]]) -> list[Event]:
        events: list[Event] = []
        for name, (streaming, names) in sorted(notes.items(), key=lambda note: len(note[1][1])):
            operations = [_plain(o) for o in names if _plain(o) not in _SILENT]
            if not operations:
                continue
            before = next(
                (n for n in range(len(operations) - 1, 0, -1) if tuple(operations[:n]) in self._known),
                0,
            )
            self._known.add(tuple(operations))
            events.append(
                {
                    "Name": name,
                    "Operations": operations,
                    "New": operations[before:],
                    "Streaming": streaming,
                }
            )
        return events


def _is_data_frame(value: Any) -> bool:
    kind = type(value)
    return kind.__name__ == "DataFrame" and kind.__module__.startswith("pyspark.sql")


def _target(value: Any) -> str:
    """py4j's id of the Dataset behind a classic DataFrame; empty for a Spark Connect one."""
    return str(getattr(value.__dict__.get("_jdf"), "_target_id", ""))


def _plain(operator: str) -> str:
    """``Relation [a#1,b#2] csv`` and ``LogicalRelation`` are one thing to a reader."""
    return re.sub(r"^Logical(?=Relation)", "", operator.split(" ", 1)[0])


def _connect_operators(value: Any) -> tuple[bool, list[str]]:
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
    return False, names
