from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planning import (
    ALL,
    CAPABILITIES,
    PBX,
    PBX_SPEC,
    SPACE,
    SPACE_SPEC,
    SPLIT_SPEC,
    VIP,
    VIP_SPEC,
    desired,
    inputs,
    marked,
    plan,
    put,
    recorded,
)

from ssops.messages import say
from ssops.model import (
    Action,
    Address,
    Annotations,
    Change,
    Execution,
    Kind,
    Location,
    Plan,
    Resources,
    Reversibility,
    Role,
    Severity,
    Spec,
    Unrecorded,
    Verdict,
)
from ssops.plan import make
from ssops.plan.inputs import Inputs

SUPPORT = Address(Kind.SPACE, "support", "support")
CHATS = Address(Kind.CONNECTION, "sales", "recordings")


def only(made: Plan) -> Change:
    (change,) = made.changes
    return change


def refuse(address: Address) -> NoReturn:
    raise AssertionError(address)


def test_make_when_nothing_changed_then_no_spec_is_read() -> None:
    given_ = inputs(ALL, ALL)
    blind: dict[str, Any] = {
        name: Resources(getattr(given_, name).entries, refuse) for name in ("desired", "recorded", "live")
    }

    made = make.make(replace(given_, **blind))

    assert (made.changes, made.unchanged, made.verdict) == ((), 3, Verdict.NO_CHANGES)


def test_make_when_live_is_completed_by_the_service_then_the_observed_digest_tells_it_is_unchanged() -> None:
    state = Resources({PBX: recorded({PBX: PBX_SPEC}).entries[PBX]._replace(observed="d")}, refuse)
    live = marked(recorded({PBX: PBX_SPEC}), PBX, digest="d")

    made = make.make(replace(inputs({PBX: PBX_SPEC}), recorded=state, live=live))

    assert (made.changes, made.unchanged) == ((), 1)


def test_make_when_all_is_new_then_spaces_come_before_connections_before_projects() -> None:
    made = plan(ALL)

    assert [(change.address, change.action, change.execution) for change in made.changes] == [
        (SPACE, Action.CREATE, Execution.AUTO),
        (PBX, Action.CREATE, Execution.AUTO),
        (VIP, Action.CREATE, Execution.AUTO),
    ]
    assert [change.role for change in made.changes] == [
        Role("speech-sense.admin", "organization"),
        Role("speech-sense.editor", "space/sales"),
        Role("speech-sense.editor", "space/sales"),
    ]
    assert made.changes[1].reversibility is Reversibility.ONE_WAY
    assert [field.path for field in made.changes[2].fields] == [
        ("connection",),
        ("description",),
        ("filters",),
        ("name",),
    ]
    assert made.verdict is Verdict.CHANGES


def test_make_when_a_change_is_made_then_it_carries_name_place_and_annotations() -> None:
    notes = Annotations(owner="ops", note="n", ticket="T-1")
    wanted = marked(desired({SPACE: SPACE_SPEC}), SPACE, annotations=notes)

    change = only(plan(wanted))

    assert (change.name, change.location, change.annotations) == ("Sales", Location("space/sales.yaml", 4, 1), notes)


def test_make_when_recorded_is_gone_from_live_then_it_is_created_again_and_says_so() -> None:
    change = next(c for c in plan(ALL, ALL, {SPACE: SPACE_SPEC, VIP: VIP_SPEC}).changes)

    assert (change.address, change.action) == (PBX, Action.CREATE)
    assert change.reason is not None
    assert change.reason.id == "create.gone"


def test_make_when_a_manifest_already_says_what_is_live_then_nothing_is_to_do() -> None:
    moved = {**ALL, PBX: put(PBX_SPEC, ("description",), "by hand")}

    made = plan(moved, ALL, moved)

    assert (made.changes, made.unchanged) == ((), 3)


def test_make_when_only_retired_changes_then_only_the_record_does() -> None:
    change = only(plan({**ALL, PBX: put(PBX_SPEC, ("retired",), True)}, ALL))

    assert (change.action, change.reversibility, change.execution) == (
        Action.RETIRE,
        Reversibility.REVERSIBLE,
        Execution.AUTO,
    )


