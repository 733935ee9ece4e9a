"""The plans that golden files and screenshots are made of: a team of three spaces on an ordinary day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planning import CAPABILITIES, desired, inputs, marked, put, recorded

from ssops.access import check
from ssops.model import (
    Action,
    Address,
    Annotations,
    Execution,
    Grant,
    Issue,
    Kind,
    Location,
    Plan,
    RoleVerdict,
    Severity,
    Spec,
    Unrecorded,
    message,
)
from ssops.plan import make

COMMIT = "4f5c1e0a9b7d3c2e1f0a8b6c4d2e0f1a3b5c7d9e"
SALES, SUPPORT, FIELD = (Address(Kind.SPACE, ref, ref) for ref in ("sales", "support", "field"))
PBX, TRACKING = (Address(Kind.CONNECTION, "sales", ref) for ref in ("office-pbx", "call-tracking"))
CHAT, HOTLINE = (Address(Kind.CONNECTION, "support", ref) for ref in ("site-chat", "hotline"))
VIP, OLD, KIOSK = (
    Address(Kind.PROJECT, "sales", "vip"),
    Address(Kind.PROJECT, "sales", "old-campaign"),
    Address(Kind.PROJECT, "field", "kiosks"),
)

_AGENT = {"operator_name": {"type": "string", "name": "Оператор"}, "operator_id": {"type": "string"}}
_CUSTOMER = {"client_name": {"type": "string", "name": "Клиент"}}


def _pair(name: str, **keys: Any) -> dict[str, Any]:
    return {
        "name": name,
        "description": "Звонки отдела продаж",
        "data_type": "two_channel_audio",
        "agent": {"channel": 0, "keys": _AGENT},
        "customer": {"channel": 1, "keys": _CUSTOMER},
        "shared": {"keys": {"date": {"type": "date"}, **keys}},
    }


_CHAT = {
    "name": "Чат на сайте",
    "description": "",
    "data_type": "chat",
    "agent": {"keys": _AGENT},
    "customer": {"keys": _CUSTOMER},
    "bot": {"keys": {"bot_name": {"type": "string"}}},
    "shared": {"keys": {"order_id": {"type": "number"}, "ticket_id": {"type": "string", "name": "Обращение"}}},
}
_BEFORE: dict[Address, Spec] = {
    SALES: {"name": "Отдел продаж", "description": "Calls of the sales team"},
    SUPPORT: {"name": "Поддержка", "description": ""},
    PBX: _pair("Office PBX"),
    CHAT: _CHAT,
    HOTLINE: _pair("Горячая линия"),
    OLD: {"name": "Весенняя акция", "description": "", "connection": "office-pbx", "filters": {}},
}
_CAMPAIGN = {"type": "string", "name": "Кампания", "description": "Код рекламной кампании"}
_READY: dict[Address, Spec] = {
    SALES: _BEFORE[SALES],
    SUPPORT: _BEFORE[SUPPORT],
    FIELD: {"name": "Выездные встречи", "description": "", "access": {"speech-sense.editor": ["group:ajefield"]}},
    PBX: put(_BEFORE[PBX], ("shared", "keys", "campaign"), _CAMPAIGN),
    TRACKING: _pair("Call tracking <site> | ads", source={"type": "string", "name": "Источник"}),
    CHAT: _CHAT,
    HOTLINE: put(_BEFORE[HOTLINE], ("retired",), True),
    OLD: _BEFORE[OLD],
    VIP: {"name": "VIP-клиенты", "description": "", "connection": "office-pbx", "filters": {"campaign": "vip"}},
}
_RETYPED = put(put(_CHAT, ("shared", "keys", "order_id", "type"), "string"), ("shared", "keys", "ticket_id"), None)
_WANTED: dict[Address, Spec] = {**_READY, CHAT: put(_RETYPED, ("description",), "Сайт и приложение")}

_EQUAL = Issue(
    Severity.WARNING,
    "channels-equal",
    message("channels-equal", channel=0),
    Location("connections/sales/call-tracking.yaml", 12, 12),
    excerpt="  channel: 0  # как у агента",
)
_LEFT_ALONE = (
    Unrecorded(Kind.CONNECTION, "eag000000000000007", "support", "Проба Пети"),
    Unrecorded(Kind.SPACE, "f3f000000000000009", None, "Sandbox"),
)
_IDS = {space.ref: f"id-{space.ref}" for space in (SALES, SUPPORT)}
_GRANTS = (Grant("speech-sense.editor", "id-sales", "space/sales, group:ajesales"),)


def plans() -> dict[str, Plan]:
    """Give the plans by name: one that is blocked, one that can be applied, one between revisions, an empty one."""
    return {"blocked": blocked(), "ready": ready(), "git": revisions(), "empty": empty()}


def blocked() -> Plan:
    """Everything that a plan can hold, and two fields that can never be changed."""
    return _judged(_made(_WANTED, live=_drifted()))


def ready() -> Plan:
    """What can be carried out, by an actor who may."""
    made = _made(_READY, live=_drifted(), issues=(), unrecorded=())
    return check.judge(made, (Grant("speech-sense.admin", "organization", "organization, group:ajeops"),), _IDS)


def revisions() -> Plan:
    """The same change between two revisions: nobody asked the service, nobody acts."""
    return check.judge(_made(_READY, against="git:main", base=COMMIT, unrecorded=()), None, {})


def empty() -> Plan:
    """Manifests that say what is there."""
    return _made(_BEFORE, wanted=_BEFORE, issues=(), unrecorded=())


def _made(specs: dict[Address, Spec], **fields: Any) -> Plan:
    live = fields.pop("live", _BEFORE)
    resources = desired(fields.pop("wanted", specs))
    if OLD in specs and specs is not _BEFORE:
        resources = marked(resources, OLD, delete=True)
        resources = marked(resources, PBX, annotations=Annotations("telephony", "после переезда АТС", "OPS-118"))
    people = {(Kind.SPACE, Action.CREATE): Execution.ASSISTED, (Kind.CONNECTION, Action.CREATE): Execution.ASSISTED}
    standard: dict[str, Any] = {
        "organization": "bpfexample0000000001",
        "issues": (_EQUAL,),
        "unrecorded": _LEFT_ALONE,
        "capabilities": {**CAPABILITIES, **people},
        "live": recorded(live),
    }
    return make.make(replace(inputs(resources, _BEFORE), **{**standard, **fields}))


def _drifted() -> dict[Address, Spec]:
    return {**_BEFORE, SALES: put(_BEFORE[SALES], ("description",), "Touched in the console")}


def _judged(plan: Plan) -> Plan:
    """Judge the roles by grants; of the space `support` nobody could say anything."""
    made = check.judge(plan, _GRANTS, _IDS)
    changes = []
    for change in made.changes:
        role = change.role
        if role is not None and role.on == "space/support":
            role = replace(role, verdict=RoleVerdict.UNKNOWN, source="")
        changes.append(replace(change, role=role))
    return replace(made, changes=tuple(changes))
