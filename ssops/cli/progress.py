"""Outcomes as they come: a line each, and on a terminal a bar that goes away at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from ssops.cli.output import Output
from ssops.model import Action, Change, Outcome, Status
from ssops.render import text_outcomes
from ssops.render.style import Line, width
from ssops.render.words import sentence

BAR_FROM = 5
"""Changes from which a bar is worth its place."""


class Progress:
    """Shows outcomes while they happen. `start` opens the bar on `stack`, which closes it."""

    def __init__(self, output: Output, stack: ExitStack) -> None:
        self._output = output
        self._stack = stack
        self._advance: Callable[[], None] = _nothing
        self._widths = [_widest("render.status", Status), _widest("render.action", Action), 0]

    def start(self, changes: Sequence[Change]) -> None:
        """Begin with these changes ahead."""
        total = len(changes)
        self._widths[2] = max((width(str(change.address)) for change in changes), default=0)
        if total < BAR_FROM or not sys.stderr.isatty() or self._output.settings.quiet:
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        bar = Progress(
            TextColumn(sentence("apply.progress")),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True, no_color=self._output.settings.no_color or None, highlight=False),
            redirect_stdout=sys.stdout.isatty(),
            transient=True,
        )
        self._stack.enter_context(bar)
        task = bar.add_task("", total=total)
        self._advance = lambda: bar.advance(task)

    def step(self, outcome: Outcome) -> None:
        """Show one outcome."""
        if not self._output.is_json:
            self._output.show([self._padded(text_outcomes.row(outcome))])
        self._advance()

    def _padded(self, row: Line) -> Line:
        columns = [
            (text + " " * (wide - width(text) + 2), style)
            for (text, style), wide in zip(row, self._widths, strict=False)
        ]
        return (*columns, *row[len(columns) :])


def _widest(prefix: str, words: type[Status] | type[Action]) -> int:
    return max(width(sentence(f"{prefix}.{word}")) for word in words)


def _nothing() -> None:
    """Advance nothing: there is no bar."""
