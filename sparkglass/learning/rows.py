"""The rows of a micro-batch as arrays in the driver."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

# Row numbers of `monotonically_increasing_id` count within a partition in the lower 33 bits.
_WITHIN_PARTITION = (1 << 33) - 1
_INTEGERS = ("byte", "short", "integer", "long")
_ARROW = (*_INTEGERS, "float", "double", "string", "boolean")


class Arrays(NamedTuple):
    """Features of shape (rows, features), labels of shape (rows,), the features' names, and how many rows had no label."""

    X: Any
    y: Any
    features: list[str]
    unlabelled: int


class _Column(NamedTuple):
    """A column's values, and which of them are known: neither null nor NaN."""

    values: Any
    known: Any


def collect(df: Any, features: Sequence[str] | None, label: str, most_rows: int, what: str) -> Arrays:
    """Fetches the labelled rows of a Spark or pandas DataFrame; rows without a label are left out.

    Parameters
    ----------
    features
        Columns; None for all numeric ones but the label. One column may hold vectors.
    most_rows
        More than that are not fetched.
    what
        Names the rows in errors.

    Raises
    ------
    ValueError
        When a column is missing, or is no number, or there are too many rows.
    """
    types = _types(df)
    names = _features(types, features, label)
    for name in [*names, label]:
        if name not in types:
            raise ValueError(f"{what} has no column {name!r}; there are {', '.join(map(repr, types))}")
    if not names:
        raise ValueError(f"{what} has no column of numbers beside {label!r}: name the features")
    table = _fetch(df, types, list(dict.fromkeys([*names, label])), most_rows, what)
    labels, known = table[label]
    y = labels[known]
    if types[label] in _INTEGERS and y.dtype.kind in "fO":
        y = y.astype(int)  # a null among them makes floats of the others
    elif y.dtype.kind == "O" and len(y):
        import numpy

        y = numpy.array(y.tolist())
    return Arrays(_matrix(table, names, known, what), y, names, len(known) - len(y))


def _types(df: Any) -> dict[str, str]:
    if hasattr(df, "schema"):
        return {field.name: field.dataType.typeName() for field in df.schema.fields}
    return {str(name): str(kind) for name, kind in df.dtypes.items()}


def _features(types: dict[str, str], features: Sequence[str] | None, label: str) -> list[str]:
    if isinstance(features, str):
        return [features]
    if features is not None:
        return list(features)
    numbers = (*_INTEGERS, "float", "double", "decimal", "int64", "int32", "float64", "float32")
    return [name for name, kind in types.items() if kind in numbers and name != label]


def _fetch(df: Any, types: dict[str, str], columns: list[str], most_rows: int, what: str) -> dict[str, _Column]:
    """The columns as arrays. The bound is a filter and no limit: a limit would run one job after the other."""
    if not hasattr(df, "sparkSession"):
        found = {name: _Column(df[name].to_numpy(), df[name].notna().to_numpy()) for name in columns}
        count = len(df)
    else:
        from pyspark.sql import functions

        row = functions.monotonically_increasing_id().bitwiseAND(functions.lit(_WITHIN_PARTITION))
        bounded = df.select(*[df[f"`{name}`"] for name in columns]).where(row <= most_rows)
        # Arrow where there is one (since Spark 4.0), for types that it knows. pandas is not needed, and its versions are no matter.
        if hasattr(bounded, "toArrow") and all(types[name] in _ARROW for name in columns) and _has_arrow():
            found, count = _from_arrow(bounded.toArrow())
        else:
            found, count = _from_rows(columns, bounded.collect())
    if count > most_rows:
        raise ValueError(
            f"{what} has more than {most_rows} rows, which would all have to be in the driver's memory: make the batches smaller "
            "(maxFilesPerTrigger, maxOffsetsPerTrigger, rowsPerSecond), or raise max_rows."
        )
    return found


def _has_arrow() -> bool:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return False
    return True


def _from_arrow(table: Any) -> tuple[dict[str, _Column], int]:
    found = {}
    for name in table.column_names:
        column = table.column(name)
        values = column.to_numpy()
        known = column.is_valid().to_numpy()
        found[name] = _Column(values, known & (values == values) if values.dtype.kind == "f" else known)
    return found, int(table.num_rows)


def _from_rows(columns: list[str], fetched: list[Any]) -> tuple[dict[str, _Column], int]:
    import numpy

    found = {}
    for n, name in enumerate(columns):
        values = numpy.empty(len(fetched), dtype=object)
        values[:] = [row[n] for row in fetched]
        known = numpy.array([value is not None and value == value for value in values], dtype=bool)
        found[name] = _Column(values, known)
    return found, len(fetched)


def _matrix(table: dict[str, _Column], names: list[str], known: Any, what: str) -> Any:
    """Shape (labelled rows, features); what is null is NaN."""
    import numpy

    first = table[names[0]].values[known]
    if len(names) == 1 and len(first) and hasattr(first[0], "toArray"):
        return numpy.array([vector.toArray() for vector in first], dtype=float)
    columns = []
    for name in names:
        try:
            columns.append(table[name].values[known].astype(float))
        except (TypeError, ValueError):
            raise ValueError(f"{what}: the feature {name!r} is no column of numbers") from None
    return numpy.column_stack(columns)
