"""`ssops schema`: the JSON Schemas of what users write and what ssops prints."""

from __future__ import annotations

import sys
from difflib import get_close_matches

import click

from ssops.cli.output import write
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit, UsageFault
from ssops.model import message
from ssops.render.words import sentence


def _kinds(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    from ssops.manifest import schema

    return [kind for kind in schema.INPUTS + schema.OUTPUTS if kind.startswith(incomplete)]


@click.command("schema", cls=Command, help=sentence("help.schema"))
@click.argument("kind", metavar="KIND", shell_complete=_kinds)
@common
def command(_: Settings, kind: str) -> int:
    """Print one schema file as it is, whatever the format: it is JSON already."""
    from ssops.manifest import schema

    kinds = schema.INPUTS + schema.OUTPUTS
    if kind not in kinds:
        near = get_close_matches(kind, kinds, n=1)
        listed = ", ".join(kinds)
        hint = message("usage.near", near=near[0]) if near else message("usage.schema.hint", kinds=listed)
        raise UsageFault("usage", message("usage.schema", given=kind), hint)
    write(sys.stdout, schema.text(kind))
    return int(Exit.OK)
