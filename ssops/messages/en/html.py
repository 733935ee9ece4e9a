"""What the page of a plan says beside what the Markdown says, too."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "html.organization": "organization",
    "html.skip": "Skip to the changes",
    "html.filter": "Which changes to show",
    "html.filter.space": "Space",
    "html.filter.reversibility": "Reversible?",
    "html.filter.execution": "Done by",
    "html.reset": "Show all",
    "html.left_out.one": "The details of {count} more change are in the JSON report only.",
    "html.left_out.other": "The details of {count} more changes are in the JSON report only.",
    "html.shown": "{shown} of {all} shown",
}
