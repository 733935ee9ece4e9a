"""JSON documents fit their schemas and are the same bytes everywhere."""

from __future__ import annotations

import json as stdlib

from test_render_text import CREATE, DIGEST, IMPOSSIBLE, plan

from ssops.manifest import schema
from ssops.model import Action, Actor, Address, Issue, Kind, Location, Outcome, Severity, Status, message
from ssops.render import json

SPACE = Address(Kind.SPACE, "sales", "sales")
ISSUE = Issue(Severity.ERROR, "r", message("render.valid"), Location("a.yaml", 1, 2), None, "raw")


def test_issues_when_there_is_an_error_then_the_document_is_not_valid_and_fits_its_schema() -> None:
    document = json.issues([ISSUE])

    assert document == {
        "valid": False,
        "issues": [
            {
                "severity": "error",
                "rule": "r",
                "message": "valid",
                "hint": None,
                "file": "a.yaml",
                "line": 1,
                "column": 2,
            }
        ],
    }
    assert schema.is_schema_fault_free(document, "issues")


def test_outcomes_when_built_then_they_fit_their_schema() -> None:
    found = [
        Outcome(SPACE, Action.CREATE, Status.APPLIED, "f3f"),
        Outcome(SPACE, Action.UPDATE, Status.FAILED, error=message("error.interrupted")),
    ]

    assert schema.is_schema_fault_free(json.outcomes(DIGEST, found), "outcomes")


def test_access_when_built_then_it_fits_its_schema() -> None:
    document = json.access(plan(CREATE, IMPOSSIBLE), Actor("group", "a"))

    assert [check["verdict"] for check in document["checks"]] == ["granted", "missing"]
    assert schema.is_schema_fault_free(document, "access")


def test_error_when_built_then_it_fits_its_schema() -> None:
    assert schema.is_schema_fault_free(json.error("usage", "no", "do", [ISSUE]), "error")
    assert json.error("usage", "no") == {"error": {"reason": "usage", "message": "no"}}


def test_text_when_written_then_keys_are_sorted_and_hidden_characters_escaped() -> None:
    text = json.text({"b": "Чат\u202e\x7f", "a": 1})

    assert text == '{\n  "a": 1,\n  "b": "Чат\\u202e\\u007f"\n}\n'
    assert stdlib.loads(text) == {"b": "Чат\u202e\x7f", "a": 1}
