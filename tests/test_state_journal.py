"""The journal: every change once, in order, whatever was told twice or damaged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import MemoryStore, connection, space

from ssops.errors import StateFault
from ssops.model import FieldChange, Reversibility, Status
from ssops.state import journal
from ssops.state.journal import Entry
from ssops.state.space import Run

RUN = Run("sha256:1", "2026-01-02T03:04:05Z", "userAccount:a", "c0ffee", "https://ci.example/1")
LATER = replace(RUN, at="2026-01-02T03:04:06Z")
CREATED = Entry("k1", RUN, space("sales"), "create", Status.APPLIED, "srv1", spec={"name": "Продажи\n\x1b"})
UPDATED = Entry(
    "k2",
    LATER,
    connection("sales", "pbx"),
    "update",
    Status.APPLIED,
    "srv2",
    (FieldChange(("agent", "keys", "a", "name"), "x", None, Reversibility.ONE_WAY, "rule", drift=True),),
)
FAILED = replace(UPDATED, key="k3", status=Status.FAILED, error="no")


def refuse(fault: StateFault) -> None:
    raise fault


def test_read_when_appended_then_equal_and_in_order() -> None:
    store = MemoryStore()
    journal.append(store, "sales", [UPDATED, FAILED], LATER.at)
    journal.append(store, "sales", [CREATED], RUN.at)

    assert journal.read(store, "sales", refuse) == (CREATED, UPDATED, FAILED)
    assert journal.read(store, "support", refuse) == ()


def test_append_when_nothing_then_no_document() -> None:
    store = MemoryStore()

    journal.append(store, "sales", [], RUN.at)

    assert store.documents == {}


def test_append_when_told_again_then_read_once() -> None:
    store = MemoryStore()
    journal.append(store, "sales", [CREATED], RUN.at)
    journal.append(store, "sales", [CREATED], RUN.at)
    journal.append(store, "sales", [CREATED, UPDATED], LATER.at)

    assert journal.read(store, "sales", refuse) == (CREATED, UPDATED)


def test_read_when_a_failure_was_found_to_be_made_then_that_counts() -> None:
    store = MemoryStore()
    journal.append(store, "sales", [FAILED], RUN.at)
    journal.append(store, "sales", [replace(FAILED, status=Status.APPLIED, error="")], LATER.at)

    assert [entry.status for entry in journal.read(store, "sales", refuse)] == [Status.APPLIED]


def test_append_when_the_answer_is_lost_then_written_once() -> None:
    store = MemoryStore(lost=1)

    journal.append(store, "sales", [CREATED], RUN.at)

    assert journal.read(store, "sales", refuse) == (CREATED,)


def test_read_when_a_byte_is_wrong_then_told_and_the_rest_is_there() -> None:
    store = MemoryStore()
    journal.append(store, "sales", [CREATED], RUN.at)
    journal.append(store, "sales", [UPDATED], LATER.at)
    name = store.names("journal/sales")[0]
    good = store.documents[name]
    for place in range(0, len(good), 7):
        store.documents[name] = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        told: list[StateFault] = []

        assert journal.read(store, "sales", told.append) == (UPDATED,)
        assert [fault.reason for fault in told] == ["state_damaged"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_read_when_a_checkout_turned_the_line_ends_then_all_the_same(end: bytes) -> None:
    store = MemoryStore()
    journal.append(store, "sales", [CREATED], RUN.at)
    name = store.names("journal/sales")[0]
    store.documents[name] = store.documents[name].replace(b"\n", end)

    assert journal.read(store, "sales", refuse) == (CREATED,)
