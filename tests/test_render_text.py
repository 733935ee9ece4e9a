"""Plans, issues, outcomes and resources as text: whole outputs."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent
from typing import Any

import pytest

from ssops.model import (
    Action,
    Address,
    Advice,
    Annotations,
    Change,
    Execution,
    FieldChange,
    Issue,
    Kind,
    Location,
    Outcome,
    Plan,
    Reversibility,
    Role,
    RoleVerdict,
    Severity,
    Status,
    message,
)
from ssops.render import text_issues, text_outcomes, text_plan, text_resource, text_roles, text_state
from ssops.render.style import paint

SPACE = Address(Kind.SPACE, "sales", "sales")
PBX = Address(Kind.CONNECTION, "sales", "pbx")
CHATS = Address(Kind.CONNECTION, "support", "chats")
DIGEST = f"sha256:{'0' * 64}"
GRANTED = Role("speech-sense.editor", "space/sales", RoleVerdict.GRANTED, "organization")
MISSING = Role("speech-sense.editor", "space/support", RoleVerdict.MISSING)
CREATE = Change(
    PBX,
    Action.CREATE,
    "Office",
    (
        FieldChange(
            ("agent",),
            None,
            {"channel": 0, "keys": {"operator_id": {"type": "string"}, "team": {"type": "string", "name": "Team"}}},
        ),
        FieldChange(("data_type",), None, "two_channel_audio"),
        FieldChange(("name",), None, "Office\u202e"),
    ),
    Reversibility.ONE_WAY,
    Execution.AUTO,
    GRANTED,
    Location("connections/pbx.yaml", 4, 6),
    ("connection-creation-one-way",),
)
IMPOSSIBLE = Change(
    CHATS,
    Action.UPDATE,
    "Chats",
    (
        FieldChange(("name",), "Chat", "Chats"),
        FieldChange(
            ("shared", "keys", "order_id", "type"), "number", "string", Reversibility.IMPOSSIBLE, "key-type-fixed"
        ),
        FieldChange(("access", "speech-sense.viewer"), ["group:a", "group:b"], ["group:b", "group:c"], drift=True),
    ),
    Reversibility.IMPOSSIBLE,
    Execution.BLOCKED,
    MISSING,
    Location("connections/chats.yaml", 41, 9),
    ("key-type-fixed",),
    (Advice(message("render.hint", hint="because"), message("render.hint", hint="do that")),),
    Annotations(owner="ops"),
)


def plan(*changes: Change, **fields: Any) -> Plan:
    return Plan("bpf", "live", ("sales", "support"), changes, fields.pop("issues", ()), {}, DIGEST, **fields)


def test_plan_when_it_has_changes_then_list_details_and_count_are_shown() -> None:
    shown = paint(text_plan.lines(plan(CREATE, IMPOSSIBLE, unchanged=3, unmanaged=("space f3f",))), colour=False)

    assert shown == dedent(f"""\
        space sales
          needs speech-sense.editor on space/sales: granted (organization)
           1  +  one-way  auto  connection/sales/pbx  create; 2 keys

        space support
          needs speech-sense.editor on space/support: missing
           2  !  impossible  blocked  connection/support/chats  shared key order_id, type; name; access \
