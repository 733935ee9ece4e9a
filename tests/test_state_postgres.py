"""The store in PostgreSQL on a real server: what breaks on the way, who refuses, what nobody may see."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import postgres_server
import pytest
from fakes import counter
from postgres_pooler import Fate, pooler
from postgres_server import GUARDED, PASSWORD, PLAIN, Server, free_port
from psycopg import sql

from ssops.errors import StateFault
from ssops.messages import LANGUAGES, say
from ssops.state import postgres, recorded
from ssops.state.base import StaleWrite
from ssops.state.postgres import settings
from ssops.state.postgres.link import Link
from ssops.state.postgres.store import PostgresStore
from ssops.state.postgres.watch import Patience
from ssops.state.space import SpaceState

HASTY = Patience(answer_s=0.4, cancel_s=0.4, return_s=0.4)

Make = Callable[..., PostgresStore]
"""Makes a store on a table of this test; keywords are fields of the section, `environ` and `patience`."""


@pytest.fixture
def server() -> Server:
    return postgres_server.running()


@pytest.fixture
def table() -> str:
    return f"test_{uuid4().hex}"


@pytest.fixture
def make(server: Server, table: str) -> Iterator[Make]:
    made: list[PostgresStore] = []

    def makes(*, patience: Patience | None = None, environ: Mapping[str, str] | None = None, **fields: Any) -> Any:
        found = settings.read(server.section(**{"table": table, **fields}), environ or {})
        made.append(PostgresStore(Link(found, patience or Patience()), found.table))
        return made[-1]

    yield makes
    for store in made:
        store.close()


@pytest.fixture
def role(server: Server) -> str:
    """Give a role that may connect, and nothing else."""
    name = f"role_{uuid4().hex}"
    server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)).as_string())
    return name


def alter(server: Server, statement: str, *names: str) -> None:
    """Run a statement with identifiers in its braces."""
    with server.connect() as connection:
        parts = [sql.Identifier(*name.split(".")) for name in names]
        connection.execute(sql.SQL(statement).format(*parts))


def exists(server: Server, table: str) -> bool:
    return server.execute("SELECT to_regclass(%s) IS NOT NULL", table) == [(True,)]


def strike(server: Server) -> None:
    """Have the server end every connection but the one that asks."""
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )


def refused(call: Callable[[], object]) -> tuple[str, str]:
    """Give the reason and the text of the fault that a call comes to; it has the password in no language."""
    with pytest.raises(StateFault) as caught:
        call()
    fault = caught.value
    assert fault.hint is not None
    assert PASSWORD not in "".join(
        say(each, language) for language in LANGUAGES for each in (fault.message, fault.hint)
    )
    return fault.reason, say(fault.message)


# The table


def test_reading_when_there_is_no_table_then_none_is_made(server: Server, make: Make, table: str) -> None:
    store = make()

    store.remove("sales")
    found = (store.get("sales"), store.version("sales"), store.names())
    with pytest.raises(StaleWrite):
        store.put("sales", b"{}", "version")

    assert found == (None, None, ())
    assert not exists(server, table)


@pytest.mark.parametrize(
    "name", ["State_Of_All", "order", 'a"; DROP TABLE x; --'], ids=["letters", "keyword", "statement"]
)
def test_table_when_its_name_is_unusual_then_it_is_that_very_table(server: Server, make: Make, name: str) -> None:
    store = make(table=name)

    store.put("sales", b"{}", None)

    assert store.names() == ("sales",)
    assert server.execute("SELECT count(*) FROM pg_class WHERE relname = %s", name) == [(1,)]
    alter(server, "DROP TABLE {}", name)


def test_table_when_a_schema_is_named_then_it_is_there(server: Server, make: Make) -> None:
    schema = f"schema_{uuid4().hex}"
    alter(server, "CREATE SCHEMA {}", schema)

    make(table=f"{schema}.state").put("sales", b"{}", None)

    assert exists(server, f"{schema}.state")


def test_put_when_the_first_writers_meet_then_the_table_is_made_once(make: Make) -> None:
    stores = [make() for _ in range(6)]
    start = threading.Barrier(len(stores))
    failed: list[BaseException] = []

    def write(number: int) -> None:
        start.wait()
        try:
            stores[number].put(f"space-{number}", b"{}", None)
        except BaseException as fault:
            failed.append(fault)

    together([partial(write, number) for number in range(len(stores))])

    assert failed == []
    assert len(stores[0].names()) == len(stores)


def test_put_when_the_same_is_written_again_after_removal_then_the_version_is_another(make: Make) -> None:
    store = make()
    seen = set()

    for _ in range(3):
        seen.add(store.put("sales", b"same", None))
        store.remove("sales")

    assert len(seen) == 3
    store.put("sales", b"same", None)
    for version in seen:
        with pytest.raises(StaleWrite):
            store.put("sales", b"other", version)


def test_names_when_the_table_holds_other_rows_then_they_are_left_out(server: Server, make: Make, table: str) -> None:
    store = make()
    store.put("lock/sales", b"{}", None)
    alter(server, "INSERT INTO {} (name, version, body) VALUES ('lock/%', 'v', ''), ('lock/A', 'v', '')", table)

    assert store.names("lock") == ("lock/sales",)


def test_put_when_written_then_the_row_says_when(server: Server, make: Make, table: str) -> None:
    store = make()
    first = store.put("sales", b"one", None)
    made = age(server, table)
    store.put("sales", b"two", first)

    assert timedelta(0) <= age(server, table) < made + timedelta(seconds=30)


def age(server: Server, table: str) -> timedelta:
    with server.connect() as connection:
        row = connection.execute(
            sql.SQL("SELECT clock_timestamp() - written FROM {}").format(sql.Identifier(table))
        ).fetchone()
    assert row is not None
    found: timedelta = row[0]
    return found


# The server's ways


def test_now_when_the_session_has_another_time_zone_then_utc(server: Server, make: Make, role: str) -> None:
    alter(server, "ALTER ROLE {} SET timezone = 'Asia/Kamchatka'", role)

    now = make(user=role).now()

    assert now.utcoffset() == timedelta(0)
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_texts_when_the_database_has_no_encoding_then_they_are_texts(server: Server, make: Make) -> None:
    name = f"ascii_{uuid4().hex}"
    alter(server, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'", name)
    store = make(dbname=name)

    version = store.put("sales", b"\xff", None)

    assert (store.get("sales"), store.names()) == ((b"\xff", version), ("sales",))


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_put_when_the_server_isolates_more_then_nothing_is_lost(
    server: Server, make: Make, role: str, level: str
) -> None:
    alter(server, f"ALTER ROLE {{}} SET default_transaction_isolation = '{level}'", role)
    alter(server, "GRANT CREATE ON SCHEMA public TO {}", role)
    make(user=role).put("sales", b"0", None)

    won = [0] * 4
    together([partial(count, make(user=role), won, number) for number in range(4)])

    assert int((make().get("sales") or (b"", ""))[0]) == sum(won) == 20


def count(store: PostgresStore, won: list[int], number: int) -> None:
    while won[number] < 5:
        found = store.get("sales")
        assert found is not None
        with suppress(StaleWrite):
            store.put("sales", b"%d" % (int(found[0]) + 1), found[1])
            won[number] += 1


def together(works: list[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_statements_when_all_is_done_then_none_leaves_anything_in_a_session(server: Server, make: Make) -> None:
    mark = uuid4().hex
    server.execute("SELECT %s", mark)
    store = make()

    version = store.put("sales", b"one", None)
    store.put("sales", b"two", version)
    read = (store.get("sales"), store.version("sales"), store.names("lock"), store.now())
    store.remove("sales")

    assert len(read) == 4
    verbs = ["CREATE", "INSERT", "UPDATE", "SELECT", "SELECT", "SELECT", "SELECT", "DELETE"]
    assert [statement.split()[0] for statement in told(server, mark)] == verbs


def told(server: Server, mark: str) -> list[str]:
    """Give the statements that the server was told after a mark; one that was prepared would have a name."""
    lines = server.log().rpartition(mark)[2].splitlines()
    parts = [line.split("LOG:  ", 1)[1] for line in lines if "LOG:  " in line]
    return [part.removeprefix("execute <unnamed>: ") for part in parts if part.startswith(("execute", "statement"))]


# Poolers


@pytest.mark.parametrize("sessions", [2, 3])
def test_pooler_when_every_statement_meets_another_session_then_all_works(
    server: Server, make: Make, sessions: int
) -> None:
    with pooler(server.port, sessions=sessions) as port:
        store = make(port=port)
        for number in range(12):
            version = store.put(f"space-{number}", b"one", None)
            version = store.put(f"space-{number}", b"two", version)
            assert store.get(f"space-{number}") == (b"two", version)
        store.remove("space-0")

        assert len(store.names()) == 11
        won = [0] * 4
        store.put("sales", b"0", None)
        together([partial(count, make(port=port), won, number) for number in range(4)])

        assert int((store.get("sales") or (b"", ""))[0]) == sum(won) == 20


# What breaks on the way


def test_calls_when_the_connection_was_ended_then_a_new_one_is_used(server: Server, make: Make) -> None:
    store = make()
    version = store.put("sales", b"one", None)

    strike(server)
    assert store.get("sales") == (b"one", version)
    strike(server)
    version = store.put("sales", b"two", version)
    strike(server)
    assert store.version("sales") == version
    strike(server)
    assert store.names() == ("sales",)
    strike(server)
    store.remove("sales")
    strike(server)
    assert store.now() is not None


def test_calls_when_the_server_was_restarted_then_they_go_on(server: Server, make: Make) -> None:
    store = make()
    version = store.put("sales", b"one", None)

    server.restart()

    assert store.put("sales", b"two", version) == store.version("sales")


def test_calls_when_the_server_is_away_for_a_moment_then_they_wait_for_it(server: Server, make: Make) -> None:
    store = make()
    version = store.put("sales", b"one", None)
    server.stop()
    back = threading.Timer(0.3, server.start)
    back.start()

    try:
        assert store.get("sales") == (b"one", version)
    finally:
        back.join()


def test_calls_when_the_server_stays_away_then_a_fault_in_time(server: Server, make: Make) -> None:
    store = make(patience=HASTY)
    store.put("sales", b"one", None)
    server.stop()

    try:
        began = time.monotonic()
        reason, text = refused(lambda: store.get("sales"))
    finally:
        server.start()

    assert reason == "state_unreachable"
    assert f"'127.0.0.1:{server.port}/postgres'" in text
    assert time.monotonic() - began < 5
    assert store.get("sales") is not None


def test_threads_when_connections_are_ended_under_them_then_nothing_is_lost(server: Server, make: Make) -> None:
    store = make()
    store.put("sales", b"0", None)
    won = [0] * 3
    over = threading.Event()

    def ending() -> None:
        while not over.wait(0.02):
            strike(server)

    enemy = threading.Thread(target=ending)
    enemy.start()
    together([partial(count, store, won, number) for number in range(3)])
    over.set()
    enemy.join()

    assert int((store.get("sales") or (b"", ""))[0]) == sum(won) == 15


@pytest.mark.parametrize("statement", [b"INSERT INTO", b'UPDATE "', b"DELETE FROM", b"SELECT body", b"SELECT name"])
def test_calls_when_answers_are_lost_then_they_come_to_the_same(server: Server, make: Make, statement: bytes) -> None:
    make().put("lock/sales", b"", None)  # the table is there
    left = [2]

    with pooler(server.port, fate=losing(left, statement)) as port:
        store = make(port=port)
        first = store.put("sales", b"one", None)
        second = store.put("sales", b"two", first)
        store.put("support", b"three", None)
        store.remove("support")

        assert store.get("sales") == (b"two", second)
        assert store.names() == ("sales",)
    assert left == [0]


def test_put_when_the_answer_to_making_the_table_is_lost_then_it_is_made_once(server: Server, make: Make) -> None:
    left = [2]

    with pooler(server.port, fate=losing(left, b"CREATE TABLE")) as port:
        store = make(port=port)
        version = store.put("sales", b"one", None)

    assert (left, make().version("sales")) == ([0], version)


def losing(left: list[int], statement: bytes) -> Fate:
    """Lose the answers to the next `left[0]` times that this is asked."""

    def fate(asked: bytes) -> str:
        if statement not in asked or not left[0]:
            return "told"
        left[0] -= 1
        return "lost"

    return fate


@pytest.mark.parametrize("expected", [None, "first"])
def test_put_when_its_answer_is_lost_and_somebody_wrote_since_then_stale(
    server: Server, make: Make, expected: str | None
) -> None:
    other = make()
    version = other.put("sales", b"one", None) if expected else None
    left = [1]

    def fate(asked: bytes) -> str:
        if b"ours" not in asked or not left[0]:
            return "told"
        left[0] -= 1
        other.put("sales", b"theirs", other.version("sales"))
        return "lost"

    other.put("lock/sales", b"", None)  # the table is there
    with pooler(server.port, fate=fate) as port:
        store = make(port=port)
        with pytest.raises(StaleWrite):
            store.put("sales", b"ours", version)

    assert (other.get("sales") or (b"", ""))[0] == b"theirs"


def test_save_when_the_answers_to_its_writes_are_lost_then_it_is_saved_once(server: Server, make: Make) -> None:
    seen: set[bytes] = set()

    def fate(asked: bytes) -> str:
        is_new = b"INSERT" in asked and asked not in seen
        seen.add(asked)
        return "lost" if is_new else "told"

    with pooler(server.port, fate=fate) as port:
        state, version = recorded.save(make(port=port), SpaceState("sales", "lineage"), None, counter("w"))

    assert state.serial == 1
    assert make().version("sales") == version
    assert make().names("history/sales") == ("history/sales/000000000001-w1",)


def test_put_when_somebody_holds_the_row_then_it_is_given_up_everywhere(server: Server, make: Make, table: str) -> None:
    store = make(patience=HASTY)
    version = store.put("sales", b"one", None)
    with server.connect() as holder, holder.transaction():
        holder.execute(sql.SQL("SELECT FROM {} FOR UPDATE").format(sql.Identifier(table)))

        reason, text = refused(lambda: store.put("sales", b"two", version))

        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        assert server.execute(waiting) == [(0,)]
    assert (reason, "did not answer within" in text) == ("state_unreachable", True)
    assert store.get("sales") == (b"one", version)


def test_calls_when_the_network_swallows_the_answer_then_a_fault_in_time(server: Server, make: Make) -> None:
    with pooler(server.port, fate=lambda asked: "swallowed" if b"SELECT" in asked else "told") as port:
        store = make(port=port, patience=HASTY)
        began = time.monotonic()

        reason, text = refused(lambda: store.get("sales"))

    assert (reason, "did not answer within" in text) == ("state_unreachable", True)
    assert time.monotonic() - began < 5


def test_close_when_threads_are_at_work_then_they_go_on(make: Make) -> None:
    store = make()
    store.put("sales", b"0", None)
    won = [0] * 2
    over = threading.Event()

    def closing() -> None:
        while not over.wait(0.005):
            store.close()

    closer = threading.Thread(target=closing)
    closer.start()
    together([partial(count, store, won, number) for number in range(2)])
    over.set()
    closer.join()

    assert int((store.get("sales") or (b"", ""))[0]) == sum(won) == 10


_WRITER = """\
import json, sys
from ssops.state import postgres
from ssops.state.base import StaleWrite
store = postgres.open(json.loads(sys.argv[1]), {})
won = 0
while won < 20:
    data, version = store.get("sales")
    try:
        store.put("sales", b"%d" % (int(data) + 1), version)
        won += 1
    except StaleWrite:
        pass
