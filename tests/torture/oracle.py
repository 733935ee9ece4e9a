"""What must hold, by rules of its own: a dictionary of what the service holds, and books on what ssops did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from ssops.domain.data_types import SECTIONS
from ssops.model import Action, Address, Kind, Spec, Status
from ssops.providers.base import Done, Operation
from ssops.state import document, history, journal
from ssops.state.space import SpaceState
from torture.world import Errand, Thing, Things, Wish, Wishes, World

_SECTIONS = SECTIONS["chat"]
_OURS = ("retired",)


class Stop(NamedTuple):
    """Why a plan must be blocked: `dropped`, `taken`, `kept`, `going` or `key`; `what` is an id, a ref or a key."""

    why: str
    address: Address
    what: str = ""


class Oracle:
    """Knows what the service must hold (`things`), and which object stands for which address (`known`)."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}
        self.known: dict[Address, str] = {}
        self.meant: dict[str, Address] = {}  # id -> what the object was made to be, also by others
        self.made: dict[str, Operation] = {}
        self.moved: set[Address] = set()  # forgotten, adopted or restored at some time
        self.excused: set[str] = set()  # made, and then taken out of the record by a person
        self._states: dict[bytes, SpaceState] = {}
        self.wrong: list[str] = []

    # What happens

    def on_made(self, operation: Operation, done: Done, errand: Errand) -> None:
        """Judge an operation that changed the service, and do the same in the dictionary."""
        self.made[operation.key] = operation
        match operation.action:
            case Action.CREATE:
                self._created(operation, done.id, errand)
            case Action.UPDATE:
                self._updated(operation, errand)
            case Action.DELETE:
                self._deleted(operation, errand)

    def _created(self, operation: Operation, id: str, errand: Errand) -> None:
        meant = [address for address in errand.wishes if self._is_meant(address, errand.wishes[address], operation)]
        self._hold(len(meant) == 1, f"created what nobody wished: {operation}")
        address = meant[0]
        self._hold(self.known.get(address) not in self.things, f"{address} was created twice")
        wish = errand.wishes[address]
        twins = [
            one
            for one in self.things.values()
            if one.kind is address.kind and one.spec["name"] == wish.spec["name"] and one.home == operation.space_id
        ]
        self._hold(not twins, f"{address} exists twice")
        self._planned(operation, address, errand)
        self.known[address], self.meant[id] = id, address
        self.things[id] = Thing(address.kind, operation.space_id or id, completed(address, wish.spec, self.known))

    def _is_meant(self, address: Address, wish: Wish, operation: Operation) -> bool:
        is_alike = address.kind is operation.kind and not wish.delete and wish.spec["name"] == operation.spec["name"]
        return is_alike and (address.kind is Kind.SPACE or self.known.get(space_of(address)) == operation.space_id)

    def _updated(self, operation: Operation, errand: Errand) -> None:
        address = self._address_of(operation)
        wish = errand.wishes.get(address)
        self._hold(wish is not None and not wish.delete, f"{address} was updated and nobody asked for it")
        assert wish is not None
        self._seen(operation, address, errand)
        self._planned(operation, address, errand)
        thing = self.things[operation.id or ""]
        self.things[operation.id or ""] = Thing(thing.kind, thing.home, brought(thing.spec, wish.spec))

    def _deleted(self, operation: Operation, errand: Errand) -> None:
        address = self._address_of(operation)
        wish = errand.wishes.get(address)
        self._hold(wish is not None and wish.delete, f"{address} was deleted and nobody asked for it")
        self._seen(operation, address, errand)
        self._planned(operation, address, errand)
        self.gone(operation.id or "")
        self.known = {one: id for one, id in self.known.items() if one != address and not is_within(one, address)}

    def gone(self, id: str) -> None:
        """Take an object out of the dictionary, with what is in it."""
        self.things = {one: thing for one, thing in self.things.items() if id not in (one, thing.home)}

    def unmake(self, world: World) -> None:
        """Forget creations nobody recorded yet, of what is gone by now: without keys nothing tells of them."""
        for address, key in self.pending(world).items():
            made = self.made.get(key)
            if made is not None and made.action is Action.CREATE and self.known.get(address) not in self.things:
                self.known.pop(address, None)
                self.excused.add(key)

    def _address_of(self, operation: Operation) -> Address:
        found = [address for address, id in self.known.items() if id == operation.id]
        self._hold(len(found) == 1, f"changed what ssops does not manage: {operation}")
        return found[0]

    def _seen(self, operation: Operation, address: Address, errand: Errand) -> None:
        id = operation.id or ""
        self._hold(self.things[id] == errand.seen.get(id), f"{address} was changed, and is not as the plan saw it")

    def _planned(self, operation: Operation, address: Address, errand: Errand) -> None:
        planned = {(change.address, change.action) for change in errand.plan.changes}
        self._hold((address, operation.action) in planned, f"{address} was changed, and the plan did not say so")

    def on_put(self, name: str, before: bytes | None, after: bytes, documents: Mapping[str, bytes]) -> None:
        """Judge a document that was written."""
        if "/" in name:
            self._hold(before is None or name.startswith("lock/"), f"{name} was overwritten")
            return
        now = self.state(name, after)
        if before is not None:
            was = self.state(name, before)
            self._hold(now.lineage == was.lineage, f"{name} has another lineage")
            self._hold(now.serial > was.serial, f"{name} went from serial {was.serial} to {now.serial}")
        kept = [one for one, data in documents.items() if one.startswith(f"history/{name}/") and data == after]
        self._hold(bool(kept), f"{name} was written and is not in its history")

    def _hold(self, is_so: bool, said: str) -> None:
        if not is_so:
            self.wrong.append(said)
            raise AssertionError(said)

    # What must be so while nothing runs

    def balance(self, world: World) -> None:
        """Compare the dictionary with the service, and the books with the record."""
        assert self.wrong == [], self.wrong
        live = world.things()
        assert live == self.things, _apart(live, self.things)
        recorded: dict[Address, str] = {}
        for name in world.store.names():
            recorded |= {address: id for address, (id, _) in self.record(world, name).items()}
            newest = history.names(world.store, name)[0]
            assert self.state(name, world.store.documents[newest]), f"{name} has no good version"
        assert recorded == self.known, f"recorded: {recorded}\nmade: {self.known}"

    def state(self, name: str, data: bytes) -> SpaceState:
        """Read the document of a space."""
        if data not in self._states:
            self._states[data] = document.loads(data, name)
        return self._states[data]

    def states(self, world: World) -> Iterator[SpaceState]:
        """Give every document of a space."""
        return (self.state(name, world.store.documents[name]) for name in world.store.names())

    def record(self, world: World, space: str) -> dict[Address, tuple[str, Spec]]:
        """Give what is recorded of a space once everything that was made is found to be made."""
        if space not in world.store.documents:
            return {}
        state = self.state(space, world.store.documents[space])
        found = {address: (one.id, one.spec) for address, one in state.resources.items()}
        order = sorted(state.pending.items(), key=lambda each: each[1].action is Action.DELETE)
        for address, intent in order:
            made = self.made.get(intent.key)
            if made is None or intent.key in self.excused:
                continue
            if intent.action is Action.DELETE:
                found = {one: row for one, row in found.items() if one != address and not is_within(one, address)}
            else:
                id = intent.id or self.known.get(address, "?")
                found[address] = (id, intent.spec)
        return found

    def pending(self, world: World) -> dict[Address, str]:
        """Give the keys of operations left open."""
        return {address: intent.key for state in self.states(world) for address, intent in state.pending.items()}

    def audit(self, world: World) -> None:
        """Hold the journal against what was made: every operation stands there once, and nothing else does."""
        told: Counter[str] = Counter()
        alone: list[journal.Entry] = []
        last: dict[Address, journal.Entry] = {}  # the last one of a resource, where the service had no part in it
        spaces = {name.split("/")[1] for name in world.store.documents if name.startswith("journal/")}
        for space in sorted(spaces):
            for entry in journal.read(world.store, space, _damaged):
                if entry.status is not Status.APPLIED or entry.act not in tuple(Action):
                    continue
                if entry.key in self.made:
                    told[entry.key] += 1
                elif not (entry.fields and all(_is_ours(one.path) for one in entry.fields)):
                    alone.append(entry)
                elif entry.address not in self.moved:
                    before = last.get(entry.address)
                    assert before is None or before.fields != entry.fields, f"told twice: {before}, {entry}"
                    last[entry.address] = entry
        assert alone == [], f"told, and never made: {alone}"
        open = set(self.pending(world).values())
        untold = [one for key, one in self.made.items() if key not in open | self.excused and told[key] != 1]
        assert untold == [], f"made, and not told once: {untold}"

    # What must become of the next run

    def stops(self, world: World, spaces: Collection[str]) -> list[Stop]:
        """Give every reason why a plan of these spaces must be blocked."""
        return [stop for stop in self._stops(world) if stop.address.space in spaces]

    def _stops(self, world: World) -> Iterator[Stop]:
        wishes = world.wishes
        for address in self.known:
            if address not in wishes and not self._goes_along(address, wishes):
                yield Stop("dropped", address)
        for address, wish in wishes.items():
            is_live = self.known.get(address) in self.things
            if wish.delete:
                kept = [one for one in wishes if is_within(one, address) and not wishes[one].delete]
                if kept and (is_live or any(self.known.get(one) not in self.things for one in kept)):
                    yield Stop("kept", address)
            elif not is_live or self.things[self.known[address]].spec["name"] != wish.spec["name"]:
                yield from self._taken(address, wish)
            if is_live and not wish.delete and address.kind is Kind.CONNECTION:
                yield from self._keys(world, address, wish)

    def _goes_along(self, address: Address, wishes: Wishes) -> bool:
        home = space_of(address)
        wish = wishes.get(home)
        is_going = wish is not None and wish.delete and self.known.get(home) in self.things
        kept = any(is_within(one, home) and not wishes[one].delete for one in wishes)
        return address.kind is not Kind.SPACE and is_going and not kept

    def _taken(self, address: Address, wish: Wish) -> Iterator[Stop]:
        managed = set(self.known.values())
        for id, thing in self.things.items():
            is_here = address.kind is Kind.SPACE or thing.home == self.known.get(space_of(address))
            if id not in managed and thing.kind is address.kind and thing.spec["name"] == wish.spec["name"] and is_here:
                yield Stop("taken", address, id)

    def _keys(self, world: World, address: Address, wish: Wish) -> Iterator[Stop]:
        live = self.things[self.known[address]].spec
        recorded = self.record(world, address.space)[address][1]
        for section in _SECTIONS:
            for key in recorded.get(section, {}).get("keys", {}):
                if key in live[section]["keys"] and key not in wish.spec[section]["keys"]:
                    yield Stop("key", address, f"{section}.{key}")

    def is_met(self, wishes: Wishes, spaces: Collection[str]) -> bool:
        """Tell whether the service holds what is wished for in these spaces."""
        for address, wish in wishes.items():
            if address.space not in spaces:
                continue
            thing = self.things.get(self.known.get(address, ""))
            if wish.delete != (thing is None):
                return False
            if thing is not None and brought(thing.spec, wish.spec) != thing.spec:
                return False
        return True


