"""What one object of the embedded service must be: checks what is asked for and completes it to what is live.

A live spec holds every field: absent descriptions are empty, default keys are there, `retired` is not: SpeechSense
knows nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from ssops.domain.data_types import KEY_TYPES, SECTIONS, SPEAKERS, TWO_CHANNEL
from ssops.domain.data_types import SINGLE_CHANNEL as SPLITTABLE
from ssops.domain.default_keys import DEFAULT_KEYS
from ssops.domain.limits import KEYS_PER_CONNECTION, PHRASES, WORDS_PER_PHRASE
from ssops.model import Kind, Spec
from ssops.providers.local.refusal import INVALID, TOO_MANY, refusal

_SURROGATES = re.compile("[\\ud800-\\udfff]")

SUBJECT_TYPES = ("userAccount", "serviceAccount", "federatedUser", "group", "system")
"""Source: yandex-cloud/cloudapi: yandex/cloud/access/access.proto; groups: yandex-cloud/docs:
en/speechsense/security/index.md."""


def live(kind: Kind, asked: Spec) -> Spec:
    """Complete the spec of any kind. Raises ProviderFault (`invalid_argument`, `resource_exhausted`)."""
    match kind:
        case Kind.SPACE:
            return _space(asked)
        case Kind.CONNECTION:
            return _connection(asked)
        case Kind.PROJECT:
            return _project(asked)


def _space(asked: Spec) -> Spec:
    _only(asked, ("name", "description", "billing_account", "access"), "space")
    space = {**_named(asked), "access": _access(asked.get("access", {}))}
    if "billing_account" in asked:
        space["billing_account"] = _text(asked, "billing_account")
    return space


def _access(asked: Any) -> dict[str, list[str]]:
    access: dict[str, list[str]] = {}
    for role, subjects in _mapping(asked, "access").items():
        for subject in _texts(subjects, f"access.{role}"):
            type_, _, id_ = subject.partition(":")
            if type_ not in SUBJECT_TYPES or not id_:
                raise refusal(INVALID, "subject", subject=subject)
        if subjects:
            access[role] = sorted(set(subjects))
    return access


def _project(asked: Spec) -> Spec:
    _only(asked, ("name", "description", "connection_id", "filters"), "project")
    filters = _mapping(asked.get("filters", {}), "filters")
    _texts(tuple(filters.values()), "filters")
    return {**_named(asked), "connection_id": _text(asked, "connection_id"), "filters": dict(filters)}


def _connection(asked: Spec) -> Spec:
    data_type = _text(asked, "data_type")
    if data_type not in SECTIONS:
        raise refusal(INVALID, "data_type", data_type=data_type)
    sections = SECTIONS[data_type]
    split = ("split",) if data_type == SPLITTABLE else ()
    _only(asked, ("name", "description", "data_type", "retired", *sections, *split), data_type)
    connection = {**_named(asked), "data_type": data_type}
    for section in sections:
        connection[section] = _section(_mapping(asked.get(section, {}), section), section, data_type)
    if "split" in asked:
        connection["split"] = _split(_mapping(asked["split"], "split"))
    _refuse_too_many_keys(connection, data_type)
    return connection


def _section(asked: Mapping[str, Any], section: str, data_type: str) -> dict[str, Any]:
    has_channel = data_type == TWO_CHANNEL and section in SPEAKERS
    _only(asked, ("keys", "channel") if has_channel else ("keys",), f"{data_type}.{section}")
    presets = DEFAULT_KEYS[data_type][section]
    written = _mapping(asked.get("keys", {}), f"{section}.keys")
    keys = {key: _default_key(key, type_, written.get(key, {}), section) for key, type_ in presets.items()}
    for key, fields in written.items():
        if key not in presets:
            keys[key] = _added_key(key, fields, section, data_type)
    if not has_channel:
        return {"keys": keys}
    channel = asked.get("channel")
    if isinstance(channel, bool) or channel not in (0, 1):
        raise refusal(INVALID, "channel", section=section)
    return {"keys": keys, "channel": channel}


def _default_key(key: str, type_: str, asked: Any, section: str) -> dict[str, str]:
    place = f"{section}.keys.{key}"
    fields = _mapping(asked, place)
    _only(fields, ("type", "name", "description", "retired"), place)
    if fields.get("type", type_) != type_:
        raise refusal(INVALID, "default_key_type", key=key, type=type_)
    return {"type": type_, **_named({"name": key, **fields}, place)}


def _added_key(key: str, asked: Any, section: str, data_type: str) -> dict[str, str]:
    place = f"{section}.keys.{key}"
    fields = _mapping(asked, place)
    _only(fields, ("type", "name", "description", "retired"), place)
    home = next((other for other, presets in DEFAULT_KEYS[data_type].items() if key in presets), None)
    if home is not None:
        raise refusal(INVALID, "default_key_section", key=key, section=home)
    type_ = _text(fields, "type", place)
    if not key or type_ not in KEY_TYPES:
        raise refusal(INVALID, "key_type", key=key, type=type_)
    return {"type": type_, **_named(fields, place)}


def _split(asked: Mapping[str, Any]) -> dict[str, Any]:
    if asked.get("by") == "duration":
        _only(asked, ("by", "segment_s"), "split")
        segment = asked.get("segment_s")
        if not isinstance(segment, int) or isinstance(segment, bool) or segment <= 0:
            raise refusal(INVALID, "segment")
        return {"by": "duration", "segment_s": segment}
    if asked.get("by") != "phrases":
        raise refusal(INVALID, "split")
    _only(asked, ("by", "start", "finish"), "split")
    lists = {side: _texts(asked.get(side, []), f"split.{side}") for side in ("start", "finish")}
    for phrases in lists.values():
        if len(phrases) > PHRASES:
            raise refusal(TOO_MANY, "phrases", count=len(phrases), limit=PHRASES)
        for phrase in phrases:
            if len(phrase.split()) > WORDS_PER_PHRASE:
                raise refusal(INVALID, "phrase", phrase=phrase, limit=WORDS_PER_PHRASE)
    if not any(lists.values()):
        raise refusal(INVALID, "split")
    return {"by": "phrases", **lists}


def _refuse_too_many_keys(connection: Spec, data_type: str) -> None:
    # whether default keys count is not published, so only the added ones do
    presets = DEFAULT_KEYS[data_type]
    added = sum(len(connection[section]["keys"]) - len(presets[section]) for section in presets)
    if added > KEYS_PER_CONNECTION:
        raise refusal(TOO_MANY, "keys", count=added, limit=KEYS_PER_CONNECTION)


def _named(asked: Mapping[str, Any], place: str = "") -> dict[str, Any]:
    description = _text({"description": "", **asked}, "description", place, may_be_empty=True)
    return {"name": _text(asked, "name", place), "description": description}


def _text(asked: Mapping[str, Any], field: str, place: str = "", *, may_be_empty: bool = False) -> str:
    value = asked.get(field)
    if value is None or (value == "" and not may_be_empty):
        raise refusal(INVALID, "missing", field=f"{place}.{field}" if place else field)
    if not _is_text(value):
        raise refusal(INVALID, "malformed", field=f"{place}.{field}" if place else field)
    text: str = value
    return text


def _texts(asked: Any, field: str) -> list[str]:
    if not isinstance(asked, list | tuple) or not all(map(_is_text, asked)):
        raise refusal(INVALID, "malformed", field=field)
    return list(asked)


def _mapping(asked: Any, field: str) -> Mapping[str, Any]:
    if not isinstance(asked, Mapping) or not all(map(_is_text, asked)):
        raise refusal(INVALID, "malformed", field=field)
    return asked


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and (value.isascii() or not _SURROGATES.search(value))


def _only(asked: Mapping[str, Any], fields: Collection[str], place: str) -> None:
    for field in asked:
        if field not in fields:
            raise refusal(INVALID, "field_not_allowed", field=field, place=place)
