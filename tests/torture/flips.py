"""Every byte of a document flipped, every truncation: refused as damaged, never taken for anything else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from fakes import MemoryStore

from ssops.errors import Conflict, Exit, SsopsError, StateFault
from ssops.plan import file as plan_file
from ssops.state import document, journal, lease, process, recorded
from torture import dying
from torture.figures import Figure, of_cases
from torture.ground import Ground, each, ground
from torture.options import Options
from torture.scene import Scene, apply_words, ran

_MASKS = (0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF)
_SPACE = "sales"


@dataclass(frozen=True, slots=True)
class _Papers:
    """One document of each sort, as ssops wrote it; `state` has intents and a run that is under way."""

    state: bytes = field(repr=False)
    journal: bytes = field(repr=False)
    lock: bytes = field(repr=False)
    plan: bytes = field(repr=False)


def flips(options: Options) -> Iterator[Figure]:
    """Damage a state document, a journal document, a lock and a plan file in every way; some of it with the CLI."""
    made = ground("file")
    papers = _papers(made)
    judges: dict[str, tuple[bytes, Callable[[bytes], str]]] = {
        "state": (papers.state, _state),
        "journal": (papers.journal, _journal),
        "lock": (papers.lock, _lock),
        "plan file": (papers.plan, _plan),
    }
    for name, (data, judge) in judges.items():
        damaged = list(_damaged(data, 101 if options.is_short else 1))
        number, wrong = each(damaged, partial(_judged, judge, data), chunk=200)
        yield of_cases(f"{name}: every byte, every length", number, wrong, options.least(len(data) * 10, 30))
    current = (made.base.folder / "state" / f"{_SPACE}.json").read_bytes()
    damaged = list(_damaged(current, len(current) * 10 // options.least(200, 4)))
    number, wrong = each(damaged, partial(_refused, made))
    yield of_cases("damaged state at the command line", number, wrong, options.least(200, 4))


@dataclass(frozen=True, slots=True)
class _Damage:
    """A byte XORed with a mask; the document cut there where the mask is 0."""

    at: int
    mask: int

    def __str__(self) -> str:
        return f"byte {self.at} ^ {self.mask:#04x}" if self.mask else f"cut at {self.at}"

    def done_to(self, data: bytes) -> bytes:
        if not self.mask:
            return data[: self.at]
        return data[: self.at] + bytes([data[self.at] ^ self.mask]) + data[self.at + 1 :]


def _damaged(data: bytes, step: int) -> Iterator[_Damage]:
    cases = (_Damage(at, mask) for at in range(len(data)) for mask in (0, *_MASKS))
    return (case for number, case in enumerate(cases) if number % step == 0)


def _judged(judge: Callable[[bytes], str], data: bytes, damage: _Damage) -> list[str]:
    try:
        found = judge(damage.done_to(data))
    except SsopsError as fault:
        found = f"{type(fault).__name__} {fault.reason}"
    return [found] if found else []


def _state(data: bytes) -> str:
    """Say how a damaged state document was read, nothing where it was refused as it should be."""
    store = MemoryStore({_SPACE: data})
    reads: tuple[Callable[[], object], ...] = (
        lambda: document.loads(data, _SPACE),
        lambda: recorded.read(store),
        lambda: recorded.read(store, [_SPACE]),
    )
    for read in reads:
        try:
            read()
        except StateFault:
            continue
        return "taken for a good one"
    return ""


def _journal(data: bytes) -> str:
    told: list[StateFault] = []
    found = journal.read(MemoryStore({f"journal/{_SPACE}/20260102t030405z-000000000000": data}), _SPACE, told.append)
    return "" if told and not found else f"read as {len(found)} entries, {len(told)} faults told"


def _lock(data: bytes) -> str:
    store = MemoryStore({f"lock/{_SPACE}": data})
    holder = lease.Holder("somebody", "apply", "elsewhere", 1)
    try:
        with lease.hold(store, (_SPACE,), holder, new_id=lambda: "mine", timeout_s=0):
            return "taken for a free one"
    except Conflict as fault:
        return "" if fault.reason == "lock_held" else fault.reason


def _plan(data: bytes) -> str:
    try:
        plan_file.loads(data)
    except Conflict as fault:
        return "" if fault.reason == "plan_invalid" else fault.reason
    return "taken for a good one"


def _held() -> bytes:
    """Give the lock of a process that lives: this one."""
    store = MemoryStore()
    holder = lease.Holder("me", "apply", "here", os.getpid(), process.identity(), "https://ci.example/1")
    assert lease.Lease(store, "mine", holder, lease.LEASE_S).take((_SPACE,)) is None
    return store.documents[f"lock/{_SPACE}"]


def _papers(made: Ground) -> _Papers:
    """Take documents out of an apply that dies in the middle."""
    words = apply_words(1)
    with made.scene() as scene:
        steps = dying.steps(scene, *words)
    for share in range(50, 95, 5):
        with made.scene() as scene:
            assert ran(scene, "plan", "--out", "plan.json").code == 0
            ran(scene, *words, before=dying.at(steps * share // 100))
            with scene.place.opened(scene.folder) as store:
                state, told = store.get(_SPACE), store.get(store.names(f"journal/{_SPACE}")[-1])
                assert state
                assert told
                if document.loads(state[0], _SPACE).pending:
                    return _Papers(state[0], told[0], _held(), (scene.folder / "plan.json").read_bytes())
    raise AssertionError("no apply died with operations under way")


def _refused(made: Ground, damage: _Damage) -> list[str]:
    """Damage the state of a workspace: neither plan nor apply may go on, and nothing may change."""
    with made.scene() as scene:
        path = scene.folder / "state" / f"{_SPACE}.json"
        path.write_bytes(damage.done_to(path.read_bytes()))
        before = _contents(scene)
        found = [ran(scene, "plan"), ran(scene, *apply_words(1))]
        wrong = [f"{one}" for one in found if one.code != Exit.ERROR or one.has_crashed or "restore" not in one.err]
        return wrong + (["something was written"] if _contents(scene) != before else [])


def _contents(scene: Scene) -> list[bytes]:
    folder = scene.folder / "state"
    return [path.read_bytes() for path in (scene.service, *sorted(folder.rglob("*.json")))]
