"""A plan out of the JSON of a plan file, trusting nothing in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ssops import canonical
from ssops.domain.rules import RULES
from ssops.messages import say
from ssops.model import (
    Action,
    Address,
    Advice,
    Annotations,
    Change,
    Execution,
    FieldChange,
    Issue,
    Json,
    Kind,
    Location,
    Message,
    Plan,
    Reversibility,
    Role,
    RoleVerdict,
    Severity,
)
from ssops.plan import diff
from ssops.plan.digest import digest

DAMAGED = "not as it was written"
_DEPTH = 32
_Value = TypeVar("_Value")


def plan(data: Mapping[str, Json]) -> Plan:
    """Build the plan and check it against its digest. Raises ValueError, KeyError or TypeError."""
    _refuse_deep(data, _DEPTH)
    canonical.canonical(data).decode("utf-8")  # half a surrogate pair is no text
    changes = tuple(map(_change, _is(data["changes"], list)))
    basis = _is(data["basis"], dict)
    found = Plan(
        organization=_is(data["organization"], str),
        against=_is(data["against"], str),
        spaces=_texts(data["spaces"]),
        changes=changes,
        issues=tuple(map(_issue, _is(data["issues"], list))),
        basis=basis,
        digest=_is(data["digest"], str),
        unchanged=_is(data["unchanged"], int),
        unmanaged=_texts(data["unmanaged"]),
    )
    for change in changes:
        _refuse_other_spec(change, basis["created"])
    if basis["spaces"] != data["spaces"] or digest(found.organization, basis, changes) != found.digest:
        raise ValueError(DAMAGED)
    return found


def _refuse_other_spec(change: Change, created: Mapping[str, str]) -> None:
    """The digest covers a new resource by the digest of its spec: the fields shown must be that spec."""
    if change.action is Action.CREATE:
        spec = {str(field.path[0]): field.after for field in change.fields}
        if change.fields != diff.created(spec) or canonical.digest(spec) != created[str(change.address)]:
            raise ValueError(DAMAGED)


def _change(row: Json) -> Change:
    rules = _texts(row["rules"])
    if not RULES.keys() >= set(rules):
        raise ValueError(DAMAGED)
    return Change(
        address=_address(row["address"]),
        action=Action(row["action"]),
        name=_is(row["name"], str),
        fields=tuple(map(_field, _is(row["fields"], list))),
        reversibility=Reversibility(row["reversibility"]),
        execution=Execution(row["execution"]),
        role=_optional(_role, row["role"]),
        location=_optional(_location, row["location"]),
        rules=rules,
        advice=tuple(map(_advice, _is(row["advice"], list))),
        annotations=Annotations(*(_is(row["annotations"][name], str) for name in ("owner", "note", "ticket"))),
    )


def _advice(row: Json) -> Advice:
    said = row["said"]
    return Advice(_message(said["reason"]), _optional(_message, said["remedy"]))


def _address(text: Json) -> Address:
    kind, *parts = _is(text, str).split("/")
    found = Address(Kind(kind), parts[0], parts[-1]) if parts else None
    if found is None or str(found) != text:
        raise ValueError(DAMAGED)
    return found


def _field(row: Json) -> FieldChange:
    path = tuple(_is(step, str, int) for step in _is(row["path"], list))
    rule = _is(row["rule"], str)
    if not path or (rule and rule not in RULES):
        raise ValueError(DAMAGED)
    final = Reversibility(row["reversibility"])
    return FieldChange(path, row["before"], row["after"], final, rule, _is(row["drift"], bool))


def _role(row: Json) -> Role:
    required, on, source = (_is(row[name], str) for name in ("required", "on", "source"))
    return Role(required, on, RoleVerdict(row["verdict"]), source)


def _location(row: Json) -> Location:
    return Location(_is(row["file"], str), _is(row["line"], int), _is(row["column"], int))


def _issue(row: Json) -> Issue:
    said = row["said"]
    if row["rule"] not in RULES:
        raise ValueError(DAMAGED)
    return Issue(
        severity=Severity(row["severity"]),
        rule=row["rule"],
        message=_message(said["message"]),
        location=_location(row),
        hint=_optional(_message, said["hint"]),
        excerpt=_is(row["excerpt"], str),
    )


def _message(row: Json) -> Message:
    args = tuple(sorted((name, _is(value, str, int)) for name, value in _is(row["args"], dict).items()))
    found = Message(_is(row["id"], str), args)
    say(found)  # a sentence that cannot be said would fail where it is shown
    return found


def _optional(build: Callable[[Json], _Value], row: Json) -> _Value | None:
    return None if row is None else build(row)


def _texts(rows: Json) -> tuple[str, ...]:
    return tuple(_is(row, str) for row in _is(rows, list))


def _is(value: Json, *types: type) -> Any:
    if type(value) not in types:
        raise ValueError(DAMAGED)
    return value


def _refuse_deep(value: Json, depth: int) -> None:
    if not isinstance(value, dict | list):
        return
    if depth == 0:
        raise ValueError(DAMAGED)
    for inner in value.values() if isinstance(value, dict) else value:
        _refuse_deep(inner, depth - 1)
