"""What every store promises, tested on each of them alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from engines import ENGINES, Open

from ssops.errors import StateFault
from ssops.state.base import StaleWrite, StateStore

LOCK, OLD, OLDER = "lock/sales", "history/sales/000000000002-ab", "history/sales/000000000001-cd"


@pytest.fixture(params=list(ENGINES))
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    with ENGINES[request.param](tmp_path) as opens:
        yield opens


@pytest.fixture
def store(opened: Open) -> StateStore:
    return opened()


def test_reading_when_nothing_was_put_then_nothing_is_there(store: StateStore) -> None:
    assert (store.get("sales"), store.version("sales"), store.names(), store.names("journal/sales")) == (
        None,
        None,
        (),
        (),
    )


@pytest.mark.parametrize("name", ["sales", LOCK, OLD])
def test_put_when_first_then_everybody_reads_it(opened: Open, name: str) -> None:
    one, other = opened(), opened()

    version = one.put(name, b'{"a": "\xd1\x8f"}\n', None)

    assert other.get(name) == (b'{"a": "\xd1\x8f"}\n', version)
    assert other.version(name) == version


@pytest.mark.parametrize("size", [0, 1, 300_000])
def test_put_when_of_any_size_then_read_back_to_the_byte(store: StateStore, size: int) -> None:
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)

    store.put("sales", data, None)

    assert (store.get("sales") or (b"", ""))[0] == data


@pytest.mark.parametrize("expected", [None, "other"], ids=["none-expected", "another-expected"])
def test_put_when_another_version_is_there_then_stale_and_untouched(store: StateStore, expected: str | None) -> None:
    version = store.put("sales", b"one", None)

    with pytest.raises(StaleWrite):
        store.put("sales", b"two", expected)

    assert store.get("sales") == (b"one", version)


def test_put_when_none_is_there_but_one_was_expected_then_stale(store: StateStore) -> None:
    with pytest.raises(StaleWrite):
        store.put("sales", b"one", "version")

    assert store.get("sales") is None


def test_put_when_the_expected_version_is_there_then_the_next_one_is_another(opened: Open) -> None:
    one, other = opened(), opened()
    first = one.put("sales", b"one", None)

    second = other.put("sales", b"two", first)

    assert second != first
    assert one.get("sales") == (b"two", second)
    with pytest.raises(StaleWrite):
        one.put("sales", b"three", first)


def test_names_when_there_are_folders_then_only_their_own(store: StateStore) -> None:
    for name in ("sales", "support", LOCK, OLD, OLDER, "journal/sales/20260102t030405z-ab", "journal/support/x"):
        store.put(name, b"{}", None)

    assert store.names() == ("sales", "support")
    assert store.names("lock") == (LOCK,)
    assert store.names("history/sales") == (OLDER, OLD)
    assert store.names("journal/sales") == ("journal/sales/20260102t030405z-ab",)
    assert store.names("history/sale") == ()


def test_names_when_there_are_more_than_a_page_then_all_of_them(store: StateStore) -> None:
    wanted = [f"history/sales/{number:012}-ab" for number in range(25)]
    for name in wanted:
        store.put(name, b"{}", None)

    assert list(store.names("history/sales")) == wanted


def test_remove_when_there_or_not_then_it_is_gone(store: StateStore) -> None:
    store.put(OLD, b"{}", None)

    store.remove(OLD)
    store.remove(OLD)

    assert (store.get(OLD), store.names("history/sales")) == (None, ())
    store.put(OLD, b"again", None)


@pytest.mark.parametrize(
    "name", ["", "..", "../sales", "A", "a" * 64, "a\n", "lock/", "/sales", "lock/../sales", "a/b/c/d", ".lock", "a//b"]
)
def test_names_when_they_cannot_be_documents_then_refused(store: StateStore, name: str) -> None:
    for call in (store.get, store.version, store.remove, lambda name: store.put(name, b"", None)):
        with pytest.raises(StateFault) as caught:
            call(name)
        assert caught.value.reason == "state_name"


def test_now_when_asked_then_about_the_time_in_utc(store: StateStore) -> None:
    now = store.now()

    assert now.utcoffset() == timedelta(0)
    if type(store).__name__ != "MemoryStore":
        assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_close_when_used_again_then_it_opens_again(store: StateStore) -> None:
    store.put("sales", b"one", None)

    store.close()

    assert (store.get("sales") or (b"", ""))[0] == b"one"


def test_put_when_eight_create_at_once_then_one_wins(opened: Open) -> None:
    for number in range(10):
        won = race(opened, f"lock/race-{number}", rounds=1)
        assert sum(won) == 1


def test_put_when_eight_count_at_once_then_nothing_is_lost(opened: Open) -> None:
    opened().put("sales", b"0", None)

    won = race(opened, "sales", rounds=5)

    assert int((opened().get("sales") or (b"", ""))[0]) == sum(won) == 40


def race(opened: Open, name: str, rounds: int) -> list[int]:
    """Let eight writers count in one document, each until it won so many rounds; with one round, each tries once."""
    won = [0] * 8
    start = threading.Barrier(8)

    def count(number: int) -> None:
        store = opened()
        start.wait()
        while won[number] < rounds:
            found = store.get(name) if rounds > 1 else None
            value = b"%d" % (int(found[0]) + 1) if found else b"by %d" % number
            try:
                store.put(name, value, found[1] if found else None)
                won[number] += 1
            except StaleWrite:
                if rounds == 1:
                    break
        store.close()

    threads = [threading.Thread(target=count, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won
