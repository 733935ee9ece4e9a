"""Desired, recorded and live resources become a plan: what to do, in which order, and what it depends on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ssops.model import Action, Address, Change, Entry, Issue, Kind, Location, Plan, Severity, Unrecorded, message
from ssops.plan import basis, changes, removal
from ssops.plan.changes import Stop, space_of, stop
from ssops.plan.digest import digest
from ssops.plan.inputs import Inputs

_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class _Compared:
    """Entries sorted by what has to be looked at: pairs of desired and live that are equal, desired, recorded only."""

    unchanged: list[tuple[Entry, Entry]]
    wanted: list[Entry]
    dropped: list[Entry]


def make(inputs: Inputs) -> Plan:
    """Make the plan. Specs are read of changed resources only; the same inputs in any order give the same plan."""
    compared = _compare(inputs)
    wanted = [change for entry in compared.wanted if (change := _wanted(inputs, entry)) is not None]
    dropped = removal.of_dropped(inputs, compared.dropped, wanted)
    ordered = tuple(sorted((*wanted, *dropped), key=_order))
    rested = basis.basis(inputs, ordered, compared.unchanged)
    return Plan(
        organization=inputs.organization,
        against=inputs.against,
        spaces=tuple(sorted(inputs.spaces)),
        changes=ordered,
        issues=(*inputs.issues, *_too_many(inputs, ordered)),
        basis=rested,
        digest=digest(inputs.organization, rested, ordered),
        unchanged=len(compared.unchanged) + len(compared.wanted) - len(wanted),
        unmanaged=tuple(sorted(f"{each.kind} '{each.name}' ({each.id})" for each in inputs.unrecorded)),
    )


def _compare(inputs: Inputs) -> _Compared:
    desired, recorded, live = inputs.desired.entries, inputs.recorded.entries, inputs.live.entries
    compared = _Compared([], [], [])
    recorded_too = 0
    for address, entry in desired.items():
        known = recorded.get(address)
        recorded_too += known is not None
        if not entry.managed:
            continue
        # the address of a recorded entry is the live one's own: found without comparing
        seen = None if known is None else live.get(known.address)
        if known is not None and seen is not None and _is_unchanged(entry, known, seen):
            compared.unchanged.append((entry, seen))
        else:
            compared.wanted.append(entry)
    if recorded_too < len(recorded):
        compared.dropped.extend(entry for address, entry in recorded.items() if address not in desired)
    return compared


def _is_unchanged(entry: Entry, known: Entry, seen: Entry) -> bool:
    return entry.digest == known.digest and seen.digest == (known.observed or known.digest) and not entry.delete


def _wanted(inputs: Inputs, entry: Entry) -> Change | None:
    is_live = entry.address in inputs.live.entries
    if entry.delete:
        return removal.asked_for(inputs, entry) if is_live else None
    if is_live:
        return changes.update(inputs, entry)
    is_gone = entry.address in inputs.recorded.entries
    return changes.create(inputs, entry, is_gone=is_gone, stopped=_no_creation(inputs, entry))


def _no_creation(inputs: Inputs, entry: Entry) -> Stop | None:
    address = str(entry.address)
    taken = min((each.id for each in inputs.unrecorded if _has_name_of(entry, each)), default=None)
    if taken is not None:
        return stop("name-taken", address=address, object=taken, kind=entry.address.kind, name=entry.name)
    for parent in _parents(inputs, entry.address):
        if not parent.managed and parent.address not in inputs.live.entries:
            return stop("parent-not-recorded", address=address, parent=str(parent.address))
    return None


def _has_name_of(entry: Entry, each: Unrecorded) -> bool:
    address = entry.address
    is_beside = address.kind is Kind.SPACE or each.space == address.space
    return each.kind is address.kind and each.name == entry.name and is_beside


def _parents(inputs: Inputs, address: Address) -> Iterator[Entry]:
    """Give the desired entries that the service must know before this resource can be made."""
    above = [] if address.kind is Kind.SPACE else [Address(Kind.SPACE, address.space, address.space)]
    if address.kind is Kind.PROJECT:
        above.append(Address(Kind.CONNECTION, address.space, inputs.desired.spec(address)["connection"]))
    yield from (inputs.desired.entries[parent] for parent in above if parent in inputs.desired.entries)


def _order(change: Change) -> tuple[int, int, str, str]:
    rank, address = _RANK[change.address.kind], change.address
    is_last = change.action is Action.DELETE
    return is_last, -rank if is_last else rank, address.space, address.ref


def _too_many(inputs: Inputs, ordered: tuple[Change, ...]) -> Iterator[Issue]:
    limit = inputs.max_changes
    counts = Counter(space_of(change.address) for change in ordered)
    for space, count in sorted(counts.items()):
        if limit is not None and count > limit:
            said = message("policy-max-changes", count=count, limit=limit, space=space)
            hint = message("policy-max-changes.hint", space=space)
            yield Issue(Severity.ERROR, "policy-max-changes", said, Location("ssops.yaml"), hint)
