"""The figures of a run, and the table that shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `wrong` says what went wrong, case by case; `note` is said beside the figure."""

    name: str
    measured: str
    target: str
    is_met: bool
    note: str = ""
    wrong: tuple[str, ...] = field(default=())


def of_cases(name: str, tried: int, wrong: Iterable[str], least: int, note: str = "") -> Figure:
    """Give the figure of cases that must all come out well, of which there must be so many."""
    found = tuple(wrong)
    bad = len({each.partition(": ")[0] for each in found})
    return Figure(name, f"{tried - bad}/{tried}", f"N/N, N >= {least}", not found and tried >= least, note, found)


def table(figures: Iterable[Figure]) -> str:
    """Give the table as text, then the first cases of each figure that is missed."""
    rows = [("figure", "measured", "target", "met", "")]
    listed = list(figures)
    rows += [(one.name, one.measured, one.target, "yes" if one.is_met else "NO", one.note) for one in listed]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = []
    for row in rows:
        columns = [text.ljust(width) for text, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*columns, row[4]]))
    for one in listed:
        lines += [f"  {one.name}: {case}" for case in one.wrong[:_SHOWN]]
        if len(one.wrong) > _SHOWN:
            lines.append(f"  {one.name}: and {len(one.wrong) - _SHOWN} more")
    return "\n".join(line.rstrip() for line in lines)
