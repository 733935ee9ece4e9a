"""Moves of recorded state that change nothing in SpeechSense, and what an operation leaves behind."""

from __future__ import annotations

from dataclasses import replace

from ssops.canonical import digest
from ssops.errors import UsageFault
from ssops.model import Action, Address, Grade, Kind, Spec, message
from ssops.state.space import Intent, Recorded, SpaceState


def forget(state: SpaceState, address: Address) -> SpaceState:
    """Stop remembering a resource and the operation on it; with a space goes all that it contains.

    The service keeps everything.

    Raises UsageFault (`not_recorded`), naming the nearest recorded address.
    """
    if address not in state.resources and address not in state.pending:
        from difflib import get_close_matches  # only a slip needs it

        near = get_close_matches(str(address), [str(known) for known in state.resources], n=1)
        hint = message("state.not_recorded.hint", near=near[0]) if near else None
        raise UsageFault("not_recorded", message("state.not_recorded", address=str(address)), hint)
    if address.kind is Kind.SPACE:
        return replace(state, resources={}, pending={}, run=None)
    return replace(
        state,
        resources={known: one for known, one in state.resources.items() if known != address},
        pending={known: intent for known, intent in state.pending.items() if known != address},
        run=None,
    )


def adopt(
    state: SpaceState,
    address: Address,
    id: str,
    spec: Spec,
    observed: str,
    *,
    at: str,
    by: str,
    grade: Grade = Grade.CONFIRMED,
) -> SpaceState:
    """Start remembering a live object under an address. `spec` has refs, `observed` is the object's live digest.

    Adopting the same object again brings its record up to date. Raises UsageFault (`already_recorded`) when the
    address stands for another object, or the object for another address of the space.
    """
    for known, one in state.resources.items():
        if (known == address) != (one.id == id):
            said = message("state.already_recorded", address=str(known), object=one.id)
            raise UsageFault("already_recorded", said, message("state.already_recorded.hint", address=str(known)))
    one = Recorded(id, spec, digest(spec), observed, grade, at, by, "", name_of(address, spec))
    return replace(state, resources={**state.resources, address: one}, run=None)


def move(state: SpaceState, old: Address, new: Address) -> SpaceState:
    """Remember a connection or project under another ref; projects follow the connection they are of.

    Raises UsageFault: `not_recorded`, and `already_recorded` where the new address stands for something else.
    """
    if old not in state.resources:
        raise UsageFault("not_recorded", message("state.not_recorded", address=str(old)))
    if new in state.resources:
        said = message("state.already_recorded", address=str(new), object=state.resources[new].id)
        raise UsageFault("already_recorded", said, message("state.already_recorded.hint", address=str(new)))
    moved = {new if address == old else address: one for address, one in state.resources.items()}
    if old.kind is Kind.CONNECTION:
        moved = {address: _following(address, one, old, new) for address, one in moved.items()}
    return replace(state, resources=moved, run=None)


def move_space(state: SpaceState, ref: str) -> SpaceState:
    """Give the document of a space under another ref, all its resources with it. Its serials go on."""
    moved = {_at_home(address, ref): one for address, one in state.resources.items()}
    return replace(state, space=ref, resources=moved, run=None)


def _following(address: Address, one: Recorded, old: Address, new: Address) -> Recorded:
    if address.kind is not Kind.PROJECT or one.spec.get("connection") != old.ref:
        return one
    spec = {**one.spec, "connection": new.ref}
    return replace(one, spec=spec, digest=digest(spec))


def _at_home(address: Address, ref: str) -> Address:
    return Address(address.kind, ref, ref if address.kind is Kind.SPACE else address.ref)


def settle(
    resources: dict[Address, Recorded], address: Address, intent: Intent, id: str, observed: str, at: str
) -> None:
    """Write into `resources` what a carried-out operation leaves behind. A deleted space takes its contents along."""
    if intent.action is not Action.DELETE:
        name = name_of(address, intent.spec)
        resources[address] = Recorded(
            id, intent.spec, digest(intent.spec), observed, Grade.CONFIRMED, at, intent.by, intent.plan, name
        )
    elif address.kind is Kind.SPACE:
        resources.clear()
    else:
        resources.pop(address, None)


def name_of(address: Address, spec: Spec) -> str:
    """Give the name a person knows the resource by; its ref where the name is not managed."""
    name = spec.get("name")
    return name if isinstance(name, str) else address.ref
