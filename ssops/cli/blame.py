"""`ssops blame`: who set each field of a resource, when, from which commit, by which plan."""

from __future__ import annotations

import click

from ssops.cli import arguments, damage, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import StateFault
from ssops.render import json, text_log
from ssops.render.words import sentence


@click.command("blame", cls=Command, help=sentence("help.blame"))
@click.argument("address_text", metavar="ADDRESS")
@common
def command(settings: Settings, address_text: str) -> int:
    """Show the origin of every recorded field of one resource."""
    from ssops import statekeeping
    from ssops.state import told

    address = arguments.address(address_text)
    output = Output(settings)
    faults: list[StateFault] = []
    with opening.workspace(settings) as workspace:
        known, found = statekeeping.origins(workspace.store, address, faults.append)
    document = told.origins(address, known.id, found)
    output.result(lambda: text_log.blame(document, full=settings.verbose), lambda: json.text(document))
    return int(damage.told(output, faults))
