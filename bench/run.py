"""``npm run bench``: measures Sparkglass against the same notebook without it and against its peers.

See README.md beside this file for what each number is.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import traceback
from pathlib import Path

import environments
import machine
from context import Context, say
from measurements import (
    in_node,
    latency,
    matrix_frames,
    open_log,
    page_load,
    panning,
    partition_frames,
    plain_cell,
    right_cell,
    soak,
    startup,
    streams,
    traffic,
    wall_time,
)
from modes import ALL, WITHOUT
from table import render

RESULTS = Path(__file__).resolve().parent / "results"
MEASUREMENTS = (
    wall_time,
    traffic,
    latency,
    page_load,
    panning,
    partition_frames,
    matrix_frames,
    plain_cell,
    startup,
    right_cell,
    streams,
    soak,
    open_log,
    in_node,
)


def _arguments() -> argparse.Namespace:
    names = [measurement.NAME for measurement in MEASUREMENTS]
    parser = argparse.ArgumentParser(prog="npm run bench --", description=__doc__)
    parser.add_argument("--rounds", type=int, help="alternating rounds (default 9, with --quick 2)")
    parser.add_argument("--only", default=",".join(names), help=f"some of: {', '.join(names)}")
    parser.add_argument("--modes", default=",".join(mode.name for mode in ALL), help="some of the modes")
    parser.add_argument("--no-peers", action="store_true", help="leave the other extensions out")
    parser.add_argument(
        "--quick", action="store_true", help="few rounds, and no waiting for backlogs: to try the bench itself"
    )
    parser.add_argument("--out", type=Path, help="where to write the results (default bench/results/<date>.json)")
    arguments = parser.parse_args()
    arguments.only = arguments.only.split(",")
    unknown = set(arguments.only) - set(names)
    if unknown:
        parser.error(f"nothing is called {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return arguments


def main() -> int:
    """Measure, print, write. The exit code says whether everything could be measured."""
    arguments = _arguments()
    wanted = {WITHOUT.name, *arguments.modes.split(",")}
    modes = [mode for mode in ALL if mode.name in wanted and not (arguments.no_peers and mode.lock)]
    for mode in modes:
        environments.ensure(mode, say)
    rounds = arguments.rounds or (2 if arguments.quick else 9)
    context = Context(modes, rounds, arguments.quick)
    now = datetime.datetime.now(datetime.UTC)
    results: dict[str, object] = {
        "date": now.isoformat(timespec="seconds"),
        "rounds": rounds,
        "machine": machine.describe(),
    }
    sections = []
    failed = False
    try:
        for measurement in MEASUREMENTS:
            if measurement.NAME not in arguments.only:
                continue
            say(measurement.TITLE)
            try:
                result = measurement.measure(context)
            except Exception as error:
                failed = True
                traceback.print_exc()
                results[measurement.NAME] = {"error": str(error)}
            else:
                results[measurement.NAME] = result
                sections.append((measurement.TITLE, measurement.rows(result)))
    finally:
        context.stop()
    results["loadAtEnd"] = machine.load()
    path = arguments.out or RESULTS / f"{now:%Y-%m-%d-%H%M%S}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1) + "\n")
    print(f"\n{render(sections, modes)}\n\nWritten to {path}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
