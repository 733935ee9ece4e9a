"""Where values stand: one text offset for each key and value of a document, turned into lines only when asked."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import Any

from ssops.model import Json, Location, Path

_EXCERPT_LENGTH = 500
_FEW = 8
_NEAR = 1_000  # counting line ends up to here is cheaper than finding them all


class Lines:
    """The lines of one text, shared by all of its documents; where they begin is found out on the first question."""

    __slots__ = ("_starts", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._starts: list[int] = []

    def locate(self, offset: int) -> Location:
        """Give the place of an offset in characters from the start of the text."""
        if offset < _NEAR and not self._starts:
            start = self.text.rfind("\n", 0, offset) + 1
            return Location(self.file, self.text.count("\n", 0, offset) + 1, offset - start + 1)
        starts = self.starts()
        line = bisect_right(starts, offset)
        return Location(self.file, line, offset - starts[line - 1] + 1)

    def excerpt(self, location: Location) -> str:
        """Give the line a location points at, without its end; empty if the place is beyond the first 500 columns."""
        starts = self.starts()
        if not 1 <= location.line <= len(starts) or location.column > _EXCERPT_LENGTH:
            return ""
        start = starts[location.line - 1]
        end = self.text.find("\n", start, start + _EXCERPT_LENGTH)
        return self.text[start : end if end >= 0 else start + _EXCERPT_LENGTH].removesuffix("\r")

    def starts(self) -> list[int]:
        """Give the offset of every line's first character, never empty."""
        if not self._starts:
            ends = accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0)
            self._starts = list(ends)[:-1]
        return self._starts


@dataclass(frozen=True, slots=True)
class Layout:
    """How many marks a value takes with all that it holds, and where, counted from its own, its children's stand."""

    size: int
    places: dict[Any, int]
    of: Any  # kept alive, so that no other value takes its identity


def layout(data: dict[Any, Any] | list[Any], known: dict[int, Layout]) -> Layout:
    """Lay a mapping or list out. `known` remembers layouts by identity; the data must not change afterwards."""
    laid = known.get(id(data))
    if laid is None:
        is_mapping = isinstance(data, dict)
        places: dict[Any, int] = {}
        size = 1
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            size += is_mapping
            places[key] = size
            size += layout(value, known).size if isinstance(value, (dict, list)) else 1
        laid = known[id(data)] = Layout(size, places, data)
    return laid


@dataclass(frozen=True, slots=True)
class Marks:
    """The offsets of one document in the order of its data: a value, then what it holds; a key before its value.

    What an alias or a merge key brought in stands where its anchor's content is written.
    """

    offsets: array[int]
    lines: Lines = field(compare=False, repr=False)
    known: dict[int, Layout] = field(default_factory=dict, compare=False, repr=False)

    def locate(self, data: Json, path: Path, *, of_key: bool) -> Location:
        """Find the value of `data` at a path, or its key; the nearest existing parent where the path ends early."""
        at = 0
        for depth, part in enumerate(path, start=1):
            step = self._step(data, part)
            if step is None:
                break
            at += step
            if of_key and depth == len(path) and isinstance(data, dict):
                at -= 1
            data = data[part]
        return self.lines.locate(self.offsets[at])

    def _step(self, data: Json, part: Any) -> int | None:
        """Tell how far a child's mark stands from its parent's; None where there is no such child."""
        if isinstance(data, dict) and id(data) not in self.known:
            # Nearly every question is about a key near the top, with nothing but scalars before it.
            for place, (key, value) in enumerate(islice(data.items(), _FEW)):
                if key == part:
                    return 2 * place + 2
                if isinstance(value, (dict, list)):
                    break
        return layout(data, self.known).places.get(part) if isinstance(data, (dict, list)) else None
