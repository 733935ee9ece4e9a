"""What the reports for other tools say around faults: `render.findings` and its formats."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "findings.both": "{message}; hint: {hint}",
    "findings.hint": "hint: {hint}",
    "findings.line": "{place}: {severity} [{rule}] {message}",
    "findings.more.one": "{message}, and {count} more fault in this file",
    "findings.more.other": "{message}, and {count} more faults in this file",
    "findings.root": "the root of the repository",
    "findings.explained": "{why}\n\nSource: {source}",
}
