"""The store in a table: one row a document, replaced by single statements that compare and swap."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from ssops.state.base import StaleWrite, checked, is_name
from ssops.state.postgres import faults
from ssops.state.postgres.link import Link

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# A version is random, so none comes twice: not after a document was removed and made again, not from a database that
# was brought back from a backup, as a count would. Made here and not by the server, it also makes writing again
# harmless: a write whose answer was lost meets its own version, and is told that it won.
_CREATE = (
    'CREATE TABLE IF NOT EXISTS {table} (name text COLLATE "C" PRIMARY KEY, version text NOT NULL, '
    "body bytea NOT NULL, written timestamptz NOT NULL DEFAULT clock_timestamp())"
)
_GET = "SELECT body, version FROM {table} WHERE name = %s"
_VERSION = "SELECT version FROM {table} WHERE name = %s"
_ADD = (
    "INSERT INTO {table} AS there (name, version, body) VALUES (%s, %s, %b) "
    "ON CONFLICT (name) DO UPDATE SET version = excluded.version WHERE there.version = excluded.version "
    "RETURNING version"
)
_REPLACE = (
    "UPDATE {table} SET version = %s, body = %b, written = clock_timestamp() "
    "WHERE name = %s AND version IN (%s, %s) RETURNING version"
)
_REMOVE = "DELETE FROM {table} WHERE name = %s"
# No name has a letter that LIKE takes for another.
_NAMES = "SELECT name FROM {table} WHERE name LIKE %s AND name NOT LIKE %s"
_NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"


class PostgresStore:
    """Documents as rows of one table, which the first write makes. Any number of threads may use it at once."""

    def __init__(self, link: Link, table: Sequence[str]) -> None:
        self._link = link
        self._table = sql.Identifier(*table)

    def get(self, name: str) -> tuple[bytes, str] | None:
        """Give a document and its version; None where there is none. Raises StateFault."""
        for body, version in self._read(_GET, checked(name)):
            if not (isinstance(body, bytes) and isinstance(version, str)):
                raise self._link.words.shape()
            return body, version
        return None

    def version(self, name: str) -> str | None:
        """Give a document's version without its content. Raises StateFault."""
        for (version,) in self._read(_VERSION, checked(name)):
            return str(version)
        return None

    def put(self, name: str, data: bytes, expected: str | None) -> str:
        """Replace the version `expected`, None for a first one. Raises StaleWrite and StateFault."""
        version = secrets.token_hex(16)
        if expected is None:
            rows = self._add(checked(name), version, data)
        else:
            rows = self._read(_REPLACE, version, data, checked(name), expected, version)
        if not rows:
            raise StaleWrite(name)
        return version

    def names(self, folder: str = "") -> tuple[str, ...]:
        """Give the names of all documents in a folder, sorted; other rows are left out. Raises StateFault."""
        prefix = f"{checked(folder)}/" if folder else ""
        rows = self._read(_NAMES, f"{prefix}%", f"{prefix}%/%")
        return tuple(sorted(name for (name,) in rows if isinstance(name, str) and is_name(name)))

    def remove(self, name: str) -> None:
        """Remove a document, whatever its version; none being there is no fault. Raises StateFault."""
        self._read(_REMOVE, checked(name))

    def now(self) -> datetime:
        """Give the server's time in UTC. Raises StateFault."""
        ((microseconds,),) = self._run(_NOW)
        return _EPOCH + timedelta(microseconds=microseconds)

    def close(self) -> None:
        """Close the connections; the next call opens one again."""
        self._link.close()

    def _add(self, name: str, version: str, data: bytes) -> list[TupleRow]:
        try:
            return self._rows(_ADD, name, version, data)
        except psycopg.errors.UndefinedTable:
            self._create()
        except psycopg.Error as fault:
            raise self._link.words.refused(fault) from fault
        return self._run(_ADD, name, version, data)

    def _create(self) -> None:
        try:
            self._rows(_CREATE)
        except psycopg.Error as fault:
            if fault.sqlstate not in faults.CREATED_MEANWHILE:
                raise self._link.words.refused(fault) from fault

    def _read(self, statement: LiteralString, *values: Any) -> list[TupleRow]:
        """Run a statement that finds nothing where there is no table yet."""
        try:
            return self._rows(statement, *values)
        except psycopg.errors.UndefinedTable:
            return []
        except psycopg.Error as fault:
            raise self._link.words.refused(fault) from fault

    def _run(self, statement: LiteralString, *values: Any) -> list[TupleRow]:
        try:
            return self._rows(statement, *values)
        except psycopg.Error as fault:
            raise self._link.words.refused(fault) from fault

    def _rows(self, statement: LiteralString, *values: Any) -> list[TupleRow]:
        return self._link.rows(sql.SQL(statement).format(table=self._table), values)
