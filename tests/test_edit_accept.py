"""What is live written back into a document: afterwards the manifest and live say the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from edits import TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st
from workspaces import KEYS, documents

from ssops.manifest import accept, edit, reader
from ssops.manifest.build import build
from ssops.model import FieldChange
from ssops.plan import diff

SPACE = """\
version: 1
kind: space
ref: sales
name: Sales
access:  # complete
  # who runs it
  - role: speech-sense.admin
    subjects:
      - "group:bosses"  # the bosses
      - "userAccount:anna"  # Anna
  - role: speech-sense.editor
    subjects: ["group:x", "group:y"]
  - role: speech-sense.editor  # once more
    subjects: ["group:z"]
owner: o
"""

CONNECTION = """\
version: 1
kind: connection
ref: hotline
space: s
name: Hotline
data_type: single_channel_audio
agent:
  keys:
    operator_name: {name: Agent}  # the agent
    shift: {name: Shift, type: string}
shared:
  keys:
    csat: {name: CSAT, description: Mark, type: number}
split: {by: duration, segment: 5m}
"""


def spec_of(text: str) -> Any:
    [document], issues = reader.read(text.encode(), "f.yaml")
    assert issues == ()
    built, faults = build(document)
    assert built, faults
    return json.loads(built.spec)


def accepted(text: str, changes: Iterable[FieldChange]) -> str:
    [document], _ = reader.read(text.encode(), "f.yaml")
    return edit.apply(text.encode(), "f.yaml", accept.edits(0, document.data, tuple(changes))).decode()


def moved(path: tuple[str, ...], live: Any) -> FieldChange:
    return FieldChange(path, None, live, drift=True)


def check(text: str, change: FieldChange, gone: str, came: str) -> None:
    """Assert that accepting a change replaces one text by another and nothing else."""
    assert text.count(gone) == 1

    assert accepted(text, [change]) == text.replace(gone, came)


@pytest.mark.parametrize(
    ("change", "gone", "came"),
    [
        (moved(("name",), "Sales, all"), "name: Sales\n", "name: Sales, all\n"),
        (moved(("description",), "New"), "name: Sales\n", "name: Sales\ndescription: New\n"),
        (moved(("description",), ""), "name: Sales\n", "name: Sales\n"),
        (moved(("billing_account",), "dn2b"), "name: Sales\n", "name: Sales\nbilling_account: dn2b\n"),
        (
            moved(("access", "speech-sense.admin"), ["group:bosses", "group:new"]),
            '      - "userAccount:anna"  # Anna\n',
            '      - "group:new"\n',
        ),
        (
            moved(("access", "speech-sense.admin"), None),
            "".join(SPACE.splitlines(keepends=True)[5:10]),
            "",
        ),
        (
            moved(("access", "speech-sense.editor"), ["group:a", "group:x", "group:z"]),
            '["group:x", "group:y"]\n  - role: speech-sense.editor  # once more\n    subjects: ["group:z"]\n',
            '["group:x"]\n  - role: speech-sense.editor  # once more\n    subjects: ["group:z", "group:a"]\n',
        ),
        (
            moved(("access", "speech-sense.editor"), ["group:y", "group:x"]),
            '  - role: speech-sense.editor  # once more\n    subjects: ["group:z"]\n',
            "",
        ),
        (
            moved(("access", "speech-sense.viewer"), ["group:v"]),
            '    subjects: ["group:z"]\n',
            '    subjects: ["group:z"]\n  - role: speech-sense.viewer\n    subjects: ["group:v"]\n',
        ),
    ],
)
def test_edits_when_a_space_drifted_then_only_what_moved_is_written(change: FieldChange, gone: str, came: str) -> None:
    check(SPACE, change, gone, came)


@pytest.mark.parametrize(
    ("change", "gone", "came"),
    [
        (moved(("agent", "keys", "operator_name", "name"), "Оператор"), "{name: Agent}", "{name: Оператор}"),
        (moved(("agent", "keys", "operator_name", "description"), "D"), "Agent}", "Agent, description: D}"),
        (moved(("agent", "keys", "shift", "description"), ""), "{name: Shift", "{name: Shift"),
        (moved(("shared", "keys", "csat", "description"), ""), "description: Mark", 'description: ""'),
        (
            moved(("customer", "keys", "tier"), {"type": "string", "name": "Tier", "description": ""}),
            "type: string}\n",
            "type: string}\ncustomer:\n  keys:\n    tier: {name: Tier, type: string}\n",
        ),
        (
            moved(("shared", "keys", "language"), {"type": "string", "name": "Lang", "description": ""}),
            "type: number}\n",
            'type: number}\n    language: {name: Lang, description: ""}\n',
        ),
        (moved(("shared", "keys", "language"), {"type": "string"}), "type: number}\n", "type: number}\n"),
        (moved(("agent", "keys", "shift"), None), "    shift: {name: Shift, type: string}\n", ""),
        (moved(("agent", "keys", "operator_id"), None), "name: Shift", "name: Shift"),
        (moved(("split", "segment_s"), 90), "segment: 5m", "segment: 1m30s"),
        (moved(("split",), None), "split: {by: duration, segment: 5m}\n", ""),
        (
            moved(("split",), {"by": "phrases", "start": ["a b"], "finish": []}),
            "split: {by: duration, segment: 5m}",
            "split: {by: phrases, start: [a b]}",
        ),
    ],
)
def test_edits_when_a_connection_drifted_then_only_what_moved_is_written(
    change: FieldChange, gone: str, came: str
) -> None:
    check(CONNECTION, change, gone, came)


def test_edits_when_a_key_is_live_in_another_section_then_it_goes_there() -> None:
    text = accepted(CONNECTION, [moved(("agent", "keys", "shift", "section"), "shared")])

    key = "    shift: {name: Shift, type: string}\n"
    assert text == CONNECTION.replace(key, "").replace("type: number}\n", f"type: number}}\n{key}")


def test_edits_when_filters_drifted_then_an_empty_text_is_a_value() -> None:
    text = "version: 1\nkind: project\nref: p\nspace: s\nconnection: c\nname: P\nfilters:\n  tier: a\n"

    check(text, moved(("filters", "tier"), ""), "tier: a\n", 'tier: ""\n')
    check(text, moved(("filters", "description"), ""), "tier: a\n", 'tier: a\n  description: ""\n')
    check(text, moved(("filters", "tier"), None), "filters:\n  tier: a\n", "filters: {}\n")
    check(text.partition("filters")[0], moved(("filters",), {}), "name: P\n", "name: P\n")


def live_of(spec: Any, drawn: st.DataObject) -> Any:
    """Draw what somebody may have made of a resource in the console."""
    live = json.loads(json.dumps(spec))
    live["name"] = drawn.draw(st.sampled_from([live["name"], "Renamed"]))
    live["description"] = drawn.draw(st.one_of(st.just(live["description"]), TEXTS))
    if "access" in live:
        roles = st.sampled_from(["speech-sense.editor", "speech-sense.viewer", "admin"])
        subjects = st.sets(st.sampled_from(["group:a", "group:b", "serviceAccount:ajeeditor00000000001"]), min_size=1)
        live["access"] = drawn.draw(st.dictionaries(roles, subjects.map(sorted)))
    for section in ("agent", "shared"):
        keys = live.get(section, {}).get("keys", {})
        for fields in keys.values():
            fields["name"] = drawn.draw(st.sampled_from([fields.get("name", "a"), "Renamed"]))
            fields["description"] = drawn.draw(st.one_of(st.just(fields.get("description", "")), TEXTS))
        if keys:
            for key, fields in drawn.draw(KEYS).items():
                fields.pop("retired", None)  # SpeechSense knows nothing of it
                keys[f"new_{key}"] = {"description": ""} | fields
    return live


@given(documents(), st.data())
@settings(max_examples=60)
def test_edits_when_anything_drifted_then_nothing_is_left_of_it(
    found: list[dict[str, Any]], drawn: st.DataObject
) -> None:
    text = json.dumps(drawn.draw(st.sampled_from(found)), indent=drawn.draw(st.sampled_from([None, 2])))
    spec = spec_of(text)
    live = live_of(spec, drawn)
    moves = [FieldChange(one.path, one.after, one.before) for one in diff.diff(spec, live, spec)]
    new = [
        FieldChange((section, "keys", key), None, fields)
        for section in ("agent", "shared")
        for key, fields in live.get(section, {}).get("keys", {}).items()
        if key not in spec[section]["keys"]
    ]

    after = spec_of(accepted(text, [*moves, *new]))

    assert diff.diff(after, live, spec) == ()
    assert all(key in after[section]["keys"] for (section, _, key) in (one.path for one in new))
