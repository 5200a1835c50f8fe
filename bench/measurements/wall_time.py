"""What watching costs: the time of the same cell in every mode, and the CPU seconds of driver and kernel.

Modes take turns within a round; a mode's figure is divided by the figure of the mode without anything in the same round.
"""

from __future__ import annotations

from typing import Any

from context import Context
from figures import ratios, summary
from table import Row, number, ratio
from workloads import JOBS_200, TASKS_20K, Workload

NAME = "wall"
TITLE = "Wall time of a cell, and CPU seconds of driver and kernel"
SETTLE = 2.0


def measure(context: Context) -> dict[str, Any]:
    """Every round's runs, by workload and mode, and what follows from them."""
    sessions = context.start()
    workloads = (TASKS_20K, JOBS_200)
    for mode in context.modes:
        context.say(f"Warming up {mode.title}")
        sessions[mode.name].warm_up(workloads, 1 if context.quick else 2)
        for workload in workloads:
            sessions[mode.name].open_panel(workload.cell)
        if mode.name == "sparkglass":
            sessions[mode.name].warm_up(workloads, 1)
    runs: dict[str, dict[str, list[dict[str, Any]]]] = {w.cell: {m.name: [] for m in context.modes} for w in workloads}
    for number_ in range(context.rounds):
        for workload in workloads:
            for mode in context.in_turn(number_):
                session = sessions[mode.name]
                session.rest()
                runs[workload.cell][mode.name].append(session.run(workload, SETTLE))
            said = ", ".join(f"{m.name} {runs[workload.cell][m.name][-1]['wall']:.2f} s" for m in context.modes)
            context.say(f"Round {number_ + 1} of {context.rounds}, {workload.title}: {said}")
    for session in sessions.values():
        session.rest()
    return {workload.cell: _judge(workload, runs[workload.cell]) for workload in workloads}


def _judge(workload: Workload, runs: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    walls = {mode: [run["wall"] for run in own] for mode, own in runs.items()}
    driver = {mode: [run["pythonCpu"] + run["javaCpu"] for run in own] for mode, own in runs.items()}
    everything = {mode: [run["cpu"] for run in own] for mode, own in runs.items()}
    result: dict[str, Any] = {"title": workload.title, "modes": {}}
    for mode in runs:
        result["modes"][mode] = {
            "wallSeconds": summary(walls[mode]),
            "wallRatio": summary(ratios(walls[mode], walls["without"])),
            "driverCpuSeconds": summary(driver[mode]),
            "driverCpuRatio": summary(ratios(driver[mode], driver["without"])),
            "allCpuSeconds": summary(everything[mode]),
            "allCpuRatio": summary(ratios(everything[mode], everything["without"])),
            "otherCores": summary([run["otherCores"] for run in runs[mode]]),
            "runs": runs[mode],
        }
    return result


TARGETS = {TASKS_20K.cell: "≤ 1.02", JOBS_200.cell: "≤ 1.03"}


def rows(result: dict[str, Any]) -> list[Row]:
    """Rows of the printed table."""
    found = []
    for cell, workload in result.items():
        modes = workload["modes"]
        title = workload["title"]
        seconds = {mode: number(own["wallSeconds"], "s") for mode, own in modes.items()}
        found.append(Row(f"{title}: wall time", seconds))
        watched = {mode: own for mode, own in modes.items() if mode != "without"}
        found.append(Row("  : without", {m: ratio(own["wallRatio"]) for m, own in watched.items()}, TARGETS[cell]))
        found.append(
            Row("  driver and kernel CPU", {m: number(own["driverCpuSeconds"], "s") for m, own in modes.items()})
        )
        found.append(Row("  : without", {m: ratio(own["driverCpuRatio"]) for m, own in watched.items()}))
        found.append(
            Row("  CPU of all, browser too", {m: number(own["allCpuSeconds"], "s") for m, own in modes.items()})
        )
        found.append(Row("  cores others kept busy", {m: number(own["otherCores"], "") for m, own in modes.items()}))
    return found
