"""Read the documents of one YAML file: strict, bounded, one pass; faults come back as issues, nothing is raised."""

from __future__ import annotations

import codecs
import re
from typing import Any

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import DocumentStartEvent, ScalarEvent, StreamEndEvent

from ssops.manifest import syntax
from ssops.manifest.builder import Builder, Stop
from ssops.manifest.characters import forbidden
from ssops.manifest.document import Document
from ssops.manifest.faults import Fault, issue, issues
from ssops.manifest.marks import Lines, Marks
from ssops.model import Issue, Location, Message, message

MAX_BYTES = 4 * 1024 * 1024
MAX_DOCUMENTS = 10_000

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# libyaml compares each %TAG line with all before it: 4 MiB of them would take minutes.
_TAG_LINE = re.compile(r"^%TAG", re.MULTILINE)


def read(data: bytes, file: str) -> tuple[tuple[Document, ...], tuple[Issue, ...]]:
    """Give the documents of a file and the faults found, both in order of place; never raises.

    A document with a fault is left out, the others come; after a syntax error nothing does. Empty documents are
    skipped. `file` is what locations name. Issues: the rules of `domain.rules.YAML`.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    refused = _refused_bytes(data)
    if refused is not None:
        return (), (_at_start(file, refused),)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return (), (_not_utf8(data, error.start, file),)
    lines = Lines(file, text)
    faults: list[Fault] = [*forbidden(text)]
    if "%TAG" in text and (directive := _TAG_LINE.search(text)):
        faults.append(Fault(directive.start(), message("yaml-tag.directive")))
    documents: tuple[Document, ...] = ()
    if not faults:
        documents, faults = _documents(CParser(data), lines)
    return documents, tuple(sorted(issues(faults, lines), key=lambda found: found.location))


def _documents(parser: Any, lines: Lines) -> tuple[tuple[Document, ...], list[Fault]]:
    builder = Builder(parser, lines)
    documents: list[Document] = []
    started = 0
    try:
        while (kind := type(event := parser.get_event())) is not StreamEndEvent:
            if kind is not DocumentStartEvent:
                continue
            started += 1
            if started > MAX_DOCUMENTS:
                builder.stop(event.start_mark.index, message("yaml-limit.documents", most=MAX_DOCUMENTS))
            first, known_faults = parser.get_event(), len(builder.faults)
            data, offsets = builder.document(first)
            if len(builder.faults) == known_faults and not _is_empty(first):
                documents.append(Document(lines.file, data, lines.text, Marks(offsets, lines)))
    except Stop:
        pass
    except YAMLError as error:
        builder.faults.append(syntax.fault(error, lines.text))
    return tuple(documents), builder.faults


def _is_empty(event: Any) -> bool:
    """Tell a document with nothing in it from one that says `null`."""
    return type(event) is ScalarEvent and not event.value and not event.style and event.anchor is None


def _refused_bytes(data: bytes) -> Message | None:
    if len(data) > MAX_BYTES:
        return message("yaml-limit.bytes", size=len(data), most=MAX_BYTES)
    if data.startswith(_WIDE_MARKS):
        return message("yaml-encoding.wide")
    if b"\0" in data:
        return message("yaml-encoding.binary")
    return None


def _at_start(file: str, said: Message) -> Issue:
    return issue(said, Location(file), "")


def _not_utf8(data: bytes, offset: int, file: str) -> Issue:
    lines = Lines(file, data.decode(errors="replace"))
    location = lines.locate(len(data[:offset].decode(errors="replace")))
    return issue(message("yaml-encoding", byte=f"0x{data[offset]:02X}"), location, lines.excerpt(location))
