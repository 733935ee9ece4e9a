"""Looking at the record: locks, kept versions, documents to the byte, the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import workspaces
from engines import ENGINES
from fakes import MemoryStore, connection, counter, space
from recordings import applied, damage, documents, moved, refuse

from ssops import moving, statekeeping, upkeep
from ssops.errors import StateFault, UsageFault
from ssops.messages import say
from ssops.state import history, journal, lease, told
from ssops.state.base import StateStore
from ssops.state.lease import Holder
from ssops.workspace import Workspace

HOLDER = Holder("userAccount:x", "apply", "elsewhere", 4711, run="https://ci.example/1")


@pytest.fixture(params=list(ENGINES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StateStore]:
    with ENGINES[request.param](tmp_path) as opens:
        yield opens()


@pytest.fixture
def simple(tmp_path: Path) -> Workspace:
    return moved(tmp_path, MemoryStore())


def test_locks_when_held_then_those_alone_and_by_whom(store: StateStore) -> None:
    with lease.hold(store, ("gone",), HOLDER, new_id=counter("old"), timeout_s=0):
        pass
    with lease.hold(store, ("sales", "hr"), HOLDER, new_id=counter("lock"), timeout_s=0):
        found = statekeeping.locks(store)
        of_one = statekeeping.locks(store, ("sales",))

    assert [(one.space, one.id, one.holder) for one in found] == [("hr", "lock1", HOLDER), ("sales", "lock1", HOLDER)]
    assert [one.space for one in of_one] == ["sales"]
    assert statekeeping.locks(store) == ()


def test_locks_when_one_cannot_be_read_then_nothing_is_made_up() -> None:
    store = MemoryStore()
    store.put("lock/sales", b"{", None)

    (document,) = map(told.lock, statekeeping.locks(store))

    assert document["id"].startswith("damaged-")
    assert {document[name] for name in ("who", "purpose", "host", "pid", "page", "since", "expires")} == {None}


def test_versions_when_kept_then_the_current_one_has_its_bytes(store: StateStore, tmp_path: Path) -> None:
    moved(tmp_path, store)

    found = statekeeping.versions(store, "sales")

    assert (found.current, found.fault) == (found.kept[0].name, None)
    assert found.serial == found.kept[0].serial
    assert len(found.kept) >= history.KEPT


def test_versions_when_the_document_is_damaged_then_none_is_current(simple: Workspace) -> None:
    damage(simple.store, "sales")

    found = statekeeping.versions(simple.store, "sales")

    assert (found.current, found.serial, found.size) == (None, None, 18)
    assert found.fault is not None
    assert all(one.state is not None for one in found.kept)


def test_versions_when_the_document_is_missing_then_the_kept_ones_are_there(simple: Workspace) -> None:
    assert isinstance(simple.store, MemoryStore)
    del simple.store.documents["sales"]

    found = statekeeping.versions(simple.store, "sales")

    assert (found.current, found.serial, found.size) == (None, None, None)
    assert found.kept


@pytest.mark.parametrize("look", [statekeeping.versions, statekeeping.pull], ids=["versions", "pull"])
def test_looking_when_nobody_knows_the_space_then_the_near_miss_is_named(simple: Workspace, look: object) -> None:
    assert callable(look)
    with pytest.raises(UsageFault) as caught:
        look(simple.store, "sails")

    assert caught.value.hint is not None
    assert "'sales'" in say(caught.value.hint)


def test_pull_when_whole_then_to_the_byte(simple: Workspace) -> None:
    got = simple.store.get("sales")

    assert got is not None
    assert statekeeping.pull(simple.store, "sales") == (got[0], None)


def test_pull_when_damaged_then_all_the_same_and_the_way_back(simple: Workspace) -> None:
    damage(simple.store, "sales", b"\xff")

    data, fault = statekeeping.pull(simple.store, "sales")

    assert data == b"\xff"
    assert fault is not None
    assert fault.hint is not None
    assert "ssops state restore sales 0000" in say(fault.hint)


def acts(entries: tuple[journal.Entry, ...]) -> list[tuple[str, str]]:
    return [(entry.act, str(entry.address)) for entry in entries]


def test_log_when_read_then_the_newest_first_even_within_a_second(store: StateStore, tmp_path: Path) -> None:
    moved(tmp_path, store)

    assert acts(statekeeping.log(store, (), None, refuse)) == [
        ("create", "connection/sales/pbx"),
        ("update", "space/sales"),
        ("create", "space/sales"),
    ]
    assert acts(statekeeping.log(store, (), connection("sales", "pbx"), refuse)) == [("create", "connection/sales/pbx")]


def test_log_when_a_part_is_damaged_then_told_and_the_rest_is_there(simple: Workspace) -> None:
    names = simple.store.names("journal/sales")
    damage(simple.store, names[0])
    faults: list[StateFault] = []

    found = statekeeping.log(simple.store, ("sales",), None, faults.append)

    assert len(found) == 2
    assert [dict(fault.message.args)["name"] for fault in faults] == [names[0]]


def test_log_when_the_state_is_gone_then_the_journal_still_tells(simple: Workspace) -> None:
    assert isinstance(simple.store, MemoryStore)
    del simple.store.documents["sales"]

    assert len(statekeeping.log(simple.store, ("sales",), None, refuse)) == 3


def test_log_when_nobody_knows_the_address_then_the_near_miss_is_named(simple: Workspace) -> None:
    with pytest.raises(UsageFault) as caught:
        statekeeping.log(simple.store, (), connection("sales", "pbc"), refuse)

    assert caught.value.hint is not None
    assert "connection/sales/pbx" in say(caught.value.hint)


def test_log_when_recorded_before_there_was_a_journal_then_empty(simple: Workspace) -> None:
    for name in simple.store.names("journal/sales"):
        simple.store.remove(name)

    assert statekeeping.log(simple.store, (), space("sales"), refuse) == ()


def test_log_when_adopted_and_forgotten_then_in_the_order_in_which_it_was_done(simple: Workspace) -> None:
    address = connection("sales", "pbx")
    known, _ = statekeeping.origins(simple.store, address, refuse)
    upkeep.forget(simple, address, workspaces.ADMIN)
    upkeep.adopt(simple, address, known.id, workspaces.ADMIN)

    _, found = statekeeping.origins(simple.store, address, refuse)

    assert acts(statekeeping.log(simple.store, (), address, refuse)) == [
        (act, "connection/sales/pbx") for act in ("adopt", "forget", "create")
    ]
    assert {one.entry and one.entry.act for one in found} == {"adopt"}


def test_origins_when_refs_were_renamed_then_the_past_is_that_of_the_object(tmp_path: Path) -> None:
    store = MemoryStore()
    workspace = applied(tmp_path, store, [documents("one", "pbx"), documents("two", "pbx")])
    moving.run(workspace, connection("sales", "pbx"), connection("sales", "main"), workspaces.ADMIN)
    moving.run(workspace, space("sales"), space("retail"), workspaces.ADMIN)
    moving.run(workspace, space("retail"), space("shop"), workspaces.ADMIN)

    _, of_space = statekeeping.origins(store, space("shop"), refuse)
    _, of_connection = statekeeping.origins(store, connection("shop", "main"), refuse)

    assert {one.path[0]: one.entry and one.entry.act for one in of_space} == {"description": "update", "name": "create"}
    assert {one.entry and one.entry.act for one in of_connection} == {"create"}
    assert [entry.act for entry in statekeeping.log(store, (), connection("shop", "main"), refuse)] == [
        "move",
        "create",
    ]


def test_origins_when_the_old_ref_was_given_away_then_the_new_owner_does_not_count(tmp_path: Path) -> None:
    store = MemoryStore()
    workspace = applied(tmp_path, store, [documents("one")])
    moving.run(workspace, space("sales"), space("retail"), workspaces.ADMIN)
    others = [{**documents("other")[0], "name": "Other"}, {**documents("one")[0], "ref": "retail"}]
    workspaces.apply(replace(workspaces.written(tmp_path, others), store=store))

    _, found = statekeeping.origins(store, space("retail"), refuse)

    assert {one.path[0]: one.entry and one.entry.act for one in found} == {"description": "create", "name": "create"}
    assert {one.entry and one.entry.address for one in found} == {space("sales")}


def test_origins_when_nothing_is_recorded_then_usage(simple: Workspace) -> None:
    with pytest.raises(UsageFault) as caught:
        statekeeping.origins(simple.store, connection("sales", "other"), refuse)

    assert caught.value.reason == "not_recorded"


def test_origins_when_the_state_is_damaged_then_the_way_back(simple: Workspace) -> None:
    damage(simple.store, "sales")

    with pytest.raises(StateFault) as caught:
        statekeeping.origins(simple.store, space("sales"), refuse)

    assert caught.value.hint is not None
    assert "ssops state restore" in say(caught.value.hint)
