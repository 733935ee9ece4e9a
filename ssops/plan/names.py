"""Names that behave as unique: who has one now, who frees it, and who cannot have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ssops.model import Action, Address, Change, Execution, Kind
from ssops.plan import changes
from ssops.plan.inputs import Inputs
from ssops.plan.stops import Stop, stop

Name = tuple[Kind, str | None, str]
"""A name and where it is unique: kind, ref of the space (None for a space), the name."""


def taken(inputs: Inputs) -> Mapping[Name, str]:
    """Give the names of unrecorded objects, each with the object's id."""
    found: dict[Name, str] = {}
    for each in inputs.unrecorded:
        name = (each.kind, None if each.kind is Kind.SPACE else each.space, each.name)
        found[name] = min(each.id, found.get(name, each.id))
    return found


def name_of(address: Address, name: str) -> Name:
    """Give the name of a resource with the place where it is unique."""
    return address.kind, None if address.kind is Kind.SPACE else address.space, name


def settle(inputs: Inputs, wanted: Sequence[Change], others: Mapping[Name, str]) -> list[Change]:
    """Block each change whose name another object has and keeps, or would free only after it: a swap.

    `others` are the names of unrecorded objects; what stops a creation because of them is known already.
    """
    frees = _holders(inputs, wanted)
    renamed = {change.address for change in wanted if _is_renamed(change) and change.execution is not Execution.BLOCKED}
    return [_settled(change, others, frees, renamed) for change in wanted]


def in_turn(inputs: Inputs, ordered: Sequence[Change]) -> tuple[Change, ...]:
    """Put the change that frees a name before the one that takes it; else keep the order."""
    frees = _holders(inputs, ordered)
    if not frees:
        return tuple(ordered)
    by_address = {change.address: change for change in ordered}
    placed: dict[Address, Change] = {}
    for change in ordered:
        chain = _chain(change.address, frees)
        placed |= {each: by_address[each] for each in reversed(chain) if each in by_address and each not in placed}
    return tuple(placed.values())


def _holders(inputs: Inputs, wanted: Iterable[Change]) -> Mapping[Address, Address]:
    """Give for each change that takes a name the recorded resource that has it now."""
    takes = {name_of(each.address, each.name): each.address for each in wanted if _is_taking(each)}
    if not takes:
        return {}
    held = ((name_of(each.address, each.name), each.address) for each in inputs.live)
    return {takes[name]: holder for name, holder in held if name in takes and takes[name] != holder}


def _settled(
    change: Change, others: Mapping[Name, str], frees: Mapping[Address, Address], renamed: set[Address]
) -> Change:
    if not _is_taking(change) or change.execution is Execution.BLOCKED:
        return change
    found = _stop(change, others, frees, renamed)
    return change if found is None else changes.stopped(change, found)


def _stop(
    change: Change, others: Mapping[Name, str], frees: Mapping[Address, Address], renamed: set[Address]
) -> Stop | None:
    address, name = change.address, change.name
    other = others.get(name_of(address, name))
    if other is not None:
        return stop("name-taken", "renamed", address=str(address), kind=address.kind, name=name, object=other)
    holder = frees.get(address)
    if holder is not None and (holder not in renamed or frees.get(_chain(address, frees)[-1]) == address):
        return stop("name-taken", "held", address=str(address), name=name, holder=str(holder))
    return None


def _chain(start: Address, frees: Mapping[Address, Address]) -> list[Address]:
    """Follow names from the one who takes one to the one who has it, until nobody takes or it comes full circle."""
    chain = {start: None}
    while (holder := frees.get(next(reversed(chain)))) is not None and holder not in chain:
        chain[holder] = None
    return list(chain)


def _is_taking(change: Change) -> bool:
    """Tell whether a change gives something a unique name. Of connections nothing is stated, and they keep theirs."""
    return change.address.kind is not Kind.CONNECTION and (change.action is Action.CREATE or _is_renamed(change))


def _is_renamed(change: Change) -> bool:
    return change.action is Action.UPDATE and any(field.path == ("name",) for field in change.fields)
