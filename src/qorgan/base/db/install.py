"""Making a database ready: roles, the database itself, the key store. Safe to run again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg import sql

from qorgan.base.keys.store import SCHEMA as KEYS_SCHEMA
from qorgan.base.processes import CHARTERS, Key, Process

KEEPERS = tuple(process for process, charter in CHARTERS.items() if charter.key is Key.PERSONS)

# Keys are made by whoever writes; destroyed, wrapped anew and replaced by the worker alone.
_OF_STAFF: dict[str, LiteralString] = {"wrapped_key": "select, insert", "master": "select"}
_OF_WORKER: dict[str, LiteralString] = {
    "wrapped_key": "select, insert, delete, update (wrapped, master)",
    "master": "select, insert, delete",
    "renewal": "select, insert, delete",
}


@dataclass
class OwnerMustAct(Exception):
    """The login given may not create roles. `script` is the SQL that the server's owner runs once."""

    script: str

    def __str__(self) -> str:
        return (
            "The login of DATABASE_URL or KEYS_URL may not create roles. Let the owner of the server run this SQL once,"
            f" then run the command again:\n\n{self.script}"
        )


def role_statements(
    logins: Iterable[str], passwords: Mapping[str, str], *, existing: Mapping[str, bool]
) -> Iterator[sql.Composed]:
    """SQL that makes each login, with its password (as SCRAM keeps it); none may bypass row-level security.

    `existing` names the roles there are, and whether each is without special powers: only a superuser may take powers
    away, so they are named only where there are any.
    """
    for login in logins:
        bare = existing.get(login)
        verb = sql.SQL("create role" if bare is None else "alter role")
        powers = sql.SQL("" if bare else "nosuperuser nocreatedb nocreaterole nobypassrls ")
        yield sql.SQL("{} {} login {}noinherit password {}").format(
            verb, sql.Identifier(login), powers, sql.Literal(passwords[login])
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


def keys_statements(name: str) -> Iterator[sql.Composed]:
    """SQL that lets the processes with the key of persons, and nobody else, into the key store."""
    yield sql.SQL("revoke all on database {} from public").format(sql.Identifier(name))
    for process in KEEPERS:
        login = sql.Identifier(CHARTERS[process].login)
        yield sql.SQL("grant connect on database {} to {}").format(sql.Identifier(name), login)
        for table, rights in (_OF_WORKER if process is Process.WORKER else _OF_STAFF).items():
            yield sql.SQL("grant {} on {} to {}").format(sql.SQL(rights), sql.Identifier(table), login)


def _existing_roles(connection: psycopg.Connection) -> dict[str, bool]:
    question = "select rolname, not (rolsuper or rolcreatedb or rolcreaterole or rolbypassrls) from pg_roles"
    return {str(name): bool(bare) for name, bare in connection.execute(question).fetchall()}


def _may_create_roles(connection: psycopg.Connection) -> bool:
    row = connection.execute("select rolsuper or rolcreaterole from pg_roles where rolname = current_user").fetchone()
    return bool(row and row[0])


def _make_roles(connection: psycopg.Connection, logins: Iterable[str], passwords: Mapping[str, str]) -> None:
    """Make the logins, or find them made. Raises OwnerMustAct where they are missing and may not be made."""
    wanted, existing = list(logins), _existing_roles(connection)
    # Neither a terminal nor the server's log shall show the password itself.
    secrets = {login: _hidden(connection, login, passwords[login]) for login in wanted}
    statements = role_statements(wanted, secrets, existing=existing)
    if _may_create_roles(connection):
        for statement in statements:
            connection.execute(statement)
    elif not all(login in existing for login in wanted):
        about = f"-- on {connection.info.host}:{connection.info.port}, for the database {connection.info.dbname}\n"
        raise OwnerMustAct(about + "".join(f"{statement.as_string(connection)};\n" for statement in statements))


def _hidden(connection: psycopg.Connection, login: str, password: str) -> str:
    return connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()


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
        _make_roles(connection, (charter.login for charter in CHARTERS.values()), passwords)
        for statement in database_statements(name):
            connection.execute(statement)


def prepare_keys(dsn: str, *, name: str, passwords: Mapping[str, str], create: bool) -> None:
    """The key store: its table, and logins for the processes that hold the key of persons, no others."""
    if create:
        _ensure_database(dsn, name)
    with psycopg.connect(dsn, autocommit=True) as connection:
        _make_roles(connection, (CHARTERS[process].login for process in KEEPERS), passwords)
        connection.execute(KEYS_SCHEMA)
        for statement in keys_statements(name):
            connection.execute(statement)
