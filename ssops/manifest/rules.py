"""The rules across documents: addresses, references, names, filters. They look at entries; specs only for projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from ssops.domain.data_types import SECTIONS
from ssops.domain.limits import PROJECTS_PER_SPACE
from ssops.manifest.faults import shown
from ssops.manifest.findings import finding
from ssops.manifest.near import nearest
from ssops.model import Address, Entry, Issue, Kind, Location, Path, Spec


class Row(Protocol):
    """A resource in short, from a document just built or from the cache."""

    @property
    def entry(self) -> Entry:
        """The resource; its location is the document's `ref`."""
        ...

    @property
    def requires(self) -> tuple[Address, ...]:
        """The addresses its document refers to: the space, then for a project the connection."""
        ...


SUGGESTIONS = 25
"""Missing addresses for which a near miss is sought: it takes a look at every known one."""

Place = Callable[[Entry, Path, bool], tuple[Location, str]]
"""Where the value (or with True its key) at a path stands in an entry's document, and the source line there."""


def at_entry(entry: Entry, path: Path, of_key: bool) -> tuple[Location, str]:  # noqa: ARG001 - a `Place`
    """Place every fault at the entry: for whoever has no documents at hand."""
    return entry.location or Location(""), ""


def check(
    built: Sequence[Row],
    spec: Callable[[Address], Spec],
    place: Place = at_entry,
    *,
    faulty: Collection[Address] = (),
    is_complete: bool = True,
) -> tuple[Issue, ...]:
    """Give the faults between documents, sorted by place, whatever the order of `built`.

    `spec` is asked for projects and the connections they filter, `place` once for each fault. References to `faulty`
    addresses (documents with faults of their own) are no faults, nor is any reference when not `is_complete`: a file
    could not be read at all, and what it describes is not known.
    """
    entries, others = _by_address(built)
    issues = [*_repeats(entries, others, place), *_names(entries.values(), place), *_limits(entries.values(), place)]
    if is_complete:
        issues += _references(built, entries, frozenset(faulty), place)
    issues += _filters(entries, spec, place)
    return tuple(sorted(issues, key=lambda issue: (issue.location, issue.rule, issue.message.args)))


def _by_address(built: Iterable[Row]) -> tuple[dict[Address, Entry], list[Entry]]:
    """Give one entry for each address, the first in reading order, and the others."""
    entries: dict[Address, Entry] = {}
    twice = [row.entry for row in built if entries.setdefault(row.entry.address, row.entry) is not row.entry]
    groups: dict[Address, list[Entry]] = {}
    for entry in twice:
        groups.setdefault(entry.address, [entries[entry.address]]).append(entry)
    others: list[Entry] = []
    for address, group in groups.items():
        entries[address], *rest = sorted(group, key=_reading_order)
        others += rest
    return entries, others


def _repeats(entries: Mapping[Address, Entry], others: Iterable[Entry], place: Place) -> Iterator[Issue]:
    """Rule address-duplicate: each document but the first of an address is told where the first one is."""
    for other in others:
        location, excerpt = place(other, ("ref",), False)
        first = _said(entries[other.address].location)
        yield finding("address-duplicate", location, excerpt, address=str(other.address), first=first)


