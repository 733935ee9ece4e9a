"""SQLite's errors as faults that a person can act on, told apart by their codes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ssops.errors import ProviderFault
from ssops.model import message

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT)


def damaged(path: Path) -> ProviderFault:
    """Give the fault of a file whose contents cannot be what the service wrote."""
    return ProviderFault(
        "data_loss", message("provider.damaged", path=str(path)), message("provider.damaged.hint", path=str(path))
    )


def busy(path: Path) -> ProviderFault:
    """Give the fault of a file that another process keeps to itself."""
    return ProviderFault("unavailable", message("provider.locked", path=str(path)), message("provider.locked.hint"))


def foreign(path: Path) -> ProviderFault:
    """Give the fault of a file that the embedded service did not make."""
    return ProviderFault("data_loss", message("provider.foreign", path=str(path)), message("provider.foreign.hint"))


def _unusable(path: Path, why: str) -> ProviderFault:
    return ProviderFault(
        "unavailable",
        message("provider.unusable", path=str(path), why=why),
        message("provider.unusable.hint"),
    )


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into faults. A misuse of the library is a bug and passes."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.NotSupportedError):
        raise
    except sqlite3.DatabaseError as error:
        # text that is not UTF-8 has no code: the contents are damaged
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _BUSY:
            raise busy(path) from error
        if code in _DAMAGED:
            raise damaged(path) from error
        raise _unusable(path, str(error)) from error
    except OSError as error:
        raise _unusable(path, error.strerror or type(error).__name__) from error
