"""What an update may touch: fields set on a live spec, and everything that SpeechSense keeps as it was made.

Source: yandex-cloud/docs: en/speechsense/operations/connection/edit.md lists what can be edited in a connection;
en/speechsense/operations/space/change-ba.md changes a billing account, no page unlinks one;
yandex-cloud/cloudapi: yandex/cloud/speechsense/v1/project_service.proto has no update of connection or filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

from ssops.model import FieldChange, Kind, Path, Spec
from ssops.providers.local.refusal import FIXED, INVALID, refusal

_FIXED: Mapping[Kind, tuple[str, ...]] = {
    Kind.SPACE: (),
    Kind.CONNECTION: ("name", "data_type", "split"),
    Kind.PROJECT: ("connection_id", "filters"),
}


def updated(live: Spec, asked: Spec, fields: Iterable[FieldChange]) -> Spec:
    """Set only the named fields on a live spec; a list is set as a whole, from `asked`. Raises ProviderFault."""
    spec = live
    for change in fields:
        if change.path and change.path[-1] == "retired":
            continue  # recorded by ssops; SpeechSense has no such field
        path, value = _whole_list(asked, change)
        spec = _put(spec, path, value)
    return spec


def refuse_fixed(kind: Kind, live: Spec, spec: Spec) -> None:
    """Raise ProviderFault (`failed_precondition`) when an update touches what cannot change."""
    for field in _FIXED[kind]:
        if spec.get(field) != live.get(field):
            raise refusal(FIXED, "fixed", field=field, kind=kind)
    if kind is Kind.SPACE and "billing_account" in live and not spec.get("billing_account"):
        raise refusal(FIXED, "billing_unlinked", account=live["billing_account"])
    if kind is Kind.CONNECTION:
        sections = {name: value for name, value in live.items() if isinstance(value, Mapping) and "keys" in value}
        for section in sections:
            _refuse_fixed_section(section, sections, spec)


def _refuse_fixed_section(section: str, live: Mapping[str, Any], spec: Spec) -> None:
    asked = _inside(spec, section)
    if asked.get("channel") != live[section].get("channel"):
        raise refusal(FIXED, "fixed", field=f"{section}.channel", kind=Kind.CONNECTION)
    keys = _inside(asked, "keys")
    for key, fields in live[section]["keys"].items():
        if key in keys:
            if _inside(keys, key).get("type") != fields["type"]:
                raise refusal(FIXED, "key_retyped", key=key, type=fields["type"])
        elif any(key in _inside(_inside(spec, other), "keys") for other in live):
            raise refusal(FIXED, "key_moved", key=key, section=section)
        else:
            raise refusal(FIXED, "key_removed", key=key, section=section)


def _inside(data: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = data.get(field, {})
    if not isinstance(value, Mapping):
        raise refusal(INVALID, "malformed", field=field)
    return value


def _whole_list(asked: Spec, change: FieldChange) -> tuple[Path, Any]:
    path = tuple(takewhile(lambda step: isinstance(step, str), change.path))
    if path == change.path:
        return path, change.after
    value: Any = asked
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return path, value


def _put(data: Spec, path: Path, value: Any) -> dict[str, Any]:
    if not path:
        raise refusal(INVALID, "malformed", field="fields")
    field, rest = str(path[0]), path[1:]
    changed = dict(data)
    if rest:
        changed[field] = _put(_inside(changed, field), rest, value)
    elif value is None:
        changed.pop(field, None)
    else:
        changed[field] = value
    return changed
