"""All recorded state of a run: short entries at once, whole documents only where somebody has to look inside."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ssops.canonical import canonical
from ssops.errors import Conflict, StateFault
from ssops.model import Address, Entry, Kind, Resources, Spec, message
from ssops.state import document, history
from ssops.state.base import Memory, StaleWrite, StateStore
from ssops.state.space import Intent, Run, SpaceState


@dataclass(frozen=True, slots=True)
class Summary:
    """One document in short. `version` is the store's, None before the first write; `entries` sorted by address."""

    space: str
    lineage: str
    serial: int
    version: str | None
    run: Run | None
    pending: Mapping[Address, Intent]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Recorded state of the spaces of a run, by space ref, sorted. A space without a document is absent.

    `load` gives a whole document, `find` one spec; both raise Conflict when the document moved on since.
    """

    summaries: Mapping[str, Summary]
    load: Callable[[str], SpaceState] = field(compare=False, repr=False)
    find: Callable[[Address], Spec] = field(compare=False, repr=False)

    @property
    def serials(self) -> dict[str, tuple[str, int]]:
        """Lineage and serial of each document, what a plan is bound to."""
        return {space: (one.lineage, one.serial) for space, one in self.summaries.items()}

    @property
    def versions(self) -> dict[str, str | None]:
        """The store's version of each document."""
        return {space: one.version for space, one in self.summaries.items()}

    @property
    def pending(self) -> dict[Address, Intent]:
        """Operations of which it is not recorded what became of them."""
        return {address: intent for one in self.summaries.values() for address, intent in one.pending.items()}

    @property
    def runs(self) -> dict[str, Run]:
        """Plans that were begun and not finished, by space."""
        return {space: one.run for space, one in self.summaries.items() if one.run is not None}

    def resources(self) -> Resources:
        """Give the recorded resources, to be compared with desired and live ones."""
        found = [
            (entry.address, entry)
            for kind in sorted(Kind)
            for one in self.summaries.values()
            for entry in one.entries
            if entry.address.kind is kind
        ]
        return Resources(dict(found), self.find)

    def space(self, ref: str) -> SpaceState | None:
        """Give the whole document of a space, None where there is none yet."""
        return self.load(ref) if ref in self.summaries else None

    def having(self, changed: Iterable[tuple[SpaceState, str | None]]) -> State:
        """Give this state with some documents replaced, each with its version. Writes nothing."""
        states = {state.space: (state, version) for state, version in changed}
        summaries = dict(self.summaries)
        summaries |= {space: summarise(state, version) for space, (state, version) in states.items()}

        def load(ref: str) -> SpaceState:
            return states[ref][0] if ref in states else self.load(ref)

        def find(address: Address) -> Spec:
            held = states.get(address.space)
            return held[0].resources[address].spec if held else self.find(address)

        return State(dict(sorted(summaries.items())), load, find)


class _Documents:
    """Reads documents of the versions that were summarised; remembers the last one's bytes."""

    def __init__(self, store: StateStore, versions: Mapping[str, str | None]) -> None:
        self._store = store
        self._versions = versions
        self._last = ("", b"")

    def load(self, ref: str) -> SpaceState:
        return document.loads(self._bytes(ref), ref)

    def find(self, address: Address) -> Spec:
        spec = document.find_spec(self._bytes(address.space), address)
        return self.load(address.space).resources[address].spec if spec is None else spec

    def _bytes(self, ref: str) -> bytes:
        if self._last[0] != ref:
            got = self._store.get(ref)
            if got is None or got[1] != self._versions[ref]:
                raise moved(ref)
            self._last = (ref, got[0])
        return self._last[1]


def read(store: StateStore, spaces: Collection[str] | None = None, cache: Memory | None = None) -> State:
    """Read the recorded state of these spaces, or of all. Raises StateFault for a document that cannot be read."""
    names = store.names() if spaces is None else sorted(set(spaces))
    summaries = {name: summary for name in names if (summary := _summary(store, name, cache))}
    documents = _Documents(store, {name: one.version for name, one in summaries.items()})
    return State(summaries, documents.load, documents.find)


