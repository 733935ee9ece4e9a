"""A disk that is full, or broken, from any write on: nothing recorded is lost, and the next run goes on."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ssops.errors import Exit
from ssops.state import document
from torture import strikes
from torture.figures import Figure, of_cases
from torture.ground import Ground, each, ground, points
from torture.options import Options
from torture.scene import Ran, Scene, apply_words, faults, ran, state_faults, verdict
from torture.strikes import Point

_STRUCK = ("write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "mkdir", "ftruncate", "openat")
_FULL_NOWHERE = 120  # the interpreter's code for a last flush that failed: the injection makes even /dev/null full
_CODES = (Exit.ERROR, Exit.PARTIAL, _FULL_NOWHERE)
_PAGE_BYTES = 4096
_DISK_BYTES = 1024 * 1024
_MOST_BYTES = 60 * _PAGE_BYTES


@dataclass(frozen=True, slots=True)
class _Case:
    error: str
    point: Point

    def __str__(self) -> str:
        return f"{self.error} from {self.point} on"


def matrix(options: Options) -> Iterator[Figure]:
    """Let every write, sync and rename fail from the N-th on: N/N on files, and a folder that is really full."""
    if "file" not in options.stores:
        return
    made = ground("file")
    number, wrong = _injected(made, options) if strikes.is_possible() else (0, [])
    note = "" if strikes.is_possible() else "no strace"
    yield of_cases("disk full at every write", number, wrong, options.least(150, 3), note)
    if os.geteuid() == 0 and not options.is_short:
        number, wrong = each(range(0, _MOST_BYTES, _PAGE_BYTES), partial(_filled, made))
        yield of_cases("a disk with too little room", number, wrong, 10, "one page more each time")


def _injected(made: Ground, options: Options) -> tuple[int, list[str]]:
    found = [point for point in points(made.store) if point.call in _STRUCK]
    cases = [_Case("ENOSPC", point) for point in found]
    cases += [_Case("EIO", point) for point in found if point.call in ("write", "fsync", "fdatasync", "rename")]
    if options.is_short:
        cases = cases[:: len(cases) // 4]
    return each(cases, partial(_struck, made))


def _struck(made: Ground, case: _Case) -> list[str] | None:
    with made.scene() as scene:
        before = _serials(scene)
        done, is_hit = strikes.struck(scene, apply_words(1), case.point, f"error={case.error}", onwards=True)
        if not is_hit:
            return None
        return _judged(made, scene, done, before)


def _judged(made: Ground, scene: Scene, done: Ran, before: dict[str, int]) -> list[str]:
    """Give what is wrong after a run on a disk that refused: first as it stands, then once the next has run."""
    wrong = []
    if done.has_crashed or done.code not in (Exit.OK, *_CODES):
        wrong.append(f"it ended as no user should see it: {done}")
    with scene.place.opened(scene.folder) as store:
        wrong += state_faults(store)
    if wrong:
        return wrong
    after = _serials(scene)
    wrong += [f"{space} went back" for space, serial in before.items() if after.get(space, 0) < serial]
    if done.code == Exit.OK:  # all was written before the disk was full
        wrong += faults(scene, made.expected)
    return wrong + verdict(scene, 1, made.expected)


def _serials(scene: Scene) -> dict[str, int]:
    with scene.place.opened(scene.folder) as store:
        found = {space: store.get(space) for space in store.names()}
    return {space: document.loads(got[0], space).serial for space, got in found.items() if got is not None}


def _filled(made: Ground, free_bytes: int) -> list[str] | None:
    """Apply where only so many bytes are free for state, then give room and apply again."""
    with made.scene() as scene, _small_disk(scene.folder / "state") as filler:
        about = os.statvfs(filler.parent)
        filler.write_bytes(b"\0" * (about.f_bavail * about.f_frsize - free_bytes))
        before = _serials(scene)
        done = ran(scene, *apply_words(1))
        filler.unlink()
        if done.code == Exit.OK:
            return None  # there was room for everything
        if os.strerror(errno.ENOSPC) not in done.err:
            return [f"it does not say why: {done}"]
        return _judged(made, scene, done, before)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    """Put a folder on a disk of its own; give the name of a file that can fill it."""
    kept = folder.rename(folder.with_name("kept"))
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_DISK_BYTES}", "ssops", str(folder)], check=True)
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield folder / "filler"
    finally:
        subprocess.run(["umount", str(folder)], check=True)
