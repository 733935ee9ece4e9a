"""One change as text: its line in the list, and its fields with the reasons below."""

from __future__ import annotations

from ssops.messages import say
from ssops.model import Action, Change, Execution, Kind, Reversibility
from ssops.render import text_fields
from ssops.render.style import Line, Span, Style, align, line
from ssops.render.words import counted, path, sentence

SHOWN_FIELDS = 3
"""Fields named on the line of one change; the rest is counted."""

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


def row(number: int, change: Change) -> Line:
    """Give the columns of one change: number, sign, how final, who does it, address, what."""
    sign, address = sign_and_address(change)
    return line(
        f"{number:>2}",
        sign,
        (sentence(f"render.reversibility.{change.reversibility}"), _REVERSIBILITY[change.reversibility]),
        (sentence(f"render.execution.{change.execution}"), _EXECUTION[change.execution]),
        address,
        _what(change),
    )


def details(change: Change, *, full: bool) -> tuple[Line, ...]:
    """Show the fields of one change, then rules, reason and remedy; its sign stands in column one of every line."""
    sign = _sign(change)
    place = change.location
    head: list[Span | str] = [sign, " ", (str(change.address), Style.STRONG), f" '{change.name}'"]
    if place is not None:
        head += ["  ", (f"{place.file}:{place.line}:{place.column}", Style.PLACE)]
    shown = [line(*head)]
    shown += [line(sign, "   ", *spans) for spans in align(text_fields.rows(change, full=full))]
    shown += [line(sign, "   ", *spans) for spans in _notes(change)]
    return tuple(shown)


def sign_and_address(change: Change) -> tuple[Span, Span]:
    """Give the first two columns that every list of changes has."""
    return _sign(change), (str(change.address), Style.STRONG)


def _sign(change: Change) -> Span:
    return ("!", Style.BAD) if change.execution is Execution.BLOCKED else _SIGNS[change.action]


def _what(change: Change) -> str:
    words = [sentence(f"render.action.{change.action}")]
    if change.action is Action.UPDATE:
        named = list(dict.fromkeys(path(field.path) for field in change.fields))
        words = named[:SHOWN_FIELDS]
        words += [sentence("render.more", count=len(named) - SHOWN_FIELDS)] if len(named) > SHOWN_FIELDS else []
    elif change.action is Action.CREATE and change.address.kind is Kind.CONNECTION:
        words.append(counted("render.keys", text_fields.keys(change.fields)))
    text = "; ".join(words)
    return f"{text} [{', '.join(_blocking(change))}]" if change.execution is Execution.BLOCKED else text


def _blocking(change: Change) -> tuple[str, ...]:
    """Give the rules that stop a change, without those that only say how final the rest of it is."""
    fields = (field.rule for field in change.fields if field.reversibility is Reversibility.IMPOSSIBLE)
    return tuple(dict.fromkeys(fields)) or change.rules


def _notes(change: Change) -> list[Line]:
    notes = [
        line(sentence("render.rule", rule=rule, title=sentence(f"rule.{rule}.title"))) for rule in _rules_of(change)
    ]
    for one in change.advice:
        notes.append(line(sentence("render.reason", reason=say(one.reason))))
        notes += [line(sentence("render.remedy", remedy=say(one.remedy)))] if one.remedy is not None else []
    said = change.annotations
    pairs = (("owner", said.owner), ("ticket", said.ticket), ("note", said.note))
    notes += [line((sentence(f"render.{name}", text=text), Style.FAINT)) for name, text in pairs if text]
    return notes


def _rules_of(change: Change) -> list[str]:
    if change.action is Action.CREATE and change.execution is not Execution.BLOCKED:
        return []  # its line says already how final it is
    return list(dict.fromkeys([*change.rules, *(field.rule for field in change.fields if field.rule)]))
