"""A plan as Markdown for a pull request: verdict, blocked, one-way, a line each, roles, picture, details, next step.

The budget is spent in that order. Verdict and next step are never cut; what was cut is counted and named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from ssops.messages import say
from ssops.model import Change, Issue, Plan, Role, RoleVerdict, Severity, Verdict
from ssops.render import mermaid, review, text_change, text_issues, text_roles
from ssops.render.budget import Section, fitted
from ssops.render.escape_markup import code, fenced, markdown
from ssops.render.style import Line, paint
from ssops.render.words import counted, sentence

BUDGET = 65_536
"""Characters that GitHub takes in one comment."""

LEAST = 2_000
"""The smallest budget: verdict and next step, and a sentence for each part that is cut."""

_MARKS = {RoleVerdict.GRANTED: "✅", RoleVerdict.MISSING: "❌", RoleVerdict.UNKNOWN: "❔"}
_VERDICTS = {Verdict.BLOCKED: "⛔", Verdict.CHANGES: "📝", Verdict.NO_CHANGES: "✅"}
_LONGEST_SIDE = 100


def text(plan: Plan, *, budget: int = BUDGET, file: str | None = None) -> str:
    """Write a plan in at most `budget` characters; `file` is where it is saved, as the next step names it.

    Raises ValueError for a budget below `LEAST`.
    """
    if budget < LEAST:
        raise ValueError(budget)
    head, tail = _head(plan), _next_step(plan, file)
    longest = min(max(130, budget // 100), 400)
    made = (_blocked, _one_way, _list, _roles, _picture, _details, _warnings, _unmanaged)
    sections = [section for make in made if (section := make(plan, longest)).count]
    return "\n".join([head, *fitted(sections, budget - len(head) - len(tail) - 1, longest), tail])


def _head(plan: Plan) -> str:
    against = sentence("markdown.against", against=_bounded(plan.against, _LONGEST_SIDE))
    return f"## {_VERDICTS[plan.verdict]} ssops: {markdown(review.verdict(plan))}\n\n{against} · {code(plan.digest)}"


def _bounded(text: str, most: int) -> str:
    """Escape a text and leave out its end where that makes it longer than `most`."""
    shown, kept = markdown(text), text
    while len(shown) > most:
        kept = kept[: len(kept) * 3 // 4]
        shown = f"{markdown(kept)}…"
    return shown


def _blocked(plan: Plan, _: int) -> Section:
    errors = review.issues(plan, Severity.ERROR)
    blocks = chain(map(_error, errors), map(_stopped, plan.blocked))
    return _listed("markdown.blocked", blocks, len(errors) + len(plan.blocked))


def _error(issue: Issue) -> str:
    return f"- {markdown(say(issue.message))} ({markdown(issue.rule)})"


def _stopped(change: Change) -> str:
    lines = [f"- **{_address(change)}** {markdown(change.name)}{_place(change)}"]
    for one in change.advice:
        lines.append(f"  - {markdown(say(one.reason))}")
        if one.remedy is not None:
            lines.append(f"    - {sentence('markdown.instead', remedy=markdown(say(one.remedy)))}")
    return "\n".join(lines)


def _one_way(plan: Plan, _: int) -> Section:
    chosen = review.one_way(plan)
    blocks = (f"- **{_address(each)}** {markdown(_what(each))}" for each in chosen)
    return _listed("markdown.one_way", blocks, len(chosen))


def _list(plan: Plan, longest: int) -> Section:
    columns = (sentence(f"markdown.column.{name}") for name in ("change", "final", "who", "what"))
    title = sentence("markdown.list")
    head = f"\n### {title}\n\n| # | | {' | '.join(columns)} |\n| ---: | :-: | --- | --- | --- | --- |"
    blocks = (_row(number, change) for number, change in enumerate(plan.changes, 1))
    return Section(head, blocks, len(plan.changes), lambda shown: _cut("list", plan.changes[shown:], longest))


def _row(number: int, change: Change) -> str:
    final = sentence(f"render.reversibility.{change.reversibility}")
    who = sentence(f"render.execution.{change.execution}")
    cells = (str(number), f"`{text_change.sign(change)}`", _address(change), final, who, markdown(_what(change)))
    return f"| {' | '.join(cells)} |"


def _what(change: Change) -> str:
    return f"{change.name}: {text_change.what(change)}"


def _address(change: Change) -> str:
    return code(str(change.address))


def _place(change: Change) -> str:
    place = change.location
    return f" ({markdown(f'{place.file}:{place.line}')})" if place else ""


def _roles(plan: Plan, _: int) -> Section:
    columns = (sentence(f"markdown.column.{name}") for name in ("on", "role", "verdict", "changes"))
    title = sentence("markdown.roles")
    head = f"\n### {title}\n\n| {' | '.join(columns)} |\n| --- | --- | --- | ---: |"
    needed = review.roles(plan)
    return Section(head, (_role(*row) for row in needed), len(needed), _named(title, len(needed)))


def _role(role: Role, count: int) -> str:
    verdict = f"{_MARKS[role.verdict]} {markdown(text_roles.word(role))}"
    return f"| {markdown(role.on)} | {markdown(role.required)} | {verdict} | {count} |"


def _picture(plan: Plan, _: int) -> Section:
    drawn = mermaid.text(plan)
    title = sentence("markdown.picture")
    return _folded(title, [f"{fenced(drawn, 'mermaid')}\n"], int(bool(drawn)), _named(title, 1))


def _details(plan: Plan, longest: int) -> Section:
    title = counted("markdown.details", len(plan.changes))
    blocks = (_code(text_change.details(change, full=False), "diff") for change in plan.changes)
    return _folded(title, blocks, len(plan.changes), lambda shown: _cut("details", plan.changes[shown:], longest))


def _warnings(plan: Plan, _: int) -> Section:
    chosen = review.issues(plan, Severity.WARNING)
    title = counted("markdown.warnings", len(chosen))
    blocks = (_code(text_issues.lines([issue])[:-1], "text") for issue in chosen)
    return _folded(title, blocks, len(chosen), _left_out(title, len(chosen)))


def _unmanaged(plan: Plan, _: int) -> Section:
    count = len(plan.unmanaged)
    title = counted("render.unmanaged", count)
    return _folded(title, (f"- {markdown(name)}" for name in plan.unmanaged), count, _left_out(title, count))


def _code(lines: Sequence[Line], language: str) -> str:
    return f"{fenced(paint(lines, colour=False), language)}\n"


def _listed(id: str, blocks: Iterator[str], count: int) -> Section:
    title = counted(id, count)
    return Section(f"\n### {markdown(title)}\n", blocks, count, _left_out(title, count))


def _folded(title: str, blocks: Iterator[str] | list[str], count: int, cut: Callable[[int], str]) -> Section:
    opening = f"\n<details><summary>{markdown(title)}</summary>\n"
    return Section(opening, blocks, count, cut, "</details>")


def _left_out(title: str, count: int) -> Callable[[int], str]:
    """Make the sentence about the rest of a part; it is the title, which counts, where nothing is shown."""

    def cut(shown: int) -> str:
        return f"_{markdown(counted('markdown.cut', count - shown) if shown else title)}_"

    return cut


def _named(title: str, count: int) -> Callable[[int], str]:
    return _left_out(f"{title}: {counted('markdown.cut', count)}", count)


def _cut(id: str, changes: Sequence[Change], longest: int) -> str:
    """Say how many changes do not fit, and in which spaces they are, as far as that fits itself."""
    spaces = Counter(change.address.space for change in changes)
    names = [f"{space} ({count})" for space, count in sorted(spaces.items())]
    for kept in range(min(len(names), 8), -1, -1):
        named = ", ".join(names[:kept]) + ("…" if kept < len(names) else "")
        said = f"_{markdown(sentence(f'markdown.cut_{id}', count=len(changes), named=named))}_"
        if len(said) <= longest:
            break
    return said


def _next_step(plan: Plan, file: str | None) -> str:
    said, command = review.next_step(plan, file)
    shown = f"{markdown(said)}\n\n{fenced(command + chr(10), 'sh')}" if command else markdown(said)
    return f"\n### {sentence('markdown.next')}\n\n{shown}\n"
