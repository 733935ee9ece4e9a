"""One YAML document as plain JSON data, with the place of every value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ssops.manifest.marks import Marks
from ssops.model import Location, Path


@dataclass(frozen=True, slots=True)
class Document:
    """What one document of a file says. Nobody changes `data`: parts of it may be shared through aliases.

    `file` is relative to the folder of ssops.yaml, with `/`; `text` is the whole file's, without a byte order mark.
    """

    file: str
    data: Any
    text: str
    marks: Marks

    def locate(self, path: Path, *, of_key: bool = False) -> Location:
        """Give the place of the value at `path`, or of its key; of the nearest existing parent if there is none."""
        return self.marks.locate(self.data, path, of_key=of_key)

    def excerpt(self, location: Location) -> str:
        """Give the source line of a location, raw; a very long line is cut, or empty if the place is far along it."""
        return self.marks.lines.excerpt(location)
