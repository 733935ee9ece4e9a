"""Keep one comment on a pull or merge request in step with its plan.

The comment is known by a hidden first line and by who wrote it: a line can be copied by anybody, and a comment of
somebody else could be edited by them after it was checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, Protocol

from ssops.messages import say
from ssops.model import Json, Plan, Verdict, message

BUDGET = 65_536
"""Characters of the longest comment: GitHub takes no more, and nobody reads more on GitLab."""

KEY = re.compile(r"[A-Za-z0-9](?:[._-]?[A-Za-z0-9]){0,99}")
"""A key as it may stand in a hidden line: two hyphens would end it in older Markdown."""

_COMMAND = re.compile(r"^([ \t>]*)/(?=\w)", re.MULTILINE)

Body = Callable[[int], str]
"""Writes the plan as Markdown in at most so many characters."""


class Comment(NamedTuple):
    """One comment as the platform has it; `is_ours` when it was written by whom the token stands for."""

    id: int
    body: str
    is_ours: bool


class Calls(Protocol):
    """What a platform is asked with. Implementers raise SsopsError for every answer that is none."""

    def rows(self, path: str) -> Iterator[Json]:
        """Give the members of a list, all pages of it."""
        ...

    def read(self, path: str) -> Json:
        """Read one object."""
        ...

    def find(self, path: str) -> Json | None:
        """Read one object; None where the token may not see it."""
        ...

    def write(self, method: str, path: str, body: Json) -> Json:
        """Create or replace one object and give it as it is then."""
        ...


class Forge(Protocol):
    """The comments of one pull or merge request."""

    def comments(self) -> Iterable[Comment]:
        """Give all of them, in any order."""
        ...

    def create(self, body: str) -> Comment:
        """Write a new one."""
        ...

    def update(self, id: int, body: str) -> None:
        """Replace the text of one."""
        ...


class Done(StrEnum):
    """What became of the comment."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    NONE = "none"  # nothing to say, and nothing had been said


@dataclass(frozen=True, slots=True)
class Published:
    """What was done. `superseded` counts older doubles that now point to the comment, `foreign` copies by others."""

    done: Done
    id: int | None = None
    superseded: int = 0
    foreign: int = 0


def key_of(plan: Plan) -> str:
    """Give the key of a plan's comment where nobody named one: its organization, else a digest of it."""
    name = plan.organization
    return name if KEY.fullmatch(name) else sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def publish(forge: Forge, plan: Plan, body: Body, *, key: str) -> Published:
    """Create or update the comment of `key`. An empty plan makes no comment; one that became empty says so."""
    marker = f"<!-- ssops-plan:{key} -->"
    found = [each for each in sorted(forge.comments()) if each.body.lstrip().startswith(marker)]
    ours = [each for each in found if each.is_ours]
    foreign = len(found) - len(ours)
    is_empty = plan.verdict is Verdict.NO_CHANGES
    if not ours and is_empty:
        return Published(Done.NONE, foreign=foreign)
    head = f"{marker}\n<!-- ssops-digest:{plan.digest} -->\n\n"
    if is_empty:
        head += say(message("ci.body.emptied")) + "\n\n"
    text = head + _fitted(body, BUDGET - len(head))
    if not ours:
        return Published(Done.CREATED, forge.create(text).id, foreign=foreign)
    done = _renew(forge, ours[0], text)
    old = f"{marker}\n\n" + say(message("ci.body.superseded")) + "\n"
    superseded = [_renew(forge, each, old) for each in ours[1:]]
    return Published(done, ours[0].id, superseded.count(Done.UPDATED), foreign)


def _renew(forge: Forge, comment: Comment, text: str) -> Done:
    """Replace a text, unless it stands there already: an update would only call people."""
    if comment.body.replace("\r\n", "\n").strip() == text.strip():
        return Done.UNCHANGED
    forge.update(comment.id, text)
    return Done.UPDATED


def _fitted(body: Body, room: int) -> str:
    text = body(room)
    longer = len(_tame(text)) - len(text)
    return _tame(body(room - longer) if longer else text)


def _tame(text: str) -> str:
    """Leave no line that GitLab would carry out, such as `/merge`; what stands in a plan is never a command."""
    return _COMMAND.sub(r"\1&#47;", text)
