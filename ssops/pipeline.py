"""The spine: the only module that knows the order of the stages."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ssops import gates, scope, settled
from ssops.access import check
from ssops.apply import executor, recovery
from ssops.apply.recovery import Recovered
from ssops.cache import Cache
from ssops.errors import Conflict, InvalidManifest
from ssops.manifest import load, policy
from ssops.manifest.config import Config
from ssops.manifest.load import Found, Manifest
from ssops.model import Actor, Address, Kind, Outcome, Plan, Resources, Spec, message
from ssops.plan import make
from ssops.plan.inputs import Inputs
from ssops.providers import registry, view
from ssops.providers.base import Provider, Reader
from ssops.providers.view import View
from ssops.state import edit, recorded
from ssops.state.base import StateStore
from ssops.state.file import FileStore
from ssops.state.recorded import State
from ssops.state.space import SpaceState

if TYPE_CHECKING:
    from ssops.offline.revision import Revision

LOCK_TIMEOUT_S = 10.0
"""How long to wait for another run that holds the lock unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a run works with: configuration, cache, store, provider, the clock and a source of fresh ids."""

    config: Config
    cache: Cache | None
    store: StateStore
    provider: Provider
    now: Callable[[], datetime]
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Applied:
    """A plan and what became of each of its changes. `recovered` is what an interrupted run had left open."""

    plan: Plan
    outcomes: tuple[Outcome, ...]
    recovered: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One resource from three sides; None where that side does not know it."""

    desired: Spec | None
    recorded: Spec | None
    live: Spec | None


def open(config: Config, cache: Cache | None) -> Workspace:
    """Open a workspace; reads and creates nothing yet. Raises ProviderFault for a provider nobody offers."""

    def now() -> datetime:
        return datetime.now(UTC)

    provider = registry.make(config.provider_name, config.provider, config.root, config.organization)
    store = FileStore(config.root / config.state.get("path", "state"), now, cache)
    return Workspace(config, cache, store, provider, now, lambda: secrets.token_hex(16))


def validate(workspace: Workspace, only: tuple[Path, ...] = ()) -> Manifest:
    """Read and check every manifest; faults are in the result, never raised."""
    return load.load(workspace.config, workspace.cache, only)


def plan(
    workspace: Workspace,
    *,
    spaces: tuple[str, ...] = (),
    actor: Actor | None = None,
    against: Revision | Literal["live", "recorded"] = "live",
) -> Plan:
    """Compare manifests, state and service, and say what would change. Writes nothing.

    Other than `live`, the service is not opened and no role is known. Raises InvalidManifest, UsageFault (a space that
    nobody knows), StateFault, ProviderFault; for a revision what `offline.compare.with_revision` raises.
    """
    if against != "live":
        return _offline(workspace, spaces, against)
    found = load.find(workspace.config)
    with workspace.provider.reader() as reader:
        key = settled.key(workspace.config, found, workspace.store, reader.revision(), spaces)
        made = settled.recall(workspace.cache, key)
        if made is None:
            manifest = _valid(workspace, found)
            made = _picture(workspace, manifest, reader, spaces, actor or workspace.provider.default_actor()).plan
            settled.remember(workspace.cache, key, made)
    return made


def apply(
    workspace: Workspace,
    *,
    spaces: tuple[str, ...] = (),
    actor: Actor | None,
    reviewed: Plan | None = None,
    named: Collection[Address] | None = None,
    approve: Callable[[Plan], None],
    on_outcome: Callable[[Outcome], None],
    lock_timeout_s: float = LOCK_TIMEOUT_S,
) -> Applied:
    """Carry out the reviewed plan, or the one made now, under the locks of its spaces.

    `named` are the one-way changes that may go unreviewed, None where a person is asked. `approve` sees the plan
    before anything is written and raises to stop. Raises Blocked, NotAuthorized and Conflict
    (stale plan, lock held) besides what `plan` raises; nothing was written then.
    """
    manifest = _valid(workspace)
    if reviewed is not None:
        spaces = gates.spaces_of(workspace.config, reviewed)
    names = _covered(workspace, manifest, spaces)
    actor = actor or workspace.provider.default_actor()
    if actor is None and reviewed is None:  # what stops whoever applies is the stronger verdict
        made = plan(workspace, spaces=spaces)
        gates.blocked(made)
        gates.unnamed(made, named)
    actor = gates.known_actor(actor)
    with workspace.store.lock(names, str(actor), lock_timeout_s):
        with workspace.provider.reader() as reader:
            picture = _picture(workspace, _valid(workspace), reader, spaces, actor)
            agreed = _agreed(reviewed, picture, named)
        approve(agreed)
        state = recovery.write(workspace.store, picture.recovered, workspace.new_id)
        outcomes = _carried_out(workspace, agreed, picture.manifest.resources, state, actor, on_outcome)
    return Applied(agreed, outcomes, picture.recovered.outcomes)


