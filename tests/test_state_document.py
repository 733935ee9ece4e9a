"""The document of one space, written and read."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from hashlib import sha256

import pytest
from fakes import connection, project, space

from ssops.canonical import digest
from ssops.errors import StateFault
from ssops.messages import say
from ssops.model import Action, Address, FieldChange, Grade, Spec
from ssops.state import document
from ssops.state.space import Intent, Recorded, Run, SpaceState, address_of

AT = "2026-01-02T03:04:05Z"


def one(id: str, spec: Spec) -> Recorded:
    return Recorded(id, spec, digest(spec), "live", Grade.CONFIRMED, AT, "userAccount:a", "plan", str(spec["name"]))


FULL = SpaceState(
    space="sales",
    lineage="line",
    serial=7,
    resources={
        space("sales"): one("srv1", {"name": "Продажи", "description": "a\u2028b"}),
        connection("sales", "pbx"): one("srv2", {"name": "PBX", "shared": {"keys": {"date": {"type": "date"}}}}),
        connection("sales", "pbx2"): one("srv3", {"name": "\n    }", "x": {"pending": {}}}),
    },
    pending={
        project("sales", "vip"): Intent(
            "key", Action.UPDATE, "srv4", {"name": "VIP"}, (FieldChange(("a", 0), 1, [None]),), "p", AT, "userAccount:a"
        ),
        connection("sales", "pbx"): Intent("key2", Action.DELETE, None, {"name": "no"}, (), "p", AT, "userAccount:a"),
    },
    run=Run("plan", AT, "userAccount:a"),
)


@pytest.mark.parametrize("state", [FULL, SpaceState("sales", "line")], ids=["full", "empty"])
def test_loads_when_a_document_was_written_then_it_is_equal(state: SpaceState) -> None:
    data = document.dumps(state, "write")

    assert document.loads(data, "sales") == state


def test_dumps_when_read_as_text_then_it_is_sorted_with_a_line_for_what_holds_nothing_nested() -> None:
    lines = document.dumps(FULL, "write").decode().splitlines()

    assert [line.strip().split('"')[1] for line in lines if re.match(r'  "', line)] == [
        "checksum",
        "format_version",
        "lineage",
        "pending",
        "resources",
        "run",
        "serial",
        "space",
        "tool_version",
        "write_id",
    ]
    assert '            "date": {"type": "date"}' in lines
    assert (
        '  "run": {"at": "2026-01-02T03:04:05Z", "by": "userAccount:a", "commit": "", "digest": "plan", "page": ""},'
        in lines
    )


RETIRED = SpaceState(
    "sales",
    "line",
    2,
    {
        connection("sales", "a"): one("srv1", {"name": "A", "retired": True}),
        connection("sales", "b"): one("srv2", {"name": '"B\\', "agent": {"keys": {"k": {"retired": True}}}}),
        connection("sales", "c"): one("srv3", {"name": "C", "agent": {}, "retired": True}),
        space("sales"): one("srv4", {"name": '"retired": true'}),
    },
)


@pytest.mark.parametrize("state", [FULL, RETIRED, SpaceState("sales", "line")], ids=["full", "retired", "empty"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_brief_when_a_document_was_written_then_it_says_what_the_whole_one_says(state: SpaceState, end: bytes) -> None:
    data = document.dumps(state, "write").replace(b"\n", end)

    short, entries = document.brief(data, "sales")

    assert short == replace(state, resources={})
    assert list(entries) == [document.entry_of(each, one) for each, one in sorted(state.resources.items())]


@pytest.mark.parametrize("indent", [None, 1, 2, 4])
def test_brief_when_somebody_else_laid_it_out_then_it_is_read_whole(indent: int | None) -> None:
    data = sealed(json.loads(document.dumps(RETIRED, "write")), indent)

    assert document.brief(data, "sales") == document.brief(document.dumps(RETIRED, "write"), "sales")


def test_brief_when_a_resource_is_of_another_space_then_it_is_refused() -> None:
    data = json.loads(document.dumps(SpaceState("sales", "line", 1, {space("other"): one("srv", {"name": "x"})}), "w"))

    with pytest.raises(StateFault, match="state_damaged"):
        document.brief(sealed(data, 2), "sales")


def sealed(data: dict[str, object], indent: int | None) -> bytes:
    """Write a document in a layout of one's own, with a checksum that is right."""
    del data["checksum"]
    rest = json.dumps(data, indent=indent, sort_keys=True).lstrip("{").lstrip().encode()
    return b'{\n  "checksum": "%s",\n  ' % sha256(rest).hexdigest().encode() + rest


def test_encode_when_one_resource_moved_then_it_is_as_if_written_anew() -> None:
    encoder = document.Encoder()
    moved = replace(FULL, resources={**FULL.resources, space("sales"): one("srv1", {"name": "Other"})}, pending={})
    encoder.encode(FULL, "first")

    assert encoder.encode(moved, "second") == document.dumps(moved, "second")


