from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning import ALL, CAPABILITIES, PBX, PBX_SPEC, SPACE, SPACE_SPEC, plan, put

from ssops.access import actor, check
from ssops.errors import Exit, UsageFault
from ssops.messages import say
from ssops.model import Action, Actor, Address, Execution, Grant, Kind, Role, RoleVerdict

IDS = {"sales": "f3f1"}
EDIT = plan({**ALL, PBX: put(PBX_SPEC, ("description",), "new")}, ALL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("serviceAccount:aje1", Actor("serviceAccount", "aje1")),
        (" userAccount:aje1\n", Actor("userAccount", "aje1")),
        ("federatedUser:aje1", Actor("federatedUser", "aje1")),
        ("group:ajg1", Actor("group", "ajg1")),
        ("system:group:organization:bpf1:users", Actor("system", "group:organization:bpf1:users")),
    ],
)
def test_actor_when_it_is_well_named_then_it_is_read(text: str, expected: Actor) -> None:
    assert actor.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("", "'' names nobody", "write it as serviceAccount:ID"),
        ("aje1", "'aje1' names nobody", "write it as serviceAccount:ID"),
        ("serviceaccount:aje1", "'serviceaccount' is no type", "did you mean 'serviceAccount'?"),
        ("service_acount:aje1", "'service_acount' is no type", "did you mean 'serviceAccount'?"),
        ("robot:aje1", "'robot' is no type", "write it as serviceAccount:ID"),
        ("serviceAccount:", "'' is no id", "write it as serviceAccount:ID"),
        ("serviceAccount:a b", "'a b' is no id", "write it as serviceAccount:ID"),
        ("userAccount:a:b", "'a:b' is no id", "write it as serviceAccount:ID"),
        ("userAccount:ы", "'ы' is no id", "write it as serviceAccount:ID"),
    ],
)
def test_actor_when_it_is_badly_named_then_the_fault_says_how(text: str, said: str, hint: str) -> None:
    with pytest.raises(UsageFault) as raised:
        actor.parse(text)

    assert raised.value.exit is Exit.USAGE
    assert say(raised.value.message).startswith(said)
    assert raised.value.hint is not None
    assert say(raised.value.hint).startswith(hint)


@given(st.text(max_size=300))
def test_actor_when_it_is_any_text_then_only_a_usage_fault_is_raised(text: str) -> None:
    try:
        found = actor.parse(text)
    except UsageFault as fault:
        assert len(say(fault.message)) < 250
    else:
        assert str(found) == text.strip()


CASES: dict[str, tuple[tuple[Grant, ...] | None, RoleVerdict, str]] = {
    "on the space": ((Grant("speech-sense.editor", "f3f1", "space f3f1"),), RoleVerdict.GRANTED, "space f3f1"),
    "on the organization": (
        (Grant("speech-sense.editor", "organization", "organization, group:g"),),
        RoleVerdict.GRANTED,
        "organization, group:g",
    ),
    "a larger role": ((Grant("speech-sense.admin", "f3f1", "space f3f1"),), RoleVerdict.GRANTED, "space f3f1"),
    "a smaller role": (
        (Grant("speech-sense.viewer", "f3f1", "space f3f1"),),
        RoleVerdict.MISSING,
        "speech-sense.viewer: space f3f1",
    ),
    "a data role": (
        (Grant("speech-sense.data.editor", "f3f1", "space f3f1"),),
        RoleVerdict.MISSING,
        "speech-sense.data.editor: space f3f1",
    ),
    "on another space": ((Grant("speech-sense.admin", "f3f2", "space f3f2"),), RoleVerdict.MISSING, ""),
    "nothing": ((), RoleVerdict.MISSING, ""),
    "not known": (None, RoleVerdict.UNKNOWN, ""),
}


@pytest.mark.parametrize(("grants", "verdict", "source"), CASES.values(), ids=CASES)
def test_judge_when_roles_reach_the_actor_then_each_change_has_a_verdict(
    grants: tuple[Grant, ...] | None, verdict: RoleVerdict, source: str
) -> None:
    (change,) = check.judge(EDIT, grants, IDS).changes

    assert change.role == Role("speech-sense.editor", "space/sales", verdict, source)


def test_judge_when_the_space_is_made_by_the_plan_then_only_the_organization_reaches_it() -> None:
    made = plan({**ALL, SPACE: {key: value for key, value in SPACE_SPEC.items() if key != "access"}})
    creator = Grant("speech-sense.spaces.creator", "organization", "organization")
    editor = Grant("speech-sense.editor", "organization", "organization")

    narrow = check.judge(made, (creator,), {})
    wide = check.judge(made, (editor,), {})

    assert [change.address for change in check.missing(narrow)] == [change.address for change in made.changes[1:]]
    assert check.missing(wide) == ()


def test_judge_when_a_space_is_called_organization_then_its_roles_do_not_reach_the_organization() -> None:
    twin = Address(Kind.SPACE, "organization", "organization")
    made = plan({twin: SPACE_SPEC, SPACE: {**SPACE_SPEC, "name": "B"}}, {twin: SPACE_SPEC})

    judged = check.judge(made, (Grant("speech-sense.admin", "f3f9", "space f3f9"),), {"organization": "f3f9"})

    assert [change.address for change in check.missing(judged)] == [SPACE]


def test_judge_when_a_verdict_changes_then_the_digest_does_not() -> None:
    assert check.judge(EDIT, (), IDS).digest == EDIT.digest


def test_missing_when_a_role_is_not_known_then_only_what_a_call_does_counts() -> None:
    assisted = plan({SPACE: SPACE_SPEC}, capabilities={**CAPABILITIES, (Kind.SPACE, Action.CREATE): Execution.ASSISTED})

    assert check.missing(assisted) == ()
    assert check.missing(EDIT) == EDIT.changes
    assert check.missing(check.judge(assisted, (), {})) != ()


def test_missing_when_a_change_needs_no_role_then_it_is_never_missing() -> None:
    removed = plan({SPACE: SPACE_SPEC}, {SPACE: SPACE_SPEC, PBX: PBX_SPEC})

    assert check.missing(check.judge(removed, (), IDS)) == ()
