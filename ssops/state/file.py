"""The store in a folder: one readable JSON file a space, replaced whole or not at all."""

from __future__ import annotations

import fcntl
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path

from ssops.errors import StateFault
from ssops.model import message
from ssops.state import lock
from ssops.state.base import Memory, StaleWrite

_RACY_NS = 2_000_000_000
_NAME = re.compile(r"[a-z][a-z0-9-]{0,62}", re.ASCII)


class FileStore:
    """Documents as `FOLDER/NAME.json`; a version is the SHA-256 of the bytes. Reading creates nothing.

    `now` tells since when a lock is held. `stamps` remembers the digest of files that nobody has touched.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime], stamps: Memory | None = None) -> None:
        self._folder = folder
        self._now = now
        self._stamps = stamps

    def get(self, name: str) -> tuple[bytes, str] | None:
        """Give a document and its version; None where there is none. Raises StateFault."""
        with self._opened(name) as file:
            if file is None:
                return None
            data = file.read()
        return data, sha256(data).hexdigest()

    def version(self, name: str) -> str | None:
        """Give a document's version in little memory. Raises StateFault."""
        with self._opened(name) as file:
            if file is None:
                return None
            about = os.fstat(file.fileno())
            stamp = f"{about.st_dev} {about.st_ino} {about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"
            known = self._stamps.get("stamp", stamp) if self._stamps else None
            if known is not None:
                return known.decode()
            found = _digest(file)
            # Changed a moment ago, it may change once more in the same tick of the file system's clock.
            if self._stamps and max(about.st_mtime_ns, about.st_ctime_ns) + _RACY_NS < self._now().timestamp() * 1e9:
                self._stamps.put("stamp", stamp, found.encode())
            return found

    def names(self) -> tuple[str, ...]:
        """Give the names of all documents, sorted; other files are left out. Raises StateFault."""
        try:
            found = [path.stem for path in self._folder.iterdir() if path.suffix == ".json"]
        except FileNotFoundError:
            return ()
        except OSError as fault:
            raise _unreadable(self._folder, fault) from fault
        return tuple(sorted(name for name in found if _NAME.fullmatch(name)))

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        """Replace the version `expected`, None for a first one. Raises StaleWrite and StateFault."""
        path = self._path(name)
        try:
            with self._writing() as folder:
                with self._opened(name) as there:  # read for once: this decides whose write wins
                    if (_digest(there) if there else None) != expected:
                        raise StaleWrite(name)
                _replace(path, data)
                os.fsync(folder)
        except OSError as fault:
            raise lock.unwritable(path, fault) from fault
        return sha256(data).hexdigest()

    def lock(self, names: tuple[str, ...], owner: str, timeout_s: float) -> AbstractContextManager[None]:
        """Hold the lock of every name, or none. Raises Conflict (`lock_held`) and StateFault."""
        for name in names:
            self._path(name)
        holder: dict[str, str | int] = {
            "who": owner,
            "pid": os.getpid(),
            "host": os.uname().nodename,
            "since": self._now().isoformat(timespec="seconds"),
        }
        return lock.hold(self._folder, names, holder, timeout_s)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise StateFault("state_name", message("state.name", name=name[:60]))
        return self._folder / f"{name}.json"

    @contextmanager
    def _opened(self, name: str) -> Iterator[BufferedReader | None]:
        path = self._path(name)
        try:
            # A document may come with a pull request: no link out of the folder, no pipe to wait at.
            opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(opened, "rb") as file:
                if not stat.S_ISREG(os.fstat(opened).st_mode):
                    raise StateFault("state_damaged", message("state.not_a_file", path=str(path)))
                yield file
        except FileNotFoundError:
            yield None
        except OSError as fault:
            raise _unreadable(path, fault) from fault

    @contextmanager
    def _writing(self) -> Iterator[int]:
        """Open the folder, made where it is missing, with no other writer in it."""
        is_new = not self._folder.exists()
        self._folder.mkdir(parents=True, exist_ok=True)
        if is_new:
            with _folder(self._folder.parent) as parent:
                os.fsync(parent)
        with _folder(self._folder) as opened:
            fcntl.flock(opened, fcntl.LOCK_EX)
            yield opened


@contextmanager
def _folder(path: Path) -> Iterator[int]:
    opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield opened
    finally:
        os.close(opened)


def _digest(file: BufferedReader) -> str:
    return file_digest(file, "sha256").hexdigest()


def _replace(path: Path, data: bytes) -> None:
    """Put new bytes in place of a file's, on disk before its name moves to them."""
    temporary = path.with_name(f".new-{path.stem}")
    try:
        opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o666)
        with os.fdopen(opened, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(opened)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def _unreadable(path: Path, fault: OSError) -> StateFault:
    said = message("state.unreadable", path=str(path), why=fault.strerror or type(fault).__name__)
    return StateFault("state_unreadable", said)