def test_make_when_access_changes_then_admin_is_needed() -> None:
    change = only(plan({**ALL, SPACE: put(SPACE_SPEC, ("access",), {})}, ALL))

    assert change.role == Role("speech-sense.admin", "space/sales")


def test_make_when_one_field_is_impossible_then_the_others_are_still_listed() -> None:
    wanted = put(put(PBX_SPEC, ("data_type",), "chat"), ("description",), "new")

    change = only(plan({**ALL, PBX: wanted}, ALL))

    assert [(field.path, field.reversibility) for field in change.fields] == [
        (("data_type",), Reversibility.IMPOSSIBLE),
        (("description",), Reversibility.REVERSIBLE),
    ]
    assert change.execution is Execution.BLOCKED


def test_make_when_a_key_is_swapped_for_a_similar_one_then_it_looks_like_a_rename() -> None:
    key = PBX_SPEC["agent"]["keys"]["order_id"]
    wanted = put(put(PBX_SPEC, ("agent", "keys", "order_id"), None), ("agent", "keys", "order_ids"), key)

    change = only(plan({**ALL, PBX: wanted}, ALL))

    assert change.reason is not None
    assert "looks like a rename" in say(change.reason)
    assert "'order_ids'" in say(change.reason)


def test_make_when_a_key_cannot_change_then_the_ladder_is_told() -> None:
    change = only(plan({**ALL, PBX: put(PBX_SPEC, ("agent", "keys", "order_id", "type"), "string")}, ALL))

    assert change.remedy is not None
    assert say(change.remedy) == (
        "write type: number again; for values of type string keep 'order_id' with retired: true and add a key "
        "'order_id_v2' of that type; if that will not do, add a new connection"
    )


REMOVED: dict[str, tuple[Mapping[Address, Spec], Mapping[Address, Spec] | None, Address, str, str]] = {
    "connection": ({SPACE: SPACE_SPEC}, None, PBX, "connection-never-deleted", "ssops forget connection/sales/pbx"),
    "project": ({SPACE: SPACE_SPEC, PBX: PBX_SPEC}, None, VIP, "removal-not-asked", "delete: true"),
    "space": ({PBX: PBX_SPEC, VIP: VIP_SPEC}, None, SPACE, "removal-not-asked", "delete: true"),
    "connection gone from live": (
        {SPACE: SPACE_SPEC, VIP: VIP_SPEC},
        {SPACE: SPACE_SPEC, VIP: VIP_SPEC},
        PBX,
        "connection-never-deleted",
        "run: ssops forget connection/sales/pbx",
    ),
    "connection under a new ref": (
        {SPACE: SPACE_SPEC, Address(Kind.CONNECTION, "sales", "office"): PBX_SPEC},
        None,
        PBX,
        "connection-never-deleted",
        "write its old ref again",
    ),
    "connection in another space": (
        {SPACE: SPACE_SPEC, SUPPORT: SPACE_SPEC, Address(Kind.CONNECTION, "support", "pbx"): PBX_SPEC},
        None,
        PBX,
        "connection-space-fixed",
        "write space: sales again",
    ),
    "space under a new ref": ({SUPPORT: SPACE_SPEC}, None, SPACE, "removal-not-asked", "write its old ref again"),
}


@pytest.mark.parametrize(("wanted", "live", "address", "rule", "told"), REMOVED.values(), ids=REMOVED)
def test_make_when_a_document_is_gone_then_the_plan_is_blocked_and_tells_what_to_do(
    wanted: Mapping[Address, Spec], live: Mapping[Address, Spec] | None, address: Address, rule: str, told: str
) -> None:
    made = plan(wanted, ALL, live)

    change = next(change for change in made.changes if change.address == address)
    assert (change.action, change.execution, made.verdict) == (Action.REMOVE, Execution.BLOCKED, Verdict.BLOCKED)
    assert rule in change.rules
    assert change.remedy is not None
    assert told in say(change.remedy)


