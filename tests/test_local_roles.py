from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from local_service import (
    ADMIN,
    CHAT,
    NOBODY,
    ORGANIZATION,
    SPACE,
    create,
    do,
    operation,
    provider,
    refused,
    setting,
    update,
)

from ssops.model import Action, Actor, Grant, Kind
from ssops.providers.base import Operation

USER = Actor("userAccount", "aje1")
ROBOT = Actor("serviceAccount", "aje2")
FEDERATED = Actor("federatedUser", "aje3")
GROUP = Actor("group", "ajg1")
DENIED = ("permission_denied", "role")

ADMIN_ROLE = "speech-sense.admin"
EDITOR = "speech-sense.editor"
CREATOR = "speech-sense.spaces.creator"

NEEDED = [
    pytest.param("space", CREATOR, "organization", id="create space"),
    pytest.param("edit space", EDITOR, "space", id="edit space"),
    pytest.param("bind", ADMIN_ROLE, "space", id="change access"),
    pytest.param("delete space", ADMIN_ROLE, "space", id="delete space"),
    pytest.param("connection", EDITOR, "space", id="create connection"),
    pytest.param("edit connection", EDITOR, "space", id="edit connection"),
    pytest.param("project", EDITOR, "space", id="create project"),
    pytest.param("edit project", EDITOR, "space", id="edit project"),
    pytest.param("delete project", ADMIN_ROLE, "space", id="delete project"),
]
BELOW = {ADMIN_ROLE: EDITOR, EDITOR: CREATOR, CREATOR: "speech-sense.viewer"}


def operations(space: str, connection: str, project: str) -> dict[str, Operation]:
    new = {"name": "New", "connection_id": connection}
    return {
        "space": create(Kind.SPACE, {"name": "New"}),
        "edit space": update(Kind.SPACE, space, setting("description", to="x")),
        "bind": update(Kind.SPACE, space, setting("access", EDITOR, to=[str(NOBODY)])),
        "delete space": operation(Action.DELETE, Kind.SPACE, space, None, {}),
        "connection": create(Kind.CONNECTION, CHAT, space),
        "edit connection": update(Kind.CONNECTION, connection, setting("description", to="x")),
        "project": create(Kind.PROJECT, new, space),
        "edit project": update(Kind.PROJECT, project, setting("description", to="x")),
        "delete project": operation(Action.DELETE, Kind.PROJECT, project, None, {}),
    }


def organization_with(path: Path, access: dict[str, list[str]], **settings: Any) -> tuple[Any, dict[str, Operation]]:
    """Make a space with this access, a connection and a project in it."""
    service = provider(path, **settings)
    space = do(service, create(Kind.SPACE, SPACE | {"access": access})).id
    connection = do(service, create(Kind.CONNECTION, CHAT, space)).id
    project = do(service, create(Kind.PROJECT, {"name": "VIP", "connection_id": connection}, space)).id
    return service, operations(space, connection, project)


@pytest.mark.parametrize(("name", "role", "on"), NEEDED)
def test_operation_when_the_role_is_on_the_organization_then_done(
    tmp_path: Path, name: str, role: str, on: str
) -> None:
    grants = {ADMIN_ROLE: (str(ADMIN),)} | {role: tuple({str(USER), *([str(ADMIN)] if role == ADMIN_ROLE else [])})}
    service, asked = organization_with(tmp_path / "s.db", {}, grants=grants)

    assert do(service, asked[name], USER)


@pytest.mark.parametrize(("name", "role", "on"), NEEDED)
def test_operation_when_the_role_is_on_the_space_then_done_there_only(
    tmp_path: Path, name: str, role: str, on: str
) -> None:
    service, asked = organization_with(tmp_path / "s.db", {role: [str(USER)]})

    if on == "organization":
        assert refused(service, asked[name], USER) == DENIED
    else:
        assert do(service, asked[name], USER)


