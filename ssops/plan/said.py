"""Why a change is as it is, and what to do instead: the sentences that go with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from ssops.canonical import canonical
from ssops.model import Address, Advice, FieldChange, Reversibility, message
from ssops.plan import policy

_SHORT = 60
_ALIKE = 0.6
_VERSION = re.compile(r"_v([0-9]{1,6})$")


def of_fields(address: Address, fields: Sequence[FieldChange]) -> tuple[Advice, ...]:
    """Give the advice on an update: on each impossible field, else on what is worth a word."""
    final = [field for field in fields if field.reversibility is Reversibility.IMPOSSIBLE]
    if final:
        return tuple(_impossible(address, field, fields) for field in final)
    drifted = sum(field.drift for field in fields)
    if drifted:
        return (Advice(message("update.drift", count=drifted)),)
    if all(map(policy.is_protection, fields)):
        return (Advice(message("update.protect" if fields[0].after else "update.unprotect")),)
    if any(field.path == ("billing_account",) for field in fields):
        return (Advice(message("update.billing")),)
    if any(field.rule == "key-creation-one-way" for field in fields):
        return (Advice(message("key-creation-one-way")),)
    return ()


def next_name(key: str) -> str:
    """Give the name of the key to add beside one that cannot change: `order_id_v2`, then `order_id_v3`."""
    found = _VERSION.search(key)
    return f"{key[: found.start()]}_v{int(found[1]) + 1}" if found else f"{key}_v2"


def short(value: Any) -> str:
    """Write a JSON value on one line, cut to 60 characters."""
    text = value if isinstance(value, str) else canonical(value).decode("utf-8", "surrogatepass")
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 3]}..."


def _impossible(address: Address, final: FieldChange, fields: Sequence[FieldChange]) -> Advice:
    key = str(final.path[2]) if len(final.path) > 2 and final.path[1] == "keys" else ""
    args: dict[str, str | int] = {
        "address": str(address),
        "after": short(final.after),
        "before": short(final.before),
        "field": short(".".join(map(str, final.path))),
        "key": short(key),
        "next": short(next_name(key)) if key else "",
    }
    new = _renamed(key, final, fields) if final.rule == "key-removed" else None
    if new is not None:
        args["new"] = short(new)
        return Advice(message("key-removed.renamed", **args), message("key-removed.renamed.remedy", **args))
    return Advice(message(final.rule, **args), message(f"{final.rule}.remedy", **args))


def _renamed(key: str, removed: FieldChange, fields: Sequence[FieldChange]) -> str | None:
    """Name the added key that looks like the removed one under another name."""
    added = {
        str(field.path[2]): field.after
        for field in fields
        if len(field.path) == 3 and field.path[1] == "keys" and field.before is None
    }
    alike = [new for new, fields_ in added.items() if fields_.get("name") == removed.before.get("name") is not None]
    return next(iter(get_close_matches(key, sorted(added), n=1, cutoff=_ALIKE) or alike), None)
