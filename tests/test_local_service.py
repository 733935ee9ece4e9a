from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from local_service import (
    ADMIN,
    CHAT,
    NOBODY,
    NOW,
    PBX,
    SPACE,
    SPLIT,
    create,
    do,
    everything,
    operation,
    provider,
    refused,
    setting,
    update,
)

from ssops.canonical import digest
from ssops.model import Action, Actor, FieldChange, Kind
from ssops.providers.base import Done, LiveRow
from ssops.providers.local import LocalProvider, new_id
from ssops.providers.local.store import Stamp

ORIGIN = {"type": "string", "name": "operator_name", "description": ""}


@pytest.fixture
def service(tmp_path: Path) -> LocalProvider:
    return provider(tmp_path / "service.db")


@pytest.fixture
def space(service: LocalProvider) -> str:
    return do(service, create(Kind.SPACE, SPACE)).id


@pytest.fixture
def pbx(service: LocalProvider, space: str) -> str:
    return do(service, create(Kind.CONNECTION, PBX, space)).id


@pytest.fixture
def vip(service: LocalProvider, space: str, pbx: str) -> str:
    return do(service, create(Kind.PROJECT, project(pbx), space)).id


def project(connection_id: str, **changed: Any) -> dict[str, Any]:
    return {"name": "VIP", "description": "", "connection_id": connection_id, "filters": {"tier": "vip"}} | changed


def spec_of(service: LocalProvider, id: str) -> Any:
    with service.reader() as reader:
        return reader.spec(id)


def test_create_connection_when_defaults_are_unwritten_then_they_are_live(service: LocalProvider, space: str) -> None:
    done = do(service, create(Kind.CONNECTION, PBX, space))

    live = spec_of(service, done.id)
    assert live == {
        "name": "Office PBX",
        "description": "Calls",
        "data_type": "two_channel_audio",
        "agent": {
            "channel": 0,
            "keys": {
                "operator_name": ORIGIN,
                "operator_id": ORIGIN | {"name": "operator_id"},
                "department": {"type": "string", "name": "Department", "description": ""},
            },
        },
        "customer": {
            "channel": 1,
            "keys": {
                "client_name": {"type": "string", "name": "Customer", "description": ""},
                "client_id": ORIGIN | {"name": "client_id"},
            },
        },
        "shared": {
            "keys": {
                "date": {"type": "date", "name": "date", "description": ""},
                "direction_outgoing": {"type": "boolean", "name": "direction_outgoing", "description": ""},
                "language": {"type": "string", "name": "language", "description": ""},
            }
        },
    }
    assert done == Done(done.id, digest(live))


def test_create_when_retired_is_written_then_the_service_does_not_know_it(service: LocalProvider, space: str) -> None:
    key = {"type": "url", "name": "Card", "description": "", "retired": True}
    asked = CHAT | {"retired": True, "bot": {"keys": {"card": key}}}

    done = do(service, create(Kind.CONNECTION, asked, space))

    live = spec_of(service, done.id)
    assert "retired" not in live
    assert live["bot"]["keys"]["card"] == {"type": "url", "name": "Card", "description": ""}


def test_create_of_each_kind_then_rows_are_sorted_by_kind_name_and_id(service: LocalProvider, space: str) -> None:
    recorder = do(service, create(Kind.CONNECTION, SPLIT, space))
    chat = do(service, create(Kind.CONNECTION, CHAT | {"name": "Чат"}, space))
    vip = do(service, create(Kind.PROJECT, project(chat.id), space))
    other = do(service, create(Kind.SPACE, {"name": "Aid"}))

    with service.reader() as reader:
        rows = reader.rows()
        rows_of_other = reader.rows([other.id, "nosuch"])

    assert rows == (
        LiveRow(Kind.CONNECTION, recorder.id, space, "Recorder", recorder.digest),
        LiveRow(Kind.CONNECTION, chat.id, space, "Чат", chat.digest),
        LiveRow(Kind.PROJECT, vip.id, space, "VIP", vip.digest),
        LiveRow(Kind.SPACE, other.id, other.id, "Aid", other.digest),
        LiveRow(Kind.SPACE, space, space, "Sales", digest(SPACE | {"access": {}})),
    )
    assert rows_of_other == (rows[3],)


