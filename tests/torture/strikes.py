"""Where a real process can be struck: its system calls that change state or service, found by watching one run."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import cache

from torture.scene import TIMEOUT_S, Ran, Scene, command

FILES = (
    *("write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink", "unlinkat"),
    *("mkdir", "mkdirat", "ftruncate", "flock", "openat"),
)
WIRE = ("sendto", "sendmsg", "recvfrom", "recvmsg", "write", "read")
"""What network stores are asked with, and what their answers are read with: struck there, the store has done it."""

_ENTRY = re.compile(r"(\d+) +(\w+)\((.*)")
_SOCKET = re.compile(r"\d+<(?:TCP|UNIX)")


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """The `number`-th `call` of a thread, from 1."""

    call: str
    number: int

    def __str__(self) -> str:
        return f"{self.call} {self.number}"


@cache
def is_possible() -> bool:
    """Tell whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    return (
        subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0
    )


def points(scene: Scene, words: list[str]) -> list[Point]:
    """Run a command to its end and give every point at which it touched state or service."""
    log = scene.folder / "strace"
    calls = ",".join(f"?{call}" for call in dict.fromkeys((*FILES, *WIRE)))
    ran = _run(scene, words, ["strace", "-f", "-qq", "-yy", "-s", "300", "-o", str(log), "-e", f"trace={calls}"])
    assert ran.code == 0, ran
    seen: Counter[tuple[str, str]] = Counter()
    found = set()
    for line in log.read_text(errors="replace").splitlines():
        if (entry := _ENTRY.match(line)) is None:
            continue
        thread, call, rest = entry.groups()
        seen[thread, call] += 1
        if _changes(scene, call, rest):
            found.add(Point(call, seen[thread, call]))
    if scene.place.store != "file":  # what the service's file goes through inside a transaction is the same everywhere
        found = {point for point in found if point.call != "pwrite64"}
    return sorted(found)


def struck(scene: Scene, words: list[str], point: Point, how: str, *, onwards: bool = False) -> tuple[Ran, bool]:
    """Run a command and strike it at a point: `signal=SIGKILL`, `error=ENOSPC`; say whether it was hit at all."""
    log = scene.folder / "strace"
    inject = f"inject={point.call}:{how}:when={point.number}{'+' if onwards else ''}"
    # Not with --seccomp-bpf, which is faster: strace 6.1 then injects errors, and no signals.
    tracer = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={point.call}", "-e", inject]
    ran = _run(scene, words, tracer)
    said = log.read_text(errors="replace")
    return ran, "(INJECTED)" in said or "--- SIG" in said or "+++ killed" in said


def _changes(scene: Scene, call: str, rest: str) -> bool:
    if call in WIRE and _SOCKET.match(rest):
        return True
    if call == "read" or not _is_ours(scene, rest):
        return False
    return call in FILES and (call != "openat" or "O_CREAT" in rest)


def _is_ours(scene: Scene, rest: str) -> bool:
    return any(str(path) in rest for path in (scene.folder / "state", scene.service))


def _run(scene: Scene, words: list[str], before: list[str]) -> Ran:
    done = subprocess.run(
        [*before, *command(*words)],
        cwd=scene.folder,
        env=scene.environ(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
