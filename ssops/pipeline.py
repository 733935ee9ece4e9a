"""The spine: the only module that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ssops import gates, scope, settled
from ssops import workspace as looking
from ssops.access import check
from ssops.apply import recovery
from ssops.apply.recovery import Recovered
from ssops.errors import Conflict
from ssops.manifest import load
from ssops.manifest.load import Manifest
from ssops.model import Actor, Address, Kind, Outcome, Plan, Spec, Status, message
from ssops.plan.inputs import Inputs
from ssops.providers.base import Reader, Writer
from ssops.state import recorded
from ssops.state.lease import Lease
from ssops.state.recorded import State
from ssops.workspace import LOCK_TIMEOUT_S, Workspace

if TYPE_CHECKING:
    from ssops.offline.revision import Revision

PARALLELISM = 4
"""How many spaces are applied side by side unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A plan and what became of each of its changes. `recovered` is what an interrupted run had left open.

    `is_stopped` where somebody ended the run before the last change.
    """

    plan: Plan
    outcomes: tuple[Outcome, ...]
    recovered: tuple[Outcome, ...] = ()
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One resource from three sides; None where that side does not know it."""

    desired: Spec | None
    recorded: Spec | None
    live: Spec | None


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
    config, cache, store = workspace.config, workspace.cache, workspace.store
    with workspace.provider.reader() as reader:
        basis = settled.basis(config, store, reader, spaces) if cache else None
        known = settled.Settled(config, cache, basis)
        made = known.plan(load.find(config))
        if made is None:
            manifest = looking.valid(workspace, known.looked)
            picture = _picture(workspace, manifest, reader, spaces, actor or workspace.provider.default_actor())
            made = picture.plan
            known.keep(made, picture.recovered.state.versions)
    return made


@dataclass(frozen=True, slots=True)
class Course:
    """How a run of `apply` goes.

    `approve` sees the plan before anything is written and raises to stop; `on_outcome` hears what became of each
    change. `is_stopped` says that somebody wants the run to end after the call in flight. `parallelism` is how many
    spaces are applied side by side.
    """

    approve: Callable[[Plan], None]
    on_outcome: Callable[[Outcome], None]
    is_stopped: Callable[[], bool] = lambda: False
    lock_timeout_s: float = LOCK_TIMEOUT_S
    parallelism: int = PARALLELISM


def apply(
    workspace: Workspace,
    course: Course,
    *,
    spaces: tuple[str, ...] = (),
    actor: Actor | None,
    reviewed: Plan | None = None,
    named: Collection[Address] | None = None,
) -> Applied:
    """Carry out the reviewed plan, or the one made now, under the locks of the spaces that it touches.

    `named` are the one-way changes that may go unreviewed, None where a person is asked. Raises Blocked,
    NotAuthorized and Conflict (stale plan, lock held) besides what `plan` raises; nothing was written then, not even
    a lock. Raises Conflict (`lock_lost`) when the run was paused past the end of its lease.
    """
    looking.valid(workspace)
    if reviewed is not None:
        spaces = gates.spaces_of(workspace.config, reviewed)
    actor = actor or workspace.provider.default_actor()
    if actor is None and reviewed is None:  # what stops whoever applies is the stronger verdict
        made = plan(workspace, spaces=spaces)
        gates.blocked(made)
        gates.unnamed(made, named)
    actor = gates.known_actor(actor)
    picture, agreed = _judged(workspace, reviewed, spaces, actor, named)
    touched = _touched(picture, agreed)
    if not touched:
        course.approve(agreed)
        return Applied(agreed, ())
    with workspace.locked(touched, actor, "apply", course.lock_timeout_s) as lease:
        picture, agreed = _judged(workspace, reviewed, spaces, actor, named)
        if other := sorted(set(_touched(picture, agreed)) - set(touched)):
            raise recorded.moved(other[0])
        course.approve(agreed)
        state = recovery.write(workspace.store, picture.recovered, workspace.new_id, workspace.stamp())
        outcomes = _carried_out(workspace, course, agreed, picture, state, actor, lease)
    is_stopped = course.is_stopped() and any(outcome.status is Status.SKIPPED for outcome in outcomes)
    return Applied(agreed, outcomes, picture.recovered.outcomes, is_stopped=is_stopped)


def access(workspace: Workspace, *, spaces: tuple[str, ...] = (), actor: Actor | None = None) -> Plan:
    """Give the plan with the actor's role verdicts. Raises NotAuthorized when nobody says who acts."""
    actor = actor or workspace.provider.default_actor()
    made = plan(workspace, spaces=spaces, actor=actor)
    gates.known_actor(actor)
    return made


def show(workspace: Workspace, address: Address) -> Shown:
    """Give one resource as desired, recorded and live. Raises UsageFault when none of the three knows it."""
    manifest = looking.valid(workspace)
    with workspace.provider.reader() as reader:
        sides = looking.sides(workspace, manifest, reader, (address.space,))
        found = [
            side.spec(address) if address in side.entries else None
            for side in (sides.desired, sides.recovered.state.resources(), sides.live.resources)
        ]
    if found == [None, None, None]:
        raise scope.unknown_address(address, (*sides.desired.entries, *sides.live.resources.entries))
    return Shown(*found)


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
    manifest = looking.valid(workspace)
    spaces = looking.covered(workspace, manifest, selected)
    state = recorded.read(workspace.store, spaces, workspace.cache)
    return compare.with_recorded(config, manifest, state, spaces, capabilities)


def _picture(
    workspace: Workspace, manifest: Manifest, reader: Reader, selected: tuple[str, ...], actor: Actor | None
) -> _Picture:
    from ssops.plan import make  # not where nothing was touched

    sides = looking.sides(workspace, manifest, reader, selected)
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


def _judged(
    workspace: Workspace,
    reviewed: Plan | None,
    spaces: tuple[str, ...],
    actor: Actor,
    named: Collection[Address] | None,
) -> tuple[_Picture, Plan]:
    """Plan anew and give the plan to carry out. Raises what stops it; writes nothing."""
    with workspace.provider.reader() as reader:
        picture = _picture(workspace, looking.valid(workspace), reader, spaces, actor)
        recovery.refuse_unknown(picture.recovered, picture.plan.spaces)
        return picture, _agreed(reviewed, picture, named)


def _touched(picture: _Picture, agreed: Plan) -> tuple[str, ...]:
    """Give the spaces that are written to: those with changes, and those where an earlier run is to be closed."""
    found = {change.address.space for change in agreed.changes}
    found |= {document.space for document, _ in picture.recovered.changed}
    found |= set(picture.recovered.state.runs) & set(agreed.spaces)
    return tuple(sorted(found))


def _carried_out(
    workspace: Workspace, course: Course, plan: Plan, picture: _Picture, state: State, actor: Actor, lease: Lease
) -> tuple[Outcome, ...]:
    from ssops.apply import executor  # only where something is carried out

    @contextmanager
    def service() -> Iterator[tuple[Writer, Reader]]:
        # The reader is opened after the writer: where the service's file is new, a reader from before sees none.
        with workspace.provider.writer(actor) as writer, workspace.provider.reader() as reader:
            yield writer, reader

    origin = workspace.origin()
    means = executor.Means(
        store=workspace.store,
        service=service,
        actor=actor,
        now=workspace.now,
        new_id=workspace.new_id,
        check=lease.check,
        is_stopped=course.is_stopped,
        parallelism=course.parallelism,
        commit=origin.commit,
        page=origin.page,
        unmade=picture.recovered.unmade,
    )
    return executor.run(
        plan, desired=picture.manifest.resources, state=state, means=means, on_outcome=course.on_outcome
    )
