"""Moves of recorded state that change nothing in SpeechSense, and what an operation leaves behind."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

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
