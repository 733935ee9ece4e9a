"""Carries a plan out: spaces side by side, in each of them intents first, then the calls, then what became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from ssops.apply import calls, parallel
from ssops.apply.ledger import Ledger
from ssops.canonical import digest
from ssops.errors import ProviderFault
from ssops.messages import say
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
from ssops.providers.base import FINAL, Done, Fate, Reader, Writer
from ssops.state import journal
from ssops.state.base import StateStore
from ssops.state.recorded import State
from ssops.state.space import Intent, Run, SpaceState

_BATCH = 50  # changes whose intents are written together
_SHARE = 10  # a tenth of a large document goes in one batch: writing it stays linear in its size


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with.

    `service` opens the service for one space: a Writer, and a Reader that is asked after a fault. `new_id` gives a
    fresh id at every call. `check` raises Conflict once a lock is lost, and is asked right before each call, as is
    `is_stopped`: whether somebody wants the run to end. `commit` and `page` say where the run comes from. `unmade`
    are intents of calls that were found not to be made.
    """

    store: StateStore
    service: Callable[[], AbstractContextManager[tuple[Writer, Reader]]]
    actor: Actor
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    check: Callable[[], None]
    is_stopped: Callable[[], bool]
    parallelism: int = 1
    commit: str = ""
    page: str = ""
    unmade: Mapping[Address, Intent] = field(default_factory=dict)

    def at(self) -> str:
        """Give the time in UTC, ISO 8601."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def stamp(self) -> str:
        """Give the time in UTC to the microsecond: what was done within a second stays in order."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def run(
    plan: Plan, *, desired: Resources, state: State, means: Means, on_outcome: Callable[[Outcome], None]
) -> tuple[Outcome, ...]:
    """Carry out every change of a plan that is not blocked; one outcome a change, in the order of the plan.

    `state` has no pending operation (see `recovery`) and the locks of the plan's spaces are held. A change that the
    service refuses fails alone; what needs it is skipped. `on_outcome` hears of outcomes space by space, in the order
    of the plan, one at a time. Raises Conflict when a lock was lost or the state was written by another run, and
    StateFault when it cannot be written: the next run then finds out by key what was made. What goes wrong in one
    space holds up no other.
    """
    begun = [space for space in state.runs if space in plan.spaces]  # finished or overtaken by this plan
    spaces = list(dict.fromkeys([*(change.address.space for change in plan.changes), *begun]))
    ledgers = {space: _ledger(space, state, means) for space in spaces}
    outcomes: dict[Address, Outcome] = {}
    desired = Resources(desired.entries, parallel.one_at_a_time(desired.load))
    in_order = parallel.InOrder(spaces, on_outcome)

    def carry_out(space: str) -> None:
        changes = [change for change in plan.changes if change.address.space == space]
        with in_order.part(space) as tell:
            for outcome in _Space(plan, desired, means, ledgers[space], tell).apply(changes):
                outcomes[outcome.address] = outcome

    parallel.each(spaces, carry_out, means.parallelism)
    if in_order.failure is not None:
        raise in_order.failure
    if all(outcome.status is Status.APPLIED for outcome in outcomes.values()):
        for ledger in ledgers.values():
            ledger.end()
    return tuple(outcomes[change.address] for change in plan.changes)


