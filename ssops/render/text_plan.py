"""A plan as text: first one line a change, grouped by space with its role; then the fields; last the count and digest.

Signs of the details stand in column one, so that a code block marked `diff` colours them.
"""

from __future__ import annotations

from ssops.model import Action, Execution, Kind, Plan, Reversibility, Severity
from ssops.render import text_change, text_issues, text_roles
from ssops.render.style import BLANK, Line, Span, Style, align, line
from ssops.render.words import counted, sentence

SHOWN_LINES = 300
"""Lines of details that a plan shows, give or take one change, unless everything is asked for."""

SHOWN_WARNINGS = 20
"""Warnings that a plan shows unless everything is asked for; validate shows them all."""


def lines(plan: Plan, *, details: bool = True, full: bool = False) -> tuple[Line, ...]:
    """Show a plan. Without `details` the fields are left out; with `full` no value is cut and no name is counted."""
    shown: list[Line] = [*_summary(plan)]
    if details:
        shown += _details(plan, full)
    shown += [*_issues(plan, full), *_unmanaged(plan, full)]
    return (*shown, verdict(plan))


def verdict(plan: Plan) -> Line:
    """Say in one line how big the plan is, whether it is blocked, and its digest."""
    digest: Span = (sentence("render.digest", digest=plan.digest), Style.FAINT)
    blocked = len(plan.blocked)
    errors = any(issue.severity is Severity.ERROR for issue in plan.issues)
    policy = errors and not blocked
    if not plan.changes and not errors:
        return line((sentence("render.plan.none", unchanged=plan.unchanged), Style.GOOD), " ", digest)
    head: Span = (sentence("render.plan"), Style.STRONG)
    spans: list[Span | str] = [head, f": {', '.join(_counts(plan))}"]
    spans += [each for span in _warnings(plan) for each in ("; ", span)]
    spans += ["; ", (counted("render.plan.blocked", blocked), Style.BAD)] if blocked else []
    spans += ["; ", (sentence("render.plan.policy"), Style.BAD)] if policy else []
    return line(*spans, " ", digest)


def _warnings(plan: Plan) -> list[Span]:
    ready = [change for change in plan.changes if change.execution is not Execution.BLOCKED]
    one_way = sum(change.reversibility is Reversibility.ONE_WAY for change in ready)
    assisted = sum(change.execution is Execution.ASSISTED for change in ready)
    found = [(counted("render.count.one_way", one_way), Style.CARE)] if one_way else []
    return found + ([(counted("render.count.assisted", assisted), Style.CARE)] if assisted else [])


def _counts(plan: Plan) -> list[str]:
    ready = [change for change in plan.changes if change.execution is not Execution.BLOCKED]
    found = [(action, sum(change.action is action for change in ready)) for action in Action]
    words = [sentence(f"render.count.{action}", count=count) for action, count in found if count]
    return [*words, sentence("render.count.unchanged", count=plan.unchanged)]


def _summary(plan: Plan) -> list[Line]:
    shown: list[Line] = []
    digits = max(2, len(str(len(plan.changes))))
    for space, changes in text_roles.by_space(plan):
        shown.append(line((sentence("render.space", space=space), Style.STRONG)))
        shown += [line("  ", *spans) for spans in text_roles.needed(change for _, change in changes)]
        shown += [
            *align([text_change.row(f"{number:>{digits}}", change) for number, change in changes], indent=2),
            BLANK,
        ]
    return shown


def _details(plan: Plan, full: bool) -> list[Line]:
    """Show the fields of changes until `SHOWN_LINES` are spent, those that are blocked first; all of them if `full`."""
    chosen = text_change.chosen(plan.changes, None if full else SHOWN_LINES, full=full)
    shown = [each for i in sorted(chosen) for each in (*chosen[i], BLANK)]
    left = len(plan.changes) - len(chosen)
    return [*shown, line((counted("render.details_left", left), Style.FAINT)), BLANK] if left else shown


def _issues(plan: Plan, full: bool) -> list[Line]:
    """Show every error and the first warnings."""
    warnings = [issue for issue in plan.issues if issue.severity is Severity.WARNING]
    hidden = 0 if full else max(0, len(warnings) - SHOWN_WARNINGS)
    left_out = set(map(id, warnings[SHOWN_WARNINGS:])) if hidden else set()
    shown = [*text_issues.lines(issue for issue in plan.issues if id(issue) not in left_out)]
    return [*shown, line((counted("render.warnings_left", hidden), Style.FAINT)), BLANK] if hidden else shown


def _unmanaged(plan: Plan, full: bool) -> list[Line]:
    if not plan.unmanaged:
        return []
    is_deleting = any(change.action is Action.DELETE and change.address.kind is Kind.SPACE for change in plan.changes)
    words = counted("render.unmanaged_deleting" if is_deleting else "render.unmanaged", len(plan.unmanaged))
    listed = [line("  ", name) for name in plan.unmanaged] if full else []
    return [line((words, Style.FAINT)), *listed]
