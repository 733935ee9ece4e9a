"""The checksum that a document begins with: whoever reads it knows whether it is what was written."""

from __future__ import annotations

from hashlib import sha256

_SEAL = b'{\n  "checksum": "%s",\n  '
LENGTH = len(_SEAL % (b"0" * 64))
"""How many bytes stand before what the checksum covers."""


def sealed(rest: bytes) -> bytes:
    """Give a JSON object with its checksum before it; `rest` is all of the object after its opening brace."""
    return _SEAL % sha256(rest).hexdigest().encode() + rest


def is_intact(data: bytes) -> bool:
    """Tell whether a document is what was written, to the byte."""
    return data[:LENGTH] == _SEAL % sha256(memoryview(data)[LENGTH:]).hexdigest().encode()


def unix(data: bytes) -> bytes:
    """Turn line ends back that a checkout may have turned."""
    return data.replace(b"\r\n", b"\n") if data[1:3] == b"\r\n" else data
