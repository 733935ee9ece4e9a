"""Where in a file's text each value of its documents is written: what an edit needs in order to touch nothing else.

Only for text that `reader` takes without a fault. Offsets are in characters from the start of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from ssops.manifest.written import events, span_of

_BETWEEN = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_ENDS = (MappingEndEvent, SequenceEndEvent)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text or a plain word from `start` to `end`, its anchor left out. An empty one stands at `behind`.

    `behind` is where a value begins that has nothing before it: after the colon, the dash or the anchor.
    """

    start: int
    end: int
    behind: int
    value: str
    style: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """A `*name`."""

    start: int
    end: int
    behind: int


@dataclass(frozen=True, slots=True)
class Collection:
    """A mapping or a sequence, with its brackets where it is in flow style; a block one ends with its last member."""

    start: int
    end: int
    behind: int
    members: tuple[Member, ...]
    is_mapping: bool
    is_flow: bool
    anchor: str = ""


Node = Scalar | Alias | Collection


@dataclass(frozen=True, slots=True)
class Member:
    """An item, or a value with its key. It begins with its dash, question mark, anchor or key."""

    start: int
    end: int
    key: Scalar | None
    value: Node

    @property
    def is_merge(self) -> bool:
        """Whether it is `<<`, which brings in keys from elsewhere."""
        return self.key is not None and self.key.value == "<<" and not self.key.style


def read(text: str) -> tuple[Node, ...]:
    """Give the root of each document of a file, empty ones left out as `reader` does."""
    return tuple(_Walk(text).roots())


class _Walk:
    """Goes through the events once; `at` is the end of the last sign that was seen."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._events = events(text)
        self._next = 0
        self._at = 0

    def roots(self) -> list[Node]:
        found: list[Node] = []
        while self._next < len(self._events):
            event = self._events[self._next]
            self._next += 1
            if type(event) is DocumentStartEvent:
                self._at = _end(event)
                root = self._node()
                if not isinstance(root, Scalar) or root.value or root.style or root.anchor:
                    found.append(root)
        return found

    def _node(self) -> Node:
        event = self._events[self._next]
        self._next += 1
        behind, span = self._at, span_of(event, self._text)
        if type(event) is AliasEvent:
            start, self._at = span or (behind, behind)
            return Alias(start, self._at, behind)
        if event.anchor is not None:
            behind = self._at = self._skip() + 1 + len(event.anchor)
        anchor = event.anchor or ""
        if type(event) is ScalarEvent:
            start, end = span or (behind, behind)
            self._at = end
            return Scalar(start, end, behind, event.value, event.style or "", anchor)
        return self._collection(event, span, behind, anchor)

    def _collection(self, event: Any, span: tuple[int, int] | None, behind: int, anchor: str) -> Collection:
        is_mapping = type(event) is MappingStartEvent
        if span is not None:
            self._at = span[1]
        members: list[Member] = []
        while type(self._events[self._next]) not in _ENDS:
            members.append(self._pair() if is_mapping else self._item(is_flow=bool(event.flow_style)))
        closing = span_of(self._events[self._next], self._text)
        self._next += 1
        if span is not None and closing is not None:
            start, self._at = span[0], closing[1]
        else:  # no brackets: a block collection, or the one pair of a mapping in a flow sequence
            start = members[0].start if members else behind
        return Collection(start, self._at, behind, tuple(members), is_mapping, bool(event.flow_style), anchor)

    def _pair(self) -> Member:
        start = self._skip()
        if self._events[self._next].start_mark.index > start:  # the sign of an explicit key
            self._at = start + 1
        key = self._node()  # a scalar: the reader refuses other keys
        colon = self._skip()
        if self._text[colon : colon + 1] == ":":
            self._at = colon + 1
        value = self._node()
        return Member(start, self._at, key if isinstance(key, Scalar) else None, value)

    def _item(self, *, is_flow: bool) -> Member:
        start = self._skip()
        if not is_flow:
            self._at = start + 1
        value = self._node()
        return Member(start, self._at, None, value)

    def _skip(self) -> int:
        """Give where the next sign stands: what is in between are spaces, comments and the commas of flow style."""
        found = _BETWEEN.match(self._text, self._at)
        return found.end() if found else self._at


def _end(event: Any) -> int:
    end: int = event.end_mark.index
    return end