def test_ids_when_made_then_20_latin_letters_and_digits_with_the_prefix_of_the_kind() -> None:
    ids = [new_id(kind) for kind in Kind for _ in range(100)]

    assert len(set(ids)) == 300
    assert {(len(id), id.isalnum() and id.isascii() and id.islower()) for id in ids} == {(20, True)}
    assert [new_id(kind)[:3] for kind in Kind] == ["f3f", "eag", "eag"]


def test_update_then_author_and_time_of_creation_stay_and_of_change_move(service: LocalProvider, pbx: str) -> None:
    editor = Actor("serviceAccount", "ajeci")
    later = replace(service, clock=lambda: NOW + timedelta(hours=1), grants={"speech-sense.editor": (str(editor),)})

    do(later, update(Kind.CONNECTION, pbx, setting("description", to="New")), editor)

    with service.reader() as reader:
        stored = reader.stored(pbx)
    assert stored.created == Stamp("2025-06-02T08:15:00Z", str(ADMIN))
    assert stored.modified == Stamp("2025-06-02T09:15:00Z", str(editor))


def test_update_when_nothing_is_different_then_nothing_is_modified(service: LocalProvider, pbx: str) -> None:
    before = everything(service)
    later = replace(service, clock=lambda: NOW + timedelta(hours=1))

    done = do(later, update(Kind.CONNECTION, pbx, setting("description", to="Calls")))

    assert everything(service) == before
    assert done in [Done(stored.id, stored.digest) for stored in before]


ALLOWED: dict[str, Any] = {
    "connection description": ((setting("description", to="New"),), {}, ("description",), "New"),
    "connection description emptied": ((setting("description", to=None),), {}, ("description",), ""),
    "key display name": (
        (setting("agent", "keys", "department", "name", to="Unit"),),
        {},
        ("agent", "keys", "department"),
        {"type": "string", "name": "Unit", "description": ""},
    ),
    "default key display name": (
        (setting("agent", "keys", "operator_name", "name", to="Agent"),),
        {},
        ("agent", "keys", "operator_name"),
        ORIGIN | {"name": "Agent"},
    ),
    "key added": (
        (setting("shared", "keys", "total", to={"type": "decimal", "name": "Total"}),),
        {},
        ("shared", "keys", "total"),
        {"type": "decimal", "name": "Total", "description": ""},
    ),
    "retired is passed over": ((setting("agent", "keys", "department", "retired", to=True),), {}, ("retired",), None),
}


@pytest.mark.parametrize(("fields", "spec", "path", "expected"), ALLOWED.values(), ids=ALLOWED)
def test_update_connection_when_it_can_be_edited_then_it_is(
    service: LocalProvider, pbx: str, fields: tuple[FieldChange, ...], spec: Any, path: tuple[str, ...], expected: Any
) -> None:
    do(service, update(Kind.CONNECTION, pbx, *fields, spec=spec))

    live = spec_of(service, pbx)
    for step in path:
        live = live.get(step)
    assert live == expected


def test_update_space_when_a_field_points_into_a_list_then_the_whole_list_is_taken(
    service: LocalProvider, space: str
) -> None:
    asked = {"access": {"speech-sense.viewer": ["group:ajg1", "userAccount:aje1", "group:ajg1"]}}
    fields = (setting("access", "speech-sense.viewer", 1, to="group:ajg1"), setting("name", to="Sales & Aid"))

    do(service, update(Kind.SPACE, space, *fields, spec=asked))

    access = {"speech-sense.viewer": ["group:ajg1", "userAccount:aje1"]}
    assert spec_of(service, space) == {"name": "Sales & Aid", "description": "", "access": access}


def test_update_space_when_billing_is_linked_and_changed_then_it_is(service: LocalProvider, space: str) -> None:
    do(service, update(Kind.SPACE, space, setting("billing_account", to="dn1")))
    do(service, update(Kind.SPACE, space, setting("billing_account", to="dn2")))

    assert spec_of(service, space)["billing_account"] == "dn2"