speech-sense.viewer [key-type-fixed]

        + connection/sales/pbx 'Office'  connections/pbx.yaml:4:6
        +   name            'Office\\u202e'
        +   data_type       'two_channel_audio'
        +   agent channel   0
        +   agent key team  string, name: 'Team'

        ! connection/support/chats 'Chats'  connections/chats.yaml:41:9
        !   name                        'Chat' -> 'Chats'
        !   access speech-sense.viewer  -'group:a' +'group:c'  changed outside ssops
        !   shared key order_id, type   'number' -> 'string'   impossible
        !   why: hint: because
        !   instead: hint: do that
        !   rule key-type-fixed: a key keeps its type
        !   owner: ops

        1 object in SpeechSense is not managed by ssops and left alone.
        Plan: 1 to create, 3 unchanged; 1 change is one-way; 1 change is blocked ({DIGEST})
        """)


def test_plan_when_nothing_changes_then_it_says_so() -> None:
    shown = paint(text_plan.lines(plan(unchanged=7)), colour=False)

    assert shown == f"No changes: 7 unchanged. ({DIGEST})\n"


def test_plan_when_quiet_then_fields_are_left_out() -> None:
    shown = paint(text_plan.lines(plan(CREATE), details=False), colour=False)

    assert "+ connection" not in shown
    assert shown.splitlines()[-1] == f"Plan: 1 to create, 0 unchanged; 1 change is one-way ({DIGEST})"


def test_plan_when_it_is_large_then_details_are_bounded_and_blocked_ones_come_first() -> None:
    many = [replace(CREATE, address=Address(Kind.CONNECTION, "sales", f"pbx-{n}")) for n in range(200)]

    shown = paint(text_plan.lines(plan(*many, IMPOSSIBLE)), colour=False).splitlines()
    full = paint(text_plan.lines(plan(*many, IMPOSSIBLE), full=True), colour=False).splitlines()

    assert len(shown) < text_plan.SHOWN_LINES * 2 < len(full)
    assert any(each.startswith("! connection/support/chats") for each in shown)
    assert "The details of 141 more changes are left out; --verbose shows them." in shown
    assert {len(each.partition("+")[0]) for each in shown if "create; 2 keys" in each} == {7}


def test_plan_when_a_creation_is_refused_then_the_reason_stands_alone() -> None:
    advice = Advice(message("name-taken", address=str(PBX), object="eag1", kind="connection", name="Office"))
    taken = replace(
        CREATE, execution=Execution.BLOCKED, rules=("connection-creation-one-way", "name-taken"), advice=(advice,)
    )

    shown = paint(text_plan.lines(plan(taken)), colour=False).splitlines()

    assert shown[2] == "   1  !    blocked  connection/sales/pbx  create; 2 keys [name-taken]"
    assert [each[:8] for each in shown if each.startswith("!")] == ["! connec", "!   why:"]


def test_plan_when_full_then_no_value_is_cut() -> None:
    long = "x" * 200
    change = Change(
        PBX,
        Action.UPDATE,
        "Office",
        (FieldChange(("description",), "", long),),
        Reversibility.REVERSIBLE,
        Execution.AUTO,
        GRANTED,
        None,
    )

    cut = paint(text_plan.lines(plan(change)), colour=False)
    full = paint(text_plan.lines(plan(change), full=True), colour=False)

    assert (long in cut, long in full) == (False, True)


def test_roles_when_one_is_missing_then_the_last_line_says_so() -> None:
    shown = paint(text_roles.lines(plan(CREATE, IMPOSSIBLE)), colour=False)

    assert shown == dedent("""\
        space sales
          +  connection/sales/pbx  speech-sense.editor  on space/sales  granted (organization)

        space support
          !  connection/support/chats  speech-sense.editor  on space/support  missing

        1 change needs a role that the actor does not have.
        """)


def test_issue_when_shown_then_the_caret_points_at_the_column() -> None:
    issue = Issue(
        Severity.ERROR,
        "schema-unknown-field",
        message("schema-unknown-field", field="desciption"),
        Location("spaces/a.yaml", 5, 5),
        message("usage.near", near="description"),
        "чат: desciption: \x1b[31mx",
    )

    assert paint(text_issues.lines([issue]), colour=False) == dedent("""\
        spaces/a.yaml:5:5: error [schema-unknown-field] unknown field 'desciption'
          5 | чат: desciption: \\x1b[31mx
            |     ^
          hint: did you mean 'description'?

        """)


def test_issue_when_its_line_is_long_then_a_window_around_the_column_is_shown() -> None:
    issue = Issue(Severity.WARNING, "r", message("render.valid"), Location("a", 1, 5001), None, "x" * 10_000)

    shown = paint(text_issues.lines([issue]), colour=False).splitlines()

    assert shown[1] == f"  1 | {'x' * 100}"
    assert shown[2] == f"    | {' ' * 50}^"


def test_outcomes_when_some_failed_then_each_is_counted() -> None:
    outcomes = (
        Outcome(SPACE, Action.CREATE, Status.APPLIED, "f3f1"),
        Outcome(PBX, Action.CREATE, Status.FAILED, error=message("error.interrupted")),
    )

    assert paint(text_outcomes.lines(outcomes, DIGEST), colour=False) == dedent(f"""\
        applied  create  space/sales           f3f1
        failed   create  connection/sales/pbx  interrupted

        Apply: 1 applied, 1 failed ({DIGEST})
        """)


def test_resource_when_views_differ_then_each_says_what_it_has() -> None:
    spec = {"name": "A", "data_type": "chat", "bot": {"keys": {"bot_id": {"type": "string"}}}}

    shown = paint(
        text_resource.lines(PBX, {"desired": spec, "recorded": None, "live": {**spec, "name": "B"}}), colour=False
    )

    assert shown == dedent("""\
        connection/sales/pbx  desired, not recorded, live
        desired: the manifests say so; recorded: as last applied or adopted; live: SpeechSense now

          name       desired   'A'
                     live      'B'
          data_type  'chat'

        1 default key without a name of yours is left out; --effective shows it
        """)


def test_effective_when_shown_then_it_is_yaml() -> None:
    spec = {"name": "A: b", "keys": {"x": {"type": "string"}}, "start": ["да"], "channel": 0, "note": "true", "e": []}

    assert paint(text_resource.effective(spec), colour=False) == dedent("""\
        name: "A: b"
        channel: 0
        e: []
        keys:
          x:
            type: string
        note: "true"
        start:
          - "да"
        """)


def test_state_when_shown_then_pending_changes_are_named() -> None:
    recorded = {
        "id": "f3f1",
        "grade": "confirmed",
        "at": "2026-01-01T00:00:00Z",
        "by": "group:a",
        "spec": {"name": "S"},
    }
    document = {
        "space": "sales",
        "serial": 3,
        "lineage": "abc",
        "resources": {"space/sales": recorded},
        "pending": {"connection/sales/pbx": {}},
    }

    assert paint(text_state.lines(document), colour=False) == dedent("""\
        space sales  version 3 of the record, lineage abc
          space/sales  f3f1  confirmed  2026-01-01T00:00:00Z  group:a
        begun and not finished: connection/sales/pbx; the next apply finds out what became of it
        """)


@pytest.mark.parametrize("colour", [True, False], ids=["terminal", "plain"])
def test_plan_when_painted_then_the_words_are_the_same(colour: bool) -> None:
    import re

    shown = paint(text_plan.lines(plan(CREATE, IMPOSSIBLE)), colour=colour)

    assert (
        re.sub(r"\x1b\[[0-9;]*m", "", shown).split()
        == paint(text_plan.lines(plan(CREATE, IMPOSSIBLE)), colour=False).split()
    )
