"""Recorded state as text, from its document (`schemas/state.schema.json`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssops.model import Kind
from ssops.render.style import BLANK, Line, Style, align, line
from ssops.render.words import leaves, path, rank, sentence, told, value


def lines(document: Mapping[str, Any]) -> tuple[Line, ...]:
    """Show a space's record: its version, each resource with who applied it when, what was begun and not finished."""
    head = line(
        (sentence("render.space", space=document["space"]), Style.STRONG),
        (f"  {sentence('render.state.serial', serial=document['serial'], lineage=document['lineage'])}", Style.FAINT),
    )
    rows = [
        line((address, Style.STRONG), one["id"], sentence(f"render.grade.{one['grade']}"), one["at"], one["by"])
        for address, one in sorted(document["resources"].items(), key=_place)
    ]
    pending = [
        line((sentence("render.state.pending", address=address), Style.CARE)) for address in sorted(document["pending"])
    ]
    return (head, *align(rows, indent=2), *pending)


def _place(item: tuple[str, Any]) -> tuple[int, str]:
    """Sort as things are created: the space, its connections, its projects."""
    return list(Kind).index(Kind(item[0].partition("/")[0])), item[0]


def resource(address: str, recorded: Mapping[str, Any]) -> tuple[Line, ...]:
    """Show the record of one resource: where it comes from, then its spec."""
    facts = [
        line(sentence(f"render.state.{name}"), str(recorded[name]))
        for name in ("id", "name", "grade", "at", "by", "plan", "digest")
        if recorded.get(name)
    ]
    fields = sorted(leaves(recorded["spec"]), key=lambda field: rank(str(field[0][0])))
    spec = [line(path(where), value(told(data), full=True)) for where, data in fields]
    return (line((address, Style.STRONG)), *align(facts, indent=2), BLANK, *align(spec, indent=2))
