"""A change as the service is asked for it: ids in place of refs, without words that are ssops's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ssops.model import Action, Address, Change, FieldChange, Kind, Path, Spec
from ssops.providers.base import Operation
from ssops.state.space import Intent

_RETIRED = "retired"
_OURS = (_RETIRED, "protect")


def needs(address: Address, action: Action, spec: Spec) -> tuple[Address, ...]:
    """Name the resources whose ids the call needs: the space; for a project its connection too."""
    if address.kind is Kind.SPACE:
        return ()
    space = Address(Kind.SPACE, address.space, address.space)
    if address.kind is Kind.PROJECT and action is not Action.DELETE:
        return space, Address(Kind.CONNECTION, address.space, spec["connection"])
    return (space,)


def is_recorded_only(change: Change) -> bool:
    """Tell whether the service has no part in a change: it knows neither `retired` nor `protect`."""
    if change.action is Action.RETIRE:
        return True
    return change.action is Action.UPDATE and all(_is_ours(one.path) for one in change.fields)


def operation(address: Address, intent: Intent, expected: str | None, id_of: Callable[[Address], str]) -> Operation:
    """Build the call of an intent. `id_of` gives the id of each resource that `needs` names."""
    space = Address(Kind.SPACE, address.space, address.space)
    is_new_space = address.kind is Kind.SPACE and intent.action is Action.CREATE
    return Operation(
        key=intent.key,
        action=intent.action,
        kind=address.kind,
        id=intent.id,
        space_id=None if is_new_space else id_of(space),
        spec=_with_ids(address, intent.spec, id_of),
        fields=tuple(_told(one) for one in intent.fields if not _is_ours(one.path)),
        expected=expected,
    )


def _is_ours(path: Path) -> bool:
    return (len(path) == 1 and path[0] in _OURS) or (len(path) == 4 and path[1] == "keys" and path[3] == _RETIRED)


def _with_ids(address: Address, spec: Spec, id_of: Callable[[Address], str]) -> Spec:
    told: dict[str, Any] = {name: _section(value) for name, value in spec.items() if name not in _OURS}
    if address.kind is Kind.PROJECT and "connection" in told:
        told["connection_id"] = id_of(Address(Kind.CONNECTION, address.space, told.pop("connection")))
    return told


def _section(value: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("keys"), dict):
        return value
    return value | {"keys": {key: _key(one) for key, one in value["keys"].items()}}


def _key(value: Any) -> Any:
    return {name: one for name, one in value.items() if name != _RETIRED} if isinstance(value, dict) else value


def _told(change: FieldChange) -> FieldChange:
    if len(change.path) != 3 or change.path[1] != "keys":
        return change
    before, after = _key(change.before), _key(change.after)
    return FieldChange(change.path, before, after, change.reversibility, change.rule, change.drift)
