"""What ssops says about the journal: who did what, and who set which field."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.log.short": "show what was done, by whom, from which commit",
    "help.log": """Show what was done, the newest first: when, by whom, from which commit, by which plan, with what success.

With ADDRESS only what was done to this resource, with its fields before and after. A plus at a commit says that the
files were not as in that commit. A damaged part of the journal is named and left out; the exit code is 1 then.

\b
Examples:
  ssops log
  ssops log --space sales --limit 200
  ssops log connection/sales/office-pbx
  ssops log --format json""",
    "help.log.limit": "How many entries to show, 0 for all. Text shows 50 unless told otherwise, JSON all.",
    "help.blame.short": "show who set each field of a resource",
    "help.blame": """Show for each recorded field of a resource what set it: when, who, from which commit, by which plan.

'create', 'adopt' and 'import' stand where the field dates from the beginning. 'unknown' says that the journal does
not tell, because a part of it is lost or older than the journal; the exit code is 1 where a part is damaged.

\b
Examples:
  ssops blame connection/sales/office-pbx
  ssops blame space/sales --format json""",
    "log.space_with_address": "an address names its space already; --space goes without one",
    "log.space_with_address.hint": "either 'ssops log ADDRESS' or 'ssops log --space REF'",
    "log.none": "Nothing was done yet.",
    "log.more.one": "{count} earlier entry is not shown; --limit 0 shows all",
    "log.more.other": "{count} earlier entries are not shown; --limit 0 shows all",
    "log.when": "when",
    "log.who": "who",
    "log.commit": "commit",
    "log.plan": "plan",
    "log.act": "what",
    "log.status": "status",
    "log.address": "address",
    "log.fields.one": "{count} field",
    "log.fields.other": "{count} fields",
    "log.whole": "all fields",
    "log.gone": "no longer recorded",
    "log.act.create": "create",
    "log.act.update": "update",
    "log.act.retire": "retire",
    "log.act.delete": "delete",
    "log.act.adopt": "adopt",
    "log.act.forget": "forget",
    "log.act.move": "move",
    "log.act.import": "import",
    "log.act.accept": "accept",
    "log.act.restore": "restore",
    "log.act.push": "push",
    "blame.unknown": "unknown",
    "blame.unknown_fields.one": "{count} field: the journal does not say who set it",
    "blame.unknown_fields.other": "{count} fields: the journal does not say who set them",
    "blame.bare.one": "{count} default key without a name of yours is left out; --verbose shows it",
    "blame.bare.other": "{count} default keys without a name of yours are left out; --verbose shows them",
}
