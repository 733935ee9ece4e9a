"""A fault of reading before it has a line: an offset and a sentence. Made an `Issue` when the file is done."""

from __future__ import annotations

from dataclasses import dataclass

from ssops.domain.rules import RULES
from ssops.manifest.marks import Lines
from ssops.model import Issue, Location, Message

_SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at an offset of the text. The message's id is the rule's, or begins with it and a dot."""

    offset: int
    message: Message


def issue(said: Message, location: Location, excerpt: str) -> Issue:
    """Make an issue of a message and its place; its rule and its hint follow from the message's id."""
    rule = RULES[said.id.partition(".")[0]]
    return Issue(rule.severity, rule.id, said, location, Message(f"{said.id}.hint", said.args), excerpt)


def issues(faults: list[Fault], lines: Lines) -> list[Issue]:
    """Make issues of faults, in their order."""
    located = [(fault, lines.locate(fault.offset)) for fault in faults]
    return [issue(fault.message, location, lines.excerpt(location)) for fault, location in located]


def shown(text: str) -> str:
    """Cut a text of the file to what fits a message."""
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 3] + "..."