KEY = {"type": "string", "name": "K"}
FIXED: dict[str, Any] = {
    "name": (setting("name", to="Other"), "fixed"),
    "data type": (setting("data_type", to="chat"), "fixed"),
    "channel": (setting("agent", "channel", to=1), "fixed"),
    "channel removed": (setting("customer", "channel", to=None), "fixed"),
    "splitting added": (setting("split", to={"by": "duration", "segment_s": 5}), "fixed"),
    "key removed": (setting("agent", "keys", "department", to=None), "key_removed"),
    "default key removed": (setting("agent", "keys", "operator_id", to=None), "key_removed"),
    "section removed": (setting("shared", to=None), "key_removed"),
    "section replaced": (setting("agent", to={"channel": 0, "keys": {"new": KEY}}), "key_removed"),
    "all keys replaced": (setting("agent", "keys", to={}), "key_removed"),
    "key retyped": (setting("agent", "keys", "department", "type", to="number"), "key_retyped"),
    "key without type": (setting("agent", "keys", "department", "type", to=None), "key_retyped"),
    "default key retyped": (setting("shared", "keys", "date", "type", to="string"), "key_retyped"),
}


@pytest.mark.parametrize(("field", "sentence"), FIXED.values(), ids=FIXED)
def test_update_connection_when_it_cannot_be_edited_then_refused(
    service: LocalProvider, pbx: str, field: FieldChange, sentence: str
) -> None:
    assert refused(service, update(Kind.CONNECTION, pbx, field)) == ("failed_precondition", sentence)


def test_update_connection_when_a_key_moves_to_another_section_then_refused(service: LocalProvider, pbx: str) -> None:
    fields = setting("agent", "keys", "department", to=None), setting("shared", "keys", "department", to=KEY)

    assert refused(service, update(Kind.CONNECTION, pbx, *fields)) == ("failed_precondition", "key_moved")


def test_update_connection_when_a_key_is_renamed_then_refused(service: LocalProvider, pbx: str) -> None:
    fields = setting("agent", "keys", "department", to=None), setting("agent", "keys", "unit", to=KEY)

    assert refused(service, update(Kind.CONNECTION, pbx, *fields)) == ("failed_precondition", "key_removed")


@pytest.mark.parametrize("to", [None, {"by": "duration", "segment_s": 5}, {"by": "phrases", "start": ["hello"]}])
def test_update_connection_when_splitting_changes_then_refused(service: LocalProvider, space: str, to: Any) -> None:
    recorder = do(service, create(Kind.CONNECTION, SPLIT, space)).id

    refusal = refused(service, update(Kind.CONNECTION, recorder, setting("split", to=to)))

    assert refusal == ("failed_precondition", "fixed")


def test_update_connection_when_its_space_is_another_then_refused(service: LocalProvider, pbx: str) -> None:
    other = do(service, create(Kind.SPACE, {"name": "Aid"})).id

    asked = operation(Action.UPDATE, Kind.CONNECTION, pbx, other, {}, fields=(setting("description", to="x"),))

    assert refused(service, asked) == ("failed_precondition", "fixed")


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        pytest.param(setting("connection_id", to="eag2"), "failed_precondition", id="connection"),
        pytest.param(setting("connection", to="other"), "invalid_argument", id="connection by ref"),
        pytest.param(setting("filters", "tier", to="gold"), "failed_precondition", id="filter value"),
        pytest.param(setting("filters", "tier", to=None), "failed_precondition", id="filter removed"),
        pytest.param(setting("filters", to={}), "failed_precondition", id="filters emptied"),
    ],
)
def test_update_project_when_connection_or_filters_change_then_refused(
    service: LocalProvider, vip: str, field: FieldChange, reason: str
) -> None:
    assert refused(service, update(Kind.PROJECT, vip, field))[0] == reason


