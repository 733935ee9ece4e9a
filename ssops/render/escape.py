"""Make hidden characters visible: the one place that decides what may reach a terminal raw.

Control characters drive a terminal, bidirectional ones reorder what a reviewer sees, invisible ones hide a
difference. The set is written out, not asked of `unicodedata`, so that every Python prints the same bytes.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line separators, bidi; ZWNJ and ZWJ join letters
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # musical format characters, tags
    "]"
)


def visible(text: str) -> str:
    r"""Write every hidden character as `\x1b`, `\u202e` or `\U000e0041`; line breaks too. Twice is as good as once."""
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(_named, text)


def json_visible(text: str) -> str:
    r"""Write the hidden characters of a finished JSON text as `\u` escapes; line breaks between tokens stay."""
    return _HIDDEN.sub(_json_named, text)


def _named(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_named(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] == "\n":
        return "\n"
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
