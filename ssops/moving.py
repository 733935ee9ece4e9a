"""`ssops move`: another ref for a resource, in the manifests and in recorded state; nothing in SpeechSense changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ssops import gates
from ssops.apply import recovery
from ssops.errors import UsageFault
from ssops.manifest import files, move, reader, rewriting
from ssops.manifest.build import address_of
from ssops.manifest.format import Formatted
from ssops.model import Actor, Address, Kind, Status
from ssops.state import edit, history, journal, recorded
from ssops.state.recorded import State
from ssops.state.space import SpaceState
from ssops.workspace import LOCK_TIMEOUT_S, Workspace, states


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move has changed: manifests, relative to the folder of ssops.yaml, and whether the record, too."""

    files: tuple[str, ...]
    is_recorded: bool


def run(workspace: Workspace, old: Address, new: Address, actor: Actor | None) -> Moved:
    """Give a resource another ref wherever manifests and state name it; with a space all that it contains follows.

    The manifests are written first, among them the one that declares the resource last: a move that was cut short is
    ended by the same command, although the manifests do not fit together meanwhile.

    Raises UsageFault (`move_*`, see `manifest.move.rename`; `not_recorded`), InvalidManifest, Conflict, StateFault,
    ProviderFault and OSError.
    """
    by = gates.known_actor(actor or workspace.provider.default_actor())
    move.check(old, new)
    spaces = tuple(sorted({old.space, new.space}))
    with workspace.locked(spaces, by, "move", LOCK_TIMEOUT_S):
        with workspace.provider.reader() as service:
            found = recovery.resolve(states(workspace), service)
        recovery.refuse_unknown(found, spaces)
        is_recorded = old in found.state.resources().entries
        made = _renamed(workspace, old, new, is_recorded=is_recorded)
        rewriting.save(workspace.config.root, made)
        if is_recorded:
            state = recovery.write(workspace.store, found, workspace.new_id, workspace.stamp())
            _record(workspace, state, old, new, by)
    return Moved(tuple(one.file for one in made), is_recorded)


def _renamed(workspace: Workspace, old: Address, new: Address, *, is_recorded: bool) -> tuple[Formatted, ...]:
    root = workspace.config.root
    folders, _ = files.find(root, workspace.config.manifests)
    before = {file.path: files.read(root, file.path) for folder in folders for file in folder.files}
    try:
        after = move.rename(before, old, new)
    except UsageFault as fault:
        # Cut short between manifests and state, the manifests say the new ref alone.
        if fault.reason == "move_taken" and is_recorded and not any(_declares(data, old) for data in before.values()):
            return ()
        raise
    order = sorted(after, key=lambda file: (_declares(before[file], old), file))
    return tuple(Formatted(file, before[file], after[file]) for file in order)


def _declares(data: bytes, address: Address) -> bool:
    if address.ref.encode() not in data and b"\\" not in data:  # a backslash may hide a ref
        return False
    return any(address_of(document.data) == address for document in reader.read(data, "")[0])


def _record(workspace: Workspace, state: State, old: Address, new: Address, by: Actor) -> None:
    known = state.resources().entries[old]
    document = state.load(old.space)
    run = workspace.begun(by)
    told = journal.Entry(workspace.new_id(), run, new, "move", Status.APPLIED, known.id)
    if old.kind is not Kind.SPACE:
        _save(workspace, state, edit.move(document, old, new), told)
        return
    there = state.load(new.space) if new.space in state.summaries else None
    # First the new document: cut short here, the same command finds both, and empties the old one.
    if there is None or not there.resources:
        _save(workspace, state, edit.move_space(document, new.space), told)
    _save(workspace, state, SpaceState(old.space, document.lineage, document.serial), replace(told, address=old))


def _save(workspace: Workspace, state: State, document: SpaceState, told: journal.Entry) -> None:
    journal.append(workspace.store, document.space, [told], workspace.stamp())
    recorded.save(workspace.store, document, state.versions.get(document.space), workspace.new_id)
    history.prune(workspace.store, document.space)
