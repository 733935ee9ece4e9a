"""All recorded state of a run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import MemoryCache, MemoryStore, connection, counter, project, space

from ssops.canonical import digest
from ssops.errors import Conflict
from ssops.model import Action, Entry, Grade, Spec
from ssops.state import document, recorded
from ssops.state.space import Intent, Recorded, Run, SpaceState

AT = "2026-01-02T03:04:05Z"


def one(id: str, spec: Spec) -> Recorded:
    return Recorded(id, spec, digest(spec), "live", Grade.CONFIRMED, AT, "userAccount:a", "plan", str(spec["name"]))


SALES = SpaceState(
    "sales",
    "line",
    4,
    {
        space("sales"): one("srv1", {"name": "Sales"}),
        project("sales", "vip"): one("srv3", {"name": "VIP"}),
        connection("sales", "pbx"): one("srv2", {"name": "PBX", "retired": True}),
    },
    run=Run("plan", AT, "userAccount:a"),
)
AUDIT = SpaceState("audit", "line2", 1, {space("audit"): one("srv9", {"name": "Audit"})})


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore({state.space: document.dumps(state, "w") for state in (SALES, AUDIT)})


def test_read_when_documents_are_there_then_entries_are_sorted_by_address(store: MemoryStore) -> None:
    state = recorded.read(store)

    found = state.resources()
    assert list(found.entries) == sorted([*SALES.resources, *AUDIT.resources])
    assert found.entries[connection("sales", "pbx")] == Entry(
        connection("sales", "pbx"), "PBX", digest({"name": "PBX", "retired": True}), "srv2", "live", retired=True
    )
    assert state.serials == {"audit": ("line2", 1), "sales": ("line", 4)}
    assert (state.runs, state.pending) == ({"sales": SALES.run}, {})


def test_read_when_some_spaces_are_asked_for_then_only_those(store: MemoryStore) -> None:
    state = recorded.read(store, ["sales", "unknown"])

    assert (list(state.summaries), state.space("unknown"), state.space("sales")) == (["sales"], None, SALES)


def test_read_when_the_cache_is_warm_then_no_document_is_fetched_and_all_is_equal(store: MemoryStore) -> None:
    cache = MemoryCache()
    cold = recorded.read(store, cache=cache)
    store.gets = 0

    warm = recorded.read(store, cache=cache)

    assert (warm, store.gets) == (cold, 0)
    assert warm.resources().spec(project("sales", "vip")) == {"name": "VIP"}


def test_read_when_the_document_moved_then_the_cache_is_not_asked(store: MemoryStore) -> None:
    cache = MemoryCache()
    recorded.read(store, cache=cache)
    store.documents["audit"] = document.dumps(replace(AUDIT, serial=2), "w2")

    assert recorded.read(store, cache=cache).serials["audit"] == ("line2", 2)


def test_read_when_operations_are_pending_then_they_are_always_there(store: MemoryStore) -> None:
    cache = MemoryCache()
    intent = Intent("key", Action.CREATE, None, {"name": "x"}, (), "p", AT, "userAccount:a")
    store.documents["audit"] = document.dumps(replace(AUDIT, pending={connection("audit", "x"): intent}), "w2")

    found = [recorded.read(store, cache=cache).pending for _ in range(2)]

    assert found == [{connection("audit", "x"): intent}] * 2


def test_spec_when_the_document_moved_meanwhile_then_conflict(store: MemoryStore) -> None:
    state = recorded.read(store)
    store.documents["sales"] = document.dumps(SALES, "another write")

    with pytest.raises(Conflict):
        state.resources().spec(space("sales"))


def test_having_when_a_document_is_replaced_then_only_this_state_sees_it(store: MemoryStore) -> None:
    before = recorded.read(store)
    changed = replace(AUDIT, resources={space("audit"): one("srv9", {"name": "Other"})})

    after = before.having([(changed, "v")])

    assert after.resources().spec(space("audit")) == {"name": "Other"}
    assert (after.versions["audit"], after.space("audit"), before.space("audit")) == ("v", changed, AUDIT)
    assert after.resources().spec(space("sales")) == {"name": "Sales"}


def test_save_when_first_then_the_serial_is_one() -> None:
    store = MemoryStore()

    state, version = recorded.save(store, SpaceState("new", "line"), None, counter())

    assert (state, store.version("new")) == (SpaceState("new", "line", 1), version)


def test_save_when_the_answer_was_lost_then_it_counts_as_written() -> None:
    store = MemoryStore(lost=1)

    state, version = recorded.save(store, SpaceState("new", "line"), None, counter())

    assert (state.serial, store.version("new")) == (1, version)


def test_save_when_another_run_wrote_meanwhile_then_conflict(store: MemoryStore) -> None:
    with pytest.raises(Conflict) as caught:
        recorded.save(store, AUDIT, "older version", counter())

    assert (caught.value.reason, store.puts) == ("state_moved", [])
