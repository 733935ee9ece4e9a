"""A state put in place of another: kept versions brought back, documents taken in, in every store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import workspaces
from engines import ENGINES
from fakes import ACTOR, MemoryStore, connection, counter, space
from recordings import damage, documents, moved, refuse

from ssops import pipeline, replacing, statekeeping
from ssops.errors import Conflict, NotAuthorized, StateFault, UsageFault
from ssops.messages import say
from ssops.model import Actor, Address
from ssops.replacing import Course, Replacement
from ssops.state import document, history, journal, lease
from ssops.state.base import StateStore
from ssops.state.lease import Holder
from ssops.state.space import SpaceState
from ssops.workspace import Workspace, states

ADMIN = workspaces.ADMIN


@pytest.fixture(params=list(ENGINES))
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    with ENGINES[request.param](tmp_path) as opens:
        yield moved(tmp_path, opens())


@pytest.fixture
def simple(tmp_path: Path) -> Workspace:
    return moved(tmp_path, MemoryStore())


def approve(made: Replacement) -> None:
    """Say yes."""


def state(store: StateStore) -> SpaceState:
    got = store.get("sales")
    assert got is not None
    return document.loads(got[0], "sales")


def bytes_of(store: StateStore) -> bytes:
    return (store.get("sales") or (b"", ""))[0]


def version(store: StateStore, **wanted: Any) -> str:
    """Name the newest kept version whose space has this description, or that has so many resources."""
    for one in history.versions(store, "sales"):
        kept = one.state
        if kept is None or kept.pending:
            continue
        found = {"size": len(kept.resources), "description": described(kept)}
        if all(found[name] == value for name, value in wanted.items()):
            return one.name
    raise LookupError(wanted)


def described(kept: SpaceState) -> str | None:
    home = kept.resources.get(space("sales"))
    return str(home.spec["description"]) if home else None


def shown(made: Replacement) -> dict[str, str]:
    return {one["address"]: one["move"] for one in made.moves}


def test_restore_when_asked_then_the_newest_version_and_the_service_as_it_was(workspace: Workspace) -> None:
    before, store = state(workspace.store), workspace.store
    with workspace.provider.reader() as reader:
        live = reader.rows()

    made = replacing.restore(workspace, "sales", version(store, size=1), AGREED)

    after = state(store)
    with workspace.provider.reader() as reader:
        assert reader.rows() == live
    assert (after.lineage, after.serial) == (before.lineage, before.serial + 1) == (made.state.lineage, after.serial)
    assert sorted(after.resources) == [space("sales")]
    assert shown(made) == {"connection/sales/pbx": "removed"}
    assert statekeeping.versions(store, "sales").current == history.versions(store, "sales")[0].name
    assert len(history.names(store, "sales")) == history.KEPT


def test_restore_when_done_then_the_journal_says_what_became_of_each(workspace: Workspace) -> None:
    replacing.restore(workspace, "sales", version(workspace.store, size=1), AGREED)

    entries = [one for one in journal.read(workspace.store, "sales", refuse) if one.act == "restore"]

    assert [(str(one.address), one.spec, one.run.by) for one in entries] == [
        ("space/sales", None, str(ADMIN)),
        ("connection/sales/pbx", {}, str(ADMIN)),
    ]
    assert statekeeping.locks(workspace.store) == ()


def test_restore_when_the_document_is_damaged_then_it_comes_back(workspace: Workspace) -> None:
    store, before = workspace.store, state(workspace.store)
    damage(store, "sales")

    made = replacing.restore(workspace, "sales", history.versions(store, "sales")[0].name, AGREED)

    assert state(store) == replace(before, serial=before.serial + 1)
    assert (made.is_readable, set(shown(made).values())) == (False, {"added"})
    assert workspaces.apply(workspace).outcomes == ()


def test_restore_when_the_document_is_missing_then_it_comes_back(simple: Workspace) -> None:
    before = state(simple.store)
    assert isinstance(simple.store, MemoryStore)
    del simple.store.documents["sales"]

    made = replacing.restore(simple, "sales", history.versions(simple.store, "sales")[0].name, AGREED)

    assert state(simple.store) == replace(before, serial=before.serial + 1)
    assert (made.is_readable, set(shown(made).values())) == (True, {"added"})


def test_restore_when_the_newest_versions_are_damaged_then_serials_still_grow(simple: Workspace) -> None:
    store = simple.store
    before, wanted = state(store), version(store, size=1)
    damage(store, history.names(store, "sales")[0])
    damage(store, "sales")

    replacing.restore(simple, "sales", wanted, AGREED)

    assert state(store).serial == before.serial + 1


def test_restore_when_the_version_is_damaged_itself_then_refused_with_a_good_one(simple: Workspace) -> None:
    newest, next_one = history.names(simple.store, "sales")[:2]
    damage(simple.store, newest)
    before = bytes_of(simple.store)

    with pytest.raises(StateFault) as caught:
        replacing.restore(simple, "sales", newest.rpartition("/")[2], AGREED)

    assert (caught.value.reason, bytes_of(simple.store)) == ("version_damaged", before)
    assert caught.value.hint is not None
    assert say(caught.value.hint).endswith(f"ssops state restore sales {next_one.rpartition('/')[2]}")


def test_restore_when_every_version_is_damaged_then_a_backup_is_asked_for(simple: Workspace) -> None:
    names = history.names(simple.store, "sales")
    for name in names:
        damage(simple.store, name)

    with pytest.raises(StateFault) as caught:
        replacing.restore(simple, "sales", names[0].rpartition("/")[2], AGREED)

    assert caught.value.hint is not None
    assert "ssops state push sales FILE" in say(caught.value.hint)


def test_restore_when_it_is_the_current_one_then_nothing_is_written(simple: Workspace) -> None:
    before = dict(simple.store.documents) if isinstance(simple.store, MemoryStore) else {}

    made = replacing.restore(simple, "sales", history.versions(simple.store, "sales")[0].name, REFUSING)

    assert (made.is_new, made.moves) == (False, ())
    assert {name for name, data in before.items() if simple.store.get(name) != (data, simple.store.version(name))} == {
        "lock/sales"
    }


def refusing(made: Replacement) -> None:
    raise AssertionError(made)


AGREED = Course(ADMIN, approve)
REFUSING = Course(ADMIN, refusing)


class Stop(Exception):
    """Somebody said no."""


def saying_no(made: Replacement) -> None:
    raise Stop


SAYING_NO = Course(ADMIN, saying_no)


@pytest.mark.parametrize("act", ["restore", "push"])
def test_replacing_when_declined_then_nothing_is_written_and_the_lock_is_free(simple: Workspace, act: str) -> None:
    store = simple.store
    before = (bytes_of(store), store.names("history/sales"), store.names("journal/sales"))

    with pytest.raises(Stop):
        if act == "restore":
            replacing.restore(simple, "sales", version(store, size=1), SAYING_NO)
        else:
            replacing.push(simple, "sales", newer(state(store)), SAYING_NO)

    assert (bytes_of(store), store.names("history/sales"), store.names("journal/sales")) == before
    assert statekeeping.locks(store) == ()


def test_restore_when_another_run_holds_the_lock_then_conflict(simple: Workspace) -> None:
    holder = Holder("userAccount:x", "apply", "elsewhere", 1)
    wanted = version(simple.store, size=1)
    held = lease.hold(simple.store, ("sales",), holder, new_id=counter("lock"), timeout_s=0)
    with held, pytest.raises(Conflict) as caught:
        replacing.restore(simple, "sales", wanted, Course(ADMIN, approve, lock_timeout_s=0))

    assert caught.value.reason == "lock_held"


def test_restore_when_nobody_says_who_then_not_authorized(simple: Workspace) -> None:
    with pytest.raises(NotAuthorized):
        replacing.restore(simple, "sales", version(simple.store, size=1), Course(None, approve))


def test_restore_when_the_version_is_not_kept_then_usage(simple: Workspace) -> None:
    with pytest.raises(UsageFault) as caught:
        replacing.restore(simple, "sales", "000000000099-ff", AGREED)

    assert caught.value.reason == "unknown_version"


def test_restore_when_a_run_was_cut_short_then_what_it_made_is_told_first(tmp_path: Path) -> None:
    store = MemoryStore()
    workspace = moved(tmp_path, store)
    wanted = history.versions(store, "sales")[0].name
    cut = interrupted(workspace, store)

    made = replacing.restore(workspace, "sales", wanted, AGREED)

    told = {one.key: one.status.value for one in journal.read(store, "sales", refuse)}
    assert told[cut.key] == "applied"
    assert (made.state.pending, state(store).pending) == ({}, {})
    assert shown(made)["space/sales"] == "changed"


def interrupted(workspace: Workspace, store: MemoryStore) -> Any:
    """Apply one more change and lose what was recorded after its call: only the intent is left."""
    written = workspaces.written(workspace.config.root, documents("three", "pbx"))
    workspaces.apply(replace(written, store=store))
    kept = [one for one in history.versions(store, "sales") if one.state and one.state.pending]
    store.documents["sales"] = store.documents[f"history/sales/{kept[0].name}"]
    for name in store.names("journal/sales")[-1:]:
        store.remove(name)
    (intent,) = (kept[0].state.pending if kept[0].state else {}).values()
    return intent


def test_restore_when_a_version_has_operations_under_way_then_the_next_run_finds_out(simple: Workspace) -> None:
    kept = [one for one in history.versions(simple.store, "sales") if one.state and one.state.pending]

    made = replacing.restore(simple, "sales", kept[0].name, AGREED)

    assert made.state.pending
    assert made.state.run is None
    assert workspaces.apply(simple).outcomes == ()
    assert states(simple).pending == {}
    assert sorted(state(simple.store).resources) == [connection("sales", "pbx"), space("sales")]


def newer(given: SpaceState, more: int = 1, **changes: Any) -> bytes:
    return document.dumps(replace(given, serial=given.serial + more, **changes), "ff" * 16)


def test_push_when_newer_then_taken_in_under_its_serial(workspace: Workspace) -> None:
    store, before = workspace.store, state(workspace.store)
    resources = {space("sales"): before.resources[space("sales")]}

    made = replacing.push(workspace, "sales", newer(before, 5, resources=resources), AGREED)

    assert state(store) == replace(before, serial=before.serial + 5, resources=resources)
    assert shown(made) == {"connection/sales/pbx": "removed"}
    acts = [(str(one.address), one.act) for one in journal.read(store, "sales", refuse)]
    assert acts[-2:] == [("space/sales", "push"), ("connection/sales/pbx", "push")]


def test_push_when_pulled_before_and_the_store_is_new_then_the_same(workspace: Workspace) -> None:
    data, fault = statekeeping.pull(workspace.store, "sales")
    other = replace(workspace, store=MemoryStore())

    replacing.push(other, "sales", data, AGREED)

    assert fault is None
    assert state(other.store) == state(workspace.store)
    assert replacing.push(other, "sales", data, REFUSING).is_new is False


def test_push_when_a_checkout_turned_the_line_ends_then_taken_all_the_same(simple: Workspace) -> None:
    data = bytes_of(simple.store).replace(b"\n", b"\r\n")

    assert replacing.push(simple, "sales", data, REFUSING).is_new is False


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(lambda before: newer(before, lineage="other"), "state_foreign", id="foreign"),
        pytest.param(lambda before: newer(before, -1), "state_older", id="older"),
        pytest.param(lambda before: newer(before, 0, resources={}), "state_differs", id="as-old-and-different"),
        pytest.param(lambda before: newer(before)[:-3], "state_invalid", id="cut"),
        pytest.param(lambda before: b"", "state_invalid", id="empty"),
        pytest.param(lambda before: b"[]", "state_invalid", id="no-state"),
        pytest.param(lambda before: newer(before, space="other", resources={}), "state_invalid", id="other-space"),
        pytest.param(lambda before: newer(before, -before.serial), "state_invalid", id="serial-0"),
        pytest.param(lambda before: newer(before, 10**12), "state_invalid", id="serial-too-high"),
    ],
)
def test_push_when_it_may_not_be_then_refused_and_nothing_is_written(
    simple: Workspace, change: Any, reason: str
) -> None:
    before = bytes_of(simple.store)

    with pytest.raises(Conflict) as caught:
        replacing.push(simple, "sales", change(state(simple.store)), REFUSING)

    assert (caught.value.reason, bytes_of(simple.store)) == (reason, before)
    assert caught.value.hint is not None
    assert "--force" not in say(caught.value.hint)


def test_push_when_the_document_is_damaged_then_measured_by_the_kept_versions(simple: Workspace) -> None:
    store, good = simple.store, bytes_of(simple.store)
    before = state(store)
    damage(store, "sales")

    with pytest.raises(Conflict) as caught:
        replacing.push(simple, "sales", newer(before, -1), REFUSING)
    made = replacing.push(simple, "sales", good, AGREED)

    assert caught.value.reason == "state_older"
    assert (state(store), made.is_readable) == (before, False)


def test_blame_when_a_version_came_back_then_only_what_moved_is_of_the_restore(simple: Workspace) -> None:
    replacing.push(simple, "sales", bytes_of(simple.store), REFUSING)
    home: Address = space("sales")
    spec = dict(state(simple.store).resources[home].spec, description="by hand")
    changed = replace(state(simple.store).resources[home], spec=spec)

    replacing.push(simple, "sales", newer(state(simple.store), resources={home: changed}), AGREED)

    _, found = statekeeping.origins(simple.store, home, refuse)
    assert {one.path[0]: one.entry and one.entry.act for one in found} == {"description": "push", "name": "create"}


def test_apply_when_a_version_was_restored_then_the_plan_made_before_is_stale(simple: Workspace) -> None:
    wanted = replace(workspaces.written(simple.config.root, documents("three", "pbx")), store=simple.store)
    plan = pipeline.plan(wanted, actor=ADMIN)
    replacing.restore(simple, "sales", version(simple.store, size=1), AGREED)

    with pytest.raises(Conflict) as caught:
        workspaces.apply(wanted, ADMIN, plan)

    assert caught.value.reason == "plan_stale"


def test_actor_when_named_then_in_the_journal(simple: Workspace) -> None:
    other: Actor = ACTOR

    replacing.restore(simple, "sales", version(simple.store, size=1), Course(other, approve))

    assert {one.run.by for one in journal.read(simple.store, "sales", refuse) if one.act == "restore"} == {str(other)}
