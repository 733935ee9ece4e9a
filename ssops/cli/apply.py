"""`ssops apply`: carry out a plan, after the role check, under a lock."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from ssops.cli import arguments, exits, io, opening
from ssops.cli.approval import Approval
from ssops.cli.output import Output, write
from ssops.cli.progress import Progress
from ssops.cli.settings import Command, Settings, common
from ssops.cli.stopping import stopping
from ssops.errors import Exit, UsageFault
from ssops.model import Outcome, Plan, Status, message
from ssops.render import json, text_outcomes
from ssops.render.style import BLANK, Style, line
from ssops.render.words import sentence

PARALLELISM = 4
"""How many spaces are applied side by side unless told otherwise."""


@click.command("apply", cls=Command, help=sentence("help.apply"))
@click.argument("planfile", required=False, type=click.Path(path_type=Path), metavar="[PLANFILE]")
@arguments.space_option
@arguments.actor_option
@click.option("--auto-approve", is_flag=True, help=sentence("help.apply.auto_approve"))
@click.option("--allow-one-way", multiple=True, metavar="ADDRESS", help=sentence("help.apply.allow_one_way"))
@arguments.lock_timeout_option
@click.option(
    "--parallelism",
    type=click.IntRange(1, 64),
    default=PARALLELISM,
    show_default=True,
    metavar="NUMBER",
    help=sentence("help.apply.parallelism"),
)
@common
def command(
    settings: Settings,
    planfile: Path | None,
    spaces: tuple[str, ...],
    actor_text: str | None,
    auto_approve: bool,
    allow_one_way: tuple[str, ...],
    lock_timeout_s: float,
    parallelism: int,
) -> int:
    """Apply a reviewed plan file, or plan, show and ask."""
    from ssops import pipeline

    output = Output(settings)
    actor = arguments.actor(actor_text)
    allowed = frozenset(arguments.address(text) for text in allow_one_way)
    reviewed = _reviewed(planfile, spaces)
    if reviewed is None and not auto_approve and not sys.stdin.isatty():
        raise UsageFault("approval_needed", message("usage.approval"), message("usage.approval.hint"))
    with stopping() as stop, opening.workspace(settings) as workspace, ExitStack() as stack:
        progress = Progress(output, stack)
        approval = Approval(output, is_reviewed=reviewed is not None, is_automatic=auto_approve)

        def approve(plan: Plan) -> None:
            approval(plan)
            progress.start(plan.changes)
            stop.defer()

        applied = pipeline.apply(
            workspace,
            pipeline.Course(approve, progress.step, stop, lock_timeout_s, parallelism),
            spaces=spaces,
            actor=actor,
            reviewed=reviewed,
            named=allowed if auto_approve else None,
        )
    if applied.recovered:
        output.talk(*text_outcomes.recovered(applied.recovered))
    codes = _codes(applied.outcomes)
    if not _is_shown(output, applied.plan, applied.outcomes):
        codes.append(Exit.ERROR)
    if Exit.PARTIAL in codes:
        output.talk(line((sentence("next.apply_again"), Style.FAINT)))
    return int(Exit.INTERRUPTED if applied.is_stopped else exits.strongest(codes))


def _reviewed(planfile: Path | None, spaces: tuple[str, ...]) -> Plan | None:
    if planfile is None:
        return None
    if spaces:
        raise UsageFault("usage", message("usage.space_with_plan"), message("usage.space_with_plan.hint"))
    from ssops.plan import file

    return file.loads(arguments.plan_bytes(planfile))


def _codes(outcomes: tuple[Outcome, ...]) -> list[Exit]:
    return [Exit.PARTIAL for outcome in outcomes if outcome.status is not Status.APPLIED]


def _is_shown(output: Output, plan: Plan, outcomes: tuple[Outcome, ...]) -> bool:
    """Show the outcomes, then write the reports: what was applied is told even where a report cannot be written."""
    document = json.text(json.outcomes(plan.digest, outcomes))
    listed = text_outcomes.lines(outcomes, plan.digest)
    if output.is_json:
        write(sys.stdout, document)
    else:
        output.show([BLANK, listed[-1]] if outcomes else listed)  # the outcomes themselves were shown as they came
    try:
        output.report(lambda: listed, lambda: document)
    except OSError as fault:
        output.complain(io.words(fault))
        return False
    return True
