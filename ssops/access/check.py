"""Whether the actor holds the role that each change needs, on what it needs it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ssops.domain.roles import On, satisfies
from ssops.model import Change, Execution, Grant, Plan, Role, RoleVerdict


def judge(plan: Plan, grants: tuple[Grant, ...] | None, space_ids: Mapping[str, str]) -> Plan:
    """Give the plan with a verdict on every role. `grants` is None when nobody could say what reaches the actor.

    `space_ids` is space ref -> id of the spaces that exist. A role on the organization reaches every space; on a space
    that the plan itself makes, only such a role can be held.
    """
    roles = {change.role for change in plan.changes if change.role is not None}
    verdicts = {role: _judged(role, grants, space_ids) for role in roles}
    changes = tuple(replace(c, role=verdicts[c.role]) if c.role is not None else c for c in plan.changes)
    return replace(plan, changes=changes)


def missing(plan: Plan) -> tuple[Change, ...]:
    """Give the changes that the actor may not make.

    Not knowing counts as missing where a call makes the change; where a person does, the operator attests.
    """
    return tuple(change for change in plan.changes if change.role is not None and _is_missing(change, change.role))


def _is_missing(change: Change, role: Role) -> bool:
    if role.verdict is RoleVerdict.UNKNOWN:
        return change.execution is not Execution.ASSISTED
    return role.verdict is RoleVerdict.MISSING


def _judged(role: Role, grants: tuple[Grant, ...] | None, space_ids: Mapping[str, str]) -> Role:
    if grants is None:
        return replace(role, verdict=RoleVerdict.UNKNOWN, source="")
    on: set[str | None] = {On.ORGANIZATION.value}
    if role.on != On.ORGANIZATION:
        on.add(space_ids.get(role.on.removeprefix("space/")))
    reaching = [grant for grant in grants if grant.on in on]
    for grant in reaching:
        if satisfies(grant.role, role.required):
            return replace(role, verdict=RoleVerdict.GRANTED, source=grant.source)
    held = "; ".join(dict.fromkeys(f"{grant.role}: {grant.source}" for grant in reaching))
    return replace(role, verdict=RoleVerdict.MISSING, source=held)
