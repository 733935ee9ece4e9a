"""Every file of cases/invalid is told exactly what stands beside it; every file of cases/valid is told nothing.

A file is named by its rule: RULE.yaml, or RULE.SOMETHING.yaml for another one of the same rule; `.config` in the name
makes it a configuration. SSOPS_GOLDEN=write writes the expected texts anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ssops.domain.rules import FILES, OFFLINE, PLAN, RULES
from ssops.manifest import build, reader, rules, schema
from ssops.manifest.document import Document
from ssops.manifest.place import places
from ssops.messages import say
from ssops.model import Address, Issue, Json, Spec

CASES = Path(__file__).parent / "cases"
INVALID = sorted((CASES / "invalid").glob("*.yaml"))
VALID = sorted((CASES / "valid").glob("*.yaml"))

# The two validators would have to disagree about a schema, which another test shows they do not.
WITHOUT_CASE = {"schema-mismatch"}


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.stem)
def test_issues_when_the_file_is_invalid_then_the_expected_ones(case: Path) -> None:
    expected = case.with_suffix(".txt")

    told = "".join(_told(issue) for issue in _issues(case))

    if os.environ.get("SSOPS_GOLDEN") == "write":
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert case.name.partition(".")[0] in told


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.stem)
def test_issues_when_the_file_is_valid_then_none(case: Path) -> None:
    assert _issues(case) == ()


def test_rules_when_about_one_file_then_each_has_a_case() -> None:
    shown = {case.name.partition(".")[0] for case in INVALID}

    assert shown == set(RULES) - set(FILES) - set(PLAN) - set(OFFLINE) - WITHOUT_CASE


def _issues(case: Path) -> tuple[Issue, ...]:
    documents, issues = reader.read(case.read_bytes(), case.name)
    found = list(issues)
    if ".config." in case.name:
        return (*found, *(issue for document in documents for issue in schema.check(document, "config")))
    built: list[build.Built] = []
    faulty: list[Address] = []
    for document in documents:
        resource, issues = _build(document)
        found += issues
        if resource:
            built.append(resource)
        elif address := build.address_of(document.data):
            faulty.append(address)
    specs = {resource.entry.address: resource.spec for resource in built}
    found += rules.check(
        built,
        lambda address: _spec(specs[address]),
        places(lambda _: documents),
        faulty=faulty,
        is_complete=not any(issue.rule.startswith("yaml-") for issue in found),
    )
    return tuple(sorted(found, key=lambda issue: (issue.location, issue.rule)))


def _build(document: Document) -> tuple[build.Built | None, tuple[Issue, ...]]:
    kind, issues = schema.kind_of(document)
    issues = issues if kind is None else schema.check(document, kind)
    return (None, issues) if issues else build.build(document)


def _spec(body: bytes) -> Spec:
    spec: Json = json.loads(body)
    assert isinstance(spec, dict)
    return spec


def _told(issue: Issue) -> str:
    line = f"{issue.location.line}:{issue.location.column} {issue.severity} {issue.rule} {say(issue.message)}\n"
    return line + (f"  hint: {say(issue.hint)}\n" if issue.hint else "")
