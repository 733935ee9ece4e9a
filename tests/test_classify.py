from __future__ import annotations

from typing import Any

import pytest
from planning import ALL, PBX, PBX_SPEC, SPACE, SPACE_SPEC, SPLIT_SPEC, VIP, VIP_SPEC, plan, put

from ssops.domain.rules import PLAN
from ssops.messages import catalogue, say
from ssops.model import Action, Address, Execution, FieldChange, Kind, Reversibility, Spec
from ssops.plan.classify import MATRIX, Class, classify, whole

FREE, ONE_WAY, NEVER = Reversibility.REVERSIBLE, Reversibility.ONE_WAY, Reversibility.IMPOSSIBLE

KEY = ("agent", "keys", "order_id")
NEW_KEY = {"type": "url", "name": "New", "description": ""}
RENAMED = put(put(PBX_SPEC, KEY, None), ("agent", "keys", "order_no"), PBX_SPEC["agent"]["keys"]["order_id"])
MOVED = put(put(PBX_SPEC, KEY, None), ("shared", "keys", "order_id"), PBX_SPEC["agent"]["keys"]["order_id"])

ROWS: dict[str, tuple[Address, Spec, Spec, Reversibility, tuple[str, ...]]] = {
    "connection name": (PBX, PBX_SPEC, put(PBX_SPEC, ("name",), "B"), NEVER, ("connection-name-fixed",)),
    "connection description": (PBX, PBX_SPEC, put(PBX_SPEC, ("description",), "B"), FREE, ()),
    "connection data type": (
        PBX,
        PBX_SPEC,
        put(PBX_SPEC, ("data_type",), "chat"),
        NEVER,
        ("connection-data-type-fixed",),
    ),
    "agent channel": (PBX, PBX_SPEC, put(PBX_SPEC, ("agent", "channel"), 1), NEVER, ("connection-channel-fixed",)),
    "customer channel": (
        PBX,
        PBX_SPEC,
        put(PBX_SPEC, ("customer", "channel"), 0),
        NEVER,
        ("connection-channel-fixed",),
    ),
    "channel gone": (PBX, PBX_SPEC, put(PBX_SPEC, ("agent", "channel"), None), NEVER, ("connection-channel-fixed",)),
    "split length": (PBX, SPLIT_SPEC, put(SPLIT_SPEC, ("split", "segment_s"), 9), NEVER, ("connection-split-fixed",)),
    "split mode": (
        PBX,
        SPLIT_SPEC,
        put(SPLIT_SPEC, ("split",), {"by": "phrases", "start": ["a"]}),
        NEVER,
        ("connection-split-fixed",),
    ),
    "split off": (PBX, SPLIT_SPEC, put(SPLIT_SPEC, ("split",), None), NEVER, ("connection-split-fixed",)),
    "split on": (PBX, put(SPLIT_SPEC, ("split",), None), SPLIT_SPEC, NEVER, ("connection-split-fixed",)),
    "key renamed": (PBX, PBX_SPEC, RENAMED, NEVER, ("key-creation-one-way", "key-removed")),
    "key display name": (PBX, PBX_SPEC, put(PBX_SPEC, (*KEY, "name"), "B"), FREE, ()),
    "key description": (PBX, PBX_SPEC, put(PBX_SPEC, (*KEY, "description"), "B"), FREE, ()),
    "key type": (PBX, PBX_SPEC, put(PBX_SPEC, (*KEY, "type"), "string"), NEVER, ("key-type-fixed",)),
    "key added": (
        PBX,
        PBX_SPEC,
        put(PBX_SPEC, ("agent", "keys", "new"), NEW_KEY),
        ONE_WAY,
        ("key-creation-one-way",),
    ),
    "key removed": (PBX, PBX_SPEC, put(PBX_SPEC, KEY, None), NEVER, ("key-removed",)),
    "key moved": (PBX, PBX_SPEC, MOVED, NEVER, ("key-moved",)),
    "space name": (SPACE, SPACE_SPEC, put(SPACE_SPEC, ("name",), "B"), FREE, ()),
    "space description": (SPACE, SPACE_SPEC, put(SPACE_SPEC, ("description",), "B"), FREE, ()),
    "billing linked": (SPACE, put(SPACE_SPEC, ("billing_account",), None), SPACE_SPEC, FREE, ()),
    "billing changed": (SPACE, SPACE_SPEC, put(SPACE_SPEC, ("billing_account",), "dn2b"), FREE, ()),
    "billing unlinked": (SPACE, SPACE_SPEC, put(SPACE_SPEC, ("billing_account",), None), NEVER, ("billing-unlink",)),
    "access": (SPACE, SPACE_SPEC, put(SPACE_SPEC, ("access",), {}), FREE, ()),
    "project name": (VIP, VIP_SPEC, put(VIP_SPEC, ("name",), "B"), FREE, ()),
    "project description": (VIP, VIP_SPEC, put(VIP_SPEC, ("description",), "B"), FREE, ()),
    "project connection": (VIP, VIP_SPEC, put(VIP_SPEC, ("connection",), "b"), NEVER, ("project-connection-fixed",)),
    "project filter changed": (
        VIP,
        VIP_SPEC,
        put(VIP_SPEC, ("filters", "order_id"), "2"),
        NEVER,
        ("project-filters-fixed",),
    ),
    "project filter removed": (VIP, VIP_SPEC, put(VIP_SPEC, ("filters",), {}), NEVER, ("project-filters-fixed",)),
    "project filter added": (VIP, VIP_SPEC, put(VIP_SPEC, ("filters", "b"), "2"), NEVER, ("project-filters-fixed",)),
}
"""Every field of the immutability matrix: live spec, desired spec, how final, rules."""