def test_update_project_when_name_and_description_change_then_they_do(
    service: LocalProvider, vip: str, pbx: str
) -> None:
    do(service, update(Kind.PROJECT, vip, setting("name", to="Gold"), setting("description", to="d")))

    assert spec_of(service, vip) == project(pbx, name="Gold", description="d")


def test_update_space_when_billing_is_unlinked_then_refused(service: LocalProvider) -> None:
    space = do(service, create(Kind.SPACE, SPACE | {"billing_account": "dn1"})).id

    refusal = refused(service, update(Kind.SPACE, space, setting("billing_account", to=None)))

    assert refusal == ("failed_precondition", "billing_unlinked")


def test_update_when_live_has_moved_on_then_refused(service: LocalProvider, pbx: str) -> None:
    asked = update(Kind.CONNECTION, pbx, setting("description", to="x"), expected="0" * 64)

    assert refused(service, asked) == ("aborted", "moved_on")


def test_delete_when_live_has_moved_on_then_refused(service: LocalProvider, space: str) -> None:
    asked = operation(Action.DELETE, Kind.SPACE, space, None, {}, expected="0" * 64)

    assert refused(service, asked) == ("aborted", "moved_on")


def test_update_when_live_is_as_the_plan_saw_it_then_done(service: LocalProvider, pbx: str) -> None:
    seen = digest(spec_of(service, pbx))

    done = do(service, update(Kind.CONNECTION, pbx, setting("description", to="x"), expected=seen))

    assert done == Done(pbx, digest(spec_of(service, pbx)))


def test_delete_connection_then_refused(service: LocalProvider, pbx: str) -> None:
    asked = operation(Action.DELETE, Kind.CONNECTION, pbx, None, {})

    assert refused(service, asked) == ("failed_precondition", "connection_deleted")


@pytest.mark.parametrize("action", [Action.RETIRE, Action.REMOVE])
def test_actions_that_are_no_calls_then_refused(service: LocalProvider, pbx: str, action: Action) -> None:
    assert refused(service, operation(action, Kind.CONNECTION, pbx, None, {})) == ("invalid_argument", "action")


def test_delete_project_then_only_it_is_gone(service: LocalProvider, space: str, pbx: str, vip: str) -> None:
    done = do(service, operation(Action.DELETE, Kind.PROJECT, vip, space, {}))

    assert done == Done(vip, "")
    assert [stored.id for stored in everything(service)] == [pbx, space]


def test_delete_space_then_its_contents_are_gone_and_others_stay(service: LocalProvider, space: str, vip: str) -> None:
    other = do(service, create(Kind.SPACE, {"name": "Aid"})).id

    done = do(service, operation(Action.DELETE, Kind.SPACE, space, None, {}))

    assert done == Done(space, "")
    assert [stored.id for stored in everything(service)] == [other]
    with service.reader() as reader, pytest.raises(KeyError):
        reader.spec(vip)


UNKNOWN = {
    "space of a connection": create(Kind.CONNECTION, CHAT, "f3fnosuch"),
    "space of a project": create(Kind.PROJECT, project("eag"), "f3fnosuch"),
    "connection": update(Kind.CONNECTION, "eagnosuch", setting("description", to="x")),
    "space": update(Kind.SPACE, "f3fnosuch", setting("description", to="x")),
    "space deleted": operation(Action.DELETE, Kind.SPACE, "f3fnosuch", None, {}),
}


