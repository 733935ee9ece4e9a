"""Drift in every form and language, whole: SSOPS_GOLDEN=write writes its files of tests/golden anew."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from drifts import FORMS, busy, drifts
from test_render_hostile import CALLS, HARMLESS, HOSTILE, skeleton, texts, tokens

from ssops.drift import Cause, Drift, Evidence, FieldDrift, ResourceDrift, Standing, Stray
from ssops.manifest import schema
from ssops.messages import LANGUAGES, speaking
from ssops.model import Address, Grade, Kind, Location
from ssops.render import markdown_drift, text_drift, text_sides
from ssops.render.escape import visible
from ssops.render.style import paint

GOLDEN = Path(__file__).parent / "golden"
DRIFTS = drifts()
LONG = "a" * 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", DRIFTS)
def test_drift_when_written_then_as_expected(name: str, form: str, language: str) -> None:
    path = GOLDEN / language / f"{name}.{form}"

    with speaking(language):
        shown = FORMS[form](DRIFTS[name])

    if os.environ.get("SSOPS_GOLDEN") == "write":
        path.write_bytes(shown.encode())
    assert shown == path.read_bytes().decode()


def test_scenario_when_read_then_it_holds_everything_that_drift_can() -> None:
    rows = DRIFTS["drift"].resources

    assert {field.cause for row in rows for field in row.fields} == set(Cause) - {Cause.UNSEEN}
    assert {row.standing for row in rows} == set(Standing)
    assert {row.managed for row in rows} == {True, False}
    assert {stray.address is None for stray in DRIFTS["drift"].strays} == {True, False}


@pytest.mark.parametrize("name", DRIFTS)
def test_json_when_written_then_it_fits_its_schema_and_is_the_same_in_any_language(name: str) -> None:
    written = set()
    for language in LANGUAGES:
        with speaking(language):
            written.add(FORMS["json"](DRIFTS[name]))

    (text,) = written
    assert schema.is_schema_fault_free(json.loads(text), "drift")


def test_text_when_coloured_then_it_says_the_same() -> None:
    codes = re.compile(r"\x1b\[[0-9;]*m")

    shown = paint(text_drift.lines(busy()), colour=True)

    assert codes.search(shown)
    assert codes.sub("", shown) == FORMS["txt"](busy())


def test_text_when_details_are_left_out_then_lines_and_verdict_stay() -> None:
    short = paint(text_drift.lines(busy(), details=False), colour=False).splitlines()

    whole = FORMS["txt"](busy()).splitlines()
    assert [line for line in short if line not in whole] == []
    assert short[-1] == whole[-1]
    assert len(short) < len(whole)


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        (("a", "a", None), ["'a'", "'a'", "(absent)"]),
        (
            (f"{LONG}b", f"{LONG}b", f"{LONG}c"),
            [f"...{'a' * 20}{each}'" for each in "bbc"],
        ),
        ((LONG, "b", "c"), [f"'{'a' * 36}...", "'b'", "'c'"]),
        ((["b", "a"], ["b", "a"], ["a", "c"]), ["['b', 'a']", "['b', 'a']", "-'b' +'c'"]),
        ((None, None, ["a"]), ["(absent)", "(absent)", "['a']"]),
        ((["a", "b"], ["b", "a"], ["b", "a"]), ["['a', 'b']", "['b', 'a']", "['b', 'a']"]),
        (({"type": "json", "description": ""}, None, None), ["json", "(absent)", "(absent)"]),
    ],
    ids=["absent", "long-and-alike-at-first", "long", "list", "list-from-nothing", "order", "key"],
)
def test_cells_when_values_are_long_or_lists_then_what_differs_is_shown(
    sides: tuple[object, ...], expected: list[str]
) -> None:
    field = FieldDrift(("x",), Cause.DRIFT, *sides)

    assert text_sides.cells(field) == expected


def test_text_when_many_resources_drift_then_the_rest_is_counted() -> None:
    shown, full = (paint(text_drift.lines(many(500), full=each), colour=False) for each in (False, True))

    assert "The fields of 450 more resources are left out; --verbose shows them.\n" in shown
    assert shown.count("to do:") == 50
    assert full.count("to do:") == 500


def test_markdown_when_much_drifts_then_it_stays_within_its_budget() -> None:
    some, all_ = markdown_drift.text(many(10)), markdown_drift.text(many(5_000))

    assert "not fit here" not in some
    rows = sum(line.startswith("| `connection/") for line in all_.splitlines())
    assert 100 < rows < 5_000
    assert f"_{5_000 - rows} more rows do not fit here; all of it is in the JSON report_" in all_
    assert len(all_) <= markdown_drift.BUDGET


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_markdown_when_a_text_is_hostile_then_only_texts_differ(text: str) -> None:
    made = markdown_drift.text(spread(text))

    assert skeleton(made) == EXPECTED
    assert {token.type for token in tokens(made)}.isdisjoint({"link_open", "image", "html_inline", "html_block"})
    assert CALLS.search(texts(made)) is None


@pytest.mark.parametrize("name", ["long", "tag-letters", "link"])
def test_markdown_when_texts_grow_as_they_are_escaped_then_it_stays_within_its_budget(name: str) -> None:
    assert len(markdown_drift.text(spread(HOSTILE[name] * 20, 50))) <= markdown_drift.BUDGET


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_terminal_when_a_text_is_hostile_then_lines_and_colours_are_the_same(text: str) -> None:
    harmless, hostile = (
        paint(text_drift.lines(spread(each), full=True), colour=True).split("\n") for each in (HARMLESS, text)
    )

    codes = re.compile(r"\x1b\[[0-9;]*m")
    assert [codes.findall(line) for line in hostile] == [codes.findall(line) for line in harmless]
    assert [line for line in hostile if visible(codes.sub("", line)) != codes.sub("", line)] == []


def many(count: int) -> Drift:
    rows = [
        ResourceDrift(
            Address(Kind.CONNECTION, "sales", f"pbx-{number}"),
            "Office",
            Standing.CHANGED,
            (FieldDrift(("description",), Cause.DRIFT, "a", "a", "b"),),
            Evidence(Grade.CONFIRMED, "2025-06-02T08:15:00Z", "userAccount:a"),
            Location("a.yaml"),
        )
        for number in range(count)
    ]
    return Drift(tuple(rows))


def spread(text: str, times: int = 1) -> Drift:
    """Put a text wherever drift can hold one that somebody wrote."""
    found = busy()
    rows = [
        replace(
            row,
            name=text,
            fields=tuple(_field(field, text) for field in row.fields),
            evidence=Evidence(row.evidence.grade, text, text),
            location=row.location and Location(text, 3, 4),
        )
        for row in found.resources
    ]
    strays = [Stray(replace(stray.found, name=text), stray.address) for stray in found.strays]
    return replace(found, resources=tuple(rows * times), strays=tuple(strays * times))


def _field(field: FieldDrift, text: str) -> FieldDrift:
    path = tuple(text if at == 2 else step for at, step in enumerate(field.path))
    sides = [None if each is None else text for each in (field.desired, field.recorded, field.live)]
    return FieldDrift(path, field.cause, *sides)


EXPECTED = skeleton(markdown_drift.text(spread(HARMLESS)))
