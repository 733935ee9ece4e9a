"""What a provider must offer. Reading and writing are two objects: whoever plans holds a Reader and cannot write."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from ssops.model import Action, Actor, Execution, FieldChange, Grant, Kind, Spec


class LiveRow(NamedTuple):
    """One object of the service in short. `space_id` is its own id for a space; `digest` changes with its spec."""

    kind: Kind
    id: str
    space_id: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One change as the service is asked to do it.

    `key` is unique per change and is sent again on a repeat, so that a change is made once. `spec` is the whole
    desired spec with ids in place of refs (`connection_id` for a project); `fields` are only what changes on an
    update. `expected` is the live digest the plan saw: the service refuses when it has moved on; None on create.
    """

    key: str
    action: Action
    kind: Kind
    id: str | None
    space_id: str | None
    spec: Spec
    fields: tuple[FieldChange, ...] = ()
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What the service made of an operation: the object's id, and its live digest afterwards ("" once deleted)."""

    id: str
    digest: str


class Fate(StrEnum):
    """What is known of an operation that left no result."""

    NOT_MADE = "not_made"
    UNKNOWN = "unknown"


FINAL = ("permission_denied", "unauthenticated")
"""Reasons of a ProviderFault after which every further call to the same space would fail alike."""


class Reader(Protocol):
    """The service as it is. Must never change it: opening a Reader creates no file, no table, no object."""

    def rows(self, space_ids: Collection[str] | None = None) -> tuple[LiveRow, ...]:
        """Give the objects of these spaces, or of all, sorted by kind, name and id."""
        ...

    def revision(self) -> str | None:
        """Give a text that stays the same exactly while nothing in the service changes; None where nobody can tell."""
        ...

    def spaces(self) -> tuple[LiveRow, ...]:
        """Give every space and nothing in them, sorted by name and id."""
        ...

    def spec(self, id: str) -> Spec:
        """Give the live spec of one object, ids in place of refs (`connection_id`). Raises KeyError if it is gone."""
        ...

    def grants(self, actor: Actor, space_ids: Collection[str]) -> tuple[Grant, ...]:
        """Give every role that reaches the actor on the organization and on these spaces, groups resolved."""
        ...

    def done(self, key: str) -> Done | Fate:
        """Say what became of the operation with this key; `UNKNOWN` where the service does not keep keys."""
        ...


class Writer(Protocol):
    """The only object that can change the service. Made for one actor, held by `apply` alone."""

    def carry_out(self, operation: Operation) -> Done:
        """Do one operation, at most once per key. Raises ProviderFault when the service refuses."""
        ...


class Provider(Protocol):
    """An adapter. Implementations answer `default_actor` from credentials or configuration, never by guessing."""

    @property
    def capabilities(self) -> Mapping[tuple[Kind, Action], Execution]:
        """Who carries out each action on each kind: a call, a person, nobody."""
        ...

    def default_actor(self) -> Actor | None:
        """Who acts when nobody is named; None where that is not known."""
        ...

    def reader(self) -> AbstractContextManager[Reader]:
        """Open the service for reading."""
        ...

    def writer(self, actor: Actor) -> AbstractContextManager[Writer]:
        """Open the service for writing as this actor."""
        ...
