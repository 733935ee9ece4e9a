"""What a schema fault is called, where it is shown and what to do about it: faults -> issues in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ssops.manifest import scalars
from ssops.manifest.document import Document
from ssops.manifest.faults import shown
from ssops.manifest.near import nearest
from ssops.model import Issue, Message, Path, Severity, message

FAULTS_MAX = 200
"""Faults shown of one document; a file of nothing but faults must not exhaust memory."""

_SCALARS: dict[str, type] = {"boolean": bool, "integer": int}
_IN_SECTIONS = ("channel", "keys")
_PLAIN_NAME = re.compile(r"[^\W\d_][\w -]*")


@dataclass(frozen=True, slots=True)
class Fault:
    """One keyword of a schema that said no: `expected` is its value, `instance` what it judged.

    `path` leads to the instance, or, with `of_key`, to the entry whose key it is. The keyword is
    `mismatch` where only the verdict is known.
    """

    path: Path
    keyword: str
    expected: Any
    instance: Any
    schema: Mapping[str, Any]
    of_key: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence about one place. `subject` tells several faults of one place apart; `settles` is a field that is
    not missing, only misspelt."""

    rule: str
    message: Message
    path: Path
    hint: Message | None = None
    of_key: bool = False
    subject: str = ""
    settles: str = ""


def issues(document: Document, faults: Iterable[Fault]) -> tuple[Issue, ...]:
    """Put faults into words, the most telling one for each place, sorted by place.

    Stops at one more than `FAULTS_MAX`, so that the caller knows that there are more.
    """
    ranked = sorted(faults, key=lambda fault: _RANK[fault.keyword])
    first: dict[tuple[Path, bool, str], Said] = {}
    for said in chain.from_iterable(SPEAKERS[fault.keyword](fault) for fault in ranked):
        first.setdefault((said.path, said.of_key, said.subject), said)
        if len(first) > FAULTS_MAX:
            break
    settled = {(said.path[:-1], said.settles) for said in first.values() if said.settles}
    kept = (said for said in first.values() if (said.path, said.subject) not in settled)
    found = (_issue(document, said) for said in kept)
    return tuple(sorted(found, key=lambda issue: (issue.location, issue.rule, issue.message.args)))


def _issue(document: Document, said: Said) -> Issue:
    place = document.locate(said.path, of_key=said.of_key)
    return Issue(Severity.ERROR, said.rule, said.message, place, said.hint, document.excerpt(place))


def _unknown(fault: Fault) -> Iterator[Said]:
    known = fault.schema["properties"]
    free = [field for field in known if field not in fault.instance]
    for field in fault.instance:
        if field in known:
            continue
        near = nearest(field, free)
        if not fault.path and field in _IN_SECTIONS and "agent" in known:
            near, hint = None, message("schema-unknown-field.outside.hint", field=field)
        elif near:
            hint = message("schema-unknown-field.near.hint", near=near)
        elif fault.schema.get("x-ssops-says") == "section":
            hint = message("schema-unknown-field.section.hint", allowed=_list(known))
        else:
            hint = message("schema-unknown-field.hint", allowed=_list(known))
        said = message("schema-unknown-field", field=shown(field))
        yield Said("schema-unknown-field", said, (*fault.path, field), hint, of_key=True, settles=near or "")


def _missing(fault: Fault) -> Iterator[Said]:
    for field in fault.expected:
        if field in fault.instance:
            continue
        example = fault.schema.get("properties", {}).get(field, {}).get("examples", ["..."])[0]
        variant = f".{field}" if field in ("version", "kind", "segment") else ""
        hint = message(f"schema-missing-field{variant}.hint", field=field, example=_plain(example))
        said = message("schema-missing-field", field=field)
        if fault.path:
            said = message("schema-missing-field.in", field=field, parent=_name(fault.path))
        yield Said("schema-missing-field", said, fault.path, hint, subject=field)


def _type(fault: Fault) -> Iterator[Said]:
    rule = "schema-type"
    field = _name(fault.path)
    if not fault.path:
        yield Said(rule, message("schema-type.document"), (), message("schema-type.document.hint"))
    elif fault.instance is None:
        said = message("schema-type.nothing", field=field)
        yield Said(rule, said, fault.path, message("schema-type.nothing.hint", field=field))
    else:
        said = message(f"schema-type.{fault.expected}", field=field, value=_quoted(fault.instance))
        yield Said(rule, said, fault.path, _type_hint(fault))


def _type_hint(fault: Fault) -> Message:
    wanted, value = fault.expected, fault.instance
    if wanted == "string" and isinstance(value, bool | int):
        return message("schema-type.string.quote.hint", value=_plain(value))
    if (
        wanted == "object"
        and fault.path[-2:-1] == ("keys",)
        and isinstance(value, str)
        and _PLAIN_NAME.fullmatch(value)
    ):
        return message("schema-type.key.hint", key=shown(str(fault.path[-1])), name=shown(value))
    written = scalars.hint_for(value) if isinstance(value, str) else None
    if written is not None and type(scalars.plain(written)) is _SCALARS.get(wanted):
        return message("schema-type.write.hint", value=written)
    return message(f"schema-type.{wanted}.hint")


