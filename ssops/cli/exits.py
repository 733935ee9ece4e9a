"""Exit codes in words, and which one wins."""

from __future__ import annotations

from collections.abc import Iterable

from ssops.errors import PRECEDENCE, Exit
from ssops.render.words import sentence


def table() -> tuple[tuple[int, str], ...]:
    """Give every exit code with its meaning, ascending: what README and `--help` print."""
    return tuple((code.value, sentence(f"exit.{code.value}")) for code in sorted(Exit))


def strongest(codes: Iterable[Exit]) -> Exit:
    """Give the code that wins where several apply, `OK` where there is none."""
    found = set(codes)
    return next((code for code in PRECEDENCE if code in found), Exit.OK)
