"""What a plan is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ssops.model import Action, Execution, Issue, Kind, Resources, Unrecorded


@dataclass(frozen=True, slots=True)
class Inputs:
    """Desired, recorded and live resources of the covered `spaces`, keyed by address; live specs have refs, not ids.

    `unrecorded` are live objects that state does not know. `serials` is space ref -> (lineage, serial) of its state.
    `capabilities` says who carries out which action. `max_changes` is per space, None for no limit; `schemas` is the
    digest of the team's schemas, "" for none. `issues` travel with the plan: warnings, and errors that block it.
    `base` is the commit that desired resources are compared with, "" where it is no commit.
    """

    organization: str
    against: str
    spaces: tuple[str, ...]
    desired: Resources
    recorded: Resources
    live: Resources
    unrecorded: tuple[Unrecorded, ...]
    serials: Mapping[str, tuple[str, int]]
    capabilities: Mapping[tuple[Kind, Action], Execution]
    max_changes: int | None = None
    issues: tuple[Issue, ...] = ()
    schemas: str = ""
    base: str = ""
