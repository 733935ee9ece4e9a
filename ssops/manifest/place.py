"""Finding an entry's document again, to place a fault between documents exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ssops.manifest.document import Document
from ssops.manifest.rules import Place, at_entry
from ssops.model import Entry, Location, Path


def places(documents: Callable[[str], Iterable[Document]]) -> Place:
    """Make a `Place` from what gives the documents of a file. It is asked only about entries with faults.

    An entry whose document is not there any more is placed as it was recorded.
    """

    def place(entry: Entry, path: Path, of_key: bool) -> tuple[Location, str]:
        for document in documents(entry.location.file) if entry.location else ():
            if document.locate(("ref",)) == entry.location:
                location = document.locate(path, of_key=of_key)
                return location, document.excerpt(location)
        return at_entry(entry, path, of_key)

    return place
