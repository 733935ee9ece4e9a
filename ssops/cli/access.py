"""`ssops access`: what the actor may do."""

from __future__ import annotations

import click

from ssops.access import check as judging
from ssops.cli import arguments, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit
from ssops.render import json, text_roles
from ssops.render.style import Style, line
from ssops.render.words import sentence


@click.group("access", help=sentence("help.access"))
def command() -> None:
    """Hold the commands of access."""


@command.command(
    "check", cls=Command, help=sentence("help.access.check"), short_help=sentence("help.access.check.short")
)
@arguments.space_option
@arguments.actor_option
@common
def check(settings: Settings, spaces: tuple[str, ...], actor_text: str | None) -> int:
    """Show for every planned change the role it needs and whether the actor has it; 5 when one is lacking."""
    from ssops import pipeline

    actor = arguments.actor(actor_text)
    with opening.workspace(settings) as workspace:
        plan = pipeline.access(workspace, spaces=spaces, actor=actor)
        asked = actor or workspace.provider.default_actor()
    output = Output(settings)
    output.result(lambda: text_roles.lines(plan, asked), lambda: json.text(json.access(plan, asked)))
    if judging.missing(plan):
        output.talk(line((sentence("next.roles"), Style.FAINT)))
    return int(Exit.NOT_AUTHORIZED if judging.missing(plan) else Exit.OK)
