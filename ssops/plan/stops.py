"""What blocks a change as a whole: a rule, with the sentences it says."""

from __future__ import annotations

from dataclasses import dataclass

from ssops.model import Advice, message


@dataclass(frozen=True, slots=True)
class Stop:
    """A rule that blocks a change, with the sentences it says."""

    rule: str
    advice: Advice


def stop(rule: str, variant: str = "", **args: str | int) -> Stop:
    """Block by a rule; `variant` picks another wording."""
    id = f"{rule}.{variant}" if variant else rule
    return Stop(rule, Advice(message(id, **args), message(f"{id}.remedy", **args)))
