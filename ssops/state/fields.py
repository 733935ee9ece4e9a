"""The fields of a spec one by one, and what turns one recorded spec into another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ssops.canonical import canonical
from ssops.model import FieldChange, Path, Spec

_ABSENT = object()


def leaves(data: Any, where: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value that holds no others, with its path; lists are one value, as is an empty mapping."""
    if isinstance(data, Mapping) and (data or not where):
        for name in sorted(data):
            yield from leaves(data[name], (*where, name))
    else:
        yield where, data


def differing(before: Spec, after: Spec, where: Path = ()) -> tuple[FieldChange, ...]:
    """Give what turns one spec into the other, sorted by path; what only one of them has is one value, whole."""
    changes: list[FieldChange] = []
    for name in sorted({*before, *after}):
        was, becomes, path = before.get(name), after.get(name), (*where, name)
        if isinstance(was, Mapping) and isinstance(becomes, Mapping) and was and becomes:
            changes += differing(was, becomes, path)
        elif not same(before.get(name, _ABSENT), after.get(name, _ABSENT)):
            changes.append(FieldChange(path, was, becomes))
    return tuple(changes)


def applied(spec: Spec, changes: Sequence[FieldChange]) -> dict[str, Any]:
    """Give a spec as field changes leave it; what they do not name stays."""
    made: dict[str, Any] = dict(spec)
    for change in changes:
        made = _with(made, change.path, change.after)
    return made


def same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values are the same; unlike in Python, true is not 1."""
    if one is other or one is _ABSENT or other is _ABSENT:
        return one is other
    return canonical(one) == canonical(other)


def _with(data: Any, path: Path, value: Any) -> dict[str, Any]:
    """Give a mapping with one value set, or taken out where it is None. Nothing that is shared is changed."""
    made = dict(data) if isinstance(data, Mapping) else {}
    if not path:
        return dict(value) if isinstance(value, Mapping) else {}
    name, *rest = path
    if rest and (value is not None or name in made):
        made[str(name)] = _with(made.get(str(name)), tuple(rest), value)
    elif rest or value is None:
        made.pop(str(name), None)
    else:
        made[str(name)] = value
    return made
