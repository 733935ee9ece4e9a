"""The canonical layout of a document: what is in block and what in flow style, indents, where comments stand."""

from __future__ import annotations

from dataclasses import replace

from ssops.manifest import typeset
from ssops.manifest.written import BLOCK_STYLES, Collection, Comments, Entry, Scalar

WIDTH = 120
"""Characters of a line above which a flow collection is broken up; other lines are never broken."""

STEP = 2
"""Columns that a value is indented below its key or dash."""


class Page:
    """The lines of the file that is being written."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._takes_blanks = False  # after a text that a blank line below it would become part of

    def remarks(self, texts: Comments, indent: int = 0) -> None:
        """Write comments, markers and blank lines, each on a line of its own; the file begins with no blank one."""
        for text in texts:
            if text:
                self._write(f"{' ' * indent}{text}")
            elif self._lines and not self._takes_blanks:
                self._lines.append("")

    def document(self, root: Collection) -> None:
        """Write one document; its own mapping is always in block style."""
        if root.anchor:
            self._write(f"&{root.anchor}")
        self.remarks(root.opening)
        self._block(_arranged(root, 0), 0)

    def text(self) -> str:
        """Give the whole file."""
        return "".join(f"{line}\n" for line in self._lines)

    def _write(self, line: str) -> None:
        self._lines.append(line)
        self._takes_blanks = False

    def _block(self, collection: Collection, indent: int) -> None:
        for entry in collection.entries:
            self.remarks(entry.lead, indent)
            self._entry(entry, indent)
        self.remarks(collection.tail, indent)

    def _entry(self, entry: Entry, indent: int) -> None:
        head, value, beside = _head(entry, indent), entry.value, "".join(f"  {text}" for text in entry.beside)
        if isinstance(value, Collection) and not value.is_flow:
            start = len(self._lines)
            if entry.key or value.anchor:
                self._write(f"{head} &{value.anchor}{beside}" if value.anchor else f"{head}{beside}")
                self._block(value, indent + STEP)
            else:
                self._block(value, indent + STEP)
                self._lines[start] = f"{head} {self._lines[start][indent + STEP :]}"
            return
        first, *rest = typeset.lines(value)
        is_block = isinstance(value, Scalar) and value.style in BLOCK_STYLES
        self._write(f"{head}{first and ' '}{first}{beside if is_block or not rest else ''}")
        for line in rest:
            self._write(f"{' ' * (indent + STEP)}{line}" if line else "")
        if rest and not is_block:
            self._lines[-1] += beside
        self._takes_blanks = isinstance(value, Scalar) and typeset.takes_blanks(value)


def _arranged(collection: Collection, indent: int) -> Collection:
    """Give a collection for block style, every comment at a place that the layout has."""
    entries = tuple(_placed(entry, indent) for entry in collection.entries)
    return replace(collection, entries=entries, is_flow=False, opening=())


def _placed(entry: Entry, indent: int) -> Entry:
    value, lead, beside = entry.value, entry.lead, entry.beside
    if isinstance(value, Scalar):
        beside = (*value.opening, *beside)
    elif isinstance(value, Collection):
        beside = (*value.opening, *beside)
        if not value.entries:
            lead, value = (*lead, *value.tail), replace(value, opening=(), tail=())
        elif not _fits(value, _head(entry, indent)):
            value = _arranged(value, indent + STEP)
            if entry.key is None:  # a dash has no line of its own: what is said there goes above it
                lead, beside = (*lead, *beside), ()
                if not value.anchor:
                    first, *rest = value.entries
                    lead = (*lead, *first.lead)
                    value = replace(value, entries=(replace(first, lead=()), *rest))
    return Entry(entry.key, value, (*lead, *beside[1:]), beside[:1])


def _fits(collection: Collection, head: str) -> bool:
    flow = typeset.flow(collection)
    return flow is not None and len(head) + 1 + len(flow) <= WIDTH


def _head(entry: Entry, indent: int) -> str:
    return " " * indent + ("-" if entry.key is None else f"{typeset.key(entry.key, in_flow=False)}:")
