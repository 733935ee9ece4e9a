"""Everything copied to another store: whole, read back, gone on with, never over something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import workspaces
from engines import ENGINES
from fakes import MemoryStore
from recordings import damage, documents, moved

from ssops import migrating, statekeeping
from ssops.errors import Conflict, NotAuthorized, StateFault, UsageFault
from ssops.manifest import config
from ssops.messages import say
from ssops.model import message
from ssops.state.base import StateStore
from ssops.workspace import Workspace

ADMIN = workspaces.ADMIN


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Give a workspace with two spaces in a store in memory."""
    made = moved(tmp_path, MemoryStore())
    second = [{**documents("x")[0], "ref": "support", "name": "Support"}]
    workspaces.apply(replace(workspaces.written(tmp_path, [*documents("two", "pbx"), *second]), store=made.store))
    return made


@pytest.fixture(params=list(ENGINES))
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StateStore]:
    with ENGINES[request.param](tmp_path / "target") as opens:
        yield opens()


def held(store: StateStore) -> dict[str, bytes]:
    """Give every document but the locks."""
    names = [*store.names()]
    names += [
        name for space in store.names() for kind in ("history", "journal") for name in store.names(f"{kind}/{space}")
    ]
    return {name: (store.get(name) or (b"", ""))[0] for name in names}


def test_migrate_when_the_target_is_empty_then_it_holds_the_same(workspace: Workspace, target: StateStore) -> None:
    before = held(workspace.store)

    made = migrating.copy(workspace, target, ADMIN)

    assert held(target) == held(workspace.store) == before
    assert (made.spaces, made.documents, made.copied) == (("sales", "support"), len(before), len(before))
    assert target.names("lock") == ()
    assert statekeeping.locks(workspace.store) == ()
    assert workspaces.apply(replace(workspaces.opened(workspace.config.root), store=target)).outcomes == ()


def test_migrate_when_done_again_then_nothing_is_copied(workspace: Workspace) -> None:
    target = MemoryStore()
    first = migrating.copy(workspace, target, ADMIN)

    again = migrating.copy(workspace, target, ADMIN)

    assert again == replace(first, copied=0)


class Full(MemoryStore):
    """A store whose disk is full after some writes."""

    left = 0

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        if self.left == 0:
            raise StateFault("state_unwritable", message("state.unwritable.hint"))
        self.left -= 1
        return super().put(name, data, expected)


def test_migrate_when_cut_short_after_any_write_then_it_goes_on(workspace: Workspace) -> None:
    before = held(workspace.store)
    for number in range(len(before)):
        target = Full()
        target.left = number
        with pytest.raises(StateFault):
            migrating.copy(workspace, target, ADMIN)
        assert all(space not in target.names() or whole(target, before, space) for space in ("sales", "support"))
        done = len(target.documents)
        target.left = len(before)

        made = migrating.copy(workspace, target, ADMIN)

        assert (held(target), made.copied) == (before, len(before) - done)


def whole(target: StateStore, before: dict[str, bytes], space: str) -> bool:
    """Tell whether a space whose state is there has the rest, too."""
    wanted = {name for name in before if f"/{space}/" in name}
    return wanted <= {*target.names(f"history/{space}"), *target.names(f"journal/{space}")}


def other_state(target: MemoryStore) -> None:
    target.put("sales", b"{}", None)


def other_journal(target: MemoryStore) -> None:
    target.put("journal/support/20260101t000000z-ff", b"{}", None)


def other_space(target: MemoryStore) -> None:
    target.put("hr", b"{}", None)


@pytest.mark.parametrize("fill", [other_state, other_journal], ids=["state", "journal"])
def test_migrate_when_the_target_holds_something_else_then_conflict_and_nothing_is_copied(
    workspace: Workspace, fill: Callable[[MemoryStore], None]
) -> None:
    target = MemoryStore()
    fill(target)
    before = dict(target.documents)

    with pytest.raises(Conflict) as caught:
        migrating.copy(workspace, target, ADMIN)

    assert (caught.value.reason, target.documents) == ("target_occupied", before)


def test_migrate_when_the_target_holds_other_spaces_then_they_stay(workspace: Workspace) -> None:
    target = MemoryStore()
    other_space(target)

    migrating.copy(workspace, target, ADMIN)

    assert target.names() == ("hr", "sales", "support")


def test_migrate_when_a_state_is_damaged_then_the_way_back_and_nothing_is_copied(workspace: Workspace) -> None:
    damage(workspace.store, "sales")
    target = MemoryStore()

    with pytest.raises(StateFault) as caught:
        migrating.copy(workspace, target, ADMIN)

    assert target.documents == {}
    assert caught.value.hint is not None
    assert "ssops state restore sales" in say(caught.value.hint)


class Lying(MemoryStore):
    """A store that gives back something else than it was given."""

    def get(self, name: str) -> tuple[bytes, str] | None:
        got = super().get(name)
        return got and (got[0].replace(b"two", b"owt"), got[1])


def test_migrate_when_a_copy_reads_back_otherwise_then_conflict(workspace: Workspace) -> None:
    with pytest.raises(Conflict) as caught:
        migrating.copy(workspace, Lying(), ADMIN)

    assert caught.value.reason == "target_occupied"


def test_migrate_when_an_answer_is_lost_then_all_the_same(workspace: Workspace) -> None:
    target = MemoryStore(lost=2)

    migrating.copy(workspace, target, ADMIN)

    assert held(target) == held(workspace.store)


def test_migrate_when_nothing_is_recorded_then_nothing_is_copied(tmp_path: Path) -> None:
    workspace = replace(workspaces.written(tmp_path, documents("one")), store=MemoryStore())

    assert migrating.copy(workspace, MemoryStore(), ADMIN) == migrating.Migrated((), 0, 0)


def test_migrate_when_nobody_says_who_then_not_authorized(workspace: Workspace) -> None:
    with pytest.raises(NotAuthorized):
        migrating.copy(workspace, MemoryStore(), None)


def test_migrate_when_the_file_names_another_folder_then_it_is_copied_there(workspace: Workspace) -> None:
    to = replace(workspace.config, state_name="file", state={"path": "other"})

    migrating.migrate(workspace, to, ADMIN)

    assert sorted(path.name for path in (workspace.config.root / "other").glob("*.json")) == [
        "sales.json",
        "support.json",
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"organization": "bpfother00000000001"}, "other_organization"),
        ({"root": Path("/nowhere")}, "usage"),
        ({}, "same_store"),
    ],
    ids=["organization", "folder", "same"],
)
def test_migrate_when_the_file_is_not_the_right_one_then_usage(
    workspace: Workspace, change: dict[str, object], reason: str
) -> None:
    to: config.Config = replace(workspace.config, **change)  # type: ignore[arg-type]

    with pytest.raises(UsageFault) as caught:
        migrating.migrate(workspace, to, ADMIN)

    assert caught.value.reason == reason
