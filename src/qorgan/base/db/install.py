"""Making a database ready: roles, the database itself, the key store. Safe to run again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql

from qorgan.base.keys.store import SCHEMA as KEYS_SCHEMA
from qorgan.base.processes import CHARTERS, Key, Process


@dataclass
class OwnerMustAct(Exception):
    """The login given may not create roles. `script` is the SQL that the server's owner runs once."""

    script: str

    def __str__(self) -> str:
        return "The login of DATABASE_URL may not create roles. Let the owner of the server run this SQL once."


def role_statements(passwords: Mapping[str, str], *, existing: frozenset[str]) -> Iterator[sql.Composed]:
    """SQL that makes each process's login, with its password; none may bypass row-level security."""
    for charter in CHARTERS.values():
        verb = sql.SQL("alter role") if charter.login in existing else sql.SQL("create role")
        yield sql.SQL("{} {} login nosuperuser nocreatedb nocreaterole nobypassrls noinherit password {}").format(
            verb, sql.Identifier(charter.login), sql.Literal(passwords[charter.login])
        )


def database_statements(name: str) -> Iterator[sql.Composed]:
    """SQL that lets the migrator build in the database and lets nobody else create anything."""
    database = sql.Identifier(name)
    migrator = sql.Identifier(CHARTERS[Process.MIGRATOR].login)
    yield sql.SQL("revoke all on database {} from public").format(database)
    yield sql.SQL("grant all on database {} to {}").format(database, migrator)
    for charter in CHARTERS.values():
        yield sql.SQL("grant connect on database {} to {}").format(database, sql.Identifier(charter.login))
    yield sql.SQL("grant all on schema public to {}").format(migrator)


def _existing_roles(connection: psycopg.Connection) -> frozenset[str]:
    return frozenset(row[0] for row in connection.execute("select rolname from pg_roles").fetchall())


def _may_create_roles(connection: psycopg.Connection) -> bool:
    row = connection.execute("select rolsuper or rolcreaterole from pg_roles where rolname = current_user").fetchone()
    return bool(row and row[0])


def script(passwords: Mapping[str, str], name: str, connection: psycopg.Connection) -> str:
    """The SQL for an owner who does it by hand."""
    existing = _existing_roles(connection)
    pieces = [*role_statements(passwords, existing=existing), *database_statements(name)]
    return ";\n".join(piece.as_string(connection) for piece in pieces) + ";\n"


def _ensure_database(dsn: str, name: str) -> None:
    with psycopg.connect(dsn, dbname="postgres", autocommit=True) as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
        if not found:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))


def prepare(dsn: str, *, name: str, passwords: Mapping[str, str], create: bool) -> None:
    """Roles and database of the data, by the owner's `dsn`. With `create` the database is made where missing.

    Raises OwnerMustAct, with the SQL, where the login may not create roles and they are not all there yet.
    """
    if create:
        _ensure_database(dsn, name)
    with psycopg.connect(dsn, autocommit=True) as connection:
        existing = _existing_roles(connection)
        if not _may_create_roles(connection):
            if all(charter.login in existing for charter in CHARTERS.values()):
                return
            raise OwnerMustAct(script(passwords, name, connection))
        for statement in role_statements(passwords, existing=existing):
            connection.execute(statement)
        for statement in database_statements(name):
            connection.execute(statement)


def prepare_keys(dsn: str, *, name: str, passwords: Mapping[str, str], create: bool) -> None:
    """The key store: its table, and logins for the processes that hold the key of persons, no others."""
    if create:
        _ensure_database(dsn, name)
    with psycopg.connect(dsn, autocommit=True) as connection:
        existing = _existing_roles(connection)
        connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
        connection.execute(KEYS_SCHEMA)
        for process, charter in CHARTERS.items():
            if charter.key is not Key.PERSONS:
                continue
            login = sql.Identifier(charter.login)
            verb = sql.SQL("alter role" if charter.login in existing else "create role")
            secret = sql.Literal(passwords[charter.login])
            connection.execute(sql.SQL("{} {} login password {}").format(verb, login, secret))
            connection.execute(sql.SQL("grant connect on database {} to {}").format(sql.Identifier(name), login))
            rights = "select, insert, delete" if process is Process.WORKER else "select, insert"
            connection.execute(sql.SQL("grant {} on wrapped_key to {}").format(sql.SQL(rights), login))
