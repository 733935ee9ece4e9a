"""State in a table of PostgreSQL, reached directly or through any pooler."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssops.errors import StateFault
from ssops.model import message
from ssops.state.base import StateStore


def open(section: Mapping[str, Any], environ: Mapping[str, str]) -> StateStore:
    """Make the store that the section `postgres` of ssops.yaml names; nothing is connected yet.

    Passwords are read from `environ` and kept from every text. Raises StateFault where psycopg is not installed
    (`state_package`), and for a connection string that cannot be read (`state_endpoint`).
    """
    try:
        import psycopg  # noqa: F401 - an extra: asked for before what builds upon it
    except ImportError as fault:  # also where it is there, and libpq is not
        raise StateFault("state_package", message("postgres.package"), message("postgres.package.hint")) from fault
    from ssops.state.postgres import settings
    from ssops.state.postgres.link import Link
    from ssops.state.postgres.store import PostgresStore
    from ssops.state.postgres.watch import Patience

    found = settings.read(section, environ)
    return PostgresStore(Link(found, Patience()), found.table)
