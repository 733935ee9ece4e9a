"""Drift of resources and of their fields: every case of the three sides, and what must hold whatever they say."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import workspaces
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from local_service import create, operation, setting, update
from planning import ALL, PBX, PBX_SPEC, SPACE, SPACE_SPEC, SPLIT_SPEC, VIP, desired, entry, marked, put, recorded

from ssops import drifting, pipeline
from ssops.drift import Cause, Drift, Evidence, FieldDrift, ResourceDrift, Standing, Stray
from ssops.errors import UsageFault
from ssops.model import Action, Address, FieldChange, Grade, Kind, Location, Resources, Spec, Unrecorded
from ssops.plan import diff
from ssops.plan.drift import find
from ssops.plan.threeway import compare
from ssops.providers.base import Operation
from ssops.workspace import Workspace, states

LAW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
EVIDENCE = Evidence(Grade.CONFIRMED, "2025-06-02T08:15:00Z", "userAccount:ajeadmin")
KEY = {"type": "number", "name": "Order", "description": ""}
BY_HAND = {"type": "json", "name": "By hand", "description": ""}
ORDER_ID = ("agent", "keys", "order_id")
EDITOR, ADMIN = ("access", "speech-sense.editor"), ("access", "speech-sense.admin")
Specs = Mapping[Address, Spec]

_keys = count(1)


def look(wanted: Resources | Specs, known: Specs, live: Specs, *unrecorded: Unrecorded, **given: Any) -> Drift:
    sides = (wanted if isinstance(wanted, Resources) else desired(wanted)), recorded(known), recorded(live)
    return find(*sides, unrecorded, **{"evidence": lambda _: EVIDENCE, **given})


def without(specs: Specs, *addresses: Address) -> dict[Address, Spec]:
    return {address: spec for address, spec in specs.items() if address not in addresses}


def moved(spec: Spec, path: tuple[str, ...], value: Any) -> Spec:
    return spec if value is ... else put(spec, path, value)


@pytest.mark.parametrize(
    ("spec", "path", "wanted", "live", "expected"),
    [
        pytest.param(
            PBX_SPEC,
            ("description",),
            ...,
            "hand",
            FieldDrift(("description",), Cause.DRIFT, "Calls", "Calls", "hand"),
            id="live-moved",
        ),
        pytest.param(
            PBX_SPEC,
            ("description",),
            "wish",
            ...,
            FieldDrift(("description",), Cause.INTENDED, "wish", "Calls", "Calls"),
            id="manifest-moved",
        ),
        pytest.param(
            PBX_SPEC,
            ("description",),
            "wish",
            "hand",
            FieldDrift(("description",), Cause.CONFLICT, "wish", "Calls", "hand"),
            id="both-moved-apart",
        ),
        pytest.param(
            PBX_SPEC,
            ("description",),
            "same",
            "same",
            FieldDrift(("description",), Cause.CONVERGED, "same", "Calls", "same"),
            id="both-moved-alike",
        ),
        pytest.param(
            PBX_SPEC,
            (*ORDER_ID, "name"),
            ...,
            "hand",
            FieldDrift((*ORDER_ID, "name"), Cause.DRIFT, "Order", "Order", "hand"),
            id="name-of-a-key",
        ),
        pytest.param(
            PBX_SPEC,
            ORDER_ID,
            ...,
            None,
            FieldDrift(ORDER_ID, Cause.DRIFT, KEY, KEY, None),
            id="key-gone",
        ),
        pytest.param(
            PBX_SPEC,
            ("shared", "keys", "by_hand"),
            ...,
            BY_HAND,
            FieldDrift(("shared", "keys", "by_hand"), Cause.ADDED_OUTSIDE, None, None, BY_HAND),
            id="key-added",
        ),
        pytest.param(
            PBX_SPEC,
            ("shared", "keys", "by_hand"),
            BY_HAND,
            BY_HAND,
            FieldDrift(("shared", "keys", "by_hand"), Cause.CONVERGED, BY_HAND, None, BY_HAND),
            id="key-added-on-both-sides",
        ),
        pytest.param(
            PBX_SPEC,
            ("shared", "keys", "by_hand"),
            {**BY_HAND, "name": "Wish"},
            BY_HAND,
            FieldDrift(("shared", "keys", "by_hand"), Cause.CONFLICT, {**BY_HAND, "name": "Wish"}, None, BY_HAND),
            id="key-added-twice-and-differently",
        ),
        pytest.param(
            PBX_SPEC,
            ("agent", "keys", "operator_name", "name"),
            ...,
            "Operator",
            FieldDrift(("agent", "keys", "operator_name", "name"), Cause.UNMANAGED, None, None, "Operator"),
            id="name-that-nobody-manages",
        ),
        pytest.param(
            PBX_SPEC,
            ("retired",),
            True,
            ...,
            FieldDrift(("retired",), Cause.INTENDED, True, None, None),
            id="word-of-ssops",
        ),
        pytest.param(
            SPACE_SPEC,
            ADMIN,
            ...,
            ["userAccount:x"],
            FieldDrift(ADMIN, Cause.DRIFT, None, None, ["userAccount:x"]),
            id="role-added",
        ),
        pytest.param(
            SPACE_SPEC,
            EDITOR,
            ...,
            None,
            FieldDrift(EDITOR, Cause.DRIFT, SPACE_SPEC["access"][EDITOR[1]], SPACE_SPEC["access"][EDITOR[1]], None),
            id="role-taken",
        ),
        pytest.param(
            SPACE_SPEC,
            ("billing_account",),
            None,
            "dn2b",
            FieldDrift(("billing_account",), Cause.CONFLICT, None, "dn2a", "dn2b"),
            id="field-asked-back-and-moved",
        ),
        pytest.param(
            {"name": "Sales", "description": ""},
            ("billing_account",),
            ...,
            "dn2b",
            FieldDrift(("billing_account",), Cause.UNMANAGED, None, None, "dn2b"),
            id="field-that-nobody-manages",
        ),
        pytest.param(
            SPLIT_SPEC,
            ("split", "segment_s"),
            ...,
            60,
            FieldDrift(("split", "segment_s"), Cause.DRIFT, 330, 330, 60),
            id="splitting",
        ),
    ],
)
def test_compare_when_one_field_moves_then_it_is_named_with_its_cause(
    spec: Spec, path: tuple[str, ...], wanted: Any, live: Any, expected: FieldDrift
) -> None:
    found = compare(moved(spec, path, wanted), spec, moved(spec, path, live))

    assert found == (expected,)


def test_compare_when_a_field_left_the_manifests_then_what_live_has_is_nobodys() -> None:
    given_up = put(SPACE_SPEC, ("access",), None)
    live = put(SPACE_SPEC, ADMIN, ["userAccount:x"])

    assert compare(given_up, SPACE_SPEC, live) == (FieldDrift(ADMIN, Cause.UNMANAGED, None, None, ["userAccount:x"]),)


def test_compare_when_a_field_comes_into_the_manifests_as_it_is_then_it_has_converged() -> None:
    known = put(SPACE_SPEC, ("access",), None)

    (field,) = compare(SPACE_SPEC, known, SPACE_SPEC)

    assert (field.path, field.cause) == (EDITOR, Cause.CONVERGED)


@pytest.mark.parametrize(
    ("wanted", "live", "cause"),
    [
        (put(PBX_SPEC, ORDER_ID, None), put(PBX_SPEC, (*ORDER_ID, "name"), "hand"), Cause.CONFLICT),
        (put(PBX_SPEC, (*ORDER_ID, "name"), "wish"), put(PBX_SPEC, ORDER_ID, None), Cause.CONFLICT),
        (put(PBX_SPEC, ORDER_ID, None), put(PBX_SPEC, ORDER_ID, None), Cause.CONVERGED),
    ],
    ids=["dropped-and-renamed", "renamed-and-gone", "dropped-and-gone"],
)
def test_compare_when_one_side_moves_a_key_and_the_other_a_field_of_it_then_the_key_is_named(
    wanted: Spec, live: Spec, cause: Cause
) -> None:
    (field,) = compare(wanted, PBX_SPEC, live)

    assert field == FieldDrift(
        ORDER_ID, cause, wanted["agent"]["keys"].get("order_id"), KEY, live["agent"]["keys"].get("order_id")
    )


def test_compare_when_the_manifests_move_a_key_that_was_changed_outside_then_the_key_is_named() -> None:
    wanted = put(put(PBX_SPEC, ORDER_ID, None), ("shared", "keys", "order_id"), KEY)
    live = put(PBX_SPEC, (*ORDER_ID, "name"), "hand")

    assert compare(wanted, PBX_SPEC, live) == (
        FieldDrift(ORDER_ID, Cause.CONFLICT, None, KEY, {**KEY, "name": "hand"}),
    )


def test_compare_when_both_move_a_key_to_another_section_then_nothing_contradicts() -> None:
    both = put(put(PBX_SPEC, ORDER_ID, None), ("shared", "keys", "order_id"), KEY)

    found = compare(both, PBX_SPEC, both)

    assert {field.cause for field in found} == {Cause.CONVERGED}


def test_compare_when_live_is_not_known_well_then_what_is_not_seen_is_no_drift() -> None:
    live = put(put(PBX_SPEC, ORDER_ID, None), ("description",), "hand")

    found = compare(PBX_SPEC, PBX_SPEC, live, is_conclusive=False)

    assert {field.path: field.cause for field in found} == {ORDER_ID: Cause.UNSEEN, ("description",): Cause.DRIFT}


def test_find_when_nothing_moved_then_no_spec_is_read() -> None:
    def load(address: Address) -> Spec:
        raise AssertionError(address)

    sides = [Resources(side.entries, load) for side in (desired(ALL), recorded(ALL), recorded(ALL))]

    found = find(*sides, evidence=lambda address: load(address))  # type: ignore[arg-type,return-value]

    assert found == Drift((), unchanged=3)


def test_find_when_live_is_as_after_the_last_apply_then_a_normalised_spec_is_no_drift() -> None:
    live = {**ALL, PBX: put(PBX_SPEC, ("description",), "as the service writes it")}
    known = marked(recorded(ALL), PBX, observed=recorded(live).entries[PBX].digest)

    assert find(desired(ALL), known, recorded(live), evidence=lambda _: EVIDENCE) == Drift((), unchanged=3)


def test_find_when_a_recorded_resource_is_not_live_then_it_is_gone() -> None:
    found = look(ALL, ALL, without(ALL, VIP))

    assert [(row.address, row.standing, row.is_drift, row.fields) for row in found.resources] == [
        (VIP, Standing.GONE, True, ())
    ]
    assert found.unchanged == 2


def test_find_when_it_was_to_be_deleted_and_is_gone_then_nothing_contradicts() -> None:
    found = look(marked(desired(ALL), VIP, delete=True), ALL, without(ALL, VIP))

    assert found == Drift((), unchanged=3)


def test_find_when_live_is_not_known_well_then_an_absent_resource_is_unseen() -> None:
    found = look(ALL, ALL, without(ALL, VIP), evidence=lambda _: EVIDENCE._replace(grade=Grade.ATTESTED))

    assert [(row.standing, row.is_drift, row.evidence.grade) for row in found.resources] == [
        (Standing.UNSEEN, False, Grade.ATTESTED)
    ]


def test_find_when_nobody_knows_what_became_of_an_operation_then_the_difference_may_be_ours() -> None:
    live = {**ALL, PBX: put(PBX_SPEC, ("description",), "hand")}

    (row,) = look(ALL, ALL, live, unsettled=[PBX]).resources

    assert (row.standing, row.is_drift, row.accepted) == (Standing.UNSETTLED, False, ())
    assert [field.path for field in row.fields] == [("description",)]


@pytest.mark.parametrize("description", ["Calls", "hand"], ids=["as-recorded", "moved"])
def test_find_when_a_document_is_gone_then_only_what_moved_is_drift(description: str) -> None:
    live = {**ALL, PBX: put(PBX_SPEC, ("description",), description)}

    (row,) = look(without(ALL, PBX), ALL, live).resources

    assert (row.standing, row.location, row.accepted) == (Standing.NOT_IN_MANIFESTS, None, ())
    assert row.is_drift is (description == "hand")
    assert row.fields == (
        () if description == "Calls" else (FieldDrift(("description",), Cause.DRIFT, None, "Calls", "hand"),)
    )


@pytest.mark.parametrize("live", [{}, {PBX: put(PBX_SPEC, ("description",), "hand")}], ids=["gone", "moved"])
def test_find_when_a_resource_is_not_managed_then_it_is_told_and_not_counted(live: Specs) -> None:
    wanted = marked(desired({**ALL, PBX: put(PBX_SPEC, ("name",), "Other")}), PBX, managed=False)

    found = look(wanted, ALL, {**without(ALL, PBX), **live})

    (row,) = found.resources
    assert (row.address, row.managed, row.is_drift, row.accepted) == (PBX, False, False, ())
    assert [field.cause for field in row.fields] == ([Cause.DRIFT] if live else [])
    assert (found.drifted, found.others) == ((), (row,))


def test_find_when_an_unmanaged_resource_only_says_something_else_then_no_plan_would_do_it() -> None:
    wanted = marked(desired({**ALL, PBX: put(PBX_SPEC, ("description",), "wish")}), PBX, managed=False)

    assert look(wanted, ALL, ALL) == Drift((), unchanged=3)


def test_find_when_objects_are_not_recorded_then_those_of_a_wanted_name_can_be_adopted() -> None:
    same = Unrecorded(Kind.CONNECTION, "c2", "sales", "Office PBX")
    elsewhere = Unrecorded(Kind.CONNECTION, "c1", "support", "Office PBX")
    sandbox = Unrecorded(Kind.SPACE, "s1", None, "Sandbox")

    found = look(ALL, without(ALL, PBX), without(ALL, PBX), elsewhere, same, sandbox)

    assert found.strays == (Stray(sandbox, None), Stray(elsewhere, None), Stray(same, PBX))
    assert (found.resources, found.unchanged, found.planned) == ((), 2, 0)


def test_find_when_somebody_made_a_gone_resource_anew_then_it_can_be_adopted() -> None:
    found = look(ALL, ALL, without(ALL, VIP), Unrecorded(Kind.PROJECT, "p2", "sales", "VIP"))

    assert [row.standing for row in found.resources] == [Standing.GONE]
    assert [stray.address for stray in found.strays] == [VIP]


def test_find_when_the_manifests_have_more_then_it_is_counted_as_planned() -> None:
    wanted = marked(desired(ALL), VIP, delete=True)

    assert look(wanted, {}, {}) == Drift((), planned=2)


def test_find_when_resources_come_in_another_order_then_it_is_the_same() -> None:
    live = {address: put(spec, ("description",), "hand") for address, spec in ALL.items()}
    strays = [Unrecorded(Kind.SPACE, id, None, "Zoo") for id in ("b", "a")]
    sides = (desired(ALL), recorded(ALL), recorded(live))
    turned = [Resources(dict(reversed([*side.entries.items()])), side.load) for side in sides]

    straight = find(*sides, strays, evidence=lambda _: EVIDENCE)
    crooked = find(turned[0], turned[1], turned[2], strays[::-1], evidence=lambda _: EVIDENCE)

    assert crooked == straight
    assert [row.address for row in straight.resources] == [SPACE, PBX, VIP]


def test_accepted_when_there_is_drift_then_it_says_what_the_documents_would_have_to_say() -> None:
    wanted = {**ALL, SPACE: put(SPACE_SPEC, ("name",), "Wish")}
    live = {
        **without(ALL, VIP),
        SPACE: put(put(SPACE_SPEC, ("name",), "Hand"), ADMIN, ["userAccount:x"]),
        PBX: put(put(PBX_SPEC, ORDER_ID, None), ("shared", "keys", "by_hand"), BY_HAND),
    }

    accepted = look(wanted, ALL, live).accepted

    assert accepted == {
        SPACE: (
            FieldChange(ADMIN, None, ["userAccount:x"], drift=True),
            FieldChange(("name",), "Wish", "Hand", drift=True),
        ),
        PBX: (
            FieldChange(ORDER_ID, KEY, None, drift=True),
            FieldChange(("shared", "keys", "by_hand"), None, BY_HAND, drift=True),
        ),
    }


NAMES = st.sampled_from(["a", "b"])
KEYS = st.dictionaries(
    st.sampled_from(["x", "y", "z", "__w"]),
    st.tuples(
        st.sampled_from(["agent", "shared"]),
        st.fixed_dictionaries(
            {"type": st.sampled_from(["string", "date"])}, optional={"name": NAMES, "description": NAMES}
        ),
    ),
    max_size=3,
)
FIELDS = st.fixed_dictionaries(
    {"name": NAMES},
    optional={
        "description": NAMES,
        "billing_account": NAMES,
        "access": st.dictionaries(NAMES, st.lists(NAMES, min_size=1, unique=True).map(sorted), max_size=2),
        "split": st.fixed_dictionaries({"by": st.just("duration"), "segment_s": st.integers(1, 2)}),
    },
)


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    """Draw a spec with everything that any kind has; no key is in two sections."""
    keys = draw(KEYS)
    sections = {
        section: {"keys": {key: fields for key, (home, fields) in keys.items() if home == section}}
        for section in ("agent", "shared")
    }
    return {**draw(FIELDS), **sections}


@settings(deadline=None, max_examples=4000, derandomize=False, suppress_health_check=[HealthCheck.too_slow])  # it imports DeepDiff
@given(specs(), specs(), specs())
def test_compare_when_sides_are_any_then_it_agrees_with_the_plan(wanted: Spec, known: Spec, live: Spec) -> None:
    found = compare(wanted, known, live)

    planned = {change.path: change for change in diff.diff(wanted, live, known)}
    causes = {field.path: field.cause for field in found}
    paths = sorted(causes)
    assert [path for path in paths if any(path[: len(other)] == other for other in paths if other != path)] == []
    apart = {path for path, cause in causes.items() if cause in (Cause.DRIFT, Cause.CONFLICT, Cause.INTENDED)}
    covered = {path[:length] for path in planned for length in range(1, len(path) + 1)} & set(causes)
    assert covered == apart
    assert [path for path, cause in causes.items() if cause is Cause.DRIFT and not planned[path].drift] == []
    assert [
        path for path, cause in causes.items() if cause is Cause.INTENDED and path in planned and planned[path].drift
    ] == []


@settings(deadline=None, max_examples=4000, derandomize=False, suppress_health_check=[HealthCheck.too_slow])
@given(specs(), specs(), specs())
def test_accepted_when_written_into_the_document_then_nothing_contradicts(
    wanted: Spec, known: Spec, live: Spec
) -> None:
    row = look_at(wanted, known, live)

    for change in row.accepted:
        wanted = put(wanted, tuple(map(str, change.path)), change.after)

    assert look_at(wanted, known, live).contradictions == ()


def look_at(wanted: Spec, known: Spec, live: Spec) -> ResourceDrift:
    """Look at one resource; it has no fields where all sides say the same."""
    sides = [Resources({PBX: entry(PBX, spec)}, {PBX: spec}.__getitem__) for spec in (wanted, known, live)]
    first = marked(sides[0], PBX, location=Location("pbx.yaml"))
    found = find(first, sides[1], sides[2], evidence=lambda _: EVIDENCE)
    return found.resources[0] if found.resources else ResourceDrift(PBX, "", Standing.CHANGED, (), EVIDENCE)


def outside(workspace: Workspace, asked: Operation) -> str:
    """Do in the service what somebody does in the console; give the object's id."""
    with workspace.provider.writer(workspaces.ADMIN) as writer:
        return writer.carry_out(replace(asked, key=f"outside-{next(_keys)}")).id


