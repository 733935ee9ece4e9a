"""Small sentences that several renderers share: counts, paths, values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ssops.messages import say, spoken
from ssops.model import Path, message

SHORT = 80
"""Characters of a value that a line shows unless everything is asked for."""


_ORDER = ("name", "description", "billing_account", "data_type", "connection", "access")
_LAST = ("agent", "customer", "bot", "shared", "split", "filters", "retired")


def rank(field: str) -> tuple[int, str]:
    """Give the place of a field among those of its resource: a resource reads as its file does."""
    if field in _ORDER:
        return _ORDER.index(field), ""
    return len(_ORDER) + (_LAST.index(field) + 1 if field in _LAST else 0), field


def _name_first(name: str) -> tuple[bool, str]:
    return name != "name", name


def sentence(id: str, /, **args: str | int) -> str:
    """Say a sentence of the catalogue at once."""
    return say(message(id, **args))


def counted(id: str, count: int) -> str:
    """Say how many, in the plural form that the number takes."""
    return sentence(id, count=count)


def path(where: Path) -> str:
    """Name a field as a person would: `agent key operator_id, type`; `name` stays `name`."""
    return _path(where, spoken())


@lru_cache(maxsize=4096)
def _path(where: Path, _: str) -> str:
    match where:
        case (str(section), "keys", str(key)):
            return sentence("render.path.key", section=section, key=key)
        case (str(section), "keys", str(key), *rest):
            field = ".".join(map(str, rest))
            return sentence("render.path.key_field", section=section, key=key, field=field)
        case _:
            return " ".join(map(str, where))


def leaves(data: Any, where: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the fields of a spec one by one: single keys of a connection whole, mappings member by member."""
    if isinstance(data, Mapping) and data and not is_key(where):
        for name, each in data.items():
            yield from leaves(each, (*where, name))
    else:
        yield where, data


def is_key(where: Path) -> bool:
    """Say whether a path names a metadata key as a whole."""
    return len(where) == 3 and where[1] == "keys"


def told(data: Any) -> Any:
    """Leave out of a key what says nothing: that it has no description."""
    return {name: each for name, each in data.items() if each != ""} if isinstance(data, Mapping) else data


def value(data: Any, *, full: bool = False) -> str:
    """Write JSON data on one line, texts in single quotes, cut to `SHORT` characters unless `full`."""
    text = _written(data)
    return text if full or len(text) <= SHORT else f"{text[: SHORT - 3]}..."


def _written(data: Any) -> str:
    if type(data) is str:  # nearly all of them, and a match tries one thing after another
        return f"'{data}'"
    match data:
        case {"type": str(type_), **rest}:
            ordered = sorted(map(str, rest), key=_name_first) if len(rest) > 1 else rest
            words = [type_, *[f"{name}: {_written(rest[name])}" for name in ordered]]
            return ", ".join(words)
        case dict():
            return ", ".join(f"{key}: {_written(each)}" for key, each in data.items()) or "{}"
        case list() | tuple():
            return f"[{', '.join(map(_written, data))}]"
        case _:
            return json.dumps(data)
