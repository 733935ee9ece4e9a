"""One run over all files: what is known of a file is taken, the others are read and checked; then all are joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ssops.cache import Cache
from ssops.canonical import digest_of
from ssops.manifest import files, policy, rules
from ssops.manifest.build import address_of, build
from ssops.manifest.document import Document
from ssops.manifest.files import File, Folder
from ssops.manifest.index import Index
from ssops.manifest.place import places
from ssops.manifest.policy import Policy
from ssops.manifest.rows import Content, Kept, Row, Unpacker, pack
from ssops.manifest.specs import Specs
from ssops.model import Address, Entry, Issue, Location, Severity

_AT_ONCE = 1_000
"""Files unpacked in one go: fast, and no more than these are in memory twice."""


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
        self._looked: list[tuple[File, Kept | Content]] = []
        self._rows: list[Row] = []
        self._faulty: set[Address] = set()
        self._is_complete = True
        self.issues: list[Issue] = []
        self.specs = Specs(source, cache)

    def look(self, root: Path, folder: Folder, began_ns: int) -> None:
        """Find out what the files of one folder below `root` say; read is only what nobody knows."""
        if self._cache is None:
            self._looked += [(file, self._unindexed(file)) for file in folder.files]
            return
        index = Index(self._cache, f"{root / folder.path}{self._mark}", began_ns=began_ns)
        self._looked += [(file, index.unchanged(file) or self._read(file, index)) for file in folder.files]
        index.close()

    @property
    def meaning(self) -> str | None:
        """A digest of all that the files mean (see `rows.meaning`); None where one has a fault or nothing is cached."""
        meanings = [said.meaning for _, said in self._looked]
        return digest_of("".join([self._mark, *meanings]).encode()) if all(meanings) else None

    def take(self, file: str, content: Content) -> None:
        """Take in what one file says."""
        self._rows += content.rows
        self.issues += content.issues
        if self._contents is not None:
            self._contents[file] = content

    def joined(self, *, is_complete: bool) -> tuple[dict[Address, Entry], tuple[Issue, ...]]:
        """Give the entries sorted by address, and the faults between documents."""
        self._unpack()
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

    def _unpack(self) -> None:
        unpacker = Unpacker()
        for start in range(0, len(self._looked), _AT_ONCE):
            some = self._looked[start : start + _AT_ONCE]
            contents = unpacker.contents([(file.path, said) for file, said in some if isinstance(said, Kept)])
            for file, said in some:
                content = next(contents) if isinstance(said, Kept) else said
                if content is None:  # not what this version writes: as if not there
                    content = self._unindexed(file)
                self.take(file.path, content)

    def _read(self, file: File, index: Index) -> Kept | Content:
        data = self._bytes(file)
        if isinstance(data, Content):
            return data
        digest = self.digest(data)
        kept = index.known(file, digest)
        if kept is not None:
            return kept
        content = self.parsed(data, file.path, digest)
        if any(map(policy.stops, content.issues)):
            return content
        return content._replace(meaning=index.learn(file, digest, pack(content.rows, content.issues)))

    def _unindexed(self, file: File) -> Content:
        data = self._bytes(file)
        return data if isinstance(data, Content) else self.parsed(data, file.path, self.digest(data))

    def _bytes(self, file: File) -> bytes | Content:
        """Read a file, or say why not."""
        try:
            data = self._source(file.path)
        except OSError as error:
            self._is_complete = False
            return Content((), (files.unreadable(file.path, error),))
        return data if len(data) <= files.BYTES_MAX else self.too_long(file.path, file.size)

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


def _has_error(issues: Iterable[Issue]) -> bool:
    return any(issue.severity is Severity.ERROR for issue in issues)


def _by_address(entry: Entry) -> tuple[str, str, str, Location | None]:
    address = entry.address
    return address.kind.value, address.space, address.ref, entry.location
