"""Answers that are lost after the work was done: for every call of an apply, at the service and at the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ssops import pipeline, workspace
from ssops.errors import Exit, ProviderFault, SsopsError, StateFault
from ssops.manifest import config
from ssops.model import message
from ssops.providers.base import Done, Fate, Operation, Reader, Writer
from ssops.state.base import StaleWrite, StateStore
from ssops.workspace import Workspace
from torture.figures import Figure, of_cases
from torture.ground import Ground, each, ground
from torture.options import Options
from torture.scene import Ran, Scene, apply_words, faults, ran, verdict
from torture.wire import Wire, wire

_SERVICE = ("lost", "lost, and nobody can be asked")
_STORE = ("refused as stale", "lost", "refused before it was made")


def lost(options: Options) -> Iterator[Figure]:
    """Lose each answer once: inside the process, and on the wire of the stores that have one."""
    if "file" in options.stores:
        made = ground("file")
        for side, ways in (("service", _SERVICE), ("store", _STORE)):
            cases = [_Case(side, way, call) for way in ways for call in _calls(made, side)]
            cases = cases[:: len(cases) // 3] if options.is_short else cases
            number, wrong = each(cases, partial(_dropped, made))
            least = options.least(20 if side == "service" else 60, 3)
            yield of_cases(f"answers of the {side} lost", number, wrong, least, "0 duplicates")
    for store in options.stores:
        if store != "file":
            made = ground(store)
            turns = _turns(made)
            number, wrong = each(range(1, turns + 1, options.least(1, max(1, turns // 6))), partial(_cut_off, made))
            yield of_cases(f"answers lost on the wire, {store}", number, wrong, options.least(40, 4), "0 duplicates")


@dataclass(frozen=True, slots=True)
class _Case:
    """The `call`-th mutating call of a side, from 1, and what becomes of its answer."""

    side: str
    way: str
    call: int

    def __str__(self) -> str:
        return f"{self.side} call {self.call} {self.way}"


class _Losing:
    """Counts the mutating calls of a side and loses the answer of one of them. Also a provider, a writer, a reader."""

    def __init__(self, case: _Case) -> None:
        self.case = case
        self.calls = 0
        self.is_silent = False

    def is_hit(self) -> bool:
        self.calls += 1
        return self.calls == self.case.call


class _Store:
    """A store that loses the answer to one write."""

    def __init__(self, store: StateStore, losing: _Losing) -> None:
        self._store = store
        self._losing = losing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        if not self._losing.is_hit():
            return self._store.put(name, data, expected)
        if self._losing.case.way != "refused before it was made":
            self._store.put(name, data, expected)
        if self._losing.case.way == "refused as stale":
            raise StaleWrite(name)
        raise StateFault("state_unwritable", message("error.interrupted"))


class _Provider:
    """A provider whose service loses the answer to one call, and may not be reached afterwards."""

    def __init__(self, provider: Any, losing: _Losing) -> None:
        self._provider = provider
        self._losing = losing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._provider, name)

    @contextmanager
    def reader(self) -> Iterator[_Reader]:
        with self._provider.reader() as reader:
            yield _Reader(reader, self._losing)

    @contextmanager
    def writer(self, actor: Any) -> Iterator[_Writer]:
        with self._provider.writer(actor) as writer:
            yield _Writer(writer, self._losing)


class _Reader:
    def __init__(self, reader: Reader, losing: _Losing) -> None:
        self._reader = reader
        self._losing = losing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def done(self, key: str) -> Done | Fate:
        if self._losing.is_silent:
            raise ProviderFault("unavailable", message("error.interrupted"))
        return self._reader.done(key)


class _Writer:
    def __init__(self, writer: Writer, losing: _Losing) -> None:
        self._writer = writer
        self._losing = losing

    def carry_out(self, operation: Operation) -> Done:
        done = self._writer.carry_out(operation)
        if self._losing.is_hit():
            self._losing.is_silent = self._losing.case.way != _SERVICE[0]
            raise ProviderFault("unavailable", message("error.interrupted"))
        return done


def _calls(made: Ground, side: str) -> range:
    """Give the numbers of the mutating calls of an undisturbed apply."""
    with made.scene() as scene:
        losing = _apply(scene, _Case(side, "never", 0))
    return range(1, losing.calls + 1)


def _dropped(made: Ground, case: _Case) -> list[str] | None:
    with made.scene() as scene:
        losing = _apply(scene, case)
        return verdict(scene, 1, made.expected) if losing.calls >= case.call else None


def _apply(scene: Scene, case: _Case) -> _Losing:
    """Apply in this process, with one answer lost; whatever that comes to, it comes to no other exception."""
    losing = _Losing(case)
    opened: Workspace = workspace.open(config.load(scene.folder / "ssops.yaml", None), None, scene.environ())
    if case.side == "store":
        opened = replace(opened, store=_Store(opened.store, losing))
    else:
        opened = replace(opened, provider=_Provider(opened.provider, losing))
    course = pipeline.Course(lambda _: None, lambda _: None, parallelism=1)
    with suppress(SsopsError):
        pipeline.apply(opened, course, actor=opened.provider.default_actor())
    return losing


def _turns(made: Ground) -> int:
    """Count the answers that an undisturbed apply gets from its store."""
    with made.scene() as scene, wire(scene.place.port) as whole:
        done = _through(scene, whole)
        assert done.code == Exit.OK, done
        return whole.answers


def _cut_off(made: Ground, turn: int) -> list[str] | None:
    with made.scene() as scene:
        with wire(scene.place.port, turn) as cut:
            done = _through(scene, cut)
        if not cut.is_cut:
            return None
        if done.has_crashed or done.code not in (Exit.OK, Exit.ERROR, Exit.CONFLICT, Exit.PARTIAL):
            return [f"it ended as no user should see it: {done}"]
        return faults(scene, made.expected) if done.code == Exit.OK else verdict(scene, 1, made.expected)


def _through(scene: Scene, through: Wire) -> Ran:
    """Apply with a wire between ssops and its store."""
    there = replace(scene, place=scene.place.behind(through.port))
    there.configure()
    try:
        return ran(there, *apply_words(1))
    finally:
        scene.configure()