@pytest.mark.parametrize("asked", UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_id_then_refused(service: LocalProvider, asked: Any) -> None:
    assert refused(service, asked) == ("not_found", "not_found")


def test_id_of_another_kind_then_refused(service: LocalProvider, space: str, pbx: str) -> None:
    taken_for_space = create(Kind.CONNECTION, CHAT, pbx)
    taken_for_connection = create(Kind.PROJECT, project(space), space)

    assert refused(service, taken_for_space) == ("not_found", "not_found")
    assert refused(service, taken_for_connection) == ("not_found", "not_found")


def test_create_project_when_its_connection_is_in_another_space_then_refused(service: LocalProvider, pbx: str) -> None:
    other = do(service, create(Kind.SPACE, {"name": "Aid"})).id

    assert refused(service, create(Kind.PROJECT, project(pbx), other)) == ("invalid_argument", "connection_elsewhere")


def test_create_project_when_the_space_is_full_then_refused(service: LocalProvider, space: str, pbx: str) -> None:
    with service.writer(ADMIN) as writer:
        for number in range(100):
            writer.carry_out(create(Kind.PROJECT, project(pbx, name=f"P{number}"), space))

    assert refused(service, create(Kind.PROJECT, project(pbx), space)) == ("resource_exhausted", "projects")


def test_names_of_spaces_and_of_projects_in_a_space_then_unique(
    service: LocalProvider, space: str, pbx: str, vip: str
) -> None:
    other = do(service, create(Kind.SPACE, {"name": "Aid"})).id
    there = do(service, create(Kind.CONNECTION, PBX, other)).id
    gold = do(service, create(Kind.PROJECT, project(pbx, name="Gold"), space)).id

    do(service, create(Kind.PROJECT, project(there), other))
    do(service, create(Kind.CONNECTION, PBX, space))

    taken = ("already_exists", "name_taken")
    assert refused(service, create(Kind.SPACE, SPACE)) == taken
    assert refused(service, update(Kind.SPACE, other, setting("name", to="Sales"))) == taken
    assert refused(service, create(Kind.PROJECT, project(pbx), space)) == taken
    assert refused(service, update(Kind.PROJECT, gold, setting("name", to="VIP"))) == taken


FAULTY: dict[str, tuple[Any, str]] = {
    "nothing": ({}, "missing"),
    "no name": (CHAT | {"name": ""}, "missing"),
    "name no text": (CHAT | {"name": 5}, "malformed"),
    "name no unicode": (CHAT | {"name": "\ud800"}, "malformed"),
    "unknown data type": (CHAT | {"data_type": "video"}, "data_type"),
    "unknown field": (CHAT | {"space": "sales"}, "field_not_allowed"),
    "bot in audio": (PBX | {"bot": {"keys": {}}}, "field_not_allowed"),
    "channel in chat": (CHAT | {"agent": {"channel": 0}}, "field_not_allowed"),
    "no channel": (PBX | {"agent": {"keys": {}}}, "channel"),
    "channel 2": (PBX | {"agent": {"channel": 2}}, "channel"),
    "channel true": (PBX | {"agent": {"channel": True}}, "channel"),
    "split of two channels": (PBX | {"split": SPLIT["split"]}, "field_not_allowed"),
    "split by nothing": (SPLIT | {"split": {}}, "split"),
    "split by no phrase": (SPLIT | {"split": {"by": "phrases", "start": [], "finish": []}}, "split"),
    "segment 0": (SPLIT | {"split": {"by": "duration", "segment_s": 0}}, "segment"),
    "phrase of 11 words": (SPLIT | {"split": {"by": "phrases", "start": ["a " * 11]}}, "phrase"),
    "section no mapping": (CHAT | {"agent": []}, "malformed"),
    "keys no mapping": (CHAT | {"agent": {"keys": ["x"]}}, "malformed"),
    "key no mapping": (CHAT | {"agent": {"keys": {"x": "string"}}}, "malformed"),
    "key no text": (CHAT | {"agent": {"keys": {1: KEY}}}, "malformed"),
    "key without type": (CHAT | {"agent": {"keys": {"x": {"name": "X"}}}}, "missing"),
    "key without name": (CHAT | {"agent": {"keys": {"x": {"type": "string"}}}}, "missing"),
    "key of unknown type": (CHAT | {"agent": {"keys": {"x": {"type": "int", "name": "X"}}}}, "key_type"),
    "default key retyped": (CHAT | {"shared": {"keys": {"date": {"type": "string"}}}}, "default_key_type"),
    "default key elsewhere": (CHAT | {"shared": {"keys": {"bot_id": KEY}}}, "default_key_section"),
}


@pytest.mark.parametrize(("spec", "sentence"), FAULTY.values(), ids=FAULTY)
def test_create_connection_when_its_spec_is_faulty_then_refused(
    service: LocalProvider, space: str, spec: Any, sentence: str
) -> None:
    assert refused(service, create(Kind.CONNECTION, spec, space)) == ("invalid_argument", sentence)


def test_create_connection_when_limits_are_exceeded_then_refused(service: LocalProvider, space: str) -> None:
    keys = {f"k{number}": KEY for number in range(200)}
    phrases = {"by": "phrases", "start": ["hello"] * 20_001}

    do(service, create(Kind.CONNECTION, CHAT | {"shared": {"keys": keys}}, space))
    too_many = create(Kind.CONNECTION, CHAT | {"shared": {"keys": keys}, "agent": {"keys": {"one": KEY}}}, space)

    assert refused(service, too_many) == ("resource_exhausted", "keys")
    assert refused(service, create(Kind.CONNECTION, SPLIT | {"split": phrases}, space)) == (
        "resource_exhausted",
        "phrases",
    )


@pytest.mark.parametrize(
    ("access", "sentence"),
    [
        pytest.param(["speech-sense.admin"], "malformed", id="no mapping"),
        pytest.param({"speech-sense.admin": "userAccount:x"}, "malformed", id="no list"),
        pytest.param({"speech-sense.admin": ["x"]}, "subject", id="no type"),
        pytest.param({"speech-sense.admin": ["robot:x"]}, "subject", id="unknown type"),
    ],
)
def test_create_space_when_access_is_faulty_then_refused(service: LocalProvider, access: Any, sentence: str) -> None:
    assert refused(service, create(Kind.SPACE, SPACE | {"access": access})) == ("invalid_argument", sentence)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        pytest.param(operation(Action.CREATE, Kind.SPACE, "f3fmine", None, SPACE), "id_chosen", id="own id"),
        pytest.param(create(Kind.CONNECTION, CHAT), "missing", id="no space"),
        pytest.param(operation(Action.UPDATE, Kind.SPACE, None, None, {}), "missing", id="no id"),
    ],
)
def test_operation_when_ids_are_faulty_then_refused(service: LocalProvider, asked: Any, sentence: str) -> None:
    assert refused(service, asked) == ("invalid_argument", sentence)


