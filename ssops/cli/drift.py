"""`ssops drift`: what was changed outside ssops, as desired, recorded and live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ssops.cli import arguments, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, with_formats
from ssops.drift import Drift
from ssops.errors import Exit
from ssops.model import Actor
from ssops.render import json, text_drift
from ssops.render.style import Line, Style, line
from ssops.render.words import counted, sentence

if TYPE_CHECKING:
    from ssops.accepting import Accepted
    from ssops.workspace import Workspace


@click.command("drift", cls=Command, help=sentence("help.drift"))
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@arguments.space_option
@click.option("--detailed-exitcode", is_flag=True, help=sentence("help.drift.detailed_exitcode"))
@click.option("--accept", is_flag=True, help=sentence("help.drift.accept"))
@arguments.actor_option
@with_formats("markdown")
def command(
    settings: Settings,
    addresses: tuple[str, ...],
    spaces: tuple[str, ...],
    detailed_exitcode: bool,
    accept: bool,
    actor_text: str | None,
) -> int:
    """Show drift of everything, or of what is named; nothing is written unless it is accepted."""
    from ssops import drifting

    output = Output(settings)
    asked = tuple(map(arguments.address, addresses))
    with opening.workspace(settings) as workspace:
        found = drifting.drift(workspace, spaces, asked)
        accepted = _accepted(workspace, found, arguments.actor(actor_text)) if accept else None
    output.result(
        lambda: text_drift.lines(found, details=not settings.quiet, full=settings.verbose),
        lambda: json.text(json.drift(found)),
        others={"markdown": lambda: _markdown(found)},
    )
    if accepted is not None:
        output.talk(*_told(accepted))
        left = len(found.drifted) - len(accepted.addresses)
        return int(Exit.CHANGES if detailed_exitcode and left else Exit.OK)
    if found.drifted:
        output.talk(line((sentence("drift.next"), Style.FAINT)))
    return int(Exit.CHANGES if detailed_exitcode and found.drifted else Exit.OK)


def _accepted(workspace: Workspace, found: Drift, actor: Actor | None) -> Accepted:
    from ssops import accepting  # files are edited only where somebody asks for it

    return accepting.run(workspace, found, actor)


def _told(accepted: Accepted) -> list[Line]:
    """Say which files say now what is live, and what no file could say."""
    lines = [line(("~ ", Style.CARE), file) for file in accepted.files]
    lines += [line((sentence("accept.left", address=str(one)), Style.FAINT)) for one in accepted.left]
    lines.append(line((counted("accept.done", len(accepted.addresses)), Style.STRONG)))
    return lines


def _markdown(found: Drift) -> str:
    from ssops.render import markdown_drift

    return markdown_drift.text(found)
