from __future__ import annotations

import sys
from subprocess import run
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ssops.domain.rules import SCHEMA
from ssops.manifest import schema
from ssops.manifest.document import Document
from ssops.manifest.reader import read
from ssops.manifest.schema_faults import FAULTS_MAX
from ssops.messages import catalogue, say

CONFIG = """\
version: 1
organization: bpfexample0000000001
manifests: [spaces, connections]
provider:
  local:
    path: .ssops/speechsense.db
    actor: "userAccount:ajeme000000000000001"
    grants:
      - {role: speech-sense.admin, subjects: ["serviceAccount:ajeci000000000000001"]}
    groups:
      ajgexample0000000001: ["userAccount:ajeme000000000000001"]
state:
  file: {path: state}
policy:
  max_changes: 50
"""
SPACE = """\
version: 1
kind: space
ref: sales
name: Sales
description: Inbound and outbound sales calls
billing_account: dn2example00000000001
access:
  - role: speech-sense.editor
    subjects: ["serviceAccount:ajeexample0000000001"]
"""
CONNECTION = """\
version: 1
kind: connection
ref: office-pbx
space: sales
name: Office PBX calls
description: Calls recorded by the office PBX
data_type: two_channel_audio
agent:
  channel: 0
  keys:
    operator_name: {name: Agent}
    operator_id: {name: Agent ID, description: Extension number}
    department: {name: Department, type: string}
customer:
  channel: 1
  keys:
    client_name: {name: Customer}
    client_id: {name: Customer ID}
shared:
  keys:
    ticket_id: {name: Task number, type: string}
"""
PROJECT = """\
version: 1
kind: project
ref: vip
space: sales
connection: office-pbx
name: VIP
filters: {customer_tier: vip}
"""
HONEST = {"config": CONFIG, "space": SPACE, "connection": CONNECTION, "project": PROJECT}


def document(text: str) -> Document:
    documents, issues = read(text.encode(), "m.yaml")
    assert issues == ()
    assert len(documents) == 1
    return documents[0]


def faults(text: str, kind: str) -> list[tuple[int, int, str, str, str]]:
    """Give line, column, rule, message and hint of each issue."""
    found = schema.check(document(text), kind)
    return [(i.location.line, i.location.column, i.rule, say(i.message), say(i.hint) if i.hint else "") for i in found]


@pytest.mark.parametrize("kind", HONEST)
def test_check_when_document_is_the_one_of_the_manual_then_no_issue(kind: str) -> None:
    assert faults(HONEST[kind], kind) == []


