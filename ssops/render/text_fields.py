"""The fields of one change as rows of columns: which field, before -> after, how final."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ssops.model import Action, Change, FieldChange, Reversibility
from ssops.render.style import Line, Span, Style, line
from ssops.render.words import counted, is_key, leaves, path, rank, sentence, told, value

SHOWN_MEMBERS = 5
"""Added or removed members of a list that one field shows unless everything is asked for."""


def rows(change: Change, *, full: bool = False) -> tuple[Line, ...]:
    """Give one row a field, in the order of a file."""
    if change.action is Action.CREATE:
        return tuple(
            line(path(where), value(told(data), full=full))
            for field in ordered(change.fields)
            for where, data in leaves(field.after, field.path)
            if full or not (is_key(where) and set(data) <= {"type"})  # a default key as SpeechSense makes it
        )
    return tuple(_row(field, full=full) for field in ordered(change.fields))


def ordered(fields: Sequence[FieldChange]) -> list[FieldChange]:
    """Sort fields as a file has them."""
    return sorted(fields, key=lambda field: rank(str(field.path[0])))


def keys(fields: Sequence[FieldChange]) -> int:
    """Count the metadata keys of a new connection, default keys included."""
    return sum(len(field.after.get("keys", ())) for field in fields if isinstance(field.after, Mapping))


def _row(field: FieldChange, *, full: bool) -> Line:
    return line(path(field.path), moved(field, full=full), *_notes(field))


def _notes(field: FieldChange) -> list[Span]:
    found: list[Span] = []
    if field.reversibility is not Reversibility.REVERSIBLE:
        style = Style.BAD if field.reversibility is Reversibility.IMPOSSIBLE else Style.CARE
        found.append((sentence(f"render.reversibility.{field.reversibility}"), style))
    if field.drift:
        found.append((sentence("render.drift"), Style.CARE))
    return found


def moved(field: FieldChange, *, full: bool = False) -> str:
    """Say in a few words what becomes of a field: `before -> after`, or the members of a list that come and go."""
    before, after = told(field.before), told(field.after)
    if isinstance(before, list | tuple | None) and isinstance(after, list | tuple | None) and (before or after):
        return _members(before or (), after or (), full)
    if before is None:
        return sentence("render.field.added", after=value(after, full=full))
    if after is None:
        return sentence("render.field.removed", before=value(before, full=full))
    return sentence("render.field.moved", before=value(before, full=full), after=value(after, full=full))


def _members(before: Sequence[Any], after: Sequence[Any], full: bool) -> str:
    """Name what came and went; the whole lists where only the order differs."""
    gone = [f"-{value(each, full=full)}" for each in before if each not in after]
    come = [f"+{value(each, full=full)}" for each in after if each not in before]
    moves = gone + come
    if not moves:
        return sentence("render.field.moved", before=value(before, full=full), after=value(after, full=full))
    limit = len(moves) if full else SHOWN_MEMBERS
    text = " ".join(moves[:limit])
    return f"{text} {counted('render.more_members', len(moves) - limit)}" if len(moves) > limit else text
