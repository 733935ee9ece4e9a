"""One change as text: its line in the list, and its fields with the reasons below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ssops.domain.rules import RULES
from ssops.messages import say
from ssops.model import Action, Change, Execution, Kind, Reversibility, Severity
from ssops.render import text_fields
from ssops.render.style import Line, Span, Style, align, line
from ssops.render.words import counted, path, sentence

SHOWN_FIELDS = 3
"""Fields named on the line of one change; the rest is counted."""

_INDENT: Span = ("   ", Style.PLAIN)
_SIGNS = {
    Action.CREATE: ("+", Style.GOOD),
    Action.UPDATE: ("~", Style.CARE),
    Action.RETIRE: ("~", Style.CARE),
    Action.REMOVE: ("-", Style.BAD),
    Action.DELETE: ("-", Style.BAD),
}
_REVERSIBILITY = {
    Reversibility.REVERSIBLE: Style.PLAIN,
    Reversibility.ONE_WAY: Style.CARE,
    Reversibility.IMPOSSIBLE: Style.BAD,
}
_EXECUTION = {Execution.AUTO: Style.PLAIN, Execution.ASSISTED: Style.CARE, Execution.BLOCKED: Style.BAD}


def row(number: str, change: Change) -> Line:
    """Give the columns of one change: number, sign, how final, who does it, address, what."""
    mark, address = sign_and_address(change)
    return line(
        number,
        mark,
        _how_final(change),
        (sentence(f"render.execution.{change.execution}"), _EXECUTION[change.execution]),
        address,
        _what(change),
    )


def details(change: Change, *, full: bool) -> tuple[Line, ...]:
    """Show the fields of one change, then rules, reason and remedy; its sign stands in column one of every line."""
    mark = _sign(change)
    place = change.location
    head: list[Span | str] = [mark, " ", (str(change.address), Style.STRONG), f" '{change.name}'"]
    if place is not None:
        head += ["  ", (f"{place.file}:{place.line}:{place.column}", Style.PLACE)]
    shown = [line(*head)]
    if full or not _is_refused_creation(change):
        shown += [(mark, _INDENT, *spans) for spans in align(text_fields.rows(change, full=full))]
    shown += [(mark, _INDENT, *spans) for spans in _notes(change)]
    return tuple(shown)


def chosen(changes: Sequence[Change], most: int | None, *, full: bool) -> dict[int, tuple[Line, ...]]:
    """Give the details of changes by their index until `most` lines are spent, those that are blocked first."""
    ranked = sorted(range(len(changes)), key=lambda i: changes[i].execution is not Execution.BLOCKED)
    shown: dict[int, tuple[Line, ...]] = {}
    spent = 0
    for i in ranked:
        if most is not None and spent >= most:
            break
        shown[i] = details(changes[i], full=full)
        spent += len(shown[i])
    return shown


def sign(change: Change) -> str:
    """Give the sign that stands for a change: `+`, `~`, `-`, or `!` where it is blocked."""
    return _sign(change)[0]


def what(change: Change) -> str:
    """Say in a few words what becomes of a resource."""
    return _what(change)


def sign_and_address(change: Change) -> tuple[Span, Span]:
    """Give the first two columns that every list of changes has."""
    return _sign(change), (str(change.address), Style.STRONG)


def _sign(change: Change) -> Span:
    return ("!", Style.BAD) if change.execution is Execution.BLOCKED else _SIGNS[change.action]


def _how_final(change: Change) -> Span:
    """Say how final a change is; nothing where it is refused for another reason, so that it will not come to that."""
    if change.execution is Execution.BLOCKED and change.reversibility is not Reversibility.IMPOSSIBLE:
        return "", Style.PLAIN
    return sentence(f"render.reversibility.{change.reversibility}"), _REVERSIBILITY[change.reversibility]


def _is_refused_creation(change: Change) -> bool:
    """Say whether the fields of a change would only stand between the reader and the reason."""
    return change.execution is Execution.BLOCKED and change.action is Action.CREATE


def _what(change: Change) -> str:
    words = [sentence(f"render.what.{change.action}")]
    if change.action is Action.UPDATE:
        named = _named(change)
        words = named[:SHOWN_FIELDS]
        words += [counted("render.more_fields", len(named) - SHOWN_FIELDS)] if len(named) > SHOWN_FIELDS else []
    elif change.action is Action.CREATE and change.address.kind is Kind.CONNECTION:
        words.append(counted("render.keys", text_fields.keys(change.fields)))
    text = "; ".join(words)
    return f"{text} [{', '.join(_blocking(change))}]" if change.execution is Execution.BLOCKED else text


def _named(change: Change) -> list[str]:
    """Name the fields of an update as a file has them, impossible ones first, a key with several of them once."""
    listed = text_fields.ordered(change.fields)
    ordered = sorted(listed, key=lambda field: field.reversibility is not Reversibility.IMPOSSIBLE)
    of_keys = Counter(field.path[:3] for field in ordered)
    return list(dict.fromkeys(path(f.path[:3] if of_keys[f.path[:3]] > 1 else f.path) for f in ordered))


def _blocking(change: Change) -> tuple[str, ...]:
    """Give the rules that stop a change, without those that only say how final the rest of it is."""
    fields = (field.rule for field in change.fields if field.reversibility is Reversibility.IMPOSSIBLE)
    stops = (rule for rule in change.rules if rule not in RULES or RULES[rule].severity is Severity.ERROR)
    return tuple(dict.fromkeys(fields)) or tuple(stops) or change.rules


def _notes(change: Change) -> list[Line]:
    notes: list[Line] = []
    explained = set()
    for one in change.advice:
        rule = one.reason.id.partition(".")[0]
        explained.add(rule)
        why = sentence("render.why_rule", rule=rule, reason=say(one.reason)) if rule in RULES else ""
        notes.append(line(why or sentence("render.reason", reason=say(one.reason))))
        notes += [line(sentence("render.remedy", remedy=say(one.remedy)))] if one.remedy is not None else []
    notes += [
        line(sentence("render.rule", rule=rule, title=sentence(f"rule.{rule}.title")))
        for rule in _rules_of(change)
        if rule not in explained
    ]
    said = change.annotations
    pairs = (("owner", said.owner), ("ticket", said.ticket), ("note", said.note))
    notes += [line((sentence(f"render.{name}", text=text), Style.FAINT)) for name, text in pairs if text]
    return notes


def _rules_of(change: Change) -> list[str]:
    if change.action is Action.CREATE:
        return []  # its line, or what stops it, says all
    return list(dict.fromkeys([*change.rules, *(field.rule for field in change.fields if field.rule)]))
