"""What a run works with, and how it looks at the three sides: manifests, recorded state, service."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ssops import origin, scope
from ssops.apply import recovery
from ssops.apply.recovery import Recovered
from ssops.cache import Cache
from ssops.errors import InvalidManifest, UsageFault
from ssops.manifest import load, policy
from ssops.manifest.config import Config
from ssops.manifest.load import Looked, Manifest
from ssops.model import Actor, Kind, Resources, message
from ssops.origin import Origin
from ssops.providers import registry as providers
from ssops.providers import view
from ssops.providers.base import Provider, Reader
from ssops.providers.view import View
from ssops.state import lease, process, recorded
from ssops.state import registry as stores
from ssops.state.base import StateStore
from ssops.state.lease import Holder, Lease
from ssops.state.recorded import State
from ssops.state.space import Run

LOCK_TIMEOUT_S = 10.0
"""How long to wait for another run that holds the lock unless told otherwise."""

LEASE_VARIABLE = "SSOPS_LEASE_SECONDS"
"""Sets how long a lock outlives a holder that says nothing more."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a run works with: configuration, cache, store, provider, the clock, a source of fresh ids, the environment.

    `lease_s` is how long a lock outlives a holder that says nothing more.
    """

    config: Config
    cache: Cache | None
    store: StateStore
    provider: Provider
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    lease_s: float = lease.LEASE_S

    def at(self) -> str:
        """Give the time in UTC, ISO 8601."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def stamp(self) -> str:
        """Give the time in UTC to the microsecond: what was done within a second stays in order."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def begun(self, actor: Actor) -> Run:
        """Say for the journal who does something without a plan, now, and from where.

        It is asked under the lock: whoever had to wait is told after what was waited for.
        """
        found = self.origin()
        return Run("", self.at(), str(actor), found.commit, found.page)

    def origin(self) -> Origin:
        """Say which commit the manifests are of, and which page shows this run."""
        return origin.find(self.config.root, self.environ)

    @contextmanager
    def locked(self, spaces: tuple[str, ...], actor: Actor, purpose: str, timeout_s: float) -> Iterator[Lease]:
        """Hold the lock of every space, or none. Raises Conflict (`lock_held`) and StateFault."""
        page = origin.page(self.environ)
        name = process.identity()
        pid = int(name.split(" ")[2]) if name else 0
        holder = Holder(str(actor), purpose, process.host(), pid, name, page)
        with lease.hold(
            self.store, spaces, holder, new_id=self.new_id, timeout_s=timeout_s, lease_s=self.lease_s
        ) as held:
            yield held


@dataclass(frozen=True, slots=True)
class Sides:
    """What a plan compares, for the covered `spaces`."""

    spaces: tuple[str, ...]
    desired: Resources
    recovered: Recovered
    live: View


def open(config: Config, cache: Cache | None, environ: Mapping[str, str]) -> Workspace:
    """Open a workspace; reads and creates nothing yet. Credentials come from `environ` alone.

    Raises ProviderFault for a provider nobody offers, StateFault where the store lacks a credential or its package,
    UsageFault for a variable that says nothing.
    """

    def now() -> datetime:
        return datetime.now(UTC)

    provider = providers.make(config.provider_name, config.provider, config.root, config.organization)
    store = stores.make(config.state_name, config.state, config.root, clock=now, stamps=cache, environ=environ)
    return Workspace(
        config, cache, store, provider, now, lambda: secrets.token_hex(16), environ, _lease_seconds(environ)
    )


def valid(workspace: Workspace, looked: Looked | None = None) -> Manifest:
    """Read every manifest. Raises InvalidManifest where one has errors."""
    manifest = load.load(workspace.config, workspace.cache, looked=looked)
    if any(map(policy.stops, manifest.issues)):
        raise InvalidManifest(manifest.issues)
    return manifest


def states(workspace: Workspace) -> State:
    """Give the recorded state of every space. Raises StateFault."""
    return recorded.read(workspace.store, None, workspace.cache)


def covered(workspace: Workspace, manifest: Manifest, selected: tuple[str, ...]) -> tuple[str, ...]:
    """Give the spaces of a run: those selected, or all that manifests or state know. Raises UsageFault."""
    known = {entry.address.space for entry in manifest.resources} | set(workspace.store.names())
    return scope.covered(known, selected)


def sides(workspace: Workspace, manifest: Manifest, reader: Reader, selected: tuple[str, ...]) -> Sides:
    """Look at the three sides of the selected spaces, or of all. Raises StateFault, ProviderFault and UsageFault."""
    spaces = covered(workspace, manifest, selected)
    recovered = recovery.resolve(recorded.read(workspace.store, spaces, workspace.cache), reader)
    known = recovered.state.resources()
    if not selected:
        return Sides(spaces, manifest.resources, recovered, view.look(reader, known, reader.rows()))
    desired = scope.within(manifest.resources, spaces)
    ids = {entry.id for entry in known if entry.address.kind is Kind.SPACE and entry.id}
    names = {entry.name for entry in desired if entry.address.kind is Kind.SPACE}
    strangers = [row for row in reader.spaces() if row.id not in ids and row.name in names]
    return Sides(spaces, desired, recovered, view.look(reader, known, (*strangers, *reader.rows(ids))))


def _lease_seconds(environ: Mapping[str, str]) -> float:
    given = environ.get(LEASE_VARIABLE, "")
    try:
        found = float(given) if given else lease.LEASE_S
    except ValueError:
        found = 0.0
    if not 1 <= found <= 3600:
        raise UsageFault("usage", message("usage.lease", name=LEASE_VARIABLE, given=given[:40]))
    return found
