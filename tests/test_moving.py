"""`ssops move` and `ssops drift --accept`: manifests and record change together, SpeechSense not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import workspaces
from workspaces import ADMIN

from ssops import accepting, drifting, moving, pipeline
from ssops.errors import UsageFault
from ssops.manifest import rewriting
from ssops.model import Address, FieldChange, Kind
from ssops.providers.base import Operation
from ssops.state import journal, recorded
from ssops.workspace import Workspace, states


def connection(space: str, ref: str) -> Address:
    return Address(Kind.CONNECTION, space, ref)


def space(ref: str) -> Address:
    return Address(Kind.SPACE, ref, ref)


@pytest.fixture
def applied(tmp_path: Path) -> Workspace:
    workspace = workspaces.example(tmp_path)
    workspaces.apply(workspace)
    return workspace


def live(workspace: Workspace) -> list[tuple[str, str]]:
    with workspace.provider.reader() as reader:
        return [(row.id, row.digest) for row in reader.rows()]


def move(workspace: Workspace, old: Address, new: Address) -> moving.Moved:
    return moving.run(workspace, old, new, ADMIN)


def with_project(workspace: Workspace) -> Address:
    """Give a connection that a project is of."""
    state = states(workspace).resources()
    project = next(one for one in state.entries if one.kind is Kind.PROJECT)
    return connection(project.space, state.spec(project)["connection"])


def test_move_when_a_connection_gets_another_ref_then_its_project_follows_and_nothing_is_to_do(
    applied: Workspace,
) -> None:
    old = with_project(applied)
    new = old._replace(ref="renamed")
    before = live(applied)

    moved = move(applied, old, new)

    assert (moved.is_recorded, len(moved.files)) == (True, 2)
    made = pipeline.plan(applied)
    assert (made.changes, made.issues) == ((), ())
    assert live(applied) == before
    state = states(applied).resources()
    assert (new in state.entries, old in state.entries) == (True, False)
    assert [entry.act for entry in journal.read(applied.store, old.space, fail)][-1] == "move"


def fail(fault: Exception) -> None:
    raise fault


def test_move_when_a_space_gets_another_ref_then_all_in_it_follows(applied: Workspace) -> None:
    inside = sum(one.space == "sales" for one in states(applied).resources().entries)
    before = live(applied)

    move(applied, space("sales"), space("retail"))

    made = pipeline.plan(applied)
    assert (made.changes, made.unmanaged) == ((), ())
    assert live(applied) == before
    found = states(applied).resources().entries
    assert sum(one.space == "retail" for one in found) == inside
    assert not any(one.space == "sales" for one in found)


@pytest.mark.parametrize("what", ["connection", "space"])
def test_move_when_cut_short_before_the_record_then_the_same_command_ends_it(
    applied: Workspace, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = with_project(applied) if what == "connection" else space("sales")
    new = old._replace(ref="renamed") if what == "connection" else space("retail")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(recorded, "save", killed)
        move(applied, old, new)

    assert move(applied, old, new).is_recorded
    assert pipeline.plan(applied).changes == ()


def test_move_when_a_space_is_cut_short_between_its_documents_then_the_same_command_ends_it(
    applied: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = recorded.save
    saves: list[int] = []

    def second(*args: object) -> object:
        saves.append(1)
        if len(saves) == 2:
            raise KeyboardInterrupt
        return save(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(recorded, "save", second)
        move(applied, space("sales"), space("retail"))

    move(applied, space("sales"), space("retail"))
    assert pipeline.plan(applied).changes == ()
    assert not any(one.space == "sales" for one in states(applied).resources().entries)


@pytest.mark.parametrize("written", range(4))
def test_move_when_cut_short_between_the_manifests_then_the_same_command_ends_it(
    applied: Workspace, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_ = rewriting._replace
    files: list[Path] = []

    def killed(path: Path, data: bytes) -> None:
        if len(files) == written:
            raise KeyboardInterrupt
        files.append(path)
        replace_(path, data)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(rewriting, "_replace", killed)
        move(applied, space("sales"), space("retail"))

    assert move(applied, space("sales"), space("retail")).is_recorded
    assert pipeline.plan(applied).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (connection("sales", "office-pbx"), connection("support", "office-pbx"), "move_space"),
        (connection("sales", "office-pbx"), space("office-pbx"), "move_kind"),
        (connection("sales", "nothing"), connection("sales", "other"), "move_unknown"),
        (space("sales"), space("support"), "move_taken"),
        (space("sales"), space("sales"), "move_same"),
    ],
)
def test_move_when_it_cannot_be_then_refused_and_nothing_is_written(
    applied: Workspace, old: Address, new: Address, reason: str
) -> None:
    root = applied.config.root
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}

    with pytest.raises(UsageFault) as caught:
        move(applied, old, new)

    assert caught.value.reason == reason
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


def meddle(workspace: Workspace, address: Address, *changes: FieldChange, **fields: object) -> None:
    """Change an object past ssops."""
    from ssops.model import Action

    entry = states(workspace).resources().entries[address]
    with workspace.provider.reader() as reader:
        row = next(row for row in reader.rows() if row.id == entry.id)
        spec = {**reader.spec(row.id), **fields}
    operation = Operation(f"hand-{address}", Action.UPDATE, row.kind, row.id, row.space_id, spec, changes)
    with workspace.provider.writer(ADMIN) as writer:
        writer.carry_out(operation)


def test_accept_when_a_field_was_changed_outside_then_the_line_says_it_and_comments_stay(applied: Workspace) -> None:
    address = connection("sales", "office-pbx")
    meddle(applied, address, FieldChange(("description",), "", "By hand: # 1"), description="By hand: # 1")
    root = applied.config.root
    place = pipeline.validate(applied).resources.entries[address].location
    assert place is not None
    before = (root / place.file).read_text().splitlines()
    assert pipeline.plan(applied).changes != ()

    found = drifting.drift(applied)
    accepted = accepting.run(applied, found, ADMIN)

    after = (root / place.file).read_text().splitlines()
    assert (accepted.addresses, accepted.files, accepted.left) == ((address,), (place.file,), ())
    changed = [line for line in after if line not in before]
    assert len(changed) == 1
    assert "By hand: # 1" in changed[0]
    assert pipeline.plan(applied).changes == ()
    assert drifting.drift(applied).drifted == ()
    assert [entry.act for entry in journal.read(applied.store, "sales", fail)][-1] == "accept"


def test_accept_when_cut_short_before_the_record_then_nothing_is_lost_and_nothing_is_to_do(
    applied: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = connection("sales", "office-pbx")
    meddle(applied, address, FieldChange(("description",), "", "By hand"), description="By hand")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(recorded, "save", killed)
        accepting.run(applied, drifting.drift(applied), ADMIN)

    assert pipeline.plan(applied).changes == ()
    assert drifting.drift(applied).drifted == ()


def test_accept_when_the_files_cannot_be_written_then_the_record_stays(
    applied: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = connection("sales", "office-pbx")
    meddle(applied, address, FieldChange(("description",), "", "By hand"), description="By hand")
    before = states(applied).serials

    def full(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(rewriting, "save", full)
    with pytest.raises(OSError, match="full"):
        accepting.run(applied, drifting.drift(applied), ADMIN)

    assert states(applied).serials == before


def test_accept_when_there_is_no_drift_then_nothing_is_written(applied: Workspace) -> None:
    before = states(applied).serials

    assert accepting.run(applied, drifting.drift(applied), ADMIN) == accepting.Accepted((), (), ())
    assert states(applied).serials == before
