"""Which process this is among all of its machine, whether another one is gone, and a clock that sleep does not stop."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

_PROC = Path("/proc")
_START = 19  # where a process's start time stands in /proc/PID/stat after its name
_BOOTTIME = getattr(time, "CLOCK_BOOTTIME", None)


def host() -> str:
    """Give the name of this machine."""
    return socket.gethostname()


def identity() -> str:
    """Name this process uniquely: boot, process namespace, pid and start time; "" where the system does not tell."""
    return _identity(os.getpid())


def is_gone(known: str) -> bool:
    """Tell whether the process of this name ran here and runs no more. Of another machine's nothing can be told."""
    here, there = identity().split(" "), known.split(" ")
    if len(there) != 4 or there[:2] != here[:2] or not there[2].isdecimal():
        return False
    pid = int(there[2])
    try:
        os.kill(pid, 0)  # sends nothing, and also knows processes that the system hides from this user
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    found = _identity(pid)
    return found != known and found != ""


def uptime() -> float:
    """Give seconds on a clock that goes on while the machine sleeps, where the system has one."""
    return time.clock_gettime(_BOOTTIME) if _BOOTTIME is not None else time.monotonic()


def _identity(pid: int) -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        namespace = (_PROC / "self/ns/pid").readlink()
        fields = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    start = "ended" if fields[0] in "ZX" else fields[_START]  # ended, and nobody has asked yet what became of it
    return f"{boot} {namespace} {pid} {start}"
