"""Outcomes of an apply as text: a line a change, a line of counts."""

from __future__ import annotations

from collections.abc import Sequence

from ssops.messages import say
from ssops.model import Outcome, Status
from ssops.render.style import BLANK, Line, Span, Style, align, line
from ssops.render.words import sentence

_STYLES = {
    Status.APPLIED: Style.GOOD,
    Status.PENDING: Style.CARE,
    Status.FAILED: Style.BAD,
    Status.SKIPPED: Style.CARE,
}


def lines(outcomes: Sequence[Outcome], digest: str) -> tuple[Line, ...]:
    """Show every outcome and, last, how many of each there are."""
    if not outcomes:
        return (line((sentence("render.applied.none"), Style.GOOD)),)
    return (*align([row(outcome) for outcome in outcomes]), BLANK, verdict(outcomes, digest))


def recovered(outcomes: Sequence[Outcome]) -> tuple[Line, ...]:
    """Show what an interrupted run had begun and what was found out about it."""
    return (line(sentence("render.recovered")), *align([row(outcome) for outcome in outcomes], indent=2))


def row(outcome: Outcome) -> Line:
    """Show one outcome: status, action, address, then the id or the error."""
    spans: list[Span | str] = [
        (sentence(f"render.status.{outcome.status}"), _STYLES[outcome.status]),
        sentence(f"render.action.{outcome.action}"),
        (str(outcome.address), Style.STRONG),
    ]
    if outcome.error is not None:
        spans.append(say(outcome.error))
    elif outcome.id is not None:
        spans.append((outcome.id, Style.FAINT))
    return line(*spans)


def verdict(outcomes: Sequence[Outcome], digest: str) -> Line:
    """Say how many changes were applied, failed, wait or were skipped."""
    counts = [(status, sum(outcome.status is status for outcome in outcomes)) for status in Status]
    words = [sentence(f"render.applied.{status}", count=count) for status, count in counts if count]
    is_whole = all(outcome.status is Status.APPLIED for outcome in outcomes)
    head: Span = (sentence("render.apply"), Style.GOOD if is_whole else Style.CARE)
    return line(head, f": {', '.join(words)} ", (sentence("render.digest", digest=digest), Style.FAINT))
