"""The record as documents: who is at work on it, which versions are kept, what was done, and who set which field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ssops import scope
from ssops.apply import parallel
from ssops.errors import StateFault, UsageFault
from ssops.model import Address, Kind, message
from ssops.state import blame, document, history, journal, lease, recorded, seal
from ssops.state.base import StateStore
from ssops.state.blame import Origin
from ssops.state.history import Version
from ssops.state.lease import Lock
from ssops.state.space import Recorded

Damage = Callable[[StateFault], None]
"""Is told of each part of a journal that is damaged and left out."""

_AT_ONCE = 8  # locks that are read side by side


@dataclass(frozen=True, slots=True)
class Versions:
    """The kept versions of a space's state, the newest first, and how the current document stands beside them.

    `current` names the version that has the bytes of the current document, None where none has them. `serial` and
    `size` (bytes) are those of the current document: both None where there is none, `serial` where it cannot be read;
    `fault` says why.
    """

    kept: tuple[Version, ...]
    current: str | None
    serial: int | None
    size: int | None
    fault: StateFault | None = None


def locks(store: StateStore, spaces: Collection[str] = ()) -> tuple[Lock, ...]:
    """Give the locks that are held now, by space; of these spaces, or of all. Raises StateFault."""
    held: list[Lock] = []
    known = [name.removeprefix(f"{lease.FOLDER}/") for name in store.names(lease.FOLDER)]
    chosen = [space for space in known if not spaces or space in spaces]
    shares = {str(number): chosen[number::_AT_ONCE] for number in range(min(_AT_ONCE, len(chosen)))}

    def look(share: str) -> None:
        held.extend(found for space in shares[share] if (found := lease.read(store, space)) is not None)

    parallel.each(tuple(shares), look, _AT_ONCE)
    return tuple(sorted(held, key=lambda one: one.space))


def pull(store: StateStore, space: str) -> tuple[bytes, StateFault | None]:
    """Give the document of a space to the byte, and what is wrong with it. Raises UsageFault where there is none."""
    got = store.get(space)
    if got is None:
        raise scope.unknown_space(space, store.names())
    try:
        document.loads(got[0], space)
    except StateFault as fault:
        return got[0], recorded.restorable(store, space, fault)
    return got[0], None


def versions(store: StateStore, space: str) -> Versions:
    """Give what is kept of a space's state. Raises UsageFault where nothing is."""
    kept, got = history.versions(store, space), store.get(space)
    if got is None:
        if not kept:
            raise scope.unknown_space(space, store.names())
        return Versions(kept, None, None, None)
    data = seal.unix(got[0])
    same = (name for name in history.names(store, space) if (one := store.get(name)) is not None and one[0] == data)
    current = next(same, "").rpartition("/")[2] or None
    try:
        return Versions(kept, current, document.loads(data, space).serial, len(got[0]))
    except StateFault as fault:
        return Versions(kept, current, None, len(got[0]), fault)


def log(
    store: StateStore, spaces: tuple[str, ...], address: Address | None, on_damage: Damage
) -> tuple[journal.Entry, ...]:
    """Give what was done in these spaces, or in all, or to one resource under whatever ref, the newest first.

    Raises UsageFault for a space or a resource of which there is neither a record nor an entry.
    """
    asked = spaces if address is None else (address.space,)
    covered = scope.covered({*store.names(), *journal.spaces(store, asked)}, asked)
    told = [entry for space in covered for entry in journal.read(store, space, on_damage)]
    if address is None:
        return _newest_first(told)
    ids = {entry.id for entry in told if entry.address == address and entry.id is not None}
    if not ids and (known := _resources(store, address.space).get(address)):
        ids = {known.id}
    past = _past(store, address.space, told, ids, on_damage)
    chosen = [entry for entry in past if entry.address == address or entry.id in ids]
    if not chosen and not ids:
        raise scope.unknown_address(address, {*(entry.address for entry in told), *_resources(store, address.space)})
    return _newest_first(chosen)


def origins(store: StateStore, address: Address, on_damage: Damage) -> tuple[Recorded, tuple[Origin, ...]]:
    """Give what is recorded of a resource and which entry set each of its fields, sorted by path.

    Raises UsageFault where nothing is recorded of it, StateFault for a record that cannot be read.
    """
    known = _resources(store, address.space)
    one = known.get(address)
    if one is None:
        said = message("usage.not_recorded", given=str(address))
        raise UsageFault("not_recorded", said, message("usage.not_recorded.hint"))
    told = journal.read(store, address.space, on_damage)
    home = known.get(Address(Kind.SPACE, address.space, address.space))
    ids = {one.id, home.id if home else one.id}
    return one, blame.blame(one, _past(store, address.space, told, ids, on_damage))


def _past(
    store: StateStore, space: str, told: Sequence[journal.Entry], ids: Collection[str | None], on_damage: Damage
) -> tuple[journal.Entry, ...]:
    """Give what was done in a space, and what was done to objects of these ids when it had another ref, in order.

    A move of a space is told to the journals of both refs under one key.
    """
    moves = _moves(told)
    if not moves:
        return tuple(told)
    others = {ref: journal.read(store, ref, on_damage) for ref in store.names() if ref != space}
    keys = {entry.key for entry in told}
    past: list[journal.Entry] = []
    while near := [ref for ref, entries in others.items() if moves & _moves(entries)]:
        entries = others.pop(near[0])
        moves |= _moves(entries)
        past += [entry for entry in entries if entry.id in ids and entry.key not in keys]
    return tuple(sorted([*past, *told], key=_at))


def _moves(told: Iterable[journal.Entry]) -> set[str]:
    return {entry.key for entry in told if entry.act == "move" and entry.address.kind is Kind.SPACE}


def _newest_first(told: Iterable[journal.Entry]) -> tuple[journal.Entry, ...]:
    return tuple(sorted(told, key=_at)[::-1])  # within a second, too, the last one comes first


def _at(entry: journal.Entry) -> str:
    return entry.run.at


def _resources(store: StateStore, space: str) -> Mapping[Address, Recorded]:
    got = store.get(space)
    if got is None:
        return {}
    try:
        return document.loads(got[0], space).resources
    except StateFault as fault:
        raise recorded.restorable(store, space, fault) from fault
