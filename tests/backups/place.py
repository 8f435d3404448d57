"""A place with records whose backups were begun, and the way back into another place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from qorgan.base import postgres
from qorgan.base.deployment import DATABASE, KEYS_DATABASE
from tests.faults import place as faults
from tests.journeys.places import Place

DATABASES = {"data": DATABASE, "keys": KEYS_DATABASE}
Rows = dict[str, list[tuple[str]]]


@dataclass(frozen=True)
class Kept:
    """A place, the shelf outside it where its backups lie, and the private key."""

    place: Place
    shelf: Path
    desk: faults.Place

    @property
    def key(self) -> Path:
        return self.shelf / "far" / "backups.pem"

    def folder(self, cluster: str) -> Path:
        """Where backups of a cluster lie."""
        return self.shelf / cluster

    def newest(self, cluster: str) -> Path:
        """The last whole copy of a cluster."""
        return max(self.folder(cluster).glob("*.backup"))

    def take(self, *more: str) -> Any:
        """Take a whole backup, as an administrator does."""
        return self.place.json("backup", "take", *more)

    @contextmanager
    def back(self, name: str, *more: str) -> Iterator[Place]:
        """Another place, made out of the backups."""
        home = self.shelf / name
        back = Place(home)
        try:
            back.json("backup", "restore", *self.words(), *more)
            yield back
        finally:
            postgres.release(home)
            postgres.erase(home)

    def words(self) -> list[str]:
        """What `restore` is told."""
        return ["--data", str(self.folder("data")), "--keys", str(self.folder("keys")), "--key", str(self.key)]


@contextmanager
def kept() -> Iterator[Kept]:
    """A place with the reports, cases and orders of a few women; backups begun, no copy but the first."""
    with faults.made() as desk, tempfile.TemporaryDirectory(prefix="qorgan-shelf-") as folder:
        os.chmod(folder, 0o711)
        held = Kept(Place(desk.home), Path(folder), desk)
        held.key.parent.mkdir()
        desk.desk(range(1, 5))
        public = held.place.json("backup", "key", str(held.key))["public"]
        held.take("--data-to", str(held.folder("data")), "--keys-to", str(held.folder("keys")), "--recipient", public)
        yield held


def line(home: Path, cluster: str) -> psycopg.Connection:
    """The superuser's connection to a cluster."""
    address = getattr(postgres.ensure(home), cluster)
    return psycopg.connect(
        host=address.host, user=address.superuser, dbname=DATABASES[cluster], autocommit=True, connect_timeout=10
    )


def rows(home: Path, cluster: str) -> Rows:
    """Every row of every table, ours or not, in an order that does not depend on where it lies."""
    with line(home, cluster) as connection:
        tables = connection.execute(
            "select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
        ).fetchall()
        return {f"{schema}.{name}": _rows(connection, schema, name) for schema, name in tables}


def _rows(connection: psycopg.Connection, schema: str, name: str) -> list[tuple[str]]:
    question = sql.SQL("select t::text from {} t order by 1").format(sql.Identifier(schema, name))
    return connection.execute(question).fetchall()
