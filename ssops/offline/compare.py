"""The two comparisons that need no service: what plays the recorded and the live resources, and the plan of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ssops import scope
from ssops.access import check
from ssops.cache import Cache
from ssops.git import repository
from ssops.git.blobs import Blobs
from ssops.manifest import files, load
from ssops.manifest.config import Config
from ssops.manifest.load import Manifest
from ssops.model import Action, Entry, Execution, Issue, Kind, Location, Plan, Resources
from ssops.offline.revision import Reading, Revision
from ssops.plan import make
from ssops.plan.inputs import Inputs
from ssops.state.recorded import State

Capabilities = Mapping[tuple[Kind, Action], Execution]
"""Who carries out each action, as the provider declares it without being asked anything."""


def with_recorded(
    config: Config, manifest: Manifest, state: State, spaces: tuple[str, ...], capabilities: Capabilities
) -> Plan:
    """Plan with recorded state in place of the service: as if nobody but ssops had ever changed anything.

    Where that is so, the digest is that of the plan against live, and apply takes either.
    """
    recorded = state.resources()
    live = {one.address: Entry(one.address, one.name, one.observed or one.digest, one.id) for one in recorded}
    made = make.make(
        Inputs(
            organization=config.organization,
            against="recorded",
            spaces=spaces,
            desired=scope.within(manifest.resources, spaces),
            recorded=recorded,
            live=Resources(live, recorded.load),
            unrecorded=(),
            serials=state.serials,
            capabilities=capabilities,
            max_changes=config.max_changes,
            issues=(*manifest.issues, *_unfinished(config, state)),
            schemas=manifest.schemas,
        )
    )
    return check.judge(made, None, {})


def with_revision(
    config: Config,
    cache: Cache | None,
    revision: Revision,
    selected: tuple[str, ...],
    capabilities: Capabilities,
) -> Plan:
    """Plan with the manifests of a revision, taken as applied, in place of both recorded state and the service.

    Reads git's objects and the work tree, and nothing else. Raises GitFault, UsageFault and Conflict for what keeps git
    from answering, InvalidManifest for faults on either side.
    """
    around = repository.open(config.root, revision.environ)
    found = repository.base(around, revision.ref)
    manifest = load.load(config, cache, with_contents=True)
    with Blobs(around.git, files.BYTES_MAX + 1) as blobs:
        before, notes = Reading(config, cache, revision.ref, around, found, blobs).resources(manifest)
        spaces = scope.covered({one.address.space for part in (manifest.resources, before) for one in part}, selected)
        desired = scope.within(manifest.resources, spaces) if selected else manifest.resources
        recorded = _as_applied(scope.within(before, spaces) if selected else before, desired)
        made = make.make(
            Inputs(
                organization=config.organization,
                against=f"git:{revision.ref}",
                spaces=spaces,
                desired=desired,
                recorded=recorded,
                live=_with_referenced(recorded, desired),
                unrecorded=(),
                serials={},
                capabilities=capabilities,
                max_changes=config.max_changes,
                issues=(*manifest.issues, *notes),
                schemas=manifest.schemas,
                base=found.commit,
            )
        )
    return check.judge(made, None, {})


def _as_applied(base: Resources, desired: Resources) -> Resources:
    """Give what SpeechSense would hold if the base had been applied: what it deletes is gone already.

    What it only refers to was never recorded, so that no document of it can be missed.
    """
    wanted = desired.entries
    entries = {
        address: entry if address in wanted else entry._replace(location=None)
        for address, entry in base.entries.items()
        if not entry.delete and (entry.managed or address in wanted)
    }
    return Resources(entries, base.load)


def _with_referenced(recorded: Resources, desired: Resources) -> Resources:
    """Add what the manifests refer to without managing it: it is there, and nobody here knows more of it."""
    entries = dict(recorded.entries)
    for entry in desired:
        if not entry.managed:
            entries.setdefault(entry.address, entry)
    return Resources(entries, recorded.load)


def _unfinished(config: Config, state: State) -> list[Issue]:
    counts = Counter(address.space for address in state.pending)
    place = Location(config.file)
    return [files.issue("recorded-pending", place, space=space, count=n) for space, n in sorted(counts.items())]
