"""`ssops import`: what is in SpeechSense becomes manifests and records, and then there is nothing to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import workspaces
from hypothesis import HealthCheck, given, settings

from ssops import importing, pipeline, upkeep
from ssops.apply.calls import is_recorded_only
from ssops.errors import Conflict, UsageFault
from ssops.model import Action, Verdict
from ssops.state import journal
from ssops.workspace import Workspace, states


@pytest.fixture
def foreign(tmp_path: Path) -> Workspace:
    """The examples are in the service; there is neither state nor a manifest."""
    workspaces.apply(workspaces.example(tmp_path))
    for folder in ("state", "spaces", "connections", "projects"):
        shutil.rmtree(tmp_path / folder, ignore_errors=True)
    (tmp_path / "spaces").mkdir()
    (tmp_path / "connections").mkdir()
    return workspaces.opened(tmp_path)


def run(workspace: Workspace, *spaces: str, is_dry: bool = False) -> importing.Imported:
    return importing.run(workspace, spaces, workspaces.ADMIN, is_dry=is_dry)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.yaml"))


def test_run_when_nothing_is_known_then_all_is_written_and_the_plan_is_empty(foreign: Workspace) -> None:
    root = foreign.config.root

    found = run(foreign)

    assert (len(found.taken), found.known) == (10, 0)
    assert all((root / (one.file or "")).is_file() for one in found.taken)
    again = workspaces.opened(root)
    made = pipeline.plan(again, actor=workspaces.ADMIN)
    assert (made.changes, made.issues, made.unmanaged) == ((), (), ())
    assert run(again) == importing.Imported((), 10)
    told = [entry for space in states(again).summaries for entry in journal.read(again.store, space, fail)]
    assert {entry.act for entry in told} == {"import"}
    assert len(told) == 10


def fail(fault: Exception) -> None:
    raise fault


def test_run_when_dry_then_the_same_is_said_and_nothing_is_written(foreign: Workspace) -> None:
    root = foreign.config.root
    before = sorted(root.rglob("*"))

    would = run(foreign, is_dry=True)

    assert sorted(root.rglob("*")) == before
    assert run(foreign) == would


def test_run_when_only_one_space_is_named_then_the_others_stay_unmanaged(foreign: Workspace) -> None:
    with foreign.provider.reader() as reader:
        home = reader.spaces()[0]

    found = run(foreign, home.name)

    assert len({one.address.space for one in found.taken}) == 1
    assert pipeline.plan(workspaces.opened(foreign.config.root)).verdict is Verdict.NO_CHANGES
    with pytest.raises(UsageFault) as caught:
        run(foreign, home.name[:-1])
    assert caught.value.reason == "unknown_space"


def test_run_when_manifests_bear_the_names_then_they_are_recorded_and_nothing_is_written(tmp_path: Path) -> None:
    workspace = workspaces.example(tmp_path)
    workspaces.apply(workspace)
    shutil.rmtree(tmp_path / "state")
    before = files(tmp_path)

    found = run(workspace)

    assert {one.file for one in found.taken} == {None}
    assert files(tmp_path) == before
    # SpeechSense does not know what is retired: that is recorded by an apply, which calls nothing.
    assert all(map(is_recorded_only, pipeline.plan(workspaces.opened(tmp_path)).changes))


def test_run_when_manifests_differ_from_live_then_the_difference_is_planned_as_an_update(tmp_path: Path) -> None:
    workspace = workspaces.example(tmp_path)
    workspaces.apply(workspace)
    shutil.rmtree(tmp_path / "state")
    path = next(path for path in (tmp_path / "spaces").rglob("*.yaml") if "description:" in path.read_text())
    lines = path.read_text().splitlines()
    path.write_text("\n".join("description: Otherwise" if x.startswith("description:") else x for x in lines) + "\n")
    workspace = workspaces.opened(tmp_path)

    run(workspace)

    [change] = [one for one in pipeline.plan(workspace).changes if not is_recorded_only(one)]
    assert (change.action, [field.path for field in change.fields]) == (Action.UPDATE, [("description",)])


def test_run_when_a_file_is_in_the_way_then_nothing_is_written(foreign: Workspace) -> None:
    root = foreign.config.root
    target = run(foreign, is_dry=True).taken[0].file
    assert target is not None
    (root / target).parent.mkdir(parents=True, exist_ok=True)
    (root / target).write_text("# taken\n")
    before = sorted(root.rglob("*"))

    with pytest.raises(Conflict) as caught:
        run(foreign)

    assert caught.value.reason == "file_exists"
    assert [path for path in sorted(root.rglob("*")) if "state" not in str(path)] == before
    assert states(foreign).summaries == {}


def test_run_when_something_was_forgotten_then_its_manifest_is_found_again(tmp_path: Path) -> None:
    workspace = workspaces.example(tmp_path)
    workspaces.apply(workspace)
    address = next(one for one in states(workspace).resources().entries if one.kind.value == "connection")
    upkeep.forget(workspace, address, workspaces.ADMIN)

    found = run(workspace)

    assert [(one.address, one.file) for one in found.taken] == [(address, None)]
    assert all(map(is_recorded_only, pipeline.plan(workspace).changes))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=workspaces.documents())
def test_run_when_anything_was_applied_then_import_plan_is_empty(
    tmp_path_factory: pytest.TempPathFactory, documents: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("import")
    workspace = workspaces.written(folder, documents)
    workspaces.apply(workspace)
    shutil.rmtree(folder / "manifests")
    shutil.rmtree(folder / "state", ignore_errors=True)
    (folder / "manifests").mkdir()
    workspace = workspaces.opened(folder)

    run(workspace)

    made = pipeline.plan(workspaces.opened(folder))
    assert (made.changes, made.unmanaged) == ((), ())
