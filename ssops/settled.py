"""A plan with nothing to do, remembered by all that it was made from: whoever changes nothing need not wait."""

from __future__ import annotations

from ssops.cache import Cache
from ssops.canonical import digest
from ssops.errors import Conflict
from ssops.manifest.config import Config
from ssops.manifest.load import Found
from ssops.model import Plan
from ssops.plan import file
from ssops.state.base import StateStore

_NAMESPACE = "settled"


def key(config: Config, found: Found, store: StateStore, revision: str | None, spaces: tuple[str, ...]) -> str | None:
    """Name everything that a plan of these spaces depends on; None where something of it cannot be told."""
    if found.fingerprint is None or revision is None:
        return None
    settings = [config.organization, config.manifests, config.max_changes, config.provider_name, dict(config.provider)]
    versions = [[name, store.version(name)] for name in store.names() if not spaces or name in spaces]
    return digest([str(config.root), settings, found.fingerprint, versions, revision, spaces])


def recall(cache: Cache | None, key: str | None) -> Plan | None:
    """Give the plan that was made of just this; None where there was none, or it had something to do."""
    kept = cache.get(_NAMESPACE, key) if cache and key else None
    try:
        return file.loads(kept) if kept else None
    except Conflict:
        return None


def remember(cache: Cache | None, key: str | None, plan: Plan) -> None:
    """Keep a plan with nothing to do."""
    if cache and key and not plan.changes:
        cache.put(_NAMESPACE, key, file.dumps(plan).encode("utf-8", "surrogatepass"))