def _names(entries: Iterable[Entry], place: Place) -> Iterator[Issue]:
    """Rules space-name-duplicate, connection-name-duplicate, project-name-duplicate."""
    named: dict[tuple[Kind, str, str], Entry] = {}
    again: defaultdict[tuple[Kind, str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        kind = entry.address.kind
        key = (kind, "" if kind is Kind.SPACE else entry.address.space, entry.name)
        if named.setdefault(key, entry) is not entry:
            again[key].append(entry)
    for key, others in again.items():
        first, *rest = sorted([named[key], *others], key=_reading_order)
        for entry in rest:
            location, excerpt = place(entry, ("name",), False)
            args = {"name": shown(entry.name), "other": str(first.address), "first": _said(first.location)}
            yield finding(f"{entry.address.kind}-name-duplicate", location, excerpt, **args)


def _limits(entries: Iterable[Entry], place: Place) -> Iterator[Issue]:
    """Rule projects-limit: told once for a space, at the first project too many."""
    projects: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.address.kind is Kind.PROJECT and not entry.delete:
            projects[entry.address.space].append(entry)
    for space, group in projects.items():
        if len(group) > PROJECTS_PER_SPACE:
            location, excerpt = place(sorted(group, key=_reading_order)[PROJECTS_PER_SPACE], ("ref",), False)
            yield finding("projects-limit", location, excerpt, space=space, count=len(group), limit=PROJECTS_PER_SPACE)


def _references(
    built: Iterable[Row], entries: Mapping[Address, Entry], faulty: Collection[Address], place: Place
) -> Iterator[Issue]:
    """Rules space-unknown, connection-unknown: the outermost missing one is told, what is inside it follows."""
    missing: defaultdict[Address, list[Entry]] = defaultdict(list)
    for row in built:
        for address in row.requires:
            if address not in entries and address not in faulty:
                missing[address].append(row.entry)
                break
    for count, address in enumerate(sorted(missing)):
        known = (*entries, *faulty) if count < SUGGESTIONS else ()
        hint, other = _suggestion(address, known)
        for entry in missing[address]:
            location, excerpt = place(entry, (address.kind.value,), False)
            args = {"ref": address.ref, "space": address.space, "near": other}
            yield finding(f"{address.kind}-unknown", location, excerpt, hint=hint, **args)


def _suggestion(missing: Address, known: Iterable[Address]) -> tuple[str, str]:
    """Say which hint fits a missing address, and the space or ref that it names."""
    alike = [address for address in known if address.kind is missing.kind]
    elsewhere = sorted(address.space for address in alike if address.ref == missing.ref)
    if missing.kind is Kind.CONNECTION and elsewhere:
        return "elsewhere", elsewhere[0]
    siblings = (a.ref for a in alike if missing.kind is Kind.SPACE or a.space == missing.space)
    meant = nearest(missing.ref, siblings)
    return ("near", meant) if meant else ("", "")


def _filters(entries: Mapping[Address, Entry], spec: Callable[[Address], Spec], place: Place) -> Iterator[Issue]:
    """Rules filter-key-unknown, filter-key-date, filter-key-retired."""
    known: dict[Address, Mapping[str, Any]] = {}
    for address, entry in entries.items():
        if address.kind is not Kind.PROJECT:
            continue
        project = spec(address)
        target = Address(Kind.CONNECTION, address.space, project["connection"])
        if not project["filters"] or target not in entries:
            continue
        if target not in known:
            known[target] = _keys(spec(target))
        for key in project["filters"]:
            if issue := _filter(entry, key, target, known[target], place):
                yield issue


def _keys(connection: Spec) -> Mapping[str, Any]:
    """Give all keys of a connection as one mapping: the metadata file is flat, and so is a filter."""
    sections = (connection[section]["keys"] for section in SECTIONS[connection["data_type"]])
    return {key: fields for keys in sections for key, fields in keys.items()}


def _filter(entry: Entry, key: str, target: Address, keys: Mapping[str, Any], place: Place) -> Issue | None:
    meant: str | None = None
    if key not in keys:
        rule, meant = "filter-key-unknown", nearest(key, keys)
    elif keys[key]["type"] == "date":
        rule = "filter-key-date"
    elif keys[key].get("retired"):
        rule = "filter-key-retired"
    else:
        return None
    location, excerpt = place(entry, ("filters", key), True)
    args = {"key": shown(key), "connection": str(target), "near": shown(meant or "")}
    return finding(rule, location, excerpt, hint="near" if meant else "", **args)


def _reading_order(entry: Entry) -> tuple[Location, Address]:
    return entry.location or Location(""), entry.address


def _said(location: Location | None) -> str:
    return f"{location.file}:{location.line}:{location.column}" if location else ""
