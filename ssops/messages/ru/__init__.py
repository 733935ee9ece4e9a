"""Russian: one module for each part that speaks; a module in this folder belongs to the catalogue."""

from __future__ import annotations

from ssops.messages.parts import merged

PLURALS = ("one", "few", "many", "other")
"""The forms that `plural` gives, and the one that stands in for the missing: it is written as `many` is."""

SENTENCES = merged(__name__, __path__)


def plural(count: int) -> str:
    """Give the plural form that a number takes: 1, 21 файл; 2, 34 файла; 5, 11, 112 файлов."""
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return "few"
    return "many"
