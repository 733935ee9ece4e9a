"""Finding out what became of an apply that was cut short."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fakes import FakeService, MemoryStore, connection, counter, space

from ssops.apply import recovery
from ssops.canonical import digest
from ssops.errors import Conflict, ProviderFault
from ssops.messages import say
from ssops.model import Action, Address, FieldChange, Grade, Outcome, Status, message
from ssops.state import document, recorded
from ssops.state.space import Intent, Recorded, SpaceState


def intent(key: str, name: str, action: Action = Action.CREATE) -> Intent:
    return Intent(key, action, None, {"name": name}, (), "plan", "2026-01-02T03:04:05Z", "userAccount:a")


PENDING: dict[Address, Intent] = {
    space("sales"): intent("k1", "Sales"),
    connection("sales", "pbx"): intent("k2", "PBX"),
}


def stored() -> MemoryStore:
    return MemoryStore({"sales": document.dumps(SpaceState("sales", "line", 3, {}, PENDING), "w")})


def test_resolve_when_the_service_knows_a_key_then_recorded_else_dropped_and_nothing_is_written() -> None:
    store = stored()
    before = dict(store.documents)

    found = recovery.resolve(recorded.read(store), FakeService(keys={"k1": ["srv1", "live1"]}))

    not_made = message("apply.not_made", address="connection/sales/pbx")
    assert found.outcomes == (
        Outcome(connection("sales", "pbx"), Action.CREATE, Status.SKIPPED, error=not_made),
        Outcome(space("sales"), Action.CREATE, Status.APPLIED, "srv1"),
    )
    entries = found.state.resources().entries
    assert {address: (entry.id, entry.observed) for address, entry in entries.items()} == {
        space("sales"): ("srv1", "live1")
    }
    assert (found.state.serials, found.state.pending, store.documents) == ({"sales": ("line", 3)}, {}, before)


def test_write_when_something_was_found_then_durable_with_the_next_serial() -> None:
    store = stored()
    found = recovery.resolve(recorded.read(store), FakeService(keys={"k1": ["srv1", "live1"]}))

    state = recovery.write(store, found, counter(), "2026-01-02T03:04:05Z")

    assert state == recorded.read(store)
    assert (state.serials, state.pending) == ({"sales": ("line", 4)}, {})


def test_write_when_nothing_was_pending_then_no_write() -> None:
    store = MemoryStore({"sales": document.dumps(SpaceState("sales", "line", 3), "w")})
    state = recorded.read(store)

    found = recovery.resolve(state, FakeService())

    assert (recovery.write(store, found, counter(), "2026-01-02T03:04:05Z"), store.puts, found.changed) == (
        state,
        [],
        (),
    )


def test_resolve_when_a_space_was_deleted_then_nothing_of_it_is_left() -> None:
    pending = {
        space("sales"): intent("k1", "", Action.DELETE),
        connection("sales", "pbx"): intent("k2", "PBX", Action.UPDATE),
    }
    store = MemoryStore({"sales": document.dumps(SpaceState("sales", "line", 3, {}, pending), "w")})
    service = FakeService(keys={"k1": ["srv1", ""], "k2": ["srv2", "live2"]})

    assert dict(recovery.resolve(recorded.read(store), service).state.resources().entries) == {}


def test_resolve_when_the_service_cannot_say_then_the_fault_goes_on() -> None:
    with pytest.raises(ProviderFault):
        recovery.resolve(recorded.read(stored()), FakeService(is_silent=True))


def forgetful(**names: str) -> FakeService:
    """Give a service that keeps no operation keys; it holds space `srv1` and connections in it, id -> name."""
    objects: dict[str, dict[str, Any]] = {"srv1": {"kind": "space", "space_id": None, "spec": {"name": "Sales"}}}
    objects |= {
        id: {"kind": "connection", "space_id": "srv1", "spec": {"name": name, "description": "new"}}
        for id, name in names.items()
    }
    return FakeService(objects=objects, is_forgetful=True)


def home(**pending: Intent) -> MemoryStore:
    """Give the state of a recorded space with open operations, ref of a connection -> intent; `old` is recorded."""
    known = {
        space("sales"): Recorded("srv1", {"name": "Sales"}, "d", "o", Grade.CONFIRMED, "at", "by", "p", "Sales"),
        connection("sales", "old"): Recorded(
            "srv2", {"name": "Old"}, "d", digest({"name": "Old"}), Grade.CONFIRMED, "at", "by", "p", "Old"
        ),
    }
    open_ = {connection("sales", ref): one for ref, one in pending.items()}
    return MemoryStore({"sales": document.dumps(SpaceState("sales", "line", 3, known, open_), "w")})


@pytest.mark.parametrize(
    ("there", "status"),
    [({"srv9": "PBX"}, Status.APPLIED), ({}, Status.SKIPPED), ({"srv8": "PBX", "srv9": "PBX"}, Status.PENDING)],
    ids=["one", "none", "two"],
)
def test_resolve_when_the_service_keeps_no_keys_then_a_creation_is_told_by_its_name(
    there: dict[str, str], status: Status
) -> None:
    store = home(pbx=intent("k", "PBX", Action.CREATE))

    found = recovery.resolve(recorded.read(store), forgetful(srv2="Old", **there))

    [outcome] = found.outcomes
    assert outcome.status is status
    assert outcome.id == ("srv9" if status is Status.APPLIED else None)
    assert list(found.unmade) == ([connection("sales", "pbx")] if status is Status.SKIPPED else [])
    assert found.unknown == ((connection("sales", "pbx"),) if status is Status.PENDING else ())
    assert [str(one) for one in found.state.pending] == (["connection/sales/pbx"] if status is Status.PENDING else [])


@pytest.mark.parametrize(
    ("spec", "status"),
    [
        ({"name": "Old", "description": "new"}, Status.APPLIED),
        ({"name": "Old"}, Status.SKIPPED),
        ({"name": "Old", "description": "other"}, Status.PENDING),
    ],
    ids=["as wanted", "as before", "otherwise"],
)
def test_resolve_when_the_service_keeps_no_keys_then_an_update_is_told_by_what_is_there(
    spec: dict[str, str], status: Status
) -> None:
    field = FieldChange(("description",), None, "new")
    store = home(old=replace(intent("k", "Old", Action.UPDATE), id="srv2", fields=(field,)))
    service = forgetful(srv2="Old")
    service.objects["srv2"]["spec"] = spec

    found = recovery.resolve(recorded.read(store), service)

    assert [outcome.status for outcome in found.outcomes] == [status]


@pytest.mark.parametrize("is_there", [False, True])
def test_resolve_when_the_service_keeps_no_keys_then_a_deletion_is_told_by_what_is_gone(is_there: bool) -> None:
    store = home(old=replace(intent("k", "Old", Action.DELETE), id="srv2"))

    found = recovery.resolve(recorded.read(store), forgetful(**({"srv2": "Old"} if is_there else {})))

    assert [outcome.status for outcome in found.outcomes] == [Status.SKIPPED if is_there else Status.APPLIED]


def test_refuse_unknown_when_nobody_can_tell_then_both_ways_out_are_named() -> None:
    store = home(pbx=intent("k", "PBX", Action.CREATE))
    found = recovery.resolve(recorded.read(store), forgetful(srv8="PBX", srv9="PBX"))

    with pytest.raises(Conflict) as caught:
        recovery.refuse_unknown(found, ["sales"])
    recovery.refuse_unknown(found, ["support"])

    assert caught.value.reason == "operation_unknown"
    assert caught.value.hint is not None
    assert "ssops adopt connection/sales/pbx ID" in say(caught.value.hint)
    assert "ssops forget connection/sales/pbx" in say(caught.value.hint)