def test_make_when_a_space_and_all_in_it_are_to_go_then_it_is_one_deletion() -> None:
    wanted = marked(desired({SPACE: SPACE_SPEC}), SPACE, delete=True)

    change = only(plan(wanted, ALL))

    assert (change.address, change.action, change.reversibility, change.execution, change.rules, change.role) == (
        SPACE,
        Action.DELETE,
        Reversibility.ONE_WAY,
        Execution.AUTO,
        ("space-deletion",),
        Role("speech-sense.admin", "space/sales"),
    )
    assert change.reason is not None
    assert "also 2 objects" in say(change.reason)


def test_make_when_a_space_is_to_go_and_holds_something_then_it_is_blocked() -> None:
    wanted = marked(desired({SPACE: SPACE_SPEC, PBX: PBX_SPEC}), SPACE, delete=True)

    changes = {change.address: change for change in plan(wanted, ALL).changes}

    assert changes[SPACE].rules == ("space-deletion", "space-not-empty")
    assert changes[SPACE].execution is Execution.BLOCKED
    assert changes[VIP].action is Action.REMOVE


def test_make_when_deletions_are_asked_for_then_they_come_last_and_from_the_inside_out() -> None:
    other = Address(Kind.SPACE, "zoo", "zoo")
    wanted = marked(
        marked(desired({**ALL, other: {"name": "Zoo", "description": ""}}), SPACE, delete=True), VIP, delete=True
    )
    wanted = Resources({address: one for address, one in wanted.entries.items() if address != PBX}, wanted.load)

    assert [(c.address, c.action) for c in plan(wanted, ALL).changes] == [
        (other, Action.CREATE),
        (VIP, Action.DELETE),
        (SPACE, Action.DELETE),
    ]


@pytest.mark.parametrize("known", [{}, {SPACE: SPACE_SPEC}], ids=["never there", "gone from live"])
def test_make_when_what_is_to_be_deleted_is_not_there_then_nothing_is_to_do(known: Mapping[Address, Spec]) -> None:
    made = plan(marked(desired({SPACE: SPACE_SPEC}), SPACE, delete=True), known, {})

    assert (made.changes, made.unchanged) == ((), 1)


def test_make_when_a_resource_is_not_managed_then_it_never_changes() -> None:
    wanted = marked(desired({**ALL, PBX: SPLIT_SPEC}), PBX, managed=False)

    made = plan(wanted, ALL)

    assert (made.changes, made.unchanged) == ((), 2)


@pytest.mark.parametrize(
    ("parent", "known", "child"),
    [(SPACE, {}, PBX), (PBX, {SPACE: SPACE_SPEC}, VIP)],
    ids=["space", "connection"],
)
def test_make_when_an_unmanaged_parent_is_not_recorded_then_its_child_is_blocked(
    parent: Address, known: Mapping[Address, Spec], child: Address
) -> None:
    wanted = marked(desired(ALL), parent, managed=False)

    changes = {change.address: change for change in plan(wanted, known).changes}

    assert changes[child].execution is Execution.BLOCKED
    assert "parent-not-recorded" in changes[child].rules


TAKEN = {
    "space": (SPACE, Unrecorded(Kind.SPACE, "f3f1", None, "Sales"), True),
    "connection": (PBX, Unrecorded(Kind.CONNECTION, "eag1", "sales", "Office PBX"), True),
    "project": (VIP, Unrecorded(Kind.PROJECT, "eag2", "sales", "VIP"), True),
    "elsewhere": (PBX, Unrecorded(Kind.CONNECTION, "eag1", "other", "Office PBX"), False),
    "another kind": (PBX, Unrecorded(Kind.PROJECT, "eag1", "sales", "Office PBX"), False),
    "another name": (PBX, Unrecorded(Kind.CONNECTION, "eag1", "sales", "Other"), False),
}


@pytest.mark.parametrize(("address", "other", "is_taken"), TAKEN.values(), ids=TAKEN)
def test_make_when_an_unrecorded_object_has_the_name_then_creation_is_blocked(
    address: Address, other: Unrecorded, is_taken: bool
) -> None:
    made = plan(ALL, unrecorded=(other,))

    change = next(change for change in made.changes if change.address == address)
    assert ("name-taken" in change.rules) is is_taken
    assert (change.execution is Execution.BLOCKED) is is_taken
    assert not is_taken or f"ssops adopt {address} {other.id}" in say(change.remedy)  # type: ignore[arg-type]
    assert made.unmanaged == (f"{other.kind} '{other.name}' ({other.id})",)


