"""The document of one space: how `SpaceState` is written down and read back, with nothing taken on trust."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import ssops
from ssops.errors import StateFault
from ssops.model import Action, Address, FieldChange, Grade, Json, Reversibility, Spec, message
from ssops.state.space import Intent, Recorded, Run, SpaceState, address_of

FORMAT_VERSION = 1

_CHECKSUM = b'{\n  "checksum": "%s",\n  '  # how a document begins; the sum is over every byte after it

_RESOURCES = "\n    "  # how far a resource's text stands in: two levels of two spaces
_ADDRESS = b'\n    "'  # before an address in `resources`; what a resource holds stands further in


class Encoder:
    """Writes the document of one space again and again; a resource that did not change is not encoded twice."""

    def __init__(self) -> None:
        self._written: dict[Address, tuple[Recorded, str]] = {}

    def encode(self, state: SpaceState, write_id: str) -> bytes:
        """Give the document as readable JSON: two spaces, sorted keys, a trailing newline; its checksum comes first."""
        self._written = {address: self._resource(address, one) for address, one in state.resources.items()}
        head: dict[str, Json] = {
            "format_version": FORMAT_VERSION,
            "lineage": state.lineage,
            "pending": {str(address): _intent_data(intent) for address, intent in state.pending.items()},
            "run": _run_data(state.run),
            "serial": state.serial,
            "space": state.space,
            "tool_version": ssops.__version__,
            "write_id": write_id,
        }
        texts = {key: _indented(value, "\n  ") for key, value in head.items()}
        rows = sorted((str(address), text) for address, (_, text) in self._written.items())
        texts["resources"] = _block([f"{json.dumps(address)}: {text}" for address, text in rows])
        body = ",\n  ".join(f'"{key}": {texts[key]}' for key in sorted(texts))
        rest = f"{body}\n}}\n".encode("utf-8", "surrogatepass")
        return _CHECKSUM % sha256(rest).hexdigest().encode() + rest

    def _resource(self, address: Address, one: Recorded) -> tuple[Recorded, str]:
        known = self._written.get(address)
        return known if known is not None and known[0] is one else (one, _indented(_recorded_data(one), _RESOURCES))


def dumps(state: SpaceState, write_id: str) -> bytes:
    """Write one document; `write_id` tells this write from every other."""
    return Encoder().encode(state, write_id)


def loads(data: bytes, name: str) -> SpaceState:
    """Read the document of the space `name`. Raises StateFault when it is damaged, edited by hand, or newer."""
    data = data.replace(b"\r\n", b"\n")  # a checkout may have turned the line ends
    document = _json(data, name)
    _check_version(document, name)
    head = len(_CHECKSUM % (b"0" * 64))
    if data[:head] != _CHECKSUM % sha256(data[head:]).hexdigest().encode():
        raise _damaged("state.checksum", name)
    try:
        state = _state(document)
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise _damaged("state.incomplete", name) from fault
    if state.space != name:
        raise _damaged("state.other_space", name, space=state.space)
    return state


def find_spec(data: bytes, address: Address) -> Spec | None:
    """Give one resource's spec without reading the rest of an intact document; None where its layout is not ours."""
    wanted = str(address).encode()
    low, high = data.find(b'\n  "resources": {'), data.rfind(b'\n  "run": ')
    if low < 0:
        return None
    while low < high:  # resources stand sorted: halve what is left, look at the first address behind the middle
        middle = (low + high) // 2
        start = data.find(_ADDRESS, middle, high + len(_ADDRESS))
        end = data.find(b'"', start + len(_ADDRESS))
        found = data[start + len(_ADDRESS) : end]
        if start < 0 or found > wanted:
            high = middle
        elif found < wanted:
            low = end
        else:
            return _spec_at(data, start, str(address))
    return None


