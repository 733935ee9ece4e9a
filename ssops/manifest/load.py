"""All files -> all resources and every fault: from the cache where it knows a file's bytes, else read and checked."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ssops.cache import Cache
from ssops.canonical import digest_of
from ssops.manifest import files, policy, rules
from ssops.manifest.build import address_of, build
from ssops.manifest.config import Config
from ssops.manifest.document import Document
from ssops.manifest.files import File, Folder
from ssops.manifest.index import RACY_NS, Index
from ssops.manifest.place import places
from ssops.manifest.policy import Policy
from ssops.manifest.rows import Content, Row, Unpacker, pack
from ssops.manifest.specs import Specs
from ssops.model import Address, Entry, Issue, Location, Resources, Severity


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything the manifests say. `issues` are errors and warnings, sorted by place; `files` is how many were found.

    A document with errors gives no resource, unless they are only those of the team's schemas, whose digest is
    `schemas`. Of two documents with one address the first in reading order counts. `checked` are the files whose
    issues were asked for, in reading order. `contents` is what each file says, by path, where that was asked for.
    """

    resources: Resources
    issues: tuple[Issue, ...]
    files: int
    schemas: str = ""
    checked: tuple[str, ...] = ()
    contents: Mapping[str, Content] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """The files that the manifests are, before any of them is read, and the team's schemas.

    `fingerprint` stays the same exactly while nobody touches, adds or removes one; None where that cannot be told,
    because one was changed a moment ago and may change once more in the same tick of the file system's clock.
    """

    folders: tuple[Folder, ...]
    issues: tuple[Issue, ...]
    fingerprint: str | None
    policy: Policy


def find(config: Config, *, now_ns: Callable[[], int] = time.time_ns) -> Found:
    """Find the files and what the file system says of them."""
    began_ns = now_ns()
    with without_collector():
        folders, issues = files.find(config.root, config.manifests)
        stamps = [file.stamp for folder in folders for file in folder.files]
        is_settled = all(max(stamp[1], stamp[2]) + RACY_NS < began_ns for stamp in stamps)
        team = policy.read(config)
        text = repr([team.digest, *((file.path, file.stamp) for folder in folders for file in folder.files)])
    is_settled = is_settled and not issues and not team.issues
    fingerprint = digest_of(text.encode("utf-8", "backslashreplace")) if is_settled else None
    return Found(folders, issues, fingerprint, team)


def load(
    config: Config,
    cache: Cache | None,
    only: tuple[Path, ...] = (),
    *,
    found: Found | None = None,
    with_contents: bool = False,
    now_ns: Callable[[], int] = time.time_ns,
) -> Manifest:
    """Read and check every manifest. Faults are in the result; nothing a file holds is raised.

    `only` limits whose issues are given: all files are read, so that references between them resolve. `found` are the
    files where they are known already.
    """
    team = found.policy if found else policy.read(config)
    team.check(cache)
    contents: dict[str, Content] = {}
    loading = Loading(cache, team, partial(files.read, config.root), contents if with_contents else None)
    began_ns = now_ns()
    with without_collector():
        folders, issues = (found.folders, found.issues) if found else files.find(config.root, config.manifests)
        for folder in folders:
            loading.read(config.root, folder, began_ns)
        entries, between = loading.joined(is_complete=not issues)
    checked = tuple(file.path for folder in folders for file in folder.files)
    issues = (*issues, *loading.issues, *between)
    if not checked and not issues:
        issues = (files.issue("file-none", Location(config.file), listed=", ".join(config.manifests) or "-"),)
    if only:
        wanted = [os.path.relpath(os.path.realpath(path), config.root).replace(os.sep, "/") for path in only]
        issues = tuple(_limited(issues, checked, config, wanted))
    issues = tuple(sorted((*issues, *team.issues), key=_by_place))
    asked = tuple(file for file in checked if any(_is_at(file, path) for path in wanted)) if only else checked
    return Manifest(Resources(entries, loading.specs.load), issues, len(checked), team.digest, asked, contents)


