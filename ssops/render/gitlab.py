"""Findings as a code quality report of GitLab.

Source: gitlab-org/gitlab: doc/ci/testing/code_quality.md (Code Quality report format).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ssops.model import Issue, Severity
from ssops.render import json
from ssops.render.escape import visible
from ssops.render.findings import Finding, both, findings

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def text(issues: Iterable[Issue], *, folder: str = "") -> str:
    """Write one JSON array, empty where there is no issue."""
    return json.text([_entry(each) for each in findings(issues, folder=folder)])


def _entry(finding: Finding) -> dict[str, Any]:
    return {
        "description": both(finding),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": visible(finding.path), "lines": {"begin": finding.line}},
    }
