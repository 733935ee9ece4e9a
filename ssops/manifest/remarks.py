"""What stands between the values of a YAML file and says nothing to a reader: comments, blank lines, markers."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKER = re.compile(r"(?:---|\.\.\.)(?=\s|$)")


class Remark(NamedTuple):
    """A comment, a blank line (no text) or a marker between documents, with the column it begins in, from 0.

    `is_beside`: it follows something on its line and may be about that.
    """

    text: str
    column: int = 0
    is_beside: bool = False

    @property
    def is_marker(self) -> bool:
        """Whether it is `---`, `...` or a directive, with the comment behind it."""
        return bool(self.text) and not self.text.startswith("#")


def between(text: str, start: int, end: int) -> list[Remark]:
    """Give the remarks from the end of one value to the start of the next, or of the file, in order.

    All else in between is signs (`-`, `:`, `,`, anchors), so a hash begins a comment.
    """
    lines = text[start:end].split("\n")
    found = []
    for number, line in enumerate(lines):
        is_beside = number == 0 and start > 0
        sign, hash, comment = line.partition("#")
        if not is_beside and line.startswith("%"):
            found.append(Remark(line.rstrip()))
        elif not is_beside and (marker := _MARKER.match(line)):
            found.append(Remark(f"{marker[0]}  {hash}{comment}".rstrip()))
        elif hash:
            found.append(Remark(f"{hash}{comment}".rstrip(), len(sign), is_beside))
        elif not is_beside and not sign.strip() and number < len(lines) - 1:
            found.append(Remark(""))
    return found
