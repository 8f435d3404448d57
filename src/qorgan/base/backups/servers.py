"""The two built-in servers as a backup needs them: running, and asked as their superuser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from qorgan.base import postgres
from qorgan.base.backups.errors import BackupRefused
from qorgan.base.postgres.cluster import Cluster
from qorgan.base.postgres.site import CLUSTERS, settled

__all__ = ["CLUSTERS", "ask", "holding_wal", "running"]


def running(home: Path) -> dict[str, Cluster]:
    """The clusters of a home with their servers running while this process lives. Raises LauncherRefused."""
    postgres.ensure(home)
    site = settled(home.resolve())
    if site is None:
        raise BackupRefused(f"There is no place in {home}.")
    return {name: Cluster(site, name) for name in CLUSTERS}


def _connected(cluster: Cluster) -> psycopg.Connection:
    return psycopg.connect(host=str(cluster.socket.parent), user="postgres", dbname="postgres", autocommit=True)


def ask(cluster: Cluster, question: str) -> object:
    """The first value of the answer of a cluster's server."""
    with _connected(cluster) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None


@contextmanager
def holding_wal(cluster: Cluster) -> Iterator[None]:
    """Keep the WAL that is written inside the block, however long it takes; a killed process holds nothing."""
    with _connected(cluster) as connection:
        connection.execute("select pg_create_physical_replication_slot('qorgan_backup', true, true)")
        yield