def completed(address: Address, spec: Spec, known: Mapping[Address, str]) -> Spec:
    """Give what the service holds right after a resource was created."""
    if address.kind is Kind.SPACE:
        return {"name": spec["name"], "description": spec["description"], "access": spec.get("access", {})}
    if address.kind is Kind.PROJECT:
        connection = Address(Kind.CONNECTION, address.space, spec["connection"])
        return {
            "name": spec["name"],
            "description": spec["description"],
            "connection_id": known[connection],
            "filters": spec["filters"],
        }
    made: dict[str, Any] = {name: spec[name] for name in ("name", "description", "data_type")}
    for section in _SECTIONS:
        made[section] = {"keys": {key: _key(key, fields, {}) for key, fields in spec[section]["keys"].items()}}
    return made


def brought(live: Spec, spec: Spec) -> Spec:
    """Give what an update leaves of an object: what is wished for, and everything else as it was."""
    after = dict(live)
    for name in ("name", "description", "access"):
        if name in spec:
            after[name] = spec[name]
    for section in _SECTIONS:
        if section in spec:
            keys = dict(live[section]["keys"])
            for key, fields in spec[section]["keys"].items():
                keys[key] = _key(key, fields, keys.get(key, {}))
            after[section] = {"keys": keys}
    return after


def _key(key: str, fields: Spec, live: Spec) -> Spec:
    told = {name: value for name, value in fields.items() if name not in _OURS}
    return {"name": key, "description": "", **live, **told}


def space_of(address: Address) -> Address:
    """Give the address of the space that a resource is, or is in."""
    return Address(Kind.SPACE, address.space, address.space)


def is_within(address: Address, space: Address) -> bool:
    """Tell what is in a space from the space itself."""
    return space.kind is Kind.SPACE and address.kind is not Kind.SPACE and address.space == space.ref


def _is_ours(path: tuple[str | int, ...]) -> bool:
    return path[-1] in _OURS


def _damaged(fault: Exception) -> None:
    raise fault


def _apart(live: Things, meant: Things) -> str:
    ids = [id for id in sorted({*live, *meant}) if live.get(id) != meant.get(id)]
    return "\n".join(f"{id}: is {live.get(id)}\n  must be {meant.get(id)}" for id in ids)
