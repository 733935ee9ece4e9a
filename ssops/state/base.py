"""Where recorded state lives: a store keeps named documents and replaces them by compare-and-swap, nothing more.

Locks, history and the journal are documents, too: they are built once, on top of this (`state.lease`, `state.history`,
`state.journal`), and behave alike wherever the documents are.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Protocol

from ssops.errors import StateFault
from ssops.model import message

_NAME = re.compile(r"[a-z][a-z0-9-]{0,62}(/[a-z0-9][a-z0-9-]{0,99}){0,2}", re.ASCII)


class StaleWrite(Exception):
    """`put` found another version than the one it was to replace."""


class StateStore(Protocol):
    """A home of named documents.

    A name is the ref of a space, which is its state, or a folder and names in it: `lock/sales`,
    `history/sales/000000000007-1f0c`. Every method raises StateFault (`state_name`) for any other, and StateFault
    where the store cannot be reached, read or written; such a fault never carries a credential.
    """

    def get(self, name: str) -> tuple[bytes, str] | None:
        """Give a document and its version, an opaque text; None where there is none."""
        ...

    def version(self, name: str) -> str | None:
        """Give a document's version as `get` would, without its content where the store can."""
        ...

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        """Replace the version `expected` (None: there must be none) and give the new version.

        Raises StaleWrite when another version is there. The last good document is there in either case. A store that
        lost the answer to its own write may raise StaleWrite for it: whoever writes makes no two documents equal, and
        reads back.
        """
        ...

    def names(self, folder: str = "") -> tuple[str, ...]:
        """Give the full names of all documents right in a folder, sorted; without one, those of spaces."""
        ...

    def remove(self, name: str) -> None:
        """Remove a document, whatever its version; none being there is no fault. Never a space's state."""
        ...

    def now(self) -> datetime:
        """Give the time by the store's own clock, in UTC: the one clock that all who share it agree upon."""
        ...

    def close(self) -> None:
        """Let connections go. The store opens them again when it is used once more."""
        ...


class Memory(Protocol):
    """Where a run keeps what it found out, for later ones; losing it changes nothing."""

    def get(self, namespace: str, key: str) -> bytes | None:
        """Give what was put, intact, or None."""
        ...

    def put(self, namespace: str, key: str, value: bytes) -> None:
        """Keep `value` for a later run."""
        ...


def is_name(text: str) -> bool:
    """Tell whether a document can have this name."""
    return _NAME.fullmatch(text) is not None


def checked(name: str) -> str:
    """Give the name of a document back. Raises StateFault (`state_name`) when it can be none."""
    if not is_name(name):
        raise StateFault("state_name", message("state.name", name=name[:60]))
    return name
