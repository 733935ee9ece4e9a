"""Ctrl-C and the termination of a cancelled job, at every call of a real `ssops apply` that changes anything."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ssops.errors import Exit
from torture import strikes
from torture.figures import Figure, of_cases
from torture.ground import Ground, each, ground, points
from torture.options import Options
from torture.scene import TIMEOUT_S, Ran, Scene, apply_words, command, faults, pending, unreleased, verdict
from torture.strikes import Point

_AT_ONCE_S = 2.0
_BOUNDARIES = ("unlink", "rename", "recvfrom")
"""Where a change is made (SQLite drops its journal), and where a document is: before, in and between the changes."""


@dataclass(frozen=True, slots=True)
class _Case:
    name: str
    point: Point

    def __str__(self) -> str:
        return f"{self.name} at {self.point}"


@dataclass(frozen=True, slots=True)
class _Twice:
    name: signal.Signals
    parallelism: int

    def __str__(self) -> str:
        return f"{self.name.name} twice, -p{self.parallelism}"


def matrix(options: Options) -> Iterator[Figure]:
    """Ask once at every change boundary; then ask twice, while a call hangs."""
    total, all_wrong = 0, list[str]()
    for store in options.stores:
        made = ground(store)
        if strikes.is_possible():
            number, wrong = _asked(made, options)
            total, all_wrong = total + number, all_wrong + [f"{store} {one}" for one in wrong]
    yield of_cases("SIGINT, SIGTERM at every change", total, all_wrong, options.least(80, 3))
    if "file" in options.stores:
        made = ground("file")
        cases = [_Twice(number, parallelism) for number in (signal.SIGINT, signal.SIGTERM) for parallelism in (1, 4)]
        cases = cases[1:3] if options.is_short else cases
        number, wrong = each(cases, partial(_asked_twice, made))
        yield of_cases("a second signal ends it at once", number, wrong, len(cases), f"within {_AT_ONCE_S:.0f} s")


def _asked(made: Ground, options: Options) -> tuple[int, list[str]]:
    found = [point for point in points(made.store) if point.call in _BOUNDARIES]
    cases = [_Case(name, point) for point in found for name in ("SIGINT", "SIGTERM")]
    if options.is_short:
        cases = cases[:: len(cases) // 3]
    return each(cases, partial(_struck, made))


def _struck(made: Ground, case: _Case) -> list[str] | None:
    with made.scene() as scene:
        done, is_hit = strikes.struck(scene, apply_words(1), case.point, f"signal={case.name}")
        if not is_hit:
            return None
        if done.code not in (Exit.OK, Exit.INTERRUPTED) or done.has_crashed:
            return [f"it ended otherwise: {done}"]
        if done.code == Exit.OK:  # there was nothing left to stop
            return faults(scene, made.expected)
        wrong = [f"left open: {address}" for address in pending(scene)]
        with scene.place.opened(scene.folder) as store:
            wrong += [f"not given back: {name}" for name in unreleased(store)]
        return wrong + verdict(scene, 1, made.expected)


def _asked_twice(made: Ground, case: _Twice) -> list[str]:
    """Let the run hang at a document that somebody else keeps, and ask it twice to end."""
    with made.scene() as scene:
        history = scene.folder / "state" / "history" / "support"
        held = os.open(history, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            wrong, done = _ended(scene, case)
        finally:
            os.close(held)
        if done.code != Exit.INTERRUPTED or done.has_crashed:
            wrong.append(f"it ended otherwise: {done}")
        return wrong + verdict(scene, 1, made.expected)


def _ended(scene: Scene, case: _Twice) -> tuple[list[str], Ran]:
    wrong = []
    with subprocess.Popen(
        command(*apply_words(1, case.parallelism)),
        cwd=scene.folder,
        env=scene.environ(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        until = time.monotonic() + TIMEOUT_S
        while not _waits(process.pid) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(case.name)
        time.sleep(_AT_ONCE_S / 4)
        if process.poll() is not None:
            wrong.append("the first signal ended it in the middle of a call")
        process.send_signal(case.name)
        try:
            out, err = process.communicate(timeout=_AT_ONCE_S)
        except subprocess.TimeoutExpired:
            wrong.append(f"it did not end within {_AT_ONCE_S:.0f} s")
            process.kill()
            out, err = process.communicate()
    return wrong, Ran(process.returncode, out.decode(errors="replace"), err.decode(errors="replace"))


def _waits(pid: int) -> bool:
    """Tell whether a process waits for the lock of a file that another one has."""
    locks = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    return any(" -> " in line and f" {pid} " in line for line in locks)
