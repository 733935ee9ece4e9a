"""The repository around ssops.yaml: which commit a comparison starts from, and which files that commit has."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ssops.errors import Conflict, UsageFault
from ssops.git import process
from ssops.git.process import Git
from ssops.model import Message, message

_KNOWN_REFS = 2_000
"""Names among which a near miss is sought."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with a work tree. `prefix` is the folder of ssops.yaml from its top: empty, or ends with `/`."""

    git: Git
    prefix: str
    is_shallow: bool


@dataclass(frozen=True, slots=True)
class Base:
    """The commit to compare with. `has_moved`: the revision asked for has commits that HEAD does not have."""

    commit: str
    has_moved: bool


Leaf = tuple[str, str, str]
"""A file of a commit: path from the folder of ssops.yaml, mode as git writes it (`100644`), object id."""


def open(folder: Path, environ: Mapping[str, str]) -> Repository:
    """Find the repository around a folder. Raises UsageFault where there is none, or none with a work tree."""
    git = process.find(folder, environ)
    answer = git.ask("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
    if answer.code:
        said = message("git.no_repository", folder=str(folder), why=answer.why)
        raise UsageFault("no_repository", said, message("git.no_repository.hint"))
    is_inside, is_shallow, prefix = answer.out.split(b"\n", 2)  # a prefix may hold line breaks, so it comes last
    if is_inside != b"true":
        said = message("git.no_work_tree", folder=str(folder))
        raise UsageFault("no_work_tree", said, message("git.no_work_tree.hint"))
    return Repository(git, os.fsdecode(prefix.removesuffix(b"\n")), is_shallow == b"true")


def base(repository: Repository, ref: str) -> Base:
    """Find where HEAD and the revision part.

    Raises UsageFault for a revision that is not there or has nothing in common with HEAD, and where HEAD has no commit
    yet; Conflict (`base_missing`) where a shallow clone does not reach back to it.
    """
    tip = _commit(repository, ref)
    if tip is None:
        raise _unknown(repository, ref)
    answer = repository.git.ask("merge-base", tip, "HEAD")
    if answer.code == 0:
        commit = answer.out.split()[0].decode()
        return Base(commit, commit != tip)
    if _commit(repository, "HEAD") is None:
        raise UsageFault("no_commit", message("git.no_commit"), message("git.no_commit.hint"))
    if answer.code != 1:
        raise process.fault(answer.why)
    if repository.is_shallow:
        raise Conflict("base_missing", message("git.shallow", ref=ref), message("git.shallow.hint"))
    raise UsageFault("no_common_commit", message("git.unrelated", ref=ref), message("git.unrelated.hint"))


def leaves(repository: Repository, commit: str, paths: Sequence[str]) -> list[Leaf]:
    """List the files of a commit at or below these paths, sorted as git sorts; `.` is the folder of ssops.yaml."""
    prefix = repository.prefix
    asked = [prefix if path in ("", ".") else prefix + path for path in paths]
    wanted = [] if "" in asked else ["--", *asked]
    out = repository.git.told("ls-tree", "-r", "-z", "--full-tree", commit, *wanted)
    found: list[Leaf] = []
    start = len(prefix)
    for row in os.fsdecode(out).split("\0"):
        about, _, path = row.partition("\t")
        if path:
            mode, _, oid = about.split(" ", 2)
            found.append((path[start:], mode, oid))
    return found


def _commit(repository: Repository, ref: str) -> str | None:
    if not ref or ref.startswith("-") or not ref.isprintable():
        return None
    answer = repository.git.ask("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    found = answer.out.decode().strip()
    return None if answer.code or not found.isalnum() else found  # `^main` is answered, too, and excludes a commit


def _unknown(repository: Repository, ref: str) -> UsageFault:
    return UsageFault("unknown_revision", message("git.unknown_ref", ref=ref), _near(repository, ref))


def _near(repository: Repository, ref: str) -> Message:
    """Say what is probably meant: the branch of a remote, a near miss, or one that was not fetched."""
    answer = repository.git.ask("for-each-ref", f"--count={_KNOWN_REFS}", "--format=%(refname:lstrip=2)")
    known = os.fsdecode(answer.out).split()
    near = [name for name in known if name.endswith(f"/{ref}")]
    if repository.is_shallow and not near:
        return message("git.unknown_ref.shallow")
    near = near or get_close_matches(ref, known, n=1)
    return message("git.unknown_ref.near", near=near[0]) if near else message("git.unknown_ref.hint")
