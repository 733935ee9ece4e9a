"""Who set which field: against a dictionary that follows every value by hand, and on real runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import workspaces
from fakes import connection, space
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssops import statekeeping
from ssops.errors import StateFault
from ssops.model import Address, FieldChange, Grade, Spec, Status
from ssops.state import fields
from ssops.state.blame import blame
from ssops.state.journal import Entry
from ssops.state.space import Recorded, Run

ADDRESS, ID = connection("sales", "pbx"), "eag1"
LAW = settings(max_examples=150, suppress_health_check=list(HealthCheck))


def entry(number: int, act: str, **given: Any) -> Entry:
    run = Run(f"plan{number}", f"2026-01-02T03:{number // 60:02}:{number % 60:02}Z", "userAccount:a", f"c{number}")
    parts = {"address": ADDRESS, "status": Status.APPLIED, "id": ID, **given}
    return Entry(f"k{number}", run, act=act, **parts)


def recorded(spec: Spec) -> Recorded:
    return Recorded(ID, spec, "d", "o", Grade.CONFIRMED, "at", "by", "plan", "name")


def told(spec: Spec, *entries: Entry) -> dict[tuple[Any, ...], str | None]:
    found = blame(recorded(spec), entries)
    return {one.path: one.entry.key if one.entry else None for one in found}


# The oracle: a flat dictionary of JSON texts, moved on step by step, with nothing of the code under test in it.


def flat(data: Any, where: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    if isinstance(data, dict) and (data or not where):
        return {path: text for name, each in data.items() for path, text in flat(each, (*where, name)).items()}
    return {where: json.dumps(data, sort_keys=True)}


@dataclass
class Oracle:
    now: dict[tuple[str, ...], str] = field(default_factory=dict)
    setter: dict[tuple[str, ...], str] = field(default_factory=dict)
    past: dict[str, dict[tuple[str, ...], str]] = field(default_factory=dict)

    def move(self, spec: dict[str, Any], key: str, *, is_fresh: bool) -> None:
        after = flat(spec)
        kept = {} if is_fresh else {path: by for path, by in self.setter.items() if self.now[path] == after.get(path)}
        self.now, self.setter = after, {path: kept.get(path, key) for path in after}
        self.past[key] = after


NAMES = st.sampled_from("abc")
VALUES = st.sampled_from([0, 1, True, False, "", "x", "y", 1.5, [], ["x"], [1, 2], {}])
INNER = st.dictionaries(NAMES, VALUES | st.dictionaries(NAMES, VALUES, max_size=2), max_size=3)
SPECS = st.dictionaries(NAMES, VALUES | INNER, max_size=3)
STEPS = st.lists(
    st.tuples(st.sampled_from(["update", "update", "update", "adopt", "restore", "create", "forget"]), SPECS),
    min_size=1,
    max_size=8,
)


def walked(steps: list[tuple[str, dict[str, Any]]]) -> tuple[Oracle, dict[str, Any], list[Entry]]:
    """Make the entries that a run would write for these steps, and move the oracle along."""
    oracle, spec, is_known, entries = Oracle(), dict[str, Any](), False, []
    for number, (act, after) in enumerate(steps):
        key = f"k{number}"
        if act == "forget":
            spec, is_known, oracle = {}, False, Oracle(past=oracle.past)
            entries.append(entry(number, act))
            continue
        if not is_known and act == "update":
            act = "create"
        whole = act != "update"
        changes = () if whole else fields.differing(spec, after)
        entries.append(entry(number, act, fields=changes, spec=after if whole else None))
        oracle.move(after, key, is_fresh=act == "create")
        spec, is_known = after, True
    return oracle, spec, entries


@given(before=SPECS, after=SPECS)
@LAW
def test_fields_when_applied_then_what_they_were_made_from(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert json.dumps(fields.applied(before, fields.differing(before, after)), sort_keys=True) == json.dumps(
        after, sort_keys=True
    )


@given(spec=SPECS)
def test_leaves_when_listed_then_every_value_once(spec: dict[str, Any]) -> None:
    listed = [(path, json.dumps(value, sort_keys=True)) for path, value in fields.leaves(spec)]

    assert dict(listed) == flat(spec)
    assert len(listed) == len(flat(spec))


@given(steps=STEPS)
@LAW
def test_blame_when_a_resource_was_changed_then_as_the_oracle_says(steps: list[tuple[str, dict[str, Any]]]) -> None:
    oracle, spec, entries = walked(steps)

    assert told(spec, *entries) == ({} if not spec else oracle.setter)


@given(steps=STEPS, data=st.data())
@LAW
def test_blame_when_entries_are_lost_then_no_field_is_of_one_that_gave_it_another_value(
    steps: list[tuple[str, dict[str, Any]]], data: st.DataObject
) -> None:
    oracle, spec, entries = walked(steps)
    left = data.draw(st.lists(st.sampled_from(entries), unique_by=lambda one: one.key).map(sorted_by_key))

    found = told(spec, *left)

    assert set(found) == set(flat(spec))
    assert all(oracle.past[key][path] == flat(spec)[path] for path, key in found.items() if key is not None)


def sorted_by_key(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: one.run.at)


def test_blame_when_there_is_no_journal_then_nothing_is_known() -> None:
    assert told({"name": "a", "agent": {"keys": {"x": {"type": "string"}}}}) == {
        ("agent", "keys", "x", "type"): None,
        ("name",): None,
    }


@pytest.mark.parametrize("status", [Status.FAILED, Status.SKIPPED, Status.PENDING], ids=str)
def test_blame_when_an_update_was_not_made_then_it_set_nothing(status: Status) -> None:
    change = FieldChange(("name",), "a", "b")

    found = told(
        {"name": "b"}, entry(1, "create", spec={"name": "b"}), entry(2, "update", fields=(change,), status=status)
    )

    assert found == {("name",): "k1"}


def test_blame_when_a_value_came_back_then_the_last_one_who_set_it() -> None:
    there, back = FieldChange(("name",), "a", "b"), FieldChange(("name",), "b", "a")

    found = told(
        {"name": "a"},
        entry(1, "create", spec={"name": "a"}),
        entry(2, "update", fields=(there,)),
        entry(3, "update", fields=(back,)),
    )

    assert found == {("name",): "k3"}


@pytest.mark.parametrize("act", ["delete", "forget"])
def test_blame_when_its_space_went_between_then_the_past_is_gone(act: str) -> None:
    made = entry(1, "create", spec={"name": "a"})
    gone = entry(2, act, address=space("sales"), id="f3f1")

    assert told({"name": "a"}, made, gone, entry(3, "adopt", spec={"name": "a"})) == {("name",): "k3"}


def test_blame_when_the_ref_was_another_then_followed_by_id() -> None:
    older: Address = connection("sales", "old-pbx")
    created = entry(1, "create", address=older, spec={"name": "a", "description": ""})
    moved = entry(2, "move", spec={"name": "a", "description": "new"})

    found = told({"name": "a", "description": "new"}, created, moved)

    assert found == {("description",): "k2", ("name",): "k1"}


def test_blame_when_another_object_had_the_address_then_it_does_not_count() -> None:
    assert told({"name": "a"}, entry(1, "create", id="eag0", spec={"name": "a"})) == {("name",): None}


def test_blame_when_one_is_true_then_that_is_another_value() -> None:
    assert told({"retired": True}, entry(1, "create", spec={"retired": 1})) == {("retired",): None}


EDITS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.sampled_from(["Sales", "Продажи"]),
            "description": st.sampled_from(["", "a", "b"]),
            "key": st.sampled_from(["One", "Two"]),
            "more": st.sampled_from(["x_one", "x_two"]),
            "retired": st.booleans(),
        },
    ),
    min_size=1,
    max_size=4,
)


@given(edits=EDITS)
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_blame_when_plans_are_applied_then_each_field_is_of_the_plan_that_changed_it(
    edits: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("blame")
    values: dict[str, Any] = {"name": "Sales", "description": "", "key": "One", "more": [], "retired": False}
    oracles = {space("sales"): Oracle(), ADDRESS: Oracle()}
    for edit in [{}, *edits]:
        more = edit.get("more")
        values |= {**edit, "more": values["more"] + ([more] if more and more not in values["more"] else [])}
        workspace = workspaces.written(folder, documents(values))
        plan = workspaces.apply(workspace).plan
        for address, oracle in oracles.items():
            spec = statekeeping.origins(workspace.store, address, refuse)[0].spec
            oracle.move(json.loads(json.dumps(spec)), plan.digest, is_fresh=False)

    for address, oracle in oracles.items():
        found = statekeeping.origins(workspace.store, address, refuse)[1]
        assert {one.path: one.entry and one.entry.run.digest for one in found} == oracle.setter


def documents(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    head = {"version": 1, "kind": "space", "ref": "sales", "name": values["name"]}
    keys: dict[str, Any] = {key: {"name": key, "type": "string"} for key in values["more"]}
    keys["x_first"] = {"name": values["key"], "type": "json", "retired": values["retired"]}
    one = {"version": 1, "kind": "connection", "ref": "pbx", "space": "sales", "name": "PBX", "data_type": "chat"}
    described = {"description": values["description"]}
    return [{**head, **described}, {**one, **described, "shared": {"keys": keys}}]


def refuse(fault: StateFault) -> None:
    raise fault


def test_origins_when_the_journal_is_lost_then_all_unknown(tmp_path: Path) -> None:
    workspace = workspaces.example(tmp_path)
    workspaces.apply(workspace)
    for name in workspace.store.names("journal/sales"):
        workspace.store.remove(name)

    _, found = statekeeping.origins(workspace.store, space("sales"), refuse)

    assert {one.entry for one in found} == {None}
    assert replace(found[0], entry=None) == found[0]
