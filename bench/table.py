"""The table of a run: each figure beside its target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure and the most it may be, both in `unit`: `x` for a ratio, `MiB`, `s`."""

    name: str
    target: float
    figure: float
    unit: str = "x"

    @property
    def is_met(self) -> bool:
        """Whether the figure is within its target."""
        return self.figure <= self.target


def text(rows: Iterable[Row]) -> str:
    """Give the table as text, a line for each row."""
    lines = [f"{'':58} {'target':>12} {'figure':>12}"]
    for row in rows:
        verdict = "met" if row.is_met else "MISSED"
        lines.append(f"{row.name:58} {_said(row.target, row.unit):>12} {_said(row.figure, row.unit):>12} {verdict}")
    return "\n".join(lines)


def _said(value: float, unit: str) -> str:
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
