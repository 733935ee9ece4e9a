"""The team's own JSON Schemas (`policy: schemas` in ssops.yaml): which files they are, and what they say of a document.

They judge a document as it is written, after ssops itself found no schema fault in it. A document that breaks one is
still a resource: the plan is shown whole, and is blocked.
"""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssops.cache import Cache
from ssops.canonical import canonical, digest_of
from ssops.domain.rules import POLICY_SCHEMA
from ssops.manifest import files
from ssops.manifest.config import Config
from ssops.model import Issue, Location, Severity

if TYPE_CHECKING:
    from ssops.manifest.document import Document
    from ssops.manifest.team import Judge

_NAMESPACE = "policy"
_SOUND = b"sound"


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """One schema file. `path` is relative to the folder of ssops.yaml, with `/`."""

    path: str
    data: bytes


class Policy:
    """The schemas of one run, compiled when the first document needs them.

    `digest` changes with every byte of them and is empty where there are none; `issues` are faults of the files.
    """

    def __init__(self, found: tuple[SchemaFile, ...] = (), issues: tuple[Issue, ...] = ()) -> None:
        self.digest = digest_of(canonical([[one.path, digest_of(one.data)] for one in found])) if found else ""
        self.issues = issues
        self._found = found
        self._judges: tuple[Judge, ...] | None = None

    def check(self, cache: Cache | None) -> None:
        """Find out whether every file is a schema that can be used, where no earlier run has; `issues` learns it."""
        if not self._found or (cache and cache.get(_NAMESPACE, self.digest) == _SOUND):
            return
        self._compiled()
        if cache and not self.issues:
            cache.put(_NAMESPACE, self.digest, _SOUND)

    def judge(self, document: Document, kind: str) -> tuple[Issue, ...]:
        """Give what the schemas for this kind say of a document, sorted by place. Rule policy-schema."""
        if not self._found:
            return ()
        found = {issue: None for judge in self._compiled() if kind in judge.kinds for issue in judge.issues(document)}
        return tuple(sorted(found, key=lambda issue: (issue.location, issue.message.args)))

    def _compiled(self) -> tuple[Judge, ...]:
        if self._judges is None:
            from ssops.manifest import team

            made = [team.compile(one.path, one.data) for one in self._found]
            self._judges = tuple(judge for judge, _ in made if judge)
            self.issues += tuple(issue for _, issues in made for issue in issues)
        return self._judges


def is_breach(issue: Issue) -> bool:
    """Tell a fault that the team's schemas found in a document from one that keeps ssops from reading it."""
    return issue.rule == POLICY_SCHEMA


def stops(issue: Issue) -> bool:
    """Tell an issue that lets no plan be made."""
    return issue.severity is Severity.ERROR and not is_breach(issue)


def read(config: Config) -> Policy:
    """Read the schema files that ssops.yaml names, each once. Rule policy-schema-file may speak; nothing is raised."""
    found: dict[str, SchemaFile] = {}
    issues: list[Issue] = []
    for index, pattern in enumerate(config.policy_schemas):
        paths = sorted(glob.glob(pattern, root_dir=config.root))  # noqa: PTH207 - leaves names with a leading dot out
        if not paths:
            issues.append(_named(config, index, "none", pattern))
        for path in paths:
            made = _read(config, index, path)
            if isinstance(made, Issue):
                issues.append(made)
            else:
                found[made.path] = made
    return Policy(tuple(found[path] for path in sorted(found)), tuple(dict.fromkeys(issues)))


def _read(config: Config, index: int, path: str) -> SchemaFile | Issue:
    shown = os.path.normpath(path).replace(os.sep, "/")
    if not files.is_inside(config.root, path):
        return _named(config, index, "outside", shown)
    try:
        data = files.read(config.root, path)
    except OSError as error:
        return files.unreadable(shown, error)
    if len(data) > files.BYTES_MAX:
        return files.issue("policy-schema-file.bytes", Location(shown), size=len(data), most=files.BYTES_MAX)
    return SchemaFile(shown, data)


def _named(config: Config, index: int, variant: str, path: str) -> Issue:
    """Report a path where ssops.yaml names it."""
    from ssops.manifest import reader

    place, excerpt = Location(config.file), ""
    for document in reader.read(files.read(config.root, config.file), config.file)[0][:1]:
        place = document.locate(("policy", "schemas", index))
        excerpt = document.excerpt(place)
    return files.issue(f"policy-schema-file.{variant}", place, excerpt, path=path)