def _spec_at(data: bytes, start: int, address: str) -> Spec | None:
    try:
        found = json.loads(b"{%s}}" % data[start : data.find(b"\n    }", start)])[address]["spec"]
    except (ValueError, LookupError, TypeError):
        return None
    return found if isinstance(found, dict) else None


def _indented(data: Json, newline: str) -> str:
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False).replace("\n", newline)


def _block(members: list[str]) -> str:
    if not members:
        return "{}"
    return "{" + _RESOURCES + ("," + _RESOURCES).join(members) + "\n  }"


def _damaged(id: str, name: str, **args: str | int) -> StateFault:
    return StateFault("state_damaged", message(id, name=name, **args), message("state.damaged.hint", name=name))


def _json(data: bytes, name: str) -> dict[str, Json]:
    try:
        document = json.loads(data.decode("utf-8", "surrogatepass"), parse_constant=_refuse)
    except UnicodeDecodeError as fault:
        raise _damaged("state.not_utf8", name, offset=fault.start) from fault
    except json.JSONDecodeError as fault:
        raise _damaged("state.not_json", name, line=fault.lineno, column=fault.colno) from fault
    except (ValueError, RecursionError) as fault:
        raise _damaged("state.incomplete", name) from fault
    if not isinstance(document, dict):
        raise _damaged("state.incomplete", name)
    return document


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _check_version(document: dict[str, Json], name: str) -> None:
    version = document.get("format_version")
    if type(version) is not int or version < 1:
        raise _damaged("state.incomplete", name)
    if version > FORMAT_VERSION:
        tool = str(document.get("tool_version"))[:60]
        said = message("state.newer", name=name, tool=tool, format=version, known=FORMAT_VERSION)
        raise StateFault("state_newer", said, message("state.newer.hint", tool=tool))


def _state(document: dict[str, Json]) -> SpaceState:
    space, run = _text(document["space"]), document["run"]
    pending = {address_of(key): _intent(value) for key, value in document["pending"].items()}
    recorded = {address_of(key): _recorded(value) for key, value in document["resources"].items()}
    if any(address.space != space for address in (*pending, *recorded)):
        raise ValueError(space)
    return SpaceState(
        space=space,
        lineage=_text(document["lineage"]),
        serial=int(document["serial"]),
        resources=recorded,
        pending=pending,
        run=None if run is None else Run(_text(run["digest"]), _text(run["at"]), _text(run["by"])),
    )


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _spec(value: Json) -> Spec:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def _recorded_data(one: Recorded) -> dict[str, Json]:
    return {name: getattr(one, name) for name in Recorded.__slots__}


def _recorded(data: dict[str, Json]) -> Recorded:
    texts = {name: _text(data[name]) for name in Recorded.__slots__ if name not in ("spec", "grade")}
    return Recorded(spec=_spec(data["spec"]), grade=Grade(data["grade"]), **texts)


def _run_data(run: Run | None) -> dict[str, Json] | None:
    return None if run is None else {name: getattr(run, name) for name in Run.__slots__}


def _intent_data(intent: Intent) -> dict[str, Json]:
    data = {name: getattr(intent, name) for name in Intent.__slots__}
    return data | {"fields": [_field_data(change) for change in intent.fields]}


def _intent(data: dict[str, Json]) -> Intent:
    texts = {name: _text(data[name]) for name in ("key", "plan", "at", "by")}
    return Intent(
        action=Action(data["action"]),
        id=None if data["id"] is None else _text(data["id"]),
        spec=_spec(data["spec"]),
        fields=tuple(_field(change) for change in data["fields"]),
        **texts,
    )


def _field_data(change: FieldChange) -> dict[str, Json]:
    return {name: getattr(change, name) for name in FieldChange.__slots__} | {"path": list(change.path)}


def _field(data: dict[str, Json]) -> FieldChange:
    return FieldChange(
        path=tuple(data["path"]),
        before=data["before"],
        after=data["after"],
        reversibility=Reversibility(data["reversibility"]),
        rule=_text(data["rule"]),
        drift=bool(data["drift"]),
    )
