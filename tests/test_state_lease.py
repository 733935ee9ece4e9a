"""The lock of a space, on every store: one holder, kept alive, taken over when its holder is gone, never before."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO
from uuid import uuid4

import pytest
from engines import ENGINES, Open
from fakes import MemoryStore

from ssops.errors import Conflict, StateFault, UsageFault
from ssops.messages import say
from ssops.model import message
from ssops.state import lease, process
from ssops.state.base import StateStore
from ssops.state.lease import Holder, Lease

TESTS = Path(__file__).parent
ELSEWHERE = Holder("userAccount:other", "apply", "laptop", 4711, "", "https://ci.example/run/1")

HOLDING = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
sys.path[:0] = [{tests!r}, {root!r}]
from ssops.state import lease, process
from ssops.state.file import FileStore
store = FileStore(Path({folder!r}), lambda: datetime.now(UTC))
holder = lease.Holder("userAccount:other", "apply", "here", 1, process.identity())
with lease.hold(store, ("sales",), holder, new_id=lambda: "other", timeout_s=0, lease_s=60):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(params=list(ENGINES))
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    with ENGINES[request.param](tmp_path) as opens:
        yield opens


@pytest.fixture
def store(opened: Open) -> StateStore:
    return opened()


def mine() -> Holder:
    return Holder("userAccount:me", "apply", "here", os.getpid(), process.identity())


def hold(
    store: StateStore, *spaces: str, holder: Holder | None = None, timeout_s: float = 0, lease_s: float = 60
) -> AbstractContextManager[Lease]:
    new_id = lambda: uuid4().hex  # noqa: E731
    return lease.hold(store, spaces, holder or mine(), new_id=new_id, timeout_s=timeout_s, lease_s=lease_s)


def test_hold_when_released_then_others_may_and_no_state_is_there(opened: Open) -> None:
    one, other = opened(), opened()
    with hold(one, "sales", "support") as held:
        assert [found.id for space in ("sales", "support") if (found := lease.read(other, space))] == [held.id] * 2

    assert (lease.read(other, "sales"), other.names()) == (None, ())
    with hold(other, "support", "sales"):
        pass


def test_hold_when_held_then_the_holder_is_named_and_no_other_lock_kept(opened: Open) -> None:
    one, other = opened(), opened()
    with hold(one, "sales", holder=ELSEWHERE) as held:
        with pytest.raises(Conflict) as caught, hold(other, "a", "sales", timeout_s=0.15):
            pass
        with hold(other, "a"):
            pass

    said = say(caught.value.message)
    assert caught.value.reason == "lock_held"
    assert "'sales' is being changed by userAccount:other (apply, process 4711 on laptop, since 20" in said
    assert "https://ci.example/run/1" in said
    assert caught.value.hint is not None
    assert f"ssops state unlock {held.id}" in say(caught.value.hint)


def test_hold_when_the_holder_ends_in_time_then_it_waited(opened: Open) -> None:
    one, other = opened(), opened()
    with hold(one, "sales"):
        threading.Timer(0.3, lambda: unlocked.append(lease.unlock(other, lease_id(other)))).start()
        unlocked: list[tuple[str, ...]] = []
        with hold(other, "sales", timeout_s=10):
            pass

    assert unlocked == [("sales",)]


def lease_id(store: StateStore) -> str:
    found = lease.read(store, "sales")
    assert found is not None
    return found.id


def test_unlock_when_the_id_is_exact_then_the_holder_is_fenced(opened: Open) -> None:
    one, other = opened(), opened()
    with hold(one, "sales", "support") as held:
        held.check()
        assert lease.unlock(other, held.id) == ("sales", "support")
        held.renew()
        with pytest.raises(Conflict) as caught:
            held.check()

    assert caught.value.reason == "lock_lost"


def test_unlock_when_the_id_is_another_then_refused_and_locks_are_named(store: StateStore) -> None:
    with hold(store, "sales") as held, pytest.raises(UsageFault) as caught:
        lease.unlock(store, held.id[:-1])

    assert caught.value.hint is not None
    assert held.id in say(caught.value.hint)


@pytest.mark.parametrize("text", ["", "[]", "nonsense", '{"id": 1}', "[" * 5000], ids=range(5))
def test_hold_when_the_lock_cannot_be_read_then_held_until_unlocked(text: str) -> None:
    store = MemoryStore({"lock/sales": text.encode()})
    with pytest.raises(Conflict) as caught, hold(store, "sales"):
        pass

    assert (caught.value.reason, caught.value.message) == ("lock_held", message("lock.damaged", space="sales"))
    assert lease.unlock(store, lease_id(store)) == ("sales",)
    with hold(store, "sales"):
        pass


def test_hold_when_eight_try_at_once_then_one_at_a_time_has_it(opened: Open) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        store = opened()
        with hold(store, "sales", timeout_s=60):
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.01)
            inside.remove(number)
        store.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1] * 8


def file_store(tmp_path: Path) -> StateStore:
    with ENGINES["file"](tmp_path) as opens:
        return opens()


def test_hold_when_it_goes_on_then_the_lease_is_renewed(tmp_path: Path) -> None:
    store = file_store(tmp_path)
    with hold(store, "sales", lease_s=0.9, holder=ELSEWHERE) as held:
        time.sleep(1.5)
        held.check()
        with pytest.raises(Conflict), hold(store, "sales"):
            pass


def test_hold_when_the_holder_says_nothing_more_then_taken_over_after_the_end_not_before(tmp_path: Path) -> None:
    store = file_store(tmp_path)
    sleeper = Lease(store, "sleeper", ELSEWHERE, 1.0)
    assert sleeper.take(("sales",)) is None

    began = time.monotonic()
    with hold(store, "sales", timeout_s=10, lease_s=1.0):
        assert 1.0 < time.monotonic() - began < 5
        with pytest.raises(Conflict) as caught:
            sleeper.check()
        assert caught.value.reason == "lock_lost"
        sleeper.release()
        assert (found := lease.read(store, "sales")) is not None
        assert found.id != "sleeper"


def test_hold_when_the_holder_dies_then_free_at_once(tmp_path: Path) -> None:
    store = file_store(tmp_path)
    code = HOLDING.format(folder=str(tmp_path / "state"), tests=str(TESTS), root=str(TESTS.parent))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        stdout: IO[bytes] | None = holder.stdout
        assert stdout is not None
        assert stdout.readline() == b"held\n"
        with pytest.raises(Conflict), hold(store, "sales"):
            pass
        holder.send_signal(signal.SIGKILL)
        began = time.monotonic()
        with hold(store, "sales", timeout_s=5):  # even before anybody asked what became of the process
            waited = time.monotonic() - began

    assert waited < 1


class Unreachable(MemoryStore):
    """A store that cannot be written for a while."""

    is_away = False

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        if self.is_away:
            raise StateFault("state_unwritable", message("state.unwritable", path=name, why="away"))
        return MemoryStore.put(self, name, data, expected)


def test_renew_when_the_store_is_away_for_a_moment_then_still_held() -> None:
    store = Unreachable()
    with hold(store, "sales") as held:
        store.is_away = True
        held.renew()
        held.check()
        store.is_away = False
        held.renew()
        held.check()


def test_renew_when_the_answer_to_the_write_is_lost_then_still_held() -> None:
    store = MemoryStore()
    with hold(store, "sales") as held:
        store.lost = 1
        held.renew()
        held.check()


def test_hold_when_a_lock_of_another_machine_names_a_dead_process_then_it_is_not_judged() -> None:
    store = MemoryStore()
    boot, namespace, pid, start = process.identity().split(" ")
    other = Holder("userAccount:other", "apply", "there", int(pid), f"{boot[::-1]} {namespace} {pid} {start}")
    assert Lease(store, "other", other, 60).take(("sales",)) is None

    with pytest.raises(Conflict), hold(store, "sales"):
        pass
    body = json.loads(store.documents["lock/sales"])
    assert body["process"] == other.process


@pytest.mark.parametrize(
    ("known", "is_gone"),
    [
        ("", False),
        ("nonsense", False),
        ("{boot} {namespace} 999999999999 1", False),
        ("{boot} {namespace} 4194304 1", True),
        ("{boot} {namespace} {pid} 1", True),
        ("{boot} {namespace} {pid} {start}", False),
        ("{boot} {namespace} x 1", False),
    ],
)
def test_is_gone_when_asked_of_a_process_then_only_what_can_be_known(known: str, is_gone: bool) -> None:
    words = dict(zip(("boot", "namespace", "pid", "start"), process.identity().split(" "), strict=True))

    assert process.is_gone(known.format(**words)) is is_gone


def test_uptime_when_asked_twice_then_it_goes_on() -> None:
    assert process.uptime() <= process.uptime()
