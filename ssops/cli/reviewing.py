"""The documents of a plan that reviewers read: Markdown and HTML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ssops.cli.output import Documents
from ssops.cli.settings import PLANS, with_formats
from ssops.errors import UsageFault
from ssops.model import Plan, message
from ssops.render.words import sentence

LEAST = 2_000
"""Characters below which the verdict and the next step would not fit."""


def documents(plan: Plan, budget: int | None, saved: Path | None) -> Documents:
    """Give what writes the plan in each of `PLANS`; `budget` is in characters, None for GitHub's limit.

    `saved` is the file of the plan, as the next step names it.
    """
    file = None if saved is None else str(saved)

    def markdown() -> str:
        from ssops.render import markdown

        return markdown.text(plan, budget=markdown.BUDGET if budget is None else budget, file=file)

    def html() -> str:
        from ssops.render import html

        return html.text(plan, file=file)

    return {"markdown": markdown, "html": html}


def formats(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the common options with `PLANS` among the formats, and `--budget`."""
    budget = click.option("--budget", type=int, callback=_enough, metavar="CHARACTERS", help=sentence("help.budget"))
    given: Callable[..., int] = budget(with_formats(*PLANS)(command))
    return given


def _enough(_: click.Context, __: click.Parameter, value: Any) -> int | None:
    if value is not None and value < LEAST:
        raise UsageFault("usage", message("usage.budget", given=value, least=LEAST))
    budget: int | None = value
    return budget
