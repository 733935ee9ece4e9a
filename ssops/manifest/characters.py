"""Characters that a manifest may not hold: invisible ones, and those that reorder or command a terminal's text."""

from __future__ import annotations

import re

from ssops.manifest.faults import Fault
from ssops.model import message

_MOST = 20
_ASCII = bytes(range(0x20, 0x7F)) + b"\n"

_FORBIDDEN = re.compile(
    "(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n))"
    "|(?P<direction>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])"
    # Zero-width joiner and non-joiner (200C, 200D) are letters' business in Persian, Hindi and emoji.
    "|(?P<invisible>[\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f])"
)


def forbidden(text: str) -> tuple[Fault, ...]:
    """Give the forbidden characters of a text, at most the first 20. LF and CRLF end lines, a lone CR is refused."""
    if _is_harmless(text):
        return ()
    found = []
    for match in _FORBIDDEN.finditer(text):
        said = message(f"yaml-character.{match.lastgroup}", code=f"{ord(match[0]):04X}")
        found.append(Fault(match.start(), said))
        if len(found) >= _MOST:
            break
    return tuple(found)


def _is_harmless(text: str) -> bool:
    """Tell quickly that most texts hold nothing forbidden; False says nothing."""
    if text.isascii():
        return not text.encode().translate(None, _ASCII)
    return text.replace("\n", "").isprintable()
