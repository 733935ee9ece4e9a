"""A plan as one HTML page that asks nobody for anything: readable without scripts, filtered with one small script."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ssops.messages import say, spoken
from ssops.model import Change, Execution, Plan, Reversibility, Severity, Verdict
from ssops.render import text_change, text_issues, text_plan, text_roles
from ssops.render.escape import visible
from ssops.render.style import Line, Style
from ssops.render.words import counted, sentence

_CLASSES = {
    Style.STRONG: "strong",
    Style.FAINT: "faint",
    Style.GOOD: "good",
    Style.CARE: "care",
    Style.BAD: "bad",
    Style.PLACE: "place",
}


def text(plan: Plan, *, command: str = "") -> str:
    """Write a plan as a page; `command` is what applies it, made up where it is not given."""
    rows = [_row(number, change) for number, change in enumerate(plan.changes, 1)]
    style, script = _asset("plan.css"), _asset("plan.js")
    page = _environment().get_template("plan.html.j2")
    return page.render(
        **_head(plan),
        **_body(plan, rows),
        command=_command(plan, command),
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
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _asset(name: str) -> str:
    return (files("ssops.render") / "templates" / name).read_text("utf-8")


def _integrity(body: str) -> str:
    return f"sha256-{b64encode(sha256(body.encode()).digest()).decode()}"


def _head(plan: Plan) -> dict[str, Any]:
    return {
        "language": spoken(),
        "verdict": f"ssops: {''.join(span for span, _ in text_plan.verdict(plan)[:-2])}",
        "state": plan.verdict.value,
        "organization": plan.organization,
        "digest": plan.digest,
        "next_step": _next_step(plan),
    }


def _body(plan: Plan, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    errors = [issue for issue in plan.issues if issue.severity is Severity.ERROR]
    warnings = [issue for issue in plan.issues if issue.severity is Severity.WARNING]
    ready = [row for row in rows if row["execution"] != Execution.BLOCKED]
    one_way = [row for row in ready if row["reversibility"] == Reversibility.ONE_WAY]
    blocked = [row for row in rows if row["execution"] == Execution.BLOCKED]
    return {
        "rows": rows,
        "blocked": blocked,
        "one_way": one_way,
        "errors": [say(issue.message) for issue in errors],
        "warnings": _markup(text_issues.lines(warnings)) if warnings else "",
        "unmanaged": plan.unmanaged,
        "roles": _roles(plan),
        "role_titles": [sentence(f"markdown.column.{name}") for name in ("on", "role", "verdict", "changes")],
        "filters": _filters(rows),
        "words": _words(plan, len(errors) + len(blocked), len(one_way), len(warnings)),
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


def _row(number: int, change: Change) -> Mapping[str, Any]:
    sign, style = text_change.sign_and_address(change)[0]
    return {
        "number": number,
        "sign": sign,
        "style": _CLASSES.get(style, ""),
        "space": change.address.space,
        "reversibility": change.reversibility.value,
        "execution": change.execution.value,
        "final": sentence(f"render.reversibility.{change.reversibility}"),
        "who": sentence(f"render.execution.{change.execution}"),
        "address": str(change.address),
        "name": change.name,
        "what": text_change.what(change),
        "advice": [(say(one.reason), one.remedy and say(one.remedy)) for one in change.advice],
        "details": _markup(text_change.details(change, full=True)),
    }


def _markup(lines: Iterable[Line]) -> Markup:
    return Markup("\n").join(Markup("").join(_span(span, style) for span, style in spans) for spans in lines)


def _span(span: str, style: Style) -> Markup:
    name = _CLASSES.get(style)
    shown = escape(visible(span))
    return Markup(f'<span class="{name}">{shown}</span>') if name else shown  # noqa: S704 - the text is escaped


def _roles(plan: Plan) -> list[tuple[str, str, str, str, int]]:
    groups = Counter(change.role for change in plan.changes if change.role is not None)
    listed = sorted(groups.items(), key=lambda row: (row[0].on, row[0].required))
    return [(role.on, role.required, role.verdict.value, text_roles.word(role), count) for role, count in listed]


def _filters(rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    named = {"space": "", "reversibility": "render.reversibility.", "execution": "render.execution."}
    found = []
    for name, words in named.items():
        counts = Counter(row[name] for row in rows)
        choices = [(value, sentence(words + value) if words else value, counts[value]) for value in sorted(counts)]
        found.append({"name": name, "title": sentence(f"html.filter.{name}"), "choices": choices})
    return found


def _next_step(plan: Plan) -> str:
    if plan.verdict is Verdict.BLOCKED:
        return sentence("markdown.next.blocked")
    if plan.verdict is Verdict.NO_CHANGES:
        return sentence("markdown.next.nothing")
    if plan.against.startswith("git:"):
        return sentence("markdown.next.review")
    roles = sorted({change.role.required for change in plan.changes if change.role})
    return sentence("markdown.next.apply", roles=", ".join(roles))


def _command(plan: Plan, command: str) -> str:
    is_applicable = plan.verdict is Verdict.CHANGES and not plan.against.startswith("git:")
    return command or "ssops apply plan.json" if is_applicable else ""
