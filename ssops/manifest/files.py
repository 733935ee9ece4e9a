"""Which files the manifests are: found in a fixed order, ordinary files only, nothing outside the repository."""

# Plain strings instead of Path: 100,000 of them would cost more than reading the folders.
# ruff: noqa: PTH112, PTH116, PTH118, PTH120

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from ssops.domain.rules import RULES
from ssops.model import Issue, Location, message

SUFFIXES = (".yaml", ".yml")
BYTES_MAX = 4 * 1024 * 1024
_READ_BYTES = 64 * 1024

RACY_NS = 2_000_000_000
"""A file changed less than this before it was looked at may have been changed again in the same tick."""


class File(NamedTuple):
    """A file to read. `path` is relative to the folder of ssops.yaml, with `/`; `size` is in bytes.

    `stamp` is all that the file system says of its content: size, mtime and ctime in nanoseconds, inode; `changed_ns`
    is the later one of the times.
    """

    path: str
    stamp: str
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one folder, sorted by path. `path` is relative, empty for the folder of ssops.yaml itself."""

    path: str
    files: tuple[File, ...]


@dataclass(slots=True)
class _Walk:
    root: str
    real_root: str
    issues: list[Issue] = field(default_factory=list)
    seen_folders: set[tuple[int, int]] = field(default_factory=set)


def find(root: Path, listed: Sequence[str]) -> tuple[tuple[Folder, ...], tuple[Issue, ...]]:
    """Find the files of the listed files and folders, folders read recursively; each file once.

    Names that begin with a dot are left out unless listed. A link is followed as long as it stays inside `root`.
    Rules that may speak: file-unreadable, file-outside, file-not-regular, file-name.
    """
    walk = _Walk(str(root), os.path.realpath(root))
    folders: list[Folder] = []
    single: list[str] = []
    for path in sorted({os.path.normpath(path) for path in listed}):
        relative = "" if path == "." else path.replace(os.sep, "/")
        if (kind := _sort(walk, relative)) == "folder":
            folders.extend(_folders(walk, relative))
        elif kind == "file":
            single.append(relative)
    known = {file.path for folder in folders for file in folder.files} if single else set()
    for path in single:
        if path not in known:
            folders.extend(_single(walk, path))
    return tuple(folders), tuple(sorted(walk.issues, key=lambda issue: issue.location))


def read(root: Path, path: str) -> bytes:
    """Read a file, a byte more than `BYTES_MAX` at most. Raises OSError.

    A pipe put in place of the file meanwhile cannot hold the run up.
    """
    descriptor = os.open(os.path.join(root, path), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        data = os.read(descriptor, _READ_BYTES)
        if len(data) == _READ_BYTES:
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data += file.read(BYTES_MAX + 1 - _READ_BYTES)
    finally:
        os.close(descriptor)
    return data


def is_inside(root: Path, path: str) -> bool:
    """Say whether a path, links resolved, stays inside the folder of ssops.yaml."""
    real_root = os.path.realpath(root)
    return _is_below(real_root, os.path.realpath(os.path.join(real_root, path)))


def issue(sentence: str, location: Location, excerpt: str = "", **args: str | int) -> Issue:
    """Make an issue of a sentence `rule` or `rule.variant`, the rule being one of `domain.rules.FILES`."""
    rule = RULES[sentence.partition(".")[0]]
    said, hint = message(sentence, **args), message(f"{sentence}.hint", **args)
    return Issue(rule.severity, rule.id, said, location, hint, excerpt)


def unreadable(path: str, error: OSError) -> Issue:
    """Report a file or folder that the system does not let us read."""
    return issue("file-unreadable", Location(path or "."), why=error.strerror or type(error).__name__)


def _is_below(root: str, path: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _folders(walk: _Walk, start: str) -> Iterator[Folder]:
    waiting = [start]
    while waiting:
        path = waiting.pop()
        folder, inner = _read(walk, path)
        waiting.extend(reversed(inner))
        if folder.files:
            yield folder


def _read(walk: _Walk, path: str) -> tuple[Folder, list[str]]:
    """List one folder: its files, and the folders in it to go on with, both sorted."""
    inner: list[str] = []
    files: list[File] = []
    prefix = f"{path}/" if path else ""
    try:
        about = os.stat(os.path.join(walk.root, path))
        if (about.st_dev, about.st_ino) in walk.seen_folders:
            return Folder(path, ()), inner
        walk.seen_folders.add((about.st_dev, about.st_ino))
        with os.scandir(os.path.join(walk.root, path)) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                if name.endswith(SUFFIXES) and entry.is_file(follow_symlinks=False):
                    _take(walk, files, prefix + name, entry.stat(follow_symlinks=False))
                elif entry.is_dir(follow_symlinks=False):
                    inner.append(prefix + name)
                elif entry.is_symlink() or name.endswith(SUFFIXES):
                    _follow(walk, files, inner, prefix + name)
    except OSError as error:
        walk.issues.append(unreadable(path, error))
    files.sort()
    return Folder(path, tuple(files)), sorted(inner)


def _follow(walk: _Walk, files: list[File], inner: list[str], path: str) -> None:
    """Go after a link, or say why not. Links to what is no manifest are none of our business."""
    is_manifest = path.endswith(SUFFIXES)
    full = os.path.join(walk.root, path)
    if not is_manifest and not os.path.isdir(full):
        return
    kind = _sort(walk, path)
    if kind == "folder":
        inner.append(path)
    elif kind == "file":
        _take(walk, files, path, os.stat(full))


def _take(walk: _Walk, files: list[File], path: str, about: os.stat_result) -> None:
    if not path.isascii() and any("\ud800" <= letter <= "\udfff" for letter in path):
        said = os.fsencode(path).decode("utf-8", "backslashreplace")
        walk.issues.append(issue("file-name", Location(said)))
    else:
        size, mtime_ns, ctime_ns = about.st_size, about.st_mtime_ns, about.st_ctime_ns
        files.append(File(path, f"{size} {mtime_ns} {ctime_ns} {about.st_ino}", size, max(mtime_ns, ctime_ns)))


def _single(walk: _Walk, path: str) -> Iterator[Folder]:
    files: list[File] = []
    try:
        _take(walk, files, path, os.stat(os.path.join(walk.root, path)))
    except OSError as error:
        walk.issues.append(unreadable(path, error))
    if files:
        yield Folder(os.path.dirname(path), tuple(files))


def _sort(walk: _Walk, path: str) -> str:
    """Tell a folder from a file, links followed; anything else is an issue and gives an empty text."""
    full = os.path.join(walk.root, path)
    try:
        mode = os.stat(full).st_mode
    except (OSError, ValueError) as error:
        walk.issues.append(unreadable(path, error if isinstance(error, OSError) else OSError(0, str(error))))
        return ""
    if not _is_below(walk.real_root, os.path.realpath(full)):
        walk.issues.append(issue("file-outside", Location(path)))
        return ""
    if S_ISDIR(mode):
        return "folder"
    if S_ISREG(mode):
        return "file"
    walk.issues.append(issue("file-not-regular", Location(path)))
    return ""
