"""What is to go: resources marked `delete: true`, and resources whose document is gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ssops.model import Action, Address, Change, Entry, Execution, Kind, message
from ssops.plan import changes, policy
from ssops.plan.inputs import Inputs
from ssops.plan.stops import Stop, stop


def asked_for(inputs: Inputs, entry: Entry) -> Change:
    """Delete a live resource, as its document asks; a space only when the manifests keep nothing in it."""
    protected = policy.deletion(inputs, entry)
    if entry.address.kind is not Kind.SPACE:
        reason = message(f"{entry.address.kind}-deletion", address=str(entry.address))
        return changes.delete(inputs, entry, reason=reason, stopped=protected)
    space = entry.address.ref
    kept = min((str(each.address) for each in _inside(inputs.desired, space) if not each.delete), default=None)
    stopped = protected
    if stopped is None and kept is not None:
        stopped = stop("space-not-empty", address=str(entry.address), kept=kept)
    inside = sum(1 for _ in _inside(inputs.recorded, space)) + sum(each.space == space for each in inputs.unrecorded)
    reason = message("space-deletion", address=str(entry.address), count=inside)
    return changes.delete(inputs, entry, reason=reason, stopped=stopped)


def of_dropped(inputs: Inputs, dropped: Iterable[Entry], wanted: Sequence[Change]) -> list[Change]:
    """Tell of recorded resources without a document; those inside a space that is deleted go with it."""
    deleted = {
        change.address.ref
        for change in wanted
        if change.address.kind is Kind.SPACE
        and change.action is Action.DELETE
        and change.execution is not Execution.BLOCKED
    }
    made = [change for change in wanted if change.action is Action.CREATE]
    return [
        changes.remove(inputs, entry, _not_removed(inputs, entry, made))
        for entry in dropped
        if entry.address.kind is Kind.SPACE or entry.address.space not in deleted
    ]


def _inside(resources: Iterable[Entry], space: str) -> Iterable[Entry]:
    return (each for each in resources if each.address.kind is not Kind.SPACE and each.address.space == space)


def _not_removed(inputs: Inputs, entry: Entry, made: Sequence[Change]) -> Stop:
    address = entry.address
    is_connection = address.kind is Kind.CONNECTION
    rule = "connection-never-deleted" if is_connection else "removal-not-asked"
    args = {"address": str(address), "name": entry.name}
    if address not in inputs.live.entries:
        return stop(rule, "gone", **args)
    moved = min((each.address for each in made if _is_moved(entry, each)), default=None)
    if moved is not None:
        # a connection has the space it was made in; a new ref in the same space is only another name in the manifests
        elsewhere = is_connection and moved.space != address.space
        args |= {"new": str(moved), "space": address.space, "new_space": moved.space}
        return stop("connection-space-fixed", **args) if elsewhere else stop(rule, "moved", **args)
    return stop(rule, **args)


def _is_moved(entry: Entry, made: Change) -> bool:
    old, new = entry.address, made.address
    if old.kind is not new.kind:
        return False
    return _is_renamed(entry, made) or (old.kind is Kind.CONNECTION and old.ref == new.ref)


def _is_renamed(entry: Entry, made: Change) -> bool:
    old: Address = entry.address
    is_beside = old.kind is Kind.SPACE or old.space == made.address.space
    return is_beside and entry.name == made.name
