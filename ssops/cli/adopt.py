"""`ssops adopt`: start to manage what is already in SpeechSense."""

from __future__ import annotations

import click

from ssops.cli import arguments, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit
from ssops.render import json
from ssops.render.style import Style, line
from ssops.render.words import sentence


@click.command("adopt", cls=Command, help=sentence("help.adopt"))
@click.argument("address_text", metavar="ADDRESS")
@click.argument("id", metavar="ID")
@arguments.actor_option
@arguments.lock_timeout_option
@common
def command(settings: Settings, address_text: str, id: str, actor_text: str | None, lock_timeout_s: float) -> int:
    """Record that the resource at ADDRESS is the object ID; nothing in SpeechSense changes."""
    from ssops import upkeep

    address = arguments.address(address_text)
    actor = arguments.actor(actor_text)
    with opening.workspace(settings) as workspace:
        upkeep.adopt(workspace, address, id, actor, lock_timeout_s)
    output = Output(settings)
    said = line((sentence("done.adopted", address=str(address), id=id), Style.GOOD))
    output.result(lambda: [said], lambda: json.text({"adopted": {"address": str(address), "id": id}}))
    output.talk(line((sentence("next.plan"), Style.FAINT)))
    return int(Exit.OK)
