"""What became of an apply that was cut short: found by operation keys, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ssops.model import Action, Address, Change, Outcome, Plan, Status, message
from ssops.providers.base import Reader
from ssops.state import recorded
from ssops.state.base import StateStore
from ssops.state.edit import settle
from ssops.state.recorded import State
from ssops.state.space import Intent, SpaceState


@dataclass(frozen=True, slots=True)
class Recovered:
    """State with no operation left open. `outcomes` say what became of each, sorted by address; often empty.

    `changed` are the documents that `write` still has to put in the store, each with the version it replaces.
    """

    state: State
    outcomes: tuple[Outcome, ...]
    changed: tuple[tuple[SpaceState, str | None], ...]


def resolve(state: State, reader: Reader) -> Recovered:
    """Ask the service what became of every pending operation. Writes nothing; serials stay as they are.

    Raises ProviderFault when the service cannot say.
    """
    changed = []
    outcomes = []
    for ref in sorted({address.space for address in state.pending}):
        document, found = _resolved(state.load(ref), reader)
        changed.append((document, state.versions[ref]))
        outcomes += found
    outcomes.sort(key=lambda one: one.address)
    return Recovered(state.having(changed), tuple(outcomes), tuple(changed))


def write(store: StateStore, recovered: Recovered, new_id: Callable[[], str]) -> State:
    """Make durable what was found out. Raises Conflict (`state_moved`) and StateFault."""
    written = [recorded.save(store, document, version, new_id) for document, version in recovered.changed]
    return recovered.state.having(written)


def remaining(reviewed: Plan, fresh: Plan, state: State) -> Plan | None:
    """Give what is left of a reviewed plan that was begun and cut short, None where it is stale instead.

    `fresh` was made just now, from `state`. It goes on when every document either stands as the review saw it or was
    moved by this very plan, and each change left is one that was reviewed. What is left bears the reviewed digest.
    """
    is_begun = any(run.digest == reviewed.digest for run in state.runs.values())
    same = (reviewed.organization, reviewed.against, reviewed.basis["desired"])
    if not is_begun or same != (fresh.organization, fresh.against, fresh.basis["desired"]):
        return None
    if not set(fresh.spaces) <= set(reviewed.spaces):
        return None
    if fresh.changes and not all(_is_ours(space, reviewed, fresh, state) for space in fresh.spaces):
        return None
    known = {change.address: change for change in reviewed.changes}
    if not all(_is_reviewed(change, known, reviewed, fresh) for change in fresh.changes):
        return None
    return replace(fresh, digest=reviewed.digest)


def _resolved(document: SpaceState, reader: Reader) -> tuple[SpaceState, list[Outcome]]:
    resources = dict(document.resources)
    outcomes = []
    # Sorted by address a space comes last, so that its deletion also takes what the other operations left.
    for address, intent in sorted(document.pending.items()):
        done = reader.done(intent.key)
        if done is None:
            outcomes.append(_not_made(address, intent))
        else:
            settle(resources, address, intent, done.id, done.digest, intent.at)
            outcomes.append(Outcome(address, intent.action, Status.APPLIED, done.id))
    run = document.run if resources else None  # no later plan needs to cover a space that is gone
    return replace(document, resources=resources, pending={}, run=run), outcomes


def _not_made(address: Address, intent: Intent) -> Outcome:
    return Outcome(address, intent.action, Status.SKIPPED, intent.id, message("apply.not_made", address=str(address)))


def _is_ours(space: str, reviewed: Plan, fresh: Plan, state: State) -> bool:
    run = state.runs.get(space)
    if run is not None and run.digest == reviewed.digest:
        return True
    if space in state.summaries and not state.summaries[space].entries:  # deleted: only creates are left for it
        return True
    return bool(reviewed.basis["recorded"].get(space) == fresh.basis["recorded"].get(space))


def _is_reviewed(change: Change, known: Mapping[Address, Change], reviewed: Plan, fresh: Plan) -> bool:
    """Tell whether a change stood in the reviewed plan, on the live object that the review saw."""
    before = known.get(change.address)
    if before is None or (before.action, before.fields) != (change.action, change.fields):
        return False
    at = str(change.address)
    is_same = reviewed.basis["live"].get(at) == fresh.basis["live"].get(at)
    return change.action is Action.CREATE or is_same
