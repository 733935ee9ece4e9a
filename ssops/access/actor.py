"""Who acts, as named on the command line: `TYPE:ID`."""

from __future__ import annotations

import re
from difflib import get_close_matches

from ssops.errors import UsageFault
from ssops.model import Actor, message

TYPES = ("userAccount", "serviceAccount", "federatedUser", "group", "system")
"""Source: yandex-cloud/cloudapi: yandex/cloud/access/access.proto; groups: yandex-cloud/docs:
en/speechsense/security/index.md."""

_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")
_SYSTEM_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")  # such as group:organization:ID:users
_SHORT = 60


def parse(text: str) -> Actor:
    """Read `serviceAccount:ID` and its kin. Raises UsageFault (`actor_invalid`) for anything else."""
    type_, colon, id_ = text.strip().partition(":")
    hint = message("actor.hint")
    if not colon or not type_:
        raise UsageFault("actor_invalid", message("actor.form", actor=_short(text)), hint)
    if type_ not in TYPES:
        near = _near(type_)
        if near is not None:
            hint = message("actor.near", type=near)
        raise UsageFault("actor_invalid", message("actor.type", type=_short(type_)), hint)
    if not (_SYSTEM_ID if type_ == "system" else _ID).fullmatch(id_):
        raise UsageFault("actor_invalid", message("actor.id", text=_short(id_), type=type_), hint)
    return Actor(type_, id_)


def _near(type_: str) -> str | None:
    by_lower = {known.lower(): known for known in TYPES}
    plain = type_.lower().replace("_", "").replace("-", "")[:_SHORT]
    return next((by_lower[found] for found in get_close_matches(plain, by_lower, n=1)), None)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 3]}..."
