"""The key store: wrapped keys in a PostgreSQL cluster of their own, whose backups never travel with the data's."""

import threading
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

import psycopg
from django.utils.translation import gettext_lazy as _

from qorgan.base.db import revival
from qorgan.base.db.answering import MANNERS, Silence, Watched
from qorgan.base.errors import Refused

SCHEMA = """
create table if not exists master (
    version integer primary key,
    made_at timestamptz not null default now()
);
insert into master (version) select 1 where not exists (select from master);
create table if not exists wrapped_key (
    id uuid primary key,
    wrapped bytea not null,
    made_at timestamptz not null default now()
);
alter table wrapped_key add column if not exists master integer not null default 1 references master (version);
create table if not exists renewal (
    old uuid primary key,
    new uuid not null,
    begun_at timestamptz not null default now()
)
"""

# A block is kept only under the current master: whoever missed a rotation is told, and wraps it anew.
_ADD = """
with current as (select max(version) as version from master), kept as (
    insert into wrapped_key (id, wrapped, master)
    select made.id, made.wrapped, current.version
    from unnest(%s::uuid[], %s::bytea[]) as made (id, wrapped), current
    where current.version = %s
    on conflict do nothing
)
select version from current
"""
_REWRAP = """
update wrapped_key held set wrapped = made.wrapped, master = %s
from unnest(%s::uuid[], %s::bytea[]) as made (id, wrapped)
where held.id = made.id and held.master < %s
"""
_DESTROY = """
with begun as (delete from renewal where old = any(%s) or new = any(%s))
delete from wrapped_key where id = any(%s)
"""


class Wrapped(NamedTuple):
    """A key as the store keeps it: under the master of which version, and its wrapped bytes."""

    master: int
    key: bytes


class KeysLeft(Refused):
    """A master is not forgotten while a key is left under it: that key would be lost."""

    text = _("%(count)s keys are still under an older master: wrap them anew first.")


class KeyStoreAway(Refused):
    """Names and texts cannot be opened or sealed: the key store does not answer."""

    text = _("The key store does not answer. Nothing was lost; please try again in a minute.")
    status = 503


class Store:
    """One connection per thread to the key store, made when first needed and again when it broke."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._silence = Silence()
        self._local = threading.local()

    def _connection(self) -> psycopg.Connection:
        held: psycopg.Connection | None = getattr(self._local, "connection", None)
        if held is None or held.closed:
            held = self._silence.connect(self._connected)
            self._local.connection = held
        return held

    def _connected(self) -> psycopg.Connection:
        made = Watched.connect(self._dsn, autocommit=True, connect_timeout=4, **MANNERS)
        made.silence = self._silence
        return made

    def _ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
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

    def _execute(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with self._connection().cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """Give the thread's connection back."""
        held: psycopg.Connection | None = getattr(self._local, "connection", None)
        if held is not None:
            held.close()
        self._local.connection = None

    def add(self, keys: Iterable[tuple[UUID, bytes]], *, master: int = 1) -> int:
        """Keep keys that were wrapped under the master of a version; the version that is current.

        Where another one is current, nothing was kept. What is kept is committed when this returns; adding a key again
        changes nothing.
        """
        made = list(keys)
        told = self._ask(_ADD, [key_id for key_id, _key in made], [wrapped for _id, wrapped in made], master)
        return int(told[0][0])

    def get(self, ids: Iterable[UUID]) -> dict[UUID, Wrapped]:
        """The wrapped keys of `ids`; a destroyed key is simply not among them."""
        rows = self._ask("select id, master, wrapped from wrapped_key where id = any(%s)", list(ids))
        return {row[0]: Wrapped(row[1], bytes(row[2])) for row in rows}

    def older_than(self, moment: datetime) -> set[UUID]:
        """The ids of keys made before `moment`."""
        return {row[0] for row in self._ask("select id from wrapped_key where made_at < %s", moment)}

    def destroy(self, ids: Iterable[UUID]) -> None:
        """Forget keys for good."""
        gone = list(ids)
        self._ask(_DESTROY, gone, gone, gone)

    def current(self) -> int:
        """The version of the master under which new keys are wrapped."""
        return int(self._ask("select max(version) from master")[0][0])

    def by_master(self) -> dict[int, int]:
        """How many keys are under each master, by its version."""
        question = (
            "select version, count(id) from master left join wrapped_key on master = version"
            " group by version order by version"
        )
        return {int(version): int(count) for version, count in self._ask(question)}

    def begin(self, version: int) -> None:
        """Let the master of a version be the current one."""
        self._ask("insert into master (version) values (%s) on conflict do nothing", version)

    def count_under_older(self, version: int) -> int:
        """How many keys are wrapped under a master older than that of `version`."""
        return int(self._ask("select count(*) from wrapped_key where master < %s", version)[0][0])

    def under_older(self, version: int, *, after: UUID, limit: int) -> dict[UUID, Wrapped]:
        """The next keys after the id `after` that are under an older master, in the order of their ids."""
        rows = self._ask(
            "select id, master, wrapped from wrapped_key where id > %s and master < %s order by id limit %s",
            after,
            version,
            limit,
        )
        return {row[0]: Wrapped(row[1], bytes(row[2])) for row in rows}

    def rewrap(self, keys: Iterable[tuple[UUID, bytes]], *, master: int) -> None:
        """Keep keys as they are wrapped under a newer master; a key that was destroyed meanwhile stays destroyed."""
        made = list(keys)
        ids, wrapped = [key_id for key_id, _key in made], [key for _id, key in made]
        self._ask(_REWRAP, master, ids, wrapped, master)

    def retire(self, version: int) -> list[int]:
        """Forget the masters older than that of `version`; which they were. Raises KeysLeft.

        PostgreSQL itself refuses while any key names one: none that is being added is overlooked.
        """
        try:
            rows = self._ask("delete from master where version < %s returning version", version)
        except psycopg.errors.ForeignKeyViolation as failure:
            raise KeysLeft(count=self.count_under_older(version)) from failure
        return sorted(int(row[0]) for row in rows)

    def successor(self, old: UUID, new: UUID) -> UUID:
        """The key that takes the place of `old`: `new`, or the one with which that was begun before."""
        self._ask("insert into renewal (old, new) values (%s, %s) on conflict do nothing", old, new)
        return cast(UUID, self._ask("select new from renewal where old = %s", old)[0][0])

    def predecessors(self, ids: Iterable[UUID]) -> dict[UUID, UUID]:
        """Of keys that are taking the place of others: which those are, as long as texts may still be under them."""
        return {row[0]: row[1] for row in self._ask("select new, old from renewal where new = any(%s)", list(ids))}

    def renewed(self, old: UUID) -> None:
        """Nothing is under `old` any more: it is forgotten for good."""
        self._ask("with gone as (delete from renewal where old = %s) delete from wrapped_key where id = %s", old, old)
