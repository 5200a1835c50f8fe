"""Losses that Spark itself adds up: ``DataFrame.observe`` in the query, its sums in the query's progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .lines import Line
from .scoring import given_sums

if TYPE_CHECKING:
    from .axes import Axes

_WHOLE = ("boolean", "byte", "short", "integer", "long")


class Observed:
    """The observations of a curve, and the one listener that reads them."""

    def __init__(self, curve: Axes) -> None:
        self._curve = curve
        self._count = 0
        self._lines: dict[str, list[tuple[str, Line]]] = {}
        # The last batch of each query: after a restart the last one may come again.
        self._last: dict[str, int] = {}
        self._listener: Any = None

    def observe(self, df: Any, losses: dict[str, Any]) -> Any:
        """See ``Curve.observe``."""
        if not losses:
            raise ValueError('observe needs a loss: observe(df, model=col("label") != col("prediction"))')
        if not getattr(df, "isStreaming", False):
            raise ValueError("observe: the DataFrame is no stream (spark.readStream)")
        from pyspark.sql import functions

        self._count += 1
        name = f"sparkglass_{self._curve.ordinal}_{self._count}"
        sums: list[Any] = []
        made: list[tuple[str, Line]] = []
        for number, (key, given) in enumerate(losses.items()):
            column = functions.col(given) if isinstance(given, str) else given
            is_whole = df.select(column.alias("loss")).schema[0].dataType.typeName() in _WHOLE
            value = column.cast("double") if not is_whole else column.cast("int").cast("double")
            sums += [
                functions.count(value).alias(f"n{number}"),
                functions.sum(value).alias(f"s{number}"),
                functions.sum(value * value).alias(f"q{number}"),
            ]
            made.append((str(number), self._curve.line(key, "online", None, "zeroOne" if is_whole else "squared")))
        observed = df.observe(name, *sums)
        self._lines[name] = made
        self._listen(df.sparkSession)
        return observed

    def _listen(self, session: Any) -> None:
        if self._listener is not None:
            return
        from pyspark.sql.streaming import StreamingQueryListener

        observed = self

        class Listener(StreamingQueryListener):
            def onQueryStarted(self, event: Any) -> None:
                pass

            def onQueryProgress(self, event: Any) -> None:
                try:
                    observed._progress(event.progress)
                except Exception:
                    pass  # the query is not to be disturbed

            def onQueryIdle(self, event: Any) -> None:
                pass

            def onQueryTerminated(self, event: Any) -> None:
                pass

        self._listener = Listener()
        session.streams.addListener(self._listener)
        self._curve.at_end(lambda: session.streams.removeListener(self._listener))

    def _progress(self, progress: Any) -> None:
        query, batch = str(progress.id), int(progress.batchId)
        metrics = progress.observedMetrics or {}
        mine = [name for name in self._lines if name in metrics]
        if not mine:
            return
        repeat = batch <= self._last.get(query, -1)
        self._last[query] = max(batch, self._last.get(query, -1))
        for name in mine:
            row = metrics[name]
            for number, line in self._lines[name]:
                count = int(row[f"n{number}"])
                total, squares = float(row[f"s{number}"] or 0.0), float(row[f"q{number}"] or 0.0)
                scored = line.scored(given_sums(count, total, squares), repeat)
                line.commit(scored, batch_id=batch, query_run_id=str(progress.runId), repeat=repeat)
