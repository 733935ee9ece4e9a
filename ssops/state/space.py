"""What ssops remembers of one space: its resources as last applied, the operations under way, the run under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ssops.model import Action, Address, FieldChange, Grade, Kind, Spec


@dataclass(frozen=True, slots=True)
class Recorded:
    """One resource as last applied or attested.

    `spec` has refs, not ids; `digest` is its canonical digest. `observed` is the digest of the live resource right
    after the last apply. `at` is UTC in ISO 8601, `plan` the digest of the plan that wrote it ("" when adopted).
    """

    id: str
    spec: Spec
    digest: str
    observed: str
    grade: Grade
    at: str
    by: str
    plan: str
    name: str


@dataclass(frozen=True, slots=True)
class Intent:
    """A change about to be made, written before the call. `key` finds out later whether it was made.

    `spec` is the whole desired spec with refs, empty for a deletion. `id` is None on create.
    """

    key: str
    action: Action
    id: str | None
    spec: Spec
    fields: tuple[FieldChange, ...]
    plan: str
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Run:
    """A plan being applied: its digest, since when, by whom. Gone once all of the plan is applied.

    `commit` is what the manifests were read from and `page` the CI job's page, "" where there is none.
    """

    digest: str
    at: str
    by: str
    commit: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class SpaceState:
    """One space's document. `lineage` never changes, `serial` grows by one with each write, 0 before the first."""

    space: str
    lineage: str
    serial: int = 0
    resources: Mapping[Address, Recorded] = field(default_factory=dict)
    pending: Mapping[Address, Intent] = field(default_factory=dict)
    run: Run | None = None


def address_of(text: str) -> Address:
    """Read `space/sales` or `connection/sales/office-pbx`. Raises ValueError for anything else."""
    kind, _, rest = text.partition("/")
    space, slash, ref = rest.partition("/")
    if kind == Kind.SPACE:
        slash, ref = "/", space if rest == space else ""
    if not (slash and space and ref) or "/" in ref:
        raise ValueError(text)
    return Address(Kind(kind), space, ref)
