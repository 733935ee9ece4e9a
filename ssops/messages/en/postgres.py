"""What ssops says about state in PostgreSQL."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "schema-pattern.table": "{value} in '{field}' is not the name of a table",
    "schema-pattern.table.hint": (
        "a name is at most 63 Latin letters, digits and underscores, not starting with a digit, "
        "with the schema and a dot before it if need be, for example {example}"
    ),
    "schema-pattern.host": "{value} in '{field}' is not the name of a host",
    "schema-pattern.host.hint": (
        "write the host alone, for example {example}; the port and the database have fields of their own, "
        "and a password belongs into SSOPS_POSTGRES_DSN or PGPASSWORD"
    ),
    "postgres.package": "state in PostgreSQL needs a package that is not installed",
    "postgres.package.hint": "install it with: pip install 'ssops[postgres]'",
    "postgres.dsn": "{variable} does not hold a connection string of PostgreSQL",
    "postgres.dsn.hint": (
        "write postgresql://USER:PASSWORD@HOST:PORT/DATABASE into {variable}; "
        "in the password, %, @, :, / and ? are written as %25, %40, %3A, %2F and %3F"
    ),
    "postgres.unreachable": "cannot connect to the state store, database '{place}': {why}",
    "postgres.unreachable.hint": (
        "check 'host', 'port', 'dbname', 'user' and 'sslmode' under 'state' in ssops.yaml, and in SSOPS_POSTGRES_DSN, "
        "and that the server runs and lets this machine in"
    ),
    "postgres.no_password.hint": "set PGPASSWORD to the password, or SSOPS_POSTGRES_DSN to the whole connection string",
    "postgres.password.hint": (
        "check that the password in PGPASSWORD or SSOPS_POSTGRES_DSN is that of this user, and that there is such a database"
    ),
    "postgres.late": "the state store, database '{place}', did not answer within {seconds} s",
    "postgres.late.hint": (
        "run the command again; where it goes on, see in pg_stat_activity who holds a lock on '{table}', and check the network"
    ),
    "postgres.cancelled": "the state store, database '{place}', gave up: the request took longer than the server allows",
    "postgres.lost": "the connection to the state store, database '{place}', breaks again and again",
    "postgres.forbidden": "this database user lacks a right on table '{table}' of the state store, database '{place}'",
    "postgres.forbidden.hint": (
        "to plan it needs SELECT on {table}; to apply INSERT, UPDATE and DELETE, too; "
        "and the first write of all needs CREATE on the schema, unless the owner of the database makes the table"
    ),
    "postgres.read_only": "the state store, database '{place}', takes no writes now: it is a replica or was made read-only",
    "postgres.read_only.hint": (
        "name the primary in 'host', or all hosts with commas between: the primary is found then; "
        "a managed database also turns read-only when its disk is full"
    ),
    "postgres.full": "the disk of the state store, database '{place}', is full",
    "postgres.full.hint": "nothing recorded is lost; make room on the database server, then run the command again",
    "postgres.no_schema": "there is no schema for table '{table}' in the state store, database '{place}'",
    "postgres.no_schema.hint": "create it (CREATE SCHEMA), or correct 'table' under 'state' in ssops.yaml",
    "postgres.shape": "table '{table}' of the state store, database '{place}', was not made by ssops",
    "postgres.shape.hint": "name another one in 'table' under 'state' in ssops.yaml: ssops makes it with the first write",
    "postgres.refused": "the state store, database '{place}', refused (SQLSTATE {code}): {said}",
    "postgres.refused.hint": "nothing recorded is lost; ask who runs the database what this means, then run the command again",
}