def _value(fault: Fault) -> Iterator[Said]:
    allowed = fault.expected if fault.keyword == "enum" else [fault.expected]
    if fault.schema.get("x-ssops-says") == "version":
        yield _version(fault)
        return
    said = message("schema-value", field=_name(fault.path), value=_quoted(fault.instance))
    is_channel = fault.path[-1:] == ("channel",) and fault.instance not in ("0", "1")
    hint = message("schema-value.channel.hint") if is_channel else _value_hint(fault.instance, allowed)
    yield Said("schema-value", said, fault.path, hint)


def _value_hint(value: Any, allowed: Iterable[Any]) -> Message:
    words = [_plain(choice) for choice in allowed]
    if isinstance(value, str):
        if value in words:
            return message("schema-value.unquote.hint", near=value)
        near = nearest(value, words)
        if near:
            return message("schema-value.near.hint", near=near, allowed=_list(words))
    return message("schema-value.hint", allowed=_list(words))


def _version(fault: Fault) -> Said:
    rule = "schema-version"
    value = fault.instance
    newer = isinstance(value, int | float) and not isinstance(value, bool) and value > 1
    hint = message("schema-version.newer.hint" if newer else "schema-version.hint")
    return Said(rule, message(rule, value=_quoted(value)), fault.path, hint)


def _pattern(fault: Fault) -> Iterator[Said]:
    form = fault.schema["x-ssops-says"]
    place = fault.path[:-1] if fault.of_key else fault.path
    said = message(f"schema-pattern.{form}", field=_name(place), value=_quoted(fault.instance))
    hint = message(f"schema-pattern.{form}.hint", example=_example(fault))
    yield Said("schema-pattern", said, fault.path, hint, fault.of_key)


def _example(fault: Fault) -> str:
    """Give the author's own ref, made to fit where lower case and hyphens are all it takes; else the schema's."""
    if fault.schema["x-ssops-says"] == "ref" and fault.instance.isascii():
        fitting = re.sub(r"[^a-z0-9]+", "-", fault.instance.lower()).strip("-")
        if re.search(fault.schema["pattern"], fitting):
            return fitting
    return _plain(fault.schema.get("examples", ["..."])[0])


def _empty(fault: Fault) -> Iterator[Said]:
    rule = "schema-empty"
    if fault.of_key:
        said, hint = message("schema-empty.key"), message("schema-empty.key.hint")
    else:
        said, hint = message(rule, field=_name(fault.path)), message("schema-empty.hint")
    yield Said(rule, said, fault.path, hint, fault.of_key)


def _range(fault: Fault) -> Iterator[Said]:
    rule = "schema-range"
    said = message(rule, field=_name(fault.path), value=_quoted(fault.instance), limit=fault.expected)
    yield Said(rule, said, fault.path, message("schema-range.hint", limit=fault.expected))


def _misplaced(fault: Fault) -> Iterator[Said]:
    rule = "schema-misplaced-field"
    said = message(rule, field=_name(fault.path))
    hint = message("schema-misplaced-field.hint", field=str(fault.path[-1]))
    yield Said(rule, said, fault.path, hint, of_key=True)


def _several(fault: Fault) -> Iterator[Said]:
    first, second = list(fault.instance)[:2]
    said = message("schema-misplaced-field.several", field=shown(second), first=shown(first))
    hint = message("schema-misplaced-field.several.hint", allowed=_list(fault.schema["properties"]))
    yield Said("schema-misplaced-field", said, (*fault.path, second), hint, of_key=True)


def _mismatch(fault: Fault) -> Iterator[Said]:
    rule = "schema-mismatch"
    yield Said(rule, message(rule, field=_name(fault.path)), fault.path, message("schema-mismatch.hint"))


# In order of telling: where two keywords speak about one value, the earlier one is kept.
SPEAKERS: Mapping[str, Callable[[Fault], Iterator[Said]]] = {
    "type": _type,
    "const": _value,
    "enum": _value,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "pattern": _pattern,
    "minimum": _range,
    "not": _misplaced,
    "maxProperties": _several,
    "additionalProperties": _unknown,
    "required": _missing,
    "mismatch": _mismatch,
}
_RANK = {keyword: rank for rank, keyword in enumerate(SPEAKERS)}


def _name(path: Path) -> str:
    """Write a path as an author would say it: `access[0].role`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return shown("".join(steps).removeprefix("."))


def _plain(value: Any) -> str:
    return shown(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _quoted(value: Any) -> str:
    return f"'{_plain(value)}'" if isinstance(value, str) else _plain(value)


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
