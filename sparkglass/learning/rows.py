"""The rows of a micro-batch as arrays in the driver."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

# Row numbers of `monotonically_increasing_id` count within a partition in the lower 33 bits.
_WITHIN_PARTITION = (1 << 33) - 1
_INTEGERS = ("byte", "short", "integer", "long")
_ARROW = (*_INTEGERS, "float", "double", "string", "boolean")
# What Spark expects to be smaller than this is fetched as it is: planning a filter or a selection takes longer than the bytes.
_SMALL_BYTES = 1 << 20


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
    """Fetches the labelled rows of a Spark or pandas DataFrame, once; parameters and errors as those of ``Reader``."""
    return Reader(df, features, label, most_rows, what).read(df, what)


class Reader:
    """Fetches the labelled rows of DataFrames of one schema, as the micro-batches of a query are; those without a label are left out.

    What is the same for all of them is asked of Spark once: each question is a call to the JVM, and in a batch of 50 ms they are felt.

    Parameters
    ----------
    df
        The first of them, of Spark or pandas.
    features
        Columns; None for all numeric ones but the label. One column may hold vectors.
    most_rows
        More than that are not fetched.
    what
        Names the rows in errors.

    Raises
    ------
    ValueError
        When a column is missing.
    """

    def __init__(self, df: Any, features: Sequence[str] | None, label: str, most_rows: int, what: str) -> None:
        self._types = _types(df)
        self.features = _features(self._types, features, label)
        self._label = label
        self._most_rows = most_rows
        for name in [*self.features, label]:
            if name not in self._types:
                raise ValueError(f"{what} has no column {name!r}; there are {', '.join(map(repr, self._types))}")
        if not self.features:
            raise ValueError(f"{what} has no column of numbers beside {label!r}: name the features")
        self._columns = list(dict.fromkeys([*self.features, label]))
        self._is_spark = hasattr(df, "sparkSession")
        # Arrow where there is one (since Spark 4.0), for types that it knows. pandas is not needed, and its versions are no matter.
        self._is_arrow = (
            self._is_spark
            and hasattr(df, "toArrow")
            and all(self._types[name] in _ARROW for name in self._columns)
            and _has_arrow()
        )
        # Whether nothing is in it that Arrow would have trouble with, if all columns are fetched.
        self._is_plain = self._is_arrow and all(kind in _ARROW for kind in self._types.values())
        self._prepared: tuple[Any, Any] | None = None

    def fits(self, df: Any) -> bool:
        """Whether a DataFrame has the columns of the first."""
        return _types(df) == self._types

    def read(self, df: Any, what: str) -> Arrays:
        """The rows.

        Raises
        ------
        ValueError
            When a column is no number, or there are too many rows.
        """
        table = self._table(df, what)
        known = table[self._label].known
        y = self._values(table, self._label, known)
        if y.dtype.kind == "O" and len(y):
            import numpy

            y = numpy.array(y.tolist())
        return Arrays(_matrix(table, self.features, known, what), y, self.features, len(known) - len(y))

    def pairs(self, df: Any, what: str) -> tuple[list[Any], list[Any]]:
        """The first feature, whatever it is, and the label; of rows that have both. Errors as those of ``read``."""
        table = self._table(df, what)
        key, label = self.features[0], self._label
        known = table[key].known & table[label].known
        return self._values(table, key, known).tolist(), self._values(table, label, known).tolist()

    def _values(self, table: dict[str, _Column], name: str, known: Any) -> Any:
        values = table[name].values[known]
        # A null among them makes floats of the others.
        whole = self._types[name] in _INTEGERS and values.dtype.kind in "fO"
        return values.astype(int) if whole else values

    def _table(self, df: Any, what: str) -> dict[str, _Column]:
        table, count = self._fetch(df)
        if count > self._most_rows:
            raise ValueError(
                f"{what} has more than {self._most_rows} rows, which would all have to be in the driver's memory: make the batches smaller "
                "(maxFilesPerTrigger, maxOffsetsPerTrigger, rowsPerSecond), or raise max_rows."
            )
        return table

    def _fetch(self, df: Any) -> tuple[dict[str, _Column], int]:
        """The columns as arrays, and how many rows there are."""
        if not self._is_spark:
            return {name: _Column(df[name].to_numpy(), df[name].notna().to_numpy()) for name in self._columns}, len(df)
        bounded = df if self._is_plain and _size(df) < _SMALL_BYTES else self._bounded(df)
        if not self._is_arrow:
            return _from_rows(self._columns, bounded.collect())
        if not hasattr(bounded, "_collect_as_arrow"):
            return _from_arrow(self._columns, bounded.toArrow())
        # What toArrow does, too, without what it asks of the schema each time.
        batches = bounded._collect_as_arrow()
        if not batches:
            return _from_rows(self._columns, [])
        import pyarrow

        return _from_arrow(self._columns, pyarrow.Table.from_batches(batches))

    def _bounded(self, df: Any) -> Any:
        """One row more of each partition than there may be. A filter and no limit: a limit would run one job after the other."""
        if not hasattr(df, "_jdf") or not hasattr(df, "_jcols"):
            return df.select(*self._selected()).where(self._condition())
        if self._prepared is None:
            self._prepared = (df._jcols(*self._selected()), self._condition()._jc)
        columns, condition = self._prepared
        return type(df)(df._jdf.select(columns).filter(condition), df.sparkSession)

    def _selected(self) -> list[Any]:
        from pyspark.sql import functions

        quoted = [name.replace("`", "``") for name in self._columns]
        return [functions.col(f"`{name}`") for name in quoted]

    def _condition(self) -> Any:
        from pyspark.sql import functions

        row = functions.monotonically_increasing_id().bitwiseAND(functions.lit(_WITHIN_PARTITION))
        return row <= self._most_rows


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


def _size(df: Any) -> float:
    """The bytes that Spark expects, from those of the files; infinite where it has no idea. In a fraction of a millisecond."""
    try:
        size = df._jdf.queryExecution().analyzed().stats().sizeInBytes()
        return int(str(size))
    except Exception:
        return float("inf")


def _has_arrow() -> bool:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return False
    return True


def _from_arrow(columns: list[str], table: Any) -> tuple[dict[str, _Column], int]:
    found = {}
    for name in columns:
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