def _ledger(space: str, state: State, means: Means) -> Ledger:
    known = state.space(space) or SpaceState(space, means.new_id())
    return Ledger(means.store, known, state.versions.get(space), means.new_id, means.stamp)


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
        self._run = Run(plan.digest, means.at(), str(means.actor), means.commit, means.page)
        self._refused: Message | None = None  # why no further call to this space can be made

    def apply(self, changes: Sequence[Change]) -> list[Outcome]:
        """Carry out changes in batches; each state write has the outcomes before it and the intents after it."""
        outcomes = []
        try:
            if changes:
                self._ledger.mark(self._run)
                with self._means.service() as (writer, reader):
                    outcomes = self._batches(changes, writer, reader)
            if not self._ledger.size and all(outcome.status is Status.APPLIED for outcome in outcomes):
                self._ledger.mark(None)  # the space is gone: no later plan needs to cover it
            self._ledger.write()
        finally:
            self._ledger.close()
        return outcomes

    def _batches(self, changes: Sequence[Change], writer: Writer, reader: Reader) -> list[Outcome]:
        outcomes = []
        while changes:
            size = max(_BATCH, self._ledger.size // _SHARE)
            batch, changes = changes[:size], changes[size:]
            if not self._means.is_stopped() and self._refused is None:
                self._means.check()
                self._intend(batch)
                self._ledger.write()
            for change in batch:
                outcomes.append(self._carry_out(change, writer, reader))
                self._on_outcome(outcomes[-1])
        return outcomes

    def _intend(self, batch: Sequence[Change]) -> None:
        for change in batch:
            if change.execution is Execution.AUTO and not calls.is_recorded_only(change):
                self._ledger.intend(change.address, self._intent(change))

    def _intent(self, change: Change) -> Intent:
        known = self._ledger.get(change.address)
        spec = self._spec(change)
        unmade = self._means.unmade.get(change.address)
        is_again = unmade is not None and (unmade.action, unmade.spec) == (change.action, spec)
        return Intent(
            key=unmade.key if unmade is not None and is_again else self._means.new_id(),
            action=change.action,
            id=known.id if known and change.action is not Action.CREATE else None,
            spec=spec,
            fields=change.fields,
            plan=self._plan.digest,
            at=self._means.at(),
            by=str(self._means.actor),
        )

    def _carry_out(self, change: Change, writer: Writer, reader: Reader) -> Outcome:
        if change.execution is not Execution.AUTO:
            return _outcome(change, Status.SKIPPED, error=message("apply.not_automatic", address=str(change.address)))
        said = message("apply.stopped") if self._means.is_stopped() else self._refused
        if said is not None:
            self._ledger.drop(change.address)
            return _outcome(change, Status.SKIPPED, error=said)
        if calls.is_recorded_only(change):
            return self._told(change, self._key(change), self._record(change))
        key = self._ledger.intent(change.address).key
        return self._told(change, key, self._call(change, writer, reader))

    def _told(self, change: Change, key: str, outcome: Outcome) -> Outcome:
        """Tell the journal what became of a change."""
        is_new = change.action is Action.CREATE
        error = say(outcome.error, "en") if outcome.error else ""
        self._ledger.tell(
            journal.Entry(
                key,
                self._run,
                change.address,
                change.action.value,
                outcome.status,
                outcome.id,
                () if is_new else change.fields,
                self._spec(change) if is_new else None,
                error,
            )
        )
        return outcome

    def _key(self, change: Change) -> str:
        """Name a change that no call makes by what it makes of which record: told again it has the same name."""
        known = self._ledger.get(change.address)
        before = [known.at, known.plan, known.digest] if known else []
        return digest([str(change.address), before, digest(self._spec(change))])

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
                at=self._means.at(),
                by=str(self._means.actor),
                plan=self._plan.digest,
            ),
        )
        return _outcome(change, Status.APPLIED, known.id)

    def _call(self, change: Change, writer: Writer, reader: Reader) -> Outcome:
        lacking = self._lacking(change)
        if lacking is not None:
            self._ledger.drop(change.address)
            return _needing(change, lacking)
        intent = self._ledger.intent(change.address)
        expected = None if change.action is Action.CREATE else self._plan.basis["live"].get(str(change.address))
        operation = calls.operation(change.address, intent, expected, self._ledger.id_of)
        self._means.check()
        self._ledger.call(change.address)
        try:
            done = writer.carry_out(operation)
        except ProviderFault as fault:
            return self._after_fault(change, intent, fault, reader)
        return self._settled(change, done)

    def _after_fault(self, change: Change, intent: Intent, fault: ProviderFault, reader: Reader) -> Outcome:
        """Find out whether a call that seems to have failed was made all the same."""
        if fault.reason in FINAL:
            self._refused = message("apply.refused_before", address=str(change.address))
        try:
            done = reader.done(intent.key)
        except ProviderFault:
            done = Fate.UNKNOWN
        if isinstance(done, Done):
            return self._settled(change, done)
        if done is Fate.NOT_MADE:
            self._ledger.drop(change.address)
        # Where it cannot be known now the intent stays, and the next run asks again.
        return _outcome(change, Status.FAILED, intent.id, fault.message)

    def _settled(self, change: Change, done: Done) -> Outcome:
        self._ledger.settle(change.address, done.id, done.digest, self._means.at())
        return _outcome(change, Status.APPLIED, done.id)

    def _lacking(self, change: Change) -> Address | None:
        """Give the first resource that must be there for the call and is not."""
        needed = calls.needs(change.address, change.action, self._spec(change))
        if change.action is not Action.CREATE:
            needed = (change.address, *needed)
        return next((address for address in needed if self._ledger.get(address) is None), None)

    def _spec(self, change: Change) -> Spec:
        return {} if change.action is Action.DELETE else self._desired.spec(change.address)


def _outcome(change: Change, status: Status, id: str | None = None, error: Message | None = None) -> Outcome:
    return Outcome(change.address, change.action, status, id, error)


def _needing(change: Change, lacking: Address) -> Outcome:
    return _outcome(change, Status.SKIPPED, error=message("apply.needs", needs=str(lacking)))
