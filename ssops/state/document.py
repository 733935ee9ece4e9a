"""The document of one space: how `SpaceState` is written down and read back, with nothing taken on trust."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import ssops
from ssops.errors import StateFault
from ssops.model import Action, Address, Entry, FieldChange, Grade, Json, Reversibility, Spec, message
from ssops.state import seal
from ssops.state.space import Intent, Recorded, Run, SpaceState, address_of

FORMAT_VERSION = 1

_RESOURCES = "\n    "  # how far a resource's text stands in: two levels of two spaces
_ADDRESS = b'\n    "'  # before an address in `resources`; what a resource holds stands further in
_OPEN, _CLOSE = b'\n  "resources": {', b'\n  "run": '
_HEAD = re.compile(  # a resource up to its spec, as `Encoder` writes it; the groups are missing in any other layout
    rb'\n    "(?:([^"\\]+)": {\n      "at": "[^"\\]*",\n      "by": "[^"\\]*",\n      "digest": "([0-9a-f]*)",'
    rb'\n      "grade": "[a-z]+",\n      "id": "([^"\\]*)",\n      "name": (".*"),'
    rb'\n      "observed": "([^"\\]*)",\n      "plan": "[^"\\]*",\n      "spec": {)?'
)
_one_line = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


class Encoder:
    """Writes the document of one space again and again; a resource that did not change is not encoded twice."""

    def __init__(self) -> None:
        self._written: dict[Address, tuple[Recorded, str]] = {}

    def encode(self, state: SpaceState, write_id: str) -> bytes:
        """Give the document as JSON to be read in a diff: keys sorted, a line for whatever holds nothing nested.

        It ends with a newline, and its checksum comes first.
        """
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
        return seal.sealed(rest)

    def _resource(self, address: Address, one: Recorded) -> tuple[Recorded, str]:
        known = self._written.get(address)
        return known if known is not None and known[0] is one else (one, _indented(_recorded_data(one), _RESOURCES))


def dumps(state: SpaceState, write_id: str) -> bytes:
    """Write one document; `write_id` tells this write from every other."""
    return Encoder().encode(state, write_id)


def loads(data: bytes, name: str) -> SpaceState:
    """Read the document of the space `name`. Raises StateFault when it is damaged, edited by hand, or newer."""
    data = seal.unix(data)
    document = _json(data, name)
    _check_version(document, name)
    if not seal.is_intact(data):
        raise _damaged("state.checksum", name)
    try:
        state = _state(document)
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise _damaged("state.incomplete", name) from fault
    if state.space != name:
        raise _damaged("state.other_space", name, space=state.space)
    return state


def brief(data: bytes, name: str) -> tuple[SpaceState, tuple[Entry, ...]]:
    """Read a document in short: its state without the resources, and their entries sorted by address.

    Of an intact document only the heads are looked at, as most of it is specs. Raises StateFault as `loads` does.
    """
    data = seal.unix(data)
    start, end = data.find(_OPEN), data.rfind(_CLOSE)
    if 0 <= start < end and seal.is_intact(data):
        entries = _heads(data, start, end)
        if entries is not None and all(entry.address.space == name for entry in entries):
            return loads(seal.sealed(data[seal.LENGTH : start] + _OPEN + b"}," + data[end:]), name), entries
    state = loads(data, name)
    rows = sorted(state.resources.items(), key=lambda row: (row[0].kind.value, row[0].ref))
    return replace(state, resources={}), tuple(entry_of(address, one) for address, one in rows)


def entry_of(address: Address, one: Recorded) -> Entry:
    """Give a recorded resource in short."""
    return Entry(address, one.name, one.digest, one.id, one.observed, retired=one.spec.get("retired") is True)


def find_spec(data: bytes, address: Address) -> Spec | None:
    """Give one resource's spec without reading the rest of an intact document; None where its layout is not ours."""
    wanted = str(address).encode()
    low, high = data.find(_OPEN), data.rfind(_CLOSE)
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


def _heads(data: bytes, start: int, end: int) -> tuple[Entry, ...] | None:
    """Give the entries of the resources between two places; None where the layout is not ours to the letter."""
    found = list(_HEAD.finditer(data, start, end))
    some_retired = data.find(b'"retired": true', start, end) >= 0
    entries = []
    try:
        for number, head in enumerate(found):
            if head[1] is None:
                return None
            address, digest, id, name, observed = (part.decode("utf-8", "surrogatepass") for part in head.groups())
            spec_end = found[number + 1].start() if number + 1 < len(found) else end
            spec: Spec | None = {}
            if some_retired and data.find(b'"retired": true', head.end(), spec_end) >= 0:
                spec = _spec_at(data, head.start(), address)
            if spec is None:
                return None
            is_retired = spec.get("retired") is True
            entries.append(Entry(address_of(address), json.loads(name), digest, id, observed, retired=is_retired))
    except ValueError:
        return None
    return tuple(entries)


def _indented(data: Json, newline: str) -> str:
    """Write a value; whatever holds another object or list is spread over lines that begin with `newline`."""
    inner = f"{newline}  "
    if isinstance(data, dict) and any(isinstance(one, dict | list) for one in data.values()):
        members = [f"{_one_line(key)}: {_indented(data[key], inner)}" for key in sorted(data)]
        return "{" + inner + f",{inner}".join(members) + newline + "}"
    if isinstance(data, list) and any(isinstance(one, dict | list) for one in data):
        return "[" + inner + f",{inner}".join(_indented(one, inner) for one in data) + newline + "]"
    return _one_line(data)


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
        run=None if run is None else Run(**{name: _text(run[name]) for name in Run.__slots__}),
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
