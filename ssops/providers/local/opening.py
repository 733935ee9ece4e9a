"""Opening the SQLite file without surprises: no pipes, no WAL files, nothing written to read."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from os import fstat
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from ssops.providers.local.faults import busy, foreign

_WAL_VERSION = 2
_RECOVERY_ATTEMPTS = 5
_COPY_TIMEOUT_S = 1.0


def is_file(path: Path) -> bool:
    """Say whether there is a file that may be opened. Raises ProviderFault when it is another thing than a service.

    Opening a pipe would wait for ever; reading a WAL file would write beside it.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        raise foreign(path)
    with path.open("rb") as file:
        header = file.read(20)
    if len(header) == 20 and header[19] == _WAL_VERSION:
        raise foreign(path)
    return True


def connect(path: Path, mode: str, timeout_s: float) -> sqlite3.Connection:
    """Open in one of SQLite's modes: `ro` creates nothing, `rwc` creates the file. Statements commit by themselves."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=timeout_s, isolation_level=None)


def open_to_read(path: Path, timeout_s: float) -> sqlite3.Connection:
    """Open an existing file and see that it can be read. Raises SQLite's errors, ProviderFault."""
    for _ in range(_RECOVERY_ATTEMPTS):
        connection = connect(path, "ro", timeout_s)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master")
            return connection
        except sqlite3.DatabaseError as error:
            connection.close()
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_READONLY_ROLLBACK:
                raise
        recovered = _recovered_copy(path)
        if recovered is not None:
            return recovered
    raise busy(path)


def revision(path: Path) -> str | None:
    """Give a text that stays the same exactly while the file does; None while a writer is at work.

    SQLite counts every transaction in bytes 24 to 27 of the file.
    """
    try:
        if path.with_name(path.name + "-journal").exists():
            return None
        with path.open("rb") as file:
            about, header = fstat(file.fileno()), file.read(28)
    except FileNotFoundError:
        return ""
    except OSError:
        return None
    stamp = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
    return f"{stamp} {header[24:].hex()}"


def _recovered_copy(path: Path) -> sqlite3.Connection | None:
    """Give the service as its killed writer would have found it, in memory; None where the files moved meanwhile.

    Only a writer may roll the journal of a dead process back, and a reader may not write: so a copy is rolled back.
    """
    files = (path, path.with_name(path.name + "-journal"))
    with TemporaryDirectory(prefix="ssops-") as folder:
        try:
            before = [_signature(file) for file in files]
            for file in files:
                copyfile(file, Path(folder, file.name))
            if before != [_signature(file) for file in files]:
                return None
        except FileNotFoundError:
            return None
        connection = sqlite3.connect(":memory:", isolation_level=None)
        with closing(connect(Path(folder, path.name), "rw", _COPY_TIMEOUT_S)) as copy:
            copy.backup(connection)
        return connection


def _signature(file: Path) -> tuple[int, int, int]:
    found = file.stat()
    return (found.st_ino, found.st_size, found.st_mtime_ns)
