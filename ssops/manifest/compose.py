"""A manifest written from a spec: what `build` would make that spec of, as `ssops fmt` would leave it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ssops.canonical import canonical
from ssops.domain.data_types import SECTIONS
from ssops.domain.default_keys import DEFAULT_KEYS
from ssops.errors import InvalidManifest
from ssops.manifest import key_order, reader, schema
from ssops.manifest.build import build
from ssops.manifest.edit import check_characters
from ssops.manifest.hand import Hand
from ssops.model import Kind, Severity, Spec

_ROWS = ("filters",)
"""Collections with a line for each member however small they are, as `access` and `keys` have by nature."""


def manifest(kind: Kind, ref: str, space: str, spec: Spec, *, schema_path: str = "", file: str = "") -> str:
    """Write the document of a resource. What needs no writing is left out: default keys as they are, empty fields.

    `space` is the ref of its space, a space's own ref for a space. `schema_path` names the schema for editors, `file`
    is what faults name. The text was read again and makes the same spec.

    Raises SsopsError (`edit_character`) and InvalidManifest for what no manifest can say, such as a name with a
    control character or a subject of a type that we do not know; ValueError for a spec that is not canonical, which
    `declared` makes of a live one.
    """
    check_characters([dict(spec)])
    data = document(kind, ref, space, spec)
    lines = [f"# yaml-language-server: $schema={schema_path}"] if schema_path else []
    for key, value in data.items():
        lines += Hand().member(key, value, 0, in_block=key in _ROWS)
    text = "".join(f"{line}\n" for line in lines)
    _check(text, file, spec)
    return text


def document(kind: Kind, ref: str, space: str, spec: Spec) -> dict[str, Any]:
    """Give what a manifest says of a resource, as JSON data in the order of the schema's keys."""
    data: dict[str, Any] = {"version": 1, "kind": str(kind), "ref": ref, "name": spec["name"]}
    if kind is not Kind.SPACE:
        data["space"] = space
    if spec.get("description"):
        data["description"] = spec["description"]
    data |= {field: spec[field] for field in ("retired", "protect") if spec.get(field)}
    match kind:
        case Kind.SPACE:
            data |= _space(spec)
        case Kind.CONNECTION:
            data |= _connection(spec)
        case Kind.PROJECT:
            data["connection"] = spec["connection"]
            data |= {"filters": spec["filters"]} if spec["filters"] else {}
    arranged: dict[str, Any] = key_order.arrange(data, key_order.of(str(kind)))
    return arranged


def declared(kind: Kind, spec: Spec) -> Spec:
    """Give the canonical spec that a manifest of a live resource makes: it takes charge of nothing that says nothing.

    That is of a default key the name that is the key itself, and an empty description. Default keys that an old
    connection lacks are there: no manifest can say that it lacks them.
    """
    if kind is not Kind.CONNECTION:
        return spec
    made = dict(spec)
    for section, defaults in DEFAULT_KEYS[spec["data_type"]].items():
        keys: dict[str, Any] = {key: {"type": type} for key, type in defaults.items()}
        keys |= {key: _said(key, fields) if key in defaults else fields for key, fields in _keys(spec, section)}
        made[section] = {**spec.get(section, {}), "keys": keys}
    return made


def bindings(access: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """Give the roles of a space as its manifest lists them, sorted by role."""
    return [{"role": role, "subjects": list(access[role])} for role in sorted(access) if access[role]]


def key_fields(data_type: str, section: str, key: str, fields: Spec) -> dict[str, Any]:
    """Give what a manifest says of a metadata key; nothing for a default key that is as it always is."""
    default = DEFAULT_KEYS[data_type].get(section, {}).get(key)
    if default is not None:
        return {field: value for field, value in fields.items() if (field, value) != ("type", default)}
    return {field: value for field, value in fields.items() if (field, value) != ("description", "")}


def split(spec: Spec) -> dict[str, Any]:
    """Give a splitting as a manifest has it."""
    if spec["by"] == "duration":
        return {"by": "duration", "segment": segment(spec["segment_s"])}
    return {field: value for field, value in spec.items() if value}


def segment(length_s: int) -> str:
    """Write a length in minutes and seconds: `5m30s`, `10m`, `45s`."""
    minutes, seconds = divmod(length_s, 60)
    return (f"{minutes}m" if minutes else "") + (f"{seconds}s" if seconds or not minutes else "")


def _space(spec: Spec) -> dict[str, Any]:
    data = {"billing_account": spec["billing_account"]} if "billing_account" in spec else {}
    return data | ({"access": bindings(spec["access"])} if "access" in spec else {})


def _connection(spec: Spec) -> dict[str, Any]:
    data_type: str = spec["data_type"]
    data: dict[str, Any] = {"data_type": data_type}
    for section in SECTIONS[data_type]:
        keys = {key: key_fields(data_type, section, key, fields) for key, fields in _keys(spec, section)}
        defaults = DEFAULT_KEYS[data_type][section]
        written = {key: fields for key, fields in keys.items() if fields or key not in defaults}
        said = {"channel": spec[section]["channel"]} if "channel" in spec.get(section, {}) else {}
        said |= {"keys": written} if written else {}
        data |= {section: said} if said else {}
    return data | ({"split": split(spec["split"])} if "split" in spec else {})


def _keys(spec: Spec, section: str) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a section, those that every connection has first, as SpeechSense lists them."""
    keys = spec.get(section, {}).get("keys", {})
    defaults = DEFAULT_KEYS[spec["data_type"]].get(section, {})
    yield from ((key, keys[key]) for key in defaults if key in keys)
    yield from ((key, fields) for key, fields in keys.items() if key not in defaults)


def _said(key: str, fields: Spec) -> Spec:
    return {
        field: value for field, value in fields.items() if (field, value) not in (("name", key), ("description", ""))
    }


def _check(text: str, file: str, spec: Spec) -> None:
    """See that a text says what it was made of. Raises InvalidManifest, ValueError for a spec that is not canonical."""
    documents, issues = reader.read(text.encode(), file)
    for written in documents:
        kind, found = schema.kind_of(written)
        issues += found or (schema.check(written, kind) if kind else ())
    errors = tuple(issue for issue in issues if issue.severity is Severity.ERROR)
    if errors:
        raise InvalidManifest(errors)
    built, issues = build(documents[0])
    if built is None:
        raise InvalidManifest(tuple(issue for issue in issues if issue.severity is Severity.ERROR))
    if built.spec != canonical(spec):
        raise ValueError(f"not a canonical spec: {json.dumps(dict(spec), ensure_ascii=True)}")
