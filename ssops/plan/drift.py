"""Desired, recorded and live resources become drift: what contradicts, apart from what the manifests intend."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from ssops.drift import Cause, Drift, Evidence, FieldDrift, ResourceDrift, Standing, Stray
from ssops.model import Address, Entry, Grade, Kind, Resources, Unrecorded
from ssops.plan import names
from ssops.plan.threeway import compare

_RANK = {kind: rank for rank, kind in enumerate(Kind)}
_Sides = tuple[Resources, Resources, Resources]  # desired, recorded, live


def find(
    desired: Resources,
    recorded: Resources,
    live: Resources,
    unrecorded: Iterable[Unrecorded] = (),
    *,
    evidence: Callable[[Address], Evidence],
    unsettled: Collection[Address] = (),
) -> Drift:
    """Look at the three sides of every recorded resource; the same resources in any order give the same drift.

    Specs, and `evidence` of a record, are read only where digests differ. `unsettled` are resources with an operation
    of which nobody can tell what became.
    """
    sides = desired, recorded, live
    found = [_row(sides, entry.address, evidence, unsettled) for entry in recorded if not _is_unchanged(entry, sides)]
    rows = [row for row in found if row.fields or row.standing is not Standing.CHANGED]
    strays = _strays(desired, live, unrecorded)
    new = (entry for entry in desired if entry.address not in recorded.entries)
    waiting = {entry.address for entry in new if entry.managed and not entry.delete}
    return Drift(
        resources=tuple(sorted(rows, key=lambda row: _place(row.address))),
        strays=strays,
        unchanged=len(recorded.entries) - len(rows),
        planned=len(waiting - {stray.address for stray in strays}),
    )


def _is_unchanged(entry: Entry, sides: _Sides) -> bool:
    desired, _, live = sides
    wanted, seen = desired.entries.get(entry.address), live.entries.get(entry.address)
    if wanted is None:
        return False
    if seen is None:
        return wanted.delete  # it was to go, and it is gone
    return _is_as_recorded(entry, seen) and (wanted.digest == entry.digest or not wanted.managed)


def _is_as_recorded(entry: Entry, seen: Entry) -> bool:
    return seen.digest == (entry.observed or entry.digest)


def _row(
    sides: _Sides, address: Address, evidence: Callable[[Address], Evidence], unsettled: Collection[Address]
) -> ResourceDrift:
    desired, recorded, live = sides
    entry, wanted, seen = recorded.entries[address], desired.entries.get(address), live.entries.get(address)
    known = evidence(address)
    is_conclusive = known.grade is Grade.CONFIRMED
    fields: tuple[FieldDrift, ...] = ()
    if seen is not None:
        fields = compare(
            None if wanted is None else desired.spec(address),
            recorded.spec(address),
            live.spec(address),
            is_moved=not _is_as_recorded(entry, seen),
            is_conclusive=is_conclusive,
        )
    standing = Standing.UNSETTLED if address in unsettled else _standing(wanted, seen, is_conclusive=is_conclusive)
    if wanted is None:
        return ResourceDrift(address, entry.name, standing, fields, known)
    if not wanted.managed:  # no plan will ever do what its document says
        fields = tuple(field for field in fields if field.cause is not Cause.INTENDED)
    return ResourceDrift(address, entry.name, standing, fields, known, wanted.location, wanted.managed)


def _standing(wanted: Entry | None, seen: Entry | None, *, is_conclusive: bool) -> Standing:
    if seen is None:
        return Standing.GONE if is_conclusive else Standing.UNSEEN
    return Standing.NOT_IN_MANIFESTS if wanted is None else Standing.CHANGED


def _strays(desired: Resources, live: Resources, unrecorded: Iterable[Unrecorded]) -> tuple[Stray, ...]:
    missing = (entry for entry in desired if entry.address not in live.entries and not entry.delete)
    free = {names.name_of(entry.address, entry.name): entry.address for entry in missing}
    found = []
    for one in unrecorded:
        home = None if one.kind is Kind.SPACE else one.space
        found.append(Stray(one, free.get((one.kind, home, one.name))))
    return tuple(sorted(found, key=lambda stray: (_RANK[stray.found.kind], stray.found.name, stray.found.id)))


def _place(address: Address) -> tuple[str, int, str]:
    return address.space, _RANK[address.kind], address.ref
