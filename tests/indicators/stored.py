"""Putting rows of facts into the database as a collector would."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from qorgan.base.processes import Process
from qorgan.facts.models import Fact, Watermark
from tests.indicators.oracle import Row
from tests.roles import as_process


def store(rows: Iterable[Row], *, moved_at: datetime) -> None:
    """Keep the rows; the collector has read the journal up to `moved_at`."""
    with as_process(Process.COLLECTOR):
        Fact.objects.bulk_create(Fact(**asdict(row), record_version=row.version) for row in rows)
        Watermark.objects.update_or_create(name="journal", defaults={"moved_at": moved_at})
