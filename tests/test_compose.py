"""A manifest made of a spec: it makes that spec again, and `ssops fmt` has nothing to do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from edits import TEXTS
from hostile_names import NAMES
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import ALL
from workspaces import EXAMPLES, KEYS, documents

from ssops.errors import InvalidManifest, SsopsError
from ssops.manifest import compose, reader
from ssops.manifest.build import build
from ssops.manifest.format import rewrite
from ssops.model import Address, Kind, Severity

FILES = sorted(path for path in EXAMPLES.rglob("*.yaml") if path.name != "ssops.yaml")
SCHEMA = "../schemas/space.schema.json"


def built(text: str) -> list[tuple[Address, Any]]:
    """Give what the documents of a text make: addresses and specs."""
    found, issues = reader.read(text.encode(), "f.yaml")
    assert issues == ()
    made = []
    for document in found:
        one, faults = build(document)
        assert one, faults
        made.append((one.entry.address, json.loads(one.spec)))
    return made


def check_laws(address: Address, spec: Any) -> str:
    text = compose.manifest(address.kind, address.ref, address.space, spec)

    assert built(text) == [(address, spec)]
    formatted = rewrite(text.encode(), "f.yaml")
    assert formatted.issues == ()
    assert not formatted.is_changed
    return text


def test_manifest_when_a_space_then_as_a_person_would_write_it() -> None:
    spec = {
        "name": "Sales",
        "description": "Inbound and outbound: sales calls",
        "billing_account": "dn2example00000000001",
        "access": {"speech-sense.editor": ["group:b", "serviceAccount:a"], "speech-sense.auditor": ["userAccount:c"]},
    }

    assert compose.manifest(Kind.SPACE, "sales", "sales", spec, schema_path=SCHEMA) == (
        f"# yaml-language-server: $schema={SCHEMA}\n"
        "version: 1\n"
        "kind: space\n"
        "ref: sales\n"
        "name: Sales\n"
        'description: "Inbound and outbound: sales calls"\n'
        "billing_account: dn2example00000000001\n"
        "access:\n"
        "  - role: speech-sense.auditor\n"
        '    subjects: ["userAccount:c"]\n'
        "  - role: speech-sense.editor\n"
        '    subjects: ["group:b", "serviceAccount:a"]\n'
    )


def test_manifest_when_a_connection_then_default_keys_are_written_only_with_something_to_say() -> None:
    spec = {
        "name": "Горячая линия",
        "description": "Моно-записи\nодин файл за смену\n",
        "data_type": "single_channel_audio",
        "agent": {
            "keys": {
                "shift": {"type": "string", "name": "Смена", "description": ""},
                "operator_name": {"type": "string", "name": "Оператор"},
                "operator_id": {"type": "string"},
            }
        },
        "customer": {"keys": {"client_name": {"type": "string"}, "client_id": {"type": "string"}}},
        "shared": {
            "keys": {
                "date": {"type": "date"},
                "language": {"type": "string"},
                "csat": {"type": "number", "name": "no", "description": "x" * 100, "retired": True},
            }
        },
        "split": {"by": "duration", "segment_s": 330},
    }

    assert compose.manifest(Kind.CONNECTION, "hotline", "support", spec) == (
        "version: 1\n"
        "kind: connection\n"
        "ref: hotline\n"
        "space: support\n"
        "name: Горячая линия\n"
        "description: |\n"
        "  Моно-записи\n"
        "  один файл за смену\n"
        "data_type: single_channel_audio\n"
        "agent:\n"
        "  keys:\n"
        "    operator_name: {name: Оператор}\n"
        "    shift: {name: Смена, type: string}\n"
        "shared:\n"
        "  keys:\n"
        "    csat:\n"
        '      name: "no"\n'
        f"      description: {'x' * 100}\n"
        "      type: number\n"
        "      retired: true\n"
        "split: {by: duration, segment: 5m30s}\n"
    )


def test_manifest_when_a_project_then_a_line_for_each_filter() -> None:
    spec = {"name": "VIP", "description": "", "connection": "pbx", "filters": {"tier": "1", "да": ""}}

    assert compose.manifest(Kind.PROJECT, "vip", "sales", spec) == (
        "version: 1\nkind: project\nref: vip\nspace: sales\nconnection: pbx\nname: VIP\n"
        'filters:\n  tier: "1"\n  да: ""\n'
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_manifest_when_of_an_example_then_the_laws_hold(path: Any) -> None:
    for address, spec in built(path.read_text(encoding="utf-8")):
        check_laws(address, spec)


@given(documents())
@settings(max_examples=60)
def test_manifest_when_of_any_documents_then_the_laws_hold(found: list[dict[str, Any]]) -> None:
    for each in found:
        for address, spec in built(json.dumps(each)):
            check_laws(address, spec)


SUBJECTS = st.sets(st.sampled_from(["group:a", "userAccount:b", "system:allUsers"]), min_size=1).map(sorted)
ROLES = st.sampled_from(["speech-sense.admin", "speech-sense.editor", "viewer"])
NAME = TEXTS.filter(bool)
SPACE = st.fixed_dictionaries(
    {"name": NAME, "description": TEXTS},
    optional={
        "billing_account": st.just("dn2a"),
        "access": st.dictionaries(ROLES, SUBJECTS),
        "protect": st.just(True),
    },
)
PROJECT = st.fixed_dictionaries(
    {"name": NAME, "description": TEXTS, "connection": st.just("pbx"), "filters": st.dictionaries(NAME, TEXTS)}
)


@given(SPACE)
def test_manifest_when_of_any_space_then_the_laws_hold(spec: dict[str, Any]) -> None:
    check_laws(Address(Kind.SPACE, "s", "s"), spec)


@given(PROJECT)
def test_manifest_when_of_any_project_then_the_laws_hold(spec: dict[str, Any]) -> None:
    check_laws(Address(Kind.PROJECT, "s", "p"), spec)


@given(
    NAME,
    TEXTS,
    KEYS,
    st.one_of(
        st.integers(1, 6_000).map(lambda length: {"by": "duration", "segment_s": length}),
        st.lists(NAME.filter(str.strip), min_size=1).map(lambda texts: {"by": "phrases", "start": texts, "finish": []}),
    ),
)
def test_manifest_when_of_any_recordings_then_the_laws_hold(name: str, text: str, keys: Any, split: Any) -> None:
    document = {"version": 1, "kind": "connection", "ref": "c", "space": "s", "name": name, "description": text}
    document |= {"data_type": "single_channel_audio", "shared": {"keys": keys}}
    [(address, spec)] = built(json.dumps(document))

    check_laws(address, {**spec, "split": split})


@pytest.mark.parametrize("address", ALL, ids=str)
def test_declared_when_the_spec_is_live_then_a_manifest_can_be_written(address: Address) -> None:
    spec = compose.declared(address.kind, ALL[address])

    check_laws(address, spec)


def test_declared_when_a_default_key_says_nothing_then_no_manifest_takes_charge_of_it() -> None:
    live = {
        "name": "Chat",
        "description": "",
        "data_type": "chat",
        "agent": {
            "keys": {
                "operator_name": {"type": "string", "name": "operator_name", "description": ""},
                "operator_id": {"type": "string", "name": "ID", "description": ""},
            }
        },
        "shared": {"keys": {"x": {"type": "url", "name": "x", "description": ""}}},
    }

    spec = compose.declared(Kind.CONNECTION, live)

    assert spec["agent"]["keys"] == {
        "operator_name": {"type": "string"},
        "operator_id": {"type": "string", "name": "ID"},
    }
    assert list(spec["shared"]["keys"]) == ["date", "direction_outgoing", "language", "x"]
    text = check_laws(Address(Kind.CONNECTION, "s", "c"), spec)
    assert text.partition("data_type: chat\n")[2] == (
        "agent:\n  keys:\n    operator_id: {name: ID}\nshared:\n  keys:\n    x: {name: x, type: url}\n"
    )


REFUSED = {"nul", "terminal", "c1", "bidi", "zero-width", "tag-letters", "separators", "surrogate", "non-characters"}
"""Hostile names that hold a character which no manifest may have."""


@pytest.mark.parametrize("name", NAMES)
def test_manifest_when_names_are_hostile_then_they_survive_or_are_refused(name: str) -> None:
    text = NAMES[name]
    fields = {"type": "string", "name": text, "description": text}
    spec = compose.declared(
        Kind.CONNECTION,
        {"name": text, "description": text, "data_type": "chat", "shared": {"keys": {text[:500]: fields}}},
    )

    if name in REFUSED:
        with pytest.raises(SsopsError) as stopped:
            check_laws(Address(Kind.CONNECTION, "s", "c"), spec)
        assert stopped.value.reason == "edit_character"
        assert all(str(value).isprintable() for _, value in stopped.value.message.args)
    else:
        check_laws(Address(Kind.CONNECTION, "s", "c"), spec)


@pytest.mark.parametrize(
    ("kind", "spec", "rule"),
    [
        (Kind.SPACE, {"name": "", "description": ""}, "schema-empty"),
        (Kind.SPACE, {"name": "a", "description": "", "access": {"owner": ["group:a"]}}, "schema-value"),
        (Kind.SPACE, {"name": "a", "description": "", "access": {"editor": ["robot:a"]}}, "schema-pattern"),
        (Kind.PROJECT, {"name": "a", "description": "", "connection": "An Id", "filters": {}}, "schema-pattern"),
        (
            Kind.PROJECT,
            {"name": "a", "description": "", "connection": "c", "filters": {"k" * 2_000: ""}},
            "yaml-syntax",
        ),
    ],
)
def test_manifest_when_the_schema_refuses_it_then_its_issues_are_told(kind: Kind, spec: Any, rule: str) -> None:
    with pytest.raises(InvalidManifest) as stopped:
        compose.manifest(kind, "r", "s" if kind is Kind.PROJECT else "r", spec, file="new.yaml")

    assert [issue.rule for issue in stopped.value.issues] == [rule]
    assert {(issue.severity, issue.location.file) for issue in stopped.value.issues} == {(Severity.ERROR, "new.yaml")}


def test_manifest_when_the_spec_is_not_canonical_then_it_says_so() -> None:
    with pytest.raises(ValueError, match="not a canonical spec"):
        compose.manifest(Kind.SPACE, "s", "s", {"name": "a"})
