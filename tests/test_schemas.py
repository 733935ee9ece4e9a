from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from ssops.domain.roles import INCLUDES
from ssops.manifest import schema
from ssops.manifest.schema_faults import SPEAKERS
from ssops.messages import catalogue
from ssops.model import (
    Action,
    Actor,
    Address,
    FieldChange,
    Grade,
    Issue,
    Kind,
    Location,
    Outcome,
    Severity,
    Status,
    message,
)
from ssops.render import json as render_json
from ssops.state import document as state_document
from ssops.state.space import Intent, Recorded, Run, SpaceState

ALL = schema.INPUTS + schema.OUTPUTS
_ANNOTATIONS = {"$schema", "$id", "$defs", "$ref", "title", "description", "examples", "default", "x-ssops-says"}
_APPLICATORS = {"properties", "additionalProperties", "items", "propertyNames", "allOf", "anyOf", "if", "then"}


_AT, _BY, _DIGEST = "2025-06-02T08:15:00Z", str(Actor("userAccount", "ajeexample0000000001")), "sha256:" + "4f" * 32
_SPACE = Address(Kind.SPACE, "sales", "sales")
_ISSUE = Issue(Severity.ERROR, "schema-empty", message("schema-empty", field="name"), Location("a.yaml", 3, 2))


def load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(schema.text(name))
    return loaded


def parts(data: Any) -> Iterator[Mapping[str, Any]]:
    """Give every sub-schema of a schema, the schema itself first."""
    if not isinstance(data, dict):
        return
    yield data
    for group in ("properties", "$defs"):
        for part in data.get(group, {}).values():
            yield from parts(part)
    for one in ("additionalProperties", "items", "propertyNames", "if", "then"):
        yield from parts(data.get(one))
    for many in ("allOf", "anyOf"):
        for part in data.get(many, ()):
            yield from parts(part)


def described(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give every field that an author may write, by name."""
    for part in parts(data):
        if "$ref" not in part and part.get("type") == "object":
            yield from part.get("properties", {}).items()


@pytest.mark.parametrize("name", ALL)
def test_schema_when_read_then_it_is_draft_2020_12_with_its_own_id(name: str) -> None:
    data = load(name)

    jsonschema.Draft202012Validator.check_schema(data)
    assert jsonschema_rs.meta.is_valid(data)
    assert data["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert data["$id"] == f"urn:ssops:schema:{name}:1"


@pytest.mark.parametrize("name", ALL)
def test_schema_when_it_refers_then_only_to_itself(name: str) -> None:
    data = load(name)

    refs = [part["$ref"] for part in parts(data) if "$ref" in part]

    assert {ref.removeprefix("#/$defs/") for ref in refs} == set(data.get("$defs", {}))


@pytest.mark.parametrize("name", ALL)
def test_schema_when_a_field_is_listed_then_it_has_a_description_and_examples(name: str) -> None:
    bare = [field for field, part in described(load(name)) if "$ref" not in part and not is_described(part)]

    assert bare == []


def is_described(part: Mapping[str, Any]) -> bool:
    return str(part.get("description", "")).endswith(".") and "examples" in part


@pytest.mark.parametrize("name", ALL)
def test_schema_when_it_gives_an_example_then_the_example_fits(name: str) -> None:
    data = load(name)
    defs = {"$schema": data["$schema"], "$defs": data.get("$defs", {})}

    unfit = [
        example
        for part in parts(data)
        for example in part.get("examples", ())
        if not jsonschema.Draft202012Validator({**part, **defs}).is_valid(example)
    ]

    assert unfit == []


@pytest.mark.parametrize("name", schema.INPUTS)
def test_schema_when_it_is_for_authors_then_unknown_fields_are_refused(name: str) -> None:
    lax = [
        part
        for part in parts(load(name))
        if part.get("type") == "object" and part.get("additionalProperties", True) is True
    ]

    assert lax == []


@pytest.mark.parametrize("name", schema.INPUTS)
def test_schema_when_it_can_refuse_then_there_are_words_for_it(name: str) -> None:
    keywords = {keyword for part in parts(load(name)) for keyword in part} - _ANNOTATIONS - _APPLICATORS
    spoken = {f"schema-pattern.{part['x-ssops-says']}" for part in parts(load(name)) if "pattern" in part}
    types = {f"schema-type.{part['type']}" for part in parts(load(name)) if "type" in part}

    assert keywords <= set(SPEAKERS)
    assert {id for says in spoken | types for id in (says, f"{says}.hint")} <= set(catalogue("en"))


@pytest.mark.parametrize("name", ALL)
def test_schema_when_it_has_a_pattern_then_both_engines_read_it_alike(name: str) -> None:
    patterns = [part["pattern"] for part in parts(load(name)) if "pattern" in part]

    plain = [p for p in patterns if p.startswith("^") and p.endswith("$") and not re.search(r"\\|\(\?|[*+?]{2}", p)]

    assert plain == patterns


def test_space_schema_when_it_lists_roles_then_every_role_of_speechsense_is_there() -> None:
    roles = load("space")["$defs"]["binding"]["properties"]["role"]["enum"]

    assert set(INCLUDES) <= set(roles)


@pytest.mark.parametrize("reference", ["http://127.0.0.1:9/x.json", "file:///etc/hostname", "other.schema.json"])
def test_validators_when_a_schema_refers_outside_then_they_refuse(
    reference: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = json.dumps({"$id": "urn:ssops:schema:space:1", "$ref": reference})

    with pytest.raises((ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError)):
        schema.compile_fast(evil)
    with pytest.raises(Exception, match="Unresolvable"):
        list(schema.compile_detailed(evil).iter_errors({}))


def test_state_schema_when_a_state_is_written_then_it_fits() -> None:
    spec = {"name": "Sales", "description": ""}
    recorded = Recorded("f3f", spec, "4f", "4f", Grade.CONFIRMED, _AT, _BY, _DIGEST, "Sales")
    intent = Intent("k", Action.UPDATE, "f3f", spec, (FieldChange(("description",), "", "x"),), _DIGEST, _AT, _BY)
    state = SpaceState("sales", "lineage", 1, {_SPACE: recorded}, {_SPACE: intent}, Run(_DIGEST, _AT, _BY))

    written = json.loads(state_document.dumps(state, "write"))

    assert list(jsonschema.Draft202012Validator(load("state")).iter_errors(written)) == []


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        pytest.param("issues", render_json.issues([_ISSUE]), id="issues"),
        pytest.param(
            "outcomes",
            render_json.outcomes(_DIGEST, [Outcome(_SPACE, Action.CREATE, Status.APPLIED, "f3f")]),
            id="outcomes",
        ),
        pytest.param("error", render_json.error("plan_stale", "stale", "plan again", [_ISSUE]), id="error"),
    ],
)
def test_output_schema_when_a_command_prints_then_it_fits(name: str, printed: dict[str, Any]) -> None:
    assert list(jsonschema.Draft202012Validator(load(name)).iter_errors(printed)) == []
