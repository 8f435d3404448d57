"""Ids and moments read in one step: a collection reads many, and the readers of the driver and of Django take longer.

An id stays the text that PostgreSQL writes: Python compares two texts in an instant, two UUIDs by a call each.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeAlias
from uuid import UUID

import psycopg
from django.db import connection
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.string import TextLoader

Id: TypeAlias = Any  # of a record: a text in small letters, `0190f3c2-...`, where Django's own types say UUID


class _Moment(Loader):
    """Reads `2026-11-20 09:30:00+00`, as PostgreSQL writes a moment where the connection's zone is UTC."""

    timezone: ClassVar = UTC  # what Django asks of a reader: it takes its own again where this is not the connection's

    def load(self, data: Buffer) -> datetime:
        return datetime.fromisoformat(bytes(data).decode())


_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_READERS = {"timestamptz": _Moment, "uuid": TextLoader}


@contextmanager
def quick_reading() -> Iterator[None]:
    """Inside the block moments are read so, the same ones and in UTC as well; and ids are texts."""
    connection.ensure_connection()
    adapters = connection.connection.adapters
    before = {}
    for name, reader in _READERS.items():
        kind = psycopg.adapters.types[name].oid
        before[kind] = adapters.get_loader(kind, reader.format)
        adapters.register_loader(kind, reader)
    try:
        yield
    finally:
        for kind, reader in before.items():
            if reader is not None:
                adapters.register_loader(kind, reader)


def id_of(written: str) -> Id | None:
    """The id that a text of the journal stands for; None where it is something else."""
    if _ID.fullmatch(written):
        return written
    try:
        return str(UUID(written))
    except ValueError:
        return None
