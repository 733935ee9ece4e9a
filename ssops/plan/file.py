"""The plan as JSON: what `plan --out` writes, `plan --format json` prints and `apply` reads back.

One change a line, so that a large plan is written fast and two plans can be compared line by line.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NoReturn

from ssops import canonical
from ssops.errors import Conflict
from ssops.messages import say
from ssops.model import Action, Advice, Change, FieldChange, Issue, Json, Message, Plan, Role, message
from ssops.plan import reading

FORMAT_VERSION = 1


def dumps(plan: Plan) -> str:
    """Give the plan as text, the same bytes for the same plan: keys sorted, a line for each change and issue."""
    rows = _rows(_body(plan))
    return _joined({**rows, "checksum": _line(_checksum(rows))})


def loads(data: bytes) -> Plan:
    """Read a plan back. Raises Conflict (`plan_invalid`) for anything but what `dumps` wrote."""
    try:
        found = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
        if not isinstance(found, dict):
            raise ValueError(reading.DAMAGED)
        version = found.get("format_version")
        if type(version) is int and version > FORMAT_VERSION:
            raise Conflict("plan_invalid", message("plan-file.newer", version=str(version)[:9]), _hint())
        checksum = found.pop("checksum", None)
        if type(version) is not int or version != FORMAT_VERSION or _checksum(_rows(found)) != checksum:
            raise ValueError(reading.DAMAGED)
        plan = reading.plan(found)
        if found["summary"] != _summary(plan) or found["verdict"] != plan.verdict:
            raise ValueError(reading.DAMAGED)
        return plan
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Conflict("plan_invalid", message("plan-file.damaged"), _hint()) from fault


def _hint() -> Message:
    return message("plan-file.hint")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _checksum(rows: Mapping[str, str]) -> str:
    return sha256(_joined(rows).encode("utf-8", "surrogatepass")).hexdigest()


def _joined(rows: Mapping[str, str]) -> str:
    text = ",\n".join(f'"{name}": {rows[name]}' for name in sorted(rows))
    return f"{{\n{text}\n}}\n"


def _rows(body: Mapping[str, Json]) -> dict[str, str]:
    return {name: _row(value) for name, value in body.items()}


def _row(value: Json) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        inner = ",\n".join(map(_line, value))
        return f"[\n{inner}\n]"
    return _line(value)


def _line(value: Json) -> str:
    return canonical.canonical(value).decode("utf-8", "surrogatepass")


def _body(plan: Plan) -> dict[str, Json]:
    return {
        "against": plan.against,
        "basis": plan.basis,
        "changes": [_change(change) for change in plan.changes],
        "digest": plan.digest,
        "format_version": FORMAT_VERSION,
        "issues": [_issue(issue) for issue in plan.issues],
        "organization": plan.organization,
        "spaces": list(plan.spaces),
        "summary": _summary(plan),
        "unchanged": plan.unchanged,
        "unmanaged": list(plan.unmanaged),
        "verdict": plan.verdict.value,
    }


def _summary(plan: Plan) -> dict[str, int]:
    counts = Counter(change.action for change in plan.changes)
    return {action.value: counts[action] for action in Action}


def _change(change: Change) -> dict[str, Json]:
    place, notes = change.location, change.annotations
    return {
        "action": change.action.value,
        "advice": [_advice(one) for one in change.advice],
        "address": str(change.address),
        "annotations": {"note": notes.note, "owner": notes.owner, "ticket": notes.ticket},
        "execution": change.execution.value,
        "fields": [_field(field) for field in change.fields],
        "kind": change.address.kind.value,
        "location": place and {"column": place.column, "file": place.file, "line": place.line},
        "name": change.name,
        "reason": next((say(one.reason) for one in change.advice), None),
        "reversibility": change.reversibility.value,
        "role": change.role and _role(change.role),
        "rules": list(change.rules),
    }


def _advice(one: Advice) -> dict[str, Json]:
    return {
        "reason": say(one.reason),
        "remedy": one.remedy and say(one.remedy),
        "said": {"reason": _said(one.reason), "remedy": _said(one.remedy)},
    }


def _field(field: FieldChange) -> dict[str, Json]:
    return {
        "after": field.after,
        "before": field.before,
        "drift": field.drift,
        "path": list(field.path),
        "reversibility": field.reversibility.value,
        "rule": field.rule,
    }


def _role(role: Role) -> dict[str, Json]:
    return {"on": role.on, "required": role.required, "source": role.source, "verdict": role.verdict.value}


def _issue(issue: Issue) -> dict[str, Json]:
    place = issue.location
    return {
        "column": place.column,
        "excerpt": issue.excerpt,
        "file": place.file,
        "hint": issue.hint and say(issue.hint),
        "line": place.line,
        "message": say(issue.message),
        "rule": issue.rule,
        "said": {"hint": _said(issue.hint), "message": _said(issue.message)},
        "severity": issue.severity.value,
    }


def _said(said: Message | None) -> Json:
    return None if said is None else {"args": dict[str, Any](said.args), "id": said.id}
