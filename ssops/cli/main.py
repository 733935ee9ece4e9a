"""The group of all commands. A command's module is imported when the command is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from ssops import __version__
from ssops.cli import exits, settings
from ssops.cli.output import write
from ssops.render.words import sentence

COMMANDS = {
    "init": "ssops.cli.init",
    "validate": "ssops.cli.validate",
    "fmt": "ssops.cli.fmt",
    "plan": "ssops.cli.plan",
    "show": "ssops.cli.show",
    "apply": "ssops.cli.apply",
    "access": "ssops.cli.access",
    "drift": "ssops.cli.drift",
    "ci": "ssops.cli.ci",
    "log": "ssops.cli.log",
    "blame": "ssops.cli.blame",
    "state": "ssops.cli.state",
    "import": "ssops.cli.import_",
    "adopt": "ssops.cli.adopt",
    "forget": "ssops.cli.forget",
    "move": "ssops.cli.move",
    "explain": "ssops.cli.explain",
    "schema": "ssops.cli.schema",
    "completion": "ssops.cli.completion",
}
"""Command -> the module that has it as `command`, in the order in which help lists them."""


class LazyGroup(click.Group):
    """A group that knows its commands by name only."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Give the names of all commands without importing one."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command; None for a name that is not there."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, naming the near miss for a wrong one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(_unknown(args[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List commands by the table of short helps."""
        with formatter.section(sentence("help.commands")):
            formatter.write_dl([(name, sentence(f"help.{name}.short")) for name in COMMANDS])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Print the table of exit codes."""
        with formatter.section(sentence("help.exit_codes")):
            formatter.write_dl([(str(code), meaning) for code, meaning in exits.table()])


def _unknown(given: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(given, COMMANDS, n=1)
    if near:
        return sentence("usage.unknown_command.near", given=given, near=near[0])
    return sentence("usage.unknown_command", given=given)


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        import sys

        write(sys.stdout, f"ssops {__version__}\n")
        ctx.exit()


def _nothing(**given: Any) -> None:
    """Take the common options, which the command reads from the context."""


cli = LazyGroup(
    name="ssops",
    help=sentence("help.ssops"),
    callback=_nothing,
    params=[
        *settings.options(settings.EVERY),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help=sentence("help.version"),
        ),
    ],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
"""The program."""
