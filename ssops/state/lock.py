"""Locks of local processes: one file a name, held by flock, so that the lock of a dead process is gone with it."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ssops.errors import Conflict, StateFault
from ssops.model import message

_PAUSE_S = 0.1
_SHOWN = 80  # characters of a holder's word in a message


@contextmanager
def hold(folder: Path, names: tuple[str, ...], holder: dict[str, str | int], timeout_s: float) -> Iterator[None]:
    """Hold the lock of every name, or none. The lock's file says who holds it and is gone afterwards.

    Raises Conflict (`lock_held`) naming the holder after `timeout_s`, StateFault where the folder cannot be used.
    """
    paths = [folder / f".lock-{name}" for name in sorted(set(names))]
    until = time.monotonic() + timeout_s
    is_new = not folder.exists()
    try:
        while isinstance(held := _take_all(paths, holder), Path):
            if time.monotonic() >= until:
                raise _held(held)
            time.sleep(_PAUSE_S)
    except OSError as fault:
        raise unwritable(folder, fault) from fault
    try:
        yield
    finally:
        _release(held)
        if is_new:
            with suppress(OSError):  # a folder that a refused run has made and left empty
                folder.rmdir()


def unwritable(path: Path, fault: OSError) -> StateFault:
    """Build the fault of a file system that says no."""
    said = message("state.unwritable", path=str(path), why=fault.strerror or type(fault).__name__)
    return StateFault("state_unwritable", said, message("state.unwritable.hint"))


def _take_all(paths: list[Path], holder: dict[str, str | int]) -> dict[Path, int] | Path:
    """Take every lock, or give the path of the first that somebody else holds."""
    held: dict[Path, int] = {}
    done = False
    try:
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
            taken = _take(path)
            if taken is None:
                return path
            held[path] = taken
            os.ftruncate(taken, 0)
            os.write(taken, json.dumps(holder).encode())
        done = True
        return held
    finally:
        if not done:
            _release(held)


def _take(path: Path) -> int | None:
    while True:
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(path, opened):
                return opened
        except BlockingIOError:
            os.close(opened)
            return None
        os.close(opened)


def _is_still(path: Path, opened: int) -> bool:
    # The holder before us removed the file between our open and our flock: another process may lock a newer one.
    try:
        return os.path.samestat(path.stat(), os.fstat(opened))
    except FileNotFoundError:
        return False


def _release(held: dict[Path, int]) -> None:
    for path, opened in held.items():
        with suppress(OSError):
            path.unlink()
        os.close(opened)


def _held(path: Path) -> Conflict:
    name = path.name.removeprefix(".lock-")
    hint = message("state.lock_held.hint")
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            told = json.loads(file.read(4096))
        words = {key: str(told[key])[:_SHOWN] for key in ("who", "pid", "host", "since")}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return Conflict("lock_held", message("state.lock_held.unnamed", name=name), hint)
    return Conflict("lock_held", message("state.lock_held", name=name, **words), hint)
