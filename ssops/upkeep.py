"""What changes the record or the manifests and nothing in SpeechSense: adopt and forget, and the steps of any such."""

from __future__ import annotations

from collections.abc import Callable

from ssops import gates, scope
from ssops.apply import recovery
from ssops.model import Actor, Address, Spec, Status
from ssops.providers import view
from ssops.providers.base import Reader
from ssops.state import edit, history, journal, recorded
from ssops.state.recorded import State
from ssops.state.space import Run, SpaceState
from ssops.workspace import LOCK_TIMEOUT_S, Workspace, states

Change = Callable[[SpaceState, State, Reader], tuple[SpaceState, list[journal.Entry]]]
"""Makes the next state of a space of the one before (a new one where there is none), with what to tell the journal.

It also gets the recorded state of every space and the service, to look at.
"""


def adopt(
    workspace: Workspace, address: Address, id: str, actor: Actor | None, lock_timeout_s: float = LOCK_TIMEOUT_S
) -> None:
    """Start to manage a live object as it is; nothing in SpeechSense changes.

    Raises UsageFault for an id that is not there, is of another kind or in another space, or is recorded already.
    """

    def adopted(before: SpaceState, state: State, reader: Reader) -> tuple[SpaceState, list[journal.Entry]]:
        run = begun(workspace, actor)
        rows, known = reader.rows(), state.resources()
        row = scope.adoptable(address, id, rows, known)
        spec = view.look(reader, known, rows).spec(id)
        after = edit.adopt(before, address, id, spec, row.digest, at=run.at, by=run.by)
        return after, [_entry(workspace, run, address, "adopt", id, spec)]

    rewrite(workspace, address.space, actor, "adopt", adopted, lock_timeout_s)


def forget(workspace: Workspace, address: Address, actor: Actor | None, lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
    """Stop to manage a resource, or to ask what became of an operation on it; SpeechSense keeps what it has.

    Raises UsageFault when it is not recorded.
    """

    def forgotten(before: SpaceState, _: State, __: Reader) -> tuple[SpaceState, list[journal.Entry]]:
        known = before.resources.get(address)
        after = edit.forget(before, address)
        return after, [_entry(workspace, begun(workspace, actor), address, "forget", known.id if known else None)]

    rewrite(workspace, address.space, actor, "forget", forgotten, lock_timeout_s)


def rewrite(
    workspace: Workspace,
    space: str,
    actor: Actor | None,
    purpose: str,
    change: Change,
    lock_timeout_s: float = LOCK_TIMEOUT_S,
) -> SpaceState:
    """Change the record of one space under its lock, what an interrupted run left open having been found out.

    Raises Conflict, StateFault, ProviderFault and whatever `change` raises; nothing was written then.
    """
    by = _by(workspace, actor)
    with workspace.locked((space,), by, purpose, lock_timeout_s), workspace.provider.reader() as reader:
        found = recovery.resolve(states(workspace), reader)
        before = found.state.space(space) or SpaceState(space, workspace.new_id())
        after, entries = change(before, found.state, reader)
        told = [entry for entry in found.entries if entry.address.space == space]
        journal.append(workspace.store, space, [*told, *entries], workspace.stamp())
        after, _ = recorded.save(workspace.store, after, found.state.versions.get(space), workspace.new_id)
        history.prune(workspace.store, space)
    return after


def begun(workspace: Workspace, actor: Actor | None) -> Run:
    """Say for the journal who does something, now, and from where. Raises NotAuthorized when nobody does."""
    return workspace.begun(_by(workspace, actor))


def _by(workspace: Workspace, actor: Actor | None) -> Actor:
    return gates.known_actor(actor or workspace.provider.default_actor())


def _entry(
    workspace: Workspace, run: Run, address: Address, act: str, id: str | None, spec: Spec | None = None
) -> journal.Entry:
    return journal.Entry(workspace.new_id(), run, address, act, Status.APPLIED, id, spec=spec)
