"""What every figure works with: scenes made ready once and copied for each case, and two workers that try cases."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from torture import strikes
from torture.scene import Scene, Wanted, apply_words, documents, preload, ran, wanted
from torture.stores import STORES
from torture.strikes import Point

WORKERS = 2

Case = TypeVar("Case")
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Ground:
    """A store with a scene in which step 0 is applied and step 1 is written. `expected` is what step 1 leaves."""

    store: str
    folder: Path
    base: Scene
    expected: Wanted

    @contextmanager
    def scene(self) -> Iterator[Scene]:
        """Give a copy of the scene, gone afterwards."""
        folder = self.folder / f"{os.getpid()}-{next(_numbers)}"
        scene = self.base.copy(folder, STORES[self.store]())
        try:
            yield scene
        finally:
            scene.remove()


@cache
def ground(store: str) -> Ground:
    """Make the ground of a store, once; it goes when this process ends."""
    preload()
    folder = _folder()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    base = Scene(folder / "base", STORES[store]())
    base.write(documents(0))
    first = ran(base, *apply_words(0))
    assert first.code == 0, first
    base.write(documents(1))
    assert ran(base, "plan").code == 0  # fills the cache, as a review before the apply does
    made = Ground(store, folder, base, wanted(base))
    with made.scene() as undisturbed:
        done = ran(undisturbed, *apply_words(1))
        assert done.code == 0, done
        return replace(made, expected=wanted(undisturbed))


@cache
def points(store: str) -> list[Point]:
    """Give every point at which an apply of step 1 touches state or service."""
    with ground(store).scene() as scene:
        return strikes.points(scene, apply_words(1))


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder, in memory where there is one: a disk is not what is tried here. It is gone afterwards."""
    folder = _folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="ssops-torture-", dir=memory if memory.is_dir() else None))


def each(cases: Iterable[Case], tried: Callable[[Case], list[str] | None], *, chunk: int = 1) -> tuple[int, list[str]]:
    """Try every case on two workers; count those that took place and give what went wrong, named by case.

    `tried` gives what is wrong, None where the case did not take place. `chunk` cases are handed over at a time.
    """
    listed = list(cases)
    number, wrong = 0, []
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("fork")) as pool:
        for case, found in zip(listed, pool.map(_Guarded(tried), listed, chunksize=chunk), strict=True):
            number += found is not None
            wrong += [f"{case}: {each}" for each in found or ()]
    return number, wrong


@dataclass(frozen=True, slots=True)
class _Guarded:
    """A case that breaks the harness counts as wrong, and does not end the run."""

    tried: Callable[..., list[str] | None]

    def __call__(self, case: object) -> list[str] | None:
        try:
            return self.tried(case)
        except Exception as fault:
            return [f"{type(fault).__name__} {fault}"]
