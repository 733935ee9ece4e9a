"""Looks for drift: reads the three sides, as a plan does, and compares them. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from ssops import scope
from ssops.drift import Drift, Evidence
from ssops.model import Address, Resources
from ssops.plan.drift import find
from ssops.state.recorded import State
from ssops.workspace import Workspace, sides, valid


def drift(workspace: Workspace, spaces: tuple[str, ...] = (), addresses: tuple[Address, ...] = ()) -> Drift:
    """Compare manifests, record and service: of all spaces, or of those named and of the resources at `addresses`.

    Raises InvalidManifest, UsageFault (a space or an address that nobody knows), StateFault, ProviderFault.
    """
    manifest = valid(workspace)
    selected = tuple(sorted({*spaces, *(address.space for address in addresses)}))
    with workspace.provider.reader() as reader:
        seen = sides(workspace, manifest, reader, selected)
        state = seen.recovered.state
        recorded, live = state.resources(), seen.live.resources
        known = (*seen.desired.entries, *recorded.entries)
        for address in addresses:
            if address not in known:
                raise scope.unknown_address(address, known)
        found = find(
            _chosen(seen.desired, spaces, addresses),
            _chosen(recorded, spaces, addresses),
            _chosen(live, spaces, addresses),
            seen.live.unrecorded,
            evidence=_evidence(state),
            unsettled=seen.recovered.unknown,
        )
    if not addresses:
        return found
    strays = tuple(one for one in found.strays if one.address is not None or one.found.space in spaces)
    return replace(found, strays=strays)


def _chosen(side: Resources, spaces: tuple[str, ...], addresses: tuple[Address, ...]) -> Resources:
    if not addresses:
        return side
    entries = {
        address: entry for address, entry in side.entries.items() if address in addresses or address.space in spaces
    }
    return Resources(entries, side.load)


def _evidence(state: State) -> Callable[[Address], Evidence]:
    documents = cache(state.load)  # it reads the whole document

    def of(address: Address) -> Evidence:
        one = documents(address.space).resources[address]
        return Evidence(one.grade, one.at, one.by)

    return of
