"""What one file says, in short: resources without their specs, and warnings. Small enough to keep for every file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ssops.canonical import canonical, digest_of
from ssops.model import Address, Annotations, Entry, Issue, Kind, Location, Message, Severity

Packed = list[Any]
"""Rows and warnings of one file as JSON data, without the file's name: equal files share it."""

_KINDS = {kind.value: kind for kind in Kind}
_SEVERITIES = {severity.value: severity for severity in Severity}
_PLAIN = Annotations()


class Row(NamedTuple):
    """A resource in short, and the addresses its document refers to."""

    entry: Entry
    requires: tuple[Address, ...]


class Content(NamedTuple):
    """What one file without errors says, in the order of its documents; `issues` are warnings.

    `digest` is equal exactly when two files say the same in every byte, "" where that is not known; `meaning` is what
    the function of that name gives, "" for a file that was not packed.
    """

    rows: tuple[Row, ...]
    issues: tuple[Issue, ...]
    digest: str = ""
    meaning: str = ""


class Kept(NamedTuple):
    """What one file without errors says, still packed: the digest of its bytes, its meaning, and `Packed` as JSON.

    The meaning is that of `meaning`.
    """

    digest: str
    meaning: str
    text: str


class Unpacker:
    """Makes contents of packed ones; what many rows refer to is made once."""

    __slots__ = ("_requires",)

    def __init__(self) -> None:
        self._requires: dict[str, tuple[Address, ...]] = {}

    def contents(self, kept: Sequence[tuple[str, Kept]]) -> Iterator[Content | None]:
        """Unpack what these files say, in one go; None for each that is not what `pack` and `text` make."""
        packed = _json(f"[{','.join([one.text for _, one in kept])}]")
        if not isinstance(packed, list) or len(packed) != len(kept):
            packed = [_json(one.text) for _, one in kept]
        for (file, one), data in zip(kept, packed, strict=True):
            yield self._content(data, file, one)

    def _content(self, packed: Packed, file: str, one: Kept) -> Content | None:
        try:
            rows, issues = packed
            return Content(
                tuple([self._row(row, file) for row in rows]),
                tuple([_issue(issue, file) for issue in issues]) if issues else (),
                one.digest,
                one.meaning,
            )
        except (ValueError, TypeError, LookupError, AttributeError):
            return None

    def _row(self, packed: Any, file: str) -> Row:
        kind, space, ref, name, digest, line, column, managed, delete, retired, said, requires = packed
        entry = Entry(
            Address(_KINDS[kind], space, ref),
            name,
            digest,
            None,
            None,
            Location(file, line, column),
            managed,
            delete,
            retired,
            Annotations(*said) if said else _PLAIN,
        )
        found = self._requires.get(requires)
        if found is None:
            parts = [each.split() for each in requires.splitlines()]
            found = tuple([Address(_KINDS[kind], space, ref) for kind, space, ref in parts])
            self._requires[requires] = found
        return Row(entry, found)


def kept(body: bytes, digest: str) -> Kept | None:
    """Take what is remembered of a file of these bytes; None for anything but what `pack` and `canonical` make."""
    try:
        text = body.decode("utf-8", "surrogatepass")
        return Kept(digest, meaning(json.loads(text)), text)
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def meaning(packed: Packed) -> str:
    """Give a digest, equal when two files say the same of the same resources; "" for a file that has warnings.

    Where in the file they stand has no part in it, nor have annotations: of a resource that stays as it is neither is
    shown. Raises ValueError, TypeError or LookupError for what `pack` does not make.
    """
    rows, issues = packed
    if issues:
        return ""
    told = []
    for kind, space, ref, name, digest, _line, _column, managed, delete, retired, _said, requires in rows:
        told.append([kind, space, ref, name, digest, managed, delete, retired, requires])
    return digest_of(canonical(told))


def pack(rows: Iterable[Row], issues: Iterable[Issue]) -> Packed:
    """Pack the rows and warnings of one file."""
    return [[_packed_row(row) for row in rows], [_packed_issue(issue) for issue in issues]]


def _packed_row(row: Row) -> Packed:
    entry = row.entry
    address, place, said = entry.address, entry.location or Location(""), entry.annotations
    return [
        address.kind.value,
        address.space,
        address.ref,
        entry.name,
        entry.digest,
        place.line,
        place.column,
        entry.managed,
        entry.delete,
        entry.retired,
        [said.owner, said.note, said.ticket] if said != _PLAIN else None,
        "\n".join([f"{one.kind.value} {one.space} {one.ref}" for one in row.requires]),  # a ref holds no white space
    ]


def _packed_issue(issue: Issue) -> Packed:
    said, hint, place = issue.message, issue.hint, issue.location
    return [
        issue.severity.value,
        issue.rule,
        [said.id, [list(arg) for arg in said.args]],
        [place.line, place.column],
        [hint.id, [list(arg) for arg in hint.args]] if hint else None,
        issue.excerpt,
    ]


def _issue(packed: Packed, file: str) -> Issue:
    severity, rule, said, (line, column), hint, excerpt = packed
    place = Location(file, line, column)
    return Issue(_SEVERITIES[severity], rule, _message(said), place, _message(hint) if hint else None, excerpt)


def _message(packed: Packed) -> Message:
    id, args = packed
    return Message(id, tuple([(name, value) for name, value in args]))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
