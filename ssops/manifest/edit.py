"""Edits of a manifest's text: one value set or removed, and every other line, comment and blank line left as it is.

A scalar is replaced where it stands, in the quotes it had where they can hold the new text. A missing field comes in at
the place and in the form that `ssops fmt` would give it, indented as the file is; missing parents come with it. A list
or mapping that is set is compared with what is there, and only its differing members are touched. What is removed
takes along the comments that belong to it (`manifest.block`); what is emptied becomes `{}` or `[]`, because an absent
field may say something else. An item of a list that says something else is another item: the comment beside the old
one goes with it. A binding of `access` stays the same as long as its role does.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ssops.canonical import canonical
from ssops.errors import Conflict, InvalidManifest, SsopsError
from ssops.manifest import key_order, reader, reconcile, schema, spans
from ssops.manifest.build import address_of
from ssops.manifest.characters import forbidden
from ssops.manifest.document import Document
from ssops.manifest.faults import shown
from ssops.manifest.hand import Hand
from ssops.manifest.key_order import KeyOrder
from ssops.manifest.marks import Lines
from ssops.manifest.reconcile import Shared
from ssops.manifest.splice import Splices
from ssops.model import Address, Json, Path, message

Target = int | Address
"""A document of a file: its number from 0, empty ones not counted, or the address that it declares."""


@dataclass(frozen=True, slots=True)
class Put:
    """Set the value at a path; what is missing on the way is made. The index behind a list's last item appends one."""

    document: Target
    path: Path
    value: Json


@dataclass(frozen=True, slots=True)
class Remove:
    """Take the value at a path out, with its key. A path that leads nowhere asks for nothing."""

    document: Target
    path: Path


Edit = Put | Remove


def apply(data: bytes, file: str, edits: Sequence[Edit]) -> bytes:
    """Give a file with its documents edited, each edit on what the ones before it left.

    `file` is what faults name. Line ends, byte order mark and a missing last line end stay. The result was read again
    and says exactly what was asked for.

    Raises InvalidManifest for a file that cannot be read, Conflict (`manifest_moved`) where it has no such document,
    SsopsError for what cannot be written there: `edit_shared` where an anchor, alias or merge key has a hand in the
    value, `edit_character`, `edit_unsafe`. Raises TypeError and IndexError for a path through a scalar or beyond a
    list.
    """
    documents, issues = reader.read(data, file)
    if issues:
        raise InvalidManifest(issues)
    before = [document.data for document in documents]
    after = list(before)
    numbers = _numbers(documents)
    for edit in edits:
        if edit.document not in numbers:
            raise Conflict("manifest_moved", message("manifest.moved", file=file), message("manifest.moved.hint"))
        number = numbers[edit.document]
        after[number] = _edited(after[number], edit)
    if canonical(before) == canonical(after):
        return data
    check_characters(edit.value for edit in edits if isinstance(edit, Put))
    return _Attempt(data, file, before, after).made()


def check_characters(values: Iterable[Json]) -> None:
    """Refuse values that no manifest can hold. Raises SsopsError (`edit_character`) with the first such character."""
    for text in _texts(list(values)):
        fault = next(iter(forbidden(text)), None)
        at = fault.offset if fault else next((at for at, each in enumerate(text) if "\ud800" <= each <= "\udfff"), -1)
        if at >= 0:
            near = shown("".join(each if each.isprintable() else "?" for each in text))
            said = message("edit.character", code=f"{ord(text[at]):04X}", text=near)
            raise SsopsError("edit_character", said, message("edit.character.hint"))


class _Attempt:
    """One file on its way from `before` to `after`, the data of all its documents."""

    def __init__(self, data: bytes, file: str, before: Sequence[Json], after: Sequence[Json]) -> None:
        self._mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        text = data.removeprefix(codecs.BOM_UTF8).decode()
        self._has_crlf = "\r\n" in text and text.count("\n") == text.count("\r\n")
        if self._has_crlf:
            text = text.replace("\r\n", "\n")
        self._is_open = not text.endswith("\n")
        self._text = f"{text}\n" if self._is_open else text
        self._file = file
        self._before = before
        self._after = after

    def made(self) -> bytes:
        """Give the edited file. Where the writer's own hand would change more, new texts come in JSON's quotes."""
        roots = spans.read(self._text)
        for hand in (Hand(), Hand(is_quoted=True)):
            splices = Splices(self._text)
            try:
                changes = [
                    reconcile.change(splices, hand, root, before, after, _order(before))
                    for root, before, after in zip(roots, self._before, self._after, strict=True)
                ]
            except Shared as shared:
                raise self._fault("edit.shared", shared.path, shared.offset) from None
            data = self._encoded(splices.made())
            documents, issues = reader.read(data, self._file)
            if not issues and canonical([each.data for each in documents]) == canonical(self._after):
                return data
        anchored = [place for change in changes for place in change.anchored]
        touched = [place for change in changes for place in change.touched]
        raise self._fault("edit.shared" if anchored else "edit.unsafe", *(anchored or touched)[0])

    def _encoded(self, text: str) -> bytes:
        if self._is_open:
            text = text.removesuffix("\n")
        if self._has_crlf:
            text = text.replace("\n", "\r\n")
        return self._mark + text.encode()

    def _fault(self, sentence: str, path: Path, offset: int) -> SsopsError:
        line = Lines(self._file, self._text).locate(offset).line
        field = shown(".".join(map(str, path)))
        said = message(sentence, file=self._file, line=line, field=field)
        return SsopsError(sentence.replace(".", "_"), said, message(f"{sentence}.hint", file=self._file, line=line))


def _numbers(documents: Sequence[Document]) -> dict[Target, int]:
    """Give the number of each document by what may name it; of two with one address the first counts."""
    numbers: dict[Target, int] = {number: number for number in range(len(documents))}
    for number, document in enumerate(documents):
        if address := address_of(document.data):
            numbers.setdefault(address, number)
    return numbers


def _edited(data: Json, edit: Edit) -> Json:
    """Give data with an edit applied; what it does not touch is shared with the old."""
    if not edit.path:
        return edit.value if isinstance(edit, Put) else None
    step, rest = edit.path[0], replace(edit, path=edit.path[1:])
    if isinstance(data, list):
        return _edited_list(data, step, rest)
    if not isinstance(data, dict):
        raise TypeError(edit.path)
    if isinstance(edit, Put):
        return {**data, step: _edited(data.get(step, {}), rest)}
    if step not in data:
        return data
    if rest.path:
        return {**data, step: _edited(data[step], rest)}
    return {key: value for key, value in data.items() if key != step}


def _edited_list(data: list[Json], step: str | int, rest: Edit) -> list[Json]:
    if not isinstance(step, int):
        raise TypeError(step)
    is_new = step == len(data) and isinstance(rest, Put)
    if not is_new and not 0 <= step < len(data):
        raise IndexError(step)
    if isinstance(rest, Remove) and not rest.path:
        return [*data[:step], *data[step + 1 :]]
    return [*data[:step], _edited({} if is_new else data[step], rest), *data[step + 1 :]]


def _order(data: Json) -> KeyOrder:
    kind = data.get("kind") if isinstance(data, dict) else None
    return key_order.of(kind) if kind in schema.MANIFEST_KINDS else KeyOrder({}, {})


def _texts(data: Json) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(data, list):
        for item in data:
            yield from _texts(item)
