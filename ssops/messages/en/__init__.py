"""English: one module for each part that speaks, merged here."""

from __future__ import annotations

from ssops.messages.en import apply, cli, errors, files, plan, provider, rules, schema, state, yaml

SENTENCES: dict[str, str] = {}
for part in (files, yaml, schema, rules, plan, provider, state, apply, errors, cli):
    SENTENCES.update(part.SENTENCES)
