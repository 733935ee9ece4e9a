"""Carries a plan out, space by space: intents first, then the calls, then what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ssops.apply import calls
from ssops.apply.ledger import Ledger
from ssops.canonical import digest
from ssops.errors import ProviderFault
from ssops.model import (
    Action,
    Actor,
    Address,
    Change,
    Execution,
    Message,
    Outcome,
    Plan,
    Resources,
    Spec,
    Status,
    message,
)
from ssops.providers.base import Done, Writer
from ssops.state.base import StateStore
from ssops.state.recorded import State
from ssops.state.space import Intent, Run, SpaceState

_BATCH = 50  # changes whose intents are written together
_SHARE = 10  # a tenth of a large document goes in one batch: writing it stays linear in its size


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with. `done` is the Reader's, asked after a fault; `new_id` gives a fresh id at every call."""

    store: StateStore
    writer: Writer
    done: Callable[[str], Done | None]
    actor: Actor
    now: Callable[[], datetime]
    new_id: Callable[[], str]


def run(
    plan: Plan, *, desired: Resources, state: State, means: Means, on_outcome: Callable[[Outcome], None]
) -> tuple[Outcome, ...]:
    """Carry out every change of a plan that is not blocked; one outcome a change, in the order of the plan.

    `state` has no pending operation (see `recovery`) and the locks of the plan's spaces are held. A change that the
    service refuses fails alone; what needs it is skipped. Raises Conflict when the state was written by another run
    and StateFault when it cannot be written: the next run then finds out by key what was made.
    """
    begun = [space for space in state.runs if space in plan.spaces]  # finished or overtaken by this plan
    spaces = list(dict.fromkeys([*(change.address.space for change in plan.changes), *begun]))
    ledgers = {space: _ledger(space, state, means) for space in spaces}
    outcomes: dict[Address, Outcome] = {}
    for space in spaces:
        changes = [change for change in plan.changes if change.address.space == space]
        for outcome in _Space(plan, desired, means, ledgers[space], on_outcome).apply(changes):
            outcomes[outcome.address] = outcome
    if all(outcome.status is Status.APPLIED for outcome in outcomes.values()):
        for ledger in ledgers.values():
            ledger.mark(None)
            ledger.write()
    return tuple(outcomes[change.address] for change in plan.changes)


def _ledger(space: str, state: State, means: Means) -> Ledger:
    known = state.space(space) or SpaceState(space, means.new_id())
    return Ledger(means.store, known, state.versions.get(space), means.new_id)


class _Space:
    """The changes of one space on their way."""

    def __init__(
        self, plan: Plan, desired: Resources, means: Means, ledger: Ledger, on_outcome: Callable[[Outcome], None]
    ) -> None:
        self._plan = plan
        self._desired = desired
        self._means = means
        self._ledger = ledger
        self._on_outcome = on_outcome

    def apply(self, changes: Sequence[Change]) -> list[Outcome]:
        """Carry out changes in batches; each state write has the outcomes before it and the intents after it."""
        outcomes = []
        try:
            if changes:
                self._ledger.mark(Run(self._plan.digest, self._at(), str(self._means.actor)))
            while changes:
                size = max(_BATCH, self._ledger.size // _SHARE)
                batch, changes = changes[:size], changes[size:]
                self._intend(batch)
                self._ledger.write()
                for change in batch:
                    outcomes.append(self._carry_out(change))
                    self._on_outcome(outcomes[-1])
            if not self._ledger.size and all(outcome.status is Status.APPLIED for outcome in outcomes):
                self._ledger.mark(None)  # the space is gone: no later plan needs to cover it
            self._ledger.write()
        finally:
            self._ledger.close()
        return outcomes

    def _intend(self, batch: Sequence[Change]) -> None:
        for change in batch:
            if change.execution is Execution.AUTO and not calls.is_recorded_only(change):
                self._ledger.intend(change.address, self._intent(change))

    def _intent(self, change: Change) -> Intent:
        known = self._ledger.get(change.address)
        return Intent(
            key=self._means.new_id(),
            action=change.action,
            id=known.id if known and change.action is not Action.CREATE else None,
            spec=self._spec(change),
            fields=change.fields,
            plan=self._plan.digest,
            at=self._at(),
            by=str(self._means.actor),
        )

    def _carry_out(self, change: Change) -> Outcome:
        if change.execution is not Execution.AUTO:
            return _outcome(change, Status.SKIPPED, error=message("apply.not_automatic", address=str(change.address)))
        if calls.is_recorded_only(change):
            return self._record(change)
        return self._call(change)

    def _record(self, change: Change) -> Outcome:
        known = self._ledger.get(change.address)
        if known is None:
            return _needing(change, change.address)
        spec = self._spec(change)
        self._ledger.record(
            change.address,
            replace(
                known,
                spec=spec,
                digest=digest(spec),
                at=self._at(),
                by=str(self._means.actor),
                plan=self._plan.digest,
            ),
        )
        return _outcome(change, Status.APPLIED, known.id)

    def _call(self, change: Change) -> Outcome:
        lacking = self._lacking(change)
        if lacking is not None:
            self._ledger.drop(change.address)
            return _needing(change, lacking)
        intent = self._ledger.call(change.address)
        expected = None if change.action is Action.CREATE else self._plan.basis["live"].get(str(change.address))
        operation = calls.operation(change.address, intent, expected, self._ledger.id_of)
        try:
            done = self._means.writer.carry_out(operation)
        except ProviderFault as fault:
            return self._after_fault(change, intent, fault.message)
        return self._settled(change, done)

    def _after_fault(self, change: Change, intent: Intent, said: Message) -> Outcome:
        """Find out whether a call that seems to have failed was made all the same."""
        try:
            done = self._means.done(intent.key)
        except ProviderFault:  # not to be known now: the intent stays, the next run asks again
            return _outcome(change, Status.FAILED, intent.id, said)
        if done is not None:
            return self._settled(change, done)
        self._ledger.drop(change.address)
        return _outcome(change, Status.FAILED, intent.id, said)

    def _settled(self, change: Change, done: Done) -> Outcome:
        self._ledger.settle(change.address, done.id, done.digest, self._at())
        return _outcome(change, Status.APPLIED, done.id)

    def _lacking(self, change: Change) -> Address | None:
        """Give the first resource that must be there for the call and is not."""
        needed = calls.needs(change.address, change.action, self._spec(change))
        if change.action is not Action.CREATE:
            needed = (change.address, *needed)
        return next((address for address in needed if self._ledger.get(address) is None), None)

    def _spec(self, change: Change) -> Spec:
        return {} if change.action is Action.DELETE else self._desired.spec(change.address)

    def _at(self) -> str:
        return self._means.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _outcome(change: Change, status: Status, id: str | None = None, error: Message | None = None) -> Outcome:
    return Outcome(change.address, change.action, status, id, error)


def _needing(change: Change, lacking: Address) -> Outcome:
    return _outcome(change, Status.SKIPPED, error=message("apply.needs", needs=str(lacking)))
