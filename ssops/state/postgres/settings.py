"""Which database, as whom, how safely: what ssops.yaml and the environment say, as libpq takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from psycopg import ProgrammingError, conninfo, pq

from ssops.state.postgres import faults

DSN = "SSOPS_POSTGRES_DSN"
"""The variable that may hold a whole connection string."""

TABLE = "ssops_state"

_FIELDS = ("host", "port", "dbname", "user", "sslmode")
_SECRETS = ("password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
_HIDES_PASSWORDS = 160_000  # the first libpq that can refuse to send a password as it is
_PORTS = re.compile(r"[0-9,]*", re.ASCII)
_UNSAID = {"connect_timeout": "10", "fallback_application_name": "ssops"}  # seconds: libpq would wait for ever


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the table is. `parameters` are libpq's, with the password; `table` is its name, after a schema's or not."""

    parameters: Mapping[str, str] = field(repr=False)
    table: tuple[str, ...]

    @property
    def place(self) -> str:
        """What messages call the database: `HOST:PORT/DBNAME`, as far as it is said, without a credential."""
        said = self.parameters
        host = said.get("host") or said.get("hostaddr") or ""
        name = said.get("dbname") or said.get("user") or said.get("service") or "-"
        return "/".join(filter(None, (":".join(filter(None, (host, said.get("port")))), name)))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no text may repeat, the longest first."""
        return tuple(sorted((self.parameters[name] for name in _SECRETS if self.parameters.get(name)), key=len)[::-1])


def read(section: Mapping[str, Any], environ: Mapping[str, str]) -> Settings:
    """Put together what SSOPS_POSTGRES_DSN says, then ssops.yaml, then libpq's own variables (PGHOST, ...).

    Raises StateFault for a connection string that libpq cannot read.
    """
    told = _told(environ.get(DSN, ""))
    named = {name: str(section[name]) for name in _FIELDS if name in section}
    chosen = {**_UNSAID, **dict(_variables(environ, told)), **named, **told}
    chosen["client_encoding"] = "utf8"  # in an SQL_ASCII one texts would come as bytes
    hosts = _hosts(chosen)
    if not all(is_local(host) for host in hosts):
        # To another machine everything goes encrypted unless somebody says otherwise: libpq's own default gives in to
        # whoever answers that there is no TLS.
        chosen.setdefault("sslmode", "require")
        if "host" in named and "host" not in told and pq.version() >= _HIDES_PASSWORDS:
            # A pull request may name another host. Whatever answers there gets proof of the password, never itself.
            chosen.setdefault("require_auth", "!password")
    if len(hosts) > 1:
        chosen.setdefault("target_session_attrs", "read-write")  # the one that is primary now
    return Settings(chosen, tuple(str(section.get("table", TABLE)).split(".")))


def is_local(host: str) -> bool:
    """Tell whether a host is this machine: a folder with a socket, a loopback address, or none at all."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in ("", "localhost") or host[0] in "/@"


def _told(dsn: str) -> dict[str, str]:
    try:
        said = {name: str(value) for name, value in conninfo.conninfo_to_dict(dsn).items() if value is not None}
    except (ProgrammingError, UnicodeError):
        raise faults.unreadable_dsn(DSN) from None  # the reason repeats the string, and with it the password
    # An '@' or '/' in a password that was not escaped moves what follows into fields that messages show.
    shown = (said.get("dbname", ""), *(host[1:] for host in said.get("host", "").split(",")))
    if any("@" in text for text in shown) or not _PORTS.fullmatch(said.get("port", "")):
        raise faults.unreadable_dsn(DSN)
    return said


def _variables(environ: Mapping[str, str], told: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give what libpq's variables say. A service speaks before them, as libpq has it, so they are left to libpq."""
    service = told.get("service") or environ.get("PGSERVICE")
    for option in pq.Conninfo.get_defaults():
        name, variable = option.keyword.decode(), (option.envvar or b"").decode()
        if environ.get(variable) and (not service or name == "service"):
            yield name, environ[variable]


def _hosts(chosen: Mapping[str, str]) -> list[str]:
    return (chosen.get("hostaddr") or chosen.get("host") or "").split(",")
