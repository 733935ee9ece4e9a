"""What the files of one folder said the last time, and how to see without reading them that they still say it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from ssops.cache import Cache
from ssops.canonical import canonical, digest_of
from ssops.manifest.files import File, Stamp
from ssops.manifest.rows import Content, Packed, Unpacker

RACY_NS = 2_000_000_000
"""A file changed less than this before it was looked at may have been changed again in the same tick."""


_SEPARATOR = "\0"  # in no path, and in no JSON text


class _Record(NamedTuple):
    """What is known of one file: its stamp (empty while not to be trusted), its digest, and what it says."""

    stamp: str
    digest: str
    text: str
    packed: Any


class Index:
    """The last run's look at one folder, and this run's, which `close` keeps if they differ.

    A file is taken as unread when size, mtime, ctime and inode are what they were. Where it had been changed less than
    two seconds before it was looked at, it may have been changed once more in the same tick of the file system's clock,
    so it is read again: what git calls racily clean.
    """

    __slots__ = ("_began_ns", "_cache", "_kept", "_key", "_next", "_unpacker", "_was")

    def __init__(self, cache: Cache, folder: str, *, began_ns: int, unpacker: Unpacker) -> None:
        self._cache = cache
        self._key = digest_of(folder.encode("utf-8", "surrogatepass"))
        self._began_ns = began_ns
        self._unpacker = unpacker
        self._kept = cache.get("folder", self._key) or b""
        self._was = _records(self._kept)
        self._next: list[str] = []

    def unchanged(self, file: File) -> Content | None:
        """Give what the file says when the file system shows that nobody has touched it since it was read."""
        record = self._was.get(file.path)
        if record is None or record.stamp != _written(file.stamp):
            return None
        content = self._content(record.packed, file.path, record.digest)
        if content is not None:
            self._next += (file.path, record.stamp, record.digest, record.text)
        return content

    def known(self, file: File, digest: str) -> Content | None:
        """Give what the file says by the digest of its bytes: touched, moved or checked out anew, it says the same."""
        record = self._was.get(file.path)
        if record and record.digest == digest:
            packed, text = record.packed, record.text
        else:
            text = _text(self._cache.get("file", digest) or b"")
            packed = _json(text)
        content = self._content(packed, file.path, digest)
        if content is not None:
            self._remember(file, digest, text)
        return content

    def learn(self, file: File, digest: str, packed: Packed) -> None:
        """Keep what a file without errors says."""
        body = canonical(packed)
        self._cache.put("file", digest, body)
        self._remember(file, digest, _text(body))

    def close(self) -> None:
        """Keep this run's look at the folder for the next one."""
        body = _SEPARATOR.join(self._next).encode("utf-8", "surrogatepass")
        if body != self._kept:
            self._cache.put("folder", self._key, body)

    def _remember(self, file: File, digest: str, text: str) -> None:
        _, mtime_ns, ctime_ns, _ = file.stamp
        is_settled = max(mtime_ns, ctime_ns) + RACY_NS < self._began_ns
        self._next += (file.path, _written(file.stamp) if is_settled else "", digest, text)

    def _content(self, packed: Any, file: str, digest: str) -> Content | None:
        try:
            return self._unpacker.content(packed, file, digest)
        except (ValueError, TypeError, LookupError, AttributeError):  # not what this version writes: as if not there
            return None


def _written(stamp: Stamp) -> str:
    return " ".join(map(str, stamp))


def _records(kept: bytes) -> dict[str, _Record]:
    """Read a folder's index: four texts a file, of which the last is JSON, read in one go."""
    texts = _text(kept).split(_SEPARATOR) if kept else []
    packed = _json(f"[{','.join(texts[3::4])}]")
    if len(texts) % 4 or not isinstance(packed, list) or len(packed) != len(texts) // 4:
        return {}
    rows = zip(texts[0::4], texts[1::4], texts[2::4], texts[3::4], packed, strict=True)
    return {path: _Record(stamp, digest, text, data) for path, stamp, digest, text, data in rows}


def _text(kept: bytes) -> str:
    try:
        return kept.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
