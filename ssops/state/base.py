"""Where recorded state lives: a store is get, put by compare-and-swap, names, and a lock."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol


class StaleWrite(Exception):
    """`put` found another version than the one it was to replace."""


class StateStore(Protocol):
    """A home of named documents. All meaning is built on top (`state.document`), once for every store."""

    def get(self, name: str) -> tuple[bytes, str] | None:
        """Give a document and its version, an opaque text; None where there is none. Raises StateFault."""
        ...

    def version(self, name: str) -> str | None:
        """Give a document's version as `get` would, without its content where the store can. Raises StateFault."""
        ...

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        """Replace the version `expected` (None: there must be none) and give the new version.

        Raises StaleWrite when another version is there, StateFault when nothing could be written; the last good
        document is there in either case.
        """
        ...

    def names(self) -> tuple[str, ...]:
        """Give the names of all documents, sorted."""
        ...

    def lock(self, names: tuple[str, ...], owner: str, timeout_s: float) -> AbstractContextManager[None]:
        """Hold the lock of every name, or none. Raises Conflict (`lock_held`) naming the holder after `timeout_s`."""
        ...


class Memory(Protocol):
    """Where a run keeps what it found out, for later ones; losing it changes nothing."""

    def get(self, namespace: str, key: str) -> bytes | None:
        """Give what was put, intact, or None."""
        ...

    def put(self, namespace: str, key: str, value: bytes) -> None:
        """Keep `value` for a later run."""
        ...
