"""All that is recorded, copied from one state store to another: states, kept versions, journal; not the locks."""

from __future__ import annotations

from dataclasses import dataclass

from ssops import gates
from ssops.apply import parallel
from ssops.errors import Conflict, StateFault, UsageFault
from ssops.manifest.config import Config
from ssops.model import Actor, message
from ssops.state import document, recorded, registry
from ssops.state.base import StaleWrite, StateStore
from ssops.workspace import LOCK_TIMEOUT_S, Workspace

_AT_ONCE = 8  # spaces that are copied side by side
_FOLDERS = ("history", "journal")


@dataclass(frozen=True, slots=True)
class Migrated:
    """What the other store has now: the spaces, sorted, how many documents, and how many of them were copied now."""

    spaces: tuple[str, ...]
    documents: int
    copied: int


def migrate(workspace: Workspace, to: Config, actor: Actor | None, lock_timeout_s: float = LOCK_TIMEOUT_S) -> Migrated:
    """Copy everything to the store that another configuration names; the store that is left stays as it is.

    Every space is locked in the store that is left while its documents are copied, and every copy is read back. What
    an interrupted migration has copied already is kept. Raises UsageFault where the configuration is of another
    organization or folder or names the same store, Conflict where the other store holds something else of these
    spaces, and StateFault for a damaged state: nothing was copied then.
    """
    _check(workspace.config, to)
    target = registry.make(
        to.state_name, to.state, to.root, clock=workspace.now, stamps=workspace.cache, environ=workspace.environ
    )
    try:
        return copy(workspace, target, actor, lock_timeout_s)
    finally:
        target.close()


def copy(
    workspace: Workspace, target: StateStore, actor: Actor | None, lock_timeout_s: float = LOCK_TIMEOUT_S
) -> Migrated:
    """Copy everything to this store, as `migrate` does."""
    by = gates.known_actor(actor or workspace.provider.default_actor())
    source = workspace.store
    spaces = source.names()
    with workspace.locked(spaces, by, "migrate", lock_timeout_s) as lease:
        missing: dict[str, list[str]] = {}
        found: dict[str, int] = {}

        def compare(space: str) -> None:
            names = _documents(source, space)
            missing[space], found[space] = _missing(source, target, space, names), len(names)

        def transfer(space: str) -> None:
            for name in missing[space]:
                lease.check()
                _copy(source, target, name)
            for name in _documents(source, space):
                _verify(source, target, name)

        parallel.each(spaces, compare, _AT_ONCE)
        parallel.each(spaces, transfer, _AT_ONCE)
        if other := sorted(set(source.names()) - set(spaces)):  # it could not be locked: it was not there
            raise recorded.moved(other[0])
    return Migrated(spaces, sum(found.values()), sum(map(len, missing.values())))


def _check(here: Config, to: Config) -> None:
    if to.organization != here.organization:
        said = message("migrate.foreign", theirs=to.organization, ours=here.organization)
        raise UsageFault("other_organization", said, message("migrate.to.hint"))
    if to.root != here.root:
        raise UsageFault("usage", message("migrate.elsewhere", file=to.file), message("migrate.to.hint"))
    if (to.state_name, to.state) == (here.state_name, here.state):
        raise UsageFault("same_store", message("migrate.same", file=to.file), message("migrate.to.hint"))


def _documents(store: StateStore, space: str) -> list[str]:
    """Name all documents of a space, its state last: where that is, the rest is too."""
    return [*(name for folder in _FOLDERS for name in store.names(f"{folder}/{space}")), space]


def _missing(source: StateStore, target: StateStore, space: str, names: list[str]) -> list[str]:
    """Give what is still to be copied. Raises Conflict where the target holds what the source does not."""
    data = _read(source, space)
    try:
        document.loads(data, space)
    except StateFault as fault:
        raise recorded.restorable(source, space, fault) from fault
    there = {name for folder in _FOLDERS for name in target.names(f"{folder}/{space}")}
    there |= {space} if target.version(space) is not None else set()
    for name in sorted(there):
        if name not in names or _read(source, name) != _read(target, name):
            raise _occupied(space, name)
    return [name for name in names if name not in there]


def _copy(source: StateStore, target: StateStore, name: str) -> None:
    try:
        target.put(name, _read(source, name), None)
    except StaleWrite:
        _verify(source, target, name)  # a store may have taken the write and lost the answer


def _verify(source: StateStore, target: StateStore, name: str) -> None:
    if _read(source, name) != _read(target, name):
        raise _occupied(name.split("/")[1] if "/" in name else name, name)


def _read(store: StateStore, name: str) -> bytes:
    got = store.get(name)
    return b"" if got is None else got[0]


def _occupied(space: str, name: str) -> Conflict:
    said = message("migrate.occupied", space=space, name=name)
    return Conflict("target_occupied", said, message("migrate.occupied.hint"))
