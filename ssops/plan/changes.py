"""One resource's change, built for each action: how final, who carries it out, which role, why, what instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ssops.domain.roles import ACCESS, CREATE_WITH_ACCESS, REQUIRED, On
from ssops.model import (
    Action,
    Address,
    Advice,
    Change,
    Entry,
    Execution,
    FieldChange,
    Kind,
    Message,
    Reversibility,
    Role,
    message,
)
from ssops.plan import diff, said
from ssops.plan.classify import classify, whole
from ssops.plan.inputs import Inputs

_GRAVITY = (Reversibility.REVERSIBLE, Reversibility.ONE_WAY, Reversibility.IMPOSSIBLE)


@dataclass(frozen=True, slots=True)
class Stop:
    """A rule that blocks a change, with the sentences it says."""

    rule: str
    advice: Advice


def stop(rule: str, variant: str = "", **args: str | int) -> Stop:
    """Block by a rule; `variant` picks another wording."""
    id = f"{rule}.{variant}" if variant else rule
    return Stop(rule, Advice(message(id, **args), message(f"{id}.remedy", **args)))


def create(inputs: Inputs, entry: Entry, *, is_gone: bool, stopped: Stop | None) -> Change:
    """Make what the manifests ask for; `is_gone` when it was there before and somebody deleted it."""
    fields = diff.created(inputs.desired.spec(entry.address))
    advice = (Advice(message("create.gone")),) if is_gone else ()
    return _change(inputs, entry, Action.CREATE, fields, advice=advice, stopped=stopped)


def update(inputs: Inputs, entry: Entry) -> Change | None:
    """Bring the live resource to the desired one; None when nothing that is managed differs."""
    address = entry.address
    recorded = inputs.recorded.spec(address) if address in inputs.recorded.entries else None
    found = diff.diff(inputs.desired.spec(address), inputs.live.spec(address), recorded)
    if not found:
        return None
    if all(field.path[-1] == "retired" for field in found):
        return _change(inputs, entry, Action.RETIRE, found, advice=(Advice(message("retire.recorded")),))
    fields = tuple(classify(address.kind, Action.UPDATE, field) for field in found)
    return _change(inputs, entry, Action.UPDATE, fields, advice=said.of_fields(address, fields))


def delete(inputs: Inputs, entry: Entry, *, reason: Message, stopped: Stop | None) -> Change:
    """Delete a space or project, as `delete: true` asks."""
    return _change(inputs, entry, Action.DELETE, (), advice=(Advice(reason),), stopped=stopped)


def remove(inputs: Inputs, entry: Entry, stopped: Stop) -> Change:
    """Say that a document is gone, and that nothing follows from that."""
    return _change(inputs, entry, Action.REMOVE, (), stopped=stopped)


def space_of(address: Address) -> str:
    """Give the ref of the space that a resource is or belongs to."""
    return address.ref if address.kind is Kind.SPACE else address.space


def _change(
    inputs: Inputs,
    entry: Entry,
    action: Action,
    fields: tuple[FieldChange, ...],
    *,
    advice: tuple[Advice, ...] = (),
    stopped: Stop | None = None,
) -> Change:
    kind = entry.address.kind
    total = whole(kind, action)
    final = max((total.reversibility, *(field.reversibility for field in fields)), key=_GRAVITY.index)
    execution = inputs.capabilities.get((kind, action), Execution.BLOCKED)
    if stopped is None and final is not Reversibility.IMPOSSIBLE and execution is Execution.BLOCKED:
        stopped = stop("provider-cannot", action=action, kind=kind)
    if stopped is not None:
        advice = (stopped.advice,)
    is_blocked = stopped is not None or final is Reversibility.IMPOSSIBLE
    rules = {total.rule, stopped.rule if stopped else "", *(field.rule for field in fields)} - {""}
    return Change(
        address=entry.address,
        action=action,
        name=entry.name,
        fields=fields,
        reversibility=final,
        execution=Execution.BLOCKED if is_blocked else execution,
        role=_role(entry.address, action, fields),
        location=entry.location,
        rules=tuple(sorted(rules)),
        advice=advice,
        annotations=entry.annotations,
    )


def _role(address: Address, action: Action, fields: Iterable[FieldChange]) -> Role | None:
    needed = REQUIRED.get((address.kind, _asked(address.kind, action, fields)))
    if needed is None:
        return None
    return Role(needed.role, "organization" if needed.on is On.ORGANIZATION else f"space/{space_of(address)}")


def _asked(kind: Kind, action: Action, fields: Iterable[FieldChange]) -> str:
    """Give what the table of roles is asked for: the action, or what says more than it."""
    bindings = [field for field in fields if kind is Kind.SPACE and field.path[0] == "access"]
    if action is Action.CREATE and any(field.after for field in bindings):
        return CREATE_WITH_ACCESS
    return ACCESS if action is Action.UPDATE and bindings else action
