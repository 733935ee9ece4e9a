"""The resources of a commit. What did not change since is known from the files beside it and is not read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ssops.cache import Cache
from ssops.canonical import canonical
from ssops.manifest import policy, rows
from ssops.manifest.collector import without_collector
from ssops.manifest.files import BYTES_MAX
from ssops.manifest.loading import Loading
from ssops.manifest.policy import Policy
from ssops.manifest.rows import Content, Unpacker, pack
from ssops.manifest.tree import Blob
from ssops.model import Issue, Resources

_NAMESPACE = "blob"

Read = Callable[[Sequence[str]], Iterable[tuple[bytes, int]]]
"""Gives the bytes of objects, in the order of their ids, each with its whole size; what is too long is cut."""


def load(
    blobs: Sequence[Blob],
    read: Read,
    *,
    known: Mapping[str, Content],
    borrowed: Iterable[str] = (),
    team: Policy,
    cache: Cache | None,
    place: str,
) -> tuple[Resources, tuple[Issue, ...]]:
    """Give the resources of these blobs, and every error in them.

    `known` is what the files of the work tree say, by path; `borrowed` are those of them that stand for files of the
    commit which git does not have. `place` names the repository: which objects it has is remembered under it.
    """
    oids = {blob.path: blob.oid for blob in blobs}

    def source(path: str) -> bytes:
        return next(iter(read([oids[path]])))[0]

    loading = Loading(cache, team, source)
    with without_collector():
        found = _Contents(loading, known, _Digests(cache, f"{place}\0{team.digest}"), cache)
        for path, content in found.of(blobs, read):
            loading.take(path, content)
        for path in borrowed:
            loading.take(path, known[path])
        entries, between = loading.joined(is_complete=True)
    errors = (issue for issue in (*loading.issues, *between) if policy.stops(issue))
    return Resources(entries, loading.specs.load), tuple(errors)


class _Digests:
    """Object id -> digest of its bytes: `was` from an earlier run, `now` from this one, which `keep` remembers."""

    def __init__(self, cache: Cache | None, place: str) -> None:
        self._cache = cache
        self._place = place
        kept = cache.get(_NAMESPACE, place) if cache else None
        self.was: dict[str, str] = json.loads(kept) if kept else {}
        self.now: dict[str, str] = {}

    def keep(self) -> None:
        if self._cache and self.now != self.was:
            self._cache.put(_NAMESPACE, self._place, canonical(self.now))


class _Contents:
    """What the files of a commit say: as in the work tree where they are the same, else remembered, else read."""

    def __init__(self, loading: Loading, known: Mapping[str, Content], digests: _Digests, cache: Cache | None) -> None:
        self._loading = loading
        self._known = known
        self._digests = digests
        self._cache = cache
        self._unpacker = Unpacker()

    def of(self, blobs: Sequence[Blob], read: Read) -> Iterator[tuple[str, Content]]:
        """Give every file with what it says, those that have to be read last."""
        unread = []
        was, now, known = self._digests.was, self._digests.now, self._known
        for blob in blobs:
            path, oid = blob
            digest, content = was.get(oid), known.get(path)
            if digest is None or content is None or content.digest != digest:
                content = self._kept(path, digest) if digest else None
            if digest is None or content is None:
                unread.append(blob)
            else:
                now[oid] = digest
                yield path, content
        for blob, (data, size) in zip(unread, read([blob.oid for blob in unread]), strict=True):
            yield blob.path, self._read(blob, data, size)
        self._digests.keep()

    def _read(self, blob: Blob, data: bytes, size: int) -> Content:
        if size > BYTES_MAX:
            return self._loading.too_long(blob.path, size)
        digest = self._loading.digest(data)
        self._digests.now[blob.oid] = digest
        content = self._known.get(blob.path)
        if content is None or content.digest != digest:
            content = self._kept(blob.path, digest)
        if content is None:
            content = self._loading.parsed(data, blob.path, digest)
            if self._cache and not any(map(policy.stops, content.issues)):
                self._cache.put("file", digest, canonical(pack(content.rows, content.issues)))
        return content

    def _kept(self, path: str, digest: str) -> Content | None:
        body = self._cache.get("file", digest) if self._cache else None
        kept = rows.kept(body, digest) if body else None
        return None if kept is None else next(self._unpacker.contents([(path, kept)]))
