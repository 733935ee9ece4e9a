"""Spending a limited number of characters: what comes first is kept whole, what does not fit is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


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

    def fill(self, blocks: Iterable[str], *, reserve: int = 0) -> tuple[list[str], int]:
        """Take blocks in their order until one does not fit; give what was taken, and how many were not.

        `reserve` characters stay for the sentence that says what was left out.
        """
        listed: Sequence[str] = list(blocks)
        self.left -= reserve
        taken: list[str] = []
        for block in listed:
            if not self.takes(block):
                break
            taken.append(block)
        self.left += reserve
        return taken, len(listed) - len(taken)