def access(workspace: Workspace, *, spaces: tuple[str, ...] = (), actor: Actor | None = None) -> Plan:
    """Give the plan with the actor's role verdicts. Raises NotAuthorized when nobody says who acts."""
    actor = actor or workspace.provider.default_actor()
    made = plan(workspace, spaces=spaces, actor=actor)
    gates.known_actor(actor)
    return made


def states(workspace: Workspace) -> State:
    """Give the recorded state of every space. Raises StateFault."""
    return recorded.read(workspace.store, None, workspace.cache)


def show(workspace: Workspace, address: Address) -> Shown:
    """Give one resource as desired, recorded and live. Raises UsageFault when none of the three knows it."""
    manifest = _valid(workspace)
    with workspace.provider.reader() as reader:
        sides = _sides(workspace, manifest, reader, (address.space,))
        found = [
            side.spec(address) if address in side.entries else None
            for side in (sides.desired, sides.recovered.state.resources(), sides.live.resources)
        ]
    if found == [None, None, None]:
        raise scope.unknown_address(address, (*sides.desired.entries, *sides.live.resources.entries))
    return Shown(*found)


def adopt(workspace: Workspace, address: Address, id: str, actor: Actor | None) -> None:
    """Start to manage a live object as it is; nothing in SpeechSense changes.

    Raises UsageFault for an id that is not there, is of another kind or in another space, or is recorded already.
    """
    by = str(gates.known_actor(actor or workspace.provider.default_actor()))
    with workspace.store.lock((address.space,), by, LOCK_TIMEOUT_S), workspace.provider.reader() as reader:
        state = recovery.resolve(states(workspace), reader).state
        row = scope.adoptable(address, id, reader.rows(), state.resources())
        known = view.look(reader, state.resources(), reader.rows())
        before = state.space(address.space) or SpaceState(address.space, workspace.new_id())
        at = workspace.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        after = edit.adopt(before, address, id, known.spec(id), row.digest, at=at, by=by)
        recorded.save(workspace.store, after, state.versions.get(address.space), workspace.new_id)


def forget(workspace: Workspace, address: Address, actor: Actor | None) -> None:
    """Stop to manage a resource; SpeechSense keeps it. Raises UsageFault when it is not recorded."""
    by = str(gates.known_actor(actor or workspace.provider.default_actor()))
    with workspace.store.lock((address.space,), by, LOCK_TIMEOUT_S), workspace.provider.reader() as reader:
        state = recovery.resolve(states(workspace), reader).state
        before = state.space(address.space) or SpaceState(address.space, workspace.new_id())
        after = edit.forget(before, address)
        recorded.save(workspace.store, after, state.versions.get(address.space), workspace.new_id)


@dataclass(frozen=True, slots=True)
class _Sides:
    """What a plan compares, for the covered `spaces`."""

    spaces: tuple[str, ...]
    desired: Resources
    recovered: Recovered
    live: View


@dataclass(frozen=True, slots=True)
class _Picture:
    """A plan made now, and what it was made from."""

    manifest: Manifest
    recovered: Recovered
    plan: Plan


