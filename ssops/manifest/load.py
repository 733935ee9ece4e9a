"""All files -> all resources and every fault: from the cache where it knows a file's bytes, else read and checked."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ssops.cache import Cache
from ssops.canonical import digest_of
from ssops.manifest import files, policy
from ssops.manifest.collector import without_collector
from ssops.manifest.config import Config
from ssops.manifest.files import RACY_NS, Folder
from ssops.manifest.policy import Policy
from ssops.model import Issue, Location, Resources

if TYPE_CHECKING:
    from ssops.manifest.loading import Loading
    from ssops.manifest.rows import Content


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything the manifests say. `issues` are errors and warnings, sorted by place; `files` is how many were found.

    A document with errors gives no resource, unless they are only those of the team's schemas, whose digest is
    `schemas`. Of two documents with one address the first in reading order counts. `checked` are the files whose
    issues were asked for, in reading order. `contents` is what each file says, by path, where that was asked for.
    """

    resources: Resources
    issues: tuple[Issue, ...]
    files: int
    schemas: str = ""
    checked: tuple[str, ...] = ()
    contents: Mapping[str, Content] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """The files that the manifests are, before any of them is read, and the team's schemas; looked for at `began_ns`.

    `fingerprint` stays the same exactly while nobody touches, adds or removes one; None where that cannot be told,
    because one was changed a moment ago and may change once more in the same tick of the file system's clock.
    """

    folders: tuple[Folder, ...]
    issues: tuple[Issue, ...]
    fingerprint: str | None
    policy: Policy
    began_ns: int


@dataclass(frozen=True, slots=True)
class Looked:
    """The files with what each of them says, not yet compared with one another.

    `meaning` stays the same while they say the same of the same resources, whoever touches them; None where something
    else is to be said, such as a warning, or it cannot be told.
    """

    found: Found
    loading: Loading
    meaning: str | None


def find(config: Config, *, now_ns: Callable[[], int] = time.time_ns) -> Found:
    """Find the files and what the file system says of them."""
    began_ns = now_ns()
    with without_collector():
        folders, issues = files.find(config.root, config.manifests)
        team = policy.read(config)
        every = [file for folder in folders for file in folder.files]
        is_settled = max((file.changed_ns for file in every), default=0) + RACY_NS < began_ns
        fingerprint = None
        if is_settled and not issues and not team.issues:
            text = "\0".join([team.digest, *(file.path for file in every), *(file.stamp for file in every)])
            fingerprint = digest_of(text.encode("utf-8", "surrogatepass"))
    return Found(folders, issues, fingerprint, team, began_ns)


def look(config: Config, cache: Cache | None, found: Found, contents: dict[str, Content] | None = None) -> Looked:
    """Find out what each file says, by reading those of which that is not known; `contents` learns it, by path."""
    from ssops.manifest.loading import Loading  # the checks only where a file was touched

    team = found.policy
    team.check(cache)
    loading = Loading(cache, team, partial(files.read, config.root), contents)
    with without_collector():
        for folder in found.folders:
            loading.look(config.root, folder, found.began_ns)
    return Looked(found, loading, None if found.issues or team.issues else loading.meaning)


def load(
    config: Config,
    cache: Cache | None,
    only: tuple[Path, ...] = (),
    *,
    looked: Looked | None = None,
    with_contents: bool = False,
    now_ns: Callable[[], int] = time.time_ns,
) -> Manifest:
    """Read and check every manifest. Faults are in the result; nothing a file holds is raised.

    `only` limits whose issues are given: all files are read, so that references between them resolve. `looked` is what
    the files say where that is known already.
    """
    contents: dict[str, Content] = {}
    if looked is None:
        looked = look(config, cache, find(config, now_ns=now_ns), contents if with_contents else None)
    folders, issues, loading, team = looked.found.folders, looked.found.issues, looked.loading, looked.found.policy
    with without_collector():
        entries, between = loading.joined(is_complete=not issues)
    checked = tuple(file.path for folder in folders for file in folder.files)
    issues = (*issues, *loading.issues, *between)
    if not checked and not issues:
        issues = (files.issue("file-none", Location(config.file), listed=", ".join(config.manifests) or "-"),)
    if only:
        wanted = [os.path.relpath(os.path.realpath(path), config.root).replace(os.sep, "/") for path in only]
        issues = tuple(_limited(issues, checked, config, wanted))
    issues = tuple(sorted((*issues, *team.issues), key=_by_place))
    asked = tuple(file for file in checked if any(_is_at(file, path) for path in wanted)) if only else checked
    return Manifest(Resources(entries, loading.specs.load), issues, len(checked), team.digest, asked, contents)


def _limited(issues: Iterable[Issue], checked: Iterable[str], config: Config, wanted: Iterable[str]) -> Iterator[Issue]:
    """Give the issues of the named files and folders, and one for each name that stands for no manifest."""
    known = {*checked, *(issue.location.file for issue in issues)}
    for path in wanted:
        if path not in (".", config.file) and not any(_is_at(file, path) for file in known):
            listed = ", ".join(config.manifests) or "-"
            yield files.issue("file-not-listed", Location(path), path=path, listed=listed)
    for issue in issues:
        if any(_is_at(issue.location.file, path) for path in wanted):
            yield issue


def _is_at(file: str, path: str) -> bool:
    return path == "." or file == path or file.startswith(f"{path}/")


def _by_place(issue: Issue) -> tuple[Location, str, str, tuple[tuple[str, str | int], ...]]:
    return issue.location, issue.rule, issue.message.id, issue.message.args
