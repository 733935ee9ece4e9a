"""A space whose record moved a few times, in any store: what tests of the record's own commands start from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import workspaces

from ssops.errors import StateFault
from ssops.state.base import StateStore
from ssops.workspace import Workspace


def documents(description: str, *refs: str) -> list[dict[str, Any]]:
    """Give the documents of the space `sales` and of connections in it."""
    head = {"version": 1, "kind": "space", "ref": "sales", "name": "Sales", "description": description}
    return [head, *(_connection(ref) for ref in refs)]


def _connection(ref: str) -> dict[str, Any]:
    return {"version": 1, "kind": "connection", "ref": ref, "space": "sales", "name": ref, "data_type": "chat"}


def applied(folder: Path, store: StateStore, steps: Iterable[list[dict[str, Any]]]) -> Workspace:
    """Apply documents one after the other, with the record in this store."""
    for step in steps:
        workspace = replace(workspaces.written(folder, step), store=store)
        workspaces.apply(workspace)
    return workspace


def moved(folder: Path, store: StateStore) -> Workspace:
    """Give a workspace whose space was made, described anew, and given a connection."""
    return applied(folder, store, [documents("one"), documents("two"), documents("two", "pbx")])


def damage(store: StateStore, name: str, data: bytes = b'{"space": "sales"}') -> None:
    """Put something else in place of a document, as a disk or a person would."""
    got = store.get(name)
    store.put(name, data, None if got is None else got[1])


def refuse(fault: StateFault) -> None:
    """Take damage for a failure of the test."""
    raise fault
