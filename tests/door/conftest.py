"""The door as its own process serves it, and the worker behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from qorgan.agencies import queries as agencies
from qorgan.base.processes import CHARTERS, Process
from qorgan.base.scope import acting
from qorgan.reports import access, actions
from qorgan.reports.models import Report
from qorgan.reports.queries import door as queries
from qorgan.web.door import sendings
from tests.roles import as_process


@contextmanager
def behind(process: Process) -> Iterator[None]:
    """Do what the block does with the rights of another process, and go back to those of the door."""
    with as_process(process):
        yield
    with connection.cursor() as cursor:
        cursor.execute(f"set role {CHARTERS[Process.DOOR].login}")


@pytest.fixture
def keys(db: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the door holds, and what the worker holds, in this one process of the suite; nobody is taken for hasty."""
    monkeypatch.setattr(sendings, "HASTY_SECONDS", -1)  # a test reads and writes faster than any person
    private = X25519PrivateKey.from_private_bytes(bytes(range(32)))
    settings.DOOR_OPENS = private.private_bytes_raw()
    settings.DOOR_SEALS = private.public_key().public_bytes_raw()
    settings.DOOR_CODES = b"c" * 32
    cache.clear()


@pytest.fixture
def visitor(keys: None, settings: LazySettings) -> Iterator[Client]:
    """A browser at the door, reading English; every question is asked with the rights of the door."""
    with as_process(Process.DOOR):
        settings.PROCESS = "door"
        settings.ROOT_URLCONF = "qorgan.config.urls.door"
        client = Client()
        client.cookies["lang"] = "en"
        yield client


@pytest.fixture
def taken_in() -> Callable[[], list[Report]]:
    """The worker takes in what waits; the reports it made."""

    def run() -> list[Report]:
        made = []
        with behind(Process.WORKER):
            system = agencies.system("reports.take_in_arrivals", access.ACCEPT)
            with acting(system):
                for arrival_id in queries.waiting():
                    accepted = actions.take_in(arrival_id=arrival_id, by=system, now=datetime.now(UTC))
                    if accepted is not None:
                        made.append(accepted.report)
        return made

    return run
