"""English: one module for each part that speaks, merged here."""

from __future__ import annotations

from ssops.messages.en import apply, cli, errors, files, findings, git, markdown, plan, policy, provider, rules, schema, state, yaml

PLURALS = ("one", "other")
"""The forms that `plural` gives."""

SENTENCES: dict[str, str] = {}
for part in (files, yaml, schema, rules, plan, policy, provider, state, apply, errors, findings, git, markdown, cli):
    SENTENCES.update(part.SENTENCES)


def plural(count: int) -> str:
    """Give the plural form that a number takes."""
    return "one" if count == 1 else "other"
