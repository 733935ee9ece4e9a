"""Files put into canonical form: found, formatted, and written back whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from ssops.errors import Conflict
from ssops.manifest import files
from ssops.manifest.format import Formatted, rewrite
from ssops.model import Issue, Location, message


def formatted(root: Path, listed: Sequence[str], config: str) -> tuple[tuple[Formatted, ...], tuple[Issue, ...]]:
    """Format the listed files and folders, relative to `root`, in a fixed order; nothing is written.

    `config` is the name of the file that is ssops.yaml. The issues are those of files that could not be read; those
    of a file's content are with it. Raises SsopsError, see `format.rewrite`.
    """
    folders, issues = files.find(root, listed)
    made: list[Formatted] = []
    for path in sorted({file.path for folder in folders for file in folder.files}):
        try:
            data = files.read(root, path)
        except OSError as error:
            issues = (*issues, files.unreadable(path, error))
            continue
        if len(data) > files.BYTES_MAX:
            issues = (*issues, _too_large(root, path))
        else:
            made.append(rewrite(data, path, is_config=path == config))
    return tuple(made), issues


def save(root: Path, made: Iterable[Formatted]) -> None:
    """Write back what has changed, one file after the other, each at once; a link stays one, so do permissions.

    Raises OSError naming the file, Conflict for one that somebody else has changed meanwhile; both leave it alone.
    """
    done: set[Path] = set()
    for each in made:
        path = Path(os.path.realpath(root / each.file))
        if not each.is_changed or path in done:  # two names of one file say the same
            continue
        done.add(path)
        if files.read(root, each.file) != each.before:
            raise Conflict("manifest_moved", message("manifest.moved", file=each.file), message("manifest.moved.hint"))
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        _replace(path, each.after)


def _too_large(root: Path, path: str) -> Issue:
    size = (root / path).stat().st_size
    return files.issue("yaml-limit.bytes", Location(path), size=size, most=files.BYTES_MAX)


def _replace(path: Path, data: bytes) -> None:
    about = path.stat()
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        made = Path(file.name)
        try:
            file.write(data)
            file.flush()
            with suppress(PermissionError):  # only the superuser gives files away
                os.fchown(file.fileno(), about.st_uid, about.st_gid)
            os.fchmod(file.fileno(), about.st_mode & 0o7777)
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
