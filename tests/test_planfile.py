from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning import ALL, PBX, PBX_SPEC, SPACE, SPACE_SPEC, VIP, VIP_SPEC, desired, marked, plan, put

from ssops import canonical
from ssops.access import check
from ssops.errors import Conflict, Exit
from ssops.model import Annotations, Grant, Issue, Kind, Location, Plan, Severity, Unrecorded, message
from ssops.plan import file

HINTED = Issue(
    Severity.WARNING,
    "connection-name-duplicate",
    message("removal-not-asked.remedy", address="space/sales"),
    Location("a.yaml", 2, 3),
    message("plan-file.hint"),
    "name: Ы\u202e",
)
GRANTS = (Grant("speech-sense.editor", "id-sales", "space id-sales"),)

PLANS: dict[str, Plan] = {
    "nothing": plan(ALL, ALL),
    "all new": plan(marked(desired(ALL), PBX, annotations=Annotations("ops", "заметка", "T-1")), issues=(HINTED,)),
    "blocked": plan({SPACE: SPACE_SPEC, PBX: put(PBX_SPEC, ("name",), "B\U0001f600")}, ALL, max_changes=1),
    "deletion": plan(marked(desired({SPACE: SPACE_SPEC}), SPACE, delete=True), ALL),
    "drift": plan(ALL, ALL, {**ALL, SPACE: put(SPACE_SPEC, ("access",), {})}),
    "judged": check.judge(plan({**ALL, PBX: put(PBX_SPEC, ("retired",), True)}, ALL), GRANTS, {"sales": "id-sales"}),
    "unmanaged": plan(ALL, unrecorded=(Unrecorded(Kind.SPACE, "f3f", None, "Sales"),)),
}
SMALL = file.dumps(
    plan({**ALL, VIP: put(VIP_SPEC, ("name",), "B"), SPACE: put(SPACE_SPEC, ("billing_account",), None)}, ALL)
).encode()


@pytest.mark.parametrize("made", PLANS.values(), ids=PLANS)
def test_file_when_a_plan_is_read_back_then_it_equals_itself(made: Plan) -> None:
    text = file.dumps(made)

    again = file.loads(text.encode())

    assert again == made
    assert file.dumps(again) == text


@pytest.mark.parametrize("made", PLANS.values(), ids=PLANS)
def test_file_when_it_is_only_laid_out_anew_then_it_is_the_same_plan(made: Plan) -> None:
    laid_out = json.dumps(json.loads(file.dumps(made)), indent=3, sort_keys=False)

    assert file.loads(laid_out.encode()) == made


def test_file_when_written_then_it_tells_what_scripts_rely_on() -> None:
    found = json.loads(file.dumps(PLANS["blocked"]))

    assert found["format_version"] == 1
    assert found["verdict"] == "blocked"
    assert found["summary"] == {"create": 0, "update": 1, "retire": 0, "remove": 1, "delete": 0}
    connection = found["changes"][0]
    assert {
        name: connection[name] for name in ("address", "kind", "action", "reversibility", "execution", "rules")
    } == {
        "address": "connection/sales/pbx",
        "kind": "connection",
        "action": "update",
        "reversibility": "impossible",
        "execution": "blocked",
        "rules": ["connection-name-fixed"],
    }
    assert connection["fields"][0]["path"] == ["name"]
    assert connection["role"] == {
        "required": "speech-sense.editor",
        "on": "space/sales",
        "verdict": "unknown",
        "source": "",
    }
    assert connection["location"] == {"file": "connection/sales/pbx.yaml", "line": 4, "column": 1}
    assert connection["reason"].startswith("the name of connection/sales/pbx cannot change")


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80, 0xFF], ids=hex)
def test_file_when_any_byte_is_flipped_then_it_is_refused(mask: int) -> None:
    for place in range(len(SMALL)):
        damaged = bytearray(SMALL)
        damaged[place] ^= mask
        if not _is_refused(bytes(damaged)):
            raise AssertionError(place)


def test_file_when_it_is_cut_anywhere_then_it_is_refused() -> None:
    # without its last line break a plan is still whole
    assert [size for size in range(len(SMALL) - 1) if not _is_refused(SMALL[:size])] == []


