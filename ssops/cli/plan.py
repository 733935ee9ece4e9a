"""`ssops plan`: what would change, how final it is, and whether the actor may."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ssops.access import check
from ssops.cli import arguments, exits, opening, reviewing
from ssops.cli.output import Output, replace
from ssops.cli.settings import Command, Settings
from ssops.errors import Exit, UsageFault
from ssops.model import Plan, RoleVerdict, Verdict, message
from ssops.render import escape, text_plan
from ssops.render.style import Style, line
from ssops.render.words import sentence

if TYPE_CHECKING:
    from ssops.offline.revision import Revision


@click.command("plan", cls=Command, help=sentence("help.plan"))
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help=sentence("help.plan.out"))
@arguments.space_option
@click.option(
    "--against", default="live", show_default=True, metavar="live|recorded|git:REF", help=sentence("help.plan.against")
)
@arguments.actor_option
@click.option("--detailed-exitcode", is_flag=True, help=sentence("help.plan.detailed_exitcode"))
@click.option("--check-access", is_flag=True, help=sentence("help.plan.check_access"))
@reviewing.formats
def command(
    settings: Settings,
    budget: int | None,
    out: Path | None,
    spaces: tuple[str, ...],
    against: str,
    actor_text: str | None,
    detailed_exitcode: bool,
    check_access: bool,
) -> int:
    """Show the plan and write it where asked; nothing else is written."""
    from ssops import pipeline
    from ssops.plan import file

    output = Output(settings)
    actor = arguments.actor(actor_text)
    side = _side(against)
    with opening.workspace(settings) as workspace:
        plan = pipeline.plan(workspace, spaces=spaces, actor=actor, against=side)
    if out is not None:
        replace(out, file.dumps(plan))
    output.result(
        lambda: text_plan.lines(plan, details=not settings.quiet, full=settings.verbose),
        lambda: escape.json_visible(file.dumps(plan)),
        others=reviewing.documents(plan, budget, out),
    )
    _say_next(output, plan, out)
    return int(exits.strongest(_codes(plan, detailed=detailed_exitcode, check_access=check_access)))


def _side(against: str) -> Revision | Literal["live", "recorded"]:
    """Read what to compare with. Raises UsageFault for anything but live, recorded and git:REF."""
    kind, colon, ref = against.partition(":")
    if kind == "git" and ref:
        from ssops.offline.revision import Revision

        return Revision(ref, os.environ)
    if not colon and kind in ("live", "recorded"):
        return "live" if kind == "live" else "recorded"
    raise UsageFault("usage", message("usage.against", given=against), message("usage.against.hint"))


def _codes(plan: Plan, *, detailed: bool, check_access: bool) -> list[Exit]:
    codes = []
    if plan.verdict is Verdict.BLOCKED:
        codes.append(Exit.BLOCKED)
    if check_access and check.missing(plan):
        codes.append(Exit.NOT_AUTHORIZED)
    if detailed and plan.changes:
        codes.append(Exit.CHANGES)
    return codes


def _say_next(output: Output, plan: Plan, out: Path | None) -> None:
    if not plan.changes:
        return
    if plan.verdict is Verdict.BLOCKED:
        output.talk(line((sentence("next.blocked"), Style.FAINT)))
    elif plan.against != "live":
        output.talk(line((sentence("next.compared"), Style.FAINT)))
    elif any(change.role is not None and change.role.verdict is RoleVerdict.MISSING for change in plan.changes):
        output.talk(line((sentence("next.roles"), Style.FAINT)))
    elif out is not None:
        output.talk(line((sentence("next.apply_file", file=str(out)), Style.FAINT)))
    else:
        output.talk(line((sentence("next.apply"), Style.FAINT)))
