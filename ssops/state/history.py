"""Earlier versions of a space's state: each one is kept before it becomes the current one, and only the last stay."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ssops.errors import StateFault, UsageFault
from ssops.model import message
from ssops.state import document
from ssops.state.base import StaleWrite, StateStore
from ssops.state.space import SpaceState

KEPT = 5
"""How many versions stay; the current one is among them."""

_FOLDER = "history"
_VERSION = re.compile(r"0*([0-9]+)-[0-9a-f]{1,16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version of a space's state, by the name that `state restore` takes. `size` is in bytes.

    `state` is None where the document is damaged or of a newer ssops; `fault` says why.
    """

    name: str
    serial: int
    size: int
    state: SpaceState | None
    fault: StateFault | None = None


def keep(store: StateStore, space: str, serial: int, write_id: str, data: bytes) -> str:
    """Keep a version that is about to become current; give the name of its document. Raises StateFault."""
    name = f"{_FOLDER}/{space}/{serial:012}-{write_id[:12]}"
    try:
        store.put(name, data, None)
    except StaleWrite as fault:
        got = store.get(name)
        if got is None or got[0] != data:  # else the store took it and lost the answer
            raise StateFault("state_unwritable", message("history.taken", name=name)) from fault
    return name


def prune(store: StateStore, space: str) -> None:
    """Remove all but the last versions. Raises StateFault."""
    for name in names(store, space)[KEPT:]:
        store.remove(name)


def names(store: StateStore, space: str) -> tuple[str, ...]:
    """Give the names of the documents of all kept versions, the newest first. Raises StateFault."""
    found = (name for name in store.names(f"{_FOLDER}/{space}") if _VERSION.fullmatch(_short(name)))
    return tuple(sorted(found, reverse=True))


def newest_serial(store: StateStore, space: str) -> int:
    """Give the highest serial among the kept versions, 0 where there is none. Raises StateFault."""
    kept = names(store, space)
    return int(_short(kept[0]).partition("-")[0]) if kept else 0


def versions(store: StateStore, space: str) -> tuple[Version, ...]:
    """Read every kept version, the newest first. Raises StateFault where the store cannot be read."""
    return tuple(found for name in names(store, space) if (found := _read(store, space, name)) is not None)


def newest_good(store: StateStore, space: str) -> str | None:
    """Name the newest version that can be restored; None where there is none, or nobody can tell."""
    try:
        return next((found.name for found in versions(store, space) if found.state is not None), None)
    except StateFault:
        return None


def find(store: StateStore, space: str, version: str) -> SpaceState:
    """Give one kept version whole. Raises UsageFault (`unknown_version`), StateFault when it is damaged itself."""
    got = store.get(f"{_FOLDER}/{space}/{version}") if _VERSION.fullmatch(version) else None
    if got is None:
        known = ", ".join(_short(name) for name in names(store, space)) or "-"
        said = message("history.unknown", space=space, version=version[:80])
        raise UsageFault("unknown_version", said, message("history.unknown.hint", known=known))
    return document.loads(got[0], space)


def _short(name: str) -> str:
    return name.rpartition("/")[2]


def _read(store: StateStore, space: str, name: str) -> Version | None:
    got = store.get(name)
    if got is None:  # pruned a moment ago
        return None
    serial = int(_short(name).partition("-")[0])
    try:
        state = document.loads(got[0], space)
    except StateFault as fault:
        return Version(_short(name), serial, len(got[0]), None, fault)
    return Version(_short(name), serial, len(got[0]), state)