def sealed(body: dict[str, Any]) -> bytes:
    """Write a body with a checksum that fits: what somebody would do who means to deceive."""
    body.pop("checksum", None)
    rows = file._rows(body)
    return file._joined({**rows, "checksum": json.dumps(file._checksum(rows))}).encode("utf-8", "surrogatepass")


def edit_created_field(body: dict[str, Any]) -> None:
    body["changes"][0]["fields"][0]["after"] = {"speech-sense.admin": ["userAccount:me"]}


def mark_created_field(body: dict[str, Any]) -> None:
    body["changes"][0]["fields"][0]["drift"] = True


def drop_change(body: dict[str, Any]) -> None:
    del body["changes"][-1]


def soften(body: dict[str, Any]) -> None:
    body["changes"][1]["reversibility"] = "reversible"


def _advice(id: str) -> dict[str, Any]:
    return {"reason": "", "remedy": None, "said": {"reason": {"id": id, "args": {}}, "remedy": None}}


def unsayable(body: dict[str, Any]) -> None:
    body["changes"][0]["advice"] = [_advice("name-taken")]


def unknown_sentence(body: dict[str, Any]) -> None:
    body["changes"][0]["advice"] = [_advice("no-such")]


def unknown_rule(body: dict[str, Any]) -> None:
    body["changes"][0]["rules"] = ["no-such"]


def deep(body: dict[str, Any]) -> None:
    value: Any = 0
    for _ in range(200):
        value = [value]
    body["unmanaged"] = [value]


def half_a_letter(body: dict[str, Any]) -> None:
    body["unmanaged"] = ["\ud800"]


def other_types(body: dict[str, Any]) -> None:
    body["changes"][0]["name"] = 5


def other_address(body: dict[str, Any]) -> None:
    body["changes"][0]["address"] = "space/sales/x"


def missing_part(body: dict[str, Any]) -> None:
    del body["basis"]


@pytest.mark.parametrize(
    "forge",
    [
        edit_created_field,
        mark_created_field,
        drop_change,
        soften,
        unsayable,
        unknown_sentence,
        unknown_rule,
        deep,
        half_a_letter,
        other_types,
        other_address,
        missing_part,
    ],
)
def test_file_when_it_is_forged_with_a_fitting_checksum_then_it_is_refused(forge: Any) -> None:
    body = json.loads(file.dumps(plan(ALL)))
    assert not _is_refused(sealed(dict(body)))

    forge(body)

    assert _is_refused(sealed(body))


def test_file_when_it_is_from_a_newer_ssops_then_it_says_so() -> None:
    with pytest.raises(Conflict) as raised:
        file.loads(b'{"format_version": 2}')

    assert (raised.value.reason, raised.value.message) == ("plan_invalid", message("plan-file.newer", version="2"))
    assert raised.value.exit is Exit.CONFLICT


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b"{}", b"\xff\xfe", b"NaN", b"9" * 5000, b"[" * 100_000, b'{"format_version": true}'],
    ids=["empty", "null", "list", "mapping", "utf-16", "nan", "digits", "nested", "true"],
)
def test_file_when_it_is_no_plan_at_all_then_it_is_refused(data: bytes) -> None:
    assert _is_refused(data)


@given(st.binary(max_size=200))
def test_file_when_it_is_any_bytes_then_nothing_but_conflict_is_raised(data: bytes) -> None:
    assert _is_refused(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(json.loads(SMALL))), JSON)
def test_file_when_a_part_is_any_json_then_nothing_but_conflict_is_raised(name: str, value: Any) -> None:
    body = json.loads(SMALL)
    body[name] = value

    refused = _is_refused(sealed(body))

    assert refused or name in (
        "against",
        "unchanged",
        "unmanaged",
        "issues",
        "verdict",
        "summary",
        "spaces",
        "checksum",
    )


@given(st.sampled_from(["address", "action", "fields", "role", "location", "rules", "advice", "annotations"]), JSON)
def test_file_when_a_change_holds_any_json_then_nothing_but_conflict_is_raised(name: str, value: Any) -> None:
    body = json.loads(SMALL)
    same = canonical.canonical(body["changes"][0][name]) == canonical.canonical(value)
    body["changes"][0][name] = value

    assert _is_refused(sealed(body)) or same or value is None


def _is_refused(data: bytes) -> bool:
    try:
        file.loads(data)
    except Conflict as fault:
        return fault.reason == "plan_invalid"
    return False
