"""One JSON Schema of the team: which kinds it judges, what it says of a document, and whether it can be used at all.

`x-ssops-kind` names the kind or kinds, at the root. `x-message` and `x-severity` stand in any schema of the file and
hold for the faults found in it; the innermost one counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NoReturn

from ssops.domain.rules import POLICY_SCHEMA
from ssops.manifest import files
from ssops.manifest.document import Document
from ssops.manifest.faults import shown
from ssops.model import Issue, Json, Kind, Location, Message, Path, Severity, message

KIND, MESSAGE, SEVERITY = "x-ssops-kind", "x-message", "x-severity"
FAULTS_MAX = 200
"""Faults shown of one document and schema."""

_FILE = "policy-schema-file"
_KINDS = frozenset(str(kind) for kind in Kind)
_SEVERITIES = {str(severity): severity for severity in Severity}
_LENGTH = 500  # characters of the team's words that are shown
_LIMIT = "..."


@dataclass(frozen=True, slots=True)
class Judge:
    """A schema file that can be used. `validator` is compiled; `path` names the file."""

    path: str
    kinds: frozenset[str]
    schema: Mapping[str, Any]
    validator: Any

    def issues(self, document: Document) -> Iterator[Issue]:
        """Give each fault of a document, at its place. Rule policy-schema."""
        if not self.validator.is_valid(document.data):
            for error in islice(self.validator.iter_errors(document.data), FAULTS_MAX):
                yield from self._issues(document, error)

    def _issues(self, document: Document, error: Any) -> Iterator[Issue]:
        said = _said(self.schema, list(error.evaluation_path))
        pointer = "#" + "".join(f"/{_escaped(step)}" for step in error.schema_path)
        hint = message(f"{POLICY_SCHEMA}.hint", schema=self.path, pointer=shown(pointer))
        for path, of_key in _places(error):
            place = document.locate(path, of_key=of_key)
            excerpt = document.excerpt(place)
            yield Issue(said.severity, POLICY_SCHEMA, _words(said, path), place, hint, excerpt)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the team says about a fault: its own words, "" where it has none, and how much it matters."""

    text: str = ""
    severity: Severity = Severity.ERROR


def compile(path: str, data: bytes) -> tuple[Judge | None, tuple[Issue, ...]]:
    """Make a judge of a schema file, or say what is wrong with the file. Rule policy-schema-file.

    It knows no other file and no network, and its patterns take linear time whatever the value.
    """
    from ssops.manifest import schema

    try:
        parsed = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return None, (files.issue(f"{_FILE}.json", Location(path, line, column), why=shown(why)),)
    if not isinstance(parsed, dict):
        return None, (files.issue(f"{_FILE}.object", Location(path)),)
    try:
        validator = schema.compile_team(parsed)
    except ValueError as error:
        at = tuple(getattr(error, "instance_path", ()))
        why = str(getattr(error, "message", error))
        return None, (_issue(path, data, "schema", at, why=shown(why)),)
    kinds = _kinds(parsed.get(KIND))
    if not kinds:
        return None, (_issue(path, data, "kind", (KIND,), kinds=", ".join(sorted(_KINDS))),)
    issues = tuple(_issue(path, data, variant, at) for variant, at in _slips(parsed, ()))
    return (None if issues else Judge(path, kinds, parsed, validator)), issues


def _kinds(named: Json) -> frozenset[str]:
    """Give the kinds that a schema judges, none where it does not say so in a way that can be understood."""
    kinds = named if isinstance(named, list) else [named]
    return frozenset(kinds) if all(isinstance(kind, str) and kind in _KINDS for kind in kinds) else frozenset()


def _slips(node: Json, path: Path) -> Iterator[tuple[str, Path]]:
    """Find values of x-severity and x-message that say nothing: a slip would change what a rule is worth in silence.

    A property of that name has a schema, and is no slip.
    """
    if isinstance(node, dict):
        if not isinstance(node.get(SEVERITY, {}), dict | bool) and node[SEVERITY] not in tuple(_SEVERITIES):
            yield "severity", (*path, SEVERITY)
        if not isinstance(node.get(MESSAGE, {}), dict | bool | str) or node.get(MESSAGE) == "":
            yield "message", (*path, MESSAGE)
        for key, value in node.items():
            yield from _slips(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _slips(value, (*path, index))


def _issue(path: str, data: bytes, variant: str, at: Path, **args: str) -> Issue:
    """Report a fault in the file: JSON is YAML nearly always, and then the place is known."""
    from ssops.manifest import reader

    place, excerpt = Location(path), ""
    documents, _ = reader.read(data, path)
    if len(documents) == 1:
        place = documents[0].locate(at, of_key=bool(at) and isinstance(at[-1], str))
        excerpt = documents[0].excerpt(place)
    return files.issue(f"{_FILE}.{variant}", place, excerpt, **args)


def _said(schema: Mapping[str, Any], path: list[str | int]) -> _Said:
    """Go from the root to the schema that said no, through references, and keep the innermost words."""
    said = _read(schema, _Said())
    node: Any = schema
    for step in path:
        if step == "$ref" and isinstance(node, Mapping):
            node = _target(schema, node.get("$ref"))
        elif isinstance(node, Mapping):
            node = node.get(str(step))
        elif isinstance(node, list) and isinstance(step, int):
            node = node[step]
        said = _read(node, said)
    return said


def _read(node: Any, said: _Said) -> _Said:
    if isinstance(node, Mapping):
        if isinstance(node.get(MESSAGE), str):
            said = replace(said, text=node[MESSAGE])
        if isinstance(node.get(SEVERITY), str):
            said = replace(said, severity=_SEVERITIES.get(node[SEVERITY], Severity.ERROR))
    return said


def _target(schema: Mapping[str, Any], reference: Any) -> Any:
    """Give what a reference by pointer leads to, None for any other."""
    node: Any = schema
    if not isinstance(reference, str) or not reference.startswith("#"):
        return None
    for step in reference.removeprefix("#").split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        node = node.get(name) if isinstance(node, Mapping) else None
    return node


def _places(error: Any) -> Iterator[tuple[Path, bool]]:
    """Give the places of a fault: the value, or the key where a key is what is wrong."""
    path, kind = tuple(error.instance_path), error.kind
    match kind.name:
        case "additionalProperties" | "unevaluatedProperties":
            yield from (((*path, key), True) for key in kind.unexpected)
        case "propertyNames":
            yield (*path, kind.error.instance), True
        case _:
            yield path, False


def _words(said: _Said, path: Path) -> Message:
    if said.text:
        text = said.text if len(said.text) <= _LENGTH else said.text[: _LENGTH - len(_LIMIT)] + _LIMIT
        return message(POLICY_SCHEMA, text=text)
    if not path:
        return message(f"{POLICY_SCHEMA}.document")
    return message(f"{POLICY_SCHEMA}.field", field=shown(".".join(map(str, path))))


def _escaped(step: str | int) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