class Loading:
    """One run over all files. `source` gives one by path or raises OSError; `contents` learns what each one says."""

    def __init__(
        self,
        cache: Cache | None,
        team: Policy,
        source: Callable[[str], bytes],
        contents: dict[str, Content] | None = None,
    ) -> None:
        self._team = team
        self._cache = cache
        self._source = source
        self._contents = contents
        # What a file says depends on the team's schemas, too: others remember it under another name.
        self._mark = f"\0{team.digest}" if team.digest else ""
        self._unpacker = Unpacker()
        self._rows: list[Row] = []
        self._faulty: set[Address] = set()
        self._is_complete = True
        self.issues: list[Issue] = []
        self.specs = Specs(source, cache)

    def read(self, root: Path, folder: Folder, began_ns: int) -> None:
        """Take in the files of one folder below `root`."""
        if self._cache is None:
            for file in folder.files:
                self.take(file.path, self._content(file, None))
            return
        name = f"{root / folder.path}{self._mark}"
        index = Index(self._cache, name, began_ns=began_ns, unpacker=self._unpacker)
        for file in folder.files:
            self.take(file.path, index.unchanged(file) or self._content(file, index))
        index.close()

    def take(self, file: str, content: Content) -> None:
        """Take in what one file says."""
        self._rows += content.rows
        self.issues += content.issues
        if self._contents is not None:
            self._contents[file] = content

    def joined(self, *, is_complete: bool) -> tuple[dict[Address, Entry], tuple[Issue, ...]]:
        """Give the entries sorted by address, and the faults between documents."""
        entries: dict[Address, Entry] = {}
        for entry in sorted((row.entry for row in self._rows), key=_by_address):
            entries.setdefault(entry.address, entry)
        self.specs.entries = entries
        place = places(self.specs.documents)
        is_complete = is_complete and self._is_complete
        issues = rules.check(self._rows, self.specs.load, place, faulty=self._faulty, is_complete=is_complete)
        return entries, issues

    def digest(self, data: bytes) -> str:
        """Give the name under which is remembered what a file of these bytes says."""
        return digest_of(data + self._mark.encode())

    def _content(self, file: File, index: Index | None) -> Content:
        try:
            data = self._source(file.path)
        except OSError as error:
            self._is_complete = False
            return Content((), (files.unreadable(file.path, error),))
        if len(data) > files.BYTES_MAX:
            return self.too_long(file.path, file.stamp[0])
        digest = self.digest(data)
        content = index.known(file, digest) if index else None
        if content is None:
            content = self.parsed(data, file.path, digest)
            if index and not any(map(policy.stops, content.issues)):
                index.learn(file, digest, pack(content.rows, content.issues))
        return content

    def too_long(self, file: str, size: int) -> Content:
        """Refuse a file of so many bytes."""
        self._is_complete = False
        return Content((), (files.issue("yaml-limit.bytes", Location(file), size=size, most=files.BYTES_MAX),))

    def parsed(self, data: bytes, file: str, digest: str) -> Content:
        """Read and check the bytes of one file; `digest` names them."""
        from ssops.manifest import reader  # the YAML parser only where a file has changed

        documents, found = reader.read(data, file)
        rows: list[Row] = []
        issues = list(found)
        if _has_error(issues):
            self._is_complete = False
        for document in documents:
            self._build(document, rows, issues)
        return Content(tuple(rows), tuple(issues), digest)

    def _build(self, document: Document, rows: list[Row], issues: list[Issue]) -> None:
        from ssops.manifest import schema

        kind, found = schema.kind_of(document)
        if kind is not None and not found:
            found = schema.check(document, kind)
        if kind is not None and not found:
            issues += self._team.judge(document, kind)
            built, found = build(document)
            if built:
                rows.append(Row(built.entry, built.requires))
                self.specs.keep(built.entry.digest, built.spec)
        issues += found
        if _has_error(found):
            address = address_of(document.data)
            if address is None:
                self._is_complete = False
            else:
                self._faulty.add(address)


def _limited(issues: Iterable[Issue], checked: Iterable[str], config: Config, wanted: Iterable[str]) -> Iterator[Issue]:
    """Give the issues of the named files and folders, and one for each name that stands for no manifest."""
    known = {*checked, *(issue.location.file for issue in issues)}
    for path in wanted:
        if path not in (".", config.file) and not any(_is_at(file, path) for file in known):
            listed = ", ".join(config.manifests) or "-"
            yield files.issue("file-not-listed", Location(path), path=path, listed=listed)
    for issue in issues:
        if any(_is_at(issue.location.file, path) for path in wanted):
            yield issue


def _is_at(file: str, path: str) -> bool:
    return path == "." or file == path or file.startswith(f"{path}/")


def _has_error(issues: Iterable[Issue]) -> bool:
    return any(issue.severity is Severity.ERROR for issue in issues)


def _by_address(entry: Entry) -> tuple[str, str, str, Location | None]:
    address = entry.address
    return address.kind.value, address.space, address.ref, entry.location


def _by_place(issue: Issue) -> tuple[Location, str, str, tuple[tuple[str, str | int], ...]]:
    return issue.location, issue.rule, issue.message.id, issue.message.args


@contextmanager
def without_collector() -> Iterator[None]:
    """Load without the cyclic collector: what is loaded has no cycles and stays, so it is never looked through."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
