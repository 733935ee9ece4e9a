"""`ssops state`: what ssops has recorded, its earlier versions, its locks, and its moves as a whole."""

from __future__ import annotations

import click

from ssops.cli.state import locks, looking, migrating, replacing
from ssops.render.words import sentence


@click.group("state", help=sentence("help.state"))
def command() -> None:
    """Hold the commands of state."""


for each in (
    looking.list_,
    looking.show,
    looking.history,
    replacing.restore,
    looking.pull,
    replacing.push,
    locks.unlock,
    migrating.migrate,
):
    command.add_command(each)
