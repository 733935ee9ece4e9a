"""The rules across documents, on entries alone; their sentences are in cases/invalid."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from ssops.manifest import rules
from ssops.model import Address, Entry, Kind, Location, Path, Spec

SPACE = Address(Kind.SPACE, "sales", "sales")
PBX = Address(Kind.CONNECTION, "sales", "pbx")
VIP = Address(Kind.PROJECT, "sales", "vip")


@dataclass(frozen=True)
class Row:
    entry: Entry
    requires: tuple[Address, ...] = ()


def row(address: Address, name: str = "", line: int = 1, *requires: Address, delete: bool = False) -> Row:
    location = Location("all.yaml", line)
    return Row(Entry(address, name or str(address), "", location=location, delete=delete), requires)


def no_specs(address: Address) -> Spec:
    raise KeyError(address)


def told(rows: list[Row], specs: Mapping[Address, Spec] | None = None) -> list[tuple[str, int]]:
    return [(issue.rule, issue.location.line) for issue in rules.check(rows, specs.__getitem__ if specs else no_specs)]


def test_check_when_all_is_well_then_nothing_is_told() -> None:
    assert told([row(SPACE), row(PBX, "PBX", 2, SPACE)]) == []


def test_check_when_rows_come_in_any_order_then_the_issues_are_the_same() -> None:
    rows = [
        row(SPACE, "Sales", 1),
        row(SPACE, "Sales", 2),
        row(Address(Kind.SPACE, "other", "other"), "Sales", 3),
        row(PBX, "PBX", 4, SPACE),
        row(PBX, "PBX", 5, SPACE),
        row(Address(Kind.CONNECTION, "sales", "two"), "PBX", 6, SPACE),
        row(Address(Kind.CONNECTION, "sals", "pbx"), "PBX", 7, Address(Kind.SPACE, "sals", "sals")),
    ]
    expected = rules.check(rows, no_specs)
    shuffled = random.Random(7)

    for _ in range(20):
        shuffled.shuffle(rows)
        assert rules.check(rows, no_specs) == expected
    assert [(issue.rule, issue.location.line) for issue in expected] == [
        ("address-duplicate", 2),
        ("space-name-duplicate", 3),
        ("address-duplicate", 5),
        ("connection-name-duplicate", 6),
        ("space-unknown", 7),
    ]


def test_check_when_a_reference_leads_to_a_faulty_document_then_nothing_is_told() -> None:
    rows = [row(PBX, "PBX", 1, SPACE)]

    assert rules.check(rows, no_specs, faulty=[SPACE]) == ()


def test_check_when_a_file_could_not_be_read_then_no_reference_is_told_missing() -> None:
    rows = [row(PBX, "PBX", 1, SPACE)]

    assert rules.check(rows, no_specs, is_complete=False) == ()


def test_check_when_the_connection_of_a_project_is_faulty_then_its_filters_are_not_judged() -> None:
    rows = [row(SPACE), row(VIP, "VIP", 2, SPACE, PBX)]
    specs: dict[Address, Spec] = {VIP: {"connection": "pbx", "filters": {"tier": "gold"}}}

    assert rules.check(rows, specs.__getitem__, faulty=[PBX]) == ()


@pytest.mark.parametrize(
    ("count", "deleted", "expected"),
    [(100, 0, []), (101, 1, []), (101, 0, [("projects-limit", 102)])],
    ids=["at the limit", "one is going", "over it"],
)
def test_check_when_a_space_has_many_projects_then_the_first_too_many_is_told(
    count: int, deleted: int, expected: list[tuple[str, int]]
) -> None:
    addresses = [Address(Kind.PROJECT, "sales", f"p{i:03}") for i in range(count)]
    rows = [row(SPACE)]
    rows += [row(a, "", line, SPACE, delete=line < 2 + deleted) for line, a in enumerate(addresses, 2)]
    specs: dict[Address, Spec] = {address: {"connection": "pbx", "filters": {}} for address in addresses}

    assert told(rows, specs) == expected


def test_check_when_many_addresses_are_missing_then_only_the_first_get_a_suggestion() -> None:
    spaces = [Address(Kind.SPACE, f"sales{i:02}", f"sales{i:02}") for i in range(rules.SUGGESTIONS + 5)]
    rows = [row(SPACE)]
    rows += [row(Address(Kind.CONNECTION, space.ref, "pbx"), "", i, space) for i, space in enumerate(spaces, 2)]

    hints = [issue.hint.id for issue in rules.check(rows, no_specs) if issue.hint]

    assert hints == ["space-unknown.near.hint"] * rules.SUGGESTIONS + ["space-unknown.hint"] * 5


def test_check_when_placed_then_the_value_in_question_is_asked_for() -> None:
    asked: list[tuple[Address, Path, bool]] = []

    def place(entry: Entry, path: Path, of_key: bool) -> tuple[Location, str]:
        asked.append((entry.address, path, of_key))
        return Location("all.yaml", 9, 4), "space: sales"

    issues = rules.check([row(PBX, "PBX", 1, SPACE)], no_specs, place)

    assert asked == [(PBX, ("space",), False)]
    assert [(issue.location, issue.excerpt) for issue in issues] == [(Location("all.yaml", 9, 4), "space: sales")]
