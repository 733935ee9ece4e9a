"""Ctrl-C and the termination of a cancelled job: before anything was written at once, afterwards in good order."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from ssops.errors import Exit
from ssops.render.words import sentence

SIGNALS = (signal.SIGINT, signal.SIGTERM)

_STDERR = 2
_SHOW_CURSOR = "\x1b[?25h"  # a bar hides it


class Stopping:
    """Whether somebody wants the run to end.

    Until `defer` a signal raises KeyboardInterrupt. After it the first one only asks: the call in flight is finished
    and recorded. A second one ends the process at once.
    """

    def __init__(self) -> None:
        self._is_deferred = False
        self._is_asked = False

    def __call__(self) -> bool:
        """Tell whether somebody asked."""
        return self._is_asked

    def defer(self) -> None:
        """From here on let the call in flight come to its end."""
        self._is_deferred = True

    def _signalled(self, _: int, __: FrameType | None) -> None:
        if self._is_asked:
            _end()
        self._is_asked = True
        if not self._is_deferred:
            raise KeyboardInterrupt


def _end() -> NoReturn:
    """End as if killed: what hangs would hang any cleaning up, too, and the next run finds out what was made."""
    with suppress(OSError):
        cursor = _SHOW_CURSOR if os.isatty(_STDERR) else ""
        os.write(_STDERR, f"{cursor}{sentence('error.head')} {sentence('error.interrupted')}\n".encode())
    os._exit(Exit.INTERRUPTED)


@contextmanager
def stopping() -> Iterator[Stopping]:
    """Take both signals alike until the block is left."""
    asked = Stopping()
    before = {number: signal.signal(number, asked._signalled) for number in SIGNALS}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
