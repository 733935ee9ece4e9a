"""Whether a plan may be carried out: reviewed before, approved on the command line, or asked for on a terminal."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from ssops.cli import output as streams
from ssops.cli.output import Output
from ssops.errors import Exit, SsopsError
from ssops.model import Plan, Reversibility, message
from ssops.render import text_plan
from ssops.render.words import counted, sentence

YES = "yes"
"""The only answer that goes on: nobody types it by habit."""


class Declined(SsopsError):
    """The person at the terminal said no. Nothing was written."""

    exit = Exit.INTERRUPTED


@dataclass(frozen=True, slots=True)
class Approval:
    """Called with the plan before anything is written; returns when it may go on, raises when not."""

    output: Output
    is_reviewed: bool
    is_automatic: bool

    def __call__(self, plan: Plan) -> None:
        """Show the plan, and ask where nobody approved it. Raises Declined."""
        if self.is_reviewed or not plan.changes:
            return
        settings = self.output.settings
        self.output.show(text_plan.lines(plan, details=not settings.quiet, full=settings.verbose))
        if not self.is_automatic:
            _ask(plan)


def _ask(plan: Plan) -> None:
    one_way = sum(change.reversibility is Reversibility.ONE_WAY for change in plan.changes)
    final = counted("apply.ask.one_way", one_way) if one_way else sentence("apply.ask.reversible")
    asked = sentence("apply.ask", count=len(plan.changes), yes=YES)
    streams.write(sys.stderr, f"\n{final}\n{asked} ")
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        streams.write(sys.stderr, "\n")
    if answer.strip().lower() != YES:
        raise Declined("declined", message("apply.declined"))
