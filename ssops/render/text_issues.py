"""Issues as text: place, severity, rule, what is wrong, the line with a caret, what to do."""

from __future__ import annotations

from collections.abc import Iterable

from ssops.messages import say
from ssops.model import Issue, Severity
from ssops.render.style import BLANK, Line, Style, line, width
from ssops.render.words import counted, sentence

_WINDOW = 100
"""Characters of a source line that are shown around the caret."""

_STYLES = {Severity.ERROR: Style.BAD, Severity.WARNING: Style.CARE}


def lines(issues: Iterable[Issue]) -> tuple[Line, ...]:
    """Show issues one after another, each followed by an empty line."""
    return tuple(each for issue in issues for each in (*_issue(issue), BLANK))


def verdict(issues: tuple[Issue, ...], *, files: int, resources: int) -> Line:
    """Say in one line whether the manifests are good, and how much was looked at."""
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    warnings = len(issues) - errors
    looked = sentence(
        "render.looked", files=counted("render.files", files), resources=counted("render.resources", resources)
    )
    found = [counted("render.errors", errors)] if errors else []
    found += [counted("render.warnings", warnings)] if warnings else []
    head = (sentence("render.invalid"), Style.BAD) if errors else (sentence("render.valid"), Style.GOOD)
    return line(head, f": {', '.join([*found, looked])}")


def _issue(issue: Issue) -> list[Line]:
    at = issue.location
    head = line(
        (f"{at.file}:{at.line}:{at.column}", Style.PLACE),
        ": ",
        (sentence(f"render.severity.{issue.severity}"), _STYLES[issue.severity]),
        f" [{issue.rule}] ",
        (say(issue.message), Style.STRONG),
    )
    shown = [head, *_excerpt(issue)]
    if issue.hint is not None:
        shown.append(line(("  ", Style.FAINT), (sentence("render.hint", hint=say(issue.hint)), Style.FAINT)))
    return shown


def _excerpt(issue: Issue) -> list[Line]:
    source = issue.excerpt.rstrip("\r\n").replace("\t", " ")
    if not source.strip():
        return []
    column = min(issue.location.column - 1, len(source))
    start = max(0, column - _WINDOW // 2) if len(source) > _WINDOW else 0
    shown = source[start : start + _WINDOW]
    number = str(issue.location.line)
    pad = " " * width(shown[: column - start])
    return [
        line((f"  {number} | ", Style.FAINT), shown),
        line((f"  {' ' * len(number)} | ", Style.FAINT), pad, ("^", _STYLES[issue.severity])),
    ]
