"""What the tests of planning build on: small specs, resources of them, and inputs of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ssops.canonical import digest
from ssops.model import Action, Address, Entry, Execution, Kind, Location, Plan, Resources, Spec, Unrecorded
from ssops.plan import make
from ssops.plan.inputs import Inputs

SPACE = Address(Kind.SPACE, "sales", "sales")
PBX = Address(Kind.CONNECTION, "sales", "pbx")
VIP = Address(Kind.PROJECT, "sales", "vip")

SPACE_SPEC: dict[str, Any] = {
    "name": "Sales",
    "description": "Calls",
    "billing_account": "dn2a",
    "access": {"speech-sense.editor": ["serviceAccount:a", "serviceAccount:b"]},
}
PBX_SPEC: dict[str, Any] = {
    "name": "Office PBX",
    "description": "Calls",
    "data_type": "two_channel_audio",
    "agent": {
        "channel": 0,
        "keys": {
            "operator_name": {"type": "string"},
            "order_id": {"type": "number", "name": "Order", "description": ""},
        },
    },
    "customer": {"channel": 1, "keys": {"client_name": {"type": "string", "name": "Customer"}}},
    "shared": {"keys": {"date": {"type": "date"}}},
}
SPLIT_SPEC: dict[str, Any] = {
    "name": "Recordings",
    "description": "",
    "data_type": "single_channel_audio",
    "agent": {"keys": {"operator_name": {"type": "string"}}},
    "customer": {"keys": {}},
    "shared": {"keys": {"date": {"type": "date"}}},
    "split": {"by": "duration", "segment_s": 330},
}
VIP_SPEC: dict[str, Any] = {"name": "VIP", "description": "", "connection": "pbx", "filters": {"order_id": "1"}}

ALL: dict[Address, Spec] = {SPACE: SPACE_SPEC, PBX: PBX_SPEC, VIP: VIP_SPEC}

CAPABILITIES = {(kind, action): Execution.AUTO for kind in Kind for action in Action}


def entry(address: Address, spec: Spec, **fields: Any) -> Entry:
    return Entry(address, str(spec["name"]), digest(spec), **fields)


def desired(specs: Mapping[Address, Spec], **fields: Any) -> Resources:
    """Resources as manifests give them; `fields` are put on every entry."""
    entries = {
        address: entry(address, spec, location=Location(f"{address}.yaml", 4, 1), **fields)
        for address, spec in sorted(specs.items())
    }
    return Resources(entries, specs.__getitem__)


def recorded(specs: Mapping[Address, Spec]) -> Resources:
    """Resources as state gives them after an apply that ended well."""
    entries = {address: entry(address, spec, id=f"id-{address.ref}") for address, spec in sorted(specs.items())}
    return Resources(entries, specs.__getitem__)


def marked(resources: Resources, address: Address, **fields: Any) -> Resources:
    """Put fields on one entry."""
    return Resources({**resources.entries, address: resources.entries[address]._replace(**fields)}, resources.load)


def inputs(
    wanted: Resources | Mapping[Address, Spec],
    known: Mapping[Address, Spec] | None = None,
    live: Mapping[Address, Spec] | None = None,
    **fields: Any,
) -> Inputs:
    """Inputs of a plan: `known` is recorded, and live unless `live` says otherwise."""
    known = known or {}
    given = wanted if isinstance(wanted, Resources) else desired(wanted)
    unrecorded: tuple[Unrecorded, ...] = ()
    spaces = tuple(sorted({address.space for address in (*given.entries, *known)}))
    serials = {space: ("lineage", 3) for space in spaces if known}
    state, service = recorded(known), recorded(known if live is None else live)
    base = Inputs("bpf", "live", spaces, given, state, service, unrecorded, serials, CAPABILITIES)
    return replace(base, **fields)


def plan(
    wanted: Resources | Mapping[Address, Spec],
    known: Mapping[Address, Spec] | None = None,
    live: Mapping[Address, Spec] | None = None,
    **fields: Any,
) -> Plan:
    return make.make(inputs(wanted, known, live, **fields))


def put(spec: Spec, path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Give the spec with one value set, or taken away where `value` is None."""
    first, *rest = path
    changed = dict(spec)
    if rest:
        changed[first] = put(changed.get(first, {}), tuple(rest), value)
    elif value is None:
        changed.pop(first)
    else:
        changed[first] = value
    return changed
