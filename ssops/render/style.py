"""Lines of styled spans: the one shape of text output, painted for a terminal or written plain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum

from ssops.render.escape import visible


class Style(StrEnum):
    """How a span looks; the value is its ANSI code, empty for plain text."""

    PLAIN = ""
    STRONG = "1"
    FAINT = "2"
    GOOD = "32"
    CARE = "33"
    BAD = "1;31"
    PLACE = "36"

    __hash__ = str.__hash__  # an enum's own hash is a call of Python, and spans are looked up by the ten thousand


Span = tuple[str, Style]
Line = tuple[Span, ...]
"""One line of output, without its line break."""

_WORD = re.compile(r"\s+|\S+")
_LEAD = re.compile(r"(?:[+~!-](?= ))?\s*")
_NARROW = re.compile("[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u058f]*")  # Latin, Greek, Cyrillic
_SOURCE = re.compile(r" *[0-9]* +\| ")

BLANK: Line = ()


def line(*spans: Span | str) -> Line:
    """Make a line; a bare text is a plain span."""
    return tuple([(span, Style.PLAIN) if isinstance(span, str) else span for span in spans])


def paint(lines: Iterable[Line], *, colour: bool, columns: int | None = None) -> str:
    """Write lines as text, hidden characters visible, each line ended; colour adds ANSI codes and nothing else.

    With `columns`, lines that are longer go on below, indented; without, none is broken.
    """
    broken = lines if columns is None else (part for spans in lines for part in wrap(spans, columns))
    return "".join(f"{_painted(spans, colour).rstrip(' ')}\n" for spans in broken)


def wrap(spans: Line, columns: int) -> tuple[Line, ...]:
    """Break a line at its spaces where it is longer than `columns` cells; what goes on keeps its sign and indent.

    A line of source and the caret below it stay as they are.
    """
    text = "".join(text for text, _ in spans)
    if width(text) <= columns or _SOURCE.match(text):
        return (spans,)
    lead = _LEAD.match(text)[0]  # type: ignore[index]  # it matches nothing, too
    indent = len(lead) + 2
    lines: list[list[Span]] = [[]]
    used = 0
    for word, style in _words(spans):
        cells = width(word)
        if used + cells > columns and not word.isspace() and used > indent:
            lines.append([(lead.ljust(indent), spans[0][1])])
            used = indent
        if word.isspace() and len(lines) > 1 and used == indent:
            continue
        lines[-1].append((word, style))
        used += cells
    return tuple(tuple(parts) for parts in lines)


def _words(spans: Line) -> Iterable[Span]:
    return ((word, style) for text, style in spans for word in _WORD.findall(text))


def align(rows: Sequence[Line], *, indent: int = 0, gap: int = 2) -> tuple[Line, ...]:
    """Pad every column but the last to its widest span, so that rows stand under each other."""
    columns = max((len(row) for row in rows), default=0)
    widths = [max((width(row[i][0]) for row in rows if i < len(row) - 1), default=0) for i in range(columns)]
    return tuple(_padded(row, widths, indent, gap) for row in rows)


def width(text: str) -> int:
    """Count the cells a text takes on a terminal once it is visible: wide letters two, combining marks none."""
    shown = visible(text)
    if _NARROW.fullmatch(shown):
        return len(shown)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)


def _padded(row: Line, widths: Sequence[int], indent: int, gap: int) -> Line:
    spans: list[Span] = [(" " * indent, Style.PLAIN)] if indent else []
    for cells, (text, style) in zip(widths, row[:-1], strict=False):
        pad = " " * (cells - width(text) + gap)
        spans += [(text, style), (pad, Style.PLAIN)] if style else [(f"{text}{pad}", style)]
    return (*spans, *row[-1:])


def _painted(spans: Line, colour: bool) -> str:
    return "".join(
        f"\x1b[{style}m{visible(text)}\x1b[0m" if colour and style else visible(text) for text, style in spans
    )
