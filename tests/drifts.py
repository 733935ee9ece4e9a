"""The drift that golden files are made of: a team whose console was busy overnight, and one where it was not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from planning import PBX_SPEC, desired, marked, put, recorded

from ssops.drift import Drift, Evidence
from ssops.model import Address, Grade, Kind, Spec, Unrecorded
from ssops.plan.drift import find
from ssops.render import json, markdown_drift, text_drift
from ssops.render.style import paint

SALES, SUPPORT, SHARED = (Address(Kind.SPACE, ref, ref) for ref in ("sales", "support", "shared"))
PBX, TRACKING, SITE = (Address(Kind.CONNECTION, "sales", ref) for ref in ("office-pbx", "call-tracking", "site"))
HOTLINE, OLD, CHAT = (Address(Kind.CONNECTION, "support", ref) for ref in ("hotline", "old-line", "site-chat"))
VIP, SPRING = (Address(Kind.PROJECT, "sales", ref) for ref in ("vip", "spring"))

_LONG = "Звонки отдела продаж, которые записывает офисная АТС, с метаданными из CRM"
_RECORDED: dict[Address, Spec] = {
    SALES: {"name": "Отдел продаж", "description": "", "access": {"speech-sense.editor": ["group:a", "group:b"]}},
    SUPPORT: {"name": "Поддержка", "description": ""},
    SHARED: {"name": "Общее", "description": ""},
    PBX: put(PBX_SPEC, ("description",), _LONG),
    SITE: put(PBX_SPEC, ("name",), "Сайт"),
    HOTLINE: put(PBX_SPEC, ("name",), "Горячая линия"),
    OLD: put(PBX_SPEC, ("name",), "Старая линия"),
    CHAT: put(PBX_SPEC, ("name",), "Чат"),
    VIP: {"name": "VIP <b>", "description": "", "connection": "office-pbx", "filters": {}},
    SPRING: {"name": "Весна", "description": "", "connection": "office-pbx", "filters": {}},
}
_NEW: Spec = {"type": "string", "name": "Кампания | источник", "description": ""}

FORMS: Mapping[str, Callable[[Drift], str]] = {
    "txt": lambda drift: paint(text_drift.lines(drift), colour=False),
    "full.txt": lambda drift: paint(text_drift.lines(drift, full=True), colour=False),
    "md": markdown_drift.text,
    "json": lambda drift: json.text(json.drift(drift)),
}
"""Renderers by the ending of the files they write."""


def drifts() -> dict[str, Drift]:
    """Give the drift by name: everything that it can hold, and none."""
    return {"drift": busy(), "no-drift": quiet()}


def busy() -> Drift:
    """Every cause of a field and every standing of a resource."""
    wanted: dict[Address, Spec] = {
        **_RECORDED,
        SALES: put(_RECORDED[SALES], ("name",), "Продажи"),
        PBX: put(put(_RECORDED[PBX], ("agent", "keys", "order_id", "name"), "Заказ"), ("retired",), True),
        TRACKING: put(PBX_SPEC, ("name",), "Call tracking"),
        HOTLINE: put(_RECORDED[HOTLINE], ("description",), "Круглосуточно"),
    }
    del wanted[OLD]
    live: dict[Address, Spec] = {
        **_RECORDED,
        SALES: put(_RECORDED[SALES], ("access", "speech-sense.editor"), ["group:a", "userAccount:somebody"]),
        SHARED: put(_RECORDED[SHARED], ("description",), "Changed by its owners"),
        PBX: _office(),
        SITE: put(_RECORDED[SITE], ("agent", "keys", "operator_name", "name"), "Оператор"),
        HOTLINE: put(_RECORDED[HOTLINE], ("description",), "Круглосуточно"),
    }
    for address in (VIP, SPRING, CHAT):
        del live[address]
    strays = (
        Unrecorded(Kind.CONNECTION, "eag000000000000007", "sales", "Call tracking"),
        Unrecorded(Kind.PROJECT, "eag000000000000008", "sales", "VIP <b>"),
        Unrecorded(Kind.SPACE, "f3f000000000000009", None, "Sandbox"),
    )
    resources = marked(desired(wanted), SHARED, managed=False)
    return find(resources, recorded(_RECORDED), recorded(live), strays, evidence=_evidence, unsettled=[SPRING])


def quiet() -> Drift:
    """The service is as it was left, and the manifests have one resource more."""
    wanted = {**_RECORDED, TRACKING: put(PBX_SPEC, ("name",), "Call tracking")}
    return find(desired(wanted), recorded(_RECORDED), recorded(_RECORDED), evidence=_evidence)


def _office() -> Spec:
    touched: dict[str, Any] = put(_RECORDED[PBX], ("description",), f"{_LONG} и Google Analytics")
    touched = put(touched, ("agent", "keys", "order_id", "name"), "Номер заказа")
    touched = put(touched, ("agent", "keys", "operator_name", "name"), "Оператор")
    return put(touched, ("shared", "keys", "campaign"), _NEW)


def _evidence(address: Address) -> Evidence:
    grade = Grade.ATTESTED if address == CHAT else Grade.CONFIRMED
    return Evidence(grade, "2025-06-02T08:15:00Z", "serviceAccount:ajeci000000000000001")
