"""Whether a command may go on that changes the record: approved on the command line, or asked for on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from ssops.cli import output
from ssops.cli.approval import YES, Declined
from ssops.errors import UsageFault
from ssops.model import message
from ssops.render.words import sentence


def option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--auto-approve`."""
    return click.option("--auto-approve", is_flag=True, help=sentence("help.auto_approve"))(command)


def require(command: str, *, is_automatic: bool, is_read: bool = False) -> None:
    """Raise UsageFault (`approval_needed`) where nobody approved and there is no terminal to ask on.

    `is_read` where standard input is read for something else.
    """
    if not is_automatic and (is_read or not sys.stdin.isatty()):
        said = message("ask.needed", command=command)
        raise UsageFault("approval_needed", said, message("ask.needed.hint", command=command))


def ask(question: str) -> None:
    """Ask on the terminal. Raises Declined unless the answer is `YES`."""
    output.write(sys.stderr, f"\n{question} {sentence('ask.yes', yes=YES)} ")
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        output.write(sys.stderr, "\n")
    if answer.strip().lower() != YES:
        raise Declined("declined", message("apply.declined"))