def _offline(workspace: Workspace, selected: tuple[str, ...], against: Revision | Literal["recorded"]) -> Plan:
    from ssops.offline import compare  # git only where it is asked

    config, capabilities = workspace.config, workspace.provider.capabilities
    if not isinstance(against, str):
        return compare.with_revision(config, workspace.cache, against, selected, capabilities)
    manifest = _valid(workspace)
    spaces = _covered(workspace, manifest, selected)
    state = recorded.read(workspace.store, spaces, workspace.cache)
    return compare.with_recorded(config, manifest, state, spaces, capabilities)


def _valid(workspace: Workspace, found: Found | None = None) -> Manifest:
    manifest = load.load(workspace.config, workspace.cache, found=found)
    if any(map(policy.stops, manifest.issues)):
        raise InvalidManifest(manifest.issues)
    return manifest


def _covered(workspace: Workspace, manifest: Manifest, selected: tuple[str, ...]) -> tuple[str, ...]:
    known = {entry.address.space for entry in manifest.resources} | set(workspace.store.names())
    return scope.covered(known, selected)


def _sides(workspace: Workspace, manifest: Manifest, reader: Reader, selected: tuple[str, ...]) -> _Sides:
    spaces = _covered(workspace, manifest, selected)
    recovered = recovery.resolve(recorded.read(workspace.store, spaces, workspace.cache), reader)
    known = recovered.state.resources()
    if not selected:
        return _Sides(spaces, manifest.resources, recovered, view.look(reader, known, reader.rows()))
    desired = scope.within(manifest.resources, spaces)
    ids = {entry.id for entry in known if entry.address.kind is Kind.SPACE and entry.id}
    names = {entry.name for entry in desired if entry.address.kind is Kind.SPACE}
    strangers = [row for row in reader.spaces() if row.id not in ids and row.name in names]
    return _Sides(spaces, desired, recovered, view.look(reader, known, (*strangers, *reader.rows(ids))))


def _picture(
    workspace: Workspace, manifest: Manifest, reader: Reader, selected: tuple[str, ...], actor: Actor | None
) -> _Picture:
    sides = _sides(workspace, manifest, reader, selected)
    state = sides.recovered.state
    made = make.make(
        Inputs(
            organization=workspace.config.organization,
            against="live",
            spaces=sides.spaces,
            desired=sides.desired,
            recorded=state.resources(),
            live=sides.live.resources,
            unrecorded=sides.live.unrecorded,
            serials=state.serials,
            capabilities=workspace.provider.capabilities,
            max_changes=workspace.config.max_changes,
            issues=manifest.issues,
            schemas=manifest.schemas,
        )
    )
    ids = {one.address.ref: one.id for one in sides.live.resources if one.address.kind is Kind.SPACE and one.id}
    grants = None if actor is None else reader.grants(actor, tuple(ids.values()))
    return _Picture(manifest, sides.recovered, check.judge(made, grants, ids))


def _agreed(reviewed: Plan | None, picture: _Picture, named: Collection[Address] | None) -> Plan:
    """Give the plan to carry out: the one made now when it is the reviewed one or what is left of it.

    Verdicts by weight: blocked, then roles, then stale.
    """
    fresh = picture.plan
    if reviewed is None:
        gates.blocked(fresh)
        gates.unnamed(fresh, named)
        gates.unauthorized(fresh)
        return fresh
    gates.breached(fresh)
    gates.unauthorized(fresh)
    if fresh.digest == reviewed.digest:
        return fresh
    rest = recovery.remaining(reviewed, fresh, picture.recovered.state)
    if rest is None:
        moved = ", ".join(scope.moved(reviewed, fresh)) or "-"
        raise Conflict("plan_stale", message("error.plan_stale", moved=moved), message("error.plan_stale.hint"))
    return rest


def _carried_out(
    workspace: Workspace,
    plan: Plan,
    desired: Resources,
    state: State,
    actor: Actor,
    on_outcome: Callable[[Outcome], None],
) -> tuple[Outcome, ...]:
    # The reader is opened after the writer: where the service's file is new, a reader from before sees none.
    with workspace.provider.writer(actor) as writer, workspace.provider.reader() as reader:
        means = executor.Means(workspace.store, writer, reader.done, actor, workspace.now, workspace.new_id)
        return executor.run(plan, desired=desired, state=state, means=means, on_outcome=on_outcome)
