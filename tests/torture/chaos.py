"""Eight appliers on one space, killed and paused at random: what was acknowledged is there, and there once."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from ssops.errors import Exit
from ssops.model import Kind, Status
from ssops.state import document, journal, recorded
from ssops.state.base import StateStore
from torture.figures import Figure
from torture.ground import scratch
from torture.options import Options
from torture.scene import Ran, Scene, ended, preload, ran, started, state_faults
from torture.stores import STORES

APPLIERS = 8
_SPACE = "chaos"
_LEASE_S = 2.0
_LOCK_TIMEOUT_S = 15
_MOST = 100  # connections of one applier
_PAUSES, _LONG_PAUSES = (1.05, 2.5), (2.0, 2.5)
"""How long a paused process sleeps, in leases: anyone, and who holds the lock, so that another one takes it over."""

_EVERY_S = (0.05, 0.35)
"""How long the striker waits between two strikes."""

_KILL_HOLDER, _PAUSE_HOLDER = 0.5, 0.3
"""How often a strike is aimed at the process that holds the lock; else anyone is hit."""

_AIM_S = 0.3
"""How long the striker takes aim at most."""

_FENCED = ("lock_lost", "state_moved")


def chaos(options: Options) -> Iterator[Figure]:
    """Let them loose for a minute on each store."""
    seconds, least = (5.0, 2) if options.is_short else (60.0, 50)
    for store in options.stores:
        with scratch() as folder:
            scene = Scene(folder / "base", STORES[store](), {"SSOPS_LEASE_SECONDS": str(_LEASE_S)})
            yield _let_loose(scene, seconds, least)


def _let_loose(scene: Scene, seconds: float, least: int) -> Figure:
    preload()
    scene.write([{"version": 1, "kind": "space", "ref": _SPACE, "name": "Chaos"}])
    first = ran(scene, "apply", "--auto-approve")
    assert first.code == Exit.OK, first
    context = get_context("fork")
    board = _Board(context.Array("i", APPLIERS, lock=False), context.Lock(), time.monotonic() + seconds)
    appliers = [context.Process(target=_apply_on, args=(scene, board, number)) for number in range(APPLIERS)]
    for applier in appliers:
        applier.start()
    struck = _strike(scene, board)
    for applier in appliers:
        applier.join()
    told = [line for number in range(APPLIERS) for line in _lines(scene, number)]
    acknowledged = [line["ref"] for line in told if line["code"] == Exit.OK]
    wrong = [*struck.wrong, *_after(scene, acknowledged)]
    wrong += [f"an applier: {line['said']}" for line in told if line["has_crashed"]]
    return _figure(scene.place.store, seconds, least, struck, told, wrong)


def _figure(
    store: str, seconds: float, least: int, struck: _Struck, told: list[dict[str, Any]], wrong: list[str]
) -> Figure:
    codes = Counter(f"{line['code']} {line['reason']}".strip() for line in told)
    fenced = sum(line["reason"] in _FENCED for line in told)
    lost, doubled = (sum(one.startswith(word) for one in wrong) for word in ("lost", "doubled"))
    enough = struck.kills >= least and struck.stops >= least and codes["0"] > 0
    note = f"{codes['0']} acknowledged, {struck.kills} SIGKILL, {struck.stops} SIGSTOP, {fenced} fenced; exits "
    return Figure(
        f"{APPLIERS} appliers for {seconds:.0f} s, {store}",
        f"{lost} lost, {doubled} doubled",
        f"0, 0; {least} + {least} strikes",
        enough and not wrong,
        note + ", ".join(f"{code}: {count}" for code, count in sorted(codes.items())),
        tuple(wrong),
    )


@dataclass(frozen=True, slots=True)
class _Board:
    """What appliers and striker share: for each applier the process that applies now, 0 for none; when all ends.

    A process is struck, or its end noted, by whoever holds `mutex`: no number is used for a process that is gone.
    """

    pids: Any
    mutex: Any
    until: float

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def send(self, pid: int, number: signal.Signals) -> bool:
        """Send a signal to a process that still applies."""
        with self.mutex:
            is_there = pid in list(self.pids)
            if is_there:
                os.kill(pid, number)
            return is_there


def _apply_on(scene: Scene, board: _Board, number: int) -> None:
    """Add one connection after the other, each until an apply says that it is there."""
    count = 0
    with (scene.folder / f"told-{number}").open("w", encoding="utf-8") as log:
        while not board.is_over and count < _MOST:
            ref = f"c{number}-{count}"
            _add(scene, ref)
            while not board.is_over:
                done = _apply(scene, board, number)
                said = {"ref": ref, "code": done.code, "reason": _reason(done), "said": str(done)}
                log.write(json.dumps(said | {"has_crashed": done.has_crashed}) + "\n")
                log.flush()
                if done.code == Exit.OK:
                    count += 1
                    break


def _apply(scene: Scene, board: _Board, number: int) -> Ran:
    pid = started(scene, *_words(), name=str(number))
    with board.mutex:
        board.pids[number] = pid
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    with board.mutex:
        board.pids[number] = 0
    return ended(scene, pid, str(number))


def _words() -> list[str]:
    """Give the command line that applies all that is written when it has the lock, by whoever it was written."""
    refs = (f"c{number}-{count}" for number in range(APPLIERS) for count in range(_MOST))
    named = (word for ref in refs for word in ("--allow-one-way", f"connection/{_SPACE}/{ref}"))
    return ["apply", "--auto-approve", "--format", "json", "--lock-timeout", str(_LOCK_TIMEOUT_S), *named]


def _add(scene: Scene, ref: str) -> None:
    """Write the manifest of one connection; nobody sees half of it."""
    told = {"version": 1, "kind": "connection", "ref": ref, "space": _SPACE, "name": ref, "data_type": "chat"}
    new = scene.folder / f"new-{ref}"
    new.write_text(json.dumps(told), encoding="utf-8")
    new.rename(scene.folder / "manifests" / f"{ref}.yaml")


def _reason(done: Ran) -> str:
    try:
        return str(json.loads(done.out).get("error", {}).get("reason", ""))
    except (ValueError, AttributeError):
        return ""


def _lines(scene: Scene, number: int) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (scene.folder / f"told-{number}").read_text(encoding="utf-8").splitlines()]


@dataclass(slots=True)
class _Struck:
    """What the striker did and saw. A pause counts once its process has outslept the lease."""

    kills: int = 0
    stops: int = 0
    wrong: list[str] = field(default_factory=list)
    serial: int = 0
    lineage: str = ""


def _strike(scene: Scene, board: _Board) -> _Struck:
    """Kill and pause until the time is over, watching that the state only ever grows; then wake everybody up."""
    chance = random.Random(scene.place.store)
    struck = _Struck()
    asleep: dict[int, float] = {}
    with scene.place.opened(scene.folder) as store:
        while not board.is_over:
            time.sleep(chance.uniform(*_EVERY_S))
            _wake(board, asleep, struck)
            is_kill = struck.kills <= struck.stops + len(asleep)
            aimed = chance.random() < (_KILL_HOLDER if is_kill else _PAUSE_HOLDER)
            pid = _holder(store, board) if aimed else chance.choice([pid for pid in board.pids if pid] or [0])
            if is_kill and pid:
                struck.kills += board.send(pid, signal.SIGKILL)
                asleep.pop(pid, None)
            elif pid and pid not in asleep and board.send(pid, signal.SIGSTOP):
                asleep[pid] = time.monotonic() + _LEASE_S * chance.uniform(*(_LONG_PAUSES if aimed else _PAUSES))
            _watch(store, struck)
        while asleep:
            time.sleep(0.1)
            _wake(board, asleep, struck)
        _watch(store, struck)
    return struck


def _wake(board: _Board, asleep: dict[int, float], struck: _Struck) -> None:
    for pid in [pid for pid, until in asleep.items() if time.monotonic() >= until]:
        del asleep[pid]
        struck.stops += board.send(pid, signal.SIGCONT)


def _holder(store: StateStore, board: _Board) -> int:
    """Give the applier that has the lock, best while its operations are under way; 0 where none has."""
    until = time.monotonic() + _AIM_S
    pid = 0
    while time.monotonic() < until:
        state, lock = store.get(_SPACE), store.get(f"lock/{_SPACE}")
        pid = int(json.loads(lock[0]).get("pid", 0)) if lock else 0
        if state and b'"pending": {}' not in state[0] and pid in list(board.pids):
            return pid
    return pid if pid in list(board.pids) else 0


def _watch(store: StateStore, struck: _Struck) -> None:
    """See that the state can be read, and that it grew or stands still."""
    got = store.get(_SPACE)
    if got is None:
        struck.wrong.append("the state is gone")
        return
    state = document.loads(got[0], _SPACE)
    if state.serial < struck.serial or state.lineage != (struck.lineage or state.lineage):
        struck.wrong.append(f"the state went back from {struck.serial} to {state.serial}")
    struck.serial, struck.lineage = state.serial, state.lineage


def _after(scene: Scene, acknowledged: list[str]) -> list[str]:
    """Apply once in peace; then give what is lost, doubled or damaged."""
    quiet = ran(scene, *_words())
    if quiet.code != Exit.OK:
        return [f"lost: what the quiet apply cannot find again: {quiet}"]
    with closing(sqlite3.connect(f"file:{scene.service}?mode=ro", uri=True)) as database:
        live = Counter(name for (name,) in database.execute("SELECT name FROM objects WHERE kind = 'connection'"))
        ids = {id for (id,) in database.execute("SELECT id FROM objects")}
    with scene.place.opened(scene.folder) as store:
        state = recorded.read(store)
        known = Counter(one.address.ref for one in state.resources() if one.address.kind is Kind.CONNECTION)
        wrong = state_faults(store)
        told: list[journal.Entry] = list(journal.read(store, _SPACE, lambda fault: wrong.append(str(fault.message))))
    made = Counter(entry.address.ref for entry in told if (entry.act, entry.status) == ("create", Status.APPLIED))
    for where, found in (("service", live), ("state", known), ("journal", made)):
        wrong += [f"lost: {ref} in {where}" for ref in sorted(set(acknowledged)) if not found[ref]]
        wrong += [f"doubled: {ref} in {where}" for ref, count in sorted(found.items()) if count > 1]
    if live != known or ids != {one.id for one in state.resources()}:
        wrong.append(f"state and service differ: {sorted((live - known) + (known - live))}")
    wrong += [f"pending: {address}" for address in state.pending]
    empty = ran(scene, "plan", "--detailed-exitcode")
    return wrong + ([f"the next plan: {empty}"] if empty.code != Exit.OK else [])
