"""The one canonical form of JSON data, and digests over it: the same under any hash seed, locale and folder."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


def canonical(data: Any) -> bytes:
    """Give JSON data as bytes: keys sorted, no white space, UTF-8. Raises ValueError for NaN and infinities."""
    return _encode(data).encode("utf-8", "surrogatepass")


def digest(data: Any) -> str:
    """Give the SHA-256 of the canonical form, 64 hexadecimal digits."""
    return digest_of(canonical(data))


def digest_of(body: bytes) -> str:
    """Give the digest of data that is in canonical form already."""
    return sha256(body).hexdigest()