@pytest.mark.parametrize(
    ("capabilities", "execution", "rules"),
    [
        ({}, Execution.BLOCKED, ("provider-cannot",)),
        ({(Kind.SPACE, Action.CREATE): Execution.BLOCKED}, Execution.BLOCKED, ("provider-cannot",)),
        ({(Kind.SPACE, Action.CREATE): Execution.ASSISTED}, Execution.ASSISTED, ()),
    ],
    ids=["unnamed", "none", "assisted"],
)
def test_make_when_the_provider_says_who_then_the_change_says_so(
    capabilities: Mapping[tuple[Kind, Action], Execution], execution: Execution, rules: tuple[str, ...]
) -> None:
    change = only(plan({SPACE: SPACE_SPEC}, capabilities=capabilities))

    assert (change.execution, change.rules) == (execution, rules)


@pytest.mark.parametrize(("limit", "verdict"), [(2, Verdict.BLOCKED), (3, Verdict.CHANGES), (None, Verdict.CHANGES)])
def test_make_when_a_space_has_more_changes_than_the_policy_then_the_plan_is_blocked(
    limit: int | None, verdict: Verdict
) -> None:
    made = plan(ALL, max_changes=limit)

    assert made.verdict is verdict
    assert [(i.severity, i.rule, i.location.file) for i in made.issues] == (
        [(Severity.ERROR, "policy-max-changes", "ssops.yaml")] if verdict is Verdict.BLOCKED else []
    )
    assert made.blocked == ()


def test_make_when_live_drifted_then_the_reason_says_so() -> None:
    change = only(plan(ALL, ALL, {**ALL, PBX: put(PBX_SPEC, ("description",), "by hand")}))

    assert change.fields[0].drift
    assert change.reason is not None
    assert say(change.reason) == "1 field was changed outside ssops; this puts back what the manifests say"


def test_digest_when_only_places_and_annotations_move_then_it_stays() -> None:
    moved = marked(desired(ALL), PBX, location=Location("other.yaml", 9, 9), annotations=Annotations("someone"))

    assert plan(moved).digest == plan(desired(ALL)).digest


OTHER_PLANS: dict[str, dict[str, Any]] = {
    "organization": {"organization": "other"},
    "serial": {"serials": {"sales": ("lineage", 4)}},
    "lineage": {"serials": {"sales": ("other", 3)}},
    "policy": {"max_changes": 40},
    "live": {"live": recorded({**ALL, PBX: put(PBX_SPEC, ("description",), "x")})},
    "desired": {"desired": desired({**ALL, SPACE: put(SPACE_SPEC, ("name",), "New")})},
    "unmanaged": {"desired": marked(desired({**ALL, VIP: put(VIP_SPEC, ("name",), "New")}), VIP, managed=False)},
    "who": {"capabilities": {**CAPABILITIES, (Kind.CONNECTION, Action.UPDATE): Execution.ASSISTED}},
}


@pytest.mark.parametrize("changed", OTHER_PLANS.values(), ids=OTHER_PLANS)
def test_digest_when_anything_the_plan_depends_on_moves_then_it_is_another(changed: dict[str, Any]) -> None:
    base = inputs({**ALL, PBX: put(PBX_SPEC, ("description",), "new")}, ALL)
    wanted = {"desired": base.desired, **changed}

    assert make.make(replace(base, **wanted)).digest != make.make(base).digest


def test_digest_when_part_of_a_plan_was_applied_then_its_desired_basis_stays() -> None:
    before, after = plan(ALL), plan(ALL, {SPACE: SPACE_SPEC})

    assert after.basis["desired"] == before.basis["desired"]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])  # the first imports DeepDiff
@given(st.integers(0, 2**32))
def test_make_when_inputs_are_shuffled_then_the_plan_is_the_same(seed: int) -> None:
    other = Address(Kind.CONNECTION, "sales", "office")
    wanted = {SPACE: put(SPACE_SPEC, ("name",), "New"), SUPPORT: SPLIT_SPEC, other: PBX_SPEC, VIP: VIP_SPEC}
    unrecorded = (Unrecorded(Kind.SPACE, "f2", None, "Recordings"), Unrecorded(Kind.SPACE, "f1", None, "Recordings"))
    base = inputs(wanted, ALL, unrecorded=unrecorded, serials={"sales": ("l", 1), "support": ("l", 2)}, max_changes=1)

    made = make.make(_shuffled(base, random.Random(seed)))

    assert made == make.make(base)