@pytest.mark.parametrize(
    ("kind", "old", "new", "expected"),
    [
        pytest.param(
            "space",
            "description:",
            "desciption:",
            (5, 1, "schema-unknown-field", "unknown field 'desciption'", "did you mean 'description'?"),
            id="unknown-field-near-miss",
        ),
        pytest.param(
            "connection",
            "name: Customer}",
            "Name: Customer}",
            (17, 19, "schema-unknown-field", "unknown field 'Name'", "did you mean 'name'?"),
            id="unknown-field-other-case",
        ),
        pytest.param(
            "connection",
            "shared:\n  keys:\n    ticket_id",
            "shared:\n  channel: 1\n  keys:\n    ticket_id",
            (
                20,
                3,
                "schema-unknown-field",
                "unknown field 'channel'",
                "metadata keys stand under 'keys:'; the fields here are: keys",
            ),
            id="unknown-field-section",
        ),
        pytest.param(
            "config",
            "max_changes",
            "limit",
            (15, 3, "schema-unknown-field", "unknown field 'limit'", "the fields here are: max_changes, schemas"),
            id="unknown-field-far",
        ),
        pytest.param(
            "space",
            "name: Sales\n",
            "",
            (1, 1, "schema-missing-field", "missing field 'name'", "add 'name', for example name: Sales"),
            id="missing-field",
        ),
        pytest.param(
            "space",
            "version: 1\n",
            "",
            (1, 1, "schema-missing-field", "missing field 'version'", "add 'version: 1' to the document"),
            id="missing-version",
        ),
        pytest.param(
            "space",
            "role: speech-sense.editor\n    subjects",
            "subjects",
            (
                8,
                5,
                "schema-missing-field",
                "missing field 'role' in 'access[0]'",
                "add 'role', for example role: speech-sense.editor",
            ),
            id="missing-field-inside",
        ),
        pytest.param(
            "space",
            "name: Sales\n",
            "nmae: Sales\n",
            (4, 1, "schema-unknown-field", "unknown field 'nmae'", "did you mean 'name'?"),
            id="misspelt-field-is-not-missing-too",
        ),
        pytest.param(
            "space",
            "name: Sales",
            "name: 2024",
            (4, 7, "schema-type", "'name' must be text, not 2024", 'put it in quotes: "2024"'),
            id="text-wanted-number",
        ),
        pytest.param(
            "space",
            "name: Sales",
            "name: 1.50",
            (4, 7, "schema-type", "'name' must be text, not 1.5", "write one text; a number goes in quotes"),
            id="text-wanted-fraction",
        ),
        pytest.param(
            "space",
            "name: Sales",
            "name:",
            (
                4,
                6,
                "schema-type",
                "'name' has no value",
                "write a value after 'name:', indent the lines below that belong to it, or remove the line",
            ),
            id="text-wanted-nothing",
        ),
        pytest.param(
            "space",
            "name: Sales",
            "name: Sales\nmanaged: no",
            (5, 10, "schema-type", "'managed' must be true or false, not 'no'", "write false, without quotes"),
            id="boolean-wanted-no",
        ),
        pytest.param(
            "space",
            "name: Sales",
            "name: Sales\nmanaged: '5'",
            (
                5,
                10,
                "schema-type",
                "'managed' must be true or false, not '5'",
                "write true or false, without quotes",
            ),
            id="boolean-wanted-text",
        ),
        pytest.param(
            "config",
            "max_changes: 50",
            "max_changes: 0x32",
            (
                15,
                16,
                "schema-type",
                "'policy.max_changes' must be a whole number, not '0x32'",
                "write 50, without quotes",
            ),
            id="number-wanted-hexadecimal",
        ),
        pytest.param(
            "config",
            "max_changes: 50",
            "max_changes: -1",
            (
                15,
                16,
                "schema-range",
                "'policy.max_changes' must be at least 0, not -1",
                "write 0 or a greater number",
            ),
            id="number-too-small",
        ),
        pytest.param(
            "config",
            "manifests: [spaces, connections]",
            "manifests: spaces",
            (
                3,
                12,
                "schema-type",
                "'manifests' must be a list, not 'spaces'",
                "write a list: [first, second], or one item on each line after a dash",
            ),
            id="list-wanted",
        ),
        pytest.param(
            "config",
            "file: {path: state}",
            "file: state",
            (
                13,
                9,
                "schema-type",
                "'state.file' must be a mapping of fields, not 'state'",
                "write fields as 'name: value', indented one on each line, or {name: value}",
            ),
            id="mapping-wanted",
        ),
        pytest.param(
            "connection",
            "two_channel_audio",
            "two_chanel_audio",
            (
                7,
                12,
                "schema-value",
                "'two_chanel_audio' is not a value of 'data_type'",
                "did you mean 'two_channel_audio'? it must be one of: two_channel_audio, single_channel_audio, chat",
            ),
            id="not-one-of-near-miss",
        ),
        pytest.param(
            "connection",
            "channel: 0",
            "channel: 2",
            (
                9,
                12,
                "schema-value",
                "2 is not a value of 'agent.channel'",
                "write 0 for the left track or 1 for the right one",
            ),
            id="not-one-of",
        ),
        pytest.param(
            "connection",
            "channel: 0",
            "channel: '0'",
            (9, 12, "schema-value", "'0' is not a value of 'agent.channel'", "write 0, without quotes"),
            id="not-one-of-quoted",
        ),
        pytest.param(
            "connection",
            "    department: {name: Department, type: string}\n",
            "    department: Department\n",
            (
                13,
                17,
                "schema-type",
                "'agent.keys.department' must be a mapping of fields, not 'Department'",
                (
                    "write department: {name: Department}; a key that SpeechSense does not have by itself needs a "
                    "type, too: {name: Department, type: string}"
                ),
            ),
            id="name-for-a-key",
        ),
        pytest.param(
            "connection",
            "agent:\n",
            "channel: 1\nagent:\n",
            (
                8,
                1,
                "schema-unknown-field",
                "unknown field 'channel'",
                "it belongs in a section: write it below 'agent:', 'customer:', 'bot:' or 'shared:', indented",
            ),
            id="outside-of-sections",
        ),
        pytest.param(
            "config",
            "version: 1",
            "version: 2",
            (
                1,
                10,
                "schema-version",
                "this ssops does not know version 2 of the manifest format",
                "write version: 1, or use a newer ssops if the file was written for one",
            ),
            id="newer-version",
        ),
        pytest.param(
            "connection",
            "ref: office-pbx",
            "ref: Office PBX",
            (
                3,
                6,
                "schema-pattern",
                "'Office PBX' in 'ref' is not a ref",
                (
                    "a ref is 1 to 63 lower-case Latin letters, digits and hyphens, starting with a letter, "
                    "for example office-pbx"
                ),
            ),
            id="ref-form",
        ),
        pytest.param(
            "connection",
            "ref: office-pbx",
            'ref: "office-pbx\\n"',
            (
                3,
                6,
                "schema-pattern",
                "'office-pbx\n' in 'ref' is not a ref",
                (
                    "a ref is 1 to 63 lower-case Latin letters, digits and hyphens, starting with a letter, "
                    "for example office-pbx"
                ),
            ),
            id="ref-with-line-break",
        ),
        pytest.param(
            "config",
            "organization: bpfexample0000000001",
            "organization: наша",
            (
                2,
                15,
                "schema-pattern",
                "'наша' in 'organization' is not an id",
                (
                    "copy the id from the console: Latin letters and digits without spaces, at most 100 characters, "
                    "such as bpfexample0000000001"
                ),
            ),
            id="id-form",
        ),
        pytest.param(
            "space",
            "serviceAccount:ajeexample0000000001",
            "ajeexample0000000001",
            (
                9,
                16,
                "schema-pattern",
                "'ajeexample0000000001' in 'access[0].subjects[0]' does not name a subject",
                (
                    "write TYPE:ID, for example userAccount:ajeexample0000000001; TYPE is userAccount, serviceAccount, "
                    "federatedUser or group, and system goes with allAuthenticatedUsers, allUsers, "
                    "group:organization:ID:users or group:federation:ID:users"
                ),
            ),
            id="subject-form",
        ),
        pytest.param(
            "config",
            "ajgexample0000000001:",
            "our group:",
            (
                11,
                7,
                "schema-pattern",
                "'our group' in 'provider.local.groups' is not the id of a group",
                (
                    "copy the id from the console: Latin letters and digits without spaces, at most 100 characters, "
                    "such as ajgexample0000000001"
                ),
            ),
            id="group-id-form",
        ),
        pytest.param(
            "space",
            "name: Sales",
            'name: ""',
            (
                4,
                7,
                "schema-empty",
                "'name' must not be empty",
                "write a value, or remove the field if it may be left out",
            ),
            id="empty-name",
        ),
        pytest.param(
            "connection",
            "ticket_id:",
            '"":',
            (21, 5, "schema-empty", "a key must not be empty", "write the key as it stands in the metadata file"),
            id="empty-key",
        ),
    ],
)
def test_check_when_one_field_is_wrong_then_one_issue_says_where_what_and_what_to_do(
    kind: str, old: str, new: str, expected: tuple[int, int, str, str, str]
) -> None:
    text = HONEST[kind].replace(old, new, 1)

    found = faults(text, kind)

    assert text != HONEST[kind]
    assert found == [expected]


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        pytest.param("{by: duration, segment: 5m30s}", [], id="duration"),
        pytest.param("{by: phrases, start: [good day], finish: []}", [], id="phrases"),
        pytest.param(
            "{by: duration}", [("schema-missing-field", "missing field 'segment' in 'split'")], id="no-segment"
        ),
        pytest.param(
            "{by: phrases, segment: 90s}",
            [("schema-misplaced-field", "'split.segment' has no place here")],
            id="misplaced",
        ),
        pytest.param("{by: silence}", [("schema-value", "'silence' is not a value of 'split.by'")], id="unknown-way"),
        pytest.param(
            "{by: duration, segment: 1:30}",
            [("schema-pattern", "'1:30' in 'split.segment' is not a length of time")],
            id="clock",
        ),
        pytest.param(
            "{by: duration, segment: 90}", [("schema-type", "'split.segment' must be text, not 90")], id="bare-number"
        ),
        pytest.param("{}", [("schema-missing-field", "missing field 'by' in 'split'")], id="empty"),
    ],
)
def test_check_when_split_is_given_then_only_its_own_fields_go_with_it(
    split: str, expected: list[tuple[str, str]]
) -> None:
    text = CONNECTION.replace("two_channel_audio", f"single_channel_audio\nsplit: {split}")

    found = schema.check(document(text), "connection")

    assert [(issue.rule, say(issue.message)) for issue in found] == expected


