"""`ssops move`: another ref for a resource, in manifests and state."""

from __future__ import annotations

import click

from ssops.cli import arguments, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit
from ssops.render import json
from ssops.render.style import Style, line
from ssops.render.words import sentence


@click.command("move", cls=Command, help=sentence("help.move"))
@click.argument("old_text", metavar="OLD")
@click.argument("new_text", metavar="NEW")
@arguments.actor_option
@common
def command(settings: Settings, old_text: str, new_text: str, actor_text: str | None) -> int:
    """Rename a ref wherever manifests and state name it; nothing in SpeechSense changes."""
    from ssops import moving

    old, new = arguments.address(old_text), arguments.address(new_text)
    with opening.workspace(settings) as workspace:
        moved = moving.run(workspace, old, new, arguments.actor(actor_text))
    output = Output(settings)
    rows = [line(("~ ", Style.CARE), file) for file in moved.files]
    ending = "move.done" if moved.is_recorded else "move.done.manifests"
    rows.append(line((sentence(ending, old=str(old), new=str(new)), Style.GOOD)))
    document = {"old": str(old), "new": str(new), "files": list(moved.files), "recorded": moved.is_recorded}
    output.result(lambda: rows, lambda: json.text({"moved": document}))
    output.talk(line((sentence("next.plan"), Style.FAINT)))
    return int(Exit.OK)
