"""Finding out what became of an apply that was cut short."""

from __future__ import annotations

import pytest
from fakes import FakeService, MemoryStore, connection, counter, space

from ssops.apply import recovery
from ssops.errors import ProviderFault
from ssops.model import Action, Address, Outcome, Status, message
from ssops.state import document, recorded
from ssops.state.space import Intent, SpaceState


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

    state = recovery.write(store, found, counter())

    assert state == recorded.read(store)
    assert (state.serials, state.pending) == ({"sales": ("line", 4)}, {})


def test_write_when_nothing_was_pending_then_no_write() -> None:
    store = MemoryStore({"sales": document.dumps(SpaceState("sales", "line", 3), "w")})
    state = recorded.read(store)

    found = recovery.resolve(state, FakeService())

    assert (recovery.write(store, found, counter()), store.puts, found.changed) == (state, [], ())


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
