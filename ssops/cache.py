"""What an earlier run found out, kept by content: losing it, sharing it or damaging it never changes a result.

It lives in a folder of the user, never in the repository: a pull request must not be able to bring one.
"""

# Plain strings instead of Path: the salt is made on every start.
# ruff: noqa: PTH117, PTH119, PTH123

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ssops import __version__

if TYPE_CHECKING:
    import sqlite3

_PACKAGE = Path(__file__).parent
_SALTED = ("", "access", "domain", "manifest", "plan", "providers", "providers/local", "state", "schemas", "../schemas")
_WAIT_S = 1.0
_BUFFER_BYTES = 8 * 1024 * 1024
_FILE_BYTES = 2 * 1024 * 1024 * 1024
_TABLE = (
    "CREATE TABLE IF NOT EXISTS kept "
    "(namespace TEXT, key TEXT, checksum BLOB, value BLOB, PRIMARY KEY (namespace, key))"
)
_ASK = "SELECT checksum, value FROM kept WHERE namespace = ? AND key = ?"
_KEEP = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)"


def folder(environ: Mapping[str, str]) -> Path | None:
    """Give the folder of the cache: SSOPS_CACHE_DIR, else `ssops` in the user's cache folder; None without a home."""
    if named := environ.get("SSOPS_CACHE_DIR"):
        return Path(named)
    base = environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):  # the XDG specification says to leave a relative one out of account
        return Path(base, "ssops")
    home = environ.get("HOME", "")
    return Path(home, ".cache", "ssops") if os.path.isabs(home) else None


def salt() -> str:
    """Give a digest of what results depend on besides the input: version, code of the stages that cache, schemas."""
    found = sha256(f"{__version__} {sys.version_info[:2]}".encode())
    for part in _SALTED:
        try:
            with os.scandir(_PACKAGE / part) as entries:
                paths = sorted(entry.path for entry in entries if entry.name.endswith((".py", ".json")))
        except FileNotFoundError:  # schemas stand inside the package or beside it
            continue
        for path in paths:
            with open(path, "rb", buffering=0) as file:
                body = file.read()
            found.update(f"{os.path.basename(path)} {len(body)} ".encode())
            found.update(body)
    return found.hexdigest()


class Cache:
    """Bytes by namespace and key, in one SQLite file for each salt.

    Nothing here raises: what cannot be read is not there, what cannot be written is not kept, a damaged file is
    thrown away. `note` then says why, for `--verbose`; it is empty while all is well.
    """

    def __init__(self, folder: Path, salt: str) -> None:
        self.note = ""
        self._salt = salt
        self._path = folder / f"{salt[:16]}.db"
        self._buffer: dict[tuple[str, str], bytes] = {}
        self._buffered = 0
        self._connection = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, namespace: str, key: str) -> bytes | None:
        """Give what was put under this key, intact, or None."""
        kept = self._buffer.get((namespace, key))
        if kept is not None or self._connection is None:
            return kept
        import sqlite3

        try:
            row = self._connection.execute(_ASK, (namespace, key)).fetchone()
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the second: a message out of a damaged schema
            self._give_up(error)
            return None
        if row is None or not isinstance(row[1], bytes) or row[0] != self._checksum(namespace, key, row[1]):
            return None
        return row[1]

    def put(self, namespace: str, key: str, value: bytes) -> None:
        """Keep `value` for a later run; it is written with others, at the latest by `close`."""
        if self._connection is None:
            return
        self._buffer[namespace, key] = value
        self._buffered += len(value)
        if self._buffered > _BUFFER_BYTES:
            self._write()

    def close(self) -> None:
        """Write what was put and let the file go. The cache gives and keeps nothing afterwards."""
        if self._buffer:
            self._write()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        import sqlite3

        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._path.exists():
                _clear(self._path.parent)
            elif self._path.stat().st_size > _FILE_BYTES:
                self._path.unlink()
            # Isolation level None: the only transaction is the one of `_write`, short, so that runs side by side share.
            connection = sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            self.note = str(error)
            return None
        try:
            connection.execute("PRAGMA synchronous = OFF")  # checksums find what a power cut leaves
            connection.execute(_TABLE)
            connection.execute(_ASK, ("", "")).fetchone()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            self._connection = connection
            self._give_up(error)
            return None
        return connection

    def _write(self) -> None:
        import sqlite3

        rows = [(space, key, self._checksum(space, key, value), value) for (space, key), value in self._buffer.items()]
        self._buffer.clear()
        self._buffered = 0
        if self._connection is None:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(_KEEP, rows)
            self._connection.execute("COMMIT")
        except (sqlite3.Error, UnicodeDecodeError) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Go on without the file; one that is merely busy, full or not ours to write stays for the next run."""
        import sqlite3

        self.note = str(error)
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        passing = (
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_PERM,
        )
        # The low byte is the sort of fault, the rest its detail.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in passing:
            for name in (self._path.name, f"{self._path.name}-journal"):
                _remove(self._path.with_name(name))

    def _checksum(self, namespace: str, key: str, value: bytes) -> bytes:
        found = blake2b(f"{self._salt}\0{namespace}\0{key}\0".encode("utf-8", "surrogatepass"), digest_size=16)
        found.update(value)
        return found.digest()


def _clear(folder: Path) -> None:
    """Remove the files of other versions of ssops that nobody has written for a month."""
    import time

    month_ago = time.time() - 30 * 24 * 3600
    for path in folder.glob("*.db"):
        if path.stat().st_mtime < month_ago:
            _remove(path)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
