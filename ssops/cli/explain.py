"""`ssops explain`: the reason behind a rule and where the fact comes from."""

from __future__ import annotations

from difflib import get_close_matches
from textwrap import wrap
from typing import Any

import click

from ssops.cli.output import Output
from ssops.cli.settings import Command, Settings, common
from ssops.domain.rules import RULES, Rule
from ssops.errors import Exit, UsageFault
from ssops.model import message
from ssops.render import json
from ssops.render.style import BLANK, Line, Style, align, line
from ssops.render.words import sentence

WIDTH = 78
"""Characters of a line of running text."""


def _rules(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    return [id for id in sorted(RULES) if id.startswith(incomplete)]


@click.command("explain", cls=Command, help=sentence("help.explain"))
@click.argument("rule", required=False, metavar="[RULE]", shell_complete=_rules)
@common
def command(settings: Settings, rule: str | None) -> int:
    """Explain one rule, or list all of them."""
    output = Output(settings)
    if rule is None:
        listed = [RULES[id] for id in sorted(RULES)]
        output.result(lambda: _list(listed), lambda: json.text({"rules": [_plain(each) for each in listed]}))
        return int(Exit.OK)
    if rule not in RULES:
        near = get_close_matches(rule, RULES, n=1)
        hint = message("usage.rule.near", near=near[0]) if near else message("usage.rule.hint")
        raise UsageFault("usage", message("usage.rule", given=rule), hint)
    output.result(lambda: _one(RULES[rule]), lambda: json.text({"rules": [_plain(RULES[rule])]}))
    return int(Exit.OK)


def _list(rules: list[Rule]) -> tuple[Line, ...]:
    rows = [line((rule.id, Style.STRONG), _severity(rule), sentence(f"rule.{rule.id}.title")) for rule in rules]
    return align(rows)


def _severity(rule: Rule) -> str:
    return sentence(f"render.severity.{rule.severity}")


def _one(rule: Rule) -> tuple[Line, ...]:
    source = [BLANK, line((sentence("render.source", source=rule.source), Style.FAINT))] if rule.source else []
    return (
        line((rule.id, Style.STRONG), f"  {_severity(rule)}"),
        line(sentence(f"rule.{rule.id}.title")),
        BLANK,
        *map(line, wrap(sentence(f"rule.{rule.id}.why"), WIDTH)),
        *source,
    )


def _plain(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "title": sentence(f"rule.{rule.id}.title"),
        "why": sentence(f"rule.{rule.id}.why"),
        "source": rule.source or None,
    }
