"""What an unquoted YAML word means: JSON's null, booleans and numbers, and otherwise the text as written."""

from __future__ import annotations

import math
import re

WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
"""The words that are not text. YAML 1.1's others (`no`, `On`, `True`, `NULL`) stay text, see `hint_for`."""

AFTER_NUMBERS = ":"
"""Every number, and much else, sorts before this text: a cheap test before `plain`."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_INTEGER_DIGITS = 15  # JSON readers that keep numbers as doubles are exact up to here
_NUMBER_LENGTH = 32

_SPOKEN = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
_BASES = ((re.compile(r"0[xX]([0-9a-fA-F]+)"), 16), (re.compile(r"0o([0-7]+)"), 8), (re.compile(r"0b([01]+)"), 2))
_CLOCK = re.compile(r"([1-9][0-9]{0,5}):([0-5]?[0-9])(?::([0-5]?[0-9]))?")


def plain(text: str) -> str | int | float | bool | None:
    """Give the value of an unquoted scalar."""
    if text in WORDS:
        return WORDS[text]
    if len(text) > _NUMBER_LENGTH:
        return text
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    if match[1] is None and match[2] is None:
        return int(text) if len(text.lstrip("-")) <= _INTEGER_DIGITS else text
    number = float(text)
    return number if math.isfinite(number) else text


def hint_for(text: str) -> str | None:
    """Tell how to write a text that looks like a boolean, a number or null: `yes` -> `true`, `1_000` -> `1000`.

    None where the text looks like none of them. A text that was quoted comes back as it is: `5` -> `5`.
    """
    lowered = text.lower()
    if lowered in _SPOKEN:
        return _SPOKEN[lowered]
    if lowered in WORDS:
        return lowered or None
    bare = _without_clutter(text)
    return bare if bare and not isinstance(plain(bare), str) else None


def _without_clutter(text: str) -> str:
    """Write a number of YAML 1.1 or of a programming language the way JSON does."""
    if len(text) > _NUMBER_LENGTH:
        return text
    bare = text.replace("_", "").removeprefix("+")
    for pattern, base in _BASES:
        if match := pattern.fullmatch(bare):
            return str(int(match[1], base))
    if match := _CLOCK.fullmatch(bare):
        first, second, third = match.groups()
        return str(
            int(first) * 60 + int(second) if third is None else (int(first) * 60 + int(second)) * 60 + int(third)
        )
    sign, bare = ("-", bare[1:]) if bare.startswith("-") else ("", bare)
    whole, dot, rest = bare.partition(".")
    whole = whole.lstrip("0") or ("0" if whole or rest[:1].isdigit() else "")
    return sign + whole + (dot + (rest or "0") if dot else "")