def _shuffled(base: Inputs, dice: random.Random) -> Inputs:
    def mixed(resources: Resources) -> Resources:
        entries = list(resources.entries.items())
        dice.shuffle(entries)
        return Resources(dict(entries), lambda address: _mixed_keys(resources.load(address), dice))

    return replace(
        base,
        spaces=tuple(dice.sample(base.spaces, len(base.spaces))),
        desired=mixed(base.desired),
        recorded=mixed(base.recorded),
        live=mixed(base.live),
        unrecorded=tuple(dice.sample(base.unrecorded, len(base.unrecorded))),
        serials=dict(dice.sample(list(base.serials.items()), len(base.serials))),
    )


def _mixed_keys(value: Any, dice: random.Random) -> Any:
    if not isinstance(value, dict):
        return value
    rows = [(key, _mixed_keys(inner, dice)) for key, inner in value.items()]
    dice.shuffle(rows)
    return dict(rows)


OTHER = Address(Kind.SPACE, "field", "field")
THIRD = Address(Kind.SPACE, "zone", "zone")
NAMED: dict[Address, Spec] = {SPACE: SPACE_SPEC, OTHER: {"name": "Field", "description": ""}}


def renamed(**names: str) -> dict[Address, Spec]:
    return {address: {**spec, "name": names.get(address.ref, spec["name"])} for address, spec in NAMED.items()}


def test_make_when_a_space_to_be_deleted_is_not_there_then_nothing_is_created_in_it() -> None:
    made = plan(marked(desired({SPACE: SPACE_SPEC, PBX: PBX_SPEC}), SPACE, delete=True))

    change = only(made)
    assert (change.address, change.execution) == (PBX, Execution.BLOCKED)
    assert "space-not-empty" in change.rules


@pytest.mark.parametrize(("address", "kind"), [(SPACE, Kind.SPACE), (VIP, Kind.PROJECT)], ids=["space", "project"])
def test_make_when_an_unrecorded_object_has_the_new_name_then_the_renaming_is_blocked(
    address: Address, kind: Kind
) -> None:
    other = Unrecorded(kind, "f3f1", None if kind is Kind.SPACE else "sales", "Taken")

    change = only(plan({**ALL, address: put(ALL[address], ("name",), "Taken")}, ALL, unrecorded=(other,)))

    assert (change.execution, change.rules) == (Execution.BLOCKED, ("name-taken",))


def test_make_when_a_name_is_freed_then_that_comes_before_it_is_taken() -> None:
    wanted = {**renamed(field="Sales", sales="Free"), THIRD: {"name": "Field", "description": ""}}

    made = plan(wanted, NAMED)

    assert [(str(change.address), change.execution) for change in made.changes] == [
        ("space/sales", Execution.AUTO),
        ("space/field", Execution.AUTO),
        ("space/zone", Execution.AUTO),
    ]


def test_make_when_two_names_are_swapped_then_both_changes_are_blocked() -> None:
    made = plan(renamed(field="Sales", sales="Field"), NAMED)

    assert [(change.execution, change.rules) for change in made.changes] == [(Execution.BLOCKED, ("name-taken",))] * 2


def test_make_when_the_holder_of_a_name_is_not_managed_then_taking_it_is_blocked() -> None:
    wanted = marked(desired(renamed(field="Sales", sales="Free")), SPACE, managed=False)

    assert only(plan(wanted, NAMED)).rules == ("name-taken",)


def test_make_when_access_changes_then_it_comes_last_in_its_space() -> None:
    wanted = {
        SPACE: put(SPACE_SPEC, ("access",), {}),
        PBX: put(PBX_SPEC, ("description",), "New"),
        VIP: put(VIP_SPEC, ("description",), "New"),
    }

    made = plan(wanted, ALL)

    assert [change.address for change in made.changes] == [PBX, VIP, SPACE]
