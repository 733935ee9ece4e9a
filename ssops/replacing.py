"""A space's state put in place of another as a whole: a kept version brought back, a document taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ssops import gates
from ssops.apply import recovery
from ssops.errors import Conflict, StateFault
from ssops.messages import say
from ssops.model import Actor, Address, FieldChange, Kind, Spec, Status, message
from ssops.state import document, fields, history, journal, recorded, told
from ssops.state.space import Recorded, Run, SpaceState
from ssops.workspace import LOCK_TIMEOUT_S, Workspace

SERIAL_MAX = 10**12 - 1
"""The highest serial that the names of kept versions have room for."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A state that takes the place of another.

    `moves` is what becomes of the resources (`told.moves`), all of them `added` where `is_readable` is False: nobody
    can say what was there before. `is_new` is False where the record says just that already, and nothing is written.
    """

    act: str
    state: SpaceState
    moves: tuple[dict[str, Any], ...]
    is_readable: bool = True
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Course:
    """How a state is replaced: `approve` sees what is about to be written and raises to stop.

    `actor` None: whoever is known from the provider. `lock_timeout_s` is how long to wait for another run.
    """

    actor: Actor | None
    approve: Callable[[Replacement], None]
    lock_timeout_s: float = LOCK_TIMEOUT_S


@dataclass(frozen=True, slots=True)
class _Before:
    """What is known of the state that is to be replaced.

    `stored` is None where there is none or it cannot be read; `settled` is what it comes to once it was found out
    what an interrupted run had done, and `entries` say so. `good` is the newest state that can be read, `serial` the
    highest that was ever given.
    """

    version: str | None
    stored: SpaceState | None
    settled: SpaceState | None
    good: SpaceState | None
    serial: int
    entries: tuple[journal.Entry, ...] = ()


def restore(workspace: Workspace, space: str, version: str, course: Course) -> Replacement:
    """Bring a kept version back as the newest one, also where the current document is damaged or missing.

    A plan that was being applied then is not brought back: what is left of it is planned anew. Raises UsageFault for
    a version that is not kept, StateFault for one that is damaged, Conflict where another run holds the lock or nobody
    can tell what became of an operation.
    """
    try:
        found = history.find(workspace.store, space, version)
    except StateFault as fault:
        raise _unfit(workspace, space, version, fault) from fault

    def restored(before: _Before) -> SpaceState:
        if before.stored is not None and replace(found, serial=before.stored.serial) == before.stored:
            return before.stored
        lineage = before.stored.lineage if before.stored else found.lineage
        return replace(found, lineage=lineage, serial=before.serial + 1, run=None)

    return _replace(workspace, space, "restore", restored, course)


def push(workspace: Workspace, space: str, data: bytes, course: Course) -> Replacement:
    """Take a document in, with the serial that it has.

    Raises Conflict where it is damaged (`state_invalid`), has another past (`state_foreign`), is older than what is
    recorded (`state_older`) or as old and not the same (`state_differs`); else what `restore` raises.
    """
    given = _checked(data, space)

    def pushed(before: _Before) -> SpaceState:
        _refuse(given, before)
        return given

    return _replace(workspace, space, "push", pushed, course)


def _replace(
    workspace: Workspace, space: str, act: str, choose: Callable[[_Before], SpaceState], course: Course
) -> Replacement:
    by = gates.known_actor(course.actor or workspace.provider.default_actor())
    with workspace.locked((space,), by, act, course.lock_timeout_s) as lease:
        before = _before(workspace, space)
        after = choose(before)
        if after == before.stored:
            return Replacement(act, after, (), is_new=False)
        was = before.settled.resources if before.settled else {}
        is_readable = before.settled is not None or before.version is None
        made = Replacement(act, after, tuple(told.moves(was, after.resources)), is_readable)
        course.approve(made)
        lease.check()  # a person thinks for as long as it takes
        entries = _entries(workspace, workspace.begun(by), act, Address(Kind.SPACE, space, space), was, after.resources)
        journal.append(workspace.store, space, [*before.entries, *entries], workspace.stamp())
        earlier = replace(after, serial=after.serial - 1)  # a state is written under the serial after its own
        recorded.save(workspace.store, earlier, before.version, workspace.new_id)
        history.prune(workspace.store, space)
    return made


def _before(workspace: Workspace, space: str) -> _Before:
    kept = history.versions(workspace.store, space)
    serial = max((one.serial for one in kept), default=0)
    good = next((one.state for one in kept if one.state is not None), None)
    got = workspace.store.get(space)
    if got is None:
        return _Before(None, None, None, good, serial)
    try:
        stored = document.loads(got[0], space)
    except StateFault as fault:
        if fault.reason != "state_damaged":  # a newer ssops can read it: nothing is wrong with it
            raise
        return _Before(got[1], None, None, good, serial)
    serial = max(serial, stored.serial)
    if not stored.pending:
        return _Before(got[1], stored, stored, stored, serial)
    with workspace.provider.reader() as reader:
        found = recovery.resolve(recorded.read(workspace.store, (space,)), reader)
    recovery.refuse_unknown(found, (space,))
    return _Before(got[1], stored, found.state.space(space), stored, serial, found.entries)


def _entries(
    workspace: Workspace,
    run: Run,
    act: str,
    home: Address,
    before: Mapping[Address, Recorded],
    after: Mapping[Address, Recorded],
) -> list[journal.Entry]:
    """Say for the journal what becomes of each resource: fields, or the whole where another object takes its place.

    There is an entry of the space in any case; of a resource that goes the spec is empty.
    """

    def entry(address: Address) -> journal.Entry:
        was, becomes = before.get(address), after.get(address)
        id = becomes.id if becomes else was.id if was else None
        changed: tuple[FieldChange, ...] = ()
        spec: Spec | None = None
        if was and becomes and was.id == becomes.id:
            changed = fields.differing(was.spec, becomes.spec)
        elif was or becomes:
            spec = becomes.spec if becomes else {}
        return journal.Entry(workspace.new_id(), run, address, act, Status.APPLIED, id, fields=changed, spec=spec)

    others = sorted({*before, *after} - {home}, key=str)
    entries = [entry(home), *map(entry, others)]
    return [one for one in entries if one.address == home or one.fields or one.spec is not None]


def _checked(data: bytes, space: str) -> SpaceState:
    try:
        given = document.loads(data, space)
    except StateFault as fault:
        raise _invalid(say(fault.message), space) from fault
    if not 1 <= given.serial <= SERIAL_MAX:
        raise _invalid(say(message("state.incomplete", name=space)), space)
    return given


def _invalid(why: str, space: str) -> Conflict:
    return Conflict("state_invalid", message("push.invalid", why=why), message("push.invalid.hint", space=space))


def _refuse(given: SpaceState, before: _Before) -> None:
    """Raise Conflict where a document may not take the place of what is recorded."""
    space, known = given.space, before.good
    if known is not None and given.lineage != known.lineage:
        said = message("push.foreign", space=space, theirs=given.lineage[:40], ours=known.lineage[:40])
        raise Conflict("state_foreign", said, message("push.foreign.hint"))
    least = before.stored.serial if before.stored else before.serial
    hint = message("push.older.hint", space=space)
    if given.serial < least:
        raise Conflict("state_older", message("push.older", space=space, theirs=given.serial, ours=least), hint)
    if known is not None and given.serial == known.serial and given != known:
        raise Conflict("state_differs", message("push.differs", space=space, serial=given.serial), hint)


def _unfit(workspace: Workspace, space: str, version: str, fault: StateFault) -> StateFault:
    if fault.reason != "state_damaged":
        return fault
    good = history.newest_good(workspace.store, space)
    said = message("restore.damaged", space=space, version=version, why=say(fault.message))
    if good is None:
        return StateFault("version_damaged", said, message("restore.damaged.hint.none", space=space))
    return StateFault("version_damaged", said, message("restore.damaged.hint", space=space, version=good))
