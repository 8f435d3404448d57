"""Signing in to the real servers as a process does: its own login, the password from its file."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from qorgan.base import deployment
from qorgan.base.processes import Process
from qorgan.base.scope import APPLY, Actor, settings_of


@contextmanager
def signed_in(process: Process, *, as_actor: Actor | None = None) -> Iterator[psycopg.Connection]:
    """A connection of its own, in one transaction that is rolled back; with an actor the scope is set as elsewhere."""
    with psycopg.connect(deployment.login(process).dsn()) as connection:
        if as_actor is not None:
            connection.execute(APPLY, settings_of(as_actor))
        yield connection
        connection.rollback()


@contextmanager
def master() -> Iterator[psycopg.Connection]:
    """The superuser's own connection, with triggers set aside: what a thief of the server could do."""
    with psycopg.connect(deployment.owner().dsn(), autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection


def tables() -> list[str]:
    """Every table of the data."""
    with psycopg.connect(deployment.owner().dsn()) as connection:
        rows = connection.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
    return [str(row[0]) for row in rows]


def count(connection: psycopg.Connection, table: str) -> int:
    """How many rows of a table the connection sees."""
    row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(row[0])
