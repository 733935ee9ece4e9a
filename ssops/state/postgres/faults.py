"""What a refusal of PostgreSQL comes to: what, why, and what to do next. No fault carries a credential."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from ssops.errors import StateFault
from ssops.model import message

SHORT = 300
"""Characters of a foreign text that a message repeats."""

CREATED_MEANWHILE = frozenset({"23505", "42P07", "42710"})
"""How two `CREATE TABLE IF NOT EXISTS` at once end for one of them."""

_PASSING = frozenset({"40001", "40P01", "57P01", "57P02", "57P03"})
_TAKES_LONG = frozenset({"57014", "55P03"})


class Words:
    """Builds the faults of one database. `place` names it, `table` the table, `secrets` are left out of every text."""

    def __init__(self, place: str, table: str, secrets: Sequence[str]) -> None:
        self._place = place
        self._table = table
        self._secrets = tuple(secrets)

    def unreachable(self, fault: psycopg.Error | UnicodeError) -> StateFault:
        """Say why there is no connection. Its reason has no code of its own: libpq's words tell it."""
        said = message("postgres.unreachable", place=self._place, why=self._plain(str(fault)))
        at = fault.pgconn if isinstance(fault, psycopg.Error) else None
        if at is not None and at.needs_password:
            return StateFault("state_credentials", said, message("postgres.no_password.hint"))
        if at is not None and at.used_password:
            return StateFault("state_credentials", said, message("postgres.password.hint"))
        return StateFault("state_unreachable", said, message("postgres.unreachable.hint"))

    def late(self, seconds: float) -> StateFault:
        """Say that there was no answer in time."""
        said = message("postgres.late", place=self._place, seconds=round(seconds))
        return StateFault("state_unreachable", said, message("postgres.late.hint", table=self._table))

    def lost(self) -> StateFault:
        """Say that connections break, however often they are opened."""
        return StateFault(
            "state_unreachable", message("postgres.lost", place=self._place), message("postgres.unreachable.hint")
        )

    def shape(self) -> StateFault:
        """Say that the table is not one of ssops."""
        said = message("postgres.shape", place=self._place, table=self._table)
        return StateFault("state_table", said, message("postgres.shape.hint"))

    def refused(self, fault: psycopg.Error) -> StateFault:
        """Say why a statement was refused, by its SQLSTATE.

        Source: https://www.postgresql.org/docs/current/errcodes-appendix.html, read 2026-11-22.
        """
        code = fault.sqlstate or "-"
        at, table = self._place, self._table
        match code:
            case "42501":
                said = message("postgres.forbidden", place=at, table=table)
                return StateFault("state_forbidden", said, message("postgres.forbidden.hint", table=table))
            case "25006":
                said = message("postgres.read_only", place=at)
                return StateFault("state_unwritable", said, message("postgres.read_only.hint"))
            case "53100":
                said = message("postgres.full", place=at)
                return StateFault("state_unwritable", said, message("postgres.full.hint"))
            case "3F000":
                said = message("postgres.no_schema", place=at, table=table)
                return StateFault("state_table", said, message("postgres.no_schema.hint"))
            case _ if code in _TAKES_LONG:
                said = message("postgres.cancelled", place=at)
                return StateFault("state_unreachable", said, message("postgres.late.hint", table=table))
            case _ if code[:2] in ("22", "23", "42", "55"):
                return self.shape()
        said = message("postgres.refused", place=at, code=code, said=self._plain(fault.diag.message_primary or "-"))
        return StateFault("state_refused", said, message("postgres.refused.hint"))

    def _plain(self, text: str) -> str:
        """Put a foreign text on one line, in short, without a secret: who answers may echo what it got."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return " ".join(text.split())[:SHORT]


def is_passing(fault: psycopg.Error) -> bool:
    """Tell whether the same statement may well be answered in a moment.

    So it is where the server is on its way down or up, a pooler lost it, or two transactions met.
    """
    code = fault.sqlstate or ""
    return code in _PASSING or code[:2] == "08"


def unreadable_dsn(variable: str) -> StateFault:
    """Say that a variable holds no connection string, without repeating it."""
    said = message("postgres.dsn", variable=variable)
    return StateFault("state_endpoint", said, message("postgres.dsn.hint", variable=variable))
