"""The store in a bucket: one object a document, replaced by conditional writes."""

from __future__ import annotations

import secrets
import threading
from datetime import datetime

from ssops.state.base import checked, is_name
from ssops.state.s3 import probe
from ssops.state.s3.bucket import Bucket

_SUFFIX = ".json"
_PROBES = "probe"


class S3Store:
    """Documents as objects `PREFIX/NAME.json`; a version is the ETag, whatever the store makes it of.

    Before its first write it proves that the store does as conditions say. Encryption, versioning, retention and who
    may read are the bucket's own business: ssops neither sets nor needs them, and none of them is in the way.
    Any number of threads may use it at once.
    """

    def __init__(self, bucket: Bucket, prefix: str) -> None:
        self._bucket = bucket
        self._prefix = prefix
        self._proving = threading.Lock()
        self._is_proven = False

    def get(self, name: str) -> tuple[bytes, str] | None:
        """Give a document and its version; None where there is none. Raises StateFault."""
        return self._bucket.get(self._key(name))

    def version(self, name: str) -> str | None:
        """Give a document's version without its content. Raises StateFault."""
        return self._bucket.etag(self._key(name))

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        """Replace the version `expected`, None for a first one. Raises StaleWrite and StateFault.

        StaleWrite may be about this very write, where its first answer was lost on the way.
        """
        key = self._key(name)
        self._prove()
        return self._bucket.put(key, data, expected)

    def names(self, folder: str = "") -> tuple[str, ...]:
        """Give the names of all documents in a folder, sorted; other objects are left out. Raises StateFault."""
        inside = f"{checked(folder)}/" if folder else ""
        above = f"{self._prefix}/"
        keys = self._bucket.keys(above + inside)
        found = (key.removeprefix(above).removesuffix(_SUFFIX) for key in keys if key.endswith(_SUFFIX))
        return tuple(sorted({name for name in found if name.startswith(inside) and is_name(name)}))

    def remove(self, name: str) -> None:
        """Remove a document, whatever its version; none being there is no fault. Raises StateFault."""
        key = self._key(name)
        self._prove()
        self._bucket.delete(key)

    def now(self) -> datetime:
        """Give the time by the store's clock, to the second. Raises StateFault."""
        return self._bucket.now()

    def close(self) -> None:
        """Let connections go. The store opens them again when it is used once more."""
        self._bucket.close()

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{checked(name)}{_SUFFIX}"

    def _prove(self) -> None:
        if self._is_proven:
            return
        with self._proving:
            if not self._is_proven:
                probe.prove(self._bucket, f"{self._prefix}/{_PROBES}/{secrets.token_hex(8)}{_SUFFIX}")
                self._is_proven = True
