"""Earlier versions of a space's state: kept before they count, the last few, found when the current one is bad."""

from __future__ import annotations

import pytest
from fakes import MemoryStore, counter, space

from ssops.errors import Conflict, StateFault, UsageFault
from ssops.messages import say
from ssops.model import Grade
from ssops.state import history, recorded
from ssops.state.space import Recorded, SpaceState


def saved(store: MemoryStore, times: int) -> tuple[SpaceState, str | None]:
    """Write a state so many times, each with another description."""
    state, version = SpaceState("sales", "line"), None
    for number in range(times):
        one = Recorded("srv", {"name": f"v{number}"}, "d", "o", Grade.CONFIRMED, "at", "by", "plan", f"v{number}")
        state = SpaceState("sales", "line", state.serial, {space("sales"): one})
        state, version = recorded.save(store, state, version, counter(f"{number:08x}"))
    return state, version


def test_save_when_often_then_each_version_is_kept_until_pruned_to_the_last_five() -> None:
    store = MemoryStore()
    saved(store, 8)
    assert len(history.names(store, "sales")) == 8

    history.prune(store, "sales")

    found = history.versions(store, "sales")
    assert [version.serial for version in found] == [8, 7, 6, 5, 4]
    assert [version.state and version.state.resources[space("sales")].name for version in found] == [
        f"v{number}" for number in (7, 6, 5, 4, 3)
    ]


def test_save_when_done_then_the_newest_version_is_the_current_document() -> None:
    store = MemoryStore()
    saved(store, 3)

    assert store.documents[history.names(store, "sales")[0]] == store.documents["sales"]


def test_save_when_another_run_was_first_then_its_version_is_not_kept() -> None:
    store = MemoryStore()
    state, _ = saved(store, 2)

    with pytest.raises(Conflict):
        recorded.save(store, state, "older", counter("ff"))

    assert [version.serial for version in history.versions(store, "sales")] == [2, 1]


def test_read_when_the_document_is_damaged_then_the_way_back_is_named() -> None:
    store = MemoryStore()
    saved(store, 3)
    newest = history.names(store, "sales")[0]
    store.documents["sales"] = store.documents["sales"][:-3]
    store.documents[newest] = store.documents[newest][:-3]

    with pytest.raises(StateFault) as caught:
        recorded.read(store)

    good = history.names(store, "sales")[1].rpartition("/")[2]
    assert caught.value.reason == "state_damaged"
    assert caught.value.hint is not None
    assert f"ssops state restore sales {good}" in say(caught.value.hint)


def test_versions_when_one_is_damaged_then_it_says_so_and_the_others_are_there() -> None:
    store = MemoryStore()
    saved(store, 2)
    store.documents[history.names(store, "sales")[0]] = b"{}"

    found = history.versions(store, "sales")

    assert [(version.state is None, version.fault is None) for version in found] == [(True, False), (False, True)]
    assert history.newest_good(store, "sales") == found[1].name


@pytest.mark.parametrize("version", ["", "..", "../../sales", "000000000009-ff", "x"])
def test_find_when_there_is_no_such_version_then_known_ones_are_named(version: str) -> None:
    store = MemoryStore()
    saved(store, 1)

    with pytest.raises(UsageFault) as caught:
        history.find(store, "sales", version)

    assert caught.value.hint is not None
    assert history.names(store, "sales")[0].rpartition("/")[2] in say(caught.value.hint)


def test_find_when_it_is_there_then_whole() -> None:
    store = MemoryStore()
    state, _ = saved(store, 2)

    assert history.find(store, "sales", history.names(store, "sales")[0].rpartition("/")[2]) == state
