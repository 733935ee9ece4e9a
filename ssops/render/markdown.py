"""A plan as Markdown for a pull request: verdict, blocked, one-way, a line each, roles, picture, details, next step.

The budget is spent in that order. Verdict and next step are never cut; what was cut is counted and named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ssops.messages import say
from ssops.model import Change, Execution, Plan, Reversibility, Role, RoleVerdict, Severity, Verdict
from ssops.render import mermaid, text_change, text_issues, text_plan, text_roles
from ssops.render.budget import Budget
from ssops.render.escape_markup import fenced, markdown
from ssops.render.style import paint
from ssops.render.words import counted, sentence

BUDGET = 65_536
"""Characters that GitHub takes in one comment."""

_MARKS = {RoleVerdict.GRANTED: "✅", RoleVerdict.MISSING: "❌", RoleVerdict.UNKNOWN: "❔"}
_RESERVE = 400  # for the sentences that say what was cut, and for closing what is open


def text(plan: Plan, *, budget: int = BUDGET, command: str = "") -> str:
    """Write a plan in at most `budget` characters; `command` is what applies it, made up where it is not given.

    Raises ValueError for a budget below 2,000 characters: verdict and next step would not fit.
    """
    if budget < 2_000:
        raise ValueError(budget)
    head, tail = _head(plan), _next_step(plan, command)
    left = Budget(budget - len(head) - len(tail) - _RESERVE)
    parts = [head]
    for section in (_blocked, _one_way, _list, _roles, _picture, _details, _warnings):
        parts += section(plan, left)
    return "\n".join([*parts, tail])


def _head(plan: Plan) -> str:
    mark = "⛔" if plan.verdict is Verdict.BLOCKED else "✅" if not plan.changes else "📝"
    words = "".join(span for span, _ in text_plan.verdict(plan)[:-2])
    against = sentence("markdown.against", against=markdown(plan.against))
    return f"## {mark} ssops: {markdown(words)}\n\n{against} · `{plan.digest}`\n"


def _blocked(plan: Plan, left: Budget) -> list[str]:
    errors = [issue for issue in plan.issues if issue.severity is Severity.ERROR]
    rows = [f"- {markdown(say(issue.message))} ({markdown(issue.rule)})" for issue in errors]
    rows += [_stopped(change) for change in plan.blocked]
    return _section("markdown.blocked", rows, left)


def _stopped(change: Change) -> str:
    lines = [f"- **{_address(change)}** {markdown(change.name)}{_place(change)}"]
    for one in change.advice:
        lines.append(f"  - {markdown(say(one.reason))}")
        if one.remedy is not None:
            lines.append(f"    - {sentence('markdown.instead', remedy=markdown(say(one.remedy)))}")
    return "\n".join(lines)


def _one_way(plan: Plan, left: Budget) -> list[str]:
    chosen = [
        c for c in plan.changes if c.reversibility is Reversibility.ONE_WAY and c.execution is not Execution.BLOCKED
    ]
    return _section("markdown.one_way", [f"- **{_address(c)}** {markdown(_what(c))}" for c in chosen], left)


def _list(plan: Plan, left: Budget) -> list[str]:
    if not plan.changes:
        return []
    columns = [sentence(f"markdown.column.{name}") for name in ("change", "final", "who", "what")]
    head = (
        f"\n### {sentence('markdown.list')}\n\n| # | | {' | '.join(columns)} |\n| ---: | :-: | --- | --- | --- | --- |"
    )
    if not left.takes(head):
        return [_cut("markdown.cut_list", plan.changes)]
    rows, cut = left.fill(_row(number, change) for number, change in enumerate(plan.changes, 1))
    shown = [head, *rows]
    return [*shown, "", _cut("markdown.cut_list", plan.changes[len(rows) :])] if cut else shown


def _row(number: int, change: Change) -> str:
    sign = text_change.sign(change)
    final = sentence(f"render.reversibility.{change.reversibility}")
    who = sentence(f"render.execution.{change.execution}")
    what = markdown(_what(change))
    cells = (str(number), f"`{sign}`", _address(change), markdown(final), markdown(who), what)
    return f"| {' | '.join(cells)} |"


def _what(change: Change) -> str:
    return f"{change.name}: {text_change.what(change)}"


def _address(change: Change) -> str:
    return f"`{change.address}`"  # a ref is lower-case letters, digits and hyphens


def _place(change: Change) -> str:
    place = change.location
    return f" ({markdown(f'{place.file}:{place.line}')})" if place else ""


def _cut(id: str, changes: Iterable[Change]) -> str:
    """Say how many changes do not fit, and in which spaces they are."""
    spaces = Counter(change.address.space for change in changes)
    named = ", ".join(f"{space} ({count})" for space, count in sorted(spaces.items())[:8])
    more = "…" if len(spaces) > 8 else ""
    return f"_{markdown(sentence(id, count=spaces.total(), named=named + more))}_"


def _section(id: str, rows: list[str], left: Budget) -> list[str]:
    if not rows:
        return []
    head = f"\n### {markdown(counted(id, len(rows)))}\n"
    if not left.takes(head):
        return [markdown(counted(id, len(rows)))]
    taken, cut = left.fill(rows)
    return [head, *taken, *([f"\n_{markdown(counted('markdown.cut', cut))}_"] if cut else [])]


def _roles(plan: Plan, left: Budget) -> list[str]:
    groups = Counter(change.role for change in plan.changes if change.role is not None)
    if not groups:
        return []
    columns = [sentence(f"markdown.column.{name}") for name in ("on", "role", "verdict", "changes")]
    head = f"\n### {sentence('markdown.roles')}\n\n| {' | '.join(columns)} |\n| --- | --- | --- | ---: |"
    rows = [_role(role, count) for role, count in sorted(groups.items(), key=lambda row: (row[0].on, row[0].required))]
    if not left.takes(head):
        return []
    taken, cut = left.fill(rows)
    return [head, *taken, *([f"\n_{markdown(counted('markdown.cut', cut))}_"] if cut else [])]


def _role(role: Role, count: int) -> str:
    verdict = f"{_MARKS[role.verdict]} {text_roles.word(role)}"
    return f"| {markdown(role.on)} | {markdown(role.required)} | {markdown(verdict)} | {count} |"


def _picture(plan: Plan, left: Budget) -> list[str]:
    drawn = mermaid.text(plan)
    folded = _folded(sentence("markdown.picture"), fenced(drawn, "mermaid")) if drawn else ""
    return [folded] if drawn and left.takes(folded) else []


def _details(plan: Plan, left: Budget) -> list[str]:
    blocks = list(_detail_blocks(plan))
    if not blocks:
        return []
    opening = _opening(counted("markdown.details", len(blocks)))
    if not left.takes(opening):
        return [_cut("markdown.cut_details", plan.changes)]
    taken, cut = left.fill(blocks)
    said = [_cut("markdown.cut_details", plan.changes[len(taken) :])] if cut else []
    return [opening, *taken, "</details>", *said]


def _detail_blocks(plan: Plan) -> Iterator[str]:
    for change in plan.changes:
        yield fenced(paint(text_change.details(change, full=False), colour=False), "diff") + "\n"


def _warnings(plan: Plan, left: Budget) -> list[str]:
    chosen = [issue for issue in plan.issues if issue.severity is Severity.WARNING]
    if not chosen:
        return []
    lines = paint(text_issues.lines(chosen), colour=False)
    folded = _folded(counted("markdown.warnings", len(chosen)), fenced(lines, "text"))
    return [folded if left.takes(folded) else f"_{markdown(counted('markdown.warnings', len(chosen)))}_"]


def _opening(title: str) -> str:
    return f"\n<details><summary>{markdown(title)}</summary>\n"


def _folded(title: str, body: str) -> str:
    return f"{_opening(title)}\n{body}\n\n</details>"


def _next_step(plan: Plan, command: str) -> str:
    if plan.verdict is Verdict.BLOCKED:
        said = markdown(sentence("markdown.next.blocked"))
    elif not plan.changes:
        said = markdown(sentence("markdown.next.nothing"))
    elif plan.against not in ("live", "recorded"):
        said = markdown(sentence("markdown.next.review"))
    else:
        roles = sorted({change.role.required for change in plan.changes if change.role})
        who = markdown(sentence("markdown.next.apply", roles=", ".join(roles)))
        said = f"{who}\n\n{fenced((command or 'ssops apply plan.json') + chr(10), 'sh')}"
    return f"\n### {sentence('markdown.next')}\n\n{said}\n"
