"""The canonical layout of a YAML file: indents, line breaks and quotes; comments and blank lines stay."""

from __future__ import annotations

import re
from dataclasses import replace

from ssops.manifest import quoting
from ssops.manifest.key_order import KeyOrder
from ssops.manifest.written import BLOCK_STYLES, Alias, Collection, Comments, Entry, Node, Scalar

WIDTH = 120
"""Characters of a line above which a flow collection is broken up; other lines are never broken."""

STEP = 2
"""Columns that a value is indented below its key or dash."""

# A backslash before spaces at the end of a line of double-quoted text keeps the first of them.
_TRAILING = re.compile(r"(?<!\\)[ \t]+$")


class Page:
    """The lines of the file that is being written."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._keeps_blanks = False  # after a text that takes in the blank lines below it

    def remark(self, texts: Comments, indent: int = 0) -> None:
        """Write comments and blank lines, each on a line of its own."""
        for text in texts:
            if text or (self.lines and not self._keeps_blanks):
                self._write(f"{' ' * indent}{text}" if text else "")

    def document(self, root: Collection, order: KeyOrder) -> None:
        """Write one document; its own mapping is always in block style."""
        if root.anchor:
            self._write(f"&{root.anchor}")
        self.remark(root.opening)
        self._block(root, 0, order)

    def text(self) -> str:
        """Give the whole file."""
        return "".join(f"{line}\n" for line in self.lines)

    def _write(self, line: str) -> None:
        self.lines.append(line)
        self._keeps_blanks = self._keeps_blanks and not line

    def _block(self, collection: Collection, indent: int, order: KeyOrder) -> None:
        for entry in _ordered(collection, order):
            name = None if entry.key is None else entry.key.value
            self._entry(entry, indent, order.within(name))
        self.remark(collection.tail, indent)

    def _entry(self, entry: Entry, indent: int, order: KeyOrder) -> None:
        head = " " * indent + ("-" if entry.key is None else f"{_key(entry.key, in_flow=False)}:")
        value, lead, beside = entry.value, entry.lead, entry.beside
        if isinstance(value, Scalar):
            beside = (*value.opening, *beside)
        elif isinstance(value, Collection):
            flow = _flow(value)
            if not value.entries or flow is None or len(f"{head} {flow}") > WIDTH:
                self._collection(replace(entry, value=value), head, indent, order)
                return
        self.remark((*lead, *beside[1:]), indent)
        first, *rest = _lines(value)
        self._write(_joined(head, first, beside))
        for line in rest:
            self._write(f"{' ' * (indent + STEP)}{line}" if line else "")
        self._keeps_blanks = isinstance(value, Scalar) and value.style in BLOCK_STYLES and first.endswith("+")
