"""A plan with nothing to do, remembered by all that it was made from: whoever changes nothing need not wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ssops.cache import Cache
from ssops.canonical import digest
from ssops.errors import Conflict
from ssops.manifest import load
from ssops.manifest.config import Config
from ssops.manifest.load import Found, Looked
from ssops.model import Plan
from ssops.plan import file
from ssops.providers.base import Reader
from ssops.state.base import StateStore

_NAMESPACE = "settled"


@dataclass(frozen=True, slots=True)
class Basis:
    """All that a plan depends on besides the manifests, as `name`; `versions` are those of the recorded state in it."""

    name: str
    versions: Mapping[str, str]


def basis(config: Config, store: StateStore, reader: Reader, spaces: tuple[str, ...]) -> Basis | None:
    """Give what a plan of these spaces depends on; None where some of it cannot be told."""
    revision = reader.revision()
    if revision is None:
        return None
    settings = [config.organization, config.manifests, config.max_changes, config.provider_name, dict(config.provider)]
    names = [name for name in store.names() if not spaces or name in spaces]
    versions = {name: version for name in names if (version := store.version(name))}
    return Basis(digest([str(config.root), settings, sorted(versions.items()), revision, spaces]), versions)


class Settled:
    """What earlier runs remember of a basis, and what this one does.

    `looked` is what `plan` found in the files, None as long as it did not have to look.
    """

    def __init__(self, config: Config, cache: Cache | None, basis: Basis | None) -> None:
        self.looked: Looked | None = None
        self._config = config
        self._cache = cache
        self._basis = basis

    def plan(self, found: Found) -> Plan | None:
        """Give the plan made of just this; None where there was none, or it had something to do.

        Where somebody touched a file, one with nothing to say is the same as long as all files still mean the same.
        """
        made = self._recalled(found.fingerprint)
        if made is None:
            self.looked = load.look(self._config, self._cache, found)
            made = self._recalled(self.looked.meaning)
            if made is not None:
                self._remember(found.fingerprint, made)
        return made

    def keep(self, plan: Plan, read: Mapping[str, str | None]) -> None:
        """Remember a plan with nothing to do, unless the state `read` for it has moved on from the basis meanwhile."""
        if plan.changes or self.looked is None or self._basis is None:
            return
        if read == {name: version for name, version in self._basis.versions.items() if name in plan.spaces}:
            self._remember(self.looked.found.fingerprint, plan)
            if not plan.issues:  # they name places, which are no part of the meaning
                self._remember(self.looked.meaning, plan)

    def _recalled(self, manifests: str | None) -> Plan | None:
        if self._cache is None or self._basis is None or manifests is None:
            return None
        kept = self._cache.get(_NAMESPACE, f"{self._basis.name} {manifests}")
        try:
            return file.loads(kept) if kept else None
        except Conflict:
            return None

    def _remember(self, manifests: str | None, plan: Plan) -> None:
        if self._cache and self._basis and manifests:
            data = file.dumps(plan).encode("utf-8", "surrogatepass")
            self._cache.put(_NAMESPACE, f"{self._basis.name} {manifests}", data)
