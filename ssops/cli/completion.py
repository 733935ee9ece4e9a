"""`ssops completion`: what a shell needs to complete commands, options and values."""

from __future__ import annotations

import sys

import click
from click.shell_completion import get_completion_class

from ssops.cli.output import write
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit
from ssops.render.words import sentence


@click.command("completion", cls=Command, help=sentence("help.completion"))
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")), metavar="SHELL")
@common
def command(_: Settings, shell: str) -> int:
    """Print the completion script of a shell."""
    from ssops.cli.main import cli

    completion = get_completion_class(shell)
    if completion is None:
        raise LookupError(shell)
    # The script alone: `source()` would start bash to ask for its version.
    made = completion(cli, {}, "ssops", "_SSOPS_COMPLETE")
    write(sys.stdout, made.source_template % made.source_vars())
    return int(Exit.OK)
