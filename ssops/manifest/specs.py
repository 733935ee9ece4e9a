"""Specs on demand: from this run, from the cache, or from the file once more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from ssops.cache import Cache
from ssops.canonical import digest_of
from ssops.errors import Conflict
from ssops.manifest.document import Document
from ssops.model import Address, Entry, Spec, message


class Specs:
    """Gives the spec of an entry by its digest; what it gives always has that digest. `source` gives files by path."""

    def __init__(self, source: Callable[[str], bytes], cache: Cache | None) -> None:
        self._source = source
        self._cache = cache
        self._built: dict[str, bytes] = {}
        self._last: tuple[str, tuple[Document, ...]] = ("", ())
        self.entries: Mapping[Address, Entry] = {}

    def keep(self, digest: str, body: bytes) -> None:
        """Remember the canonical bytes of a spec that was just built."""
        self._built[digest] = body
        if self._cache:
            self._cache.put("spec", digest, body)

    def load(self, address: Address) -> Spec:
        """Give one spec. Raises KeyError for an unknown address, Conflict when its file was changed meanwhile."""
        entry = self.entries[address]
        body = self._built.get(entry.digest) or self._kept(entry.digest) or self._built_again(entry)
        spec: Spec = json.loads(body.decode("utf-8", "surrogatepass"))
        return spec

    def documents(self, file: str) -> Iterable[Document]:
        """Read a file again, for the places of its values; the last one is remembered."""
        if self._last[0] != file:
            from ssops.manifest import reader

            try:
                self._last = (file, reader.read(self._source(file), file)[0])
            except OSError:
                self._last = (file, ())
        return self._last[1]

    def _kept(self, digest: str) -> bytes | None:
        body = self._cache.get("spec", digest) if self._cache else None
        return body if body and digest_of(body) == digest else None

    def _built_again(self, entry: Entry) -> bytes:
        from ssops.manifest.build import build

        file = entry.location.file if entry.location else ""
        for document in self.documents(file):
            if document.locate(("ref",)) == entry.location:
                built, _ = build(document)
                if built and built.entry.digest == entry.digest:
                    self.keep(entry.digest, built.spec)
                    return built.spec
        said, hint = message("manifest.moved", file=file), message("manifest.moved.hint")
        raise Conflict("manifest_moved", said, hint)
