"""A curve's points for other tools."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import telling
from .points import COLUMNS, Point

if TYPE_CHECKING:
    from .axes import Axes
    from .lines import Line


def to_csv(curve: Axes, path: str | os.PathLike[str]) -> None:
    """A row a point: curve, line, its kind, the line it belongs to, its loss, and the columns of the protocol."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        write = csv.writer(file).writerow
        write(["Curve", "Line", "Kind", "Of", "Loss", *(name for name, _ in COLUMNS)])
        for line, points in _points(curve):
            own = [curve.name, line.name, line.kind, line.of.name if line.of else "", line.loss]
            for point in points:
                write([*own, *point])


def to_tensorboard(curve: Axes, logdir: str | os.PathLike[str]) -> None:
    """A run a line, with the mean loss of each point as a scalar named after the curve; the step is the examples so far.

    Raises
    ------
    ImportError
        Where tensorboard is not installed.
    """
    try:
        from tensorboard.compat.proto.event_pb2 import Event
        from tensorboard.compat.proto.summary_pb2 import Summary
        from tensorboard.summary.writer.event_file_writer import EventFileWriter
    except ImportError as error:
        raise ImportError("to_tensorboard needs the package tensorboard: pip install tensorboard") from error
    for line, points in _points(curve):
        writer = EventFileWriter(os.path.join(os.fspath(logdir), line.name.replace(os.sep, "_")))
        for point in points:
            if point.examples:
                value = Summary.Value(tag=curve.name, simple_value=point.loss_sum / point.examples)
                moment = (curve.time_ms + point.elapsed_ms) / 1000
                writer.add_event(Event(wall_time=moment, step=int(point.at), summary=Summary(value=[value])))
        writer.close()


def to_mlflow(curve: Axes) -> None:
    """The mean loss of each point as a metric named ``<curve>/<line>``; the step is the examples so far.

    Raises
    ------
    ImportError
        Where mlflow is not installed.
    """
    try:
        import mlflow
        from mlflow.entities import Metric
    except ImportError as error:
        raise ImportError("to_mlflow needs the package mlflow: pip install mlflow") from error
    run = mlflow.active_run() or mlflow.start_run()
    client = mlflow.MlflowClient()
    for line, points in _points(curve):
        name = "".join(each if each.isalnum() or each in "_-. /" else "_" for each in f"{curve.name}/{line.name}")
        metrics = [
            Metric(name, point.loss_sum / point.examples, curve.time_ms + point.elapsed_ms, int(point.at))
            for point in points
            if point.examples
        ]
        # MLflow takes at most 1,000 metrics at a time.
        for start in range(0, len(metrics), 1000):
            client.log_batch(run.info.run_id, metrics=metrics[start : start + 1000])


def _points(curve: Axes) -> Iterator[tuple[Line, list[Point]]]:
    """Each line with the points that it has kept."""
    telling.flush()
    for line in curve.lines:
        yield line, list(line.kept)
