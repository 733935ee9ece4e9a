"""What was done to a space, append-only: who, when, from which commit, by which plan, and what became of each change.

An entry is written before the state that it speaks of. A run that is cut short between the two is told again by the
next one, under the same key; reading keeps the first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ssops.errors import StateFault
from ssops.model import Action, Address, FieldChange, Json, Reversibility, Spec, Status, message
from ssops.state import seal
from ssops.state.base import StaleWrite, StateStore
from ssops.state.space import Run, address_of

FORMAT_VERSION = 1

_FOLDER = "journal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change and what became of it.

    `key` is the operation's: the same change told twice has one key. `run` says who, when, from which commit, by
    which plan ("" for commands that carry out no plan). `act` is the change's action, or the command: `adopt`,
    `forget`, `move`, `import`, `restore`, `push`, `accept`. `spec` is the whole resource where the entry creates or
    adopts one, else None. `error` is said in English.
    """

    key: str
    run: Run
    address: Address
    act: str
    status: Status
    id: str | None = None
    fields: tuple[FieldChange, ...] = ()
    spec: Spec | None = None
    error: str = ""


def append(store: StateStore, space: str, entries: Sequence[Entry], at: str) -> None:
    """Write entries down for good; nothing is written for none. `at` is UTC in ISO 8601. Raises StateFault."""
    if not entries:
        return
    data = _encoded(space, entries)
    stamp = "".join(letter for letter in at.lower() if letter.isalnum())
    name = f"{_FOLDER}/{space}/{stamp}-{sha256(data).hexdigest()[:12]}"
    try:
        store.put(name, data, None)
    except StaleWrite as fault:
        got = store.get(name)
        if got is None or got[0] != data:
            raise StateFault("state_unwritable", message("journal.taken", name=name)) from fault


def read(store: StateStore, space: str, on_damage: Callable[[StateFault], None]) -> tuple[Entry, ...]:
    """Give every entry of a space once, in the order in which they were made.

    A document that is damaged is told to `on_damage` and left out. Raises StateFault where the store cannot be read.
    """
    found: dict[str, Entry] = {}
    for name in store.names(f"{_FOLDER}/{space}"):
        got = store.get(name)
        if got is None:
            continue
        try:
            for entry in _entries(got[0], space, name):
                # What was told as failed, or left open, may have been found to be made later: that counts.
                if entry.key not in found or found[entry.key].status is not Status.APPLIED:
                    found[entry.key] = entry
        except StateFault as fault:
            on_damage(fault)
    return tuple(sorted(found.values(), key=lambda entry: entry.run.at))


def spaces(store: StateStore, known: Iterable[str]) -> tuple[str, ...]:
    """Give the spaces of which there is a journal, among those that are known."""
    return tuple(space for space in sorted(set(known)) if store.names(f"{_FOLDER}/{space}"))


def _encoded(space: str, entries: Sequence[Entry]) -> bytes:
    told = ",\n    ".join(json.dumps(_data(entry), ensure_ascii=False, sort_keys=True) for entry in entries)
    head = f'"entries": [\n    {told}\n  ],\n  "format_version": {FORMAT_VERSION},\n  "space": "{space}"\n}}\n'
    return seal.sealed(head.encode("utf-8", "surrogatepass"))


def _data(entry: Entry) -> dict[str, Json]:
    return {
        "key": entry.key,
        "run": {name: getattr(entry.run, name) for name in Run.__slots__},
        "address": str(entry.address),
        "act": entry.act,
        "status": entry.status.value,
        "id": entry.id,
        "fields": [
            {name: getattr(one, name) for name in FieldChange.__slots__} | {"path": list(one.path)}
            for one in entry.fields
        ],
        "spec": entry.spec,
        "error": entry.error,
    }


def _entries(data: bytes, space: str, name: str) -> list[Entry]:
    data = seal.unix(data)
    try:
        if not seal.is_intact(data):
            raise ValueError(name)
        document: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
        if document["format_version"] != FORMAT_VERSION or document["space"] != space:
            raise ValueError(name)
        return [_entry(told) for told in document["entries"]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        said = message("journal.damaged", name=name)
        raise StateFault("state_damaged", said, message("journal.damaged.hint")) from fault


def _entry(told: dict[str, Any]) -> Entry:
    return Entry(
        key=told["key"],
        run=Run(**told["run"]),
        address=address_of(told["address"]),
        act=told["act"],
        status=Status(told["status"]),
        id=told["id"],
        fields=tuple(_field(one) for one in told["fields"]),
        spec=told["spec"],
        error=told["error"],
    )


def _field(told: dict[str, Any]) -> FieldChange:
    return FieldChange(
        path=tuple(told["path"]),
        before=told["before"],
        after=told["after"],
        reversibility=Reversibility(told["reversibility"]),
        rule=told["rule"],
        drift=told["drift"],
    )


CREATING = (Action.CREATE.value, "adopt", "import")
"""What an entry does that makes a resource known: every field of it dates from there."""
