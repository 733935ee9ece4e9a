"""What the documents for reviewers say alike: what is final, which roles are needed, what comes next."""

from __future__ import annotations

import shlex
from collections import Counter

from ssops.model import Change, Execution, Issue, Plan, Reversibility, Role, Severity, Verdict
from ssops.render import text_plan
from ssops.render.escape import visible
from ssops.render.words import sentence

FILE = "plan.json"
"""The plan file of the next step where nobody said which."""

_LONGEST_FILE = 200


def verdict(plan: Plan) -> str:
    """Say in one line how big the plan is and whether it is blocked."""
    *words, _, _ = text_plan.verdict(plan)  # without its digest, which has a place of its own
    return "".join(span for span, _ in words)


def one_way(plan: Plan) -> list[Change]:
    """Give the changes that would be carried out and never taken back."""
    final = (change for change in plan.changes if change.reversibility is Reversibility.ONE_WAY)
    return [change for change in final if change.execution is not Execution.BLOCKED]


def issues(plan: Plan, severity: Severity) -> list[Issue]:
    """Give the issues of one severity."""
    return [issue for issue in plan.issues if issue.severity is severity]


def roles(plan: Plan) -> list[tuple[Role, int]]:
    """Give the roles that are needed, each with the number of changes that need it."""
    groups = Counter(change.role for change in plan.changes if change.role is not None)
    return sorted(groups.items(), key=lambda row: (row[0].on, row[0].required))


def next_step(plan: Plan, file: str | None) -> tuple[str, str]:
    """Say what the reader does next, with the command that does it, empty where there is none.

    `file` is where the plan is saved, None where that is not known.
    """
    match plan.verdict:
        case Verdict.BLOCKED:
            return sentence("markdown.next.blocked"), ""
        case Verdict.NO_CHANGES:
            return sentence("markdown.next.nothing"), ""
    if plan.against != "live":
        return sentence("markdown.next.review"), ""
    needed = ", ".join(sorted({role.required for role, _ in roles(plan)}))
    return sentence("markdown.next.apply", roles=needed), f"ssops apply {_named(file or FILE)}"


def _named(file: str) -> str:
    quoted = shlex.quote(file)
    return quoted if len(quoted) <= _LONGEST_FILE and visible(quoted) == quoted else FILE
