"""Desired, recorded and live resources become a plan: what to do, in which order, and what it depends on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, repeat

from ssops.model import Action, Address, Change, Entry, Kind, Plan
from ssops.plan import basis, changes, names, policy, removal
from ssops.plan.digest import digest
from ssops.plan.inputs import Inputs
from ssops.plan.stops import Stop, stop

_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class _Compared:
    """How many entries are as desired; the desired ones to look into; the recorded ones without a document."""

    unchanged: int
    wanted: tuple[Entry, ...]
    dropped: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Obstacles:
    """What stands in the way of creating: names of unrecorded objects, with their ids; parents that are not there.

    The `unknown` ones are not managed and not recorded, the `going` ones are marked for deletion.
    """

    taken: Mapping[names.Name, str]
    unknown: Collection[Address]
    going: Collection[Address]


def make(inputs: Inputs) -> Plan:
    """Make the plan. Specs are read of changed resources only; the same inputs in any order give the same plan."""
    compared = _compare(inputs)
    obstacles = _obstacles(inputs)
    found = [change for entry in compared.wanted if (change := _wanted(inputs, entry, obstacles)) is not None]
    wanted = names.settle(inputs, found, obstacles.taken)
    dropped = removal.of_dropped(inputs, compared.dropped, wanted)
    ordered = names.in_turn(inputs, sorted((*wanted, *dropped), key=_order))
    depends_on = basis.basis(inputs, ordered)
    return Plan(
        organization=inputs.organization,
        against=inputs.against,
        spaces=tuple(sorted(inputs.spaces)),
        changes=ordered,
        issues=(*inputs.issues, *policy.too_many(inputs, ordered)),
        basis=depends_on,
        digest=digest(inputs.organization, depends_on, ordered),
        unchanged=compared.unchanged + len(compared.wanted) - len(wanted),
        unmanaged=tuple(sorted(f"{each.kind} '{each.name}' ({each.id})" for each in inputs.unrecorded)),
    )


def _compare(inputs: Inputs) -> _Compared:
    wanted, unchanged, matched = [], 0, 0
    for entry, known, seen in _side_by_side(inputs):
        matched += known is not None
        if not entry.managed:
            continue
        if known is not None and seen is not None and _is_unchanged(entry, known, seen):
            unchanged += 1
        else:
            wanted.append(entry)
    desired, recorded = inputs.desired.entries, inputs.recorded.entries
    is_complete = matched == len(recorded)
    dropped = () if is_complete else tuple(entry for address, entry in recorded.items() if address not in desired)
    return _Compared(unchanged, tuple(wanted), dropped)


def _side_by_side(inputs: Inputs) -> Iterator[tuple[Entry, Entry | None, Entry | None]]:
    """Give each desired entry with its recorded and its live one.

    All three are sorted by address, so where nothing changed they stand in the same row; a look-up, which costs more
    than all the rest, is for the others. Live resources bear the address object of their record.
    """
    recorded, live = inputs.recorded.entries, inputs.live.entries
    rows = zip(inputs.desired, chain(inputs.recorded, repeat(None)), chain(inputs.live, repeat(None)), strict=False)
    for entry, known, seen in rows:
        mine, alive = known, seen
        if mine is None or mine.address != entry.address:
            mine = recorded.get(entry.address)
        if mine is None:
            alive = None
        elif alive is None or alive.address is not mine.address:
            alive = live.get(mine.address)
        yield entry, mine, alive


def _is_unchanged(entry: Entry, known: Entry, seen: Entry) -> bool:
    return entry.digest == known.digest and seen.digest == (known.observed or known.digest) and not entry.delete


def _obstacles(inputs: Inputs) -> _Obstacles:
    live = inputs.live.entries
    absent = [each for each in inputs.desired if (each.delete or not each.managed) and each.address not in live]
    going = {entry.address for entry in absent if entry.managed}
    return _Obstacles(names.taken(inputs), {entry.address for entry in absent if not entry.managed}, going)


def _wanted(inputs: Inputs, entry: Entry, obstacles: _Obstacles) -> Change | None:
    is_live = entry.address in inputs.live.entries
    if entry.delete:
        return removal.asked_for(inputs, entry) if is_live else None
    if is_live:
        return changes.update(inputs, entry)
    is_gone = entry.address in inputs.recorded.entries
    return changes.create(inputs, entry, is_gone=is_gone, stopped=_no_creation(inputs, entry, obstacles))


def _no_creation(inputs: Inputs, entry: Entry, obstacles: _Obstacles) -> Stop | None:
    address = entry.address
    taken = obstacles.taken.get(names.name_of(address, entry.name))
    if taken is not None:
        return stop("name-taken", address=str(address), object=taken, kind=address.kind, name=entry.name)
    parents = _parents(inputs, address) if obstacles.unknown or obstacles.going else ()
    unknown = next((parent for parent in parents if parent in obstacles.unknown), None)
    if unknown is not None:
        return stop("parent-not-recorded", address=str(address), parent=str(unknown))
    if parents and parents[0] in obstacles.going:
        return stop("space-not-empty", "gone", address=str(parents[0]), kept=str(address))
    return None


def _parents(inputs: Inputs, address: Address) -> tuple[Address, ...]:
    """Give what the service must know by id before this resource can be made."""
    space = Address(Kind.SPACE, address.space, address.space)
    match address.kind:
        case Kind.SPACE:
            return ()
        case Kind.CONNECTION:
            return (space,)
        case Kind.PROJECT:
            return space, Address(Kind.CONNECTION, address.space, inputs.desired.spec(address)["connection"])


def _order(change: Change) -> tuple[int, int, str, str]:
    """Parents before children, deletions after that the other way round, access last.

    Whoever loses a role by the plan still makes the rest of it; nobody gains one by it, since all roles are checked
    before the first change.
    """
    rank, address = _RANK[change.address.kind], change.address
    if change.action is Action.DELETE:
        return 1, -rank, address.space, address.ref
    is_access = change.action is Action.UPDATE and any(field.path[0] == "access" for field in change.fields)
    return 2 if is_access else 0, rank, address.space, address.ref
