"""The model-based search in short: people and faults in any order, compared with a dictionary after every step."""

from __future__ import annotations

import pytest
from torture.search import search

from ssops.state import recorded


def test_search_when_nothing_is_broken_then_nothing_is_found() -> None:
    found = search(60, 7)

    assert found.fault == ""
    assert found.examples >= 60
    assert {"Applied", "Blocked impossible", "Conflict plan_stale"} <= set(found.seen)


def test_search_when_a_write_names_no_version_that_it_replaces_then_that_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save = recorded.save

    def careless(store, state, version, *rest):  # type: ignore[no-untyped-def]
        return save(store, state, store.version(state.space), *rest)

    monkeypatch.setattr(recorded, "save", careless)

    assert search(2_000, 3).fault != ""
