"""Eight processes that want one lock: exactly one gets it, however the lock stood before."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from ssops.errors import Conflict
from ssops.state import lease, process
from ssops.state.base import StateStore
from torture.figures import Figure, of_cases
from torture.ground import scratch
from torture.options import Options
from torture.stores import STORES, Place

PROCESSES = 8
_WAIT_S = 120
_LEASE_S = 60.0


def races(options: Options) -> Iterator[Figure]:
    """Race for locks that nobody had, that were given back, and that ran out."""
    for store in options.stores:
        with scratch() as folder:
            winners = _winners(STORES[store](), folder, options.least(200, 12))
        wrong = [f"race {number}: {count} winners" for number, count in enumerate(winners) if count != 1]
        least = options.least(200, 12)
        yield of_cases(f"lock races of {PROCESSES}, {store}", len(winners), wrong, least, "one winner each")


def _winners(place: Place, root: Path, rounds: int) -> list[int]:
    context = get_context("fork")
    barrier = context.Barrier(PROCESSES)
    won: Any = context.Array("i", rounds)
    racers = [
        context.Process(target=_race, args=(place, root, number, rounds, barrier, won)) for number in range(PROCESSES)
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert all(racer.exitcode == 0 for racer in racers), [racer.exitcode for racer in racers]
    return [int(count) for count in won]


def _race(place: Place, root: Path, number: int, rounds: int, barrier: Barrier, won: Any) -> None:
    holder = lease.Holder("racer", "race", "here", os.getpid(), process.identity())
    with place.opened(root) as store:
        for race in range(rounds):
            space = f"race-{race}"
            if number == 0:
                _prepare(store, space, race % 3)
            barrier.wait(_WAIT_S)
            try:
                with lease.hold(
                    store, (space,), holder, new_id=lambda: secrets.token_hex(8), timeout_s=0, lease_s=_LEASE_S
                ):
                    with won.get_lock():
                        won[race] += 1
                    barrier.wait(_WAIT_S)
            except Conflict as fault:
                assert fault.reason == "lock_held", fault.reason
                barrier.wait(_WAIT_S)


def _prepare(store: StateStore, space: str, how: int) -> None:
    """Leave a lock as nobody ever had it, as it is given back, or as one that ran out."""
    if how == 0:
        return
    holder = lease.Holder("somebody", "race", "elsewhere", 1)
    before = lease.Lease(store if how == 1 else _Yesterday(store), secrets.token_hex(8), holder, _LEASE_S)
    assert before.take((space,)) is None
    if how == 1:
        before.release()


class _Yesterday:
    """A store as it was a day ago."""

    def __init__(self, store: StateStore) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def now(self) -> datetime:
        return self._store.now() - timedelta(days=1)
