"""`ssops drift --accept`: what was changed outside ssops is written back into the manifests, comments kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ssops import upkeep
from ssops.canonical import digest
from ssops.drift import Drift
from ssops.manifest import accept, edit, files, reader, rewriting
from ssops.manifest.build import address_of
from ssops.manifest.format import Formatted
from ssops.model import Actor, Address, FieldChange, Resources, Status
from ssops.providers.base import Reader
from ssops.state import journal
from ssops.state.recorded import State
from ssops.state.space import SpaceState
from ssops.workspace import Workspace, valid


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted: resources and the files that say now what is live. `left` drifted and no file can say it."""

    addresses: tuple[Address, ...]
    files: tuple[str, ...]
    left: tuple[Address, ...]


def run(workspace: Workspace, found: Drift, actor: Actor | None) -> Accepted:
    """Make the manifests say what is live, and the record remember it. Nothing in SpeechSense changes.

    The manifests are written first: cut short after that, manifests and service agree and the record follows later.
    Raises InvalidManifest, Conflict, StateFault, ProviderFault, OSError, and what `manifest.edit.apply` raises for a
    place that cannot be edited; no file was changed then.
    """
    accepted = found.accepted
    made = _edited(workspace, accepted)
    rewriting.save(workspace.config.root, made)
    desired = valid(workspace).resources
    for space in sorted({address.space for address in accepted}):
        _record(workspace, space, {a: c for a, c in accepted.items() if a.space == space}, desired, actor)
    left = tuple(one.address for one in found.drifted if one.address not in accepted)
    return Accepted(tuple(accepted), tuple(one.file for one in made if one.is_changed), left)


def _edited(workspace: Workspace, accepted: Mapping[Address, tuple[FieldChange, ...]]) -> tuple[Formatted, ...]:
    root, entries = workspace.config.root, valid(workspace).resources.entries
    by_file: dict[str, list[Address]] = {}
    for address in accepted:
        place = entries[address].location
        by_file.setdefault(place.file if place else "", []).append(address)
    made = []
    for file, addresses in sorted(by_file.items()):
        before = files.read(root, file)
        data = {address_of(document.data): document.data for document in reader.read(before, file)[0]}
        edits = [one for address in addresses for one in accept.edits(address, data[address], accepted[address])]
        made.append(Formatted(file, before, edit.apply(before, file, edits)))
    return tuple(made)


def _record(
    workspace: Workspace,
    space: str,
    accepted: Mapping[Address, tuple[FieldChange, ...]],
    desired: Resources,
    actor: Actor | None,
) -> None:
    def remembered(before: SpaceState, _: State, reader: Reader) -> tuple[SpaceState, list[journal.Entry]]:
        run = upkeep.begun(workspace, actor)
        ids = [one.id for address, one in before.resources.items() if str(address) == f"space/{space}"]
        live = {row.id: row.digest for row in reader.rows(ids)}
        resources, entries = dict(before.resources), []
        for address, changes in accepted.items():
            known, spec = resources[address], desired.spec(address)
            resources[address] = replace(
                known, spec=spec, digest=digest(spec), observed=live[known.id], at=run.at, by=run.by, plan=""
            )
            entries.append(journal.Entry(workspace.new_id(), run, address, "accept", Status.APPLIED, known.id, changes))
        return replace(before, resources=resources), entries

    upkeep.rewrite(workspace, space, actor, "accept", remembered)
