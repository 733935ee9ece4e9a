"""A plan as text: first one line a change, grouped by space with its role; then the fields; last the count and digest.

Signs of the details stand in column one, so that a code block marked `diff` colours them.
"""

from __future__ import annotations

from ssops.model import Action, Execution, Plan, Reversibility, Severity
from ssops.render import text_change, text_issues, text_roles
from ssops.render.style import BLANK, Line, Span, Style, align, line
from ssops.render.words import counted, sentence


def lines(plan: Plan, *, details: bool = True, full: bool = False) -> tuple[Line, ...]:
    """Show a plan. Without `details` the fields are left out; with `full` no value is cut and no name is counted."""
    shown: list[Line] = [*_summary(plan)]
    if details:
        for change in plan.changes:
            shown += [*text_change.details(change, full=full), BLANK]
    shown += [*text_issues.lines(plan.issues), *_unmanaged(plan, full)]
    return (*shown, verdict(plan))


def verdict(plan: Plan) -> Line:
    """Say in one line how big the plan is, whether it is blocked, and its digest."""
    digest: Span = (sentence("render.digest", digest=plan.digest), Style.FAINT)
    blocked = len(plan.blocked)
    errors = any(issue.severity is Severity.ERROR for issue in plan.issues)
    if not plan.changes and not errors:
        return line((sentence("render.plan.none", unchanged=plan.unchanged), Style.GOOD), " ", digest)
    head: Span = (sentence("render.plan"), Style.STRONG)
    spans: list[Span | str] = [head, f": {', '.join(_counts(plan))}"]
    if blocked or errors:
        spans += ["; ", (_blocked_words(blocked), Style.BAD)]
    return line(*spans, " ", digest)


def _blocked_words(blocked: int) -> str:
    return counted("render.plan.blocked", blocked) if blocked else sentence("render.plan.policy")


def _counts(plan: Plan) -> list[str]:
    ready = [change for change in plan.changes if change.execution is not Execution.BLOCKED]
    found = [(action, sum(change.action is action for change in ready)) for action in Action]
    words = [sentence(f"render.count.{action}", count=count) for action, count in found if count]
    one_way = sum(change.reversibility is Reversibility.ONE_WAY for change in ready)
    assisted = sum(change.execution is Execution.ASSISTED for change in ready)
    words += [sentence("render.count.one_way", count=one_way)] if one_way else []
    words += [sentence("render.count.assisted", count=assisted)] if assisted else []
    return [*words, sentence("render.count.unchanged", count=plan.unchanged)]


def _summary(plan: Plan) -> list[Line]:
    shown: list[Line] = []
    for space, changes in text_roles.by_space(plan):
        shown.append(line((sentence("render.space", space=space), Style.STRONG)))
        shown += [line("  ", *spans) for spans in text_roles.needed(change for _, change in changes)]
        shown += [*align([text_change.row(number, change) for number, change in changes], indent=2), BLANK]
    return shown


def _unmanaged(plan: Plan, full: bool) -> list[Line]:
    if not plan.unmanaged:
        return []
    words = counted("render.unmanaged", len(plan.unmanaged))
    listed = [line("  ", name) for name in plan.unmanaged] if full else []
    return [line((words, Style.FAINT)), *listed]
