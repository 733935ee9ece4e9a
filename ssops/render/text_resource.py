"""One resource as text: desired, recorded and live beside each other, or the whole of it as YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ssops.domain.default_keys import DEFAULT_KEYS
from ssops.model import Address, Entry, Path, Spec
from ssops.render.style import BLANK, Line, Span, Style, align, line
from ssops.render.words import counted, is_key, leaves, path, rank, sentence, told, value

VIEWS = ("desired", "recorded", "live")


def lines(address: Address, views: Mapping[str, Spec | None], *, full: bool = False) -> tuple[Line, ...]:
    """Show a resource by `VIEWS`: one value where all that exist agree, else what each of them says."""
    there = {name: spec for name in VIEWS if (spec := views.get(name)) is not None}
    states = ", ".join(sentence(f"render.view.{name}.{'yes' if name in there else 'no'}") for name in VIEWS)
    shown = [line((str(address), Style.STRONG), f"  {states}")]
    shown += [line((sentence("render.views"), Style.FAINT)), BLANK]
    seen = {name: dict(leaves(spec)) for name, spec in there.items()}
    if not full and "desired" in seen:
        seen = {name: _managed(each, seen["desired"]) for name, each in seen.items()}
    wheres = dict.fromkeys(where for each in seen.values() for where in each)
    paths = sorted(wheres, key=lambda where: rank(str(where[0])))
    hidden = {where for where in paths if _is_bare_default(where, there, seen)}
    rows: list[Line] = []
    for where in paths:
        if where not in hidden:
            rows += _rows(where, seen, full=full)
    shown += align(rows, indent=2)
    if hidden:
        shown += [BLANK, line((counted("render.default_keys", len(hidden)), Style.FAINT))]
    return tuple(shown)


def effective(spec: Spec) -> tuple[Line, ...]:
    """Show a whole spec as YAML, default keys and all."""
    return tuple(line(text) for text in _yaml({name: spec[name] for name in sorted(spec, key=rank)}, 0))


def entries(found: tuple[Entry, ...]) -> tuple[Line, ...]:
    """List recorded resources: address, id, name."""
    rows = [line((str(each.address), Style.STRONG), each.id or "", f"'{each.name}'") for each in found]
    if not rows:
        return (line(sentence("render.state.none")),)
    return (*align(rows), line((counted("render.resources", len(rows)), Style.FAINT)))


def _rows(where: Path, seen: Mapping[str, Mapping[Path, Any]], *, full: bool) -> list[Line]:
    values = {name: value(told(each.get(where)), full=full) if where in each else "" for name, each in seen.items()}
    if len(set(values.values())) == 1:
        return [line(path(where), next(iter(values.values())))]
    absent = sentence("render.absent")
    said: list[Line] = []
    for name, text in values.items():
        label: Span = (sentence(f"render.view.{name}", value=text or absent), Style.CARE)
        said.append(line("" if said else path(where), label))
    return said


def _managed(view: Mapping[Path, Any], desired: Mapping[Path, Any]) -> dict[Path, Any]:
    """Leave out what the manifest does not say of its keys: ssops leaves that as it is."""
    return {
        where: {name: part for name, part in data.items() if name in desired[where]}
        if is_key(where) and where in desired
        else data
        for where, data in view.items()
    }


def _is_bare_default(where: Path, there: Mapping[str, Spec], seen: Mapping[str, Mapping[Path, Any]]) -> bool:
    """Say whether a default key stands there with nothing but its type: it is not worth a line."""
    if not is_key(where):
        return False
    types = {str(spec.get("data_type", "")) for spec in there.values()}
    section, key = str(where[0]), str(where[2])
    is_default = all(key in DEFAULT_KEYS.get(type, {}).get(section, {}) for type in types)
    return is_default and all(set(each.get(where) or ()) <= {"type"} for each in seen.values())


def _yaml(data: Any, depth: int) -> Iterator[str]:
    pad = "  " * depth
    items = data.items() if isinstance(data, Mapping) else ((None, each) for each in data)
    for name, each in items:
        head = f"{pad}- " if name is None else f"{pad}{_scalar(name)}:"
        if isinstance(each, Mapping | list | tuple) and each:
            yield head.rstrip()
            yield from _yaml(each, depth + 1)
        else:
            gap = "" if name is None else " "
            yield f"{head}{gap}{_scalar(each) if not isinstance(each, Mapping | list | tuple) else _empty(each)}"


def _empty(data: Any) -> str:
    return "{}" if isinstance(data, Mapping) else "[]"


def _scalar(data: Any) -> str:
    """Write a scalar as YAML that ssops reads back the same: plain words as they are, other texts quoted."""
    if isinstance(data, str) and data.replace("_", "a").isalnum() and data.isascii() and not data[0].isdigit():
        return data if data not in ("null", "true", "false") else json.dumps(data)
    return json.dumps(data, ensure_ascii=False)
