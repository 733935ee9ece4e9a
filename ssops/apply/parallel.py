"""Parts of a run side by side, heard one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from threading import Lock

from ssops.model import Address, Outcome, Spec


class InOrder:
    """Passes outcomes on part by part: the first part's as they come, a later part's once those before it ended.

    Whoever hears them may fail, as when the terminal is gone: the work goes on unheard, and `failure` has the reason.
    """

    def __init__(self, parts: Sequence[str], on_outcome: Callable[[Outcome], None]) -> None:
        self._on_outcome = on_outcome
        self._lock = Lock()
        self._waiting: dict[str, list[Outcome]] = {part: [] for part in parts}  # the part of the first key is heard
        self._ended: set[str] = set()
        self.failure: Exception | None = None

    @contextmanager
    def part(self, name: str) -> Iterator[Callable[[Outcome], None]]:
        """Give what takes the outcomes of one part; the part has ended when the block is left."""
        try:
            yield lambda outcome: self._take(name, outcome)
        finally:
            self._end(name)

    def _take(self, name: str, outcome: Outcome) -> None:
        with self._lock:
            if name == next(iter(self._waiting)):
                self._tell(outcome)
            else:
                self._waiting[name].append(outcome)

    def _end(self, name: str) -> None:
        with self._lock:
            self._ended.add(name)
            while self._waiting and (first := next(iter(self._waiting))) in self._ended:
                del self._waiting[first]
                for outcome in self._waiting.get(next(iter(self._waiting), ""), ()):
                    self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        if self.failure is None:
            try:
                self._on_outcome(outcome)
            except Exception as fault:
                self.failure = fault


def one_at_a_time(load: Callable[[Address], Spec]) -> Callable[[Address], Spec]:
    """Let only one part at a time load a spec: manifests and cache are read by one thread."""
    lock = Lock()

    def loaded(address: Address) -> Spec:
        with lock:
            return load(address)

    return loaded


def each(parts: Sequence[str], work: Callable[[str], None], at_once: int) -> None:
    """Do the work of every part, so many at once. A part that raises stops no other; the first fault is raised then."""
    if min(at_once, len(parts)) <= 1:
        faults = [fault for part in parts if (fault := _fault_of(work, part)) is not None]
    else:
        with ThreadPoolExecutor(min(at_once, len(parts)), thread_name_prefix="ssops-space") as pool:
            # Each in a copy of this context: it knows the language of the run.
            found = [pool.submit(copy_context().run, _fault_of, work, part) for part in parts]
            faults = [fault for future in found if (fault := future.result()) is not None]
    if faults:
        raise faults[0]


def _fault_of(work: Callable[[str], None], part: str) -> Exception | None:
    try:
        work(part)
    except Exception as fault:
        return fault
    return None
