from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planning import PBX_SPEC, SPACE_SPEC, SPLIT_SPEC, put

from ssops.model import FieldChange, Spec
from ssops.plan import diff

ROOT = Path(__file__).parent.parent
KEYS = st.sampled_from(["a", "b", "__c", "d'e", 'f"]["g', "0", "ключ", ""])
FIELDS = st.fixed_dictionaries({"type": st.sampled_from(["string", "date"])}, optional={"name": st.text(max_size=3)})
SECTIONS = st.dictionaries(KEYS, FIELDS, max_size=5)


def connection(agent: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    return {"name": "c", "agent": {"keys": agent}, "shared": {"keys": shared}}


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("description",), "new", FieldChange(("description",), "Calls", "new")),
        (("agent", "channel"), 1, FieldChange(("agent", "channel"), 0, 1)),
        (
            ("agent", "keys", "order_id", "type"),
            "string",
            FieldChange(("agent", "keys", "order_id", "type"), "number", "string"),
        ),
        (
            ("agent", "keys", "order_id"),
            None,
            FieldChange(("agent", "keys", "order_id"), {"type": "number", "name": "Order", "description": ""}, None),
        ),
        (
            ("shared", "keys", "__new"),
            {"type": "json", "name": "New"},
            FieldChange(("shared", "keys", "__new"), None, {"type": "json", "name": "New"}),
        ),
        (("retired",), True, FieldChange(("retired",), None, True)),
        (
            ("agent", "keys", "order_id", "retired"),
            True,
            FieldChange(("agent", "keys", "order_id", "retired"), None, True),
        ),
    ],
    ids=["field", "channel", "key-type", "key-removed", "private-looking-key-added", "retired", "key-retired"],
)
def test_diff_when_one_field_changes_then_it_is_named(path: tuple[str, ...], value: Any, expected: FieldChange) -> None:
    found = diff.diff(put(PBX_SPEC, path, value), PBX_SPEC, PBX_SPEC)

    assert found == (expected,)


def test_diff_when_nothing_differs_then_nothing_is_found() -> None:
    assert diff.diff(PBX_SPEC, PBX_SPEC, PBX_SPEC) == ()


def test_diff_when_a_field_was_never_managed_then_it_is_left_alone() -> None:
    desired = {"name": "Sales", "description": ""}
    live = {"name": "Sales", "description": "", "billing_account": "dn2", "access": {"speech-sense.admin": ["group:g"]}}

    assert diff.diff(desired, live, desired) == ()


def test_diff_when_access_leaves_the_manifest_then_roles_stay_as_they_are() -> None:
    assert diff.diff(put(SPACE_SPEC, ("access",), None), SPACE_SPEC, SPACE_SPEC) == ()


def test_diff_when_a_list_of_subjects_is_in_another_order_then_nothing_is_found() -> None:
    desired = put(SPACE_SPEC, ("access", "speech-sense.editor"), ["serviceAccount:b", "serviceAccount:a"])

    assert diff.diff(desired, SPACE_SPEC, SPACE_SPEC) == ()


def test_diff_when_somebody_adds_a_binding_then_it_is_drift_and_goes() -> None:
    live = put(SPACE_SPEC, ("access", "speech-sense.admin"), ["userAccount:x"])

    found = diff.diff(SPACE_SPEC, live, SPACE_SPEC)

    assert found == (FieldChange(("access", "speech-sense.admin"), ["userAccount:x"], None, drift=True),)


def test_diff_when_live_was_changed_by_hand_then_the_field_is_drift() -> None:
    live = put(PBX_SPEC, ("description",), "by hand")

    assert diff.diff(PBX_SPEC, live, PBX_SPEC) == (FieldChange(("description",), "by hand", "Calls", drift=True),)


def test_diff_when_a_default_key_is_not_written_then_its_live_name_is_left_alone() -> None:
    live = put(PBX_SPEC, ("agent", "keys", "operator_name", "name"), "operator_name")

    assert diff.diff(PBX_SPEC, live, PBX_SPEC) == ()


