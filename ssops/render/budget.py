"""Spending a limited number of characters: what comes first is kept whole, what does not fit is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
    """One part of a document: `opening`, the `count` blocks that are to come, and `closing`.

    `cut` says on one line what is left out, given how many blocks are shown.
    """

    opening: str
    blocks: Iterable[str]
    count: int
    cut: Callable[[int], str]
    closing: str = ""


def fitted(sections: Sequence[Section], characters: int, longest_cut: int) -> list[str]:
    """Give what fits of the sections, the first ones first, and a sentence wherever something does not.

    No such sentence is longer than `longest_cut`: room for one of each section is set aside at the start.
    """
    room = longest_cut + len("\n\n")
    budget = Budget(characters - room * len(sections))
    shown: list[str] = []
    for section in sections:
        blocks: list[str] = []
        if budget.takes(f"{section.opening}\n{section.closing}"):
            blocks = budget.fill(section.blocks)
            shown += [section.opening, *blocks, *filter(None, [section.closing])] if blocks else []
        if len(blocks) < section.count:
            shown.append(f"\n{section.cut(len(blocks))}")
        else:
            budget.left += room
    return shown
