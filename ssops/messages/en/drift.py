"""What ssops says about drift: how the three sides differ, why, and what to do about it."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "help.drift.short": "show what was changed outside ssops",
    "help.drift": """Show what was changed in SpeechSense outside ssops: desired, recorded and live side by side.

Only a contradiction is drift. What the manifests intend, and what nobody manages, is shown apart. Nothing is written.
With ADDRESS only these resources are shown; with --space as well, also all that is in that space.

\b
Examples:
  ssops drift
  ssops drift connection/sales/office-pbx
  ssops drift --space sales --detailed-exitcode --report markdown=drift.md""",
    "help.drift.detailed_exitcode": "Exit 2 when there is drift.",
    "drift.verdict": "Drift",
    "drift.none": "No drift",
    "drift.counts": "{verdict}: {counts}",
    "drift.count.changed.one": "{count} resource was changed outside ssops",
    "drift.count.changed.other": "{count} resources were changed outside ssops",
    "drift.count.gone.one": "{count} is gone from SpeechSense",
    "drift.count.gone.other": "{count} are gone from SpeechSense",
    "drift.count.others.one": "{count} differs for another reason",
    "drift.count.others.other": "{count} differ for other reasons",
    "drift.count.planned.one": "{count} not created yet",
    "drift.count.planned.other": "{count} not created yet",
    "drift.title.drifted": "changed outside ssops",
    "drift.title.others": "different for other reasons",
    "drift.cause.conflict": "conflict",
    "drift.cause.drift": "changed outside",
    "drift.cause.added_outside": "added outside",
    "drift.cause.unseen": "not seen",
    "drift.cause.converged": "already so",
    "drift.cause.intended": "only in the manifests",
    "drift.cause.unmanaged": "not managed",
    "drift.fields": "{cause}: {fields}",
    "drift.standing.gone": "gone from SpeechSense",
    "drift.standing.not_in_manifests": "has no document",
    "drift.standing.unseen": "not seen in SpeechSense, which proves nothing",
    "drift.standing.unsettled": "nobody can tell whether an operation of ssops on it was made",
    "drift.referenced": "managed: false",
    "drift.column.field": "field",
    "drift.column.cause": "what",
    "drift.column.desired": "desired",
    "drift.column.recorded": "recorded",
    "drift.column.live": "live",
    "drift.evidence": "recorded {at} by {by}; live: {grade}",
    "drift.fields_left.one": "{count} field that nobody manages is left out; --verbose shows it",
    "drift.fields_left.other": "{count} fields that nobody manages are left out; --verbose shows them",
    "drift.details_left.one": "The fields of {count} more resource are left out; --verbose shows them.",
    "drift.details_left.other": "The fields of {count} more resources are left out; --verbose shows them.",
    "drift.remedy": "to do: {remedy}",
    "drift.remedy.conflict": (
        "the manifests and somebody else changed the same field: agree on a value before apply overwrites theirs"
    ),
    "drift.remedy.drift": "'ssops plan' shows how to put it back; if live is right, write that into the document",
    "drift.remedy.added_outside": "SpeechSense keeps a key for good: write it into the document",
    "drift.remedy.undocumented": "bring its document back, or stop managing it: ssops forget {address}",
    "drift.remedy.gone": (
        "'ssops plan' shows how to make it again; if it is to stay away, remove its document and: ssops forget {address}"
    ),
    "drift.remedy.forget": "to remove the record of it: ssops forget {address}",
    "drift.remedy.unseen": "look it up in the console of SpeechSense",
    "drift.adoptable": "{kind} '{name}' is live and not recorded; if it is what {address} describes: ssops adopt {address} {id}",
    "drift.adoptable.again": (
        "{kind} '{name}' is live and not recorded; if it takes the place of {address}: ssops forget {address}, "
        "then ssops adopt {address} {id}"
    ),
    "drift.more_adoptable.one": "{count} more is live under a name that the manifests use, and not recorded.",
    "drift.more_adoptable.other": "{count} more are live under names that the manifests use, and not recorded.",
    "drift.cut.one": "{count} more row does not fit here; all of it is in the JSON report",
    "drift.cut.other": "{count} more rows do not fit here; all of it is in the JSON report",
    "drift.next": "next: 'ssops plan' shows what apply would put back; what is right in SpeechSense belongs in the manifests",
    "drift.next.drifted": (
        "Run `ssops plan`: applying it puts back what the manifests say. Whatever is right in SpeechSense belongs in the "
        "manifests: write it there and merge that."
    ),
    "drift.next.none": "Nothing to do.",
}
