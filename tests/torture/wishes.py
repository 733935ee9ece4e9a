"""What people do to manifests and, in the console, to the service: small moves in a small world."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ssops.domain.default_keys import DEFAULT_KEYS
from ssops.errors import ProviderFault
from ssops.model import Action, Address, FieldChange, Kind, Spec
from ssops.providers.base import Operation
from torture.oracle import Oracle, is_within, space_of
from torture.world import SOMEBODY, Thing, Wish, World, put

CHAT = "chat"
ADDRESSES = tuple(
    sorted(
        address
        for space in ("east", "west")
        for address in (
            Address(Kind.SPACE, space, space),
            Address(Kind.CONNECTION, space, "line"),
            Address(Kind.CONNECTION, space, "mail"),
            Address(Kind.PROJECT, space, "vip"),
        )
    )
)
_ACCESS: tuple[Mapping[str, Any] | None, ...] = (
    None,
    {"speech-sense.editor": ["serviceAccount:ajea"]},
    {"speech-sense.viewer": ["group:ajeb", "serviceAccount:ajea"]},
)


def fresh(address: Address) -> Spec:
    """Give the canonical spec of a resource that is wished for the first time."""
    spec: dict[str, Any] = {"name": f"{address.kind} {address.ref} 0", "description": ""}
    if address.kind is Kind.PROJECT:
        return spec | {"connection": "line", "filters": {}}
    if address.kind is Kind.CONNECTION:
        sections = DEFAULT_KEYS[CHAT].items()
        spec |= {name: {"keys": {key: {"type": type} for key, type in keys.items()}} for name, keys in sections}
        return spec | {"data_type": CHAT}
    return spec


def want(wishes: dict[Address, Wish], address: Address, spec: Spec | None = None) -> None:
    """Wish for a resource and what it needs; what is wished for already is no longer to be deleted."""
    needed = [space_of(address), address]
    if address.kind is Kind.PROJECT:
        needed.insert(1, Address(Kind.CONNECTION, address.space, "line"))
    for one in needed:
        given = spec if spec is not None and one == address else None
        wishes[one] = Wish(given or (wishes[one].spec if one in wishes else fresh(one)))


def drop(wishes: dict[Address, Wish], address: Address) -> None:
    """Take a document away, with those that would refer to it."""
    for one in list(wishes):
        is_user = one.kind is Kind.PROJECT and wishes[one].spec["connection"] == address.ref
        is_user &= address.kind is Kind.CONNECTION and one.space == address.space
        if one == address or is_within(one, address) or is_user:
            del wishes[one]


def _describe(wishes: dict[Address, Wish], address: Address, value: int) -> None:
    _set(wishes, address, ("description",), f"words {value}")


def _rename(wishes: dict[Address, Wish], address: Address, value: int) -> None:
    _set(wishes, address, ("name",), f"{address.kind} {address.ref} {value}")


def _add_key(wishes: dict[Address, Wish], address: Address, value: int) -> None:
    key = {"type": "string", "name": f"Key {value}", "description": ""}
    _set(wishes, address, ("shared", "keys", f"x_{value}"), key)


def _name_key(wishes: dict[Address, Wish], address: Address, value: int) -> None:
    if "x_0" in wishes[address].spec["shared"]["keys"]:
        _set(wishes, address, ("shared", "keys", "x_0", "name"), f"Named {value}")


def _retire_key(wishes: dict[Address, Wish], address: Address, value: int) -> None:
    if "x_0" in wishes[address].spec["shared"]["keys"]:
        _set(wishes, address, ("shared", "keys", "x_0", "retired"), True if value else None)


def _drop_key(wishes: dict[Address, Wish], address: Address, value: int) -> None:
    _set(wishes, address, ("shared", "keys", f"x_{value}"), None)


def _retire(wishes: dict[Address, Wish], address: Address, value: int) -> None:
    _set(wishes, address, ("retired",), True if value else None)


def _access(wishes: dict[Address, Wish], address: Address, value: int) -> None:
    _set(wishes, address, ("access",), _ACCESS[value])


def _delete(wishes: dict[Address, Wish], address: Address, value: int) -> None:
    for one in [one for one in wishes if is_within(one, address) and value]:
        del wishes[one]
    wishes[address] = Wish(wishes[address].spec, delete=True)


def _drop(wishes: dict[Address, Wish], address: Address, _: int) -> None:
    drop(wishes, address)


def _set(wishes: dict[Address, Wish], address: Address, path: tuple[str, ...], value: Any) -> None:
    wish = wishes[address]
    wishes[address] = Wish(put(wish.spec, path, value), wish.delete)


Edit = Callable[[dict[Address, Wish], Address, int], None]
_EDITS: Mapping[Kind, tuple[Edit, ...]] = {
    Kind.SPACE: (_describe, _rename, _access, _delete, _describe, _access, _drop),
    Kind.CONNECTION: (_describe, _add_key, _name_key, _retire_key, _retire, _drop, _drop_key),
    Kind.PROJECT: (_describe, _rename, _delete, _describe, _rename, _delete, _drop),
}
EDITS = 7
"""How many edits there are of each kind."""


def edit(world: World, which: int, address: Address, value: int) -> None:
    """Edit the manifests: what is not wished for yet is wished for, else it is changed."""
    before = dict(world.wishes)
    if address in world.wishes:
        _EDITS[address.kind][which](world.wishes, address, value)
    else:
        want(world.wishes, address)
    world.moves += before != world.wishes


def drift(world: World, oracle: Oracle, which: int, value: int) -> None:
    """Let somebody change, create or delete something in the console."""
    ids = sorted(oracle.things)
    if which < 4:
        change(world, oracle, ids[value % len(ids) :] if ids else (), which)
    elif which in (4, 5):
        _create(world, oracle, ADDRESSES[value % len(ADDRESSES)], is_alike=which == 4)
    elif ids:
        _remove(world, oracle, ids[value % len(ids)])


def change(world: World, oracle: Oracle, ids: Sequence[str], which: int) -> None:
    """Let somebody change the first of these objects that is there, in one of several ways."""
    id = next((id for id in ids if id in oracle.things), None)
    if id is None:
        return
    thing, value = oracle.things[id], world.new_id()[:8]
    moves: list[tuple[tuple[str, ...], Any]] = [(("description",), f"outside {value}")]
    match thing.kind:
        case Kind.SPACE:
            moves += [(("name",), f"Outside {value}"), (("access", "speech-sense.data.viewer"), ["userAccount:aje"])]
        case Kind.PROJECT:
            moves += [(("name",), f"Outside {value}")]
        case Kind.CONNECTION:
            added = {"type": "string", "name": "Outside", "description": ""}
            moves += [(("shared", "keys", f"y_{value}"), added), (("agent", "keys", "operator_id", "name"), value)]
            if "x_0" in thing.spec["shared"]["keys"]:
                moves += [(("shared", "keys", "x_0", "description"), f"outside {value}")]
    path, after = moves[which % len(moves)]
    _call(world, Action.UPDATE, thing, id, (FieldChange(path, None, after),))
    oracle.things[id] = Thing(thing.kind, thing.home, put(thing.spec, path, after))


def _create(world: World, oracle: Oracle, address: Address, *, is_alike: bool) -> None:
    wish = world.wishes.get(address)
    home = oracle.known.get(space_of(address), "")
    if (
        wish is None
        or (address.kind is not Kind.SPACE and home not in oracle.things)
        or _is_open(world, oracle, address)
    ):
        return
    spec = {name: value for name, value in wish.spec.items() if name not in ("access", "retired", "shared")}
    if not is_alike:
        spec["name"] = f"Strange {world.new_id()[:8]}"
    if address.kind is Kind.PROJECT:
        line = oracle.known.get(Address(Kind.CONNECTION, address.space, spec.pop("connection")), "")
        if line not in oracle.things:
            return
        spec["connection_id"] = line
    try:
        id = _call(world, Action.CREATE, Thing(address.kind, home, spec), None)
    except ProviderFault:
        return  # the name is taken
    oracle.things = world.things()
    if is_alike:
        oracle.meant[id] = address


def _is_open(world: World, oracle: Oracle, address: Address) -> bool:
    """Tell whether a call was begun and not made, and a service without keys could only guess by the name."""
    key = oracle.pending(world).get(address)
    return world.is_forgetful and key is not None and key not in oracle.made


def _remove(world: World, oracle: Oracle, id: str) -> None:
    thing = oracle.things[id]
    if thing.kind is not Kind.CONNECTION:
        _call(world, Action.DELETE, thing, id)
        oracle.gone(id)
        if world.is_forgetful:
            oracle.unmake(world)


def _call(world: World, action: Action, thing: Thing, id: str | None, fields: tuple[FieldChange, ...] = ()) -> str:
    home = None if thing.kind is Kind.SPACE and id is None else thing.home
    operation = Operation(f"outside-{world.new_id()}", action, thing.kind, id, home, thing.spec, fields)
    return world.carry_out(operation, SOMEBODY, None).id
