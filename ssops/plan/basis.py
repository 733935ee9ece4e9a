"""What a plan depends on besides its changes: when any of it moves, the plan is stale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from ssops.model import Action, Change, Entry
from ssops.plan.inputs import Inputs


def basis(inputs: Inputs, ordered: Iterable[Change]) -> Mapping[str, Any]:
    """Give it as JSON data, small when little changes.

    `created` is address -> digest of the spec of each new resource; `desired` is address of a space -> one digest for
    all that the manifests say of it and of what is in it; `live` is address -> digest of each live resource that
    changes, as the plan saw it; `recorded` is ref of a space -> [lineage, serial]; `base` is the commit compared with.
    """
    desired, live = inputs.desired.entries, inputs.live.entries
    changed = [change.address for change in ordered]
    created = [change.address for change in ordered if change.action is Action.CREATE]
    made: dict[str, Any] = {
        "created": {str(address): desired[address].digest for address in created},
        "desired": _by_space(desired.values()),
        "live": {str(address): live[address].digest for address in changed if address in live},
        "policy": {"max_changes": inputs.max_changes} | ({"schemas": inputs.schemas} if inputs.schemas else {}),
        "recorded": {space: list(serial) for space, serial in sorted(inputs.serials.items())},
        "spaces": sorted(inputs.spaces),
    }
    return {**made, "base": inputs.base} if inputs.base else made


def _by_space(entries: Iterable[Entry]) -> dict[str, str]:
    rows: dict[str, list[str]] = {}
    for entry in entries:
        address = entry.address
        found = rows.get(address.space)
        if found is None:
            found = rows[address.space] = []
        # A ref holds no white space and a digest has one length: a row says one thing only. Its kind has no place in
        # it, since specs of two kinds are never equal.
        found.append(address.ref + entry.digest)
        if entry.delete or not entry.managed:
            found.append(f"{address.ref} {entry.managed} {entry.delete}")
    return {
        f"space/{space}": sha256("\n".join(sorted(found)).encode()).hexdigest() for space, found in sorted(rows.items())
    }
