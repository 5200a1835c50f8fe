"""Puts faults into rows: of a streaming or a batch DataFrame of Spark, of a pandas DataFrame, or of plain arrays."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from .faults import BrokenSensor, Change, Drift, Fault, Flood, draw

__all__ = ["counts_by_time", "inject"]

NUMBERS = ("ByteType", "ShortType", "IntegerType", "LongType", "FloatType", "DoubleType", "DecimalType")
TIMES = ("TimestampType", "TimestampNTZType")


def inject(
    rows: Any,
    faults: Fault | Iterable[Fault],
    *,
    by: str | None = None,
    origin: float | datetime.datetime | None = None,
    seed: int = 0,
    truth: str | None = None,
    features: Sequence[str] | None = None,
) -> Any:
    """The same rows with faults in them; nothing is changed in place.

    Parameters
    ----------
    rows
        A Spark DataFrame, streaming or not: faults become column expressions, so they run in the executors, keep their
        places when a batch is delivered again, and need no Python worker. Or a pandas DataFrame; or arrays ``(X, y)`` of the shapes
        (n, d) and (n,).
    by
        The column that says where a row stands, as a stream of Spark has no row numbers: a number that counts rows (``value``
        of the source ``rate``, a Kafka offset of one partition), or a time, and positions are then seconds. Without it, in
        pandas and arrays, rows are counted from 0.
    origin
        What ``by`` is at position 0: 0, or of times the present moment, when it is not given.
    seed
        For faults that hit some rows only.
    truth
        The name of a column to add, with the name of the fault that has changed the row, or null.
    features
        Of arrays: the names of the columns of ``X``, ``x0``, ``x1``, … when they are not given. ``y`` is ``label``.

    Raises
    ------
    ValueError
        When a fault names a column that is not there, or one has no place to stand.
    """
    wanted = [faults] if isinstance(faults, (BrokenSensor, Flood, Drift)) else list(faults)
    for fault in wanted:
        if not isinstance(fault, (BrokenSensor, Flood, Drift)):
            raise TypeError(f"{fault!r} is no fault: use BrokenSensor, Flood or Drift.")
    if isinstance(rows, tuple):
        return _into_arrays(rows, wanted, seed, features)
    _check_columns(list(rows.columns), wanted, by, truth)
    if hasattr(rows, "withColumns"):
        return _into_spark(rows, wanted, by, origin, seed, truth)
    return _into_pandas(rows, wanted, by, origin, seed, truth)


def counts_by_time(rows: Any, by: str) -> bool:
    """Whether the column ``by`` is a time, and positions are seconds."""
    if hasattr(rows, "withColumns"):
        return any(field.name == by and type(field.dataType).__name__ in TIMES for field in rows.schema.fields)
    return by in rows.columns and getattr(rows[by].dtype, "kind", "") == "M"


def _check_columns(there: list[Any], faults: list[Fault], by: str | None, truth: str | None) -> None:
    for name, what in [
        (by, "by"),
        *((column, f"the fault {fault.name!r}") for fault in faults for column in fault.columns()),
    ]:
        if name is not None and name not in there:
            raise ValueError(
                f"{what} names the column {name!r}, which is not there; there are {', '.join(map(str, there))}."
            )
        if name == by and what != "by" and by is not None:
            raise ValueError(f"{what} changes the column {by!r}, by which the rows are counted.")
    if truth in there:
        raise ValueError(f"truth={truth!r} is a column that is there already: name a new one.")


def _by_column(fault: Fault, columns: dict[str, Any], position: Any, chance: Any) -> dict[str, list[Change]]:
    """Changes of one fault, all told from the columns as they are before it."""
    found: dict[str, list[Change]] = {}
    for change in fault.changes(columns, position, chance):
        found.setdefault(change.column, []).append(change)
    return found


# ---- Spark ---------------------------------------------------------------------------


def _into_spark(
    rows: Any,
    faults: list[Fault],
    by: str | None,
    origin: float | datetime.datetime | None,
    seed: int,
    truth: str | None,
) -> Any:
    from pyspark.sql import functions as F

    if by is None:
        raise ValueError(
            "A DataFrame of Spark has no row numbers: say by which column rows are counted, by='value' or by='timestamp'."
        )
    types = {field.name: field.dataType for field in rows.schema.fields}
    for fault in faults:
        _check_values(fault, types)
    if truth is not None:
        rows = rows.withColumn(truth, F.lit(None).cast("string"))
    quoted = {name: F.col("`" + name.replace("`", "``") + "`") for name in rows.columns}
    kind = type(types[by]).__name__
    if kind in TIMES:
        since = origin if origin is not None else datetime.datetime.now()
        if not isinstance(since, datetime.datetime):
            raise ValueError(f"by={by!r} is a time, so origin has to be a datetime, not {since!r}.")
        micros = F.unix_micros(quoted[by].cast("timestamp")) - F.unix_micros(F.lit(since).cast("timestamp"))
        position, whole = micros / 1e6, micros
    elif kind in NUMBERS:
        if isinstance(origin, datetime.datetime):
            raise ValueError(f"by={by!r} is a number, so origin has to be one, not {origin!r}.")
        position = quoted[by] - F.lit(origin or 0)
        whole = position.cast("bigint")
    else:
        raise ValueError(
            f"by={by!r} is of the type {types[by].simpleString()}; rows are counted by a number or a timestamp."
        )
    for index, fault in enumerate(faults):
        changed: dict[str, Any] = {}
        touched = F.lit(False)
        for name, changes in _by_column(fault, quoted, position, draw(whole, seed + index)).items():
            value = quoted[name]
            for change in reversed(changes):
                value = F.when(change.condition, _lit(change.value).cast(types[name])).otherwise(value)
                touched = touched | F.coalesce(change.condition, F.lit(False))
            changed[name] = value
        if truth is not None:
            changed[truth] = F.when(touched, F.lit(fault.name)).otherwise(quoted[truth])
        rows = rows.withColumns(changed)
    return rows


def _lit(value: Any) -> Any:
    from pyspark.sql import functions as F

    # Not by the attribute: a Column answers to every name.
    return F.lit(value.item() if type(value).__module__ == "numpy" else value)


def _check_values(fault: Fault, types: dict[str, Any]) -> None:
    """A cast that fails would end the user's query in the middle of a batch; better here."""
    given: list[tuple[str, Any]] = []
    if isinstance(fault, BrokenSensor):
        given = [(fault.column, fault.value)]
    elif isinstance(fault, Flood):
        given = list(fault.row.items())
    elif fault.labels:
        given = [(fault.label, label) for label in fault.labels.values()]
    for column in fault.shift if isinstance(fault, Drift) else ():
        if type(types[column]).__name__ not in NUMBERS:
            raise ValueError(
                f"The drift {fault.name!r} shifts {column!r}, which is no number but {types[column].simpleString()}."
            )
    if isinstance(fault, Drift):
        given += [(fault.label, label) for label in fault.labels]
    for column, value in given:
        kind = type(types[column]).__name__
        is_well = value is None or (
            isinstance(value, str) if kind == "StringType" else kind not in NUMBERS or _is_number(value)
        )
        if not is_well:
            text = types[column].simpleString()
            raise ValueError(f"The fault {fault.name!r} names the value {value!r} of {column!r}, which is {text}.")


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, str) and float(value) is not None
    except (TypeError, ValueError):
        return False


