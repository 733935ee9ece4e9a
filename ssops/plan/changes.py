"""One resource's change, built for each action: how final, who carries it out, which role, why, what instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

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
    Path,
    Reversibility,
    Role,
    message,
)
from ssops.plan import diff, policy, said
from ssops.plan.classify import classify, whole
from ssops.plan.inputs import Inputs
from ssops.plan.stops import Stop, stop

_GRAVITY = (Reversibility.REVERSIBLE, Reversibility.ONE_WAY, Reversibility.IMPOSSIBLE)


def create(inputs: Inputs, entry: Entry, *, is_gone: bool, stopped: Stop | None) -> Change:
    """Make what the manifests ask for; `is_gone` when it was there before and somebody deleted it."""
    fields = diff.created(inputs.desired.spec(entry.address))
    advice = (Advice(message("create.gone")),) if is_gone else ()
    return _change(inputs, entry, Action.CREATE, fields, advice=advice, stopped=stopped)


def update(inputs: Inputs, entry: Entry) -> Change | None:
    """Bring the live resource to the desired one; None when nothing that is managed differs."""
    address = entry.address
    recorded = inputs.recorded.spec(address) if address in inputs.recorded.entries else None
    desired = inputs.desired.spec(address)
    found = diff.diff(desired, inputs.live.spec(address), recorded)
    if not found:
        return None
    stopped = policy.update(address, desired, recorded)
    if all(_is_retirement(field.path) for field in found):
        advice: tuple[Advice, ...] = (Advice(message("retire.recorded")),)
        return _change(inputs, entry, Action.RETIRE, found, advice=advice, stopped=stopped)
    fields = tuple(classify(address.kind, Action.UPDATE, field) for field in found)
    advice = said.of_fields(address, fields)
    return _change(inputs, entry, Action.UPDATE, fields, advice=advice, stopped=stopped)


def delete(inputs: Inputs, entry: Entry, *, reason: Message, stopped: Stop | None) -> Change:
    """Delete a space or project, as `delete: true` asks."""
    return _change(inputs, entry, Action.DELETE, (), advice=(Advice(reason),), stopped=stopped)


def remove(inputs: Inputs, entry: Entry, stopped: Stop) -> Change:
    """Say that a document is gone, and that nothing follows from that."""
    return _change(inputs, entry, Action.REMOVE, (), stopped=stopped)


def stopped(change: Change, by: Stop) -> Change:
    """Block a change that was made already."""
    rules = tuple(sorted({*change.rules, by.rule}))
    return replace(change, execution=Execution.BLOCKED, rules=rules, advice=(by.advice,))


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
    if fields and all(map(policy.is_protection, fields)):
        execution = Execution.AUTO  # nobody is asked: only the record changes
    if stopped is None and final is not Reversibility.IMPOSSIBLE and execution is Execution.BLOCKED:
        stopped = stop("provider-cannot", action=action, kind=kind)
    if stopped is not None:
        advice = (stopped.advice, *(advice if final is Reversibility.IMPOSSIBLE else ()))
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


def _is_retirement(path: Path) -> bool:
    """Tell `retired` of a connection or of a key from a metadata key that is called so."""
    return path == ("retired",) or (len(path) == 4 and path[1] == "keys" and path[3] == "retired")


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
