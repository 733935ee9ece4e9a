"""The store in a folder: one readable JSON file a document, replaced whole or not at all."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path

from ssops.errors import StateFault
from ssops.model import message
from ssops.state.base import Memory, StaleWrite, checked, is_name

_RACY_NS = 2_000_000_000


class FileStore:
    """Documents as `FOLDER/NAME.json`; a version is the SHA-256 of the bytes. Reading creates nothing.

    `clock` is the machine's. `stamps` remembers the digest of files that nobody has touched.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime], stamps: Memory | None = None) -> None:
        self._folder = folder
        self._clock = clock
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
            if self._stamps and max(about.st_mtime_ns, about.st_ctime_ns) + _RACY_NS < self._clock().timestamp() * 1e9:
                self._stamps.put("stamp", stamp, found.encode())
            return found

    def names(self, folder: str = "") -> tuple[str, ...]:
        """Give the names of all documents in a folder, sorted; other files are left out. Raises StateFault."""
        inside = self._folder / checked(folder) if folder else self._folder
        prefix = f"{folder}/" if folder else ""
        try:
            with os.scandir(inside) as entries:  # there may be thousands, and no run is about all of them
                found = [prefix + entry.name.removesuffix(".json") for entry in entries if entry.name.endswith(".json")]
        except FileNotFoundError:
            return ()
        except OSError as fault:
            raise _unreadable(inside, fault) from fault
        return tuple(sorted(name for name in found if is_name(name)))

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        """Replace the version `expected`, None for a first one. Raises StaleWrite and StateFault."""
        path = self._path(name)
        try:
            with self._writing(path.parent) as folder:
                with self._opened(name) as there:  # read for once: this decides whose write wins
                    if (_digest(there) if there else None) != expected:
                        raise StaleWrite(name)
                _replace(path, data)
                os.fsync(folder)
        except OSError as fault:
            raise unwritable(path, fault) from fault
        return sha256(data).hexdigest()

    def remove(self, name: str) -> None:
        """Remove a document, whatever its version; none being there is no fault. Raises StateFault."""
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)
        except OSError as fault:
            raise unwritable(path, fault) from fault

    def now(self) -> datetime:
        """Give the machine's time: whoever shares the folder shares the machine, or its clock."""
        return self._clock()

    def close(self) -> None:
        """Do nothing: every file is closed after its use."""

    def _path(self, name: str) -> Path:
        return self._folder / f"{checked(name)}.json"

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
    def _writing(self, folder: Path) -> Iterator[int]:
        """Open a folder, made where it is missing, with no other writer in it."""
        for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
            missing.mkdir(exist_ok=True)
            with _folder(missing.parent) as parent:
                os.fsync(parent)
        with _folder(folder) as opened:
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


def unwritable(path: Path, fault: OSError) -> StateFault:
    """Build the fault of a file system that says no."""
    said = message("state.unwritable", path=str(path), why=fault.strerror or type(fault).__name__)
    return StateFault("state_unwritable", said, message("state.unwritable.hint"))


def _unreadable(path: Path, fault: OSError) -> StateFault:
    said = message("state.unreadable", path=str(path), why=fault.strerror or type(fault).__name__)
    return StateFault("state_unreadable", said)
