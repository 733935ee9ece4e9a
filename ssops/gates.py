"""What stops a run before anything is written: blocked changes, one-way changes nobody named, missing roles."""

from __future__ import annotations

from collections.abc import Collection

from ssops.access import check
from ssops.errors import Blocked, Conflict, NotAuthorized
from ssops.manifest.config import Config
from ssops.model import Actor, Address, Plan, Reversibility, Severity, message


def known_actor(actor: Actor | None) -> Actor:
    """Give the actor. Raises NotAuthorized when nobody said who acts."""
    if actor is None:
        raise NotAuthorized("actor_unknown", message("error.actor_unknown"), message("error.actor_unknown.hint"))
    return actor


def spaces_of(config: Config, reviewed: Plan) -> tuple[str, ...]:
    """Check what can be said of a reviewed plan alone; give the spaces that it covers. Raises Conflict and Blocked."""
    if reviewed.organization != config.organization:
        said = message("error.plan_foreign", theirs=reviewed.organization, ours=config.organization)
        raise Conflict("plan_invalid", said, message("error.plan_foreign.hint"))
    if "base" in reviewed.basis:
        said = message("git.not_applicable", against=reviewed.against)
        raise Conflict("plan_invalid", said, message("git.not_applicable.hint"))
    blocked(reviewed)
    return reviewed.spaces


def blocked(plan: Plan) -> None:
    """Raise Blocked when the plan breaks a policy or holds a change that nobody can carry out."""
    breached(plan)
    if plan.blocked:
        first = plan.blocked[0]
        names = ", ".join(str(change.address) for change in plan.blocked)
        said = message("error.blocked", count=len(plan.blocked), addresses=names)
        is_policy = all("policy-protected" in change.rules for change in plan.blocked)
        raise Blocked("policy" if is_policy else "impossible", said, first.remedy)


def breached(plan: Plan) -> None:
    """Raise Blocked when the plan breaks a policy as a whole."""
    broken = [issue for issue in plan.issues if issue.severity is Severity.ERROR]
    if broken:
        raise Blocked("policy", broken[0].message, broken[0].hint)


def unnamed(plan: Plan, named: Collection[Address] | None) -> None:
    """Raise Blocked (`one_way_not_named`) for a one-way change outside `named`; None: somebody is asked."""
    if named is None:
        return
    one_way = (change.address for change in plan.changes if change.reversibility is Reversibility.ONE_WAY)
    unnamed = [str(address) for address in one_way if address not in named]
    if unnamed:
        said = message("apply.one_way_not_named", count=len(unnamed), addresses=", ".join(unnamed))
        flags = " ".join(f"--allow-one-way {address}" for address in unnamed)
        raise Blocked("one_way_not_named", said, message("apply.one_way_not_named.hint", flags=flags))


def unauthorized(plan: Plan) -> None:
    """Raise NotAuthorized when the actor is not known to hold every role that the plan needs."""
    missing = check.missing(plan)
    if missing:
        reason = "role_missing" if any(c.role and c.role.verdict == "missing" for c in missing) else "role_unknown"
        needs = sorted({f"{c.role.required}: {c.role.on}" for c in missing if c.role})
        said = message("error.role_missing", count=len(missing), needs="; ".join(needs))
        raise NotAuthorized(reason, said, message("error.role_missing.hint"))
