"""The digest of a plan: what a reviewer approves and what apply compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ssops import canonical
from ssops.model import Action, Change, Json, Message

_FORM = "ssops plan 1"


def digest(organization: str, basis: Mapping[str, Any], changes: Iterable[Change]) -> str:
    """Give `sha256:` and 64 hexadecimal digits, over everything that decides what apply does.

    Positions, role verdicts and annotations are left out: a file may be reordered, and another person may apply. The
    fields of a new resource are covered by its digest in `basis`, which is compared when a plan file is read.
    """
    return f"sha256:{canonical.digest([_FORM, organization, basis, [_row(change) for change in changes]])}"


def _row(change: Change) -> list[Json]:
    fields = [] if change.action is Action.CREATE else change.fields
    return [
        str(change.address),
        change.action,
        change.name,
        change.reversibility,
        change.execution,
        [change.role.required, change.role.on] if change.role else None,
        change.rules,
        [[_said(one.reason), _said(one.remedy)] for one in change.advice],
        [[f.path, f.before, f.after, f.reversibility, f.rule, f.drift] for f in fields],
    ]


def _said(said: Message | None) -> Json:
    return None if said is None else [said.id, said.args]
