"""The keys that every connection has without being asked.

Sources, all in yandex-cloud/docs. Which keys the form presets: en/_includes/speechsense/data/metadata.md,
en/speechsense/operations/connection/create.md. Which of them an upload needs:
ru/speechsense/operations/data/upload-data.md (two-channel), en/speechsense/operations/data/upload-data-split.md
(single-channel), en/speechsense/operations/data/upload-chat-text.md (chat). Types:
en/speechsense/operations/data/rest-get-dialog-data.md.

No page prints the section of a default key: it follows from the prefix and from the text of the form. `language` is a
default key of connections made since March 2025 (en/speechsense/release-notes/index.md); older ones may lack it.
`direction_outgoing` is not listed for single-channel audio.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ssops.domain.data_types import CHAT, SINGLE_CHANNEL, TWO_CHANNEL

_AGENT = MappingProxyType({"operator_name": "string", "operator_id": "string"})
_CUSTOMER = MappingProxyType({"client_name": "string", "client_id": "string"})
_BOT = MappingProxyType({"bot_name": "string", "bot_id": "string"})
_SHARED = MappingProxyType({"date": "date", "direction_outgoing": "boolean", "language": "string"})
_SHARED_SINGLE = MappingProxyType({"date": "date", "language": "string"})

DEFAULT_KEYS: Mapping[str, Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        TWO_CHANNEL: MappingProxyType({"agent": _AGENT, "customer": _CUSTOMER, "shared": _SHARED}),
        SINGLE_CHANNEL: MappingProxyType({"agent": _AGENT, "customer": _CUSTOMER, "shared": _SHARED_SINGLE}),
        CHAT: MappingProxyType({"agent": _AGENT, "customer": _CUSTOMER, "bot": _BOT, "shared": _SHARED}),
    }
)
"""data type -> section -> key -> type of the key. Every section of the data type is there, in the console's order."""

TICKET_KEY = "ticket_id"
"""An added key with a meaning: dialogs with equal values are related. It is added as a string.

Source: yandex-cloud/docs: en/_includes/speechsense/data/shared-metadata.md, en/speechsense/concepts/dialogs.md.
"""

TICKET_TYPE = "string"