@pytest.mark.parametrize(("name", "role", "on"), NEEDED)
def test_operation_when_only_a_lesser_role_is_held_then_refused(tmp_path: Path, name: str, role: str, on: str) -> None:
    lesser = BELOW[role]
    grants = {ADMIN_ROLE: (str(ADMIN),), lesser: (str(USER),)}
    service, asked = organization_with(tmp_path / "s.db", {lesser: [str(USER)]}, grants=grants)

    assert refused(service, asked[name], USER) == DENIED
    assert refused(service, asked[name], NOBODY) == DENIED


def test_operation_when_the_role_is_on_another_space_then_refused(tmp_path: Path) -> None:
    service, asked = organization_with(tmp_path / "s.db", {})
    do(service, create(Kind.SPACE, {"name": "Aid", "access": {ADMIN_ROLE: [str(USER)]}}))

    assert refused(service, asked["connection"], USER) == DENIED


def test_operation_when_the_role_was_just_taken_away_then_refused(tmp_path: Path) -> None:
    service, asked = organization_with(tmp_path / "s.db", {EDITOR: [str(USER)]})

    with service.writer(USER) as writer:
        writer.carry_out(asked["edit connection"])
        do(service, update(Kind.SPACE, asked["bind"].id or "", setting("access", to=None)))
        with pytest.raises(Exception, match="permission_denied"):
            writer.carry_out(asked["connection"])


SUBJECTS = [
    pytest.param("group:ajg1", USER, "organization, group:ajg1", id="member of a group"),
    pytest.param("group:ajg1", ROBOT, None, id="not a member"),
    pytest.param("group:ajg2", USER, None, id="group in a group"),
    pytest.param("group:ajg2", GROUP, None, id="a group is no member"),
    pytest.param("group:ajg1", GROUP, "organization", id="the group itself"),
    pytest.param("group:nosuch", USER, None, id="unknown group"),
    pytest.param("system:allAuthenticatedUsers", USER, "organization, system:allAuthenticatedUsers", id="all: user"),
    pytest.param("system:allAuthenticatedUsers", ROBOT, "organization, system:allAuthenticatedUsers", id="all: robot"),
    pytest.param("system:allUsers", FEDERATED, "organization, system:allUsers", id="public"),
    pytest.param(
        f"system:group:organization:{ORGANIZATION}:users",
        FEDERATED,
        f"organization, system:group:organization:{ORGANIZATION}:users",
        id="users of the organization",
    ),
    pytest.param(f"system:group:organization:{ORGANIZATION}:users", ROBOT, None, id="a robot is no user"),
    pytest.param("system:group:organization:other:users", USER, None, id="users of another organization"),
    pytest.param("system:group:federation:f:users", FEDERATED, None, id="unknown federation"),
    pytest.param("userAccount:aje2", ROBOT, None, id="same id, other type"),
]


@pytest.mark.parametrize(("subject", "actor", "source"), SUBJECTS)
def test_grants_when_bound_to_a_subject_then_reach_who_is_meant(
    tmp_path: Path, subject: str, actor: Actor, source: str | None
) -> None:
    groups = {"ajg1": (str(USER),), "ajg2": (str(GROUP), "group:ajg1")}
    service = provider(tmp_path / "s.db", grants={EDITOR: (subject,)}, groups=groups)

    with service.reader() as reader:
        grants = reader.grants(actor, ())

    assert grants == ((Grant(EDITOR, "organization", source),) if source else ())


def test_grants_when_given_in_several_places_then_all_are_told_in_order(tmp_path: Path) -> None:
    grants = {ADMIN_ROLE: (str(ADMIN),), CREATOR: ("system:allUsers",)}
    service = provider(tmp_path / "s.db", grants=grants, groups={"ajg1": (str(USER),)})
    sales = do(service, create(Kind.SPACE, SPACE | {"access": {EDITOR: ["group:ajg1", str(USER)]}})).id
    do(service, create(Kind.SPACE, {"name": "Aid", "access": {ADMIN_ROLE: [str(USER)]}}))

    with service.reader() as reader:
        found = reader.grants(USER, [sales, "f3fnosuch"])

    assert found == (
        Grant(CREATOR, "organization", "organization, system:allUsers"),
        Grant(EDITOR, sales, f"space {sales}, group:ajg1"),
        Grant(EDITOR, sales, f"space {sales}"),
    )
