"""The tables of the domain agree with each other, with the schemas and with what the rules say."""

from __future__ import annotations

import json

import pytest

from ssops.domain.data_types import CHAT, KEY_TYPES, SECTIONS, SINGLE_CHANNEL, TWO_CHANNEL
from ssops.domain.default_keys import DEFAULT_KEYS
from ssops.domain.roles import (
    ACCESS,
    ADMIN,
    AUDITOR,
    CREATE_WITH_ACCESS,
    DATA_EDITOR,
    DATA_VIEWER,
    EDITOR,
    INCLUDES,
    REQUIRED,
    SPACES_CREATOR,
    VIEWER,
    On,
    satisfies,
)
from ssops.domain.rules import MANIFEST, RULES, Rule
from ssops.manifest import schema
from ssops.messages import catalogue
from ssops.model import Action, Kind

INCLUDED = {
    ADMIN: {ADMIN, EDITOR, VIEWER, AUDITOR, SPACES_CREATOR, DATA_EDITOR, DATA_VIEWER},
    EDITOR: {EDITOR, VIEWER, AUDITOR, SPACES_CREATOR},
    VIEWER: {VIEWER, AUDITOR},
    AUDITOR: {AUDITOR},
    SPACES_CREATOR: {SPACES_CREATOR},
    DATA_EDITOR: {DATA_EDITOR, DATA_VIEWER},
    DATA_VIEWER: {DATA_VIEWER},
    "editor": set(),
}


@pytest.mark.parametrize("held", INCLUDED)
def test_satisfies_when_a_role_is_held_then_exactly_what_it_includes(held: str) -> None:
    assert {role for role in INCLUDES if satisfies(held, role)} == INCLUDED[held]


def test_required_when_read_then_it_is_the_documented_table() -> None:
    table = {key: (requirement.role, requirement.on) for key, requirement in REQUIRED.items()}

    assert table == {
        (Kind.SPACE, Action.CREATE): (SPACES_CREATOR, On.ORGANIZATION),
        (Kind.SPACE, CREATE_WITH_ACCESS): (ADMIN, On.ORGANIZATION),
        (Kind.SPACE, Action.UPDATE): (EDITOR, On.SPACE),
        (Kind.SPACE, ACCESS): (ADMIN, On.SPACE),
        (Kind.SPACE, Action.DELETE): (ADMIN, On.SPACE),
        (Kind.CONNECTION, Action.CREATE): (EDITOR, On.SPACE),
        (Kind.CONNECTION, Action.UPDATE): (EDITOR, On.SPACE),
        (Kind.CONNECTION, Action.RETIRE): (EDITOR, On.SPACE),
        (Kind.PROJECT, Action.CREATE): (EDITOR, On.SPACE),
        (Kind.PROJECT, Action.UPDATE): (EDITOR, On.SPACE),
        (Kind.PROJECT, Action.DELETE): (ADMIN, On.SPACE),
    }


def test_default_keys_when_read_then_sections_are_those_of_the_data_type() -> None:
    assert {data_type: tuple(sections) for data_type, sections in DEFAULT_KEYS.items()} == SECTIONS


@pytest.mark.parametrize(("data_type", "count"), [(TWO_CHANNEL, 7), (SINGLE_CHANNEL, 6), (CHAT, 9)])
def test_default_keys_when_counted_then_each_stands_once(data_type: str, count: int) -> None:
    keys = [key for section in DEFAULT_KEYS[data_type].values() for key in section]

    assert len(keys) == len(set(keys)) == count


def test_schema_when_it_lists_types_then_they_are_those_of_the_domain() -> None:
    connection = json.loads(schema.text("connection"))

    assert tuple(connection["properties"]["data_type"]["enum"]) == tuple(SECTIONS)
    assert tuple(connection["$defs"]["key"]["properties"]["type"]["enum"]) == KEY_TYPES


def test_schema_when_it_lists_roles_then_they_are_those_of_the_domain_and_the_primitive_ones() -> None:
    space = json.loads(schema.text("space"))

    roles = set(space["$defs"]["binding"]["properties"]["role"]["enum"])

    assert roles == set(INCLUDES) | {"admin", "editor", "viewer", "auditor"}


@pytest.mark.parametrize("rule", RULES)
def test_rule_when_explained_then_title_and_reason_are_there(rule: str) -> None:
    sentences = catalogue("en")

    assert sentences[f"rule.{rule}.title"]
    assert sentences[f"rule.{rule}.why"]


@pytest.mark.parametrize("rule", MANIFEST)
def test_rule_when_it_speaks_then_every_sentence_has_a_hint(rule: str) -> None:
    sentences = catalogue("en")

    said = {id for id in sentences if id == rule or (id.startswith(f"{rule}.") and not id.endswith(".hint"))}

    assert said
    assert all(f"{id}.hint" in sentences for id in said)


@pytest.mark.parametrize("rule", [rule for rule in MANIFEST.values() if rule.source], ids=lambda rule: rule.id)
def test_rule_when_it_has_a_source_then_a_public_repository_and_path(rule: Rule) -> None:
    repository, _, path = rule.source.partition(": ")

    assert repository in ("yandex-cloud/docs", "yandex-cloud/cloudapi")
    assert "/" in path
