"""A plan as one HTML page that asks nobody for anything: readable without scripts, filtered with one small script."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ssops.messages import say, spoken
from ssops.model import Change, Execution, Plan, Reversibility, Severity
from ssops.render import review, text_change, text_issues, text_roles
from ssops.render.escape import visible
from ssops.render.style import Line, Style
from ssops.render.words import counted, sentence

SHOWN_LINES = 20_000
"""Lines of details that a page shows, give or take one change: what a browser still scrolls."""

_CLASSES = {
    Style.STRONG: "strong",
    Style.FAINT: "faint",
    Style.GOOD: "good",
    Style.CARE: "care",
    Style.BAD: "bad",
    Style.PLACE: "place",
}
# A span is marked with control characters, which no text that is `visible` has, until all of a block is escaped.
_END = "\x1f"
_MARKS = {style: f"{chr(number)}%s{_END}" for number, style in enumerate(_CLASSES, 0x10)}
_TAGS = {chr(number): f'<span class="{name}">' for number, name in enumerate(_CLASSES.values(), 0x10)}


def text(plan: Plan, *, file: str | None = None) -> str:
    """Write a plan as a page; `file` is where it is saved, as the next step names it."""
    style, script = _asset("plan.css"), _asset("plan.js")
    page = _environment().get_template("plan.html.j2")
    return page.render(
        **_head(plan, file),
        **_body(plan),
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - a file of this package
        style_hash=_integrity(style),
        script_hash=_integrity(script),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("ssops.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )


def _shown(value: Any) -> Any:
    """Make hidden characters visible in whatever a template prints, before it is escaped."""
    return visible(value) if type(value) is str else value


@cache
def _asset(name: str) -> str:
    return (files("ssops.render") / "templates" / name).read_text("utf-8")


def _integrity(body: str) -> str:
    return f"sha256-{b64encode(sha256(body.encode()).digest()).decode()}"


def _head(plan: Plan, file: str | None) -> dict[str, Any]:
    said, command = review.next_step(plan, file)
    return {
        "language": spoken(),
        "verdict": f"ssops: {review.verdict(plan)}",
        "state": plan.verdict.value,
        "organization": plan.organization,
        "digest": plan.digest,
        "next_step": said,
        "command": command,
    }


def _body(plan: Plan) -> dict[str, Any]:
    numbers = {id(change): number for number, change in enumerate(plan.changes, 1)}
    what = [text_change.what(change) for change in plan.changes]
    details = text_change.chosen(plan.changes, SHOWN_LINES, full=True)
    left_out = len(plan.changes) - len(details)
    errors = review.issues(plan, Severity.ERROR)
    warnings = review.issues(plan, Severity.WARNING)
    one_way = review.one_way(plan)
    return {
        "rows": _rows(plan.changes, what, details),
        "left_out": counted("html.left_out", left_out) if left_out else "",
        "total": len(plan.changes),
        "blocked": [_stopped(numbers[id(change)], change) for change in plan.blocked],
        "one_way": [_final(numbers[id(change)], change, what) for change in one_way],
        "errors": [say(issue.message) for issue in errors],
        "warnings": _markup(text_issues.lines(warnings)),
        "unmanaged": plan.unmanaged,
        "roles": [(role, text_roles.word(role), count) for role, count in review.roles(plan)],
        "role_titles": [sentence(f"markdown.column.{name}") for name in ("on", "role", "verdict", "changes")],
        "filters": _filters(plan.changes),
        "words": _words(plan, len(errors) + len(plan.blocked), len(one_way), len(warnings)),
    }


def _words(plan: Plan, blocked: int, one_way: int, warnings: int) -> dict[str, str]:
    return {
        "against": sentence("markdown.against", against=plan.against),
        "blocked": counted("markdown.blocked", blocked),
        "filter": sentence("html.filter"),
        "list": sentence("markdown.list"),
        "next": sentence("markdown.next"),
        "one_way": counted("markdown.one_way", one_way),
        "organization": sentence("html.organization"),
        "reset": sentence("html.reset"),
        "roles": sentence("markdown.roles"),
        "shown": sentence("html.shown", shown="%shown", all="%all"),
        "skip": sentence("html.skip"),
        "unmanaged": counted("render.unmanaged", len(plan.unmanaged)),
        "warnings": counted("markdown.warnings", warnings),
    }


def _rows(
    changes: Sequence[Change], what: Sequence[str], details: Mapping[int, Sequence[Line]]
) -> Iterator[tuple[int, Markup, Markup, str, str, Markup, Markup]]:
    """Give the columns of the list, made one by one as the template asks; what many rows share is made once."""
    sign, sorts, tags = cache(_sign), cache(_sorts), cache(_tags)
    for at, change in enumerate(changes):
        mark, (address, _) = text_change.sign_and_address(change)
        yield (
            at + 1,
            sorts(change.address.space, change.reversibility, change.execution),
            sign(*mark),
            address,
            f"{change.name}: {what[at]}",
            tags(change.reversibility, change.execution),
            _markup(details.get(at, ())),
        )


def _sign(sign: str, style: Style) -> Markup:
    return Markup('<span class="sign %s" aria-hidden="true">%s</span>') % (_CLASSES[style], sign)


def _sorts(space: str, final: Reversibility, who: Execution) -> Markup:
    """Write what the filters ask of a row."""
    words = (visible(space), final.value, who.value)
    return Markup('data-space="%s" data-reversibility="%s" data-execution="%s"') % words


def _tags(final: Reversibility, who: Execution) -> Markup:
    """Say how final a change is and who makes it; only the latter of one that is blocked for another reason."""
    is_moot = who is Execution.BLOCKED and final is not Reversibility.IMPOSSIBLE
    words = [] if is_moot else [(final.value, sentence(f"render.reversibility.{final}"))]
    words.append((who.value, sentence(f"render.execution.{who}")))
    return Markup(" ").join(Markup('<span class="tag %s">%s</span>') % pair for pair in words)


def _final(number: int, change: Change, what: Sequence[str]) -> tuple[int, str, str]:
    return number, str(change.address), f"{change.name}: {what[number - 1]}"


def _stopped(number: int, change: Change) -> dict[str, Any]:
    advice = [(say(one.reason), one.remedy and say(one.remedy)) for one in change.advice]
    return {"number": number, "address": change.address, "name": change.name, "advice": advice}


def _markup(lines: Sequence[Line]) -> Markup:
    """Write lines with their styles as classes."""
    raw = "".join([span for spans in lines for span, _ in spans])
    if visible(raw) != raw:
        lines = [tuple((visible(span), style) for span, style in spans) for spans in lines]
    marked = ["".join([_MARKS[style] % span if style else span for span, style in spans]) for spans in lines]
    shown = str(escape("\n".join(marked))).replace(_END, "</span>")
    for mark, tag in _TAGS.items():
        shown = shown.replace(mark, tag)
    return Markup(shown)  # noqa: S704 - escaped as a whole; the marks became our own tags


def _filters(changes: Sequence[Change]) -> list[dict[str, Any]]:
    named: dict[str, tuple[str, Counter[str]]] = {
        "space": ("", Counter(change.address.space for change in changes)),
        "reversibility": ("render.reversibility.", Counter(change.reversibility.value for change in changes)),
        "execution": ("render.execution.", Counter(change.execution.value for change in changes)),
    }
    return [
        {
            "name": name,
            "title": sentence(f"html.filter.{name}"),
            "choices": [
                (value, sentence(words + value) if words else value, counts[value]) for value in sorted(counts)
            ],
        }
        for name, (words, counts) in named.items()
    ]