@pytest.mark.parametrize(("address", "live", "wanted", "final", "rules"), ROWS.values(), ids=ROWS)
def test_matrix_when_a_field_is_edited_then_it_is_classed(
    address: Address, live: Spec, wanted: Spec, final: Reversibility, rules: tuple[str, ...]
) -> None:
    made = plan({**ALL, address: wanted}, {**ALL, address: live})

    change = next(change for change in made.changes if change.address == address)
    execution = Execution.BLOCKED if final is NEVER else Execution.AUTO
    assert (change.action, change.reversibility, change.rules) == (Action.UPDATE, final, rules)
    assert change.execution is execution
    assert (change.remedy is not None) == (final is NEVER)
    assert all(say(said) for said in (change.reason, change.remedy) if said is not None)


@pytest.mark.parametrize(
    ("kind", "action", "expected"),
    [
        (Kind.SPACE, Action.CREATE, Class(FREE)),
        (Kind.CONNECTION, Action.CREATE, Class(ONE_WAY, "connection-creation-one-way")),
        (Kind.PROJECT, Action.CREATE, Class(FREE)),
        (Kind.SPACE, Action.DELETE, Class(ONE_WAY, "space-deletion")),
        (Kind.CONNECTION, Action.DELETE, Class(NEVER, "connection-never-deleted")),
        (Kind.PROJECT, Action.DELETE, Class(ONE_WAY, "project-deletion")),
        (Kind.SPACE, Action.REMOVE, Class(ONE_WAY, "removal-not-asked")),
        (Kind.CONNECTION, Action.REMOVE, Class(NEVER, "connection-never-deleted")),
        (Kind.PROJECT, Action.REMOVE, Class(ONE_WAY, "removal-not-asked")),
        (Kind.CONNECTION, Action.RETIRE, Class(FREE)),
    ],
)
def test_matrix_when_a_whole_resource_moves_then_it_is_classed(kind: Kind, action: Action, expected: Class) -> None:
    assert whole(kind, action) == expected


def test_classify_when_the_resource_is_new_then_its_fields_are_not_judged() -> None:
    change = FieldChange(("data_type",), None, "chat")

    assert classify(Kind.CONNECTION, Action.CREATE, change) == change


def test_matrix_when_a_row_names_a_rule_then_the_rule_exists() -> None:
    named = {cell.rule for row in MATRIX.values() for cell in (row.add, row.change, row.remove)} - {""}

    assert named <= set(PLAN)


@pytest.mark.parametrize("rule", PLAN)
def test_rules_when_one_is_explained_then_title_reason_and_remedy_are_said(rule: str) -> None:
    sentences: dict[str, Any] = catalogue("en")

    told = [f"rule.{rule}.title", f"rule.{rule}.why", rule if rule != "provider-cannot" else "provider-cannot.remedy"]
    assert [id for id in told if not (sentences.get(id) or sentences.get(f"{id}.other"))] == []
