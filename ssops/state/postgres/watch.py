"""Ends statements that take too long."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg
from psycopg.rows import TupleRow

Connection = psycopg.Connection[TupleRow]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for one answer, for the server to give a statement up, and for a lost server to come back."""

    answer_s: float = 30.0
    cancel_s: float = 3.0
    return_s: float = 15.0


class Watch:
    """Asks the server to give up a statement that takes too long; if that does not help, cuts the connection.

    The server's own `statement_timeout` would need a setting in the session or a transaction of several statements,
    which poolers do not keep or do not allow, and would not help against a network that swallows the answer.
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._mutex = threading.Lock()
        self._due: dict[Connection, float] = {}  # by the monotonic clock
        self._struck: set[Connection] = set()
        self._over: threading.Event | None = None  # ends the watching thread, None where there is none

    @contextmanager
    def on(self, connection: Connection) -> Iterator[None]:
        """Watch what a connection does inside. Raises TimeoutError, and closes it, where it was ended."""
        with self._mutex:
            self._due[connection] = time.monotonic() + self._patience.answer_s
            if self._over is None:
                self._over = threading.Event()
                threading.Thread(target=self._watching, args=(self._over,), name="ssops-postgres", daemon=True).start()
        try:
            yield
        except psycopg.Error as fault:
            if connection in self._struck:
                raise TimeoutError from fault
            raise
        finally:
            with self._mutex:
                self._due.pop(connection, None)
                if connection in self._struck:
                    self._struck.remove(connection)
                    connection.close()  # the server may give up late, and hit the next statement

    def close(self) -> None:
        """Stop watching, until there is something to watch again."""
        with self._mutex:
            if self._over is not None and not self._due:
                self._over.set()
                self._over = None

    def _watching(self, over: threading.Event) -> None:
        while not over.wait(min(1.0, self._patience.answer_s / 4)):
            with self._mutex:  # so that nobody closes a connection while it is struck
                now = time.monotonic()
                for connection in [each for each, due in self._due.items() if due <= now]:
                    self._strike(connection)

    def _strike(self, connection: Connection) -> None:
        if connection not in self._struck:
            self._struck.add(connection)
            with suppress(psycopg.Error):
                connection.cancel_safe(timeout=self._patience.cancel_s)
            self._due[connection] = time.monotonic() + self._patience.cancel_s
            return
        del self._due[connection]
        with suppress(psycopg.Error, OSError), socket.socket(fileno=os.dup(connection.fileno())) as wire:
            wire.shutdown(socket.SHUT_RDWR)