def test_check_when_a_value_is_long_then_the_message_shows_its_beginning() -> None:
    found = schema.check(document(SPACE.replace("ref: sales", f"ref: {'A' * 10_000}")), "space")

    assert [say(issue.message) for issue in found] == [f"'{'A' * 57}...' in 'ref' is not a ref"]


def test_check_when_everything_is_wrong_then_the_first_faults_are_shown_and_the_rest_announced() -> None:
    text = SPACE + "".join(f"x{n}: 1\n" for n in range(1000))

    found = schema.check(document(text), "space")

    assert len(found) == FAULTS_MAX + 1
    assert [issue.rule for issue in found[-2:]] == ["schema-unknown-field", "schema-too-many"]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        pytest.param(SPACE, "space", [], id="space"),
        pytest.param("kind: project", "project", [], id="version-is-left-to-the-schema"),
        pytest.param(
            "[1]",
            None,
            [(1, 1, "schema-type", "write fields as 'name: value', one on each line, without a dash before the first")],
            id="list",
        ),
        pytest.param(
            "version: 1\nkind: conection",
            None,
            [(2, 7, "schema-value", "did you mean 'connection'? it must be one of: space, connection, project")],
            id="near-miss",
        ),
        pytest.param(
            "version: 1\nkind: [space]",
            None,
            [(2, 7, "schema-value", "write one of: space, connection, project")],
            id="not-a-word",
        ),
        pytest.param(
            "version: 1\nknd: space", None, [(2, 1, "schema-unknown-field", "did you mean 'kind'?")], id="misspelt-kind"
        ),
        pytest.param(
            "ref: sales",
            None,
            [
                (
                    1,
                    1,
                    "schema-missing-field",
                    "say what the document describes: kind: space, kind: connection or kind: project",
                ),
                (1, 1, "schema-missing-field", "add 'version: 1' to the document"),
            ],
            id="neither",
        ),
        pytest.param(
            "version: '1'\nkind: space", None, [(1, 10, "schema-version", "write version: 1")], id="version-as-text"
        ),
        pytest.param(
            "version: true\nkind: space", None, [(1, 10, "schema-version", "write version: 1")], id="version-true"
        ),
    ],
)
def test_kind_of_when_asked_then_tells_the_kind_or_why_not(
    text: str, kind: str | None, expected: list[tuple[int, int, str, str]]
) -> None:
    found, issues = schema.kind_of(document(text))

    assert found == kind
    assert [(i.location.line, i.location.column, i.rule, say(i.hint) if i.hint else "") for i in issues] == expected


