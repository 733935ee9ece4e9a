"""What the reports for other tools share: texts of a fault, its place in the repository, and what it is known by."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from ssops.messages import say
from ssops.model import Issue, Severity
from ssops.render.escape import visible
from ssops.render.words import sentence

_LINE_NUMBER = re.compile(r":[0-9]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue as other tools are told of it. Hidden characters of its texts are visible; `path` is as it is.

    `path` is relative to the root of the repository, with `/`. `fingerprint` is unique in a run and stays the same
    while other lines of the file change.
    """

    path: str
    line: int
    column: int
    severity: Severity
    rule: str
    message: str
    hint: str
    fingerprint: str

    @property
    def place(self) -> str:
        """The place as `file:line:column`."""
        return f"{visible(self.path)}:{self.line}:{self.column}"


def findings(issues: Iterable[Issue], *, folder: str = "") -> tuple[Finding, ...]:
    """Make the findings of issues, in their order; `folder` is that of ssops.yaml, from the root of the repository."""
    seen: Counter[str] = Counter()
    return tuple(_finding(issue, located(issue.location.file, folder), seen) for issue in issues)


def located(file: str, folder: str) -> str:
    """Give a file's path from the root of the repository."""
    return posixpath.normpath(posixpath.join(folder, file))


def _finding(issue: Issue, path: str, seen: Counter[str]) -> Finding:
    return Finding(
        path=path,
        line=issue.location.line,
        column=issue.location.column,
        severity=issue.severity,
        rule=issue.rule,
        message=visible(say(issue.message)),
        hint=visible(say(issue.hint)) if issue.hint else "",
        fingerprint=_fingerprint(issue, path, seen),
    )


def _fingerprint(issue: Issue, path: str, seen: Counter[str]) -> str:
    """Name a fault by what is wrong, not by where: no line, no count, none of the text around it.

    Those that nothing else tells apart are numbered in reading order.
    """
    names = [[name, _LINE_NUMBER.sub("", text)] for name, text in issue.message.args if isinstance(text, str)]
    known_by = json.dumps([path, issue.rule, issue.message.id, names])
    seen[known_by] += 1
    return sha256(f"{known_by}{seen[known_by]}".encode()).hexdigest()


def both(finding: Finding) -> str:
    """Say on one line what is wrong and what to do."""
    if not finding.hint:
        return finding.message
    return sentence("findings.both", message=finding.message, hint=finding.hint)