def id_of(workspace: Workspace, address: Address) -> str:
    id = states(workspace).resources().entries[address].id
    assert id is not None
    return id


def editable(workspace: Workspace) -> list[tuple[Address, tuple[str, ...], Any]]:
    """Give the fields of recorded resources that the console can change, each with another value."""
    found: list[tuple[Address, tuple[str, ...], Any]] = []
    known = states(workspace).resources()
    for address in known.entries:
        spec = known.spec(address)
        found.append((address, ("description",), "changed in the console"))
        if address.kind is Kind.SPACE:
            found.append((address, ("name",), "Named in the console"))
        if "access" in spec:
            found.append((address, ADMIN, ["userAccount:somebody"]))
        for section in ("agent", "shared"):
            keys = spec.get(section, {}).get("keys", {})
            found += [(address, (section, "keys", key, "name"), "Named") for key in keys if "name" in keys[key]]
    return found


@LAW
@given(workspaces.documents())
def test_drift_when_everything_was_applied_then_there_is_none(documents: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = workspaces.written(Path(folder), documents)
        before = drifting.drift(workspace)
        workspaces.apply(workspace)
        made = workspaces.fingerprint(Path(folder))

        after = drifting.drift(workspace)

        assert workspaces.fingerprint(Path(folder)) == made
    assert before == Drift((), planned=len(documents))
    assert after == Drift((), unchanged=len(documents))


@LAW
@given(workspaces.documents(), st.data())
def test_drift_when_one_field_was_changed_outside_then_that_one_is_named_and_the_plan_agrees(
    documents: list[dict[str, Any]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = workspaces.written(Path(folder), documents)
        workspaces.apply(workspace)
        address, path, value = data.draw(st.sampled_from(editable(workspace)))
        outside(workspace, update(address.kind, id_of(workspace, address), setting(*path, to=value)))

        found = drifting.drift(workspace)
        planned = pipeline.plan(workspace)

    (row,) = found.resources
    assert (row.address, [(field.path, field.cause) for field in row.fields]) == (address, [(path, Cause.DRIFT)])
    assert (found.unchanged, row.evidence.grade) == (len(documents) - 1, Grade.CONFIRMED)
    (change,) = planned.changes
    assert [(one.path, one.before, one.drift) for one in change.fields] == [(path, value, True)]
    assert row.accepted == (FieldChange(path, change.fields[0].after, value, drift=True),)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = workspaces.example(tmp_path)
    workspaces.apply(made)
    return made


OFFICE = Address(Kind.CONNECTION, "sales", "office-pbx")


def test_drift_when_a_key_was_added_outside_then_it_is_drift_that_no_plan_sees(workspace: Workspace) -> None:
    outside(workspace, update(OFFICE.kind, id_of(workspace, OFFICE), setting("shared", "keys", "by_hand", to=BY_HAND)))

    (row,) = drifting.drift(workspace).drifted

    assert row.fields == (FieldDrift(("shared", "keys", "by_hand"), Cause.ADDED_OUTSIDE, None, None, BY_HAND),)
    assert pipeline.plan(workspace).changes == ()


def test_drift_when_a_default_key_got_a_name_that_nobody_manages_then_it_is_told_apart(workspace: Workspace) -> None:
    path = ("shared", "keys", "date", "name")
    outside(workspace, update(OFFICE.kind, id_of(workspace, OFFICE), setting(*path, to="Day")))

    found = drifting.drift(workspace)

    assert found.drifted == ()
    assert [row.fields for row in found.others] == [(FieldDrift(path, Cause.UNMANAGED, None, None, "Day"),)]


def test_drift_when_a_space_was_deleted_outside_then_all_that_was_in_it_is_gone(workspace: Workspace) -> None:
    address = Address(Kind.SPACE, "sales", "sales")
    inside = {entry.address for entry in states(workspace).resources() if entry.address.space == "sales"}
    outside(workspace, operation(Action.DELETE, Kind.SPACE, id_of(workspace, address), None, {}))

    found = drifting.drift(workspace)

    assert {(row.address, row.standing) for row in found.drifted} == {(each, Standing.GONE) for each in inside}


def test_drift_when_objects_appeared_outside_then_those_of_a_wanted_name_can_be_adopted(tmp_path: Path) -> None:
    document = {"version": 1, "kind": "space", "ref": "sales", "name": "Sales"}
    workspace = workspaces.written(tmp_path, [document])
    ids = [outside(workspace, create(Kind.SPACE, {"name": name, "description": ""})) for name in ("Zoo", "Sales")]

    found = drifting.drift(workspace)

    assert [(stray.found.id, stray.address) for stray in found.strays] == [
        (ids[1], Address(Kind.SPACE, "sales", "sales")),
        (ids[0], None),
    ]
    assert (found.drifted, found.planned) == ((), 0)


def test_drift_when_manifests_change_too_then_intended_and_conflicting_fields_are_told_apart(tmp_path: Path) -> None:
    document = {"version": 1, "kind": "space", "ref": "sales", "name": "Sales", "description": "Calls"}
    workspaces.apply(workspaces.written(tmp_path, [document]))
    workspace = workspaces.written(tmp_path, [{**document, "name": "Sales team", "description": "All calls"}])
    address = Address(Kind.SPACE, "sales", "sales")
    outside(workspace, update(Kind.SPACE, id_of(workspace, address), setting("description", to="Some calls")))

    (row,) = drifting.drift(workspace).drifted

    assert row.fields == (
        FieldDrift(("description",), Cause.CONFLICT, "All calls", "Calls", "Some calls"),
        FieldDrift(("name",), Cause.INTENDED, "Sales team", "Sales", "Sales"),
    )
    assert row.accepted == (FieldChange(("description",), "All calls", "Some calls", drift=True),)


@pytest.mark.parametrize(
    ("spaces", "addresses", "expected"),
    [
        ((), (), {"space/sales", "connection/sales/office-pbx", "connection/support/hotline"}),
        (("sales",), (), {"space/sales", "connection/sales/office-pbx"}),
        ((), (OFFICE,), {"connection/sales/office-pbx"}),
        (("support",), (OFFICE,), {"connection/sales/office-pbx", "connection/support/hotline"}),
    ],
    ids=["all", "space", "address", "both"],
)
def test_drift_when_something_is_named_then_only_that_is_looked_at(
    workspace: Workspace, spaces: tuple[str, ...], addresses: tuple[Address, ...], expected: set[str]
) -> None:
    hotline = Address(Kind.CONNECTION, "support", "hotline")
    for address in (Address(Kind.SPACE, "sales", "sales"), OFFICE, hotline):
        outside(workspace, update(address.kind, id_of(workspace, address), setting("description", to="by hand")))
    outside(workspace, create(Kind.SPACE, {"name": "Zoo", "description": ""}))

    found = drifting.drift(workspace, spaces, addresses)

    assert {str(row.address) for row in found.resources} == expected
    assert len(found.strays) == (not spaces and not addresses)


@pytest.mark.parametrize("ref", ["office-pxb", "nothing"])
def test_drift_when_an_address_is_unknown_then_it_says_so(workspace: Workspace, ref: str) -> None:
    with pytest.raises(UsageFault) as fault:
        drifting.drift(workspace, (), (Address(Kind.CONNECTION, "sales", ref),))

    assert fault.value.reason == "unknown_address"
