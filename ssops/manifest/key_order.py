"""In which order a manifest's keys are written: that of the properties in the schema of its kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ssops.manifest import schema
from ssops.manifest.written import Collection, Entry
from ssops.model import Json


@dataclass(frozen=True, slots=True)
class KeyOrder:
    """The order of the keys of one value and of all within it: a part of a schema, and what it may refer to."""

    part: Mapping[str, Any]
    definitions: Mapping[str, Any]

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that the schema names, in their order."""
        return tuple(self.part.get("properties", ()))

    def rank(self, key: str) -> int:
        """Give the place of a key; keys that are the user's to choose share the last one."""
        names = self.names
        return names.index(key) if key in names else len(names)

    def within(self, key: str | None) -> KeyOrder:
        """Give the order within the value of a key, or within the items of a sequence."""
        properties = self.part.get("properties", {})
        inner = self.part.get("items") if key is None else properties.get(key, self.part.get("additionalProperties"))
        if isinstance(inner, dict) and "$ref" in inner:
            inner = self.definitions[inner["$ref"].removeprefix("#/$defs/")]
        return KeyOrder(inner if isinstance(inner, dict) else {}, self.definitions)


@cache
def of(kind: str) -> KeyOrder:
    """Give the order of one of `schema.INPUTS`."""
    whole = json.loads(schema.text(kind))
    return KeyOrder(whole, whole.get("$defs", {}))


def sort(collection: Collection, order: KeyOrder) -> Collection:
    """Give a collection with its keys in order, and those of all within it; items of a sequence stay.

    An entry that comes first by that leaves the blank lines above it behind.
    """
    entries = [_sorted_within(entry, order) for entry in collection.entries]
    if collection.is_mapping:
        entries.sort(key=lambda entry: order.rank(entry.key.value if entry.key else ""))
    if entries and collection.entries[0].key is not entries[0].key:
        while entries[0].lead[:1] == ("",):
            entries[0] = replace(entries[0], lead=entries[0].lead[1:])
    return replace(collection, entries=tuple(entries))


def arrange(data: Json, order: KeyOrder) -> Json:
    """Give JSON data with its keys in order, and those of all within it."""
    if isinstance(data, list):
        return [arrange(item, order.within(None)) for item in data]
    if not isinstance(data, dict):
        return data
    return {key: arrange(data[key], order.within(key)) for key in sorted(data, key=order.rank)}


def _sorted_within(entry: Entry, order: KeyOrder) -> Entry:
    if not isinstance(entry.value, Collection):
        return entry
    return replace(entry, value=sort(entry.value, order.within(entry.key.value if entry.key else None)))
