"""Which resources a run is about, and the faults of asking for others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ssops.errors import UsageFault
from ssops.model import Address, Kind, Plan, Resources, message
from ssops.providers.base import LiveRow


def covered(known: Collection[str], selected: tuple[str, ...]) -> tuple[str, ...]:
    """Give the spaces of a run, sorted: all known ones, or those selected. Raises UsageFault, naming the nearest."""
    for ref in selected:
        if ref not in known:
            raise unknown_space(ref, known)
    return tuple(sorted(set(selected or known)))


def within(resources: Resources, spaces: Collection[str]) -> Resources:
    """Give the resources of these spaces alone."""
    entries = {address: entry for address, entry in resources.entries.items() if address.space in spaces}
    return Resources(entries, resources.load)


def unknown_space(asked: str, known: Iterable[str]) -> UsageFault:
    """Build the fault of a space that is not there, naming the nearest one."""
    return _unknown("unknown_space", asked, sorted(known))


def unknown_address(address: Address, known: Iterable[Address]) -> UsageFault:
    """Build the fault of an address that neither manifests nor state nor service know."""
    return _unknown("unknown_address", str(address), sorted({str(one) for one in known}))


def adoptable(address: Address, id: str, rows: Iterable[LiveRow], recorded: Resources) -> LiveRow:
    """Give the live object to adopt. Raises UsageFault when it is gone, of another kind, elsewhere, or recorded."""
    row = next((row for row in rows if row.id == id), None)
    if row is None:
        raise UsageFault("unknown_id", message("error.unknown_id", id=id), message("error.unknown_id.hint"))
    if row.kind is not address.kind:
        raise UsageFault("other_kind", message("error.other_kind", id=id, found=row.kind, asked=address.kind))
    held = next((entry.address for entry in recorded if entry.id == id and entry.address != address), None)
    if held is not None:
        raise UsageFault("already_recorded", message("error.already_recorded", id=id, address=str(held)))
    home = recorded.entries.get(Address(Kind.SPACE, address.space, address.space))
    if address.kind is not Kind.SPACE and (home is None or home.id != row.space_id):
        raise UsageFault("other_space", message("error.other_space", id=id, space=address.space))
    return row


def moved(reviewed: Plan, fresh: Plan) -> tuple[str, ...]:
    """Name what a plan depended on and what moved since: addresses and spaces, sorted."""
    found: set[str] = set()
    for part in ("desired", "live", "recorded", "policy"):
        before, now = reviewed.basis[part], fresh.basis[part]
        names = {name for name in {*before, *now} if before.get(name) != now.get(name)}
        found |= {f"space/{name}" for name in names} if part == "recorded" else names
    return tuple(sorted(found))


def _unknown(reason: str, asked: str, known: list[str]) -> UsageFault:
    from difflib import get_close_matches

    near = get_close_matches(asked, known, n=1)
    hint = message(f"error.{reason}.near", near=near[0]) if near else message(f"error.{reason}.hint")
    return UsageFault(reason, message(f"error.{reason}", asked=asked), hint)