def test_text_when_name_is_unknown_then_key_error() -> None:
    with pytest.raises(KeyError):
        schema.text("../config")


def test_compiled_when_a_pattern_could_backtrack_then_the_verdict_is_immediate() -> None:
    assert not schema.is_schema_fault_free({"version": 1, "organization": "a" * 1_000_000 + "!"}, "config")


def test_check_when_all_is_well_then_the_slow_validator_is_not_imported() -> None:
    code = (
        "import sys; from ssops.manifest import schema, reader;"
        f"d = reader.read({SPACE.encode()!r}, 'm.yaml')[0][0]; assert schema.check(d, 'space') == ();"
        "print(sorted({'jsonschema', 'difflib', 'referencing'} & set(sys.modules)))"
    )

    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_rules_when_listed_then_each_has_its_title_and_reason() -> None:
    sentences = catalogue("en")

    missing = [
        f"rule.{id}.{part}" for id in SCHEMA for part in ("title", "why") if f"rule.{id}.{part}" not in sentences
    ]

    assert missing == []


_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from(["", "no", "chat", "sales", "5m", "duration", "phrases"]),
)
_FIELDS = [
    "version",
    "kind",
    "ref",
    "name",
    "access",
    "role",
    "agent",
    "keys",
    "channel",
    "type",
    "split",
    "by",
    "segment",
    "start",
    "retired",
    "x",
]
_anything = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_FIELDS), inner, max_size=4)
)


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(sorted(HONEST)), field=st.sampled_from(_FIELDS), value=_anything, whole=st.booleans())
def test_check_when_data_is_arbitrary_then_both_validators_agree_and_every_sentence_can_be_said(
    kind: str, field: str, value: Any, whole: bool
) -> None:
    data = value if whole else {**yaml.safe_load(HONEST[kind]), field: value}
    text = yaml.safe_dump(data, sort_keys=False)
    documents, _ = read(text.encode(), "m.yaml")
    for one in documents:
        found = schema.check(one, kind)

        assert bool(found) != schema.is_schema_fault_free(one.data, kind)
        assert all(issue.rule != "schema-mismatch" for issue in found)
        assert all(say(issue.message) and issue.hint and say(issue.hint) for issue in found)
        assert [issue.location for issue in found] == sorted(issue.location for issue in found)
