"""Stepping into the role of another process, inside a test's own connection."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from qorgan.base.processes import CHARTERS, Process


@contextmanager
def as_process(process: Process) -> Iterator[None]:
    """Do what the block does with the database rights of `process`, and go back to those of staff."""
    before, layer = settings.PROCESS, settings._wrapped
    with connection.cursor() as cursor:
        cursor.execute(f"set role {CHARTERS[process].login}")
    settings.PROCESS = process.value
    try:
        yield
    finally:
        # A test that overrides a setting inside the block lays a new layer over this one and takes it off later.
        layer.PROCESS = settings.PROCESS = before
        with connection.cursor() as cursor:
            cursor.execute("set role qorgan_staff")
