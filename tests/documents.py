"""How the tests write a plan in each form that a person or a program reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ssops.model import Plan
from ssops.plan import file
from ssops.render import html, markdown, text_plan
from ssops.render.escape import json_visible
from ssops.render.style import paint

FORMS: Mapping[str, Callable[[Plan], str]] = {
    "txt": lambda plan: paint(text_plan.lines(plan), colour=False),
    "md": markdown.text,
    "html": html.text,
    "json": lambda plan: json_visible(file.dumps(plan)),
}
"""Renderers by the ending of the files they write."""
