"""The SQLite file of the embedded service: its tables, and a connection for reading or for writing.

Rollback journal, never WAL: a WAL file cannot be read without writing files beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from ssops.errors import ProviderFault
from ssops.model import message
from ssops.providers.local import opening
from ssops.providers.local.faults import damaged, faults_of, foreign

APPLICATION_ID = 0x55505353
FORMAT = 1
BUSY_TIMEOUT_S = 10.0

_SCHEMA = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE objects (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, space_id TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
        spec BLOB NOT NULL, created_at TEXT NOT NULL, created_by TEXT NOT NULL, modified_at TEXT NOT NULL,
        modified_by TEXT NOT NULL)""",
    # holds every column of a row in short, in the order rows are given: a listing never touches the specs
    "CREATE INDEX listing ON objects (kind, name, id, space_id, digest)",
    "CREATE INDEX contents ON objects (space_id, kind, name, id, digest)",
    "CREATE UNIQUE INDEX space_names ON objects (name) WHERE kind = 'space'",
    "CREATE UNIQUE INDEX project_names ON objects (space_id, name) WHERE kind = 'project'",
    """CREATE TABLE operations (
        key TEXT PRIMARY KEY, action TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL,
        at TEXT NOT NULL, by TEXT NOT NULL) WITHOUT ROWID""",
)


class Database:
    """One open connection. Every method raises ProviderFault when the file says no."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Give every row of a query."""
        with faults_of(self.path):
            return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        """Give the first row of a query, None where there is none."""
        with faults_of(self.path):
            row: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
            return row

    def run(self, sql: str, *values: object) -> None:
        """Carry out one statement."""
        with faults_of(self.path):
            self._connection.execute(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the one place of a writer; everything inside happens, or nothing does."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise


@contextmanager
def reading(path: Path, organization: str, timeout_s: float = BUSY_TIMEOUT_S) -> Iterator[Database]:
    """Open the service for reading; never creates or changes a file. A file that is not there is an empty service."""
    with ExitStack() as opened:
        if (connection := _existing(path, timeout_s)) is not None:
            database = Database(path, opened.enter_context(closing(connection)))
            if _is_ours(database, organization):
                yield database
                return
        yield Database(path, opened.enter_context(closing(_empty())))


@contextmanager
def writing(path: Path, organization: str, timeout_s: float = BUSY_TIMEOUT_S) -> Iterator[Database]:
    """Open the service for writing, made on first use. One connection serves the whole session."""
    with faults_of(path):
        opening.is_file(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = opening.connect(path, "rwc", timeout_s)
    with closing(connection):
        database = Database(path, connection)
        if not _is_ours(database, organization):
            _found(database, organization)
        database.run("PRAGMA synchronous = FULL")
        yield database


def _existing(path: Path, timeout_s: float) -> sqlite3.Connection | None:
    with faults_of(path):
        return opening.open_to_read(path, timeout_s) if opening.is_file(path) else None


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in _SCHEMA:
        connection.execute(statement)
    return connection


def _is_ours(database: Database, organization: str) -> bool:
    """Say whether the file is a founded service of this organization; False where it is still empty."""
    tables, application, version = database.all(
        "SELECT (SELECT count(*) FROM sqlite_master), a.application_id, v.user_version"
        " FROM pragma_application_id a, pragma_user_version v"
    )[0]
    if not tables and not application:
        return False
    if application != APPLICATION_ID:
        raise foreign(database.path)
    if version != FORMAT:
        raise ProviderFault(
            "failed_precondition",
            message("provider.newer", path=str(database.path), version=version, known=FORMAT),
            message("provider.newer.hint"),
        )
    found = database.one("SELECT value FROM about WHERE name = 'organization'")
    if found is None:
        raise damaged(database.path)
    if found[0] != organization:
        raise ProviderFault(
            "failed_precondition",
            message(
                "provider.other_organization", path=str(database.path), found=str(found[0]), organization=organization
            ),
            message("provider.other_organization.hint"),
        )
    return True


def _found(database: Database, organization: str) -> None:
    with database.transaction():
        if _is_ours(database, organization):
            return  # another process was first
        for statement in _SCHEMA:
            database.run(statement)
        database.run(f"PRAGMA application_id = {APPLICATION_ID}")
        database.run(f"PRAGMA user_version = {FORMAT}")
        database.run("INSERT INTO about VALUES ('organization', ?)", organization)
