"""Changes of a text by offsets: gathered in any order, made together."""

from __future__ import annotations

from typing import NamedTuple


class _Piece(NamedTuple):
    start: int
    turn: int
    end: int
    text: str


class Splices:
    """What becomes of one text. What is deleted twice is deleted once; what is put at one place stays in its order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces: list[_Piece] = []

    def put(self, at: int, text: str) -> None:
        """Put a text in."""
        self.replace(at, at, text)

    def cut(self, start: int, end: int) -> None:
        """Take a part out."""
        self.replace(start, end, "")

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in place of a part."""
        self._pieces.append(_Piece(start, len(self._pieces), end, text))

    def made(self) -> str:
        """Give the text with all changes."""
        parts: list[str] = []
        at = 0
        for piece in sorted(self._pieces):
            parts.append(self.text[at : piece.start])  # empty inside a part that was taken out
            parts.append(piece.text)
            at = max(at, piece.end)
        return "".join((*parts, self.text[at:]))
