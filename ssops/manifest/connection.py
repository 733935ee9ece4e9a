"""A connection's canonical spec, and the rules that look at one connection alone."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from ssops.domain.data_types import CHAT, SECTIONS, SINGLE_CHANNEL, SPEAKERS, TWO_CHANNEL
from ssops.domain.default_keys import DEFAULT_KEYS, TICKET_KEY, TICKET_TYPE
from ssops.domain.limits import KEYS_PER_CONNECTION
from ssops.manifest.faults import shown
from ssops.manifest.findings import Findings
from ssops.manifest.near import nearest
from ssops.manifest.split import split
from ssops.model import Json

Keys = dict[str, Any]

_HOMES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    data_type: {key: (section, type) for section, keys in sections.items() for key, type in keys.items()}
    for data_type, sections in DEFAULT_KEYS.items()
}
"""data type -> default key -> its section and type."""

_PLAIN: Mapping[str, Mapping[str, Keys]] = {
    data_type: {section: {key: {"type": type} for key, type in keys.items()} for section, keys in sections.items()}
    for data_type, sections in DEFAULT_KEYS.items()
}
"""data type -> section -> default key -> what an unwritten one is in a spec. Shared by all specs, never changed."""


def spec(data: Json, findings: Findings) -> Json:
    """Give the canonical spec; it shares values with `data`. With errors among `findings` it is not to be used."""
    data_type: str = data["data_type"]
    made: Json = {"name": data["name"], "description": data.get("description", ""), "data_type": data_type}
    if data.get("retired"):
        made["retired"] = True
    if data.get("protect"):
        made["protect"] = True
    for section, plain in _PLAIN[data_type].items():
        written = data.get(section, {})
        made[section] = {"keys": _keys(section, written.get("keys", {}), plain, _HOMES[data_type], findings)}
    _check_keys(made, findings)
    _channels(made, data, findings)
    if data_type != CHAT and "bot" in data:
        findings.add("bot-not-allowed", ("bot",), of_key=True, data_type=data_type)
    if "split" in data:
        if data_type == SINGLE_CHANNEL:
            made["split"] = split(data["split"], findings)
        else:
            findings.add("split-not-allowed", ("split",), of_key=True, data_type=data_type)
    return made


def _keys(section: str, written: Keys, plain: Keys, homes: Mapping[str, tuple[str, str]], findings: Findings) -> Keys:
    made: Keys = {}
    for key, fields in written.items():
        home = homes.get(key)
        if home is None:
            # The ordinary added key is its own canonical form: no copy of it on the hot path.
            if len(fields) == 3 and "description" in fields and "type" in fields and "name" in fields:
                made[key] = fields
            else:
                made[key] = _added(section, key, fields, homes, findings)
        elif home[0] == section:
            made[key] = _default(section, key, fields, home[1], findings)
        else:
            findings.add("default-key-section", (section, "keys", key), of_key=True, key=key, home=home[0])
    for key, unwritten in plain.items():
        if key not in made:
            made[key] = unwritten
    return made


def _added(section: str, key: str, fields: Keys, homes: Mapping[str, tuple[str, str]], findings: Findings) -> Keys:
    missing = [field for field in ("name", "type") if field not in fields]
    if missing:
        variant = missing[0] if len(missing) == 1 else "both"
        meant = nearest(key, (default for default, (home, _) in homes.items() if home == section))
        findings.add(
            "added-key-incomplete",
            (section, "keys", key),
            of_key=True,
            variant=variant,
            hint="near" if meant else "",
            key=shown(key),
            near=meant or "",
        )
        return fields
    made = {"type": fields["type"], "name": fields["name"], "description": fields.get("description", "")}
    if fields.get("retired"):
        made["retired"] = True
    return made


def _default(section: str, key: str, fields: Keys, type: str, findings: Findings) -> Keys:
    if fields.get("type", type) != type:
        path = (section, "keys", key, "type")
        findings.add("default-key-type", path, key=key, type=type, written=fields["type"])
    made = {**fields, "type": type}
    if not made.get("retired", True):
        del made["retired"]
    return made


def _check_keys(made: Json, findings: Findings) -> None:
    """Rules over all keys of a connection: keys-limit*, key-in-two-sections, ticket-id-type."""
    sections = {section: made[section]["keys"] for section in SECTIONS[made["data_type"]]}
    total = sum(map(len, sections.values()))
    if total > KEYS_PER_CONNECTION:
        _check_count(sections, total, total - len(_HOMES[made["data_type"]]), findings)
    if len(set(chain.from_iterable(sections.values()))) != total:
        _check_repeats(sections, findings)
    for section, keys in sections.items():
        if TICKET_KEY in keys and (type := keys[TICKET_KEY].get("type", TICKET_TYPE)) != TICKET_TYPE:
            findings.add("ticket-id-type", (section, "keys", TICKET_KEY, "type"), written=type)


def _check_count(sections: Mapping[str, Keys], total: int, added: int, findings: Findings) -> None:
    path = (max(sections, key=lambda section: len(sections[section])), "keys")
    rule = "keys-limit" if added > KEYS_PER_CONNECTION else "keys-limit-unclear"
    defaults = total - added
    findings.add(rule, path, of_key=True, total=total, added=added, defaults=defaults, limit=KEYS_PER_CONNECTION)


def _check_repeats(sections: Mapping[str, Keys], findings: Findings) -> None:
    homes: dict[str, str] = {}
    for section, keys in sections.items():
        for key in keys:
            first = homes.setdefault(key, section)
            if first != section:
                path = (section, "keys", key)
                findings.add("key-in-two-sections", path, of_key=True, key=shown(key), first=first, second=section)


def _channels(made: Json, data: Json, findings: Findings) -> None:
    """Take the channels over. Rules: channel-missing, channel-not-allowed, channels-equal."""
    is_two_channel = made["data_type"] == TWO_CHANNEL
    for section in SPEAKERS:
        has_channel = section in data and "channel" in data[section]
        if is_two_channel and has_channel:
            # A schema takes 0.0 for 0; the canonical form must not tell them apart.
            made[section]["channel"] = int(data[section]["channel"])
        elif is_two_channel:
            findings.add("channel-missing", (section,), of_key=True, section=section)
        elif has_channel:
            path = (section, "channel")
            findings.add("channel-not-allowed", path, of_key=True, section=section, data_type=made["data_type"])
    agent, customer = (made[section].get("channel") for section in SPEAKERS)
    if agent is not None and agent == customer:
        findings.add("channels-equal", ("customer", "channel"), channel=agent)
