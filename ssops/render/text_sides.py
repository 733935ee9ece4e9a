"""One field of drift as desired, recorded and live have it: three short texts that show where they differ."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ssops.drift import FieldDrift
from ssops.render.words import sentence, told, value

SIDES = ("desired", "recorded", "live")

_CELL = 40
"""Characters of a value that stands beside two others, unless everything is asked for."""


def cells(field: FieldDrift, *, full: bool = False) -> list[str]:
    """Write a field as each of `SIDES` has it, cut unless `full` to where they differ.

    Of a list that is not as recorded only the members that came and went are written.
    """
    values = [getattr(field, side) for side in SIDES]
    return _cut([_written(each, field.recorded) for each in values], None if full else _CELL)


def _written(data: Any, recorded: Any) -> str:
    if data is None:
        return sentence("render.absent")
    if isinstance(data, list) and isinstance(recorded, list) and data != recorded:
        gone = [f"-{value(each, full=True)}" for each in recorded if each not in data]
        come = [f"+{value(each, full=True)}" for each in data if each not in recorded]
        return " ".join(gone + come) or value(data, full=True)
    return value(told(data), full=True)


def _cut(texts: list[str], most: int | None) -> list[str]:
    """Cut texts to `most` characters, from shortly before the place where the long ones begin to differ."""
    if most is None or max(map(len, texts)) <= most:
        return texts
    long = {text for text in texts if len(text) > most}
    start = max(0, _common(long) - most // 2) if len(long) > 1 else 0
    return [text if len(text) <= most else _window(text, start, most) for text in texts]


def _common(texts: Collection[str]) -> int:
    """Count the characters with which all texts begin."""
    low, high = 0, min(map(len, texts))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len({text[:middle] for text in texts}) == 1 else (low, middle - 1)
    return low


def _window(text: str, start: int, most: int) -> str:
    head = "..." if start else ""
    tail = text[start:]
    return f"{head}{tail}" if len(tail) <= most else f"{head}{tail[: most - 3]}..."
