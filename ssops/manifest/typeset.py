"""One value as canonical YAML: its quotes, its lines, and a flow collection on one line."""

from __future__ import annotations

import re

from ssops.manifest import quoting
from ssops.manifest.written import BLOCK_STYLES, Alias, Collection, Node, Scalar

# A backslash before the spaces that end a line of double-quoted text keeps the first of them.
_TRAILING = re.compile(r"(?<!\\)[ \t]+$")
_INDICATOR = re.compile(r"[1-9]")


def lines(value: Node) -> tuple[str, ...]:
    """Give the lines of what is no block collection; those after the first are to be indented, empty ones not."""
    rest: list[str] = []
    match value:
        case Scalar(style=style) if style in BLOCK_STYLES:
            first, *rest = _block_text(value)
        case Scalar(source=source) if "\n" in source:
            first, *rest = _broken_text(value)
        case Scalar():
            first = _one_line(value, in_flow=False)
        case _:
            return (flow(value) or "",)
    return (_anchor(value) + first if first else _anchor(value).rstrip(), *rest)


def flow(value: Node) -> str | None:
    """Write a value on one line; None where it is in block style, has comments or a text over several lines."""
    match value:
        case Alias():
            return f"*{value.name}"
        case Scalar():
            is_long = value.style in BLOCK_STYLES or "\n" in value.source
            return None if is_long else _anchor(value) + (_one_line(value, in_flow=True) or "null")
        case Collection():
            return _flow_collection(value) if value.is_flow else None


def takes_blanks(value: Scalar) -> bool:
    """Tell whether a blank line after this text would become part of it."""
    return value.style in BLOCK_STYLES and _chomping(value.value) == "+"


def key(scalar: Scalar, *, in_flow: bool) -> str:
    """Write the key of a mapping, without its colon."""
    text = scalar.value
    if text == "<<" and not scalar.style:
        said = text
    elif text.isprintable():
        said = quoting.written(text, in_flow=in_flow)
    else:
        is_long = scalar.style in BLOCK_STYLES or "\n" in scalar.source
        said = quoting.escaped(text) if is_long else scalar.source
    return _anchor(scalar) + said


def _anchor(value: Scalar | Collection) -> str:
    return f"&{value.anchor} " if value.anchor else ""


def _flow_collection(value: Collection) -> str | None:
    remarks = [value.opening, value.tail, *(text for entry in value.entries for text in (entry.lead, entry.beside))]
    members = [flow(entry.value) for entry in value.entries]
    if any(map(any, remarks)) or None in members:
        return None
    keys = (f"{key(entry.key, in_flow=True)}: " if entry.key else "" for entry in value.entries)
    inner = ", ".join(f"{own}{member}" for own, member in zip(keys, members, strict=True))
    return _anchor(value) + (f"{{{inner}}}" if value.is_mapping else f"[{inner}]")


def _one_line(scalar: Scalar, *, in_flow: bool) -> str:
    """Write a text that takes no second line. What shows no letters keeps its escapes, or their absence."""
    if not scalar.style and not quoting.is_text(scalar.value):
        return scalar.value
    return quoting.written(scalar.value, in_flow=in_flow) if scalar.value.isprintable() else scalar.source


def _broken_text(scalar: Scalar) -> list[str]:
    """Give the lines of a plain or quoted text as they were broken; space around them says nothing."""
    first, *rest = scalar.source.split("\n")
    return [_TRAILING.sub("", line) for line in (first, *(line.lstrip(" \t") for line in rest))]


def _block_text(scalar: Scalar) -> list[str]:
    """Give the head and the body of a text after `|` or `>`."""
    if not scalar.value.strip():
        return [quoting.escaped(scalar.value)]
    body = _literal(scalar.value) if scalar.style == "|" else _folded(scalar)
    first = next(line for line in body if line)
    indicator = "2" if first.startswith((" ", "\t")) else ""
    return [f"{scalar.style}{indicator}{_chomping(scalar.value)}", *body]


def _chomping(value: str) -> str:
    """Give the sign that says how many line breaks end a block text; none of them has one for a single break."""
    if not value.endswith("\n"):
        return "-"
    return "+" if value.endswith("\n\n") else ""


def _literal(value: str) -> list[str]:
    return value.removesuffix("\n").split("\n")


def _folded(scalar: Scalar) -> list[str]:
    """Give the lines as they were folded."""
    head, *body = scalar.source.split("\n")
    if found := _INDICATOR.search(head.partition("#")[0]):
        indent = scalar.outer + int(found[0])
    else:
        indent = next(len(line) - len(line.lstrip(" ")) for line in body if line.strip(" "))
    kept = [line[indent:] for line in body]
    while not kept[-1]:
        kept.pop()
    breaks = len(scalar.value) - len(scalar.value.rstrip("\n"))
    return [*kept, *[""] * (breaks - 1)]
