"""`ssops import`: manifests and records for all that the provider can read, after which there is nothing to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ssops import gates, scope
from ssops.apply import recovery
from ssops.errors import Conflict
from ssops.manifest import compose, refs
from ssops.manifest.config import Config
from ssops.model import Actor, Address, Kind, Resources, Spec, Status, message
from ssops.providers.base import LiveRow, Reader
from ssops.state import edit, history, journal, recorded
from ssops.state.recorded import State
from ssops.state.space import SpaceState
from ssops.workspace import LOCK_TIMEOUT_S, Workspace, states, valid


@dataclass(frozen=True, slots=True)
class Taken:
    """One live object that is managed from now on. `file` is its new manifest, None where it had one before."""

    address: Address
    id: str
    name: str
    file: str | None


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken over, sorted by address, and how many objects were managed before."""

    taken: tuple[Taken, ...]
    known: int


def run(workspace: Workspace, spaces: tuple[str, ...], actor: Actor | None, *, is_dry: bool) -> Imported:
    """Take over every live object that is not recorded, of all spaces or of those named by name, id or ref.

    An object whose name a manifest bears is recorded under that manifest's address; for any other a manifest is
    written, never over a file that is there. Nothing in SpeechSense changes. With `is_dry` nothing is written.
    Raises InvalidManifest, UsageFault (a space that is not there), Conflict, StateFault, ProviderFault, OSError.
    """
    by = gates.known_actor(actor or workspace.provider.default_actor())
    manifest = valid(workspace)
    with workspace.provider.reader() as reader:
        found = recovery.resolve(states(workspace), reader)
        picked = _Picked(reader, found.state, manifest.resources, spaces)
        taken = tuple(sorted(picked.taken(workspace.config), key=lambda one: one.address))
        if not is_dry and taken:
            touched = tuple(sorted({one.address.space for one in taken}))
            with workspace.locked(touched, by, "import", LOCK_TIMEOUT_S):
                _write(workspace.config.root, picked.texts)
                for space in touched:
                    _record(workspace, reader, picked, [one for one in taken if one.address.space == space], by)
    return Imported(taken, picked.known)


class _Picked:
    """Live objects and the addresses that they have or are to have."""

    def __init__(self, reader: Reader, state: State, desired: Resources, spaces: tuple[str, ...]) -> None:
        self._reader = reader
        self._desired = desired
        self._by_id: dict[str, Address] = {
            known.id: known.address for known in state.resources() if known.id is not None
        }
        self._used = {*(one.address for one in desired), *self._by_id.values()}
        self._rows = _rows(reader, self._by_id, spaces)
        self.texts: dict[str, str] = {}
        self.known = sum(row.id in self._by_id for row in self._rows)
        self.digests = {row.id: row.digest for row in self._rows}

    def taken(self, config: Config) -> list[Taken]:
        """Give an address to every object that has none, spaces first, and a manifest to those without one."""
        taken = []
        named = self._named()
        for row in sorted(self._rows, key=lambda row: (list(Kind).index(row.kind), row.name, row.id)):
            if row.id in self._by_id:
                continue
            home = None if row.kind is Kind.SPACE else self._by_id[row.space_id].space
            address = named.pop((row.kind, home, row.name), None)
            file = None
            if address is None:
                address = self._new(row, home)
                file = _file(config, address)
                self.texts[file] = ""
            self._by_id[row.id] = address
            self._used.add(address)
            taken.append(Taken(address, row.id, row.name, file))
        self.texts = {one.file: self._text(one) for one in taken if one.file is not None}
        return taken

    def _text(self, one: Taken) -> str:
        kind, space, ref = one.address
        return compose.manifest(kind, ref, space, compose.declared(kind, self.spec(one.id)), file=one.file or "")

    def spec(self, id: str) -> Spec:
        """Give the live spec of an object, refs in place of ids."""
        spec = dict(self._reader.spec(id))
        if "connection_id" in spec:
            spec["connection"] = self._by_id[spec.pop("connection_id")].ref
        return spec

    def _named(self) -> dict[tuple[Kind, str | None, str], Address]:
        """Give the desired resources that no state knows, by the name that an object would be known by."""
        recorded_ = set(self._by_id.values())
        found: dict[tuple[Kind, str | None, str], Address] = {}
        for one in self._desired:
            if one.address not in recorded_:
                home = None if one.address.kind is Kind.SPACE else one.address.space
                found.setdefault((one.address.kind, home, one.name), one.address)
        return found

    def _new(self, row: LiveRow, home: str | None) -> Address:
        used = {one.ref for one in self._used if one.kind is row.kind and home in (None, one.space)}
        ref = refs.propose(row.name, used, empty=row.kind.value)
        return Address(row.kind, home or ref, ref)


def _rows(reader: Reader, by_id: Mapping[str, Address], spaces: tuple[str, ...]) -> tuple[LiveRow, ...]:
    """Give the objects of the spaces that are named, or of all. Raises UsageFault for one that is not there."""
    if not spaces:
        return reader.rows()
    there = reader.spaces()
    known = {word: row.id for row in there for word in (row.id, row.name)}
    known |= {by_id[row.id].ref: row.id for row in there if row.id in by_id}
    for asked in spaces:
        if asked not in known:
            raise scope.unknown_space(asked, known)
    return reader.rows({known[asked] for asked in spaces})


def _file(config: Config, address: Address) -> str:
    """Give the place of a new manifest: in the listed folder that bears its kind's name, else in the first one."""
    listed = [each.rstrip("/") for each in config.manifests if not each.endswith((".yaml", ".yml"))] or ["manifests"]
    if address.kind is Kind.SPACE:
        folder = next((each for each in listed if each.endswith("spaces")), listed[0])
        return f"{folder}/{address.ref}.yaml"
    kind = f"{address.kind}s"
    near = next((each for each in listed if each.endswith(kind)), None)
    folder = near or next((each for each in listed if each.endswith("connections")), listed[0])
    name = address.ref if near or address.kind is Kind.CONNECTION else f"{address.kind}-{address.ref}"
    return f"{folder}/{address.space}/{name}.yaml"


def _write(root: Path, texts: Mapping[str, str]) -> None:
    """Write new files, all or none: a file that is there stops it before the first."""
    there = [file for file in sorted(texts) if (root / file).exists() or (root / file).is_symlink()]
    if there:
        said = message("import.file_exists", file=there[0], count=len(there))
        raise Conflict("file_exists", said, message("import.file_exists.hint"))
    for file, text in sorted(texts.items()):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        with (root / file).open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)


def _record(workspace: Workspace, reader: Reader, picked: _Picked, taken: Iterable[Taken], by: Actor) -> None:
    run = workspace.begun(by)
    taken = list(taken)
    space = taken[0].address.space
    # Once more, now under the lock: another run may have written since.
    found = recovery.resolve(recorded.read(workspace.store, (space,), workspace.cache), reader)
    after = found.state.space(space) or SpaceState(space, workspace.new_id())
    entries = list(found.entries)
    for one in sorted(taken, key=lambda one: list(Kind).index(one.address.kind)):
        spec = picked.spec(one.id)
        if one.file is not None:
            spec = compose.declared(one.address.kind, spec)
        after = edit.adopt(after, one.address, one.id, spec, picked.digests[one.id], at=run.at, by=run.by)
        entries.append(journal.Entry(workspace.new_id(), run, one.address, "import", Status.APPLIED, one.id, spec=spec))
    journal.append(workspace.store, space, entries, workspace.stamp())
    recorded.save(workspace.store, after, found.state.versions.get(space), workspace.new_id)
    history.prune(workspace.store, space)
