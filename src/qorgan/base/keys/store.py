"""The key store: wrapped keys in a PostgreSQL cluster of their own, whose backups never travel with the data's."""

import threading
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import psycopg
from django.utils.translation import gettext_lazy as _

from qorgan.base.db import revival
from qorgan.base.errors import Refused

SCHEMA = """
create table if not exists wrapped_key (
    id uuid primary key,
    wrapped bytea not null,
    made_at timestamptz not null default now()
)
"""


class KeyStoreAway(Refused):
    """Names and texts cannot be opened or sealed: the key store does not answer."""

    text = _("The key store does not answer. Nothing was lost; please try again in a minute.")
    status = 503


class Store:
    """One connection per thread to the key store, made when first needed and again when it broke."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._local = threading.local()

    def _connection(self) -> psycopg.Connection:
        held: psycopg.Connection | None = getattr(self._local, "connection", None)
        if held is None or held.closed:
            held = psycopg.connect(self._dsn, autocommit=True, connect_timeout=10)
            self._local.connection = held
        return held

    def _ask(self, statement: str, *values: object) -> list[tuple[UUID, bytes]]:
        try:
            return self._execute(statement, values)
        except psycopg.OperationalError:
            self.close()
            revival.revive()
        try:
            return self._execute(statement, values)
        except psycopg.OperationalError as failure:
            self.close()
            raise KeyStoreAway from failure

    def _execute(self, statement: str, values: tuple[object, ...]) -> list[tuple[UUID, bytes]]:
        with self._connection().cursor() as cursor:
            cursor.execute(statement, values)
            return [(row[0], bytes(row[1])) for row in cursor.fetchall()] if cursor.description else []

    def close(self) -> None:
        """Give the thread's connection back."""
        held: psycopg.Connection | None = getattr(self._local, "connection", None)
        if held is not None:
            held.close()
        self._local.connection = None

    def add(self, keys: Iterable[tuple[UUID, bytes]]) -> None:
        """Keep wrapped keys; committed when this returns. Adding one again changes nothing."""
        made = list(keys)
        self._ask(
            "insert into wrapped_key (id, wrapped) select * from unnest(%s::uuid[], %s::bytea[])"
            " on conflict do nothing",
            [key_id for key_id, _wrapped in made],
            [wrapped for _key_id, wrapped in made],
        )

    def get(self, ids: Iterable[UUID]) -> dict[UUID, bytes]:
        """The wrapped keys of `ids`; a destroyed key is simply not among them."""
        return dict(self._ask("select id, wrapped from wrapped_key where id = any(%s)", list(ids)))

    def older_than(self, moment: datetime) -> set[UUID]:
        """The ids of keys made before `moment`."""
        return {row[0] for row in self._ask("select id, ''::bytea from wrapped_key where made_at < %s", moment)}

    def destroy(self, ids: Iterable[UUID]) -> None:
        """Forget keys for good."""
        self._ask("delete from wrapped_key where id = any(%s)", list(ids))
