"""A remembered plan is given back exactly while nothing that it was made from has moved."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import workspaces

from ssops import pipeline
from ssops import workspace as looking
from ssops.cache import Cache
from ssops.manifest import config, load
from ssops.manifest.load import Looked
from ssops.model import Action, Plan
from ssops.providers.base import Operation
from ssops.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    root = tmp_path / "repository"
    workspaces.apply(workspaces.example(root))
    long_ago = time.time() - 100
    for path in [*root.rglob("*"), root]:
        os.utime(path, (long_ago, long_ago))
    with Cache(tmp_path / "cache", "salt") as cache:
        yield opened(root, cache)


def opened(root: Path, cache: Cache | None) -> Workspace:
    return looking.open(config.load(root / "ssops.yaml", None), cache, {})


def plain(workspace: Workspace) -> Plan:
    """Make the plan of this moment without a memory."""
    return pipeline.plan(opened(workspace.config.root, None))


def manifests(workspace: Workspace) -> list[Path]:
    return sorted(
        path for part in workspace.config.manifests for path in (workspace.config.root / part).rglob("*.yaml")
    )


def settle() -> None:
    time.sleep(2.1)  # a file changed less than two seconds ago is not trusted to stay


def test_plan_when_it_is_empty_then_it_is_remembered_and_the_same(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    first = pipeline.plan(workspace)

    monkeypatch.setattr("ssops.manifest.load.load", None)
    again = pipeline.plan(workspace)

    assert first.changes == ()
    assert again == first


def reworded(workspace: Workspace) -> None:
    workspaces.edit(workspace.config.root / "spaces" / "field.yaml", lambda text: text.replace("Field", "Outer", 1))


def added(workspace: Workspace) -> None:
    text = "version: 1\nkind: space\nref: more\nname: More\n"
    (workspace.config.root / "spaces" / "more.yaml").write_text(text)


def removed(workspace: Workspace) -> None:
    (workspace.config.root / "connections" / "field" / "badges.yaml").unlink()


def changed_behind_the_back(workspace: Workspace) -> None:
    with workspace.provider.reader() as reader, workspace.provider.writer(workspaces.ADMIN) as writer:
        row = next(row for row in reader.spaces() if row.name == "Field service")
        writer.carry_out(Operation("k", Action.DELETE, row.kind, row.id, row.id, {}))


def forgotten(workspace: Workspace) -> None:
    (workspace.config.root / "state" / "field.json").unlink()


@pytest.mark.parametrize("move", [reworded, added, removed, changed_behind_the_back, forgotten])
def test_plan_when_anything_moved_then_it_is_made_anew(workspace: Workspace, move: Callable[[Workspace], None]) -> None:
    settle()
    before = pipeline.plan(workspace)

    move(workspace)
    after = pipeline.plan(workspace)

    assert before.changes == ()
    assert after.changes != ()
    assert after == plain(workspace)


def commented(workspace: Workspace) -> None:
    for path in manifests(workspace):
        workspaces.edit(path, lambda text: f"# a line more\n{text}# touched\n")


def written_anew(workspace: Workspace) -> None:
    for path in manifests(workspace):
        text = path.read_bytes()
        path.unlink()
        path.write_bytes(text)


def annotated(workspace: Workspace) -> None:
    path = workspace.config.root / "spaces" / "field.yaml"
    workspaces.edit(path, lambda text: text + "note: nobody is told\n")


@pytest.mark.parametrize("touch", [commented, written_anew, annotated])
def test_plan_when_touched_files_mean_the_same_then_it_is_recalled(
    workspace: Workspace, touch: Callable[[Workspace], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pipeline.plan(workspace)
    touch(workspace)
    expected = plain(workspace)

    monkeypatch.setattr("ssops.manifest.load.load", None)
    again = pipeline.plan(workspace)

    assert first.changes == ()
    assert again == first == expected


def test_plan_when_files_say_another_thing_and_then_the_same_again_then_each_time_what_is_so(
    workspace: Workspace,
) -> None:
    path = workspace.config.root / "spaces" / "field.yaml"
    before = path.read_text()
    first = pipeline.plan(workspace)

    reworded(workspace)
    between = pipeline.plan(workspace)
    path.write_text(before)
    after = pipeline.plan(workspace)

    assert [change.name for change in between.changes] == ["Outer service"]
    assert after == first


def mixed(workspace: Workspace) -> Path:
    path = workspace.config.root / "spaces" / "field.yaml"
    workspaces.edit(path, lambda text: text.replace("Field service", "Fi\u0435ld service"))  # a Cyrillic letter
    return path


def filtered_by_what_is_retired(workspace: Workspace) -> Path:
    path = workspace.config.root / "connections" / "sales" / "office-pbx.yaml"
    workspaces.edit(path, lambda text: text.replace("{name: Segment,", "{retired: true, name: Segment,"))
    return workspace.config.root / "projects" / "sales.yaml"


@pytest.mark.parametrize("warned", [mixed, filtered_by_what_is_retired])
def test_plan_when_it_has_warnings_then_their_places_are_those_of_now(
    workspace: Workspace, warned: Callable[[Workspace], Path]
) -> None:
    file = warned(workspace)
    workspaces.apply(workspace)
    before = pipeline.plan(workspace)

    workspaces.edit(file, lambda text: f"# a line more\n{text}")
    after = pipeline.plan(workspace)

    assert before.changes == after.changes == ()
    assert [issue.location.line + 1 for issue in before.issues] == [issue.location.line for issue in after.issues] != []
    assert after == plain(workspace)


def test_plan_when_the_teams_schemas_move_then_it_is_made_anew(workspace: Workspace) -> None:
    first = pipeline.plan(workspace)
    root, name = workspace.config.root, "team.schema.json"
    workspaces.edit(root / "ssops.yaml", lambda text: text.replace("policy:", f"policy:\n  schemas: [{name}]"))

    said = []
    for required in ("name", "owner"):
        (root / name).write_text(f'{{"x-ssops-kind": "space", "required": ["{required}"]}}')
        said.append(pipeline.plan(opened(root, workspace.cache)))

    assert said[0] == replace(first, basis=said[0].basis, digest=said[0].digest) != first
    assert {issue.rule for issue in said[1].issues} == {"policy-schema"}
    assert said[1] == plain(workspace)


@pytest.mark.parametrize("payload", [b"", b"null", b"[[1], []]", b"\xff", b"[" * 100_000, b"a\0\0b\0c\0d", b"0\0" * 9])
def test_plan_when_the_memory_says_nonsense_then_it_is_made_anew(workspace: Workspace, payload: bytes) -> None:
    first = pipeline.plan(workspace)
    cache = workspace.cache
    assert cache is not None
    cache._write()
    assert cache._connection is not None
    keys = cache._connection.execute("SELECT namespace, key FROM kept").fetchall()
    assert "settled" in {namespace for namespace, _ in keys}
    for namespace, key in keys:
        if namespace not in ("stamp", "state"):
            cache.put(namespace, key, payload)

    assert pipeline.plan(workspace) == first
    commented(workspace)
    assert pipeline.plan(workspace) == first


def test_plan_when_the_state_moves_while_it_is_made_then_it_is_not_remembered(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = load.look
    document = workspace.config.root / "state" / "field.json"
    data = document.read_bytes()
    document.unlink()

    def and_write(*given: Any) -> Looked:
        document.write_bytes(data)  # by another run, between our looks at it
        return look(*given)

    monkeypatch.setattr("ssops.manifest.load.look", and_write)
    meanwhile = pipeline.plan(workspace)
    monkeypatch.undo()
    document.unlink()

    assert meanwhile.changes == ()
    assert pipeline.plan(workspace).changes != ()
