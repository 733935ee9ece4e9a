"""Drawn documents and edits, and a second way to tell what an edit comes to: on data, and on comments."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st
from workspaces import KEYS

from ssops.manifest import written
from ssops.manifest.edit import Edit, Put, Remove
from ssops.manifest.written import Collection, Entry
from ssops.model import Path

PLAIN = ("Sales", "Продажи", "no", "012", "1:30", "a: b", "# x", "{}", "'", '"', "|", "", "a, b", "x" * 130, "- a")
ODD = ("two\nlines", "tail\n", "a\n\nb\n\n", " lead", "trail ", "a\u00a0b", "a\tb", "\nfirst", "one\ntwo: x # four\n")
TEXTS = st.sampled_from([*PLAIN, *ODD])
SUBJECTS = st.lists(st.sampled_from([f"group:{letter}" for letter in "abcdef"]), min_size=1, max_size=3, unique=True)
ROLES = st.sampled_from([f"speech-sense.{role}" for role in ("admin", "editor", "viewer", "auditor")])
ACCESS = st.dictionaries(ROLES, SUBJECTS, max_size=3).map(
    lambda access: [{"role": role, "subjects": subjects} for role, subjects in access.items()]
)
SPACE = st.fixed_dictionaries(
    {"version": st.just(1), "kind": st.just("space"), "ref": st.just("s"), "name": TEXTS},
    optional={"description": TEXTS, "access": ACCESS, "note": TEXTS, "managed": st.booleans()},
)
CONNECTION = st.fixed_dictionaries(
    {
        "version": st.just(1),
        "kind": st.just("connection"),
        "ref": st.just("c"),
        "space": st.just("s"),
        "name": TEXTS,
        "agent": st.fixed_dictionaries({"channel": st.just(0), "keys": KEYS}),
        "customer": st.just({"channel": 1}),
    },
    optional={"description": TEXTS, "shared": st.fixed_dictionaries({"keys": KEYS})},
)
DOCUMENTS = st.lists(st.one_of(SPACE, CONNECTION), min_size=1, max_size=3)

SCALARS = st.one_of(TEXTS, st.booleans(), st.integers(-5, 5), st.none())
VALUES = st.one_of(SCALARS, KEYS, ACCESS, SUBJECTS, st.just({"keys": {"deep": {"name": "N", "description": "a\nb"}}}))
NEW = st.sampled_from(["description", "billing_account", "ticket", "bot", "channel", "keys", "x_new", "да: нет"])


@st.composite
def edits(draw: st.DrawFn, found: list[dict[str, Any]]) -> list[Edit]:
    """Draw some edits of one of the documents, each of what the ones before it left."""
    number = draw(st.integers(0, len(found) - 1))
    data: Any = found[number]
    made: list[Edit] = []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 4]))):
        path = draw(st.sampled_from([path for path in paths(data) if path]))
        is_list, value = isinstance(at(data, path), list), draw(VALUES)
        within = (*path, len(at(data, path))) if is_list else (*path, draw(NEW))
        can_hold = isinstance(at(data, path), (dict, list))
        inner: Edit = Put(number, within, value) if can_hold else Put(number, path, draw(SCALARS))
        edit = draw(st.sampled_from([Remove(number, path), Put(number, path, value), inner, inner]))
        after = edited(data, edit)
        if after:
            data = after
            made.append(edit)
    return made


def edited(data: Any, edit: Edit) -> Any:
    """Give a document's data after an edit."""
    whole = copy.deepcopy(data)
    *above, last = edit.path
    parent = at(whole, tuple(above))
    if isinstance(edit, Remove):
        del parent[last]
    elif isinstance(parent, list):
        parent[last : last + 1] = [edit.value]  # type: ignore[operator, index]
    else:
        parent[last] = edit.value
    return whole


def paths(data: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in pairs:
        yield from paths(value, (*path, step))


def at(data: Any, path: Path) -> Any:
    """Give the value at a path, None where there is none."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def may_take(text: str, edit: Edit) -> str:
    """Give the comments that may go with an edit, by what `ssops fmt` holds to belong together, in one text."""
    assert isinstance(edit.document, int)
    entry = _entry(written.parse(text.replace("\r\n", "\n"))[0][edit.document].root, edit.path)
    if entry is None:
        return ""
    is_item = any(isinstance(step, int) for step in edit.path)
    if isinstance(edit, Remove) or is_item:
        return "\n".join(_comments(entry))
    return "\n".join(_inside(entry.value)) if isinstance(entry.value, Collection) else ""


def _entry(node: written.Node, path: Path) -> Entry | None:
    """Go down to the entry of a path, or to the first item of a list on the way."""
    entry = None
    for step in path:
        if not isinstance(node, Collection):
            return None
        if isinstance(step, int):
            return node.entries[step] if step < len(node.entries) else None
        entry = next((each for each in node.entries if each.key and each.key.value == step), None)
        if entry is None:
            return None
        node = entry.value
    return entry


def _comments(entry: Entry) -> Iterator[str]:
    yield from (*entry.lead, *entry.beside)
    yield from _inside(entry.value)


def _inside(node: written.Node) -> Iterator[str]:
    if isinstance(node, written.Scalar):
        yield from node.opening
    elif isinstance(node, Collection):
        yield from (*node.opening, *node.tail)
        for entry in node.entries:
            yield from _comments(entry)