def test_update_when_a_path_leads_nowhere_then_refused(service: LocalProvider, pbx: str) -> None:
    through_text = update(Kind.CONNECTION, pbx, setting("name", "first", to="x"))
    nowhere = update(Kind.CONNECTION, pbx, setting(to="x"))

    assert refused(service, through_text) == ("invalid_argument", "malformed")
    assert refused(service, nowhere) == ("invalid_argument", "malformed")


def test_operation_when_repeated_by_key_then_made_once(service: LocalProvider, space: str) -> None:
    asked = create(Kind.CONNECTION, CHAT, space)

    first = do(service, asked)
    again = do(service, asked, NOBODY)

    assert again == first
    assert [stored.id for stored in everything(service)] == [first.id, space]
    with service.reader() as reader:
        assert reader.done(asked.key) == first


def test_delete_when_repeated_by_key_then_the_same_answer(service: LocalProvider, space: str) -> None:
    asked = operation(Action.DELETE, Kind.SPACE, space, None, {})

    assert do(service, asked) == do(service, asked) == Done(space, "")


def test_operation_when_its_key_was_another_one_then_refused(service: LocalProvider, space: str) -> None:
    asked = create(Kind.CONNECTION, CHAT, space)
    do(service, asked)
    before = everything(service)

    with service.writer(ADMIN) as writer, pytest.raises(Exception, match="invalid_argument"):
        writer.carry_out(create(Kind.SPACE, {"name": "Aid"}, key=asked.key))

    assert everything(service) == before


def test_writer_when_one_operation_is_refused_then_the_next_goes_on(service: LocalProvider, space: str) -> None:
    with service.writer(ADMIN) as writer:
        with pytest.raises(Exception, match="already_exists"):
            writer.carry_out(create(Kind.SPACE, SPACE))
        done = writer.carry_out(create(Kind.SPACE, {"name": "Aid"}))

    assert {stored.id for stored in everything(service)} == {space, done.id}
