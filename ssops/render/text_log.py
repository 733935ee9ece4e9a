"""The journal and the origins of fields as text, from their documents (`schemas/log`, `blame`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ssops.model import FieldChange, Path
from ssops.render import text_fields
from ssops.render.style import BLANK, Line, Span, Style, align, line
from ssops.render.words import counted, is_key, leaves, path, rank, sentence, told, value

_COMMIT = 10  # characters of a commit and of a digest that tell it from every other of a repository
_DIGEST = 12
_NONE = "-"

_ACTS = (
    *("create", "update", "retire", "delete"),
    *("adopt", "forget", "move", "import", "accept", "restore", "push"),
)
_STATUSES = {"applied": Style.GOOD, "pending": Style.CARE, "failed": Style.BAD, "skipped": Style.CARE}


def lines(entries: Sequence[Mapping[str, Any]], *, details: bool = False, full: bool = False) -> tuple[Line, ...]:
    """List entries as they come: when, who, commit, plan, what, with what success; with `details` their fields."""
    if not entries:
        return (line(sentence("log.none")),)
    head = [(sentence(f"log.{name}"), Style.FAINT) for name in ("when", "who", "commit", "plan", "act", "status")]
    rows = [line(*head, (sentence("log.address"), Style.FAINT)), *map(_row, entries)]
    first, *others = align(rows)
    if not details:
        return (first, *others)
    shown = [first]
    for row, entry in zip(others, entries, strict=True):
        shown += [row, *align(list(_fields(entry, full=full)), indent=4)]
        shown += [line("    ", (entry["error"], Style.BAD))] if entry["error"] else []
        shown += [line("    ", (entry["page"], Style.PLACE))] if entry["page"] else []
    return tuple(shown)


def blame(document: Mapping[str, Any], *, full: bool = False) -> tuple[Line, ...]:
    """List the fields of a resource in the order of a file, each with what set it, when, who, from where."""
    groups = _groups(document["fields"])
    bare = [where for where, group in groups.items() if is_key(where) and _is_bare(group) and not full]
    ranked = sorted((where for where in groups if where not in bare), key=lambda where: rank(str(where[0])))
    rows = [row for where in ranked for row in _origins(where, groups[where], full=full)]
    head = line((document["address"], Style.STRONG), f"  {document['id']}")
    unknown = sum(field["origin"] is None for field in document["fields"])
    notes = [counted("blame.bare", len(bare))] if bare else []
    notes += [counted("blame.unknown_fields", unknown)] if unknown else []
    return (head, *align(rows, indent=2), *([BLANK] if notes else []), *(line((note, Style.FAINT)) for note in notes))


def _row(entry: Mapping[str, Any]) -> Line:
    status = entry["status"]
    return line(
        *_run(entry),
        _act(entry["act"]),
        (sentence(f"render.status.{status}"), _STATUSES[status]),
        (entry["address"], Style.STRONG),
        _extent(entry),
    )


def _run(run: Mapping[str, Any]) -> tuple[Span, ...]:
    return (
        (run["at"], Style.PLAIN),
        (run["by"], Style.PLAIN),
        (_commit(run["commit"]), Style.PLACE),
        (_digest(run["plan"]), Style.FAINT),
    )


def _commit(commit: str | None) -> str:
    """Shorten a commit; a plus stays that says that the files were not as in the commit."""
    if commit is None:
        return _NONE
    id, plus, _ = commit.partition("+")
    return f"{id[:_COMMIT]}{plus}"


def _digest(plan: str | None) -> str:
    return _NONE if plan is None else plan.rpartition(":")[2][:_DIGEST]


def _act(act: str) -> str:
    return sentence(f"log.act.{act}") if act in _ACTS else act


def _extent(entry: Mapping[str, Any]) -> str:
    if entry["spec"] is not None:
        return sentence("log.whole" if entry["spec"] else "log.gone")
    return counted("log.fields", len(entry["fields"])) if entry["fields"] else ""


def _fields(entry: Mapping[str, Any], *, full: bool) -> Iterator[Line]:
    if entry["spec"]:
        for where, data in sorted(leaves(entry["spec"]), key=lambda field: rank(str(field[0][0]))):
            if full or not (is_key(where) and set(data) <= {"type"}):
                yield line(path(where), value(told(data), full=full))
        return
    for each in entry["fields"]:
        field = FieldChange(tuple(each["path"]), each["before"], each["after"])
        yield line(path(field.path), text_fields.moved(field, full=full))


def _groups(fields: Sequence[Mapping[str, Any]]) -> dict[Path, list[Mapping[str, Any]]]:
    """Put the fields of one metadata key together; every other field stands alone."""
    groups: dict[Path, list[Mapping[str, Any]]] = {}
    for field in fields:
        where = tuple(field["path"])
        groups.setdefault(where[:3] if is_key(where[:3]) else where, []).append(field)
    return groups


def _is_bare(group: Sequence[Mapping[str, Any]]) -> bool:
    """Tell a default key as SpeechSense makes it: nobody wrote it."""
    return {field["path"][3] for field in group if len(field["path"]) > 3} == {"type"}


def _origins(where: Path, group: Sequence[Mapping[str, Any]], *, full: bool) -> Iterator[Line]:
    """Give one row for a key whose fields come from one place, else one a field."""
    first = group[0]
    if len(group) > 1 and all(field["origin"] == first["origin"] for field in group):
        whole = {field["path"][3]: field["value"] for field in group}
        yield line(path(where), *_origin(first["origin"]), value(told(whole), full=full))
        return
    for field in group:
        shown = value(told(field["value"]), full=full)
        yield line(path(tuple(field["path"])), *_origin(field["origin"]), shown)


def _origin(run: Mapping[str, Any] | None) -> tuple[Span | str, ...]:
    if run is None:
        return ((sentence("blame.unknown"), Style.CARE), *[_NONE] * 4)
    return (_act(run["act"]), *_run(run))
