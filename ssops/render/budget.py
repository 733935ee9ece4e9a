"""Spending a limited number of characters: what comes first is kept whole, what does not fit is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile


class Budget:
    """Characters that are left. A block is taken whole or not at all."""

    def __init__(self, characters: int) -> None:
        self.left = characters

    def takes(self, text: str) -> bool:
        """Spend what the text costs, with its line break; False and nothing spent where it does not fit."""
        cost = len(text) + 1
        if cost > self.left:
            return False
        self.left -= cost
        return True

    def fill(self, blocks: Iterable[str]) -> list[str]:
        """Take blocks in their order until one does not fit; no more of them are made."""
        return list(takewhile(self.takes, blocks))


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a document: `opening`, the blocks of which `count` are to come, and `closing`.

    `cut` says in at most `LONGEST_CUT` characters what is left out, given how many blocks are shown.
    """

    opening: str
    blocks: Iterable[str]
    count: int
    cut: Callable[[int], str]
    closing: str = ""

    def fitted(self, budget: Budget) -> list[str]:
        """Give what fits. The sentence about the rest always does: `reserve` has set its room aside."""
        shown: list[str] = []
        if budget.takes(f"{self.opening}\n{self.closing}"):
            shown = budget.fill(self.blocks)
            if len(shown) == self.count:
                budget.left += ROOM
        if not shown:
            return [f"\n{self.cut(0)}"]
        rest = [f"\n{self.cut(len(shown))}"] if len(shown) < self.count else []
        return [self.opening, *shown, *([self.closing] if self.closing else []), *rest]


LONGEST_CUT = 150
ROOM = LONGEST_CUT + 2
"""What the sentence about the rest of a section costs at most, with its line breaks."""


def reserved(characters: int, sections: Iterable[Section]) -> Budget:
    """Give a budget that has room set aside for what every section may have to say about its rest."""
    return Budget(characters - ROOM * sum(1 for _ in sections))
