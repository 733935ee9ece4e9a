"""Which entry of the journal set each field of a recorded resource: the last one that gave it another value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ssops.model import Action, Kind, Path, Spec, Status
from ssops.state import fields
from ssops.state.journal import Entry
from ssops.state.space import Recorded

_ENDING = (Action.DELETE.value, "forget")


@dataclass(frozen=True, slots=True)
class Origin:
    """A field of the recorded spec with the entry that set it; None where the journal does not say.

    `path` leads to a value that holds no others. An entry with a `spec` made the resource known as a whole: the field
    dates from there.
    """

    path: Path
    value: Any
    entry: Entry | None


def blame(known: Recorded, entries: Iterable[Entry]) -> tuple[Origin, ...]:
    """Give the origin of every field of a recorded resource, sorted by path.

    `entries` are those of its space in the order in which they were made. A resource is followed by its id, so that
    another ref does not end its past. Where the journal has lost something, a field is said to be of no entry rather
    than of one that gave it another value.
    """
    spec: Spec = {}
    origins: dict[Path, tuple[Any, Entry]] = {}
    for entry in entries:
        if entry.status is not Status.APPLIED:
            continue
        if _ends(entry, known.id):
            spec, origins = {}, {}
        elif entry.id == known.id:
            if entry.act == Action.CREATE:  # nothing is left of what was known before
                spec, origins = {}, {}
            spec = fields.applied(spec if entry.spec is None else entry.spec, entry.fields)
            origins = _moved(spec, origins, entry)
    return tuple(Origin(path, value, _setter(origins.get(path), value)) for path, value in fields.leaves(known.spec))


def _ends(entry: Entry, id: str) -> bool:
    """Tell whether the resource was no longer known after an entry: with a space goes all that it contains."""
    return entry.act in _ENDING and (entry.id == id or entry.address.kind is Kind.SPACE)


def _moved(spec: Spec, before: dict[Path, tuple[Any, Entry]], entry: Entry) -> dict[Path, tuple[Any, Entry]]:
    moved = {}
    for path, value in fields.leaves(spec):
        known = before.get(path)
        moved[path] = known if known is not None and fields.same(known[0], value) else (value, entry)
    return moved


def _setter(found: tuple[Any, Entry] | None, value: Any) -> Entry | None:
    return found[1] if found is not None and fields.same(found[0], value) else None
