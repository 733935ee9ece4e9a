"""What is live written back into a document: field changes of a spec become edits of the manifest that declares it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ssops.canonical import canonical
from ssops.domain.data_types import CHAT, SECTIONS
from ssops.domain.default_keys import DEFAULT_KEYS
from ssops.manifest import compose
from ssops.manifest.edit import Edit, Put, Remove, Target
from ssops.model import FieldChange, Json, Path

_SECTIONS = SECTIONS[CHAT]  # the data type with all of them


def edits(document: Target, data: Json, changes: Sequence[FieldChange]) -> tuple[Edit, ...]:
    """Give the edits that make a document say what is live.

    `data` is what the document says now, `changes` are those of its spec, `after` being the live value and None where
    live has none. Two things no manifest can say and no edit is made for: that a default key is not there, and that a
    field is empty which is empty when left out.
    """
    made: list[Edit] = []
    access: dict[str, list[str]] = {}
    for change in changes:
        match change.path:
            case ("access",):
                access |= _roles(data, change.after or {})
            case ("access", str(role)):
                access[role] = change.after or []
            case ("split", *_):
                made += _split(document, data, change)
            case (str(section), "keys", str(key), *rest) if section in _SECTIONS:
                made += _key(document, data, change, section, key, tuple(rest))
            case path:
                made += _field(document, data, path, change.after)
    return (*made, *_access(document, data, access))


def _field(document: Target, data: Json, path: Path, live: Json) -> Iterator[Edit]:
    """Set or remove one field; one that is absent already, or says by its absence what is live, stays so."""
    if _is_there(data, path):
        if live is None:
            yield Remove(document, path)
        elif canonical(_at(data, path)) != canonical(live):
            yield Put(document, path, live)
    elif live is not None and not _is_empty(path, live):
        yield Put(document, path, live)


def _is_empty(path: Path, live: Json) -> bool:
    """Tell whether a field says by its absence what is live."""
    return (path[0] != "filters" and path[-1] == "description" and live == "") or (path == ("filters",) and live == {})


def _key(
    document: Target, data: Json, change: FieldChange, section: str, key: str, rest: tuple[Any, ...]
) -> Iterator[Edit]:
    path, live = (section, "keys", key), change.after
    if not rest and live is not None:
        fields = compose.key_fields(data["data_type"], section, key, live)
        if fields or key not in DEFAULT_KEYS[data["data_type"]].get(section, {}):
            yield Put(document, path, fields)
    elif rest == ("section",):
        home = next((each for each in _SECTIONS if _is_there(data, (each, "keys", key))), None)
        if home is not None and home != live and live in _SECTIONS:
            yield Remove(document, (home, "keys", key))
            yield Put(document, (live, "keys", key), _at(data, (home, "keys", key)))
    else:
        yield from _field(document, data, (*path, *rest), live)


def _split(document: Target, data: Json, change: FieldChange) -> Iterator[Edit]:
    path, live = change.path, change.after
    if path == ("split",) and live is not None:
        yield Put(document, path, compose.split(live))
    elif path == ("split", "segment_s"):
        yield from _field(document, data, ("split", "segment"), None if live is None else compose.segment(live))
    else:
        yield from _field(document, data, path, live)


def _roles(data: Json, live: dict[str, list[str]]) -> dict[str, list[str]]:
    """Give all roles that are live or written, with their live subjects."""
    written = [binding["role"] for binding in data.get("access", ())]
    return {role: list(live.get(role, ())) for role in dict.fromkeys([*written, *sorted(live)])}


def _access(document: Target, data: Json, live: dict[str, list[str]]) -> Iterator[Edit]:
    """Set the subjects of roles: those who stay keep their place, others come last; a binding of nobody goes."""
    if not live:
        return
    bindings: list[Json] = data.get("access", [])
    came = {role: set(subjects) for role, subjects in live.items()}
    kept: list[Json] = []
    for binding in bindings:
        role = binding["role"]
        if role not in live:
            kept.append(binding)
            continue
        stay = [subject for subject in binding["subjects"] if subject in live[role]]
        came[role] -= set(stay)
        kept.append({**binding, "subjects": stay})
    for role in sorted(came):
        last = next((binding for binding in reversed(kept) if binding["role"] == role), None)
        if last is None:
            kept.append({"role": role, "subjects": sorted(came[role])})
        else:
            last["subjects"] += sorted(came[role])
    yield Put(document, ("access",), [binding for binding in kept if binding["subjects"]])


def _at(data: Json, path: Path) -> Json:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def _is_there(data: Json, path: Path) -> bool:
    parent = _at(data, path[:-1])
    return isinstance(parent, dict) and path[-1] in parent
