"""`ssops completion`: what a shell needs to complete commands, options and values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Exit
from ssops.render import json
from ssops.render.words import sentence


@click.command("completion", cls=Command, help=sentence("help.completion"))
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")), metavar="SHELL")
@common
def command(settings: Settings, shell: str) -> int:
    """Print the completion script of a shell."""
    from ssops.cli.main import cli

    completion = get_completion_class(shell)
    if completion is None:
        raise LookupError(shell)
    # The script alone: `source()` would start bash to ask for its version.
    made = completion(cli, {}, "ssops", "_SSOPS_COMPLETE")
    script = made.source_template % made.source_vars()
    document = json.text({"shell": shell, "script": script})
    Output(settings).result(lambda: (), lambda: document, others={"text": lambda: script})  # as it is: no line is ours
    return int(Exit.OK)
