"""The picture of a plan: spaces, their connections, the projects on these, with what changes marked."""

from __future__ import annotations

from collections.abc import Iterator

from ssops.model import Action, Change, Execution, Kind, Plan
from ssops.render.escape_markup import mermaid
from ssops.render.words import sentence

MOST = 40
"""Changed resources that a picture can hold and still be read."""

_STYLES = (
    "classDef create fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
    "classDef update fill:#fff8c5,stroke:#9a6700,color:#1f2328",
    "classDef delete fill:#ffebe9,stroke:#cf222e,color:#1f2328",
    "classDef blocked fill:#ffebe9,stroke:#cf222e,stroke-width:3px,stroke-dasharray:4,color:#1f2328",
    "classDef still fill:#f6f8fa,stroke:#d0d7de,color:#656d76",
)
_CLASSES = {
    Action.CREATE: "create",
    Action.UPDATE: "update",
    Action.RETIRE: "update",
    Action.REMOVE: "delete",
    Action.DELETE: "delete",
}


def text(plan: Plan) -> str:
    """Draw the changed resources, each under its space; empty where there is none or there are too many to read."""
    if not 0 < len(plan.changes) <= MOST:
        return ""
    return "\n".join(["graph LR", *(f"  {row}" for row in _rows(plan)), *(f"  {style}" for style in _STYLES)]) + "\n"


def _rows(plan: Plan) -> Iterator[str]:
    changed = {(change.address.kind, change.address.space, change.address.ref): change for change in plan.changes}
    ids: dict[tuple[Kind, str, str], str] = {}

    def node(kind: Kind, space: str, ref: str) -> Iterator[str]:
        place = (kind, space, ref)
        if place not in ids:
            ids[place] = f"n{len(ids)}"
            yield _node(ids[place], kind, ref, changed.get(place))

    for change in plan.changes:
        kind, space, ref = change.address
        yield from node(Kind.SPACE, space, space)
        yield from node(kind, space, ref)
        parent = ids[Kind.SPACE, space, space]
        if kind is Kind.PROJECT and (connection := _connection(change)):
            yield from node(Kind.CONNECTION, space, connection)
            yield from _edge(ids, parent, (Kind.CONNECTION, space, connection), changed)
            parent = ids[Kind.CONNECTION, space, connection]
        if kind is not Kind.SPACE:
            yield f"{parent} --> {ids[kind, space, ref]}"


def _edge(
    ids: dict[tuple[Kind, str, str], str],
    space: str,
    connection: tuple[Kind, str, str],
    changed: dict[tuple[Kind, str, str], Change],
) -> Iterator[str]:
    if connection not in changed:  # a changed one draws its own edge
        yield f"{space} --> {ids[connection]}"


def _connection(change: Change) -> str:
    found = (field.after for field in change.fields if field.path == ("connection",))
    return str(next(found, "") or "")


def _node(id: str, kind: Kind, ref: str, change: Change | None) -> str:
    if change is None:
        return f'{id}["{kind} {mermaid(ref)}"]:::still'
    word = sentence(f"render.action.{change.action}")
    style = "blocked" if change.execution is Execution.BLOCKED else _CLASSES[change.action]
    label = f"{kind} {mermaid(ref)}<br/>{mermaid(change.name)}<br/>{mermaid(word)}"
    return f'{id}["{label}"]:::{style}'
