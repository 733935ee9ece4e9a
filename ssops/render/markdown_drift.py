"""Drift as a short Markdown table: what a scheduled job puts into its summary, an issue or a comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ssops.drift import Drift, ResourceDrift, Stray
from ssops.render import text_drift
from ssops.render.budget import Budget
from ssops.render.escape_markup import code, markdown
from ssops.render.text_sides import SIDES, cells
from ssops.render.words import counted, path, sentence

BUDGET = 65_536
"""Characters that GitHub takes in one issue or comment."""

SHOWN_OBJECTS = 10
"""Live objects that could be adopted of which each is named; the rest is counted."""

_AROUND = 16_000
"""Characters set aside for all but the rows: head, notes, next step."""

_LONGEST_NAME = 60


def text(drift: Drift) -> str:
    """Write drift in at most `BUDGET` characters: a row for each field, those that do not fit counted."""
    rows = Budget(BUDGET - _AROUND).fill(_row(columns) for row in drift.drifted for columns in _cells(row))
    left = sum(len(row.contradictions) or 1 for row in drift.drifted) - len(rows)
    next_step = sentence("drift.next.drifted" if drift.drifted else "drift.next.none")
    page = _environment().get_template("drift.md.j2")
    return page.render(
        mark="⚠️" if drift.drifted else "✅",
        verdict="".join(span for span, _ in text_drift.verdict(drift)),
        head=_row(map(markdown, _columns())),
        rows=[*map(Markup, rows)],
        cut=counted("drift.cut", left) if left else "",
        notes=_notes(drift),
        next_title=sentence("markdown.next"),
        next_step=Markup(next_step),  # noqa: S704 - a sentence of our own, with code in it
    )


@cache
def _environment() -> Environment:
    # What is not marked as safe is escaped where it is printed, as Markdown: HTML escapes would be wrong here.
    return Environment(
        loader=PackageLoader("ssops.render"),
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )


def _shown(value: Any) -> Any:
    return value if isinstance(value, Markup) else markdown(str(value))


def _row(cells: Iterable[str]) -> Markup:
    return Markup(f"| {' | '.join(cells)} |")  # noqa: S704 - whoever calls has escaped the cells


def _columns() -> Iterator[str]:
    yield sentence("markdown.column.change")
    yield from (sentence(f"drift.column.{name}") for name in ("field", "cause", *SIDES))


def _cells(row: ResourceDrift) -> Iterator[list[str]]:
    """Yield the escaped cells of each field that was changed outside, or of the resource where it is gone."""
    head = f"{code(str(row.address))} {markdown(_short(row.name))}"
    fields = text_drift.ordered(row.contradictions)
    if not fields:
        yield [head, "", markdown(text_drift.what(row)), "", "", ""]
    for field in fields:
        words = (_short(path(field.path)), text_drift.said(field.cause), *cells(field))
        yield [head, *map(markdown, words)]


def _notes(drift: Drift) -> list[str]:
    adoptable, unmanaged = text_drift.parted(drift)
    notes = [text_drift.adoption(_shortened(stray), drift) for stray in adoptable[:SHOWN_OBJECTS]]
    if len(adoptable) > SHOWN_OBJECTS:
        notes.append(counted("drift.more_adoptable", len(adoptable) - SHOWN_OBJECTS))
    return notes + ([counted("render.unmanaged", len(unmanaged))] if unmanaged else [])


def _shortened(stray: Stray) -> Stray:
    return replace(stray, found=replace(stray.found, name=_short(stray.found.name)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 3]}..."
