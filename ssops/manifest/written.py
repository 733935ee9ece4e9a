"""A YAML file as it is written: keys, values, quotes, comments and blank lines, from the events of the parser.

Only for text that `reader` takes without a fault: tags, duplicate keys and loose aliases are not looked for again.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from ssops.manifest.remarks import Remark, between

BLOCK_STYLES = ("|", ">")

_ENDS = (MappingEndEvent, SequenceEndEvent)
_STARTS = (MappingStartEvent, SequenceStartEvent)
_ANCHOR = re.compile(r"&[\w-]+(?:[ \t\n]|#[^\n]*)*")

Comments = tuple[str, ...]
"""Comments from their hash on; among those on lines of their own an empty text is a blank line."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A `*name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, or what a plain word stands for. `style` is a quote, `|`, `>` or empty; `source` is without the anchor.

    `opening` is the comment in the head of a block text, `outer` the column of the collection a block text stands in.
    """

    value: str
    style: str
    source: str
    anchor: str = ""
    opening: Comments = ()
    outer: int = 0


@dataclass(frozen=True, slots=True)
class Collection:
    """A mapping or a sequence. `opening` are comments behind its bracket, `tail` what follows the last entry."""

    entries: tuple[Entry, ...]
    is_mapping: bool
    is_flow: bool
    anchor: str = ""
    opening: Comments = ()
    tail: Comments = ()


Node = Alias | Scalar | Collection


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with its key, None in a sequence; `lead` are the lines above it, `beside` the comments on its line."""

    key: Scalar | None
    value: Node
    lead: Comments
    beside: Comments


@dataclass(frozen=True, slots=True)
class Written:
    """One document. `lines` come before it, from the last one's end on: remarks, markers, comments of the head.

    `is_tied`: the order of its keys is left alone, because it has anchors, aliases or merge keys.
    """

    lines: Comments
    root: Collection
    is_tied: bool


def without_last_blanks(texts: Comments) -> Comments:
    """Leave out the blank lines at the end."""
    while texts and not texts[-1]:
        texts = texts[:-1]
    return texts


def parse(text: str) -> tuple[tuple[Written, ...], Comments]:
    """Give the documents of a file with LF line ends, empty ones left out, and the lines after the last one."""
    return _Parser(text).documents()


