"""What needs no browser: how fast Node reads frames, takes rows into the model, makes a timeline's columns and estimates training curves.

Each is a program of its own in ``bench/`` that prints one line of JSON.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

from context import Context
from environments import HERE, ROOT
from table import Row, amount

NAME = "node"
TITLE = "In Node"
PROGRAMS = ("decode-frames", "apply-rows", "timeline-columns", "open-log", "curve-estimates")


def measure(context: Context) -> dict[str, Any]:
    """The line of each program."""
    result = {}
    for name in PROGRAMS:
        context.say(f"node bench/{name}.mjs")
        done = subprocess.run(
            ["node", "--expose-gc", str(HERE / f"{name}.mjs")],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
        )
        if done.returncode != 0:
            raise RuntimeError(f"bench/{name}.mjs failed: {done.stderr[-1000:]}")
        result[name] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    frames, applied, timeline, opened, curves = (result[name] for name in PROGRAMS)

    def ours(text: str) -> dict[str, str]:
        return {"sparkglass": text}

    def spread(figure: Any) -> str:
        return f"{figure['p50']:.1f} / {figure['p95']:.1f} ms" if isinstance(figure, dict) else f"{figure:.1f} ms"

    return [
        Row("frames read, rows a second", ours(amount(frames["rowsPerSecond"]))),
        Row("rows into the model a second", ours(amount(applied["rowsPerSecond"])), "≥ 1,000,000"),
        Row("  bytes a task", ours(amount(applied["bytesPerTask"], "B", 1))),
        Row(f"columns of {timeline['tasks']:,} tasks, p50 / p95", ours(spread(timeline["zoomAllMs"]))),
        Row("  panning over half of them", ours(spread(timeline["panHalfMs"]))),
        Row(f"a log of {opened['tasks']:,} tasks, opened", ours(amount(opened["seconds"], "s", 1))),
        Row("  bytes a task, all of the model", ours(amount(opened["bytesPerTask"], "B", 1)), "≤ 150 B"),
        Row(
            f"{curves['lines']} curves of {curves['points']:,} points: a batch more, p50 / p95",
            ours(spread(curves["appendMs"])),
            "≤ 16 ms",
        ),
        Row("  another fading factor", ours(spread(curves["alphaMs"]))),
    ]
