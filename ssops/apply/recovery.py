"""What became of an apply that was cut short: found by operation keys, then by what is there, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from ssops.errors import Conflict
from ssops.model import Action, Address, Change, Kind, Outcome, Plan, Status, message
from ssops.providers.base import Done, Fate, LiveRow, Reader
from ssops.state import journal, recorded
from ssops.state.base import StateStore
from ssops.state.edit import settle
from ssops.state.recorded import State
from ssops.state.space import Intent, Recorded, Run, SpaceState


@dataclass(frozen=True, slots=True)
class Recovered:
    """State with no operation left open but those of which nobody can tell.

    `outcomes` say what became of each, sorted by address; often empty. `changed` are the documents that `write` still
    has to put in the store, each with the version it replaces, and `entries` what it has to tell the journal.
    `unmade` are the intents of calls that were not made: made again, they keep their keys, so that a call which
    reaches the service after all finds its own work done.
    """

    state: State
    outcomes: tuple[Outcome, ...]
    changed: tuple[tuple[SpaceState, str | None], ...]
    entries: tuple[journal.Entry, ...] = ()
    unmade: Mapping[Address, Intent] = field(default_factory=dict)

    @property
    def unknown(self) -> tuple[Address, ...]:
        """The resources of which nobody can tell whether their operation was made."""
        return tuple(one.address for one in self.outcomes if one.status is Status.PENDING)


def resolve(state: State, reader: Reader) -> Recovered:
    """Ask the service what became of every pending operation. Writes nothing; serials stay as they are.

    Raises ProviderFault when the service cannot be asked.
    """
    found = [_Space(state.load(ref), reader) for ref in sorted({address.space for address in state.pending})]
    for space in found:
        space.resolve()
    changed = tuple((space.after, state.versions[space.after.space]) for space in found if space.is_changed)
    return Recovered(
        state.having(changed),
        tuple(sorted((outcome for space in found for outcome in space.outcomes), key=lambda one: one.address)),
        changed,
        tuple(entry for space in found for entry in space.entries),
        {address: intent for space in found for address, intent in space.unmade.items()},
    )


def write(store: StateStore, recovered: Recovered, new_id: Callable[[], str], at: str) -> State:
    """Make durable what was found out. Raises Conflict (`state_moved`) and StateFault."""
    written = []
    for document, version in recovered.changed:
        mine = [entry for entry in recovered.entries if entry.address.space == document.space]
        journal.append(store, document.space, mine, at)
        written.append(recorded.save(store, document, version, new_id))
    return recovered.state.having(written)


def refuse_unknown(recovered: Recovered, spaces: Collection[str]) -> None:
    """Raise Conflict (`operation_unknown`) where nobody can tell what became of an operation in these spaces."""
    unknown = [address for address in recovered.unknown if address.space in spaces]
    if unknown:
        said = message("apply.unknown", count=len(unknown), addresses=", ".join(map(str, unknown)))
        raise Conflict("operation_unknown", said, message("apply.unknown.hint", address=str(unknown[0])))


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


class _Space:
    """The operations that one space's document left open."""

    def __init__(self, document: SpaceState, reader: Reader) -> None:
        self._before = document
        self._reader = reader
        self._resources = dict(document.resources)
        self._pending: dict[Address, Intent] = {}
        self.outcomes: list[Outcome] = []
        self.entries: list[journal.Entry] = []
        self.unmade: dict[Address, Intent] = {}

    @property
    def is_changed(self) -> bool:
        return len(self._pending) < len(self._before.pending)

    @property
    def after(self) -> SpaceState:
        """The document without what was found out."""
        run = self._before.run if self._resources else None  # no later plan needs to cover a space that is gone
        return replace(self._before, resources=self._resources, pending=self._pending, run=run)

    def resolve(self) -> None:
        # Sorted by address a space comes last, so that its deletion also takes what the other operations left; but
        # what was created in a space is found by the space's id, so its creation is looked at first.
        order = sorted(self._before.pending.items(), key=lambda each: (not _makes_space(*each), each[0]))
        for address, intent in order:
            found = self._reader.done(intent.key)
            self._note(address, intent, self._by_name(address, intent) if found is Fate.UNKNOWN else found)

    def _note(self, address: Address, intent: Intent, found: Done | Fate) -> None:
        if isinstance(found, Done):
            settle(self._resources, address, intent, found.id, found.digest, intent.at)
            outcome = Outcome(address, intent.action, Status.APPLIED, found.id)
        elif found is Fate.NOT_MADE:
            self.unmade[address] = intent
            said = message("apply.not_made", address=str(address))
            outcome = Outcome(address, intent.action, Status.SKIPPED, intent.id, said)
        else:
            self._pending[address] = intent
            said = message("apply.cannot_tell", address=str(address))
            outcome = Outcome(address, intent.action, Status.PENDING, intent.id, said)
        self.outcomes.append(outcome)
        if outcome.status is not Status.PENDING:
            self.entries.append(_entry(intent, outcome, self._before.run))

    def _by_name(self, address: Address, intent: Intent) -> Done | Fate:
        """Tell by what is there. Two objects of one name are never chosen between."""
        if intent.action is Action.CREATE:
            return self._created(address, intent)
        rows = {row.id: row for row in self._rows(address)}
        live = rows.get(intent.id or "")
        if intent.action is Action.DELETE:
            return Done(intent.id or "", "") if live is None else Fate.NOT_MADE
        before = self._resources.get(address)
        if live is None or before is None:
            return Fate.UNKNOWN
        if live.digest == before.observed:
            return Fate.NOT_MADE
        is_made = all(_at(self._reader.spec(live.id), one.path) == one.after for one in intent.fields)
        return Done(live.id, live.digest) if is_made else Fate.UNKNOWN

    def _created(self, address: Address, intent: Intent) -> Done | Fate:
        known = {one.id for one in self._resources.values()}
        name = intent.spec.get("name")
        found = [row for row in self._rows(address) if row.name == name and row.id not in known]
        found = [row for row in found if row.kind is address.kind]
        if len(found) > 1:
            return Fate.UNKNOWN
        return Done(found[0].id, found[0].digest) if found else Fate.NOT_MADE

    def _rows(self, address: Address) -> tuple[LiveRow, ...]:
        if address.kind is Kind.SPACE:
            return self._reader.spaces()
        home: Recorded | None = self._resources.get(Address(Kind.SPACE, address.space, address.space))
        return self._reader.rows((home.id,)) if home else ()


def _makes_space(address: Address, intent: Intent) -> bool:
    return address.kind is Kind.SPACE and intent.action is Action.CREATE


def _at(value: object, path: tuple[str | int, ...]) -> object:
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _entry(intent: Intent, outcome: Outcome, run: Run | None) -> journal.Entry:
    known = run if run is not None and run.digest == intent.plan else None
    return journal.Entry(
        key=intent.key,
        run=Run(intent.plan, intent.at, intent.by, known.commit if known else "", known.page if known else ""),
        address=outcome.address,
        act=outcome.action.value,
        status=outcome.status,
        id=outcome.id,
        fields=() if outcome.action is Action.CREATE else intent.fields,
        spec=intent.spec if outcome.action is Action.CREATE else None,
    )


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
