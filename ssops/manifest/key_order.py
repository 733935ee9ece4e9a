"""In which order a manifest's keys are written: that of the properties in the schema of its kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ssops.manifest import schema


@dataclass(frozen=True, slots=True)
class KeyOrder:
    """The order of the keys of one value and of all within it: a part of a schema, and what it may refer to."""

    part: Mapping[str, Any]
    definitions: Mapping[str, Any]

    def rank(self, key: str) -> int:
        """Give the place of a key; keys that are the user's to choose share the last one."""
        names = list(self.part.get("properties", ()))
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


FREE = KeyOrder({}, {})
"""The order of a value whose keys stay where they are."""
