"""What the files of one folder said the last time, and how to see without reading them that they still say it."""

from __future__ import annotations

import json
from typing import Any

from ssops.cache import Cache
from ssops.canonical import canonical, digest_of
from ssops.manifest.files import File, Stamp
from ssops.manifest.rows import Content, Packed, Unpacker

RACY_NS = 2_000_000_000
"""A file changed less than this before it was looked at may have been changed again in the same tick."""


class Index:
    """The last run's look at one folder, and this run's, which `close` keeps if they differ.

    A file is taken as unread when size, mtime, ctime and inode are what they were. Where it had been changed less than
    two seconds before it was looked at, it may have been changed once more in the same tick of the file system's clock,
    so it is read again: what git calls racily clean.
    """

    __slots__ = ("_began_ns", "_cache", "_key", "_next", "_unpacker", "_was")

    def __init__(self, cache: Cache, folder: str, *, began_ns: int, unpacker: Unpacker) -> None:
        self._cache = cache
        self._key = digest_of(folder.encode("utf-8", "surrogatepass"))
        self._began_ns = began_ns
        self._unpacker = unpacker
        self._was = _records(cache.get("folder", self._key))
        self._next: dict[str, list[Any]] = {}

    def unchanged(self, file: File) -> Content | None:
        """Give what the file says when the file system shows that nobody has touched it since it was read."""
        record = self._was.get(file.path)
        if record is None or len(record) != 3 or record[0] != [*file.stamp]:
            return None
        content = self._content(record[2], file.path)
        if content is not None:
            self._next[file.path] = record
        return content

    def known(self, file: File, digest: str) -> Content | None:
        """Give what the file says by the digest of its bytes: touched, moved or checked out anew, it says the same."""
        record = self._was.get(file.path)
        packed = record[2] if record and len(record) == 3 and record[1] == digest else self._kept(digest)
        content = None if packed is None else self._content(packed, file.path)
        if content is not None and packed is not None:
            self._remember(file, digest, packed)
        return content

    def learn(self, file: File, digest: str, packed: Packed) -> None:
        """Keep what a file without errors says."""
        self._cache.put("file", digest, canonical(packed))
        self._remember(file, digest, packed)

    def close(self) -> None:
        """Keep this run's look at the folder for the next one."""
        if self._next != self._was:
            self._cache.put("folder", self._key, canonical(self._next))

    def _remember(self, file: File, digest: str, packed: Packed) -> None:
        self._next[file.path] = [self._trusted(file.stamp), digest, packed]

    def _trusted(self, stamp: Stamp) -> list[int] | None:
        _, mtime_ns, ctime_ns, _ = stamp
        return [*stamp] if max(mtime_ns, ctime_ns) + RACY_NS < self._began_ns else None

    def _kept(self, digest: str) -> Packed | None:
        kept = self._cache.get("file", digest)
        return _json(kept, list) if kept else None

    def _content(self, packed: Packed, file: str) -> Content | None:
        try:
            return self._unpacker.content(packed, file)
        except (
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
        ):  # not what this version writes: as good as not there
            return None


def _records(kept: bytes | None) -> dict[str, list[Any]]:
    records: dict[str, list[Any]] | None = _json(kept, dict) if kept else None
    return records or {}


def _json(kept: bytes, expected: type) -> Any:
    try:
        data = json.loads(kept.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, expected) else None
