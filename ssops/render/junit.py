"""Findings as JUnit XML: a file is a test, its errors make it fail, its warnings are what it prints.

Source: jenkinsci/xunit-plugin: src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ssops.model import Issue, Severity
from ssops.render.escape import visible
from ssops.render.findings import Finding, findings, located
from ssops.render.words import sentence

_SUITE = "ssops validate"
_CLASS = "ssops.validate"
_NOT_XML = str.maketrans({"\ufffe": "\\ufffe", "\uffff": "\\uffff"})


def text(issues: Iterable[Issue], files: Iterable[str], *, folder: str = "") -> str:
    """Write one suite with a test for each of `files` and each file that has an issue, sorted."""
    cases: dict[str, list[Finding]] = {located(file, folder): [] for file in files}
    for finding in findings(issues, folder=folder):
        cases.setdefault(finding.path, []).append(finding)
    failed = sum(_has_error(found) for found in cases.values())
    counts = f'name="{_SUITE}" tests="{len(cases)}" failures="{failed}" errors="0"'
    written = "".join(_case(path, cases[path]) for path in sorted(cases))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<testsuites {counts}>\n<testsuite {counts}>\n{written}</testsuite>\n</testsuites>\n"
    )


def _case(path: str, found: Sequence[Finding]) -> str:
    opened = f'<testcase classname="{_CLASS}" name="{_xml(visible(path))}"'
    if not found:
        return f"{opened}/>\n"
    lines = "".join(_lines(each) for each in found)
    if not _has_error(found):
        return f"{opened}>\n<system-out>{_xml(lines)}</system-out>\n</testcase>\n"
    first = next(each for each in found if each.severity is Severity.ERROR)
    short = _short(first, len(found) - 1)
    failure = f'<failure type="{_xml(first.rule)}" message="{_xml(short)}">{_xml(lines)}</failure>'
    return f"{opened}>\n{failure}\n</testcase>\n"


def _short(first: Finding, more: int) -> str:
    return sentence("findings.more", message=first.message, count=more) if more else first.message


def _lines(finding: Finding) -> str:
    severity = sentence(f"render.severity.{finding.severity}")
    args = {"place": finding.place, "severity": severity, "rule": finding.rule, "message": finding.message}
    line = sentence("findings.line", **args)
    return f"{line}\n  {sentence('findings.hint', hint=finding.hint)}\n" if finding.hint else f"{line}\n"


def _has_error(found: Iterable[Finding]) -> bool:
    return any(each.severity is Severity.ERROR for each in found)


def _xml(said: str) -> str:
    """Escape for text and attributes; what XML cannot hold at all becomes an escape that a person can read."""
    return escape(said.translate(_NOT_XML), quote=True)
