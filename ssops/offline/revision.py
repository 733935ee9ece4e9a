"""The manifests of a git revision: the files that git lists, handed to the stage that reads manifests."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ssops.cache import Cache
from ssops.errors import Conflict, InvalidManifest
from ssops.git import repository
from ssops.git.blobs import Blobs
from ssops.git.repository import Base, Leaf, Repository
from ssops.manifest import base, files, policy
from ssops.manifest import config as settings
from ssops.manifest.config import Config
from ssops.manifest.load import Manifest
from ssops.manifest.tree import Tree
from ssops.model import Issue, Location, Resources, message


@dataclass(frozen=True, slots=True)
class Revision:
    """A branch, tag or commit as the user named it. `environ` is what git is found in and started with."""

    ref: str
    environ: Mapping[str, str] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """The base of a comparison with `ref`, read from one clone. `blobs` stays open as long as specs are read."""

    config: Config
    cache: Cache | None
    ref: str
    around: Repository
    found: Base
    blobs: Blobs

    def resources(self, beside: Manifest) -> tuple[Resources, tuple[Issue, ...]]:
        """Give the resources of the base, and warnings about it. `beside` is the work tree's manifest, with contents.

        Raises InvalidManifest with the faults of both sides, those of the base in files `REF:path`; Conflict for a base
        of another organization and for one that this clone does not have.
        """
        try:
            found = self._tree(self._listed())
        except InvalidManifest as fault:
            raise self._refused(beside, fault.issues) from fault
        resources, errors = base.load(
            found.blobs,
            self.blobs.read,
            known=beside.contents,
            borrowed=[path for one in found.submodules for path in beside.contents if path.startswith(f"{one}/")],
            team=policy.read(self.config),
            cache=self.cache,
            place=os.fspath(self.config.root),
        )
        if errors or found.issues or any(map(policy.stops, beside.issues)):
            raise self._refused(beside, (*found.issues, *errors))
        return resources, tuple(self._notes(found))

    def _listed(self) -> tuple[str, ...]:
        """Give the files and folders that the base's ssops.yaml names, or today's where it has none."""
        name = self.config.file
        found = Tree(self._leaves([name]), self._target)
        if found.has_links:
            found = Tree(self._leaves(["."]), self._target)
        oid = found.file(name)
        if oid is None:
            return self.config.manifests
        organization, listed = settings.listed(self._bytes(oid), name, self.cache)
        if organization != self.config.organization:
            said = message("git.foreign", ref=self.ref, theirs=organization, ours=self.config.organization)
            raise Conflict("base_foreign", said, message("git.foreign.hint"))
        return listed

    def _tree(self, listed: Sequence[str]) -> Tree:
        """Find the base's manifests; where a link may lead to a file that is not below them, among all files."""
        inside = [path for path in map(os.path.normpath, listed) if path != ".." and not path.startswith(("../", "/"))]
        found = Tree(self._leaves(inside) if inside else [], self._target)
        if found.has_links or not all(map(found.has, inside)):
            found = Tree(self._leaves(["."]), self._target)
        found.find(listed)
        return found

    def _leaves(self, paths: Sequence[str]) -> list[Leaf]:
        return repository.leaves(self.around, self.found.commit, paths)

    def _target(self, oid: str) -> bytes:
        return self._bytes(oid)

    def _bytes(self, oid: str) -> bytes:
        return next(self.blobs.read([oid])).data

    def _refused(self, beside: Manifest, issues: Sequence[Issue]) -> InvalidManifest:
        ours = [issue for issue in beside.issues if policy.stops(issue)]
        if not issues:
            return InvalidManifest(beside.issues)
        theirs = [replace(issue, location=self._shown(issue.location)) for issue in issues]
        return InvalidManifest((*ours, *theirs), message("git.faulty_base.hint", ref=self.ref))

    def _shown(self, place: Location) -> Location:
        return place._replace(file=f"{self.ref}:{place.file}")

    def _notes(self, found: Tree) -> Iterator[Issue]:
        place = Location(self.config.file)
        if self.found.has_moved:
            yield files.issue("base-moved", place, ref=self.ref, commit=self.found.commit)
        for path in found.submodules:
            yield files.issue("base-submodule", place, path=path, ref=self.ref)
