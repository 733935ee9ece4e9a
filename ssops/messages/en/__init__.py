"""English: one module for each part that speaks; a module in this folder belongs to the catalogue."""

from __future__ import annotations

from ssops.messages.parts import merged

PLURALS = ("one", "other")
"""The forms that `plural` gives."""

SENTENCES = merged(__name__, __path__)


def plural(count: int) -> str:
    """Give the plural form that a number takes."""
    return "one" if count == 1 else "other"
