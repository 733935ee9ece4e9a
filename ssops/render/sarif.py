"""Findings as a SARIF 2.1.0 log, for code scanning and editors.

Source: OASIS SARIF 2.1.0 (errata 01); columns count code points, as everywhere in ssops, and the log says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from ssops import __version__
from ssops.domain.rules import RULES
from ssops.messages import spoken
from ssops.model import Issue
from ssops.render import json
from ssops.render.findings import Finding, both, findings
from ssops.render.words import sentence

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_IDENTITY = "ssopsIdentity/v1"


def text(issues: Iterable[Issue], *, folder: str = "") -> str:
    """Write one log with one run; its rules are those that spoke, sorted by id."""
    found = findings(issues, folder=folder)
    rules = sorted({each.rule for each in found})
    return json.text({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(found, rules)]})


def _run(found: Sequence[Finding], rules: Sequence[str]) -> dict[str, Any]:
    return {
        "tool": {
            "driver": {
                "name": "ssops",
                "version": __version__,
                "rules": [_rule(id) for id in rules],
            }
        },
        "language": spoken(),
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": _plain(sentence("findings.root"))}},
        "results": [_result(each, rules) for each in found],
    }


def _rule(id: str) -> dict[str, Any]:
    rule = RULES[id]
    title, why = (sentence(f"rule.{id}.{part}") for part in ("title", "why"))
    explained = sentence("findings.explained", why=why, source=rule.source) if rule.source else why
    shown: dict[str, Any] = {
        "id": id,
        "shortDescription": _plain(title),
        "fullDescription": _plain(why),
        "help": _plain(explained),
        "defaultConfiguration": {"level": rule.severity.value},
    }
    if rule.source.startswith("https://"):
        shown["helpUri"] = rule.source
    return shown


def _result(finding: Finding, rules: Sequence[str]) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": finding.severity.value,
        "message": _plain(both(finding)),
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.path), "uriBaseId": _ROOT},
                    "region": {"startLine": finding.line, "startColumn": finding.column},
                }
            }
        ],
        "partialFingerprints": {_IDENTITY: finding.fingerprint},
    }


def _plain(said: str) -> dict[str, str]:
    """Make a message that a viewer shows as it is: no placeholders, no links (SARIF 3.11.5 and 3.11.6)."""
    return {"text": said.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _uri(path: str) -> str:
    return quote(path, safe="/", errors="surrogateescape")
