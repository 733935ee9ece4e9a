"""The lock of a space: a document that says who works there and until when, taken and kept by compare-and-swap.

A lock is a courtesy that saves people a conflict. What keeps state whole is the compare-and-swap of every state write:
whoever slept past the end of a lease finds that out before the next call (`Lease.check`), and its writes are refused
as soon as somebody else has written.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from ssops.errors import Conflict, StateFault, UsageFault
from ssops.model import message
from ssops.state import process, seal
from ssops.state.base import StaleWrite, StateStore

LEASE_S = 60.0
"""How long a lock outlives a holder that says nothing more."""

FOLDER = "lock"

_PAUSE_S = (0.1, 2.0)  # before looking again at a lock that is held: the first time, and at most
_SHOWN = 80  # characters of a holder's word in a message


@dataclass(frozen=True, slots=True)
class Holder:
    """Who works on a space: the actor, the command, the machine, and the page of the CI job, "" where there is none.

    `process` names the process among all of its machine (`process.identity`), "" where the system does not tell.
    """

    who: str
    purpose: str
    host: str
    pid: int
    process: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that is held. `since` and `expires` are by the store's clock."""

    space: str
    id: str
    holder: Holder
    since: datetime
    expires: datetime


class Lease:
    """The locks of some spaces, held by this process under one id. Made by `hold`."""

    def __init__(self, store: StateStore, id: str, holder: Holder, lease_s: float) -> None:
        self.id = id
        self._store = store
        self._holder = holder
        self._lease_s = lease_s
        self._since = store.now()
        self._held: dict[str, str] = {}  # space -> version of its lock document
        self._until: dict[str, float] = {}  # space -> when the lease ends, by `process.uptime`
        self._renewals = 0
        self._lost: Conflict | None = None

    def check(self) -> None:
        """Make sure that every lock is still held. Raises Conflict (`lock_lost`); nothing may be called then."""
        if self._lost is None:
            late = [space for space, until in self._until.items() if process.uptime() >= until]
            if late:
                self._lost = _lost(late[0])
        if self._lost is not None:
            raise self._lost

    def take(self, spaces: tuple[str, ...]) -> Lock | None:
        """Take the lock of every space, or none and give the one that somebody else holds. Raises StateFault."""
        try:
            for space in spaces:
                held = self._take(space)
                if held is not None:
                    self.release()
                    return held
        except BaseException:
            self._recall(spaces)
            self.release()
            raise
        return None

    def renew(self) -> None:
        """Put the end of every lease off. A store that cannot be reached may be there again before the end."""
        self._renewals += 1
        for space, version in list(self._held.items()):
            with suppress(StateFault):
                try:
                    self._write(space, version)
                except StaleWrite:
                    self._lost = self._lost or _lost(space)

    def release(self) -> None:
        """Give every lock back by overwriting it. What cannot be given back now ends by itself."""
        for space, version in self._held.items():
            with suppress(StateFault, StaleWrite):
                body = {"format_version": 1, "id": "", "released": _text(self._store.now()), "was": self.id}
                self._store.put(f"{FOLDER}/{space}", _encoded(body), version)
        self._held.clear()
        self._until.clear()

    def _recall(self, spaces: tuple[str, ...]) -> None:
        """Note a lock that was taken when something came between the store's answer and this process."""
        for space in spaces:
            with suppress(StateFault):
                got = self._store.get(f"{FOLDER}/{space}")
                found = None if got is None else _read(space, got[0])
                if got is not None and found is not None and found.id == self.id:
                    self._held[space] = got[1]

    def _take(self, space: str) -> Lock | None:
        while True:
            got = self._store.get(f"{FOLDER}/{space}")
            found = None if got is None else _read(space, got[0])
            if found is not None and found.id != self.id and not _is_free(found, self._store.now(), self._lease_s):
                return found
            with suppress(StaleWrite):  # somebody was quicker: look again
                self._write(space, None if got is None else got[1])
                return None

    def _write(self, space: str, expected: str | None) -> None:
        asked = process.uptime()
        now = self._store.now()
        body = {
            "format_version": 1,
            "id": self.id,
            "since": _text(self._since),
            "expires": _text(now + timedelta(seconds=self._lease_s)),
            "renewals": self._renewals,
            **{name: getattr(self._holder, name) for name in Holder.__slots__},
        }
        data = _encoded(body)
        try:
            version = self._store.put(f"{FOLDER}/{space}", data, expected)
        except StaleWrite:
            got = self._store.get(f"{FOLDER}/{space}")
            if got is None or got[0] != data:  # else the store took our write and lost the answer
                raise
            version = got[1]
        self._held[space] = version
        self._until[space] = asked + self._lease_s


