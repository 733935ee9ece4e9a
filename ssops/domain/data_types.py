"""What a connection can hold: data types, their sections, and the types of metadata keys.

Source: yandex-cloud/docs: en/speechsense/operations/connection/create.md (data types, sections, channels, splitting);
en/speechsense/concepts/resources-hierarchy.md@644d9f3 (types of metadata).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TWO_CHANNEL = "two_channel_audio"
SINGLE_CHANNEL = "single_channel_audio"
CHAT = "chat"

SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        TWO_CHANNEL: ("agent", "customer", "shared"),
        SINGLE_CHANNEL: ("agent", "customer", "shared"),
        CHAT: ("agent", "customer", "bot", "shared"),
    }
)
"""The sections of each data type, in the order the console shows them."""

SPEAKERS = ("agent", "customer")
"""The sections that have a channel in two-channel audio: 0 is the left track, 1 the right one."""

KEY_TYPES = ("string", "number", "decimal", "boolean", "date", "json", "url")
"""The types of metadata keys; `decimal` is the console's "Fractional number"."""
