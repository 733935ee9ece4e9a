"""Ctrl-C and the termination of a cancelled job: before anything was written at once, afterwards in good order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """Whether somebody wants the run to end.

    Until `defer` a signal raises KeyboardInterrupt. After it the first one only asks: the call in flight is finished
    and recorded. A second one raises all the same.
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
        if self._is_asked or not self._is_deferred:
            raise KeyboardInterrupt
        self._is_asked = True


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
