"""`ssops state unlock`: take a lock away from a run that is gone."""

from __future__ import annotations

import click

from ssops.cli import asking, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit
from ssops.render import json, text_keeping
from ssops.render.style import Style, line
from ssops.render.words import sentence


@click.command(
    "unlock", cls=Command, help=sentence("help.state.unlock"), short_help=sentence("help.state.unlock.short")
)
@click.argument("id", metavar="ID")
@asking.option
@common
def unlock(settings: Settings, id: str, auto_approve: bool) -> int:
    """Free the spaces that are locked under exactly this id."""
    from ssops import statekeeping
    from ssops.state import lease, told

    asking.require("state unlock", is_automatic=auto_approve)
    output = Output(settings)
    with opening.workspace(settings) as workspace:
        held = [told.lock(one) for one in statekeeping.locks(workspace.store) if one.id == id]
        if held and not auto_approve:
            output.show([*text_keeping.locks(held), line((sentence("unlock.danger"), Style.CARE))])
            asking.ask(sentence("ask.unlock"))
        freed = lease.unlock(workspace.store, id)  # says what is wrong with an id that no lock has
    said = line((sentence("unlock.done", spaces=", ".join(freed)), Style.GOOD))
    output.result(lambda: [said], lambda: json.text({"unlocked": {"id": id, "spaces": list(freed)}}))
    output.talk(line((sentence("unlock.next"), Style.FAINT)))
    return int(Exit.OK)
