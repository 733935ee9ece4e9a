"""Build plain JSON data from the events of a YAML parser: one pass, bounded in depth, size and aliases.

The way of an honest file is short: mappings, sequences and scalars. What needs care (anchors, aliases, tags, merge
keys, escapes) is looked for only in a text that has a sign of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from sys import intern
from typing import Any, NoReturn

from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from ssops.manifest.characters import forbidden
from ssops.manifest.faults import Fault, shown
from ssops.manifest.marks import Layout, Lines, layout
from ssops.manifest.scalars import AFTER_NUMBERS, WORDS, plain
from ssops.model import Message, message

MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_ALIASES = 1_000
MAX_FAULTS = 100

_SIGNS = ("!", "&", "*", "<<", "\\")


class _Merge:
    """Stands for the key `<<` until its mapping ends; a quoted "<<" is a key like any other."""


_MERGE = _Merge()


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What an alias stands for. `depth` counts the containers within each other."""

    data: Any
    marks: array[int]
    depth: int


class Stop(Exception):
    """The rest of the file cannot be read; the last fault says why."""


def needs_care(text: str) -> bool:
    """Tell whether a text may hold tags, anchors, aliases, merge keys or escapes."""
    return any(sign in text for sign in _SIGNS)


class Builder:
    """Builds the documents of one file, one after the other; keeps the faults of all of them."""

    def __init__(self, parser: Any, lines: Lines) -> None:
        self.get: Callable[[], Any] = parser.get_event
        self.lines = lines
        self.careful = needs_care(lines.text)
        self.faults: list[Fault] = []
        self.marks: array[int] = array("I")
        self.anchors: dict[str, _Anchor | None] = {}
        self.known: dict[int, Layout] = {}
        self.deepest = 0
        self.anchored = 0
        self.aliases = 0
        self.room = MAX_NODES
        self.copied = 0

    def document(self, event: Any) -> tuple[Any, array[int]]:
        """Build one document from its first node's event on; give its data and marks. Raises Stop and YAMLError."""
        self.room -= len(self.marks)
        self.marks = array("I")
        self.anchors = {}
        self.known = {}
        self.deepest = 0
        return self._value(event, 1), self.marks

    def fault(self, offset: int, said: Message) -> None:
        """Keep a fault. Raises Stop when there are too many."""
        self.faults.append(Fault(offset, said))
        if len(self.faults) >= MAX_FAULTS:
            self.stop(offset, message("yaml-limit.faults", most=MAX_FAULTS))

    def stop(self, offset: int, said: Message) -> NoReturn:
        """Keep a fault that ends the reading. Raises Stop."""
        self.faults.append(Fault(offset, said))
        raise Stop

    def _value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is AliasEvent:
            return self._alias(event, depth)
        if event.tag is not None:
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self.fault(event.start_mark.index, message("yaml-tag", tag=tag))
        return self._node(event, depth) if event.anchor is None else self._anchored(event, depth)

    def _anchored(self, event: Any, depth: int) -> Any:
        start, name, outer = len(self.marks), event.anchor, self.deepest
        self.anchored += 1
        if self.anchored > MAX_ALIASES:
            self.stop(event.start_mark.index, message("yaml-limit.anchors", most=MAX_ALIASES))
        if name in self.anchors:
            self.fault(event.start_mark.index, message("yaml-anchor.twice", name=shown(name)))
        self.anchors[name] = None
        self.deepest = depth - 1
        data = self._node(event, depth)
        self.anchors[name] = _Anchor(data, self.marks[start:], self.deepest - depth + 1)
        self.deepest = max(outer, self.deepest)
        return data

    def _node(self, event: Any, depth: int) -> Any:
        self.marks.append(event.start_mark.index)
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if depth > MAX_DEPTH:
            self.stop(event.start_mark.index, message("yaml-depth", most=MAX_DEPTH))
        if depth > self.deepest:
            self.deepest = depth
        return self._mapping(depth) if kind is MappingStartEvent else self._sequence(depth)

    def _scalar(self, event: Any) -> Any:
        text = event.value
        if not event.style:
            return plain(text)
        if event.style == '"' and not text.isprintable() and (found := forbidden(text)):
            self.fault(event.start_mark.index, found[0].message)
        return text

    def _sequence(self, depth: int) -> list[Any]:
        get, marks, careful, room = self.get, self.marks, self.careful, self.room
        mark, items = marks.append, []
        while len(marks) <= room:
            event = get()
            kind = type(event)
            if kind is ScalarEvent and not (careful and _is_special(event)):
                mark(event.start_mark.index)
                text = event.value
                items.append(plain(text) if (text < AFTER_NUMBERS or text in WORDS) and not event.style else text)
            elif kind is SequenceEndEvent:
                break
            else:
                items.append(self._value(event, depth + 1))
        else:
            self._too_many()
        return items

    def _mapping(self, depth: int) -> dict[str, Any]:
        get, marks, careful, room = self.get, self.marks, self.careful, self.room
        mark, start = marks.append, len(marks) - 1
        items: dict[Any, Any] = {}
        places: dict[Any, int] | None = None
        while len(marks) <= room:
            event = get()
            kind = type(event)
            if kind is ScalarEvent and not (careful and _is_special(event)):
                mark(event.start_mark.index)
                key: Any = intern(event.value)
            elif kind is MappingEndEvent:
                break
            else:
                key = self._key(event, depth)
            if not key or key in items or places is not None:
                if places is None:
                    places = self._places(items, start)
                if self._is_refused(key, event, places):
                    end = len(marks) - 1
                    self._value(get(), depth + 1)
                    del marks[end:]
                    continue
            event = get()
            kind = type(event)
            if kind is ScalarEvent and not (careful and _is_special(event)):
                mark(event.start_mark.index)
                text = event.value
                items[key] = plain(text) if (text < AFTER_NUMBERS or text in WORDS) and not event.style else text
            else:
                items[key] = self._value(event, depth + 1)
        else:
            self._too_many()
        return self._merged(items, start) if _MERGE in items else items

    def _places(self, items: dict[Any, Any], start: int) -> dict[Any, int]:
        """Give the offset of each key of a mapping that is not finished."""
        places = layout(items, self.known).places
        del self.known[id(items)]
        return {key: self.marks[start + place - 1] for key, place in places.items()}

    def _key(self, event: Any, depth: int) -> str | _Merge | None:
        """Read a key that needs care and leave one mark; None: it is no text, and that was said."""
        offset, at = event.start_mark.index, len(self.marks)
        kind = type(event)
        if kind is AliasEvent:
            self.marks.append(offset)
            self.fault(offset, message("yaml-key.alias", name=shown(event.anchor)))
            return None
        self._value(event, depth + 1)
        if kind is ScalarEvent:
            return _MERGE if event.value == "<<" and not event.style else intern(event.value)
        del self.marks[at + 1 :]
        self.fault(offset, message("yaml-key"))
        return None

    def _is_refused(self, key: Any, event: Any, places: dict[Any, int]) -> bool:
        """Judge a key that is missing, was seen before in its mapping, or follows such a one; `places` learns it."""
        offset = event.start_mark.index
        if key is None:
            return True
        if key == "" and not event.style:
            self.fault(offset, message("yaml-key.empty"))
            return True
        if key not in places:
            places[key] = offset
            return False
        first = self.lines.locate(places[key]).line
        self.fault(offset, message("yaml-duplicate-key", key=shown("<<" if key is _MERGE else key), line=first))
        return True

    def _alias(self, event: Any, depth: int) -> Any:
        offset, name = event.start_mark.index, event.anchor
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self.stop(offset, message("yaml-limit.aliases", most=MAX_ALIASES))
        anchor = self.anchors.get(name)
        if anchor is None:
            said = "yaml-anchor.itself" if name in self.anchors else "yaml-anchor"
            self.fault(offset, message(said, name=shown(name)))
            self.marks.append(offset)
            return {}
        self.deepest = max(self.deepest, depth - 1 + anchor.depth)
        if self.deepest > MAX_DEPTH:
            self.stop(offset, message("yaml-depth", most=MAX_DEPTH))
        # Charged apart from the marks that stay: merging may copy much and keep little of it.
        self.copied += len(anchor.marks)
        if self.copied > MAX_NODES:
            self._too_many()
        self.marks.extend(anchor.marks)
        return anchor.data

    def _merged(self, own: dict[Any, Any], start: int) -> dict[str, Any]:
        """Give a mapping with what `<<` brings in after its own keys, which win; earlier sources win over later."""
        tail = self.marks[start:]
        del self.marks[start + 1 :]
        items: dict[str, Any] = {}
        places = layout(own, self.known).places
        self._take(items, own, tail, 0)
        merge, at = own[_MERGE], places[_MERGE]
        sources = [(merge, 0)]
        if isinstance(merge, list):
            sources = [
                (source, place) for source, place in zip(merge, layout(merge, self.known).places.values(), strict=True)
            ]
        for source, place in sources:
            if isinstance(source, dict):
                self._take(items, source, tail, at + place)
            else:
                self.fault(tail[at + place], message("yaml-merge"))
        return items

    def _take(self, items: dict[str, Any], source: dict[Any, Any], tail: array[int], at: int) -> None:
        """Add what is new to `items`, with its marks; those of `source` begin in `tail` at `at`."""
        for key, place in layout(source, self.known).places.items():
            if key is _MERGE or key in items:
                continue
            value = items[key] = source[key]
            size = layout(value, self.known).size if isinstance(value, (dict, list)) else 1
            self.marks.extend(tail[at + place - 1 : at + place + size])

    def _too_many(self) -> NoReturn:
        self.stop(self.marks[-1], message("yaml-limit.nodes", most=MAX_NODES))


def _is_special(event: Any) -> bool:
    """Tell a scalar that an honest file seldom has: with an anchor, a tag or escapes, or perhaps a merge key."""
    return event.anchor is not None or event.tag is not None or event.style == '"' or event.value == "<<"
