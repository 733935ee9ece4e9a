"""JSON documents for scripts: one shape a command, described in `schemas/`, keys sorted, the same bytes everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ssops.drift import Drift, ResourceDrift, Standing
from ssops.messages import say
from ssops.model import Actor, Address, Entry, Issue, Message, Outcome, Plan, Severity, Spec
from ssops.render.escape import json_visible


def text(document: Any) -> str:
    """Write a document: indented, keys sorted, letters of every script as they are, hidden characters escaped."""
    return json_visible(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)) + "\n"


def issues(found: Sequence[Issue]) -> dict[str, Any]:
    """Build what `validate` prints (`schemas/issues.schema.json`)."""
    is_valid = all(issue.severity is not Severity.ERROR for issue in found)
    return {"valid": is_valid, "issues": [_issue(issue) for issue in found]}


def outcomes(digest: str, found: Iterable[Outcome]) -> dict[str, Any]:
    """Build what `apply` prints (`schemas/outcomes.schema.json`)."""
    return {
        "digest": digest,
        "outcomes": [
            {
                "address": str(outcome.address),
                "action": outcome.action.value,
                "status": outcome.status.value,
                "id": outcome.id,
                "error": _said(outcome.error),
            }
            for outcome in found
        ],
    }


def access(plan: Plan, actor: Actor | None) -> dict[str, Any]:
    """Build what `access check` prints (`schemas/access.schema.json`)."""
    return {
        "actor": None if actor is None else str(actor),
        "checks": [
            {
                "address": str(change.address),
                "action": change.action.value,
                "required": change.role.required,
                "on": change.role.on,
                "verdict": change.role.verdict.value,
                "source": change.role.source or None,
            }
            for change in plan.changes
            if change.role is not None
        ],
    }


def drift(found: Drift) -> dict[str, Any]:
    """Build what `drift` prints (`schemas/drift.schema.json`)."""
    gone = sum(row.standing is Standing.GONE for row in found.drifted)
    return {
        "has_drift": bool(found.drifted),
        "summary": {
            "changed": len(found.drifted) - gone,
            "gone": gone,
            "others": len(found.others),
            "planned": found.planned,
            "unchanged": found.unchanged,
        },
        "resources": [_drifted(row) for row in found.resources],
        "objects": [
            {
                "kind": one.found.kind.value,
                "id": one.found.id,
                "name": one.found.name,
                "space": one.found.space,
                "standing": "unmanaged" if one.address is None else "adoptable",
                "address": None if one.address is None else str(one.address),
            }
            for one in found.strays
        ],
    }


def error(reason: str, said: str, hint: str | None = None, found: Sequence[Issue] = ()) -> dict[str, Any]:
    """Build what every command prints when it cannot go on (`schemas/error.schema.json`)."""
    body: dict[str, Any] = {"reason": reason, "message": said}
    if hint is not None:
        body["hint"] = hint
    if found:
        body["issues"] = [_issue(issue) for issue in found]
    return {"error": body}


def resource(address: Address, desired: Spec | None, recorded: Spec | None, live: Spec | None) -> dict[str, Any]:
    """Build what `show ADDRESS` prints: the three specs side by side, null where there is none."""
    return {"address": str(address), "desired": desired, "recorded": recorded, "live": live}


def entries(found: Iterable[Entry]) -> dict[str, Any]:
    """Build what `state list` prints."""
    return {"resources": [{"address": str(each.address), "id": each.id, "name": each.name} for each in found]}


def _drifted(row: ResourceDrift) -> dict[str, Any]:
    place = row.location
    return {
        "address": str(row.address),
        "kind": row.address.kind.value,
        "name": row.name,
        "standing": row.standing.value,
        "drift": row.is_drift,
        "managed": row.managed,
        "location": None if place is None else {"file": place.file, "line": place.line, "column": place.column},
        "evidence": {"grade": row.evidence.grade.value, "recorded_at": row.evidence.at, "recorded_by": row.evidence.by},
        "fields": [
            {
                "path": list(field.path),
                "cause": field.cause.value,
                "desired": field.desired,
                "recorded": field.recorded,
                "live": field.live,
            }
            for field in row.fields
        ],
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "severity": issue.severity.value,
        "rule": issue.rule,
        "message": say(issue.message),
        "hint": _said(issue.hint),
        "file": issue.location.file,
        "line": issue.location.line,
        "column": issue.location.column,
    }


def _said(said: Message | None) -> str | None:
    return None if said is None else say(said)
