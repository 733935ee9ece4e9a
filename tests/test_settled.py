"""A remembered plan is given back exactly while nothing that it was made from has moved."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import workspaces

from ssops import pipeline
from ssops import workspace as looking
from ssops.cache import Cache
from ssops.manifest import config
from ssops.model import Action
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
        yield looking.open(config.load(root / "ssops.yaml", None), cache, {})


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
    assert after == pipeline.plan(looking.open(workspace.config, None, {}))
