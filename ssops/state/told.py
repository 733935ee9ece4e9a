"""Locks, kept versions, the journal and the origins of fields as JSON data: what commands print and renderers show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ssops.messages import say
from ssops.model import Address, Entry, FieldChange, Json
from ssops.state import fields, journal
from ssops.state.blame import Origin
from ssops.state.history import Version
from ssops.state.lease import Lock
from ssops.state.space import Recorded, Run, SpaceState

_DAMAGED = "damaged-"


def listing(entries: Iterable[Entry], locks: Iterable[Lock]) -> dict[str, Json]:
    """Build what `state list` prints (`schemas/listing.schema.json`)."""
    return {
        "resources": [{"address": str(each.address), "id": each.id, "name": each.name} for each in entries],
        "locks": [lock(each) for each in locks],
    }


def lock(held: Lock) -> dict[str, Json]:
    """Build one lock; its holder and times are null where it cannot be read."""
    if held.id.startswith(_DAMAGED):
        return {"space": held.space, "id": held.id, **dict.fromkeys(_LOCK)}
    one = held.holder
    told = (one.who, one.purpose, one.host, one.pid, one.run or None, _second(held.since), _second(held.expires))
    return {"space": held.space, "id": held.id, **dict(zip(_LOCK, told, strict=True))}


_LOCK = ("who", "purpose", "host", "pid", "page", "since", "expires")


def version(one: Version, *, is_current: bool) -> dict[str, Json]:
    """Build one kept version of a space's state; counts and times are null where it cannot be read."""
    state = one.state
    return {
        "version": one.name,
        "serial": one.serial,
        "at": None if state is None else newest(state),
        "resources": None if state is None else len(state.resources),
        "pending": None if state is None else len(state.pending),
        "size": one.size,
        "current": is_current,
        "damaged": None if one.fault is None else say(one.fault.message),
    }


def history(space: str, kept: Sequence[Version], current: dict[str, Json] | None, name: str | None) -> dict[str, Json]:
    """Build what `state history` prints (`schemas/history.schema.json`); `name` is that of the current version."""
    return {
        "space": space,
        "current": current,
        "versions": [version(one, is_current=one.name == name) for one in kept],
    }


def newest(state: SpaceState) -> str | None:
    """Give the newest time that a state speaks of, in UTC, ISO 8601; None where it speaks of none."""
    times = [one.at for one in state.resources.values()] + [intent.at for intent in state.pending.values()]
    return max([*times, state.run.at] if state.run else times, default=None)


def entry(one: journal.Entry) -> dict[str, Json]:
    """Build one entry of the journal (`schemas/log.schema.json`)."""
    return {
        "key": one.key,
        **run(one.run),
        "act": one.act,
        "status": one.status.value,
        "address": str(one.address),
        "id": one.id,
        "fields": [field(each) for each in one.fields],
        "spec": one.spec,
        "error": one.error or None,
    }


def run(one: Run) -> dict[str, Json]:
    """Build what says who did something, when, from which commit and by which plan; null where there is none."""
    return {
        "at": one.at,
        "by": one.by,
        "commit": one.commit or None,
        "plan": one.digest or None,
        "page": one.page or None,
    }


def field(change: FieldChange) -> dict[str, Json]:
    """Build one field's move."""
    return {"path": list(change.path), "before": change.before, "after": change.after}


def origins(address: Address, id: str, found: Iterable[Origin]) -> dict[str, Json]:
    """Build what `blame` prints (`schemas/blame.schema.json`)."""
    told = [
        {
            "path": list(one.path),
            "value": one.value,
            "origin": None if one.entry is None else {"act": one.entry.act, **run(one.entry.run)},
        }
        for one in found
    ]
    return {"address": str(address), "id": id, "fields": told}


def moves(before: Mapping[Address, Recorded], after: Mapping[Address, Recorded]) -> list[dict[str, Any]]:
    """Build what becomes of the recorded resources when one state takes the place of another, sorted by address.

    A resource that stays as it is, is left out; one whose fields stay has none: what was seen of it has changed.
    """
    found = []
    for address in sorted({*before, *after}, key=str):
        was, becomes = before.get(address), after.get(address)
        if was == becomes:
            continue
        move = "removed" if becomes is None else "added" if was is None else "changed"
        changed = fields.differing(was.spec, becomes.spec) if was and becomes else ()
        if was and becomes and was.id != becomes.id:
            changed = (FieldChange(("id",), was.id, becomes.id), *changed)
        found.append({"address": str(address), "move": move, "fields": [field(each) for each in changed]})
    return found


def _second(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
