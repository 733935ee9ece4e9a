"""Drift as text: one line a resource, drift first; then a table of its fields with what to do; last the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ssops.drift import DRIFTING, Cause, Drift, FieldDrift, ResourceDrift, Standing, Stray
from ssops.render.style import BLANK, Line, Span, Style, align, line
from ssops.render.text_change import SHOWN_FIELDS
from ssops.render.text_plan import SHOWN_LINES
from ssops.render.text_sides import SIDES, cells
from ssops.render.words import counted, path, rank, sentence

_INDENT: Span = ("   ", Style.PLAIN)
_CAUSES = {
    Cause.CONFLICT: Style.BAD,
    Cause.DRIFT: Style.CARE,
    Cause.ADDED_OUTSIDE: Style.CARE,
    Cause.UNSEEN: Style.FAINT,
    Cause.CONVERGED: Style.FAINT,
    Cause.INTENDED: Style.FAINT,
    Cause.UNMANAGED: Style.FAINT,
}


def lines(drift: Drift, *, details: bool = True, full: bool = False) -> tuple[Line, ...]:
    """Show drift. Without `details` the fields are left out; with `full` nothing is cut or only counted."""
    shown = [*_summary("drifted", drift.drifted, full), *_summary("others", drift.others, full)]
    if details:
        shown += _details([row for row in drift.resources if full or _has_remedy(row)], full)
    return (*shown, *_strays(drift, full), verdict(drift))


def verdict(drift: Drift) -> Line:
    """Say in one line whether there is drift, and count."""
    found = len(drift.drifted)
    head: Span = (sentence("drift.verdict"), Style.BAD) if found else (sentence("drift.none"), Style.GOOD)
    return line(head, f": {', '.join(_counts(drift))}")


def what(row: ResourceDrift, *, full: bool = False) -> str:
    """Say in a few words how a resource differs: as a whole, then its fields by cause, the weightiest first."""
    words = [] if row.standing is Standing.CHANGED else [sentence(f"drift.standing.{row.standing}")]
    words += [] if row.managed else [sentence("drift.referenced")]
    for cause in Cause:
        named = [path(field.path) for field in ordered(row.fields) if field.cause is cause]
        if named and (full or cause is not Cause.UNMANAGED or not words):
            most = len(named) if full else SHOWN_FIELDS
            rest = [counted("render.more_fields", len(named) - most)] if len(named) > most else []
            words.append(sentence("drift.fields", cause=said(cause), fields=", ".join([*named[:most], *rest])))
    return "; ".join(words)


def said(cause: Cause) -> str:
    """Name a cause."""
    return sentence(f"drift.cause.{cause}")


def remedies(row: ResourceDrift) -> list[str]:
    """Say what to do about a resource, the weightiest first."""
    address = str(row.address)
    causes = {field.cause for field in row.fields}
    match row.standing:
        case Standing.UNSETTLED:
            return [sentence("apply.unknown.hint", address=address)]
        case Standing.UNSEEN:
            return [sentence("drift.remedy.unseen")]
        case Standing.GONE if row.location is None or not row.managed:
            return [sentence("drift.remedy.forget", address=address)]
        case Standing.GONE:
            return [sentence("drift.remedy.gone", address=address)]
        case Standing.NOT_IN_MANIFESTS:
            return [sentence("drift.remedy.undocumented", address=address)]
        case Standing.CHANGED if row.managed:
            return [sentence(f"drift.remedy.{cause}") for cause in DRIFTING if cause in causes]
        case _:
            return []


def ordered(fields: Iterable[FieldDrift]) -> list[FieldDrift]:
    """Sort fields by cause, the weightiest first, then as a file has them."""
    weight = list(Cause)
    return sorted(fields, key=lambda field: (weight.index(field.cause), rank(str(field.path[0]))))


def adoption(stray: Stray, drift: Drift) -> str:
    """Say how the resource of the same name adopts a live object."""
    is_recorded = any(row.address == stray.address for row in drift.resources)
    found, address = stray.found, str(stray.address)
    id = "drift.adoptable.again" if is_recorded else "drift.adoptable"
    return sentence(id, kind=found.kind, name=found.name, address=address, id=found.id)


def parted(drift: Drift) -> tuple[list[Stray], list[Stray]]:
    """Part the live objects that no state knows: those that could be adopted, and those that nobody asks for."""
    return [one for one in drift.strays if one.address], [one for one in drift.strays if not one.address]


def _counts(drift: Drift) -> list[str]:
    gone = sum(row.standing is Standing.GONE for row in drift.drifted)
    changed, others = len(drift.drifted) - gone, len(drift.others)
    found = (("changed", changed), ("gone", gone), ("others", others), ("planned", drift.planned))
    words = [counted(f"drift.count.{name}", count) for name, count in found if count]
    return [*words, sentence("render.count.unchanged", count=drift.unchanged)]


def _summary(title: str, rows: tuple[ResourceDrift, ...], full: bool) -> list[Line]:
    if not rows:
        return []
    columns = [line(_sign(row), (str(row.address), Style.STRONG), what(row, full=full)) for row in rows]
    return [line((sentence(f"drift.title.{title}"), Style.STRONG)), *align(columns, indent=2), BLANK]


def _has_remedy(row: ResourceDrift) -> bool:
    return row.is_drift or row.standing is not Standing.CHANGED


def _details(rows: Sequence[ResourceDrift], full: bool) -> list[Line]:
    """Show the fields of resources until `SHOWN_LINES` are spent; all of them if `full`."""
    shown: list[Line] = []
    for number, row in enumerate(rows):
        if not full and len(shown) >= SHOWN_LINES:
            left = counted("drift.details_left", len(rows) - number)
            return [*shown, line((left, Style.FAINT)), BLANK]
        shown += [*_block(row, full), BLANK]
    return shown


def _block(row: ResourceDrift, full: bool) -> list[Line]:
    mark, place = _sign(row), row.location
    head: list[Span | str] = [mark, " ", (str(row.address), Style.STRONG), f" '{row.name}'"]
    head += [] if place is None else ["  ", (f"{place.file}:{place.line}:{place.column}", Style.PLACE)]
    fields = ordered(row.fields if full else (one for one in row.fields if one.cause is not Cause.UNMANAGED))
    hidden = len(row.fields) - len(fields)
    below = [*align([_header(), *(_row(one, full) for one in fields)])] if fields else []
    below += [line((counted("drift.fields_left", hidden), Style.FAINT))] if hidden else []
    grade = sentence(f"render.grade.{row.evidence.grade}")
    below.append(line((sentence("drift.evidence", at=row.evidence.at, by=row.evidence.by, grade=grade), Style.FAINT)))
    below += [line(sentence("drift.remedy", remedy=remedy)) for remedy in remedies(row)]
    return [line(*head), *((mark, _INDENT, *spans) for spans in below)]


def _header() -> Line:
    return line(*((sentence(f"drift.column.{name}"), Style.FAINT) for name in ("field", "cause", *SIDES)))


def _row(field: FieldDrift, full: bool) -> Line:
    cause: Span = (said(field.cause), _CAUSES[field.cause])
    return line(path(field.path), cause, *cells(field, full=full))


def _sign(row: ResourceDrift) -> Span:
    causes = {field.cause for field in row.fields}
    if row.standing is Standing.GONE:
        return "-", Style.BAD
    if row.standing is not Standing.CHANGED:
        return "?", Style.CARE
    if Cause.CONFLICT in causes:
        return "!", Style.BAD
    return ("~", Style.CARE) if causes.intersection(DRIFTING) else ("=", Style.FAINT)


def _strays(drift: Drift, full: bool) -> list[Line]:
    adoptable, unmanaged = parted(drift)
    shown = [line(adoption(stray, drift)) for stray in adoptable]
    if unmanaged:
        shown.append(line((counted("render.unmanaged", len(unmanaged)), Style.FAINT)))
        names = ((one.found.kind, one.found.name, one.found.id) for one in unmanaged if full)
        shown += [line("  ", f"{kind} '{name}' ({id})") for kind, name, id in names]
    return shown