# ---- pandas and arrays ---------------------------------------------------------------


def _into_pandas(
    rows: Any,
    faults: list[Fault],
    by: str | None,
    origin: float | datetime.datetime | None,
    seed: int,
    truth: str | None,
) -> Any:
    import numpy as np
    import pandas as pd

    if by is None:
        position = np.arange(len(rows))
        whole = position
    elif pd.api.types.is_datetime64_any_dtype(rows[by]):
        since = pd.Timestamp(origin if origin is not None else datetime.datetime.now(rows[by].dt.tz))
        position = (rows[by] - since).dt.total_seconds().to_numpy()
        whole = np.round(position * 1e6).astype(np.int64)
    else:
        position = rows[by].to_numpy() - (origin or 0)
        whole = position.astype(np.int64)
    columns = {name: rows[name].to_numpy() for name in rows.columns}
    touched = _into_columns(columns, faults, position, whole, seed)
    changed = rows.copy()
    for name in {column for fault in faults for column in fault.columns()}:
        changed[name] = columns[name]
    if truth is not None:
        changed[truth] = touched
    return changed


def _into_arrays(
    rows: tuple[Any, ...], faults: list[Fault], seed: int, features: Sequence[str] | None
) -> tuple[Any, Any]:
    import numpy as np

    if len(rows) != 2:
        raise ValueError(f"Arrays are given as a pair (X, y), not as {len(rows)} things.")
    X, y = np.asarray(rows[0]), np.asarray(rows[1])
    if X.ndim != 2 or y.shape != (len(X),):
        raise ValueError(f"X has to be (rows, features) and y (rows,); they have the shapes {X.shape} and {y.shape}.")
    names = list(features) if features is not None else [f"x{index}" for index in range(X.shape[1])]
    if len(names) != X.shape[1]:
        raise ValueError(f"features has {len(names)} names, and X {X.shape[1]} columns.")
    _check_columns([*names, "label"], faults, None, None)
    columns = {**{name: X[:, index] for index, name in enumerate(names)}, "label": y}
    position = np.arange(len(X))
    _into_columns(columns, faults, position, position, seed)
    return np.column_stack([columns[name] for name in names]), columns["label"]


def _into_columns(columns: dict[str, Any], faults: list[Fault], position: Any, whole: Any, seed: int) -> Any:
    """Replaces arrays in ``columns``; says of each row the fault that has changed it."""
    import numpy as np

    touched = np.full(len(position), None, dtype=object)
    for index, fault in enumerate(faults):
        changed: dict[str, Any] = {}
        for name, changes in _by_column(fault, columns, position, draw(whole, seed + index)).items():
            old = columns[name]
            value = old
            for change in reversed(changes):
                condition = np.asarray(change.condition, dtype=bool)
                put = np.nan if change.value is None and old.dtype.kind in "iuf" else change.value
                value = np.where(condition, put, value)
                touched[condition] = fault.name
            # As a column of Spark, an array keeps its type; only a whole number cannot be missing.
            is_missing = old.dtype.kind in "iu" and any(change.value is None for change in changes)
            changed[name] = value if is_missing else value.astype(old.dtype)
        columns.update(changed)
    return touched
