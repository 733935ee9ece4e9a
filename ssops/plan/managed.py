"""Even out desired and live specs before they are compared: only what the manifests manage is left on both sides.

A field that no manifest names is left as it is, as are keys that somebody added by hand and that were never recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssops.domain.data_types import CHAT, SECTIONS
from ssops.model import Spec

_SECTIONS = SECTIONS[CHAT]  # the data type with all of them
_ASKED_BACK = ("billing_account", "split")
"""Fields whose absence says something once they were applied: take it away. Every other absent field is left alone."""

_OURS = ("retired", "protect")
"""Words of ssops, no fields of SpeechSense: they are known of what was recorded."""

_NOTHING: Mapping[str, Any] = {}


def even(desired: Spec, live: Spec, recorded: Spec | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give what to compare: the managed part of `live` and that of `desired`.

    `retired` and `protect` are no fields of SpeechSense: their side of `live` is taken from `recorded`. A key that
    moved to another section stays in its old one on both sides, with a field `section`.
    """
    known = _NOTHING if recorded is None else recorded
    asked_back = [field for field in _ASKED_BACK if field in known]
    plain = dict.fromkeys([*(field for field in desired if field not in _SECTIONS), *asked_back])
    before = {field: live[field] for field in plain if field in live and field not in _OURS}
    after = {field: desired[field] for field in plain if field in desired}
    before |= {field: known[field] for field in _OURS if field in known}
    for field in ("access", "filters"):
        if field in desired:
            before[field], after[field] = _set_of(live.get(field, {})), _set_of(desired[field])
    for section in _SECTIONS:
        if section in desired or section in known:
            sides = (side.get(section, _NOTHING) for side in (desired, live, known))
            before[section], after[section] = _section(*sides)
    _keep_in_place(before, after)
    return before, after


def _set_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Order subjects and leave out roles that nobody has: an access list is a set."""
    ordered = {key: sorted(set(value)) if isinstance(value, list) else value for key, value in values.items()}
    return {key: value for key, value in ordered.items() if value != []}


def _section(desired: Spec, live: Spec, known: Spec) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {"keys": {}}
    after: dict[str, Any] = {"keys": dict(desired.get("keys", _NOTHING))}
    if "channel" in desired or "channel" in known:
        before |= {"channel": live["channel"]} if "channel" in live else {}
        after |= {"channel": desired["channel"]} if "channel" in desired else {}
    kept, ours = live.get("keys", _NOTHING), known.get("keys", _NOTHING)
    for key, fields in after["keys"].items():
        if key in kept:
            before["keys"][key] = _key(kept[key], fields, ours.get(key, _NOTHING))
    before["keys"] |= {key: kept[key] for key in ours if key in kept and key not in after["keys"]}
    return before, after


def _key(live: Spec, managed: Spec, known: Spec) -> dict[str, Any]:
    fields = {field: live[field] for field in managed if field in live and field != "retired"}
    return fields | ({"retired": known["retired"]} if "retired" in known else {})


def _keep_in_place(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Turn a key that went from one section and came in another into one key with a changed `section`."""
    sections = [section for section in _SECTIONS if section in before]
    come = {
        key: section for section in sections for key in after[section]["keys"] if key not in before[section]["keys"]
    }
    for old in sections:
        for key in [key for key in before[old]["keys"] if key not in after[old]["keys"] and key in come]:
            new = come[key]
            fields = after[new]["keys"].pop(key)
            after[old]["keys"][key] = {**fields, "section": new}
            before[old]["keys"][key] = {**_key(before[old]["keys"][key], fields, _NOTHING), "section": old}
