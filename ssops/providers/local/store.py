"""What the embedded service keeps: objects with their authors and times, and the operations it has carried out."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from ssops.canonical import canonical, digest_of
from ssops.model import Kind, Spec
from ssops.providers.base import Done, LiveRow
from ssops.providers.local.database import Database
from ssops.providers.local.faults import damaged

_KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who did something and when, in UTC: `2025-06-02T08:15:00Z`."""

    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Stored:
    """One whole object of the service. `space_id` is its own id for a space."""

    kind: Kind
    id: str
    space_id: str
    spec: Spec
    digest: str
    created: Stamp
    modified: Stamp


class Store:
    """Reads and writes objects; knows nothing of rules and roles. Every method may raise ProviderFault."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def rows(self, space_ids: Collection[str] | None = None) -> tuple[LiveRow, ...]:
        """Give the objects of these spaces, or of all, sorted by kind, name and id."""
        if space_ids is None:
            return self._short("INDEXED BY listing ORDER BY kind, name, id")
        found = (self._short("INDEXED BY contents WHERE space_id = ?", id) for id in set(space_ids))
        return tuple(sorted((row for rows in found for row in rows), key=lambda row: (row.kind, row.name, row.id)))

    def spaces(self) -> tuple[LiveRow, ...]:
        """Give the spaces alone, sorted by name and id."""
        return self._short("INDEXED BY listing WHERE kind = ? ORDER BY kind, name, id", Kind.SPACE.value)

    def _short(self, which: str, *values: str) -> tuple[LiveRow, ...]:
        query = "SELECT kind, id, space_id, name, digest FROM objects " + which  # noqa: S608 - `which` is one of ours
        found = self.database.all(query, *values)
        try:
            return tuple(
                [LiveRow(_KINDS[kind], id, space_id, name, digest) for kind, id, space_id, name, digest in found]
            )
        except KeyError as error:
            raise damaged(self.database.path) from error

    def get(self, id: str) -> Stored | None:
        """Give one object, None where there is none with this id."""
        row = self.database.one(
            "SELECT kind, space_id, digest, spec, created_at, created_by, modified_at, modified_by"
            " FROM objects WHERE id = ?",
            id,
        )
        if row is None:
            return None
        kind, space_id, digest, spec, *stamps = row
        if not isinstance(spec, bytes) or digest_of(spec) != digest or kind not in _KINDS:
            raise damaged(self.database.path)
        created, modified = Stamp(*stamps[:2]), Stamp(*stamps[2:])
        return Stored(_KINDS[kind], id, space_id, json.loads(spec), digest, created, modified)

    def named(self, kind: Kind, name: str, space_id: str | None = None) -> str | None:
        """Give the id of an object with this name, in one space or in all; None where there is none."""
        if space_id is None:
            row = self.database.one("SELECT id FROM objects WHERE kind = ? AND name = ?", kind.value, name)
        else:
            row = self.database.one(
                "SELECT id FROM objects WHERE space_id = ? AND kind = ? AND name = ?", space_id, kind.value, name
            )
        return str(row[0]) if row else None

    def count(self, kind: Kind, space_id: str) -> int:
        """Count the objects of a kind in one space."""
        row = self.database.one("SELECT count(*) FROM objects WHERE space_id = ? AND kind = ?", space_id, kind.value)
        return int(row[0]) if row else 0

    def add(self, kind: Kind, id: str, space_id: str, spec: Spec, stamp: Stamp) -> str:
        """Keep a new object and give its digest."""
        data = canonical(spec)
        digest = digest_of(data)
        stamps = (stamp.at, stamp.by, stamp.at, stamp.by)
        self.database.run(
            "INSERT INTO objects (kind, id, space_id, name, digest, spec, created_at, created_by, modified_at,"
            " modified_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(kind.value, id, space_id, spec["name"], digest, data, *stamps),
        )
        return digest

    def replace(self, id: str, spec: Spec, stamp: Stamp) -> str:
        """Give an object another spec and give its new digest."""
        data = canonical(spec)
        digest = digest_of(data)
        self.database.run(
            "UPDATE objects SET name = ?, digest = ?, spec = ?, modified_at = ?, modified_by = ? WHERE id = ?",
            *(spec["name"], digest, data, stamp.at, stamp.by, id),
        )
        return digest

    def drop(self, id: str) -> None:
        """Drop an object; a space goes with everything in it."""
        self.database.run("DELETE FROM objects WHERE id = ? OR space_id = ?", id, id)

    def done(self, key: str) -> tuple[str, str, Done] | None:
        """Give the action, the kind and the result of the operation with this key; None if it never happened."""
        row = self.database.one("SELECT action, kind, id, digest FROM operations WHERE key = ?", key)
        return (row[0], row[1], Done(row[2], row[3])) if row else None

    def note(self, key: str, action: str, kind: Kind, done: Done, stamp: Stamp) -> None:
        """Keep what became of an operation, in the transaction that carried it out."""
        self.database.run(
            "INSERT INTO operations (key, action, kind, id, digest, at, by) VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(key, action, kind.value, done.id, done.digest, stamp.at, stamp.by),
        )
