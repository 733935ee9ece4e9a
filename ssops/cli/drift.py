"""`ssops drift`: what was changed outside ssops, as desired, recorded and live."""

from __future__ import annotations

import click

from ssops.cli import arguments, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, with_formats
from ssops.drift import Drift
from ssops.errors import Exit
from ssops.render import json, text_drift
from ssops.render.style import Style, line
from ssops.render.words import sentence


@click.command("drift", cls=Command, help=sentence("help.drift"))
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@arguments.space_option
@click.option("--detailed-exitcode", is_flag=True, help=sentence("help.drift.detailed_exitcode"))
@with_formats("markdown")
def command(settings: Settings, addresses: tuple[str, ...], spaces: tuple[str, ...], detailed_exitcode: bool) -> int:
    """Show drift of everything, or of what is named; nothing is written."""
    from ssops import drifting

    output = Output(settings)
    asked = tuple(map(arguments.address, addresses))
    with opening.workspace(settings) as workspace:
        found = drifting.drift(workspace, spaces, asked)
    output.result(
        lambda: text_drift.lines(found, details=not settings.quiet, full=settings.verbose),
        lambda: json.text(json.drift(found)),
        others={"markdown": lambda: _markdown(found)},
    )
    if found.drifted:
        output.talk(line((sentence("drift.next"), Style.FAINT)))
    return int(Exit.CHANGES if detailed_exitcode and found.drifted else Exit.OK)


def _markdown(found: Drift) -> str:
    from ssops.render import markdown_drift

    return markdown_drift.text(found)
