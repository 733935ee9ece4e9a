"""How final each field's change is: the immutability matrix of SpeechSense as one table.

The edit page of a connection lists its description, the names and descriptions of keys, and adding keys. What it does
not list cannot be done there, so it is impossible for ssops, although no page forbids it in words.
Source: yandex-cloud/docs: en/speechsense/operations/connection/edit.md, …/connection/create.md (read 2026-11-22).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ssops.domain.data_types import CHAT, SECTIONS
from ssops.model import Action, FieldChange, Kind, Path, Reversibility


@dataclass(frozen=True, slots=True)
class Class:
    """How final one sort of move is, and the rule that says so ("" where it can simply be taken back)."""

    reversibility: Reversibility
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One field: what it is to give it a value, another value, and none."""

    add: Class
    change: Class
    remove: Class


_FREE = Class(Reversibility.REVERSIBLE)


def _never(rule: str) -> Class:
    return Class(Reversibility.IMPOSSIBLE, rule)


def _one_way(rule: str) -> Class:
    return Class(Reversibility.ONE_WAY, rule)


def _all(one: Class) -> Row:
    return Row(one, one, one)


MATRIX: Mapping[tuple[Kind, tuple[str, ...]], Row] = MappingProxyType(
    {
        (Kind.SPACE, ("name",)): _all(_FREE),
        (Kind.SPACE, ("description",)): _all(_FREE),
        (Kind.SPACE, ("billing_account",)): Row(_FREE, _FREE, _never("billing-unlink")),
        (Kind.SPACE, ("access", "*")): _all(_FREE),
        (Kind.SPACE, ("protect",)): _all(_FREE),
        (Kind.CONNECTION, ("name",)): _all(_never("connection-name-fixed")),
        (Kind.CONNECTION, ("description",)): _all(_FREE),
        (Kind.CONNECTION, ("data_type",)): _all(_never("connection-data-type-fixed")),
        (Kind.CONNECTION, ("retired",)): _all(_FREE),
        (Kind.CONNECTION, ("protect",)): _all(_FREE),
        (Kind.CONNECTION, ("split",)): _all(_never("connection-split-fixed")),
        (Kind.CONNECTION, ("*", "channel")): _all(_never("connection-channel-fixed")),
        (Kind.CONNECTION, ("*", "keys", "*")): Row(
            _one_way("key-creation-one-way"), _never("key-removed"), _never("key-removed")
        ),
        (Kind.CONNECTION, ("*", "keys", "*", "name")): _all(_FREE),
        (Kind.CONNECTION, ("*", "keys", "*", "description")): _all(_FREE),
        (Kind.CONNECTION, ("*", "keys", "*", "type")): _all(_never("key-type-fixed")),
        (Kind.CONNECTION, ("*", "keys", "*", "section")): _all(_never("key-moved")),
        (Kind.CONNECTION, ("*", "keys", "*", "retired")): _all(_FREE),
        (Kind.PROJECT, ("name",)): _all(_FREE),
        (Kind.PROJECT, ("description",)): _all(_FREE),
        (Kind.PROJECT, ("protect",)): _all(_FREE),
        (Kind.PROJECT, ("connection",)): _all(_never("project-connection-fixed")),
        (Kind.PROJECT, ("filters", "*")): _all(_never("project-filters-fixed")),
    }
)
"""(kind, field with `*` for a section, key, role or filter) -> how final its moves are.

`("split",)` stands for everything inside of it. `section` is the field that `diff` gives a key that moved.
"""

_WHOLE: Mapping[tuple[Kind, Action], Class] = MappingProxyType(
    {
        (Kind.SPACE, Action.DELETE): _one_way("space-deletion"),
        (Kind.SPACE, Action.REMOVE): _one_way("removal-not-asked"),
        (Kind.CONNECTION, Action.CREATE): _one_way("connection-creation-one-way"),
        (Kind.CONNECTION, Action.REMOVE): _never("connection-never-deleted"),
        (Kind.CONNECTION, Action.DELETE): _never("connection-never-deleted"),
        (Kind.PROJECT, Action.DELETE): _one_way("project-deletion"),
        (Kind.PROJECT, Action.REMOVE): _one_way("removal-not-asked"),
    }
)


def classify(kind: Kind, action: Action, change: FieldChange) -> FieldChange:
    """Say how final a field's change is. Only updates have final fields: a new resource is judged as a whole.

    Raises KeyError for a field that the matrix does not have.
    """
    if action is not Action.UPDATE:
        return change
    row = MATRIX[kind, _shape(kind, change.path)]
    found = row.add if change.before is None else row.remove if change.after is None else row.change
    return replace(change, reversibility=found.reversibility, rule=found.rule)


def whole(kind: Kind, action: Action) -> Class:
    """Say how final it is to do this to a resource as a whole."""
    return _WHOLE.get((kind, action), _FREE)


def _shape(kind: Kind, path: Path) -> tuple[str, ...]:
    names = tuple(map(str, path))
    if kind is not Kind.CONNECTION:
        return names if len(names) == 1 else (names[0], "*")
    if names[0] == "split":
        return ("split",)
    if names[0] not in SECTIONS[CHAT]:
        return names
    return ("*", "keys", "*", *names[3:]) if names[1] == "keys" else ("*", *names[1:])
