"""How the embedded service says no: by the status words of gRPC, which SpeechSense's own API uses."""

from __future__ import annotations

from ssops.errors import ProviderFault
from ssops.model import message

INVALID = "invalid_argument"
FIXED = "failed_precondition"
NOT_FOUND = "not_found"
EXISTS = "already_exists"
DENIED = "permission_denied"
MOVED_ON = "aborted"
TOO_MANY = "resource_exhausted"

_HINTED = ("connection_deleted", "key_removed", "key_retyped", "moved_on", "name_taken", "role")


def refusal(reason: str, sentence: str, **args: str | int) -> ProviderFault:
    """Give the fault for one refused call; `sentence` is the end of an id of the catalogue, `provider.refused.*`."""
    id_ = f"provider.refused.{sentence}"
    return ProviderFault(reason, message(id_, **args), message(f"{id_}.hint", **args) if sentence in _HINTED else None)
