"""Connections to one database: kept between statements, opened anew where they broke, never waited for without end."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import conninfo, sql
from psycopg.rows import TupleRow

from ssops.state.postgres import faults
from ssops.state.postgres.settings import Settings
from ssops.state.postgres.watch import Connection, Patience, Watch


class Link:
    """Runs statements, each in a transaction of its own. Any number of threads may, each on a connection of its own.

    A pooler may give every statement another session of the server: nothing is prepared, set or locked in one.
    """

    def __init__(self, settings: Settings, patience: Patience) -> None:
        self.words = faults.Words(settings.place, ".".join(settings.table), settings.secrets)
        self._settings = settings
        self._patience = patience
        self._watch = Watch(patience)
        self._mutex = threading.Lock()
        self._idle: list[Connection] = []
        self._was_reached = False

    def rows(self, statement: sql.Composed, values: Sequence[Any] = ()) -> list[TupleRow]:
        """Run a statement and give its rows. It is run again where its answer was lost: it must bear that.

        Raises psycopg.Error with its SQLSTATE where the server says no, StateFault where there is no answer.
        """
        until: float | None = None
        pause_s = 0.0
        while True:
            try:
                return self._rows_once(statement, values)
            except _Again as again:
                now = time.monotonic()
                until = now + self._patience.return_s if until is None else until
                if now >= until:
                    raise again.fault from again.__cause__
            time.sleep(pause_s * random.uniform(0.5, 1))  # noqa: S311
            pause_s = min(2.0, pause_s * 2 or 0.1)

    def close(self) -> None:
        """Close the connections that nobody uses now."""
        self._watch.close()
        self._drop()

    def _rows_once(self, statement: sql.Composed, values: Sequence[Any]) -> list[TupleRow]:
        with self._connection() as connection:
            try:
                with self._watch.on(connection):
                    cursor = connection.execute(statement, values, binary=True)
                    return cursor.fetchall() if cursor.description else []
            except TimeoutError as fault:
                raise self.words.late(self._patience.answer_s) from fault
            except psycopg.Error as fault:
                if connection.closed:
                    self._drop()  # what broke one has broken the idle ones, too
                    raise _Again(self.words.lost()) from fault
                if faults.is_passing(fault):
                    raise _Again(self.words.refused(fault)) from fault
                raise

    def _drop(self) -> None:
        with self._mutex:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """Give a connection that no other thread uses. It is kept for the next statement unless this one ends badly."""
        with self._mutex:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._opened()
        try:
            yield connection
        except psycopg.Error:  # the server says no, which does the connection no harm
            raise
        except BaseException:
            connection.close()
            raise
        finally:
            if not connection.closed:
                with self._mutex:
                    self._idle.append(connection)

    def _opened(self) -> Connection:
        try:
            at = conninfo.make_conninfo("", **self._settings.parameters)
            # No prepared statements: the next statement may run in another session of the server.
            connection: Connection = psycopg.connect(at, autocommit=True, prepare_threshold=None)
        except (psycopg.Error, UnicodeError) as fault:  # the latter for what cannot be a host's name
            said = self.words.unreachable(fault)
            if self._was_reached:
                raise _Again(said) from fault
            raise said from fault
        self._was_reached = True
        return connection


class _Again(Exception):
    """A statement that may be run once more; `fault` is what it comes to where that does not help."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault
