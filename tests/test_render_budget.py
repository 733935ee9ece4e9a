"""A Markdown document never grows over its budget, and says what it left out; large plans are written fast."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from documents import FORMS
from hostile_names import NAMES
from hypothesis import example, given, settings
from hypothesis import strategies as st
from planning import CAPABILITIES, PBX, PBX_SPEC, SPACE, SPACE_SPEC, plan, put
from scenario import plans

from ssops.messages import LANGUAGES, speaking
from ssops.model import Action, Address, Execution, Kind, Location, Plan, Role
from ssops.render import html, markdown, review
from ssops.render.budget import Section, fitted
from ssops.render.words import sentence

LONG_REF = "a" * 60
ROLES = [f"speech-sense.{name}" for name in ("admin", "editor", "data.editor", "spaces.creator")]


@st.composite
def many(draw: st.DrawFn) -> Plan:
    """Draw a plan of up to 120 changes in up to 60 spaces with long names of spaces and hostile names."""
    base = draw(st.sampled_from(list(plans().values())[:3]))
    count, spaces = draw(st.integers(1, 120)), draw(st.integers(1, 60))
    name = draw(st.sampled_from(list(NAMES.values())))
    changes = []
    for number in range(count):
        change = base.changes[number % len(base.changes)]
        address = Address(Kind.CONNECTION, f"{LONG_REF}-{number % spaces}", f"{LONG_REF}-{number}")
        role = Role(ROLES[number % 4], f"space/{address.space}")
        changes.append(replace(change, address=address, name=name, role=role, location=Location(name, 1, 1)))
    return replace(
        base,
        changes=tuple(changes),
        issues=base.issues * draw(st.integers(0, 30)),
        unmanaged=(name,) * draw(st.integers(0, 90)),
        against=draw(st.sampled_from(["live", "git:main", f"git:{name}"])),
    )


WORST = replace(
    plans()["ready"],
    changes=tuple(
        replace(change, address=Address(Kind.CONNECTION, LONG_REF, "a"), role=Role(ROLES[number % 4], "space/a"))
        for number, change in enumerate(plans()["ready"].changes * 500)
    ),
    issues=plans()["blocked"].issues * 1_000,
    unmanaged=("x" * 5_000,) * 1_000,
    unchanged=10**6,
)
"""Every part has a rest to tell of, in large numbers, and the next step names four roles."""


@pytest.mark.parametrize("language", LANGUAGES)
@given(many(), st.integers(markdown.LEAST, 70_000))
@example(replace(plans()["blocked"], against="git:" + "@_" * 200), markdown.LEAST)
@example(WORST, markdown.LEAST)
@settings(max_examples=60)
def test_markdown_when_there_is_a_budget_then_it_is_kept_and_the_ends_are_there(
    language: str, made: Plan, budget: int
) -> None:
    with speaking(language):
        shown = markdown.text(made, budget=budget, file="f" * 190)
        last = sentence("markdown.next")

    assert len(shown) <= budget
    assert shown.startswith("## ")
    assert made.digest in shown.split("\n")[2]
    assert f"### {last}\n\n" in shown
    assert shown.count("<details>") == shown.count("</details>")
    assert len(re.findall("^`{3,}", shown, re.MULTILINE)) % 2 == 0


@given(many(), st.integers(markdown.LEAST, 70_000))
@settings(max_examples=60)
def test_markdown_when_something_is_cut_then_shown_and_counted_make_all(made: Plan, budget: int) -> None:
    shown = markdown.text(made, budget=budget)

    rows = len(re.findall(r"^\| \d+ \| `", shown, re.MULTILINE))
    cut = re.search(r"^_(\d+) more changes? (?:do|does) not fit in this list, by space: (.+)_$", shown, re.MULTILINE)
    details = shown.count("```diff")
    left = re.search(r"^_the details of (\d+) more changes? (?:do|does) not fit", shown, re.MULTILINE)
    assert rows + int(cut[1] if cut else 0) == len(made.changes)
    assert details + int(left[1] if left else 0) == len(made.changes)


def test_markdown_when_200_keys_change_then_the_list_is_whole_and_the_comment_fits() -> None:
    keys = {
        f"key_{number:03}": {"type": "string", "name": f"Ключ {number}", "description": "Длинное описание " * 6}
        for number in range(200)
    }
    wanted = {SPACE: SPACE_SPEC, PBX: put(PBX_SPEC, ("shared", "keys"), {"date": {"type": "date"}, **keys})}
    known = {SPACE: SPACE_SPEC, PBX: PBX_SPEC}
    for number in range(20):
        other = Address(Kind.CONNECTION, "sales", f"other-{number}")
        known[other] = put(PBX_SPEC, ("name",), f"Other {number}")
        wanted[other] = put(known[other], ("shared", "keys"), {"date": {"type": "date"}, **keys})

    shown = markdown.text(plan(wanted, known))

    assert len(shown) <= 65_536
    assert len(re.findall(r"^\| \d+ \| `", shown, re.MULTILINE)) == 21
    assert "more changes do not fit, by space: sales (" in shown


def test_markdown_when_the_budget_is_too_small_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="1999"):
        markdown.text(plans()["empty"], budget=1_999)


def test_fitted_when_a_block_does_not_fit_then_later_ones_are_never_made() -> None:
    made = []

    def blocks() -> Any:
        for number in range(1_000):
            made.append(number)
            yield "x" * 10

    section = Section("head", blocks(), 1_000, lambda shown: f"{1_000 - shown} more")
    shown = fitted([section], 60, 10)

    assert shown == ["head", "x" * 10, "x" * 10, "x" * 10, "\n997 more"]
    assert len(made) == 4


@cache
def large() -> Plan:
    """Give 3,000 changes of connections that are there."""
    known, wanted = {}, {}
    for number in range(3_000):
        space = f"space-{number // 100}"
        known[Address(Kind.SPACE, space, space)] = {"name": space, "description": ""}
        address = Address(Kind.CONNECTION, space, f"connection-{number}")
        known[address] = put(PBX_SPEC, ("name",), f"Подключение {number}")
        wanted[address] = put(known[address], ("shared", "keys", "added"), {"type": "string", "name": "Новый"})
    people = {(Kind.CONNECTION, Action.UPDATE): Execution.ASSISTED}
    return plan({**known, **wanted}, known, capabilities=CAPABILITIES | people)


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_large_plan_when_written_then_within_twice_json_and_a_second(form: str) -> None:
    floor = _seconds(lambda: json.dumps(json.loads(FORMS["json"](large()))))
    cost = _seconds(lambda: FORMS[form](large()))

    assert len(large().changes) == 3_000
    assert cost < 2 * floor + 1


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def test_html_when_details_are_too_many_then_rows_stay_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    made = plans()["blocked"]
    monkeypatch.setattr(html, "SHOWN_LINES", 10)

    page = html.text(made)

    assert len(re.findall('<li id="c', page)) == len(made.changes)
    assert page.count("<details>") == 2  # what is blocked first, then the first change
    assert re.search(r'<li id="c6"[^>]*>\s*<details>', page)
    assert "The details of 6 more changes are in the JSON report only." in page


@pytest.mark.parametrize(
    ("against", "file", "command"),
    [
        ("live", None, "ssops apply plan.json"),
        ("live", "out/a b.json", "ssops apply 'out/a b.json'"),
        ("live", "a\n.json", "ssops apply plan.json"),
        ("live", "x" * 300, "ssops apply plan.json"),
        ("recorded", "a.json", ""),
        ("git:main", "a.json", ""),
    ],
)
def test_next_step_when_the_plan_is_saved_then_the_command_names_its_file(
    against: str, file: str | None, command: str
) -> None:
    made = replace(plans()["ready"], against=against)

    assert review.next_step(made, file)[1] == command
    assert ("ssops apply" in markdown.text(made, file=file)) is bool(command)
    assert ('<pre tabindex="0">ssops apply' in html.text(made, file=file)) is bool(command)
