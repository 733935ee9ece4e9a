"""What the files of one folder said the last time, and how to see without reading them that they still say it."""

from __future__ import annotations

from ssops.cache import Cache
from ssops.canonical import canonical, digest_of
from ssops.manifest import rows
from ssops.manifest.files import RACY_NS, File
from ssops.manifest.rows import Kept, Packed

_SEPARATOR = "\0"  # in no path, and in no JSON text
_PARTS = 5  # path, stamp (empty while not to be trusted), and what `Kept` has


class Index:
    """The last run's look at one folder, and this run's, which `close` keeps if they differ.

    A file is taken as unread when size, mtime, ctime and inode are what they were. Where it had been changed less than
    two seconds before it was looked at, it may have been changed once more in the same tick of the file system's clock,
    so it is read again: what git calls racily clean.
    """

    __slots__ = ("_began_ns", "_cache", "_kept", "_key", "_next", "_was")

    def __init__(self, cache: Cache, folder: str, *, began_ns: int) -> None:
        self._cache = cache
        self._key = digest_of(folder.encode("utf-8", "surrogatepass"))
        self._began_ns = began_ns
        self._kept = cache.get("folder", self._key) or b""
        self._was = _records(self._kept)
        self._next: list[str] = []

    def unchanged(self, file: File) -> Kept | None:
        """Give what the file says when the file system shows that nobody has touched it since it was read."""
        record = self._was.get(file.path)
        if record is None or record[0] != file.stamp:
            return None
        self._next += (file.path, *record)
        return Kept._make(record[1:])

    def known(self, file: File, digest: str) -> Kept | None:
        """Give what the file says by the digest of its bytes: touched, moved or checked out anew, it says the same."""
        record = self._was.get(file.path)
        if record and record[1] == digest:
            kept: Kept | None = Kept._make(record[1:])
        else:
            body = self._cache.get("file", digest)
            kept = rows.kept(body, digest) if body else None
        if kept is not None:
            self._remember(file, kept)
        return kept

    def learn(self, file: File, digest: str, packed: Packed) -> str:
        """Keep what a file without errors says, and give what it means."""
        body = canonical(packed)
        self._cache.put("file", digest, body)
        kept = Kept(digest, rows.meaning(packed), body.decode("utf-8", "surrogatepass"))
        self._remember(file, kept)
        return kept.meaning

    def close(self) -> None:
        """Keep this run's look at the folder for the next one."""
        body = _SEPARATOR.join(self._next).encode("utf-8", "surrogatepass")
        if body != self._kept:
            self._cache.put("folder", self._key, body)

    def _remember(self, file: File, kept: Kept) -> None:
        is_settled = file.changed_ns + RACY_NS < self._began_ns
        self._next += (file.path, file.stamp if is_settled else "", *kept)


def _records(kept: bytes) -> dict[str, tuple[str, ...]]:
    """Read a folder's index: for each path the other parts."""
    try:
        texts = kept.decode("utf-8", "surrogatepass").split(_SEPARATOR) if kept else []
    except UnicodeDecodeError:
        return {}
    if len(texts) % _PARTS:
        return {}
    columns = [texts[part::_PARTS] for part in range(_PARTS)]
    return dict(zip(columns[0], zip(*columns[1:], strict=True), strict=True))
