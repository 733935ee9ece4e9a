"""`ssops log`: what was done, by whom, from which commit, by which plan."""

from __future__ import annotations

import click

from ssops.cli import arguments, damage, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import StateFault, UsageFault
from ssops.model import message
from ssops.render import json, text_log
from ssops.render.style import Style, line
from ssops.render.words import counted, sentence

SHOWN = 50
"""Entries that text shows unless told otherwise; JSON has all."""


@click.command("log", cls=Command, help=sentence("help.log"))
@click.argument("address_text", metavar="[ADDRESS]", required=False)
@arguments.space_option
@click.option("--limit", type=click.IntRange(min=0), metavar="NUMBER", help=sentence("help.log.limit"))
@common
def command(settings: Settings, address_text: str | None, spaces: tuple[str, ...], limit: int | None) -> int:
    """Show the journal of all spaces, of those named, or of one resource, the newest entry first."""
    from ssops import statekeeping
    from ssops.state import told

    if address_text is not None and spaces:
        raise UsageFault("usage", message("log.space_with_address"), message("log.space_with_address.hint"))
    address = None if address_text is None else arguments.address(address_text)
    output = Output(settings)
    faults: list[StateFault] = []
    with opening.workspace(settings) as workspace:
        found = statekeeping.log(workspace.store, spaces, address, faults.append)
    most = limit if limit is not None else 0 if output.is_json else SHOWN
    entries = [told.entry(one) for one in (found[:most] if most else found)]
    document = {"entries": entries, "more": len(found) - len(entries)}
    output.result(
        lambda: text_log.lines(entries, details=address is not None, full=settings.verbose),
        lambda: json.text(document),
    )
    if document["more"]:
        output.talk(line((counted("log.more", len(found) - len(entries)), Style.FAINT)))
    return int(damage.told(output, faults))