def test_diff_when_a_live_key_was_never_recorded_then_it_is_not_ours() -> None:
    live = put(PBX_SPEC, ("shared", "keys", "by_hand"), {"type": "json", "name": "x", "description": ""})

    assert diff.diff(PBX_SPEC, live, PBX_SPEC) == ()


def test_diff_when_a_recorded_key_is_gone_from_live_then_it_comes_back_as_drift() -> None:
    live = put(PBX_SPEC, ("agent", "keys", "order_id"), None)

    found = diff.diff(PBX_SPEC, live, PBX_SPEC)

    key = PBX_SPEC["agent"]["keys"]["order_id"]
    assert found == (FieldChange(("agent", "keys", "order_id"), None, key, drift=True),)


def test_diff_when_a_key_moves_then_it_is_one_change_of_its_section() -> None:
    key = {"type": "number", "name": "Order no", "description": ""}
    desired = put(put(PBX_SPEC, ("agent", "keys", "order_id"), None), ("shared", "keys", "order_id"), key)

    found = diff.diff(desired, PBX_SPEC, PBX_SPEC)

    assert found == (
        FieldChange(("agent", "keys", "order_id", "name"), "Order", "Order no"),
        FieldChange(("agent", "keys", "order_id", "section"), "agent", "shared"),
    )


def test_diff_when_retired_is_taken_back_then_it_is_compared_with_the_record() -> None:
    assert diff.diff(PBX_SPEC, PBX_SPEC, put(PBX_SPEC, ("retired",), True)) == (FieldChange(("retired",), True, None),)


def test_diff_when_phrases_change_then_the_list_is_one_value() -> None:
    before = put(SPLIT_SPEC, ("split",), {"by": "phrases", "start": ["a", "b"]})
    after = put(SPLIT_SPEC, ("split",), {"by": "phrases", "start": ["a", "c"], "finish": ["d"]})

    found = diff.diff(after, before, before)

    assert found == (
        FieldChange(("split", "finish"), None, ["d"]),
        FieldChange(("split", "start"), ["a", "b"], ["a", "c"]),
    )


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])  # it imports DeepDiff
@given(SECTIONS, SECTIONS, SECTIONS, SECTIONS)
def test_diff_when_keys_are_any_then_it_finds_what_a_plain_comparison_finds(
    agent: dict[str, Any], shared: dict[str, Any], live_agent: dict[str, Any], live_shared: dict[str, Any]
) -> None:
    desired, live = connection(agent, shared), connection(live_agent, live_shared)

    found = {change.path: (change.before, change.after) for change in diff.diff(desired, live, None)}

    assert found == _plainly(desired, live)


@given(SECTIONS)
def test_created_when_a_spec_is_spread_then_the_fields_are_the_spec(keys: dict[str, Any]) -> None:
    spec = connection(keys, {})

    assert {change.path[0]: change.after for change in diff.created(spec)} == spec


def test_diff_when_nothing_changes_then_deepdiff_is_not_imported() -> None:
    code = (
        "import sys; from ssops.plan import diff, make; diff.diff({'name': 'a'}, {'name': 'a'}, None); "
        "assert 'deepdiff' not in sys.modules; diff.diff({'name': 'a'}, {'name': 'b'}, None); "
        "assert 'deepdiff' in sys.modules"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def _plainly(desired: Spec, live: Spec) -> dict[tuple[str, ...], tuple[Any, Any]]:
    found: dict[tuple[str, ...], tuple[Any, Any]] = {}
    for section in ("agent", "shared"):
        for key, fields in desired[section]["keys"].items():
            there = live[section]["keys"].get(key)
            if there is None:
                found[section, "keys", key] = (None, fields)
                continue
            for field, value in fields.items():
                if there.get(field) != value:
                    found[section, "keys", key, field] = (there.get(field), value)
    return found


@pytest.mark.parametrize("name", ["section", "retired"])
def test_diff_when_a_filter_bears_the_name_of_a_word_of_ours_then_its_drift_is_seen(name: str) -> None:
    spec = {"name": "VIP", "connection": "pbx", "filters": {name: "yes"}}
    live = {**spec, "filters": {name: "by hand"}}

    assert diff.diff(spec, live, spec) == (FieldChange(("filters", name), "by hand", "yes", drift=True),)
