"""What outlives every run: the service, the store, the clock, and the wishes that stand for the manifests."""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from fakes import MemoryStore

from ssops.canonical import digest
from ssops.manifest.load import Manifest
from ssops.model import Actor, Address, Entry, Kind, Location, Plan, Resources, Spec
from ssops.providers.base import Done, Operation
from ssops.providers.local import LocalReader
from ssops.providers.local.bindings import Bindings
from ssops.providers.local.database import Database, writing
from ssops.providers.local.service import Service
from ssops.providers.local.store import Store

ORGANIZATION = "bpfexample0000000001"
ADMIN = Actor("userAccount", "ajeadmin000000000001")
STRANGER = Actor("userAccount", "ajestranger000000001")
SOMEBODY = Actor("userAccount", "ajesomebody000000001")
"""Works in the service's console, without ssops."""

LEASE_S = 60.0
BREAK_S = 600.0
"""How long everybody rests who oversleeps: far past the end of any lease."""

_BINDINGS = Bindings(ORGANIZATION, {"speech-sense.admin": (str(ADMIN), str(SOMEBODY))}, {})


@dataclass(frozen=True, slots=True)
class Wish:
    """What the manifests say of one resource. Specs are never changed in place."""

    spec: Spec
    delete: bool = False


Wishes = Mapping[Address, Wish]


@dataclass(frozen=True, slots=True)
class Thing:
    """One object of the service. `home` is the id of its space, its own for a space."""

    kind: Kind
    home: str
    spec: Spec


Things = Mapping[str, Thing]


@dataclass(frozen=True, slots=True)
class Errand:
    """What a run was sent for when it made a call: the wishes, the plan it was approved, what was live by then."""

    wishes: Wishes
    plan: Plan
    seen: Things


def manifest(wishes: Wishes) -> Manifest:
    """Give the wishes as the loader of manifests would."""
    entries = {}
    for address in sorted(wishes, key=lambda each: (each.kind.value, each.space, each.ref)):
        wish = wishes[address]
        entries[address] = Entry(
            address,
            wish.spec["name"],
            digest(wish.spec),
            location=Location("all.yaml"),
            delete=wish.delete,
            retired=wish.spec.get("retired", False),
        )
    return Manifest(Resources(entries, lambda address: wishes[address].spec), (), 1)


class SharedStore(MemoryStore):
    """The documents that all runs share; `on_put` is told of every one that was replaced, with what was there."""

    def __init__(self, clock: Callable[[], datetime], on_put: Callable[[str, bytes | None, bytes], None]) -> None:
        super().__init__()
        self._clock = clock
        self._on_put = on_put

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        before = self.documents.get(name)
        version = super().put(name, data, expected)
        self._on_put(name, before, data)
        return version

    def now(self) -> datetime:
        return self._clock()


@dataclass
class World:
    """`is_forgetful`: the service keeps no keys of operations, and makes a call again that it made before.

    `on_made` is told of every operation that changed the service, `on_put` of every document that was written.
    """

    is_forgetful: bool
    on_made: Callable[[Operation, Done, Errand], None]
    on_put: Callable[[str, bytes | None, bytes], None]
    wishes: dict[Address, Wish] = field(default_factory=dict)
    late: list[tuple[Operation, Errand]] = field(default_factory=list)
    clock: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    moves: int = 0  # grows with whatever changes wishes, service or record

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._connection = _founded()
        self.live = Store(Database(Path("service.db"), self._connection))
        self.reader = LocalReader(self.live, _BINDINGS)
        self.store = SharedStore(self.now, self._written)

    def close(self) -> None:
        """Let the service go."""
        self._connection.close()

    def now(self) -> datetime:
        """Give the time; it stands still between two steps."""
        return self.clock

    def uptime(self) -> float:
        """Give seconds on a clock that goes on while a run sleeps."""
        return self.clock.timestamp()

    def rest(self, seconds: float) -> None:
        """Let time pass."""
        self.clock += timedelta(seconds=seconds)

    def new_id(self) -> str:
        """Give a fresh id: hexadecimal, told apart by its first letters."""
        return f"{next(self._numbers):08x}{'0' * 24}"

    def carry_out(self, operation: Operation, actor: Actor, errand: Errand | None) -> Done:
        """Make a call reach the service; without an errand somebody else makes it. Raises ProviderFault."""
        sent = replace(operation, key=f"{operation.key}-{next(self._numbers)}") if self.is_forgetful else operation
        is_new = self.live.done(sent.key) is None
        done = Service(self.live, _BINDINGS, actor, self.now, self._id_of).carry_out(sent)
        if is_new:
            self.moves += 1
            if errand is not None:
                self.on_made(operation, done, errand)
        return done

    def things(self) -> dict[str, Thing]:
        """Give everything that the service holds, by id."""
        found = (self.live.get(row.id) for row in self.live.rows())
        return {one.id: Thing(one.kind, one.space_id, one.spec) for one in found if one is not None}

    def _id_of(self, kind: Kind) -> str:
        return f"{kind.value[:3]}{next(self._numbers):017}"

    def _written(self, name: str, before: bytes | None, after: bytes) -> None:
        self.moves += "/" not in name
        self.on_put(name, before, after)


def _founded() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(_empty_service())
    return connection


@cache
def _empty_service() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "service.db")
        with writing(path, ORGANIZATION):
            pass
        return path.read_bytes()


def put(spec: Spec, path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Give a copy of a spec with one value set, or taken away where it is None."""
    first, *rest = path
    changed = dict(spec)
    if rest:
        changed[first] = put(changed.get(first, {}), tuple(rest), value)
    elif value is None:
        changed.pop(first, None)
    else:
        changed[first] = value
    return changed
