"""Forgetting and adopting: moves of the record alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import connection, space

from ssops.canonical import digest
from ssops.errors import UsageFault
from ssops.messages import say
from ssops.model import Grade
from ssops.state import edit
from ssops.state.space import Recorded, Run, SpaceState

AT = "2026-01-02T03:04:05Z"
PBX = connection("sales", "pbx")
EMPTY = SpaceState("sales", "line", 3)


def adopted(state: SpaceState) -> SpaceState:
    return edit.adopt(state, PBX, "srv2", {"name": "PBX"}, "live", at=AT, by="userAccount:a")


def test_adopt_when_unknown_then_recorded_with_its_digests() -> None:
    spec = {"name": "PBX"}

    state = adopted(replace(EMPTY, run=Run("plan", AT, "userAccount:a")))

    expected = Recorded("srv2", spec, digest(spec), "live", Grade.CONFIRMED, AT, "userAccount:a", "", "PBX")
    assert state == replace(EMPTY, resources={PBX: expected})


def test_adopt_when_the_same_object_again_then_no_fault() -> None:
    state = adopted(EMPTY)

    assert adopted(state) == state


@pytest.mark.parametrize(
    ("address", "id"), [(PBX, "srv9"), (connection("sales", "chat"), "srv2")], ids=["address-taken", "object-taken"]
)
def test_adopt_when_it_stands_for_another_then_refused(address: object, id: str) -> None:
    state = adopted(EMPTY)

    with pytest.raises(UsageFault) as caught:
        edit.adopt(state, address, id, {}, "live", at=AT, by="userAccount:a")  # type: ignore[arg-type]

    assert say(caught.value.message) == "'connection/sales/pbx' is already recorded, as the object 'srv2'"


def test_forget_when_recorded_then_gone() -> None:
    assert edit.forget(adopted(EMPTY), PBX) == EMPTY


def test_forget_when_a_space_then_its_contents_go_too() -> None:
    state = edit.adopt(adopted(EMPTY), space("sales"), "srv1", {}, "live", at=AT, by="userAccount:a")

    assert edit.forget(state, space("sales")) == EMPTY


def test_forget_when_not_recorded_then_the_near_miss_is_named() -> None:
    with pytest.raises(UsageFault) as caught:
        edit.forget(adopted(EMPTY), connection("sales", "pxb"))

    assert caught.value.hint is not None
    assert say(caught.value.hint) == "did you mean 'connection/sales/pbx'?"