store.close()
"""


def test_put_when_two_processes_count_then_nothing_is_lost(server: Server, make: Make, table: str) -> None:
    store = make()
    store.put("sales", b"0", None)
    section = json.dumps(server.section(table=table))

    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, section], cwd=Path(__file__).parent.parent) for _ in range(2)
    ]

    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert (store.get("sales") or (b"", ""))[0] == b"40"


# Who refuses


def test_open_when_psycopg_is_not_installed_then_a_fault_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(StateFault) as caught:
        postgres.open({}, {})

    assert caught.value.reason == "state_package"
    assert caught.value.hint is not None
    assert "pip install 'ssops[postgres]'" in say(caught.value.hint)


def test_get_when_nobody_listens_then_a_fault_at_once(make: Make) -> None:
    port = free_port()

    reason, text = refused(make(port=port, environ={"PGPASSWORD": PASSWORD}).now)

    assert reason == "state_unreachable"
    assert f"'127.0.0.1:{port}/postgres'" in text


@pytest.mark.parametrize(
    ("fields", "environ", "expected"),
    [
        pytest.param({"user": GUARDED}, {"PGPASSWORD": f"{PASSWORD}x"}, "state_credentials", id="wrong-password"),
        pytest.param({"user": GUARDED}, {}, "state_credentials", id="no-password"),
        pytest.param({"user": "nobody"}, {"PGPASSWORD": PASSWORD}, "state_unreachable", id="no-user"),
        pytest.param({"user": GUARDED, "dbname": "lost"}, {"PGPASSWORD": PASSWORD}, "state_credentials", id="both"),
        pytest.param({"dbname": "lost"}, {"PGPASSWORD": PASSWORD}, "state_unreachable", id="no-database"),
        pytest.param({"host": "host.invalid"}, {"PGPASSWORD": PASSWORD}, "state_unreachable", id="no-host"),
        pytest.param({"host": "a..b"}, {"PGPASSWORD": PASSWORD}, "state_unreachable", id="never-a-host"),
        pytest.param({"sslmode": "require"}, {"PGPASSWORD": PASSWORD}, "state_unreachable", id="no-tls"),
        pytest.param(
            {"user": PLAIN},
            {"PGPASSWORD": PASSWORD, "PGREQUIREAUTH": "!password"},
            "state_unreachable",
            id="asks-for-the-password",
        ),
    ],
)
def test_get_when_the_server_lets_nobody_in_then_a_fault_says_why(
    make: Make, fields: dict[str, Any], environ: dict[str, str], expected: str
) -> None:
    store = make(environ=environ, **fields)

    reason, text = refused(lambda: store.get("sales"))

    assert (reason, "cannot connect" in text) == (expected, True)
    with pytest.raises(StateFault) as caught:
        store.get("sales")
    assert PASSWORD not in "".join([*traceback.format_exception(caught.value), repr(store), repr(caught.value)])


@pytest.mark.parametrize("user", [GUARDED, PLAIN])
def test_get_when_the_password_is_right_then_it_opens(server: Server, make: Make, user: str) -> None:
    dsn = f"postgresql://{user}:{quote(PASSWORD, safe='')}@127.0.0.1:{server.port}/postgres"

    assert make(user=user, environ={"PGPASSWORD": PASSWORD}).get("sales") is None
    assert make(host="elsewhere.invalid", environ={settings.DSN: dsn}).get("sales") is None


def test_put_when_the_user_may_not_make_the_table_then_a_fault_says_what_is_needed(make: Make, role: str) -> None:
    store = make(user=role)
    assert store.get("sales") is None

    assert refused(lambda: store.put("sales", b"{}", None))[0] == "state_forbidden"


def test_put_when_the_user_may_only_read_then_plan_works_and_apply_is_refused(
    server: Server, make: Make, role: str, table: str
) -> None:
    version = make().put("sales", b"one", None)
    store = make(user=role)
    assert refused(lambda: store.get("sales"))[0] == "state_forbidden"
    alter(server, "GRANT SELECT ON {} TO {}", table, role)

    assert store.get("sales") == (b"one", version)
    for call in (
        lambda: store.put("sales", b"two", version),
        lambda: store.put("other", b"two", None),
        lambda: store.remove("sales"),
    ):
        assert refused(call)[0] == "state_forbidden"


def test_put_when_the_user_has_just_the_rights_named_then_all_works(
    server: Server, make: Make, role: str, table: str
) -> None:
    make().put("sales", b"one", None)
    alter(server, "GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}", table, role)
    store = make(user=role)

    store.put("sales", b"two", store.version("sales"))
    store.remove("sales")
    store.put("sales", b"three", None)

    assert store.names() == ("sales",)


def test_put_when_the_server_is_read_only_then_a_fault_says_so(server: Server, make: Make, role: str) -> None:
    make().put("sales", b"one", None)
    alter(server, "ALTER ROLE {} SUPERUSER", role)
    alter(server, "ALTER ROLE {} SET default_transaction_read_only = on", role)
    store = make(user=role)

    reason, text = refused(lambda: store.put("sales", b"two", store.version("sales")))

    assert (reason, "takes no writes" in text) == ("state_unwritable", True)
    assert refused(lambda: make(user=role, table="fresh").put("sales", b"", None))[0] == "state_unwritable"


@pytest.mark.parametrize(
    ("code", "reason", "words"),
    [
        ("53100", "state_unwritable", "is full"),
        ("53200", "state_refused", "SQLSTATE 53200"),
        ("57014", "state_unreachable", "longer than the server allows"),
        ("55P03", "state_unreachable", "longer than the server allows"),
        ("XX001", "state_refused", "SQLSTATE XX001"),
        ("P0001", "state_refused", "says *** on one line"),
    ],
)
def test_put_when_the_server_refuses_then_the_fault_goes_by_its_code(
    server: Server, make: Make, table: str, code: str, reason: str, words: str
) -> None:
    store = make(environ={"PGPASSWORD": PASSWORD})
    version = store.put("sales", b"one", None)
    with server.connect() as connection:
        body = sql.Literal(f"BEGIN RAISE EXCEPTION USING ERRCODE='{code}', MESSAGE='says {PASSWORD}\non one line'; END")
        ruin = sql.SQL(
            "CREATE FUNCTION {f}() RETURNS trigger LANGUAGE plpgsql AS {body}; "
            "CREATE TRIGGER ruin BEFORE UPDATE ON {t} FOR EACH ROW EXECUTE FUNCTION {f}()"
        )
        connection.execute(ruin.format(f=sql.Identifier(f"f_{table}"), t=sql.Identifier(table), body=body))

    found, text = refused(lambda: store.put("sales", b"two", version))

    assert (found, words in text) == (reason, True)
    assert store.get("sales") == (b"one", version)


@pytest.mark.parametrize(
    "columns",
    [
        "id int",
        "name text, version text, body bytea",
        "name text primary key, version bigint, body bytea",
        "name text primary key, version text, body bytea, other int NOT NULL",
        "name bigint primary key, version text, body bytea",
    ],
)
def test_put_when_the_table_is_another_then_refused(server: Server, make: Make, table: str, columns: str) -> None:
    alter(server, f"CREATE TABLE {{}} ({columns})", table)

    assert refused(lambda: make().put("sales", b"\xff", None))[0] == "state_table"


@pytest.mark.parametrize("columns", ["name text, version bigint, body bytea", "name text, version text, body text"])
def test_get_when_the_table_is_another_then_refused(server: Server, make: Make, table: str, columns: str) -> None:
    alter(server, f"CREATE TABLE {{}} ({columns})", table)
    alter(server, "INSERT INTO {} VALUES ('sales', '1', 'x')", table)

    assert refused(lambda: make().get("sales"))[0] == "state_table"


def test_put_when_there_is_no_such_schema_then_a_fault_names_it(make: Make) -> None:
    store = make(table="nowhere.state")
    assert store.get("sales") is None

    assert refused(lambda: store.put("sales", b"{}", None))[0] == "state_table"


@contextmanager
def silence() -> Iterator[int]:
    """Give a port where connections are taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door.getsockname()[1]


def test_get_when_whoever_listens_says_nothing_then_a_fault_in_time(make: Make) -> None:
    with silence() as port:
        reason, text = refused(make(port=port, environ={"PGCONNECT_TIMEOUT": "2"}).now)

    assert (reason, "timeout" in text) == ("state_unreachable", True)
