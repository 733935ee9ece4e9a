"""What ssops says about apply."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "apply.needs": "not attempted: it needs '{needs}', which is not there",
    "apply.not_automatic": "not attempted: the service has no call that would change '{address}'",
    "apply.not_made": "an earlier apply was cut short before it changed '{address}'",
}
