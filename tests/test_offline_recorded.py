"""`plan --against recorded`: recorded state plays the service, and the service is not asked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import repositories
import workspaces
from test_git_compare import core, offline

from ssops import pipeline
from ssops.model import Action, RoleVerdict, Severity
from ssops.plan import file
from ssops.state import document
from ssops.state.space import Intent
from ssops.workspace import Workspace


@pytest.fixture
def applied(tmp_path: Path) -> Workspace:
    workspaces.apply(workspaces.example(tmp_path))
    return workspaces.opened(tmp_path)


def edited(workspace: Workspace) -> None:
    root = workspace.config.root
    workspaces.edit(root / "spaces" / "field.yaml", lambda text: text.replace("Field service", "Engineers", 1))
    (root / "connections" / "field" / "badges.yaml").unlink()
    (root / "spaces" / "more.yaml").write_text(repositories.SPACE.format(ref="more"))


def test_plan_when_nothing_changed_then_it_is_empty(applied: Workspace) -> None:
    plan = pipeline.plan(offline(applied), against="recorded")

    assert (plan.changes, plan.against, plan.unchanged) == ((), "recorded", 10)


def test_plan_when_nobody_else_changed_anything_then_it_is_that_against_live(applied: Workspace) -> None:
    edited(applied)

    live = pipeline.plan(applied)
    plan = pipeline.plan(offline(applied), against="recorded")

    assert [change.action for change in plan.changes] == [Action.UPDATE, Action.CREATE, Action.REMOVE]
    assert [core(change) for change in plan.changes] == [core(change) for change in live.changes]
    assert (plan.digest, plan.basis) == (live.digest, live.basis)
    assert {change.role.verdict for change in plan.changes if change.role} == {RoleVerdict.UNKNOWN}


def test_plan_when_made_then_nothing_is_written(applied: Workspace) -> None:
    edited(applied)
    before = workspaces.fingerprint(applied.config.root)

    pipeline.plan(offline(applied), against="recorded", spaces=("field",), actor=workspaces.ADMIN)

    assert workspaces.fingerprint(applied.config.root) == before


def test_plan_when_a_space_is_named_then_it_alone_is_covered(applied: Workspace) -> None:
    edited(applied)

    plan = pipeline.plan(offline(applied), against="recorded", spaces=("more",))

    assert [str(change.address) for change in plan.changes] == ["space/more"]


def test_apply_when_the_plan_was_made_against_recorded_then_it_is_carried_out(applied: Workspace) -> None:
    root = applied.config.root
    workspaces.edit(root / "spaces" / "field.yaml", lambda text: text.replace("Field service", "Engineers", 1))
    plan = file.loads(file.dumps(pipeline.plan(offline(applied), against="recorded")).encode())

    done = workspaces.apply(applied, reviewed=plan)

    assert [outcome.status.value for outcome in done.outcomes] == ["applied"]
    assert pipeline.plan(applied).changes == ()


def test_plan_when_a_run_was_interrupted_then_it_is_said(applied: Workspace) -> None:
    path = applied.config.root / "state" / "field.json"
    state = document.loads(path.read_bytes(), "field")
    address = next(iter(state.resources))
    intent = Intent("key", Action.UPDATE, state.resources[address].id, {}, (), "plan", "2026-01-02T03:04:05Z", "me")
    path.write_bytes(document.dumps(replace(state, pending={address: intent}), "w"))

    plan = pipeline.plan(offline(applied), against="recorded")

    assert [(issue.rule, issue.severity) for issue in plan.issues] == [("recorded-pending", Severity.WARNING)]
    assert json.loads(file.dumps(plan))["issues"][0]["message"].startswith("an interrupted run began 1 change")
