"""What click says, in the language of the run: its modules ask `_` and `ngettext`, and here these ask the catalogue.

The catalogue has click's own sentences under `click.*`. One that it does not have is said as click says it.
"""

from __future__ import annotations

from functools import cache

from click import core, decorators, exceptions, formatting, parser, types

from ssops.messages import OTHER, catalogue, counted, spoken

MODULES = (core, decorators, exceptions, formatting, parser, types)
"""The modules of click that say something."""


def install() -> None:
    """Make click speak the language of the run, from now on."""
    for module in MODULES:
        names = vars(module)
        names.update({name: each for name, each in (("_", _said), ("ngettext", _counted)) if name in names})


def _said(text: str) -> str:
    id = _ids().get(text)
    return text if id is None else catalogue(spoken()).get(id, text)


def _counted(one: str, other: str, count: int) -> str:
    id = _ids().get(other)
    if id is None:
        return one if count == 1 else other
    return counted(id.removesuffix(f".{OTHER}"), count)


@cache
def _ids() -> dict[str, str]:
    return {text: id for id, text in catalogue("en").items() if id.startswith("click.")}