def save(
    store: StateStore,
    state: SpaceState,
    version: str | None,
    new_id: Callable[[], str],
    encoder: document.Encoder | None = None,
) -> tuple[SpaceState, str]:
    """Write a document in place of `version`; give it with its next serial, and its new version.

    It is kept in the history first, so that there is always a copy of the last good one. A document that begins anew
    goes on counting where a lost one stopped: of the kept versions the newest has the highest serial. Raises Conflict
    (`state_moved`) when another run wrote it meanwhile, StateFault when the store cannot write.
    """
    before = state.serial if version is not None else max(state.serial, history.newest_serial(store, state.space))
    state = replace(state, serial=before + 1)
    write_id = new_id()
    data = (encoder or document.Encoder()).encode(state, write_id)
    kept = history.keep(store, state.space, state.serial, write_id, data)
    try:
        return state, store.put(state.space, data, version)
    except StaleWrite as fault:
        # A store may have taken the write and lost the answer; no two writes have equal bytes, so this one is ours.
        got = store.get(state.space)
        if got is not None and got[0] == data:
            return state, got[1]
        store.remove(kept)
        raise moved(state.space) from fault


def moved(space: str) -> Conflict:
    """Build the fault of a document that another run changed meanwhile."""
    return Conflict("state_moved", message("state.moved", name=space), message("state.moved.hint"))


def restorable(store: StateStore, space: str, fault: StateFault) -> StateFault:
    """Give the fault of a document that cannot be read with the way back: the newest good version, where one is."""
    good = history.newest_good(store, space) if fault.reason == "state_damaged" else None
    if good is None:
        return fault
    return StateFault(fault.reason, fault.message, message("state.damaged.restore", space=space, version=good))


def summarise(state: SpaceState, version: str | None) -> Summary:
    """Give one document in short."""
    rows = sorted(state.resources.items(), key=lambda row: (row[0].kind.value, row[0].ref))
    return _summarised(state, version, tuple(document.entry_of(address, one) for address, one in rows))


def _summarised(state: SpaceState, version: str | None, entries: tuple[Entry, ...]) -> Summary:
    pending = dict(sorted(state.pending.items()))
    return Summary(state.space, state.lineage, state.serial, version, state.run, pending, entries)


def _summary(store: StateStore, name: str, cache: Memory | None) -> Summary | None:
    version = store.version(name)
    if version is None:
        return None
    kept = cache.get("state", f"{name}:{version}") if cache else None
    if kept is not None:
        return _unpacked(kept, name, version)
    got = store.get(name)
    if got is None:
        return None
    try:
        state, entries = document.brief(got[0], name)
    except StateFault as fault:
        raise restorable(store, name, fault) from fault
    summary = _summarised(state, got[1], entries)
    if cache and not summary.pending:
        cache.put("state", f"{name}:{got[1]}", _packed(summary))
    return summary


def _packed(summary: Summary) -> bytes:
    run = summary.run
    rows = [[e.address.kind, e.address.ref, e.name, e.digest, e.id, e.observed, e.retired] for e in summary.entries]
    return canonical([summary.lineage, summary.serial, run and [getattr(run, name) for name in Run.__slots__], rows])


def _unpacked(data: bytes, space: str, version: str) -> Summary:
    lineage, serial, run, rows = json.loads(data.decode("utf-8", "surrogatepass"))
    kinds = {kind.value: kind for kind in Kind}
    entries = tuple(
        Entry(Address(kinds[kind], space, ref), name, digest_, id, observed, retired=retired)
        for kind, ref, name, digest_, id, observed, retired in rows
    )
    return Summary(space, lineage, serial, version, Run(*run) if run else None, {}, entries)
