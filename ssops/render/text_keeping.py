"""Locks, kept versions and what a replaced state comes to, as text, from their documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ssops.model import FieldChange
from ssops.render import text_fields
from ssops.render.style import Line, Span, Style, align, line
from ssops.render.words import counted, path, sentence

_SIGNS = {"added": ("+", Style.GOOD), "changed": ("~", Style.CARE), "removed": ("-", Style.BAD)}


def locks(held: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """Say of each lock who holds it, for what and until when, and its id."""
    return tuple(line((_lock(one), Style.CARE)) for one in held)


def versions(document: Mapping[str, Any]) -> tuple[Line, ...]:
    """List the kept versions of a space (`schemas/history.schema.json`), and how the current document stands."""
    rows = [_version(one) for one in document["versions"]]
    head = line((sentence("render.space", space=document["space"]), Style.STRONG))
    return (head, *align(rows, indent=2), *_current(document["current"], document["versions"]))


def moves(found: Sequence[Mapping[str, Any]], *, is_readable: bool, full: bool = False) -> tuple[Line, ...]:
    """Show what becomes of the recorded resources when one state takes the place of another."""
    shown = [] if is_readable else [line((sentence("moves.unreadable"), Style.CARE))]
    if not found:
        return (*shown, line(sentence("moves.none")))
    for one in found:
        word = "seen" if one["move"] == "changed" and not one["fields"] else one["move"]
        said: Span = (sentence(f"moves.{word}"), Style.FAINT)
        shown.append(line(_SIGNS[one["move"]], " ", (one["address"], Style.STRONG), "  ", said))
        fields = [FieldChange(tuple(each["path"]), each["before"], each["after"]) for each in one["fields"]]
        shown += align([line(path(each.path), text_fields.moved(each, full=full)) for each in fields], indent=4)
    return tuple(shown)


def _lock(held: Mapping[str, Any]) -> str:
    if held["who"] is None:
        return sentence("locks.damaged", space=held["space"], id=held["id"])
    names = ("space", "who", "purpose", "host", "pid", "since", "expires", "id")
    args = {name: held[name] for name in names}
    return sentence("locks.held.page", page=held["page"], **args) if held["page"] else sentence("locks.held", **args)


def _version(one: Mapping[str, Any]) -> Line:
    size = counted("history.bytes", one["size"])
    name: Span = (one["version"], Style.STRONG)
    mark: Span = (sentence("history.current") if one["current"] else "", Style.GOOD)
    if one["damaged"] is not None:
        return line(name, "", (sentence("history.damaged"), Style.BAD), size, mark)
    return line(name, one["at"] or "-", counted("render.resources", one["resources"]), size, mark)


def _current(current: Mapping[str, Any] | None, kept: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    """Say what is wrong with the current document; nothing where it is one of the versions."""
    if current is None:
        return (line((sentence("history.none_current"), Style.CARE)),)
    if current["damaged"] is not None:
        return (line((sentence("history.current_damaged", why=current["damaged"]), Style.BAD)),)
    if not any(one["current"] for one in kept):
        return (line((sentence("history.not_kept", serial=current["serial"]), Style.CARE)),)
    return ()
