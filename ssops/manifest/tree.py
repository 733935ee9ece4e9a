"""Which files the manifests are in a commit: found as `manifest.files` finds them on disk, in git's list of files."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from errno import ENOENT
from typing import NamedTuple

from ssops.manifest import files
from ssops.model import Issue, Location

LINK, SUBMODULE = "120000", "160000"

_LINKS_MOST = 40
"""Links followed in a row, as file systems do, before a path is taken as one that leads nowhere."""

Leaf = tuple[str, str, str]
"""A file of the commit: path from the folder of ssops.yaml, mode as git writes it, object id."""


class Blob(NamedTuple):
    """A file to read: its path as the manifests name it, and its object id."""

    path: str
    oid: str


class Tree:
    """The files of a commit. `target` gives what a link says, by object id."""

    def __init__(self, leaves: Sequence[Leaf], target: Callable[[str], bytes]) -> None:
        self._leaves = leaves
        self._target = target
        self._known = {leaf[0]: leaf for leaf in leaves}
        self._seen: set[str] = set()
        self.blobs: list[Blob] = []
        self.submodules: list[str] = []
        self.issues: list[Issue] = []

    @property
    def has_links(self) -> bool:
        """Whether one of the files is a link, which may lead to a file that was not listed."""
        return any(mode == LINK for _, mode, _ in self._leaves)

    def find(self, listed: Sequence[str]) -> None:
        """Take in the files of the listed files and folders; what the commit does not have is left out.

        Rules that may speak: file-outside, file-name, file-unreadable.
        """
        links: list[tuple[str, str]] = []
        single: list[Blob] = []
        for path in sorted({os.path.normpath(path) for path in listed}):
            self._start("" if path == "." else path, single, links)
        while links:
            self._follow(*links.pop(0), links)
        known = {blob.path for blob in self.blobs}
        self.blobs += [blob for blob in single if blob.path not in known]

    def has(self, path: str) -> bool:
        """Say whether one of the files stands at or below a path, or a submodule at or above it."""
        return path == "." or path in self._known or bool(self._below(path))

    def file(self, path: str) -> str | None:
        """Give the object id of a file, links followed; None where there is none."""
        real = self._real(path)
        leaf = None if real is None else self._known.get(real)
        return leaf[2] if leaf and leaf[1] not in (LINK, SUBMODULE) else None

    def _start(self, path: str, single: list[Blob], links: list[tuple[str, str]]) -> None:
        real = self._real(path)
        if real is None:
            self.issues.append(files.issue("file-outside", Location(path)))
        elif (oid := self.file(real)) is not None:
            single.append(Blob(path, oid))
        else:
            self._walk(real, path, links)

    def _walk(self, real: str, shown: str, links: list[tuple[str, str]]) -> None:
        """Take in a folder: `real` is where its files stand in the commit, `shown` how the manifests name it."""
        start = len(real)
        met = set()
        for path, mode, oid in self._below(real):
            rest = path[start:]
            folder = path.rpartition("/")[0]
            if folder in self._seen or "/." in rest or (not start and path[0] == "."):
                continue
            met.add(folder)
            name = path if real == shown else f"{shown}{rest}".removeprefix("/")
            if mode == SUBMODULE:
                self.submodules.append(name)
            elif mode == LINK:
                links.append((path, name))
            elif path.endswith(files.SUFFIXES):
                self._take(name, oid)
        self._seen |= met  # a folder that several links lead to is read once, so links that go round come to an end

    def _below(self, real: str) -> Sequence[Leaf]:
        """Give the files below a folder; a submodule that it is or stands in under the folder's own name."""
        if not real:
            return self._leaves
        prefix = f"{real}/"
        return [leaf for leaf in self._leaves if leaf[0].startswith(prefix)] or [
            (real, mode, oid) for path, mode, oid in self._leaves if mode == SUBMODULE and prefix.startswith(f"{path}/")
        ]

    def _follow(self, path: str, shown: str, links: list[tuple[str, str]]) -> None:
        """Go after a link, or say why not. Links to what is no manifest are none of our business."""
        is_manifest = shown.endswith(files.SUFFIXES)
        real = self._real(path)
        if real is None:
            if is_manifest:
                self.issues.append(files.issue("file-outside", Location(shown)))
            return
        oid = self.file(real)
        if oid is not None:
            if is_manifest:
                self._take(shown, oid)
        elif self._below(real):
            self._walk(real, shown, links)
        elif is_manifest:
            self.issues.append(files.unreadable(shown, FileNotFoundError(ENOENT, os.strerror(ENOENT))))

    def _take(self, path: str, oid: str) -> None:
        if not path.isascii() and any("\ud800" <= letter <= "\udfff" for letter in path):
            said = os.fsencode(path).decode("utf-8", "backslashreplace")
            self.issues.append(files.issue("file-name", Location(said)))
        else:
            self.blobs.append(Blob(path, oid))

    def _real(self, path: str) -> str | None:
        """Follow the links of a path; None where it leaves the folder of ssops.yaml. What it leads to may not exist."""
        if path.startswith("/"):
            return None
        ahead = path.split("/")
        done: list[str] = []
        followed = 0
        while ahead:
            step = ahead.pop(0)
            if step == "..":
                if not done:
                    return None
                done.pop()
            elif step not in ("", "."):
                leaf = self._known.get("/".join([*done, step]))
                if leaf is None or leaf[1] != LINK or followed == _LINKS_MOST:
                    done.append(step)
                    continue
                followed += 1
                target = os.fsdecode(self._target(leaf[2]))
                if target.startswith("/"):
                    return None
                ahead = [*target.split("/"), *ahead]
        return "/".join(done)
