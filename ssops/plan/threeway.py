"""Desired, recorded and live of one resource beside each other: which field moved, and on whose side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any

from ssops.domain.data_types import CHAT, SECTIONS
from ssops.drift import DRIFTING, Cause, FieldDrift
from ssops.model import FieldChange, Path, Spec
from ssops.plan import diff


def compare(
    desired: Spec | None, recorded: Spec, live: Spec, *, is_moved: bool = True, is_conclusive: bool = True
) -> tuple[FieldDrift, ...]:
    """Give every field of which the three do not say the same, sorted by path; lists are one value.

    `desired` is None for a resource without a document. `is_moved` is False where live is known to be as it was after
    the last apply: then only the manifests can differ. Unless `is_conclusive`, what live does not show may be there
    all the same.
    """
    wanted = recorded if desired is None else desired
    is_asked = wanted != recorded
    outside = _by_path(diff.diff(recorded, live, recorded)) if is_moved else {}
    asked = _by_path(diff.diff(wanted, recorded, recorded)) if is_asked else {}
    apart = _by_path(diff.diff(wanted, live, recorded)) if is_asked else dict(outside)
    added = _added(recorded, live) if is_moved else {}
    outside |= added
    roots = _roots((*outside, *asked, *apart, *_torn(outside, asked)))
    moved, wished, open_ = (_lifted(side, roots) for side in (outside, asked, apart))
    wished |= {path for path in added if _is_in(path, wanted)}  # also where it comes from another section
    found = []
    for path in roots:
        cause = _cause(path in moved, path in wished, path in open_, is_added=path in added)
        mine = None if desired is None else _value(path, desired, (asked, "after"), (apart, "after"))
        known = _value(path, recorded, (outside, "after"), (asked, "before"))
        seen = _value(path, live, (outside, "before"), (apart, "before"))
        if not is_conclusive and seen is None and cause in DRIFTING:
            cause = Cause.UNSEEN
        found.append(FieldDrift(path, cause, mine, known, seen))
    if is_moved:
        found += [
            FieldDrift(path, Cause.UNMANAGED, None, None, value) for path, value in _left(wanted, recorded, live, roots)
        ]
    return tuple(sorted(found, key=lambda field: _order(field.path)))


def _cause(moved: bool, wished: bool, apart: bool, *, is_added: bool) -> Cause:
    """Name what it means that live left the record, that the manifests did, and that the two are apart now."""
    match moved, wished, apart:
        case True, True, True:
            return Cause.CONFLICT
        case True, False, True:
            return Cause.DRIFT
        case True, False, False:  # a plan does not compare it
            return Cause.ADDED_OUTSIDE if is_added else Cause.UNMANAGED
        case False, _, True:
            return Cause.INTENDED
        case _:
            return Cause.CONVERGED


def _by_path(changes: Iterable[FieldChange]) -> dict[Path, FieldChange]:
    return {change.path: change for change in changes}


def _added(recorded: Spec, live: Spec) -> dict[Path, FieldChange]:
    """Give the metadata keys that live has and the record has not; a plan never looks at them."""
    found: dict[Path, FieldChange] = {}
    for section in SECTIONS[CHAT]:  # the data type with all of them
        known = _at(recorded, (section, "keys")) or {}
        for key, fields in (_at(live, (section, "keys")) or {}).items():
            if key not in known:
                path = (section, "keys", key)
                found[path] = FieldChange(path, fields, None)
    return found


def _left(wanted: Spec, recorded: Spec, live: Spec, roots: Mapping[Path, None]) -> Iterator[tuple[Path, Any]]:
    """Yield what live has of its own: no manifest and no record says anything of it.

    An empty value says nothing either, nor does a key that is shown under its own name.
    """
    for path, value in _leaves(live):
        is_bare = value in ("", [], {}) or (len(path) == 4 and path[3] == "name" and value == path[2])
        if is_bare or _is_in(path, wanted) or _is_in(path, recorded) or _root(path, roots) is not None:
            continue
        yield path, value


def _leaves(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(data, Mapping) and data:
        for name, value in data.items():
            yield from _leaves(value, (*path, name))
    else:
        yield path, data


def _torn(outside: Iterable[Path], asked: Iterable[Path]) -> set[Path]:
    """Give the keys that the manifests move to another section while somebody else changed them where they are."""
    changed: set[Path] = {path[:3] for path in outside}
    moved: set[Path] = {path[:3] for path in asked if path[1:2] == ("keys",) and path[3:] == ("section",)}
    return moved & changed


def _roots(paths: Iterable[Path]) -> dict[Path, None]:
    """Give, sorted, the paths that stand below no other: one side may move a whole key, another a field of it."""
    kept: dict[Path, None] = {}
    last: Path | None = None
    for path in sorted(set(paths), key=_order):  # whatever stands below a path comes right after it
        if last is None or path[: len(last)] != last:
            kept[path] = None
            last = path
    return kept


def _lifted(paths: Iterable[Path], roots: Mapping[Path, None]) -> set[Path | None]:
    return {_root(path, roots) for path in paths}


def _root(path: Path, roots: Mapping[Path, None]) -> Path | None:
    return next((path[:length] for length in range(1, len(path) + 1) if path[:length] in roots), None)


def _value(path: Path, spec: Spec, *sides: tuple[Mapping[Path, FieldChange], str]) -> Any:
    """Give a field's value as the first comparison that names it has it, else as it stands in the spec."""
    for changes, end in sides:
        if path in changes:
            return getattr(changes[path], end)
    return _at(spec, path)


def _at(data: Any, path: Path) -> Any:
    return reduce(lambda found, step: found.get(step) if isinstance(found, Mapping) else None, path, data)


def _is_in(path: Path, spec: Spec) -> bool:
    *above, last = path
    parent = _at(spec, tuple(above))
    return isinstance(parent, Mapping) and last in parent


def _order(path: Path) -> tuple[str, ...]:
    return tuple(map(str, path))
