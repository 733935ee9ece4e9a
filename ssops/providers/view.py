"""The service seen through recorded addresses: live rows with ids become resources with refs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ssops.model import Address, Entry, Kind, Resources, Spec, Unrecorded
from ssops.providers.base import LiveRow, Reader


@dataclass(frozen=True, slots=True)
class View:
    """What the service holds: `resources` under their recorded addresses, `unrecorded` sorted by kind, name and id."""

    resources: Resources
    unrecorded: tuple[Unrecorded, ...]
    spec: Callable[[str], Spec]  # by id, refs in place of ids; raises KeyError when it is gone


def look(reader: Reader, recorded: Resources, rows: tuple[LiveRow, ...]) -> View:
    """Sort live rows into recorded resources and unrecorded ones. Specs are read from the service when asked for."""
    known = {entry.id: entry.address for entry in recorded if entry.id is not None}
    spaces = {id: address.ref for id, address in known.items() if address.kind is Kind.SPACE}
    found = {row.id: row for row in rows}
    # In the order of the recorded ones, which is sorted already.
    entries = {
        entry.address: Entry(entry.address, row.name, row.digest, row.id)
        for entry in recorded
        if (row := found.get(entry.id or "")) is not None
    }
    unrecorded = [
        Unrecorded(row.kind, row.id, spaces.get(row.space_id), row.name) for row in rows if row.id not in known
    ]

    def spec(id: str) -> Spec:
        return _with_refs(reader.spec(id), known)

    def load(address: Address) -> Spec:
        return spec(entries[address].id or "")

    return View(Resources(entries, load), tuple(unrecorded), spec)


def _with_refs(spec: Spec, known: Mapping[str, Address]) -> Spec:
    """Name a project's connection by ref where the state knows it; an unknown one keeps its id."""
    if "connection_id" not in spec:
        return spec
    fields: dict[str, Any] = {key: value for key, value in spec.items() if key != "connection_id"}
    address = known.get(spec["connection_id"])
    fields["connection"] = address.ref if address else spec["connection_id"]
    return fields
