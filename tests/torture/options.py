"""What a run of the torture is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """`stores` are struck at, in this order. `is_short` takes a few cases of each figure and asks for as few."""

    stores: tuple[str, ...]
    is_short: bool = False

    def least(self, number: int, short: int) -> int:
        """Give how many cases a figure needs."""
        return short if self.is_short else number
