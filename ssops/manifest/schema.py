"""The only door to the schemas: which file is for which kind, the fast verdict, the detail of a failing document.

The verdict comes from a compiled validator, about 10 µs a document; the slower one, which says what is wrong, is
imported for the first document that fails. Neither can reach the network or another file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path as FilePath
from typing import Any, NoReturn

import jsonschema_rs

from ssops.manifest import schema_faults
from ssops.manifest.document import Document
from ssops.manifest.near import nearest
from ssops.manifest.schema_faults import FAULTS_MAX, Fault
from ssops.model import Issue, Kind, Severity, message

MANIFEST_KINDS = tuple(str(kind) for kind in Kind)
"""Kinds of document that stand in manifests."""

INPUTS = ("config", *MANIFEST_KINDS)
"""Schemas of what a user writes."""

OUTPUTS = ("issues", "plan", "outcomes", "access", "drift", "error", "state", "listing", "history", "log", "blame")
"""Schemas of what ssops writes."""

_PACKAGE = FilePath(__file__).parent.parent
_HEADER: dict[str, Any] = {
    "properties": {
        "version": {"examples": [1], "x-ssops-says": "version"},
        "kind": {"examples": [MANIFEST_KINDS[0]], "x-ssops-says": "kind"},
    }
}


def text(kind: str) -> str:
    """Give the schema file of one of `INPUTS` or `OUTPUTS` as text. Raises KeyError for another name."""
    if kind not in INPUTS + OUTPUTS:
        raise KeyError(kind)
    return (_folder() / f"{kind}.schema.json").read_text(encoding="utf-8")


def is_schema_fault_free(data: Any, kind: str) -> bool:
    """Say whether JSON data fits the schema of one of `INPUTS` or `OUTPUTS`."""
    return bool(_compiled(kind).is_valid(data))


def check(document: Document, kind: str) -> tuple[Issue, ...]:
    """Give the schema faults of a document as one of `INPUTS`, sorted by place, one for each place.

    Any rule of `domain.rules.SCHEMA` may speak. At most `FAULTS_MAX`, then one more that says so.
    """
    if is_schema_fault_free(document.data, kind):
        return ()
    found = tuple(islice(_faults(document.data, kind), FAULTS_MAX + 1))
    issues = schema_faults.issues(document, found)
    if max(len(found), len(issues)) <= FAULTS_MAX:
        return issues
    return (*issues[:FAULTS_MAX], _issue_too_many(document))


def kind_of(document: Document) -> tuple[str | None, tuple[Issue, ...]]:
    """Tell the kind of a manifest document, None where it cannot be told or the document must not be checked further.

    A missing `version` of a known kind is left to `check`.
    """
    data = document.data
    if not isinstance(data, dict):
        return None, schema_faults.issues(document, (Fault((), "type", "object", data, {}),))
    version, kind = data.get("version"), data.get("kind")
    if version == 1 and version is not True and kind in MANIFEST_KINDS:
        return kind, ()
    faults = tuple(_header_faults(data))
    return (None if faults else str(data["kind"])), schema_faults.issues(document, faults)


def _header_faults(data: dict[str, Any]) -> Iterator[Fault]:
    kind_known = data.get("kind") in MANIFEST_KINDS
    if "version" not in data:
        if not kind_known:
            yield Fault((), "required", ["version"], data, _HEADER)
    elif data["version"] != 1 or data["version"] is True:
        yield Fault(("version",), "const", 1, data["version"], _HEADER["properties"]["version"])
    if "kind" not in data:
        typo = nearest("kind", data)
        if typo:
            yield Fault((), "additionalProperties", False, {typo: None}, {"properties": {"kind": {}}})
        else:
            yield Fault((), "required", ["kind"], data, _HEADER)
    elif not kind_known:
        yield Fault(("kind",), "enum", MANIFEST_KINDS, data["kind"], _HEADER["properties"]["kind"])


def _faults(data: Any, kind: str) -> Iterator[Fault]:
    """Yield what is wrong; at least one fault, since the compiled validator has said no."""
    mismatch = True
    for error in _detailed(kind).iter_errors(data):
        mismatch = False
        of_key = "propertyNames" in error.absolute_schema_path
        path = (*error.absolute_path, error.instance) if of_key else tuple(error.absolute_path)
        yield Fault(path, error.validator, error.validator_value, error.instance, error.schema, of_key)
    if mismatch:
        error = next(iter(_compiled(kind).iter_errors(data)))
        yield Fault(tuple(error.instance_path), "mismatch", None, error.instance, {})


@cache
def _folder() -> FilePath:
    """Find the schemas: inside the package when installed from a wheel, beside it in a checkout."""
    inside = _PACKAGE / "schemas"
    return inside if inside.is_dir() else _PACKAGE.parent / "schemas"


@cache
def _compiled(kind: str) -> Any:
    return compile_fast(text(kind))


@cache
def _detailed(kind: str) -> Any:
    return compile_detailed(text(kind))


def compile_fast(schema: str) -> Any:
    """Make the validator that only says yes or no. Raises `jsonschema_rs.ValidationError` for a reference outside."""
    # The plain regex engine takes linear time whatever the value.
    patterns = jsonschema_rs.RegexOptions()
    return jsonschema_rs.Draft202012Validator(json.loads(schema), retriever=_refuse, pattern_options=patterns)


def compile_team(data: dict[str, Any]) -> Any:
    """Make the validator of a schema of the team, of the draft that it names. Raises ValueError for one that is none.

    That is also a `jsonschema_rs.ValidationError` where the place is known.
    """
    return jsonschema_rs.validator_for(data, retriever=_refuse, pattern_options=jsonschema_rs.RegexOptions())


def compile_detailed(schema: str) -> Any:
    """Make the validator that says what is wrong; it knows no other schema and, unlike the default, fetches none."""
    from jsonschema import Draft202012Validator, validators
    from referencing import Registry

    extend: Any = validators.extend
    return extend(Draft202012Validator, {"pattern": _pattern})(json.loads(schema), registry=Registry())


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
    """Judge `pattern` as the compiled validator does: `$` is the very end, not before a last line break."""
    import re

    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(pattern.removesuffix("$") + r"\Z", instance):
        yield ValidationError("")


def _refuse(uri: str) -> NoReturn:
    raise ValueError(f"schemas refer to nothing outside themselves: {uri}")


def _issue_too_many(document: Document) -> Issue:
    place = document.locate(())
    said = message("schema-too-many", count=FAULTS_MAX)
    return Issue(Severity.ERROR, "schema-too-many", said, place, message("schema-too-many.hint"))
