"""Death inside a process: at the N-th step of the code that deals with state and service, wherever that is."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import cache
from mmap import mmap
from types import CodeType, FrameType
from typing import Any

from torture.scene import Scene, ran

_WATCHED = ("/ssops/state/", "/ssops/apply/", "/ssops/providers/", "/psycopg/", "/http/client.py")
_BYTES = 8


def at(step: int, count: mmap | None = None) -> Callable[[], None]:
    """Give what makes a process die of SIGKILL at a step, 0 for never; the steps so far are written to `count`.

    A step is a call or a return, also of a function in C, so that death comes between any two of the system's calls.
    """

    def begin() -> None:
        seen = 0

        def watch(frame: FrameType, event: str, arg: Any) -> None:
            nonlocal seen
            if not _is_watched(frame.f_code):
                return
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)
            if count is not None:
                count[:_BYTES] = seen.to_bytes(_BYTES, "little")

        threading.setprofile(watch)
        sys.setprofile(watch)

    return begin


def steps(scene: Scene, *words: str) -> int:
    """Run a command to its end and count its steps."""
    with mmap(-1, _BYTES) as count:
        done = ran(scene, *words, before=at(0, count))
        assert done.code == 0, done
        return int.from_bytes(count[:_BYTES], "little")


@cache
def _is_watched(code: CodeType) -> bool:
    return any(part in code.co_filename for part in _WATCHED)