@contextmanager
def hold(
    store: StateStore,
    spaces: tuple[str, ...],
    holder: Holder,
    *,
    new_id: Callable[[], str],
    timeout_s: float,
    lease_s: float = LEASE_S,
) -> Iterator[Lease]:
    """Hold the lock of every space, or none, and keep it until the end.

    Raises Conflict (`lock_held`) naming the holder after `timeout_s`, StateFault when the store cannot be used.
    """
    until = time.monotonic() + timeout_s
    lease = Lease(store, new_id(), holder, lease_s)
    pause = _PAUSE_S[0]
    done = threading.Event()
    keeper = threading.Thread(target=_keep, args=(lease, done, lease_s / 3), name="ssops-lease", daemon=True)
    try:
        while (held := lease.take(tuple(sorted(set(spaces))))) is not None:
            if time.monotonic() >= until:
                raise _held(held)
            time.sleep(min(pause * random.uniform(0.5, 1), max(0.0, until - time.monotonic())))  # noqa: S311
            pause = min(pause * 2, _PAUSE_S[1])
        keeper.start()
        yield lease
    finally:
        done.set()
        if keeper.ident is not None:
            keeper.join()
        lease.release()


def read(store: StateStore, space: str) -> Lock | None:
    """Give the lock of a space, None where nobody holds one or its holder is past its end. Raises StateFault."""
    got = store.get(f"{FOLDER}/{space}")
    found = None if got is None else _read(space, got[0])
    return None if found is None or _is_free(found, store.now(), LEASE_S) else found


def unlock(store: StateStore, id: str) -> tuple[str, ...]:
    """Take the locks of this very id away from their holder; give the spaces. Raises UsageFault and Conflict.

    The holder finds out before its next call, and stops.
    """
    freed = []
    known = []
    for name in store.names(FOLDER):
        space = name.removeprefix(f"{FOLDER}/")
        got = store.get(name)
        found = None if got is None else _read(space, got[0])
        if got is None or found is None:
            continue
        known.append(found.id)
        if found.id == id:
            body = {"format_version": 1, "id": "", "released": _text(store.now()), "was": id}
            try:
                store.put(name, _encoded(body), got[1])
            except StaleWrite as fault:
                raise Conflict("state_moved", message("lock.moved", space=space), message("lock.moved.hint")) from fault
            freed.append(space)
    if not freed:
        hint = message("lock.unknown.hint", ids=", ".join(sorted(set(known))) or "-")
        raise UsageFault("unknown_lock", message("lock.unknown", id=id[:_SHOWN]), hint)
    return tuple(sorted(freed))


def _keep(lease: Lease, done: threading.Event, every_s: float) -> None:
    while not done.wait(every_s):
        lease.renew()


def _is_free(lock: Lock, now: datetime, lease_s: float) -> bool:
    """Tell whether a lock may be taken over: past its end with something to spare, or its process is gone from here."""
    grace = timedelta(seconds=max(1.0, lease_s / 10))  # clocks of stores tick in whole seconds
    return now > lock.expires + grace or process.is_gone(lock.holder.process)


def _read(space: str, data: bytes) -> Lock | None:
    """Read a lock document; None when it was given back. What nobody can read is held by nobody known, for ever."""
    try:
        if not seal.is_intact(data):
            raise ValueError(space)
        told: dict[str, Any] = json.loads(data)
        if told["id"] == "":
            return None
        texts = {name: _word(told[name]) for name in Holder.__slots__ if name != "pid"}
        holder = Holder(pid=int(told["pid"]), **texts)
        return Lock(space, _word(told["id"]), holder, _time(told["since"]), _time(told["expires"]))
    except (ValueError, LookupError, TypeError, RecursionError, OverflowError):
        id = f"damaged-{sha256(data).hexdigest()[:12]}"
        end = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)
        return Lock(space, id, Holder("-", "-", "-", 0), datetime.min.replace(tzinfo=UTC), end)


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _time(value: object) -> datetime:
    found = datetime.fromisoformat(_word(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _encoded(body: dict[str, Any]) -> bytes:
    return seal.sealed(json.dumps(body, indent=2, sort_keys=True).removeprefix("{\n  ").encode() + b"\n")


def _held(lock: Lock) -> Conflict:
    holder = lock.holder
    hint = message("lock.held.hint", id=lock.id[:_SHOWN])
    if lock.id.startswith("damaged-"):
        return Conflict("lock_held", message("lock.damaged", space=lock.space), hint)
    said = message(
        "lock.held.run" if holder.run else "lock.held",
        space=lock.space,
        who=holder.who[:_SHOWN],
        purpose=holder.purpose[:_SHOWN],
        host=holder.host[:_SHOWN],
        pid=holder.pid,
        since=_second(lock.since),
        expires=_second(lock.expires),
        **({"run": holder.run[:300]} if holder.run else {}),
    )
    return Conflict("lock_held", said, hint)


def _second(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _lost(space: str) -> Conflict:
    return Conflict("lock_lost", message("lock.lost", space=space), message("lock.lost.hint"))
