"""Roles as text: which role each change needs, on what, whether the actor has it and how that is known."""

from __future__ import annotations

from collections.abc import Iterable

from ssops.model import Actor, Change, Kind, Plan, Role, RoleVerdict
from ssops.render import text_change
from ssops.render.style import BLANK, Line, Span, Style, align, line
from ssops.render.words import counted, sentence

_VERDICT = {
    RoleVerdict.GRANTED: Style.GOOD,
    RoleVerdict.MISSING: Style.BAD,
    RoleVerdict.UNKNOWN: Style.CARE,
}


def lines(plan: Plan, actor: Actor | None = None) -> tuple[Line, ...]:
    """Show for every space the role each change needs and whether the actor has it."""
    shown: list[Line] = []
    if actor is not None:
        shown += [line((sentence("render.actor", actor=str(actor)), Style.STRONG)), BLANK]
    for space, changes in by_space(plan):
        shown.append(line((sentence("render.space", space=space), Style.STRONG)))
        rows = [line(*text_change.sign_and_address(change), *_columns(change.role)) for _, change in changes]
        shown += [*align(rows, indent=2), BLANK]
    missing = sum(c.role is not None and c.role.verdict is RoleVerdict.MISSING for c in plan.changes)
    unknown = sum(c.role is not None and c.role.verdict is RoleVerdict.UNKNOWN for c in plan.changes)
    return (*shown, _verdict(len(plan.changes), missing, unknown))


def by_space(plan: Plan) -> list[tuple[str, list[tuple[int, Change]]]]:
    """Group the changes by space, sorted, each with its number in the order of execution."""
    groups: dict[str, list[tuple[int, Change]]] = {}
    for number, change in enumerate(plan.changes, 1):
        space = change.address.ref if change.address.kind is Kind.SPACE else change.address.space
        groups.setdefault(space, []).append((number, change))
    return sorted(groups.items())


def needed(changes: Iterable[Change]) -> tuple[Line, ...]:
    """Give a line for every distinct role that the changes need."""
    distinct = dict.fromkeys(change.role for change in changes if change.role is not None)
    return tuple(
        line(sentence("render.role", required=role.required, on=role.on), " ", _word(role)) for role in distinct
    )


def word(role: Role) -> str:
    """Say whether the actor has a role, and how that is known."""
    return _word(role)[0]


def _word(role: Role) -> Span:
    word = sentence(f"render.verdict.{role.verdict}")
    return (f"{word} ({role.source})" if role.source else word), _VERDICT[role.verdict]


def _columns(role: Role | None) -> tuple[Span | str, ...]:
    if role is None:
        return (sentence("render.role.none"),)
    return role.required, sentence("render.on", on=role.on), _word(role)


def _verdict(changes: int, missing: int, unknown: int) -> Line:
    if not changes:
        return line((sentence("render.roles.nothing"), Style.GOOD))
    if missing:
        return line((counted("render.roles.missing", missing), Style.BAD))
    if unknown:
        return line((counted("render.roles.unknown", unknown), Style.CARE))
    return line((sentence("render.roles.granted"), Style.GOOD))
