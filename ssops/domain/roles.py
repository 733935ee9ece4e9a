"""Who may do what: the role each change needs and which roles a role includes.

The role texts of SpeechSense have been reworded several times, so this is data, in one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ssops.model import Action, Kind

ADMIN = "speech-sense.admin"
EDITOR = "speech-sense.editor"
VIEWER = "speech-sense.viewer"
AUDITOR = "speech-sense.auditor"
SPACES_CREATOR = "speech-sense.spaces.creator"
DATA_EDITOR = "speech-sense.data.editor"
DATA_VIEWER = "speech-sense.data.viewer"

INCLUDES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        ADMIN: (EDITOR, DATA_EDITOR),
        EDITOR: (VIEWER, SPACES_CREATOR),
        VIEWER: (AUDITOR,),
        AUDITOR: (),
        SPACES_CREATOR: (),
        DATA_EDITOR: (DATA_VIEWER,),
        DATA_VIEWER: (),
    }
)
"""Every role of SpeechSense and the roles it includes directly.

The primitive roles (`admin`, `editor`, ...) are not here: no page says which SpeechSense action each allows.
Source: yandex-cloud/docs: en/_roles/speech-sense/{auditor,viewer,editor,admin}.md, spaces/creator.md,
data/{viewer,editor}.md.
"""


def satisfies(held: str, required: str) -> bool:
    """Say whether holding one role means holding the other: the same one, or one it includes at any depth."""
    return held == required or any(satisfies(included, required) for included in INCLUDES.get(held, ()))


class On(StrEnum):
    """What a role must be held on. A role on the organization reaches every space.

    Source: yandex-cloud/docs: en/speechsense/concepts/resources-hierarchy.md.
    """

    ORGANIZATION = "organization"
    SPACE = "space"
    BILLING_ACCOUNT = "billing_account"


@dataclass(frozen=True, slots=True)
class Requirement:
    """The least role that a change needs, on what, and the public page that says so."""

    role: str
    on: On
    source: str


ACCESS = "access"
"""In `REQUIRED` in place of an action: an update of a space that touches its `access`."""

CREATE_WITH_ACCESS = "create with access"
"""In `REQUIRED` in place of an action: a new space that comes with role bindings."""

_SECURITY = "yandex-cloud/docs: en/speechsense/security/index.md"

REQUIRED: Mapping[tuple[Kind, str], Requirement] = MappingProxyType(
    {
        (Kind.SPACE, Action.CREATE): Requirement(
            SPACES_CREATOR, On.ORGANIZATION, "yandex-cloud/docs: en/speechsense/operations/space/create.md"
        ),
        # Assigning roles takes admin on the space; what its creator becomes is unpublished: the organization is asked.
        (Kind.SPACE, CREATE_WITH_ACCESS): Requirement(ADMIN, On.ORGANIZATION, _SECURITY),
        (Kind.SPACE, Action.UPDATE): Requirement(EDITOR, On.SPACE, _SECURITY),
        (Kind.SPACE, ACCESS): Requirement(ADMIN, On.SPACE, _SECURITY),
        (Kind.SPACE, Action.DELETE): Requirement(
            ADMIN, On.SPACE, "yandex-cloud/docs: en/speechsense/operations/space/delete.md"
        ),
        (Kind.CONNECTION, Action.CREATE): Requirement(
            EDITOR, On.SPACE, "yandex-cloud/docs: en/speechsense/operations/connection/create.md"
        ),
        (Kind.CONNECTION, Action.UPDATE): Requirement(
            EDITOR, On.SPACE, "yandex-cloud/docs: en/speechsense/operations/connection/edit.md"
        ),
        # The service is not asked, but whoever may not edit a connection may not retire it for everybody either.
        (Kind.CONNECTION, Action.RETIRE): Requirement(EDITOR, On.SPACE, ""),
        (Kind.PROJECT, Action.CREATE): Requirement(
            EDITOR, On.SPACE, "yandex-cloud/docs: en/speechsense/operations/project/create.md"
        ),
        # A role on the project alone would do for these two; roles on projects are not managed, so the space is asked.
        (Kind.PROJECT, Action.UPDATE): Requirement(EDITOR, On.SPACE, _SECURITY),
        (Kind.PROJECT, Action.DELETE): Requirement(
            ADMIN, On.SPACE, "yandex-cloud/docs: en/speechsense/operations/project/delete.md"
        ),
    }
)
"""(kind, action or `ACCESS`) -> the role it needs. What nobody can do (deleting a connection) has no row."""

BILLING = Requirement(
    "billing.accounts.editor",
    On.BILLING_ACCOUNT,
    "yandex-cloud/docs: en/_includes/speechsense/manage-ba-note.md@6ea8f17",
)
"""Needed beside the role on the space to link or change its billing account; which SpeechSense role is not stated."""


def table() -> tuple[tuple[str, str, str, str], ...]:
    """Give every requirement as (kind, change, role, on what): the rows of README's permission table."""
    return tuple((kind.value, str(what), need.role, need.on.value) for (kind, what), need in REQUIRED.items())
