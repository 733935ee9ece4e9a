"""What a plan depends on besides its changes: when any of it moves, the plan is stale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from ssops.model import Change, Entry, Resources
from ssops.plan.inputs import Inputs


def basis(inputs: Inputs, ordered: Iterable[Change], unchanged: Iterable[tuple[Entry, Entry]]) -> Mapping[str, Any]:
    """Give it as JSON data.

    `desired` and `live` are address -> digest of what changes and of what is not managed; `unchanged` is space ref ->
    one digest for all the rest, so that a plan with nothing to do stays small. `recorded` is space ref -> [lineage,
    serial].
    """
    touched = [change.address for change in ordered]
    unmanaged = [entry.address for entry in inputs.desired if not entry.managed]

    def digests(resources: Resources) -> dict[str, str]:
        found = ((address, resources.entries.get(address)) for address in (*touched, *unmanaged))
        return {str(address): entry.digest for address, entry in found if entry is not None}

    return {
        "desired": digests(inputs.desired),
        "live": digests(inputs.live),
        "policy": {"max_changes": inputs.max_changes},
        "recorded": {space: list(serial) for space, serial in inputs.serials.items()},
        "spaces": sorted(inputs.spaces),
        "unchanged": _together(unchanged),
    }


def _together(unchanged: Iterable[tuple[Entry, Entry]]) -> dict[str, str]:
    rows: dict[str, list[str]] = {}
    for entry, seen in unchanged:
        address = entry.address
        # every part but the last has a fixed set of letters, none of them a space or a line break
        row = f"{address.kind._value_} {address.ref} {entry.digest} {seen.digest}"
        rows.setdefault(address.space, []).append(row)
    return {space: sha256("\n".join(sorted(found)).encode()).hexdigest() for space, found in sorted(rows.items())}
