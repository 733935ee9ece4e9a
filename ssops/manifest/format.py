"""Put a YAML file into canonical form: same data, same comments, one way to write them.

Not by a library that writes YAML: those we know move or lose comments, and are a hundred times slower than libyaml.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from ssops.canonical import canonical
from ssops.errors import SsopsError
from ssops.manifest import key_order, reader, schema, written
from ssops.manifest.document import Document
from ssops.manifest.layout import Page
from ssops.model import Issue, message


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file before and after. With `issues` it was left as it is; `file` is what locations name."""

    file: str
    before: bytes
    after: bytes
    issues: tuple[Issue, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the file was not in canonical form."""
        return self.before != self.after


def rewrite(data: bytes, file: str, *, is_config: bool | None = None) -> Formatted:
    """Give a file in canonical form, or with the faults of YAML and schema that keep it from being read.

    `is_config` tells ssops.yaml from manifests; None: go by what it says. Raises SsopsError where the form would say
    something else than the file.
    """
    documents, issues = reader.read(data, file)
    kinds: list[str] = []
    for document in documents:
        kind, found = _kind(document, is_config)
        kinds += [kind] if kind else []
        issues += found
    if issues:
        return Formatted(file, data, data, issues)
    after = _canonical(data.removeprefix(codecs.BOM_UTF8).decode().replace("\r\n", "\n"), kinds).encode()
    if _says(reader.read(after, file)[0]) != _says(documents):
        raise SsopsError("format_unsafe", message("format.unsafe", file=file), message("format.unsafe.hint"))
    return Formatted(file, data, after)


def _kind(document: Document, is_config: bool | None) -> tuple[str | None, tuple[Issue, ...]]:
    data = document.data
    if is_config or (is_config is None and isinstance(data, dict) and "organization" in data and "kind" not in data):
        return "config", schema.check(document, "config")
    kind, issues = schema.kind_of(document)
    return kind, issues or (schema.check(document, kind) if kind else ())


def _canonical(text: str, kinds: list[str]) -> str:
    documents, rest = written.parse(text)
    page = Page()
    for document, kind in zip(documents, kinds, strict=True):
        page.remarks(document.lines)
        page.document(document.root if document.is_tied else key_order.sort(document.root, key_order.of(kind)))
    page.remarks(written.without_last_blanks(rest))
    return page.text()


def _says(documents: tuple[Document, ...]) -> bytes:
    """Give what documents say, byte by byte: Python holds that 1, 1.0 and True are equal."""
    return canonical([document.data for document in documents])