@pytest.mark.parametrize("address", list(FULL.resources), ids=str)
def test_find_spec_when_the_layout_is_ours_then_it_is_the_recorded_one(address: Address) -> None:
    assert document.find_spec(document.dumps(FULL, "write"), address) == FULL.resources[address].spec


@pytest.mark.parametrize(
    "data",
    [json.dumps(json.loads(document.dumps(FULL, "write"))).encode(), b"", b'\n  "resources": {', b"{}"],
    ids=["one-line", "empty", "cut", "no-resources"],
)
def test_find_spec_when_the_layout_is_not_ours_then_none(data: bytes) -> None:
    assert document.find_spec(data, connection("sales", "pbx")) is None


def test_loads_when_cut_short_anywhere_then_refused() -> None:
    data = document.dumps(FULL, "write")

    for length in range(len(data) - 1):
        with pytest.raises(StateFault):
            document.loads(data[:length], "sales")


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80], ids=["lowest", "case", "highest"])
def test_loads_when_any_byte_is_flipped_then_refused_or_of_equal_meaning(flip: int) -> None:
    data = document.dumps(FULL, "write")
    accepted = 0

    for at in range(len(data)):
        struck = bytes([*data[:at], data[at] ^ flip, *data[at + 1 :]])
        try:
            assert document.loads(struck, "sales") == FULL
            accepted += 1
        except StateFault as fault:
            assert fault.reason in ("state_damaged", "state_newer")

    assert accepted <= data.count(b"\n") + data.count(b" ")


def refused(data: bytes, name: str = "sales") -> tuple[str, str]:
    with pytest.raises(StateFault) as caught:
        document.loads(data, name)
    return caught.value.reason, say(caught.value.message)


def edited(**fields: object) -> bytes:
    return json.dumps({**json.loads(document.dumps(FULL, "write")), **fields}).encode()


def resealed(data: bytes) -> bytes:
    """Give a document that its checksum fits, whatever it says."""
    rest = json.dumps({key: value for key, value in json.loads(data).items() if key != "checksum"}, indent=2)[
        4:
    ].encode()
    return b'{\n  "checksum": "%s",\n  ' % sha256(rest).hexdigest().encode() + rest


HAND = (
    "state_damaged",
    "the recorded state of space 'sales' was damaged or edited by hand: the checksum does not match",
)
MISSING = (
    "state_damaged",
    "the recorded state of space 'sales' is damaged: parts that ssops always writes are missing",
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"[" * 100_000, MISSING),
        (b"\xff", ("state_damaged", "the recorded state of space 'sales' is damaged: not UTF-8 at byte 0")),
        (b"{\n ", ("state_damaged", "the recorded state of space 'sales' is damaged: not JSON at line 2, column 2")),
        (b'{"format_version": NaN}', MISSING),
        (b"[]", MISSING),
        (b"{}", MISSING),
        (b'{"format_version": 1}', HAND),
        (b'{"format_version": true}', MISSING),
        (edited(serial=8), HAND),
        (edited(extra=1), HAND),
        (edited(resources=[]), HAND),
        (resealed(edited(resources=[])), MISSING),
        (resealed(edited(serial="many")), MISSING),
        (
            edited(format_version=2, tool_version="9.1"),
            (
                "state_newer",
                "recorded state of space 'sales' has format 2 of ssops 9.1; this one reads to 1",
            ),
        ),
    ],
    ids=range(14),
)
def test_loads_when_damaged_then_says_how(data: bytes, expected: tuple[str, str]) -> None:
    assert refused(data) == expected


def test_loads_when_the_document_is_of_another_space_then_refused() -> None:
    data = document.dumps(FULL, "write")

    assert refused(data, "support") == (
        "state_damaged",
        "the recorded state of space 'support' is that of another space, 'sales'",
    )


@pytest.mark.parametrize("address", list(FULL.resources), ids=str)
def test_address_of_when_it_was_an_address_then_equal(address: Address) -> None:
    assert address_of(str(address)) == address


@pytest.mark.parametrize(
    "text", ["", "space", "space/", "space/a/b", "connection/a", "project//b", "x/a/b", "project/a/b/c"]
)
def test_address_of_when_it_is_none_then_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        address_of(text)


@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_find_spec_when_there_are_many_then_each_is_found(count: int) -> None:
    rows = {connection("sales", f"c{number}"): one(f"srv{number}", {"name": "n" * number}) for number in range(count)}
    data = document.dumps(replace(FULL, resources=rows), "write")

    found = {address: document.find_spec(data, address) for address in rows}

    assert found == {address: row.spec for address, row in rows.items()}
    assert document.find_spec(data, connection("sales", "c")) is None
    assert document.find_spec(data, space("sales")) is None
