"""Field changes of one resource: desired against live, with recorded state to tell drift from a new wish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssops.canonical import canonical
from ssops.model import FieldChange, Path, Spec
from ssops.plan.managed import even

_COMPLETE = ("access", "filters")
"""Mappings that a manifest writes out completely: what is live and not in them was put there by somebody else."""


def diff(desired: Spec, live: Spec, recorded: Spec | None) -> tuple[FieldChange, ...]:
    """Give what it takes to bring `live` to `desired`, sorted by path; lists are one value.

    Only managed fields count: those of `desired`, and those that were recorded and are gone from it. `drift` is set
    where `live` is not as it was recorded.
    """
    before, after = even(desired, live, recorded)
    changes = []
    for path in _paths(*_differing(before, after)):
        was = _at(before, path)
        changes.append(FieldChange(path, was, _at(after, path), drift=_has_drifted(path, was, recorded)))
    return tuple(changes)


def created(spec: Spec) -> tuple[FieldChange, ...]:
    """Give the fields of a new resource: every top-level field of its spec, sorted."""
    return tuple(FieldChange((field,), None, spec[field]) for field in sorted(spec))


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Leave equal branches out, and give every value that is no mapping as its canonical text.

    DeepDiff then has little to look at, and neither a long list nor a long text makes it slow.
    """
    left: dict[str, Any] = {}
    right: dict[str, Any] = {}
    for name in (*before, *(name for name in after if name not in before)):
        was, becomes = before.get(name), after.get(name)
        if isinstance(was, Mapping) and isinstance(becomes, Mapping):
            was, becomes = _differing(was, becomes)
        else:
            was, becomes = _text(was), _text(becomes)
        if was != becomes:
            left |= {name: was} if name in before else {}
            right |= {name: becomes} if name in after else {}
    return left, right


def _text(value: Any) -> str:
    return canonical(value).decode("utf-8", "surrogatepass")


def _paths(left: dict[str, Any], right: dict[str, Any]) -> list[Path]:
    if left == right:
        return []
    from deepdiff import DeepDiff  # slow to import, and most runs change nothing

    # Private variables are names with two underscores: they may well be metadata keys. The threshold would report a
    # mapping with few common keys as one value.
    found = DeepDiff(left, right, view="tree", ignore_private_variables=False, threshold_to_diff_deeper=0)
    return sorted({tuple(item.path(output_format="list")) for items in found.values() for item in items})


def _at(data: Any, path: Path) -> Any:
    for step in path:
        if not isinstance(data, Mapping) or step not in data:
            return None
        data = data[step]
    return data


def _has_drifted(path: Path, live: Any, recorded: Spec | None) -> bool:
    *above, last = path
    parent = _at(recorded, tuple(above))
    is_ours = path == ("retired",) or (len(path) == 4 and path[1] == "keys" and last in ("retired", "section"))
    if not isinstance(parent, Mapping) or is_ours:
        return False
    if last not in parent:
        return path[0] in _COMPLETE and live is not None
    return live is None if len(path) == 3 and path[1] == "keys" else bool(parent[last] != live)
