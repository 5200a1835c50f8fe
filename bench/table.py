"""The printed table: a row a figure, a column a mode."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from modes import Mode

LABEL = 44
CELL = 25


@dataclass
class Row:
    """One figure in every mode that has it."""

    label: str
    #: Mode name to what stands in its column.
    cells: dict[str, str] = field(default_factory=dict)
    target: str = ""


def number(figure: dict[str, Any], unit: str) -> str:
    """A median with its interval: ``5.41 s [5.30–5.62]``."""
    unit = f" {unit}" if unit else ""
    return f"{figure['median']:.2f}{unit} [{figure['low']:.2f}–{figure['high']:.2f}]"


def ratio(figure: dict[str, Any]) -> str:
    """A ratio's median with its interval: ``1.021 [1.004–1.040]``."""
    return f"{figure['median']:.3f} [{figure['low']:.3f}–{figure['high']:.3f}]"


def amount(value: float | None, unit: str = "", digits: int = 0) -> str:
    """A plain number, or ``–`` where there is none."""
    if value is None:
        return "–"
    return f"{value:,.{digits}f}" + (f" {unit}" if unit else "")


def render(sections: Iterable[tuple[str, list[Row]]], modes: list[Mode]) -> str:
    """All sections as text."""
    titles = {mode.name: mode.title[:CELL] for mode in modes}
    lines = ["".ljust(LABEL) + "".join(t.rjust(CELL + 2) for t in titles.values()) + "target".rjust(14)]
    for title, rows in sections:
        lines += ["", title]
        for row in rows:
            cells = "".join(row.cells.get(name, "").rjust(CELL + 2) for name in titles)
            lines.append(f"  {row.label}".ljust(LABEL) + cells + row.target.rjust(14))
    return "\n".join(lines)
