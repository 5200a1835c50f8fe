"""The rows of a micro-batch as arrays in the driver."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

# Row numbers of `monotonically_increasing_id` count within a partition in the lower 33 bits.
_WITHIN_PARTITION = (1 << 33) - 1
_INTEGERS = ("byte", "short", "integer", "long")


class Arrays(NamedTuple):
    """Features of shape (rows, features), labels of shape (rows,), and the features' names."""

    X: Any
    y: Any
    features: list[str]


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
        When a column is missing, or there are too many rows.
    """
    types = _types(df)
    names = _features(types, features, label)
    for name in [*names, label]:
        if name not in types:
            raise ValueError(f"{what} has no column {name!r}; there are {', '.join(map(repr, types))}")
    columns = list(dict.fromkeys([*names, label]))
    table = _fetch(df, columns, most_rows, what)
    labels = table[label]
    known = ~labels.isna().to_numpy()
    y = labels.to_numpy()[known]
    if types[label] in _INTEGERS and y.dtype.kind in "fO":
        y = y.astype(int)  # a null among them makes floats of the others
    return Arrays(_matrix(table, names, known), y, names)


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


def _fetch(df: Any, columns: list[str], most_rows: int, what: str) -> Any:
    """The columns as a pandas DataFrame. The bound is a filter and no limit: a limit would run a job after the other."""
    if not hasattr(df, "toPandas"):
        table = df[columns]
    else:
        from pyspark.sql import functions

        row = functions.monotonically_increasing_id().bitwiseAND(functions.lit(_WITHIN_PARTITION))
        table = df.select(*[df[f"`{name}`"] for name in columns]).where(row <= most_rows).toPandas()
    if len(table) > most_rows:
        raise ValueError(
            f"{what} has more than {most_rows} rows, which would all have to be in the driver's memory: make the batches smaller "
            "(maxFilesPerTrigger, maxOffsetsPerTrigger, rowsPerSecond), or raise max_rows."
        )
    return table


def _matrix(table: Any, names: list[str], known: Any) -> Any:
    import numpy

    if len(names) == 1 and len(table) and hasattr(table[names[0]].iloc[0], "toArray"):
        vectors = [vector.toArray() for vector in table[names[0]][known]]
        return numpy.array(vectors, dtype=float).reshape(len(vectors), -1)
    return table.loc[known, names].to_numpy(dtype=float)
