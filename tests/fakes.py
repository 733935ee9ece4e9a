"""Stand-ins built on the protocols: a service with operation keys and scripted faults, a store, a small planner."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from ssops.apply.executor import Means
from ssops.canonical import digest
from ssops.errors import ProviderFault
from ssops.model import (
    Action,
    Actor,
    Address,
    Change,
    Entry,
    Execution,
    FieldChange,
    Grant,
    Kind,
    Plan,
    Resources,
    Reversibility,
    Spec,
    message,
)
from ssops.providers.base import Done, Fate, LiveRow, Operation
from ssops.state.base import StaleWrite, StateStore, checked
from ssops.state.recorded import State

ACTOR = Actor("serviceAccount", "ajeci000000000000001")
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def now() -> datetime:
    return NOW


def counter(prefix: str = "id") -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"{prefix}{next(numbers)}"


def space(ref: str) -> Address:
    return Address(Kind.SPACE, ref, ref)


def connection(space: str, ref: str) -> Address:
    return Address(Kind.CONNECTION, space, ref)


def project(space: str, ref: str) -> Address:
    return Address(Kind.PROJECT, space, ref)


@dataclass
class FakeService:
    """Reader and Writer in one. `faults` maps a call's number, from 1, to what happens then:

    `refuse` and `denied` do nothing, `lost` does it and loses the answer, `interrupt` and `interrupt-after` are Ctrl-C.
    With `path` the service outlives the process.
    """

    path: Path | None = None
    faults: dict[int, str] = field(default_factory=dict)
    is_silent: bool = False
    is_forgetful: bool = False
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    calls: list[Operation] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.path and self.path.exists():
            self.objects, self.keys = json.loads(self.path.read_text())

    def rows(self, space_ids: Collection[str] | None = None) -> tuple[LiveRow, ...]:
        rows = [
            LiveRow(Kind(one["kind"]), id, one["space_id"] or id, one["spec"].get("name", ""), digest(one["spec"]))
            for id, one in self.objects.items()
        ]
        chosen = [row for row in rows if space_ids is None or row.space_id in space_ids]
        return tuple(sorted(chosen, key=lambda row: (row.kind, row.name, row.id)))

    def revision(self) -> str | None:
        return None

    def spaces(self) -> tuple[LiveRow, ...]:
        return tuple(row for row in self.rows() if row.kind is Kind.SPACE)

    def spec(self, id: str) -> Spec:
        spec: Spec = self.objects[id]["spec"]
        return spec

    def grants(self, actor: Actor, space_ids: Collection[str]) -> tuple[Grant, ...]:
        return (Grant("speech-sense.admin", "organization", "fake"),)

    def done(self, key: str) -> Done | Fate:
        if self.is_silent:
            raise ProviderFault("provider_unreachable", message("error.out_of_memory"))
        if self.is_forgetful:
            return Fate.UNKNOWN
        return Done(*self.keys[key]) if key in self.keys else Fate.NOT_MADE

    def carry_out(self, operation: Operation) -> Done:
        self.calls.append(operation)
        fault = self.faults.get(len(self.calls))
        if fault == "interrupt":
            raise KeyboardInterrupt
        if fault == "denied":
            raise ProviderFault("permission_denied", message("error.interrupted"))
        if fault == "refuse":
            raise ProviderFault("refused", message("state.not_recorded", address=str(operation.spec.get("name"))))
        done = self._make(operation)
        if fault == "interrupt-after":
            raise KeyboardInterrupt
        if fault == "lost":
            raise ProviderFault("provider_unreachable", message("error.interrupted"))
        return done

    def _make(self, operation: Operation) -> Done:
        if operation.key in self.keys:
            return Done(*self.keys[operation.key])
        id = operation.id or f"srv{len(self.keys) + 1:017}"
        if operation.expected is not None and digest(self.objects[id]["spec"]) != operation.expected:
            raise ProviderFault("live_moved", message("state.unwritable.hint"))
        if operation.action is Action.DELETE:
            gone = [known for known, one in self.objects.items() if id in (known, one["space_id"])]
            for known in gone:
                del self.objects[known]
        else:
            parent = None if operation.kind is Kind.SPACE else operation.space_id
            assert parent is None or parent in self.objects
            self.objects[id] = {"kind": operation.kind, "space_id": parent, "spec": dict(operation.spec)}
        live = "" if operation.action is Action.DELETE else digest(self.objects[id]["spec"])
        self.keys[operation.key] = [id, live]
        if self.path:
            temporary = self.path.with_suffix(".new")
            temporary.write_text(json.dumps([self.objects, self.keys]))
            temporary.replace(self.path)
        return Done(id, live)


def means(store: StateStore, service: FakeService, new_id: Callable[[], str], **other: Any) -> Means:
    """Give what an executor works with, on fakes; nobody takes the lock away, nobody stops the run."""
    parts: dict[str, Any] = {
        "store": store,
        "service": lambda: nullcontext((service, service)),
        "actor": ACTOR,
        "now": now,
        "new_id": new_id,
        "check": lambda: None,
        "is_stopped": lambda: False,
    }
    return Means(**{**parts, **other})


@dataclass
class MemoryStore:
    """A state store in memory. `lost` counts writes whose answer is still to be lost, `puts` are those of states."""

    documents: dict[str, bytes] = field(default_factory=dict)
    puts: list[bytes] = field(default_factory=list)
    gets: int = 0
    lost: int = 0
    mutex: Lock = field(default_factory=Lock)

    def get(self, name: str) -> tuple[bytes, str] | None:
        self.gets += 1
        data = self.documents.get(checked(name))
        return None if data is None else (data, sha256(data).hexdigest())

    def version(self, name: str) -> str | None:
        data = self.documents.get(checked(name))
        return None if data is None else sha256(data).hexdigest()

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        with self.mutex:
            if self.version(name) != expected:
                raise StaleWrite(name)
            self.documents[name] = data
        if "/" not in name:
            self.puts.append(data)
        if self.lost:
            self.lost -= 1
            raise StaleWrite(name)
        return sha256(data).hexdigest()

    def names(self, folder: str = "") -> tuple[str, ...]:
        prefix = f"{folder}/" if folder else ""
        found = (name for name in self.documents if name.startswith(prefix))
        return tuple(sorted(name for name in found if "/" not in name[len(prefix) :]))

    def remove(self, name: str) -> None:
        self.documents.pop(checked(name), None)

    def now(self) -> datetime:
        return NOW

    def close(self) -> None:
        pass


@dataclass
class MemoryCache:
    """A cache in memory."""

    kept: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def get(self, namespace: str, key: str) -> bytes | None:
        return self.kept.get((namespace, key))

    def put(self, namespace: str, key: str, value: bytes) -> None:
        self.kept[namespace, key] = value


def resources(specs: Mapping[Address, Spec]) -> Resources:
    entries = {
        address: Entry(address, str(spec.get("name", address.ref)), digest(spec))
        for address, spec in sorted(specs.items())
    }
    return Resources(entries, specs.__getitem__)


def plan_of(desired: Mapping[Address, Spec], state: State, live: Mapping[str, str], name: str = "") -> Plan:
    """Compare desired specs with recorded ones. `live` gives the digest of each live id."""
    recorded = state.resources()
    changes = sorted(_changes(desired, recorded), key=_order)
    ids = {address: entry.id or "" for address, entry in recorded.entries.items()}
    basis = {
        "desired": {str(address): digest(spec) for address, spec in sorted(desired.items())},
        "recorded": {space: list(serial) for space, serial in state.serials.items()},
        "live": {str(address): live[id] for address, id in ids.items() if id in live},
    }
    spaces = tuple(sorted({address.space for address in (*desired, *recorded.entries)}))
    sum_ = name or digest([basis, [str(change) for change in changes]])
    return Plan("bpf", "live", spaces, tuple(changes), (), basis, sum_)


def _order(change: Change) -> tuple[bool, int, Address]:
    rank = list(Kind).index(change.address.kind)
    is_last = change.action is Action.DELETE
    return is_last, -rank if is_last else rank, change.address


def _changes(desired: Mapping[Address, Spec], recorded: Resources) -> Iterator[Change]:
    for address, spec in desired.items():
        known = recorded.entries.get(address)
        if known is None:
            yield change(address, Action.CREATE, ())
        elif known.digest != digest(spec):
            before = recorded.spec(address)
            names = sorted({*spec, *before})
            moved = [name for name in names if spec.get(name) != before.get(name)]
            fields = tuple(FieldChange((name,), before.get(name), spec.get(name)) for name in moved)
            yield change(address, Action.UPDATE, fields)
    for entry in recorded:
        if entry.address not in desired:
            yield change(entry.address, Action.DELETE, ())


def change(
    address: Address, action: Action, fields: tuple[FieldChange, ...] = (), execution: Execution = Execution.AUTO
) -> Change:
    return Change(address, action, address.ref, fields, Reversibility.REVERSIBLE, execution, None, None)
