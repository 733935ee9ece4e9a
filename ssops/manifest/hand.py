"""New values as YAML text: in the canonical way for a new manifest, in a file's own hand for one that is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ssops.manifest import quoting, typeset
from ssops.manifest.layout import STEP, WIDTH
from ssops.manifest.written import BLOCK_STYLES
from ssops.manifest.written import Scalar as Text
from ssops.model import Json

_DASH = 2  # columns of a dash and the space behind it


@dataclass(frozen=True, slots=True)
class Hand:
    """How somebody writes: `step` columns a mapping stands right of its key, `dash` columns a list's dashes do.

    `is_quoted`: keys and texts in double quotes, on one line, as JSON has them.
    """

    step: int = STEP
    dash: int = STEP
    is_quoted: bool = False

    def key(self, key: str, *, in_flow: bool) -> str:
        """Write the key of a mapping, without its colon."""
        return self._text(key, in_flow=in_flow)

    def scalar(self, value: Json, *, in_flow: bool, style: str = "") -> str:
        """Write a text, number, boolean or null on one line; a text in quotes of that style, where it can be."""
        if not isinstance(value, str):
            return json.dumps(value)
        if style == "'" and value.isprintable() and not self.is_quoted:
            return "'" + value.replace("'", "''") + "'"
        return quoting.escaped(value) if style == '"' else self._text(value, in_flow=in_flow)

    def flow(self, value: Json) -> str:
        """Write any value on one line."""
        if isinstance(value, dict):
            return f"{{{', '.join(self.flow_member(key, own) for key, own in value.items())}}}"
        if isinstance(value, list):
            return f"[{', '.join(map(self.flow, value))}]"
        return self.scalar(value, in_flow=True)

    def flow_member(self, key: str | None, value: Json) -> str:
        """Write a value with its key, if it has one, as it stands between brackets."""
        return self.flow(value) if key is None else f"{self.key(key, in_flow=True)}: {self.flow(value)}"

    def member(self, key: str | None, value: Json, column: int, *, in_block: bool = False) -> tuple[str, ...]:
        """Give the lines of a value with its key, or with a dash, in block style.

        A collection comes on one line where it is small enough, unless it is asked for `in_block`.
        """
        head = " " * column + ("-" if key is None else f"{self.key(key, in_flow=False)}:")
        if not isinstance(value, dict | list):
            first, *rest = self._lines(value)
            inner = " " * (column + (_DASH if key is None else self.step))
            return (f"{head} {first}", *(f"{inner}{line}" if line else "" for line in rest))
        if not value or (not in_block and self.is_small(value, len(head) + 1)):
            return (f"{head} {self.flow(value)}",)
        lines = self.members(value, self.inner(value, column, is_item=key is None))
        if key is None:
            first, *rest = lines
            return (f"{head} {first.lstrip(' ')}", *rest)
        return (head, *lines)

    def members(self, value: Json, column: int) -> tuple[str, ...]:
        """Give the lines of a collection's members in block style, beginning at a column."""
        pairs = value.items() if isinstance(value, dict) else ((None, item) for item in value)
        return tuple(line for key, own in pairs for line in self.member(key, own, column))

    def inner(self, value: Json, column: int, *, is_item: bool) -> int:
        """Give the column of what is in a collection from that of its own key or dash."""
        if is_item:
            return column + _DASH
        return column + (self.step if isinstance(value, dict) else self.dash)

    def is_small(self, value: Json, column: int) -> bool:
        """Tell whether a collection is written on one line from that column: no other one in it, no long text."""
        return all(map(_is_short, _members(value))) and column + len(self.flow(value)) <= WIDTH

    def body(self, text: str) -> tuple[str, ...] | None:
        """Give a text of several lines as the head of a block text and its lines; None where none can hold it."""
        if self.is_quoted or "\n" not in text or text.startswith((" ", "\n")):
            return None
        if not all(line == "" or (line.isprintable() and line.strip(" ")) for line in text.split("\n")):
            return None
        return typeset.lines(Text(text, "|", ""))

    def folded(self, text: str, style: str) -> tuple[str, ...] | None:
        """Give a text as a block text again: the old style where it says the same on one line, else `|`."""
        if style not in BLOCK_STYLES or self.is_quoted:
            return None
        content = text.removesuffix("\n")
        if "\n" in content:
            return self.body(text)
        if not content.strip() or content.startswith(" ") or not content.isprintable():
            return None
        return (style if text.endswith("\n") else f"{style}-"), content

    def _text(self, text: str, *, in_flow: bool) -> str:
        is_plain = not self.is_quoted and text.isprintable()
        return quoting.written(text, in_flow=in_flow) if is_plain else quoting.escaped(text)

    def _lines(self, value: Json) -> tuple[str, ...]:
        lines = self.body(value) if isinstance(value, str) else None
        return lines or (self.scalar(value, in_flow=False),)


def _members(value: Json) -> Iterator[Json]:
    yield from value.values() if isinstance(value, dict) else value


def _is_short(value: Json) -> bool:
    return value in ({}, []) if isinstance(value, dict | list) else "\n" not in str(value)