class _Parser:
    """Walks the events once; `ahead` holds the remarks up to the next event that has text, until one takes them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._events = events(text)
        self._spans = [span_of(event, text) for event in self._events]
        self._next = _next_spans(self._spans, len(text))
        self._at = 0  # the event to come
        self._columns = [0]
        self._ahead: list[Remark] = between(text, 0, self._next[0])

    def documents(self) -> tuple[tuple[Written, ...], Comments]:
        found: list[Written] = []
        lines: Comments = ()
        while type(event := self._events[self._at]) is not StreamEndEvent:
            if type(event) is DocumentStartEvent:
                start = self._at
            if type(event) not in _STARTS:
                self._at += 1
                continue
            lines, lead = _head(self._take_ahead())
            root = self._collection(lead)
            after = self._take_beside()
            if after:
                root = replace(root, tail=(*root.tail, *after))
            found.append(Written(lines, root, _is_tied(self._events[start : self._at])))
        return tuple(found), tuple(remark.text for remark in self._ahead)

    def _collection(self, lead: Comments = ()) -> Collection:
        event = self._step()
        is_flow = bool(event.flow_style)
        column = event.end_mark.column
        self._columns.append(self._columns[-1] if is_flow else column - self._is_level(event))
        opening = self._take_beside() if is_flow else ()
        is_mapping = type(event) is MappingStartEvent
        entries: list[Entry] = []
        while type(self._events[self._at]) not in _ENDS:
            entries.append(self._entry(is_mapping, lead))
            lead = ()
        tail = self._take_ahead() if is_flow else self._take_tail(column)
        self._step()
        self._columns.pop()
        tail = without_last_blanks((*lead, *tail))
        return Collection(tuple(entries), is_mapping, is_flow, event.anchor or "", opening, tail)

    def _is_level(self, event: Any) -> bool:
        """Tell whether a sequence's dashes stand right below its key; its event then ends behind the first one.

        So a comment in that column belongs to the key's mapping.
        """
        end = event.end_mark.index
        return type(event) is SequenceStartEvent and self._text[end : end + 1] != "-"

    def _entry(self, is_mapping: bool, lead: Comments) -> Entry:
        lead = (*lead, *self._take_ahead())
        key = self._scalar() if is_mapping else None
        beside = (*key.opening, *self._take_beside()) if key else ()
        event = self._events[self._at]
        if type(event) in _STARTS and not event.flow_style:
            return Entry(key, self._collection(), lead, beside)
        if self._spans[self._at] is not None:  # an empty value has no line of its own
            lead = (*lead, *self._take_ahead())
        value = self._value()
        return Entry(key, value, lead, (*beside, *self._take_beside()))

    def _value(self) -> Node:
        kind = type(self._events[self._at])
        if kind is AliasEvent:
            return Alias(self._step().anchor)
        return self._scalar() if kind is ScalarEvent else self._collection()

    def _scalar(self) -> Scalar:
        start, end = self._spans[self._at] or (0, 0)
        event = self._step()
        source, style = self._text[start:end], event.style or ""
        head = source.partition("\n")[0]
        opening = (head[head.index("#") :].rstrip(),) if style in BLOCK_STYLES and "#" in head else ()
        return Scalar(event.value, style, source, event.anchor or "", opening, self._columns[-1])

    def _step(self) -> Any:
        """Take an event; when it has text, what follows it comes ahead."""
        event, span = self._events[self._at], self._spans[self._at]
        self._at += 1
        if span is not None:
            self._ahead += between(self._text, span[1], self._next[self._at])
        return event

    def _take_ahead(self) -> Comments:
        """Take all that is ahead of the next event with text."""
        taken, self._ahead = self._ahead, []
        return tuple(remark.text for remark in taken)

    def _take_beside(self) -> Comments:
        taken = tuple(remark.text for remark in self._ahead if remark.is_beside)
        self._ahead = [remark for remark in self._ahead if not remark.is_beside]
        return taken

    def _take_tail(self, column: int) -> Comments:
        """Take the comments that are indented as a collection that has ended, up to the last of them."""
        count = 0
        for number, remark in enumerate(self._ahead, start=1):
            if remark.is_marker or (remark.text and remark.column < column):
                break
            if remark.text:
                count = number
        taken, self._ahead = self._ahead[:count], self._ahead[count:]
        return tuple(remark.text for remark in taken)


def _head(texts: Comments) -> tuple[Comments, Comments]:
    """Part what stands above a document from what belongs to its first key: the comments below a blank line."""
    markers = [number for number, text in enumerate(texts, start=1) if Remark(text).is_marker]
    start = markers[-1] if markers else 0
    blanks = [number for number, text in enumerate(texts, start=1) if not text and number > start]
    split = blanks[-1] if blanks else len(texts)
    return texts[:split], texts[split:]


def events(text: str) -> list[Any]:
    """Give the events of a file, up to the end of the stream."""
    parser: Any = CParser(text)
    found: list[Any] = []
    while not found or type(found[-1]) is not StreamEndEvent:
        found.append(parser.get_event())
    return found


def span_of(event: Any, text: str) -> tuple[int, int] | None:
    """Give where the text of an event begins and ends, its anchor left out; None for one that has none."""
    kind = type(event)
    start, end = event.start_mark.index, event.end_mark.index
    if kind is AliasEvent:
        return start, end
    if kind is ScalarEvent:
        return _scalar_span(event, text) if end > start else None
    if kind in _STARTS and event.flow_style and text[end - 1 : end] in ("{", "["):
        return end - 1, end
    if kind in _ENDS and end > start and text[start : start + 1] in ("}", "]"):
        return start, end
    return None


def _scalar_span(event: Any, text: str) -> tuple[int, int]:
    start, end = event.start_mark.index, event.end_mark.index
    if event.anchor is not None and (anchor := _ANCHOR.match(text, start, end)):
        start = anchor.end()
    if event.style in BLOCK_STYLES:
        body = text[start:end]
        is_kept = "+" in body.partition("\n")[0].partition("#")[0]
        # The parser takes in the blank lines that follow; they are the text's only where it keeps them.
        end = start + len(body.removesuffix("\n") if is_kept else _without_blank_lines(body, event.value))
    return start, end


def _without_blank_lines(body: str, value: str) -> str:
    is_blank_text = value.rstrip("\n").endswith((" ", "\t"))  # then a line that only looks blank may be its last
    while "\n" in body:
        rest, _, line = body.rpartition("\n")
        if line and (is_blank_text or not line.isspace()):
            break
        body = rest
    return body


def _next_spans(spans: Sequence[tuple[int, int] | None], end: int) -> array[int]:
    """Give for each event where the next text begins, its own or a later one's; `end` after the last."""
    found = array("L", [end]) * (len(spans) + 1)
    for number in range(len(spans) - 1, -1, -1):
        span = spans[number]
        found[number] = found[number + 1] if span is None else span[0]
    return found


def _is_tied(events: Sequence[Any]) -> bool:
    return any(
        type(event) is AliasEvent
        or getattr(event, "anchor", None) is not None
        or (type(event) is ScalarEvent and event.value == "<<" and not event.style)
        for event in events
    )
