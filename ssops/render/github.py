"""Findings as workflow commands of GitHub Actions: annotations on the lines of a pull request.

Source: github.com/actions/runner: src/Runner.Common/ActionCommand.cs (how the runner reads a command back).
"""

from __future__ import annotations

from collections.abc import Iterable

from ssops.model import Issue
from ssops.render.escape import visible
from ssops.render.findings import Finding, findings
from ssops.render.words import sentence

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def text(issues: Iterable[Issue], *, folder: str = "") -> str:
    """Write one command a line, `::error` or `::warning`; nothing where there is no issue."""
    return "".join(f"{_command(each)}\n" for each in findings(issues, folder=folder))


def _command(finding: Finding) -> str:
    said = f"{finding.place}: {finding.message}"  # the log shows the message alone, so it says the place, too
    if finding.hint:
        said += "\n" + sentence("findings.hint", hint=finding.hint)
    properties = {
        "file": visible(finding.path),
        "line": str(finding.line),
        "col": str(finding.column),
        "title": f"ssops {finding.rule}",
    }
    written = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    return f"::{finding.severity} {written}::{said.translate(_DATA)}"
