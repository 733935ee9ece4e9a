"""The near miss: what somebody probably meant to write."""

from __future__ import annotations

from collections.abc import Iterable

_COMPARED = 60
"""Characters that are compared: the time grows with their square, and a hostile file may hold very long words."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the most similar of the known words, None when none is similar enough to be a slip; case is ignored."""
    from difflib import get_close_matches  # only a faulty manifest needs it

    # Reverse order, so that the first in alphabetical order wins where two begin alike.
    words = {w[:_COMPARED].lower(): w for w in sorted(known, reverse=True)}
    found = get_close_matches(word[:_COMPARED].lower(), sorted(words), n=1, cutoff=0.7)
    return words[found[0]] if found else None
