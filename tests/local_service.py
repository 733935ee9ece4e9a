"""What the tests of the embedded service share: an organization, its actors, and operations as apply sends them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from ssops.errors import ProviderFault
from ssops.model import Action, Actor, FieldChange, Kind
from ssops.providers.base import Done, Fate, Operation
from ssops.providers.local import LocalProvider
from ssops.providers.local.store import Stored

ORGANIZATION = "bpfexample0000000001"
ADMIN = Actor("userAccount", "ajeadmin")
NOBODY = Actor("userAccount", "ajenobody")
NOW = datetime(2025, 6, 2, 8, 15, tzinfo=UTC)

SPACE = {"name": "Sales", "description": ""}
PBX = {
    "name": "Office PBX",
    "description": "Calls",
    "data_type": "two_channel_audio",
    "agent": {"channel": 0, "keys": {"department": {"type": "string", "name": "Department", "description": ""}}},
    "customer": {"channel": 1, "keys": {"client_name": {"type": "string", "name": "Customer"}}},
    "shared": {"keys": {}},
}
CHAT = {"name": "Site chat", "description": "", "data_type": "chat"}
SPLIT = {
    "name": "Recorder",
    "description": "",
    "data_type": "single_channel_audio",
    "split": {"by": "duration", "segment_s": 330},
}

_keys = count(1)


def provider(path: Path, **changed: Any) -> LocalProvider:
    settings: dict[str, Any] = {"grants": {"speech-sense.admin": (str(ADMIN),)}, "clock": lambda: NOW} | changed
    return LocalProvider(path, settings.pop("organization", ORGANIZATION), **settings)


def create(kind: Kind, spec: Mapping[str, Any], space_id: str | None = None, **changed: Any) -> Operation:
    return operation(Action.CREATE, kind, None, space_id, spec, **changed)


def update(
    kind: Kind, id: str, *fields: FieldChange, spec: Mapping[str, Any] | None = None, **changed: Any
) -> Operation:
    return operation(Action.UPDATE, kind, id, None, spec or {}, fields=fields, **changed)


def operation(
    action: Action, kind: Kind, id: str | None, space_id: str | None, spec: Mapping[str, Any], **changed: Any
) -> Operation:
    return Operation(
        changed.get("key", f"op-{next(_keys)}"),
        action,
        kind,
        id,
        space_id,
        spec,
        changed.get("fields", ()),
        changed.get("expected"),
    )


def setting(*path: str | int, to: Any) -> FieldChange:
    return FieldChange(path, None, to)


def do(service: LocalProvider, asked: Operation, actor: Actor = ADMIN) -> Done:
    with service.writer(actor) as writer:
        return writer.carry_out(asked)


def refused(service: LocalProvider, asked: Operation, actor: Actor = ADMIN) -> tuple[str, str]:
    """Carry out and give the reason and the sentence of the refusal; everything must stay as it was."""
    before = everything(service)
    try:
        done = do(service, asked, actor)
    except ProviderFault as fault:
        assert everything(service) == before
        with service.reader() as reader:
            assert reader.done(asked.key) is Fate.NOT_MADE
        return fault.reason, fault.message.id.removeprefix("provider.refused.")
    raise AssertionError(f"not refused: {done}")


def everything(service: LocalProvider) -> tuple[Stored, ...]:
    with service.reader() as reader:
        return tuple(reader.stored(row.id) for row in reader.rows())
