"""`ssops state restore` and `push`: a whole state put in place of another."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssops.cli import arguments, asking, opening
from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.errors import Conflict, Exit
from ssops.model import message
from ssops.render import json, text_keeping
from ssops.render.style import Line, Style, line
from ssops.render.words import sentence

if TYPE_CHECKING:
    from ssops.replacing import Replacement

_BYTES_MAX = 1024 * 1024 * 1024  # far more than the largest state, less than what would exhaust the machine


@click.command(
    "restore", cls=Command, help=sentence("help.state.restore"), short_help=sentence("help.state.restore.short")
)
@click.argument("space", metavar="SPACE")
@click.argument("version", metavar="VERSION")
@asking.option
@arguments.actor_option
@arguments.lock_timeout_option
@common
def restore(
    settings: Settings, space: str, version: str, auto_approve: bool, actor_text: str | None, lock_timeout_s: float
) -> int:
    """Bring a kept version of a space's state back as the newest one."""
    from ssops import replacing

    ref, actor = arguments.space(space), arguments.actor(actor_text)
    asking.require("state restore", is_automatic=auto_approve)
    output = Output(settings)
    with opening.workspace(settings) as workspace:
        course = replacing.Course(actor, _approval(output, ref, is_automatic=auto_approve), lock_timeout_s)
        made = replacing.restore(workspace, ref, version, course)
    return _told(output, ref, made, {"version": version})


@click.command("push", cls=Command, help=sentence("help.state.push"), short_help=sentence("help.state.push.short"))
@click.argument("space", metavar="SPACE")
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
@asking.option
@arguments.actor_option
@arguments.lock_timeout_option
@common
def push(
    settings: Settings, space: str, file: Path, auto_approve: bool, actor_text: str | None, lock_timeout_s: float
) -> int:
    """Take a document in as the state of a space."""
    from ssops import replacing

    ref, actor = arguments.space(space), arguments.actor(actor_text)
    asking.require("state push", is_automatic=auto_approve, is_read=str(file) == "-")
    output = Output(settings)
    data = _bytes(file)
    with opening.workspace(settings) as workspace:
        course = replacing.Course(actor, _approval(output, ref, is_automatic=auto_approve), lock_timeout_s)
        made = replacing.push(workspace, ref, data, course)
    return _told(output, ref, made, {})


def _bytes(file: Path) -> bytes:
    if str(file) == "-":
        data = sys.stdin.buffer.read(_BYTES_MAX + 1)
    else:
        with file.open("rb") as stream:
            data = stream.read(_BYTES_MAX + 1)
    if len(data) > _BYTES_MAX:
        raise Conflict("state_invalid", message("push.too_large"), None)
    return data


def _approval(output: Output, space: str, *, is_automatic: bool) -> Callable[[Replacement], None]:
    def approve(made: Replacement) -> None:
        output.show(_lines(output.settings, made))
        if not is_automatic:
            asking.ask(sentence(f"ask.{made.act}", space=space, serial=made.state.serial))

    return approve


def _lines(settings: Settings, made: Replacement) -> tuple[Line, ...]:
    pending = [
        line((sentence("render.state.pending", address=str(address)), Style.CARE))
        for address in sorted(made.state.pending, key=str)
    ]
    return (*text_keeping.moves(made.moves, is_readable=made.is_readable, full=settings.verbose), *pending)


def _told(output: Output, space: str, made: Replacement, more: dict[str, str]) -> int:
    """Say what was done; the moves themselves were shown before."""
    word = "done" if made.is_new else "same"
    said = line((sentence(f"{made.act}.{word}", space=space, serial=made.state.serial), Style.GOOD))
    document = {
        "space": space,
        "serial": made.state.serial,
        "written": made.is_new,
        "readable": made.is_readable,
        "moves": list(made.moves),
        **more,
    }
    output.result(lambda: [said], lambda: json.text({"restored" if made.act == "restore" else "pushed": document}))
    if made.is_new:
        output.talk(line((sentence("next.replaced"), Style.FAINT)))
    return int(Exit.OK)
