"""`ssops forget`: stop managing a resource."""

from __future__ import annotations

import click

from ssops.cli import arguments, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit
from ssops.render import json
from ssops.render.style import Style, line
from ssops.render.words import sentence


@click.command("forget", cls=Command, help=sentence("help.forget"))
@click.argument("address_text", metavar="ADDRESS")
@arguments.actor_option
@arguments.lock_timeout_option
@common
def command(settings: Settings, address_text: str, actor_text: str | None, lock_timeout_s: float) -> int:
    """Drop the record of the resource at ADDRESS; nothing in SpeechSense changes."""
    from ssops import upkeep

    address = arguments.address(address_text)
    actor = arguments.actor(actor_text)
    with opening.workspace(settings) as workspace:
        upkeep.forget(workspace, address, actor, lock_timeout_s)
    said = line((sentence("done.forgotten", address=str(address)), Style.GOOD))
    output = Output(settings)
    output.result(lambda: [said], lambda: json.text({"forgotten": {"address": str(address)}}))
    output.talk(line((sentence("next.forgotten", address=str(address)), Style.FAINT)))
    return int(Exit.OK)
