"""Which database, as whom, how safely: what ssops.yaml, a connection string and libpq's variables come to together."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import pytest

from ssops.errors import InvalidManifest, StateFault
from ssops.manifest import config
from ssops.messages import say
from ssops.state import postgres
from ssops.state.postgres import settings

REMOTE = {"host": "db.example.com", "dbname": "ssops", "user": "ci"}
SECRET = "canary-77"


def chosen(section: dict[str, Any], environ: dict[str, str], *names: str) -> tuple[str | None, ...]:
    found = settings.read(section, environ)
    return tuple(found.parameters.get(name) for name in names)


@pytest.mark.parametrize(
    ("section", "environ", "expected"),
    [
        pytest.param({}, {}, (None, None, None), id="nothing"),
        pytest.param({}, {"PGHOST": "a", "PGUSER": "b"}, ("a", "b", None), id="variables"),
        pytest.param({"host": "c"}, {"PGHOST": "a", "PGUSER": "b"}, ("c", "b", None), id="file-before-variables"),
        pytest.param(
            {"host": "c", "user": "d"},
            {settings.DSN: "postgresql://e:f@g/h", "PGUSER": "b", "PGPASSWORD": "i"},
            ("g", "e", "f"),
            id="string-before-all",
        ),
        pytest.param(
            {"host": "c", "user": "d"},
            {settings.DSN: "host=g password='f f'", "PGPASSWORD": "i"},
            ("g", "d", "f f"),
            id="string-and-file",
        ),
        pytest.param({"host": "c"}, {"PGPASSWORD": "", settings.DSN: ""}, ("c", None, None), id="empty"),
    ],
)
def test_read_when_several_speak_then_the_nearest_counts(
    section: dict[str, Any], environ: dict[str, str], expected: tuple[str | None, ...]
) -> None:
    assert chosen(section, environ, "host", "user", "password") == expected


def test_read_when_a_service_is_named_then_libpq_reads_it_itself() -> None:
    environ = {"PGSERVICE": "main", "PGHOST": "a", "PGPASSWORD": SECRET}

    assert chosen({}, environ, "service", "host", "password") == ("main", None, None)


@pytest.mark.parametrize(
    ("section", "environ", "expected"),
    [
        pytest.param({}, {}, (None, None), id="this-machine"),
        pytest.param({"host": "localhost"}, {}, (None, None), id="localhost"),
        pytest.param({"host": "127.0.0.2"}, {}, (None, None), id="loopback"),
        pytest.param({"host": "::1"}, {}, (None, None), id="loopback-6"),
        pytest.param({"host": "/var/run/postgresql"}, {}, (None, None), id="socket"),
        pytest.param({"host": "10.0.0.1"}, {}, ("require", "!password"), id="network"),
        pytest.param(REMOTE, {}, ("require", "!password"), id="host-in-the-file"),
        pytest.param({"host": "localhost,db"}, {}, ("require", "!password"), id="one-of-two"),
        pytest.param({}, {"PGHOST": "db"}, ("require", None), id="host-in-a-variable"),
        pytest.param(REMOTE, {settings.DSN: "postgresql://db"}, ("require", None), id="host-in-the-string"),
        pytest.param(REMOTE | {"sslmode": "verify-full"}, {}, ("verify-full", "!password"), id="mode-in-the-file"),
        pytest.param(REMOTE, {"PGSSLMODE": "prefer"}, ("prefer", "!password"), id="mode-in-a-variable"),
        pytest.param(REMOTE, {"PGREQUIREAUTH": "password"}, ("require", "password"), id="way-in-a-variable"),
        pytest.param({"host": "localhost"}, {"PGHOSTADDR": "10.0.0.1"}, ("require", "!password"), id="address"),
    ],
)
def test_read_when_the_server_is_elsewhere_then_encrypted_and_the_password_is_not_handed_over(
    section: dict[str, Any], environ: dict[str, str], expected: tuple[str | None, str | None]
) -> None:
    assert chosen(section, environ, "sslmode", "require_auth") == expected


def test_read_when_there_are_several_hosts_then_the_primary_is_wanted() -> None:
    many = {"host": "a,b"}

    assert chosen(many, {}, "target_session_attrs") == ("read-write",)
    assert chosen(many, {"PGTARGETSESSIONATTRS": "any"}, "target_session_attrs") == ("any",)
    assert chosen({"host": "a"}, {}, "target_session_attrs") == (None,)


def test_read_when_nothing_is_said_of_waiting_then_not_for_ever() -> None:
    assert chosen({}, {}, "connect_timeout") == ("10",)
    assert chosen({}, {"PGCONNECT_TIMEOUT": "3"}, "connect_timeout") == ("3",)


def test_read_when_a_table_is_named_then_with_its_schema() -> None:
    assert settings.read({}, {}).table == ("ssops_state",)
    assert settings.read({"table": "ops.state"}, {}).table == ("ops", "state")


@pytest.mark.parametrize(
    ("section", "environ", "expected"),
    [
        ({}, {"PGUSER": "ci"}, "ci"),
        ({"dbname": "ssops"}, {}, "ssops"),
        (REMOTE, {}, "db.example.com/ssops"),
        (REMOTE | {"port": 6432}, {}, "db.example.com:6432/ssops"),
        ({}, {settings.DSN: f"postgresql://ci:{SECRET}@db:6432/ssops"}, "db:6432/ssops"),
    ],
)
def test_place_when_said_then_without_a_credential(
    section: dict[str, Any], environ: dict[str, str], expected: str
) -> None:
    assert settings.read(section, environ | {"PGPASSWORD": SECRET}).place == expected


def test_settings_when_shown_then_without_the_password() -> None:
    found = settings.read(REMOTE, {"PGPASSWORD": SECRET})

    assert found.secrets == (SECRET,)
    assert SECRET not in f"{found!r} {found}"


@pytest.mark.parametrize(
    "dsn",
    [
        SECRET,
        f"postgresql://ci:{SECRET}%zz@db/ssops",
        f"postgresql://ci:a@{SECRET}@db/ssops",
        f"postgresql://ci:{SECRET}/b@db/ssops",
        f"postgresql://ci:12/{SECRET}@db/ssops",
        f"host=db password='{SECRET}",
        f"host=db passwort={SECRET}",
        f"{SECRET}\udce4",
    ],
)
def test_open_when_the_connection_string_cannot_be_meant_then_a_fault_does_not_repeat_it(dsn: str) -> None:
    with pytest.raises(StateFault) as caught:
        postgres.open({}, {settings.DSN: dsn})

    fault = caught.value
    assert fault.hint is not None
    assert fault.reason == "state_endpoint"
    assert SECRET not in "".join([say(fault.message), say(fault.hint), *traceback.format_exception(fault)])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", "postgres://db.example.com/ssops"),
        ("host", "ci:secret@db.example.com"),
        ("host", "db example"),
        ("host", ""),
        ("port", 0),
        ("sslmode", "verify"),
        ("table", "a.b.c"),
        ("table", "state; DROP TABLE x"),
        ("table", "1st"),
        ("table", "a" * 64),
        ("password", "secret"),
    ],
)
def test_config_when_a_field_is_wrong_then_an_issue(tmp_path: Path, field: str, value: Any) -> None:
    with pytest.raises(InvalidManifest) as caught:
        config.load(
            written(tmp_path, f"{{host: db, {field}: {value!r}}}" if field != "host" else f"{{host: {value!r}}}")
        )

    assert len(caught.value.issues) == 1


@pytest.mark.parametrize(
    "host", ["db.example.com", "10.0.0.1", "::1", "fe80::1", "/var/run/postgresql", "a.example.com,b.example.com"]
)
def test_config_when_the_host_is_one_then_taken(tmp_path: Path, host: str) -> None:
    assert config.load(written(tmp_path, f"{{host: '{host}', table: Ops_1.state}}")).state["host"] == host


def written(folder: Path, section: str) -> Path:
    (folder / "spaces").mkdir()
    path = folder / "ssops.yaml"
    path.write_text(f"version: 1\norganization: bpfexample0000000001\nstate: {{postgres: {section}}}\n")
    return path
