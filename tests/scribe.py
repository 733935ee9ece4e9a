"""Writes documents by every hand there may be, to see that what is read is only what they say."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ssops.manifest import quoting


def comments(text: str) -> list[str]:
    """Give the numbered comments of a drawn text; those numbers stand nowhere else."""
    return sorted(re.findall(r"#~[0-9]+~", text))


class Scribe:
    """Writes documents in every way that YAML has, with numbered comments and blank lines wherever they may be."""

    def __init__(self, drawn: random.Random) -> None:
        self.drawn = drawn
        self.count = 0

    def text(self, found: list[dict[str, Any]]) -> str:
        parts = [f"{self.lines('')}{''.join(self.mapping(each, '', 0))}{self.lines('')}" for each in found]
        text = f"---{self.beside()}\n".join(parts)
        return text.replace("\n", "\r\n") if self.drawn.random() < 0.1 else text

    def comment(self) -> str:
        self.count += 1
        return f"#~{self.count}~"

    def beside(self) -> str:
        return f"{' ' * self.drawn.randint(1, 3)}{self.comment()}" if self.drawn.random() < 0.2 else ""

    def lines(self, indent: str) -> str:
        """Write comments and blank lines of their own, or nothing."""
        if self.drawn.random() < 0.7:
            return ""
        kinds = self.drawn.choices(["", " ", f"{indent}{self.comment()}"], k=self.drawn.randint(1, 3))
        return "".join(f"{kind}\n" for kind in dict.fromkeys(kinds))

    def mapping(self, data: Mapping[str, Any], indent: str, depth: int) -> Iterator[str]:
        items = list(data.items())
        if depth < 2 or "type" in data:
            self.drawn.shuffle(items)
        for key, value in items:
            yield self.lines(indent)
            head = f"{self.scalar(key, in_flow=True)}{self.drawn.choice(['', ' '])}"
            yield f"{indent}{head}:{self.value(value, indent, depth)}"
        yield self.lines(indent)

    def value(self, value: Any, indent: str, depth: int) -> str:
        if isinstance(value, (dict, list)) and (not value or self.drawn.random() < 0.4):
            return f" {self.flow(value, indent)}{self.beside()}\n"
        inner = indent + " " * self.drawn.randint(1, 5)
        if isinstance(value, dict):
            return f"{self.beside()}\n{''.join(self.mapping(value, inner, depth + 1))}"
        if isinstance(value, list):
            inner = self.drawn.choice([indent, inner])
            return f"{self.beside()}\n{''.join(self.item(each, inner, depth) for each in value)}{self.lines(inner)}"
        if isinstance(value, str) and "\n" in value:
            return self.long(value, inner)
        if isinstance(value, str) and value.strip() and self.drawn.random() < 0.2:
            return f" {self.drawn.choice(['|-', '>-'])}{self.beside()}\n{inner}{value}\n"
        between = self.drawn.choice([" ", "  ", f"{self.beside()}\n{self.lines(inner)}{inner}"])
        return f"{between}{self.scalar(value, in_flow=False)}{self.beside()}\n"

    def long(self, value: str, indent: str) -> str:
        """Write a text of several lines, none of them beginning with a space."""
        breaks = len(value) - len(value.rstrip("\n"))
        if self.drawn.random() < 0.3:
            return f" {json.dumps(value, ensure_ascii=False)}{self.beside()}\n"
        body = "".join(f"{indent}{line}\n" if line else "\n" for line in value.removesuffix("\n").split("\n"))
        return f" |{'-' if not breaks else '+' if breaks > 1 else self.drawn.choice(['', '+'])}{self.beside()}\n{body}"

    def item(self, value: Any, indent: str, depth: int) -> str:
        if not isinstance(value, dict) or not value:
            return f"{self.lines(indent)}{indent}- {self.scalar(value, in_flow=False)}{self.beside()}\n"
        dash = "-" + " " * self.drawn.randint(1, 3)
        inner = indent + " " * len(dash)
        first, *rest = "".join(self.mapping(value, inner, depth + 1)).splitlines(keepends=True)
        if not first.startswith(f"{inner}") or "#" in first[: len(inner) + 1] or not first.strip():
            return f"{indent}-{self.beside()}\n{first}{''.join(rest)}"
        return f"{self.lines(indent)}{indent}{dash}{first[len(inner) :]}{''.join(rest)}"

    def flow(self, value: Any, indent: str) -> str:
        if not isinstance(value, (dict, list)):
            return self.scalar(value, in_flow=True)
        space = self.drawn.choice(["", " ", f"{self.beside()}\n{self.lines(indent)}{indent} "])
        members = [self.flow(each, indent) for each in (value.values() if isinstance(value, dict) else value)]
        if isinstance(value, dict):
            members = [f"{self.scalar(key, in_flow=True)}: {own}" for key, own in zip(value, members, strict=True)]
        comma = self.drawn.choice([", ", " , ", f",{self.beside()}\n{indent}  "])
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        return f"{opening}{space}{comma.join(members)}{space}{closing}"

    def scalar(self, value: Any, *, in_flow: bool) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        if not value.isprintable():
            return json.dumps(value, ensure_ascii=self.drawn.choice([False, True]))
        ways = [json.dumps(value), json.dumps(value, ensure_ascii=False), "'" + value.replace("'", "''") + "'"]
        ways += [quoting.written(value, in_flow=in_flow)] * 3
        return self.drawn.choice(ways)
