"""The embedded SpeechSense: a SQLite file that behaves as the service does, for demos, tests and rehearsals."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssops.model import Action, Actor, Execution, Grant, Kind, Spec
from ssops.providers.base import Done, Fate, LiveRow
from ssops.providers.local import opening
from ssops.providers.local.bindings import Bindings
from ssops.providers.local.database import BUSY_TIMEOUT_S, reading, writing
from ssops.providers.local.store import Store, Stored

if TYPE_CHECKING:
    from ssops.providers.local.service import Service

_PREFIXES = {Kind.SPACE: "f3f", Kind.CONNECTION: "eag", Kind.PROJECT: "eag"}
_ALPHABET = "0123456789abcdefghijklmnopqrstuv"
_RANDOM_LETTERS = 17

_IMPOSSIBLE = {(kind, Action.REMOVE) for kind in Kind} | {(Kind.CONNECTION, Action.DELETE)}
CAPABILITIES: Mapping[tuple[Kind, Action], Execution] = MappingProxyType(
    {
        (kind, action): Execution.BLOCKED if (kind, action) in _IMPOSSIBLE else Execution.AUTO
        for kind in Kind
        for action in Action
    }
)
"""Who carries out what: the embedded service does all that SpeechSense can do at all."""


def new_id(kind: Kind) -> str:
    """Make an id as SpeechSense does: 20 Latin letters and digits.

    Source: yandex-cloud/docs: en/speechsense/operations/data/rest-get-dialog-data.md (samples and their prefixes).
    """
    return _PREFIXES[kind] + "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in secrets.token_bytes(_RANDOM_LETTERS))


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class LocalReader:
    """A Reader of the embedded service; see `providers.base.Reader`."""

    store: Store
    bindings: Bindings

    def rows(self, space_ids: Collection[str] | None = None) -> tuple[LiveRow, ...]:
        """Give the objects of these spaces, or of all, sorted by kind, name and id."""
        return self.store.rows(space_ids)

    def revision(self) -> str | None:
        """Give a text that stays the same exactly while nothing in the service changes."""
        return opening.revision(self.store.database.path)

    def spaces(self) -> tuple[LiveRow, ...]:
        """Give every space and nothing in them, sorted by name and id."""
        return self.store.spaces()

    def spec(self, id: str) -> Spec:
        """Give the live spec of one object, `connection_id` for a project. Raises KeyError if it is gone."""
        return self.stored(id).spec

    def stored(self, id: str) -> Stored:
        """Give one object with its author and times. Raises KeyError if it is gone."""
        found = self.store.get(id)
        if found is None:
            raise KeyError(id)
        return found

    def grants(self, actor: Actor, space_ids: Collection[str]) -> tuple[Grant, ...]:
        """Give every role that reaches the actor on the organization and on these spaces that exist."""
        spaces = (self.store.get(id_) for id_ in set(space_ids))
        access = {space.id: space.spec["access"] for space in spaces if space and space.kind is Kind.SPACE}
        return self.bindings.grants(actor, access)

    def done(self, key: str) -> Done | Fate:
        """Say what became of the operation with this key."""
        found = self.store.done(key)
        return found[2] if found else Fate.NOT_MADE


@dataclass(frozen=True, slots=True)
class LocalProvider:
    """The embedded service as a Provider.

    `actor` acts when nobody is named. `grants` is role -> subjects on the organization, `groups` group id ->
    subjects. `busy_timeout_s` is how long to wait for another process to finish writing.
    """

    path: Path
    organization: str
    actor: Actor | None = None
    grants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clock: Callable[[], datetime] = _now
    ids: Callable[[Kind], str] = new_id
    busy_timeout_s: float = BUSY_TIMEOUT_S

    @property
    def capabilities(self) -> Mapping[tuple[Kind, Action], Execution]:
        """Everything is a call, but for what SpeechSense cannot do."""
        return CAPABILITIES

    def default_actor(self) -> Actor | None:
        """Who acts when nobody is named; None where the configuration does not say."""
        return self.actor

    @contextmanager
    def reader(self) -> Iterator[LocalReader]:
        """Open the service for reading; creates nothing. Raises ProviderFault."""
        with reading(self.path, self.organization, self.busy_timeout_s) as database:
            yield LocalReader(Store(database), self._bindings())

    @contextmanager
    def writer(self, actor: Actor) -> Iterator[Service]:
        """Open the service for writing as this actor; its file is made on first use. Raises ProviderFault."""
        from ssops.providers.local.service import Service  # whoever only reads does without its rules

        with writing(self.path, self.organization, self.busy_timeout_s) as database:
            yield Service(Store(database), self._bindings(), actor, self.clock, self.ids)

    def _bindings(self) -> Bindings:
        return Bindings(self.organization, self.grants, self.groups)
