"""The nouns of drift: where live contradicts the record and the manifests, and what only looks like it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from ssops.model import Address, FieldChange, Grade, Location, Path, Unrecorded


class Cause(StrEnum):
    """Why desired, recorded and live do not all say the same of one field."""

    CONFLICT = "conflict"  # live and the manifests both moved, to different values
    DRIFT = "drift"  # only live moved
    ADDED_OUTSIDE = "added_outside"  # a metadata key that only live has: it can never be taken away again
    UNSEEN = "unseen"  # live does not show it, and it is known so badly that this proves nothing
    CONVERGED = "converged"  # the manifests moved, and live is there already
    INTENDED = "intended"  # only the manifests moved: that is what a plan is for
    UNMANAGED = "unmanaged"  # live has it, and the manifests leave it as it is


DRIFTING = (Cause.CONFLICT, Cause.DRIFT, Cause.ADDED_OUTSIDE)
"""What contradicts: somebody changed it outside ssops, and the manifests do not say the same."""


@dataclass(frozen=True, slots=True)
class FieldDrift:
    """One field as the three sides have it: JSON values, None where the field is absent on that side."""

    path: Path
    cause: Cause
    desired: Any
    recorded: Any
    live: Any


class Standing(StrEnum):
    """How a recorded resource stands as a whole."""

    CHANGED = "changed"  # it is there; its fields say more
    GONE = "gone"  # recorded, and no longer live
    NOT_IN_MANIFESTS = "not_in_manifests"  # recorded and live, without a document
    UNSEEN = "unseen"  # not seen live, where not being seen proves nothing
    UNSETTLED = "unsettled"  # nobody can tell what became of an operation of ssops itself on it


class Evidence(NamedTuple):
    """How well a resource is known: the grade, since when the record stands (UTC, ISO 8601), and who wrote it."""

    grade: Grade
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class ResourceDrift:
    """One recorded resource of which the three sides do not say the same.

    `fields` are sorted by path, empty where the resource as a whole says all. `location` is None without a document;
    `managed` is False for one that may only be referred to.
    """

    address: Address
    name: str
    standing: Standing
    fields: tuple[FieldDrift, ...]
    evidence: Evidence
    location: Location | None = None
    managed: bool = True

    @property
    def is_drift(self) -> bool:
        """Whether somebody changed it outside ssops: a contradiction, not an intention and not a lack of knowledge."""
        if not self.managed or self.standing in (Standing.UNSEEN, Standing.UNSETTLED):
            return False
        return self.standing is Standing.GONE or bool(self.contradictions)

    @property
    def contradictions(self) -> tuple[FieldDrift, ...]:
        """The fields that were changed outside ssops and that the manifests have otherwise."""
        return tuple(field for field in self.fields if field.cause in DRIFTING)

    @property
    def accepted(self) -> tuple[FieldChange, ...]:
        """What its document would have to say for the manifests to agree with live; empty without a document."""
        if self.location is None or not self.is_drift:
            return ()
        return tuple(FieldChange(one.path, one.desired, one.live, drift=True) for one in self.contradictions)


@dataclass(frozen=True, slots=True)
class Stray:
    """A live object that no state knows; `address` is the desired resource of the same name that could adopt it."""

    found: Unrecorded
    address: Address | None


@dataclass(frozen=True, slots=True)
class Drift:
    """What a look at the three sides came to.

    `resources` are sorted by space, kind in order of creation, and ref; `strays` by kind, name and id. `unchanged`
    counts recorded resources of which all three say the same, `planned` desired ones that nobody has made yet.
    """

    resources: tuple[ResourceDrift, ...]
    strays: tuple[Stray, ...] = ()
    unchanged: int = 0
    planned: int = 0

    @property
    def drifted(self) -> tuple[ResourceDrift, ...]:
        """The resources that somebody changed outside ssops."""
        return tuple(one for one in self.resources if one.is_drift)

    @property
    def others(self) -> tuple[ResourceDrift, ...]:
        """The resources that differ without being drift: by intention, or because too little is known."""
        return tuple(one for one in self.resources if not one.is_drift)

    @property
    def accepted(self) -> Mapping[Address, tuple[FieldChange, ...]]:
        """What the documents would have to say to agree with live: address -> changes of its spec, sorted by path."""
        return {one.address: one.accepted for one in self.resources if one.accepted}
